//! Manifests, changed where they have to be and nowhere else.

use std::path::Path;

use blocks_gates::AskedVersion;
use semver::{Version, VersionReq};
use toml_edit::{DocumentMut, Item, TableLike, Value};

use crate::lines::edits_between;
use crate::lock::Lock;
use crate::{Change, Draft, Sources};

const LOCK: &str = "Cargo.lock";
const ROOT: &str = "Cargo.toml";

/// The tables in which a package names what it needs.
const TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// A manifest that is read.
struct Manifest {
    file: String,
    old: Vec<u8>,
    document: DocumentMut,
}

impl Manifest {
    fn of(draft: &mut Draft, sources: &Sources, file: &str) -> Result<Self, String> {
        let (file, old) =
            draft.original(sources, "", file).map_err(|unfit| format!("{file}: {unfit}"))?;
        let text = std::str::from_utf8(old).map_err(|_| format!("{file}: it is no text"))?;
        let document = text.parse().map_err(|error| format!("{file}: {error}"))?;
        Ok(Self { old: old.to_vec(), file, document })
    }

    fn edits(&self) -> Vec<crate::Edit> {
        edits_between(&self.file, &self.old, self.document.to_string().as_bytes())
    }

    fn package(&self) -> Option<&str> {
        self.document.get("package")?.get("name")?.as_str()
    }
}

/// The lock file, if it is one that can be changed here.
fn lock_of(draft: &mut Draft, sources: &Sources) -> Result<(Vec<u8>, Lock), String> {
    // Cargo says at its top that it is generated, which it is, and kept.
    let old = draft.lock(sources).map_err(|unfit| format!("{LOCK}: {unfit}"))?;
    let lock = std::str::from_utf8(&old).ok().and_then(Lock::parse);
    Ok((old, lock.ok_or("Cargo.lock is of a form that this program does not know")?))
}

/// Takes a dependency that no code names from the table `dependencies` of a manifest, and from the lock file.
pub(crate) fn without_dependency(
    draft: &mut Draft,
    sources: &Sources,
    file: &str,
    name: &str,
) -> Result<Change, String> {
    let file = crate::sources::relative("", file).map_err(|unfit| unfit.to_string())?;
    let mut manifest = Manifest::of(draft, sources, &file)?;
    let package = manifest.package().ok_or("the manifest is of no package")?.to_owned();
    let krate = crate_of(draft, sources, &manifest, name)?;
    if is_optional(&manifest.document, name) {
        return Err("it is optional, and so a feature that others may ask for".to_owned());
    }
    if is_in_features(&manifest.document, name) {
        return Err("a feature names it".to_owned());
    }
    let table = manifest.document.get_mut(TABLES[0]).and_then(Item::as_table_like_mut);
    if table.and_then(|table| table.remove(name)).is_none() {
        return Err("the manifest does not have it in `[dependencies]`".to_owned());
    }
    let mut edits = manifest.edits();
    let is_needed_elsewhere = tables(&manifest.document)
        .flat_map(|table| table.iter())
        .any(|(key, item)| key == krate || renamed(item) == Some(&krate) || key == name);
    if !is_needed_elsewhere {
        let (old, mut lock) = lock_of(draft, sources)?;
        let unclear = "Cargo.lock does not say which crate that is";
        lock.remove(&package, &krate).ok_or(unclear)?;
        edits.extend(edits_between(LOCK, &old, lock.text().as_bytes()));
    }
    Ok(Change { what: format!("{package} does without `{name}`"), edits })
}

/// All tables of dependencies, those of platforms included.
fn tables(document: &DocumentMut) -> impl Iterator<Item = &dyn TableLike> {
    let targets = document.get("target").and_then(Item::as_table_like);
    let targets =
        targets.into_iter().flat_map(|it| it.iter()).filter_map(|(_, it)| it.as_table_like());
    let own = std::iter::once(document.as_table() as &dyn TableLike);
    own.chain(targets).flat_map(|holder| {
        TABLES.iter().filter_map(move |name| holder.get(name).and_then(Item::as_table_like))
    })
}

fn renamed(item: &Item) -> Option<&str> {
    item.as_table_like()?.get("package")?.as_str()
}

/// The name of the crate that a manifest calls so.
fn crate_of(
    draft: &mut Draft,
    sources: &Sources,
    manifest: &Manifest,
    name: &str,
) -> Result<String, String> {
    let item = manifest.document.get(TABLES[0]).and_then(|it| it.get(name));
    let inherits = item.and_then(|it| it.get("workspace")).and_then(Item::as_bool) == Some(true);
    if !inherits {
        return Ok(item.and_then(renamed).unwrap_or(name).to_owned());
    }
    let root = Manifest::of(draft, sources, ROOT)?;
    let item = root.document.get("workspace").and_then(|it| it.get(TABLES[0]));
    Ok(item.and_then(|it| it.get(name)).and_then(renamed).unwrap_or(name).to_owned())
}

fn is_optional(document: &DocumentMut, name: &str) -> bool {
    let item = document.get(TABLES[0]).and_then(|it| it.get(name));
    item.and_then(|it| it.get("optional")).and_then(Item::as_bool) == Some(true)
}

fn is_in_features(document: &DocumentMut, name: &str) -> bool {
    let features = document.get("features").and_then(Item::as_table_like);
    let values = features.into_iter().flat_map(|it| it.iter()).filter_map(|(_, it)| it.as_array());
    let mut words = values.flat_map(|array| array.iter()).filter_map(Value::as_str);
    words.any(|word| {
        let word = word.strip_prefix("dep:").unwrap_or(word);
        word.split('/').next().map(|it| it.trim_end_matches('?')) == Some(name)
    })
}

