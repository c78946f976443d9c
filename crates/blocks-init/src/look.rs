//! From manifests and files to facts.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use cargo_metadata::{Metadata, MetadataCommand, Package, TargetKind};

use crate::{
    Bench, CiFile, Facts, InitError, LockFile, Member, Origin, Outside, ToolchainFile, files,
    needs, outside, toolchain,
};

/// How much of a file is read: no manifest, workflow or source file that people write is longer.
const LIMIT: u64 = 4 << 20;

/// Crates that measure benchmarks, those first that Blocks has a stage for.
const HARNESSES: [&str; 5] =
    ["gungraun", "iai-callgrind", "criterion", "divan", "codspeed-criterion-compat"];

/// Keys of cargo's own configuration that matter to whoever compiles elsewhere.
const CARGO_KEYS: [(&str, Option<&str>); 6] = [
    ("source", None),
    ("registries", None),
    ("patch", None),
    ("build", Some("target")),
    ("build", Some("rustc-wrapper")),
    ("build", Some("target-dir")),
];

/// What a workspace is looked at with.
#[derive(Debug, Clone, Copy)]
pub struct Looking<'a> {
    /// Its root.
    pub root: &'a Path,
    /// What `cargo metadata --no-deps --format-version 1` prints of it.
    pub metadata: &'a [u8],
    /// Its files, from the root: those that git knows or would know.
    pub files: &'a [PathBuf],
    /// Where it lies in its repository, with slashes; empty at the root of that.
    pub folder: &'a str,
    /// The address of the remote that it comes from.
    pub origin: Option<&'a str>,
    /// The branch that the repository is shown by.
    pub branch: Option<&'a str>,
}

impl Facts {
    /// Looks at a workspace. Reads files and runs nothing.
    pub fn look(looking: &Looking<'_>) -> Result<Self, InitError> {
        let text = String::from_utf8_lossy(looking.metadata);
        let metadata = MetadataCommand::parse(text);
        let metadata = metadata.map_err(|error| InitError::Metadata(error.to_string()))?;
        let place = Place::new(looking);
        let members = members(&metadata, looking.root);
        Ok(Self {
            is_virtual: metadata.root_package().is_none(),
            folder: looking.folder.to_owned(),
            origin: looking.origin.and_then(Origin::parse),
            branch: looking.branch.map(str::to_owned),
            toolchain: place.toolchain()?,
            lock: place.lock()?,
            ci: place.ci()?,
            others: place.others(&members),
            licences: place.licences(),
            has_deny: ["deny.toml", ".deny.toml", ".cargo/deny.toml"]
                .iter()
                .any(|it| place.has(it)),
            cargo_config: place.cargo_config()?,
            needs: place.needs()?,
            outside: place.outside(&members)?,
            present: place.present()?,
            members,
        })
    }
}

/// A workspace's files.
struct Place<'a> {
    root: &'a Path,
    /// Their paths that are text, in alphabetical order.
    files: BTreeSet<&'a str>,
    /// Their folders.
    folders: BTreeSet<&'a str>,
}

impl<'a> Place<'a> {
    fn new(looking: &Looking<'a>) -> Self {
        let files: BTreeSet<_> = looking.files.iter().filter_map(|file| file.to_str()).collect();
        let above = |file: &&'a str| Path::new(*file).ancestors().skip(1).filter_map(Path::to_str);
        let folders = files.iter().flat_map(above).collect();
        Self { root: looking.root, files, folders }
    }

    fn has(&self, file: &str) -> bool {
        self.files.contains(file) && self.root.join(file).is_file()
    }

    /// A file's bytes; none where it is not there, is no plain file, or is longer than anybody writes.
    fn bytes(&self, file: &str) -> Result<Option<Vec<u8>>, InitError> {
        let path = self.root.join(file);
        let read = || -> io::Result<Option<Vec<u8>>> {
            let meta = match fs::symlink_metadata(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                meta => meta?,
            };
            if !meta.is_file() || meta.len() > LIMIT {
                return Ok(None);
            }
            let mut bytes = Vec::new();
            File::open(&path)?.take(LIMIT).read_to_end(&mut bytes)?;
            Ok(Some(bytes))
        };
        read().map_err(|reason| InitError::Read { path: path.clone(), reason })
    }

    fn text(&self, file: &str) -> Result<Option<String>, InitError> {
        let bytes = self.bytes(file)?;
        Ok(bytes.map(|it| String::from_utf8_lossy(&it).into_owned()))
    }

    fn toolchain(&self) -> Result<Option<ToolchainFile>, InitError> {
        for file in toolchain::FILES {
            if let Some(text) = self.text(file)? {
                return ToolchainFile::parse(file, &text).map(Some);
            }
        }
        Ok(None)
    }

    fn lock(&self) -> Result<LockFile, InitError> {
        let ignored = self.text(".gitignore")?.unwrap_or_default();
        let mut lines = ignored.lines().map(str::trim);
        let is_ignored =
            lines.any(|line| ["Cargo.lock", "/Cargo.lock", "**/Cargo.lock"].contains(&line));
        Ok(match (self.root.join("Cargo.lock").is_file(), is_ignored) {
            (true, false) => LockFile::Kept,
            (true, true) => LockFile::Ignored,
            (false, false) => LockFile::Absent,
            (false, true) => LockFile::AbsentAndIgnored,
        })
    }

    fn ci(&self) -> Result<Vec<CiFile>, InitError> {
        let mut found = Vec::new();
        for file in &self.files {
            let Some(system) = CiFile::system(file) else { continue };
            if let Some(text) = self.text(file)? {
                found.push(CiFile::read(file, system, &text));
            }
        }
        Ok(found)
    }

    /// Manifests of no member, without that of a virtual root.
    fn others(&self, members: &[Member]) -> Vec<String> {
        let of_member = |folder: &str| members.iter().any(|it| it.folder == folder);
        let is_other = |file: &&&str| {
            let folder = file.strip_suffix("Cargo.toml").and_then(|it| it.strip_suffix('/'));
            folder.is_some_and(|folder| !of_member(folder))
        };
        self.files.iter().filter(is_other).map(|file| (*file).to_owned()).collect()
    }

    fn licences(&self) -> Vec<String> {
        let begins = |file: &str| {
            let name = file.to_uppercase();
            ["LICENSE", "LICENCE", "COPYING", "UNLICENSE"].iter().any(|it| name.starts_with(it))
        };
        let at_root = self.files.iter().filter(|file| !file.contains('/') && begins(file));
        at_root.map(|file| (*file).to_owned()).collect()
    }

    fn cargo_config(&self) -> Result<Vec<String>, InitError> {
        let mut text = None;
        for file in [".cargo/config.toml", ".cargo/config"] {
            text = text.or(self.text(file)?);
        }
        // Cargo complains of what is no TOML, and did not.
        let table: toml::Table = toml::from_str(&text.unwrap_or_default()).unwrap_or_default();
        let is_set = |(section, key): &&(&str, Option<&str>)| {
            let found = table.get(*section);
            found.is_some_and(|it| key.is_none_or(|key| it.get(key).is_some()))
        };
        let shown = |(section, key): &(&str, Option<&str>)| match key {
            Some(key) => format!("{section}.{key}"),
            None => (*section).to_owned(),
        };
        Ok(CARGO_KEYS.iter().filter(is_set).map(shown).collect())
    }

    fn needs(&self) -> Result<Vec<crate::Need>, InitError> {
        let Some(text) = self.text("Cargo.lock")? else { return Ok(Vec::new()) };
        let lock: toml::Table =
            toml::from_str(&text).map_err(|error| InitError::Lock(error.message().to_owned()))?;
        let packages = lock.get("package").and_then(toml::Value::as_array);
        let names = packages.into_iter().flatten().filter_map(|it| it.get("name")?.as_str());
        Ok(needs::of(names))
    }

    fn outside(&self, members: &[Member]) -> Result<BTreeMap<String, Vec<Outside>>, InitError> {
        let is_there = |path: &str| self.files.contains(path) || self.folders.contains(path);
        let mut all: BTreeMap<&str, BTreeMap<String, Outside>> = BTreeMap::new();
        for file in self
            .files
            .iter()
            .filter(|file| Path::new(file).extension().is_some_and(|it| it == "rs"))
        {
            let Some(member) = member_of(members, file) else { continue };
            if let Some(text) = self.text(file)? {
                let found = all.entry(&member.name).or_default();
                outside::find((&member.folder, file), &text, &is_there, found);
            }
        }
        let all = all.into_iter().filter(|(_, found)| !found.is_empty());
        Ok(all.map(|(name, found)| (name.to_owned(), found.into_values().collect())).collect())
    }

    fn present(&self) -> Result<BTreeMap<String, Vec<u8>>, InitError> {
        let mut present = BTreeMap::new();
        for file in files::ALL {
            if let Some(bytes) = self.bytes(file)? {
                present.insert(file.to_owned(), bytes);
            }
        }
        Ok(present)
    }
}

/// The member in whose folder a file lies, the innermost where there are several.
fn member_of<'a>(members: &'a [Member], file: &str) -> Option<&'a Member> {
    let holds = |member: &&Member| {
        let rest = file.strip_prefix(&member.folder);
        member.folder.is_empty() || rest.is_some_and(|it| it.starts_with('/'))
    };
    members.iter().filter(holds).max_by_key(|member| member.folder.len())
}

fn members(metadata: &Metadata, root: &Path) -> Vec<Member> {
    let mut members: Vec<_> =
        metadata.workspace_packages().into_iter().map(|it| member(it, root)).collect();
    members.sort_by(|one, other| one.name.cmp(&other.name));
    members
}

fn member(package: &Package, root: &Path) -> Member {
    let folder = package.manifest_path.as_std_path().parent().unwrap_or(root);
    let folder = folder.strip_prefix(root).unwrap_or(folder).to_string_lossy().into_owned();
    let of_kind = |kind: TargetKind| {
        let is_of = move |target: &&cargo_metadata::Target| target.kind.contains(&kind);
        package.targets.iter().filter(is_of).map(|target| target.name.clone())
    };
    let others = [
        TargetKind::Bin,
        TargetKind::Test,
        TargetKind::Bench,
        TargetKind::Example,
        TargetKind::CustomBuild,
    ];
    let is_library =
        |target: &cargo_metadata::Target| !target.kind.iter().any(|it| others.contains(it));
    let depends = |name: &&&str| package.dependencies.iter().any(|it| it.name == ***name);
    let harness = HARNESSES.iter().find(|it| depends(it)).copied();
    let registries = package.publish.as_ref();
    Member {
        name: package.name.to_string(),
        folder,
        edition: package.edition.to_string(),
        rust_version: package.rust_version.as_ref().map(ToString::to_string),
        licence: package
            .license
            .clone()
            .or_else(|| package.license_file.as_ref().map(ToString::to_string)),
        has_description: package.description.as_ref().is_some_and(|it| !it.trim().is_empty()),
        is_published: registries.is_none_or(|all| all.iter().any(|it| it == "crates-io")),
        programs: of_kind(TargetKind::Bin).collect(),
        has_library: package.targets.iter().any(is_library),
        tests: of_kind(TargetKind::Test).count(),
        benches: of_kind(TargetKind::Bench).map(|name| Bench { name, harness }).collect(),
    }
}