/// Gives a package the version that its interface asks for, its dependants the requirement that takes it, and the lock
/// file both.
pub(crate) fn with_version(
    draft: &mut Draft,
    sources: &Sources,
    asked: &AskedVersion,
) -> Result<Change, String> {
    let AskedVersion { package, manifest, now, wanted } = asked;
    let wanted = wanted
        .as_ref()
        .ok_or_else(|| format!("{now} is a pre-release, and its next version is a choice"))?;
    let (old_lock, mut lock) = lock_of(draft, sources)?;
    let files: Vec<String> = sources
        .names()
        .filter(|it| it.rsplit('/').next() == Some(ROOT))
        .map(str::to_owned)
        .collect();
    // What is no member of this workspace, such as an example of its own, may not be readable, and is not asked.
    let mut all: Vec<Manifest> = files
        .iter()
        .filter_map(|file| Manifest::of(draft, sources, file).ok())
        .filter(|it| it.file == ROOT || it.package().is_some_and(|name| lock.is_local(name)))
        .collect();
    let own = all.iter_mut().find(|it| it.file == *manifest);
    let own = own.ok_or_else(|| format!("{manifest} is none of the workspace's sources"))?;
    let mut packages = vec![package.clone()];
    if inherits_version(&own.document) {
        let heirs = all.iter().filter(|it| inherits_version(&it.document));
        packages = heirs.filter_map(|it| it.package().map(str::to_owned)).collect();
        let root = all.iter_mut().find(|it| it.file == ROOT);
        let root = root.and_then(|it| it.document.get_mut("workspace"));
        set_version(root.and_then(|it| it.get_mut("package")), wanted)?;
    } else {
        set_version(own.document.get_mut("package"), wanted)?;
    }
    let folders: Vec<(String, String)> = all
        .iter()
        .filter_map(|it| Some((it.package()?.to_owned(), folder(&it.file))))
        .filter(|(name, _)| packages.contains(name))
        .collect();
    for one in &mut all {
        let place = folder(&one.file);
        require(&mut one.document, &place, &folders, wanted);
    }
    for package in &packages {
        lock.set_version(package, &wanted.to_string())
            .ok_or("Cargo.lock does not have the package")?;
    }
    let mut edits: Vec<_> = all.iter().flat_map(Manifest::edits).collect();
    edits.extend(edits_between(LOCK, &old_lock, lock.text().as_bytes()));
    let others = packages.len().saturating_sub(1);
    let with = if others == 0 { String::new() } else { format!(", and {others} with it") };
    Ok(Change { what: format!("{package} {now} becomes {wanted}{with}"), edits })
}

/// The folder of a manifest from the root; empty at the root.
fn folder(file: &str) -> String {
    file.rsplit_once('/').map(|(folder, _)| folder.to_owned()).unwrap_or_default()
}

fn inherits_version(document: &DocumentMut) -> bool {
    let version = document.get("package").and_then(|it| it.get("version"));
    version.and_then(|it| it.get("workspace")).and_then(Item::as_bool) == Some(true)
}

fn set_version(table: Option<&mut Item>, wanted: &Version) -> Result<(), String> {
    let version = table.and_then(|it| it.get_mut("version"));
    let value = version.and_then(Item::as_value_mut).filter(|it| it.is_str());
    set_text(value.ok_or("the manifest has no version")?, &wanted.to_string());
    Ok(())
}

/// Puts a text in the place of another; what stands around it stays.
fn set_text(value: &mut Value, text: &str) {
    let decor = value.decor().clone();
    *value = text.into();
    *value.decor_mut() = decor;
}

/// Lets a manifest in a folder ask for the new version of packages in these folders, where it would not take it.
fn require(
    document: &mut DocumentMut,
    place: &str,
    folders: &[(String, String)],
    wanted: &Version,
) {
    let is_root = place.is_empty();
    let mut of = |holder: &mut dyn TableLike| {
        for name in TABLES {
            let table = holder.get_mut(name).and_then(Item::as_table_like_mut);
            for (key, item) in table.into_iter().flat_map(TableLike::iter_mut) {
                require_one(key.get(), item, place, folders, wanted);
            }
        }
    };
    of(document.as_table_mut());
    let workspace = document.get_mut("workspace").and_then(Item::as_table_like_mut);
    workspace.filter(|_| is_root).into_iter().for_each(&mut of);
    let targets = document.get_mut("target").and_then(Item::as_table_like_mut);
    for (_, item) in targets.into_iter().flat_map(TableLike::iter_mut) {
        item.as_table_like_mut().into_iter().for_each(&mut of);
    }
}

fn require_one(
    key: &str,
    item: &mut Item,
    place: &str,
    folders: &[(String, String)],
    wanted: &Version,
) {
    let path = item.get("path").and_then(Item::as_str);
    let Some(path) = path.map(|path| joined(place, path)) else { return };
    let name = renamed(item).unwrap_or(key).to_owned();
    if !folders.contains(&(name, path)) {
        return;
    }
    let Some(value) = item.get_mut("version").and_then(Item::as_value_mut) else { return };
    let Some(old) = value.as_str().map(str::to_owned) else { return };
    let takes = VersionReq::parse(&old).is_ok_and(|it| it.matches(wanted));
    if !takes {
        let sign: String = old.chars().take_while(|it| "=^~ ".contains(*it)).collect();
        set_text(value, &format!("{sign}{wanted}"));
    }
}

/// A path in a folder, without `..` and `.`.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in Path::new(folder).join(path).components() {
        match part {
            std::path::Component::ParentDir => drop(parts.pop()),
            std::path::Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            _ => {}
        }
    }
    parts.join("/")
}
