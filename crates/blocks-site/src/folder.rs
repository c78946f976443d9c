//! A site in its folder.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use blocks_views::{
    SITE_SCHEMA, Site, SiteVersion, VersionKind, VersionName, VersionPage, crate_moved_html,
    latest_html, not_found_html, overview_html, version_html, versions_json,
};

use crate::SiteError;
use crate::stage::{Stage, is_of_run};
use crate::tree;

const VERSIONS: &str = "versions.json";
const INDEX: &str = "index.html";
const NOT_FOUND: &str = "404.html";
const LATEST: &str = "latest";
const NO_JEKYLL: &str = ".nojekyll";

/// What leads to versions comes behind them, and the list, by which a site is known, is the last of all.
const LAST: &[&str] = &[LATEST, NOT_FOUND, NO_JEKYLL, INDEX, VERSIONS];

/// The largest list that is read, in bytes.
const LIMIT: u64 = 64 * 1024 * 1024;

/// The word of rustdoc's pages for the crate that was documented last, which depends on who was faster.
const CURRENT: &str = "data-current-crate=\"";

/// Pages of rustdoc that are of no crate, and are written again by each.
const COMMON: [&str; 2] = ["help.html", "settings.html"];

/// A folder that is a site, or will be one.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    site: Option<Site>,
    /// Held until this is dropped.
    _lock: File,
}

/// A version that is added.
#[derive(Debug, Clone)]
pub struct Addition<'a> {
    /// What it is; its digest is not looked at.
    pub version: SiteVersion,
    /// The pages that rustdoc made.
    pub pages: &'a Path,
    /// What the changelog says of it, as Markdown.
    pub changes: Option<&'a str>,
}

/// What may happen to what is there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Policy {
    /// A version that is there with other contents is replaced, and where the site is made anew, others go.
    pub replace: bool,
    /// The site shall have no other versions.
    pub anew: bool,
}

/// What adding a version came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It was not there.
    New,
    /// It was there with other contents.
    Replaced,
    /// It was there as it is.
    Same,
}

impl Folder {
    /// Opens a folder that holds a site, is empty, or is not there. What a run that was killed left is finished, or taken
    /// away. Another run waits until this is dropped.
    pub fn open(root: &Path) -> Result<Self, SiteError> {
        fs::create_dir_all(root).map_err(SiteError::file("make", root))?;
        let lock = File::open(root).map_err(SiteError::file("read", root))?;
        lock.lock().map_err(SiteError::file("lock", root))?;
        check_ours(root)?;
        // It is a site, or a run that was killed was about to make one.
        Stage::begin(root, LAST)?.undo()?;
        let site = read_site(root)?;
        Ok(Self { root: root.to_owned(), site, _lock: lock })
    }

    /// What it holds; nothing where it is no site yet.
    pub fn site(&self) -> Option<&Site> {
        self.site.as_ref()
    }

    /// Whether a version may be the only one, where it shall be: told before somebody makes its pages.
    pub fn check(&self, version: &VersionName, policy: Policy) -> Result<(), SiteError> {
        let all = self.site.iter().flat_map(|it| &it.versions);
        self.check_others(all.filter(|it| it.version != *version && policy.anew), policy)
    }

    fn check_others<'a>(
        &self,
        others: impl Iterator<Item = &'a SiteVersion>,
        policy: Policy,
    ) -> Result<(), SiteError> {
        let names: Vec<_> = others.map(|it| it.version.to_string()).collect();
        if names.is_empty() || policy.replace {
            return Ok(());
        }
        let (folder, versions) = (self.root.clone(), names.join(", "));
        Err(SiteError::Others { folder, versions })
    }

    /// Adds a version of rustdoc's pages.
    pub fn add(
        &mut self,
        name: &str,
        add: Addition<'_>,
        policy: Policy,
    ) -> Result<Added, SiteError> {
        let Addition { mut version, pages, changes } = add;
        if version.members.iter().all(|it| it.crates.is_empty()) {
            return Err(SiteError::Nothing { folder: pages.to_owned() });
        }
        let stage = Stage::begin(&self.root, LAST)?;
        let made = || {
            let folder = stage.new_folder().join(version.version.to_string());
            tree::copy(pages, &folder, &[".lock"])?;
            make_common(&folder, &version)?;
            let page = version_html(&VersionPage { name, version: &version, changes });
            write(&folder.join(INDEX), &page)?;
            version.digest = tree::digest(&folder)?;
            self.put(&stage, name, vec![version], policy)
        };
        let done = made();
        self.settle(&stage, done).map(|done| done[0].1)
    }

    /// Adds all versions of another site, as they are there.
    pub fn add_all(
        &mut self,
        from: &Path,
        name: Option<&str>,
        policy: Policy,
    ) -> Result<Vec<(VersionName, Added)>, SiteError> {
        let no_site =
            |why: &str| SiteError::NoSite { folder: from.to_owned(), why: why.to_owned() };
        let other = read_site(from)?.ok_or_else(|| no_site("there is no versions.json"))?;
        let name = name.unwrap_or(&other.name).to_owned();
        let stage = Stage::begin(&self.root, LAST)?;
        let made = || {
            for version in &other.versions {
                let word = version.version.to_string();
                let folder = stage.new_folder().join(&word);
                tree::copy(&from.join(&word), &folder, &[])?;
                if tree::digest(&folder)? != version.digest {
                    return Err(SiteError::Damaged { version: word, folder: from.to_owned() });
                }
            }
            self.put(&stage, &name, other.versions, policy)
        };
        let done = made();
        self.settle(&stage, done)
    }

    /// Writes what is new beside the versions whose folders are made, and lets all of it take its place.
    fn put(
        &self,
        stage: &Stage,
        name: &str,
        new: Vec<SiteVersion>,
        policy: Policy,
    ) -> Result<(Vec<(VersionName, Added)>, Site), SiteError> {
        let before = self.site.iter().flat_map(|it| &it.versions);
        let (kept, others): (Vec<_>, Vec<_>) = before
            .filter(|it| new.iter().all(|new| new.version != it.version))
            .partition(|_| !policy.anew);
        if let Some(site) = self.site.as_ref().filter(|it| it.name != name && !policy.anew) {
            let (found, wanted) = (site.name.clone(), name.to_owned());
            return Err(SiteError::Name { folder: self.root.clone(), found, wanted });
        }
        self.check_others(others.iter().copied(), policy)?;
        let mut done = Vec::new();
        for version in &new {
            done.push((version.version.clone(), self.compare(version, policy)?));
        }
        for other in others {
            stage.let_go(&other.version.to_string())?;
        }
        let versions = kept.into_iter().cloned().chain(new).collect();
        let site = Site::of(name, versions);
        write_common(&stage.new_folder(), &site)?;
        Ok((done, site))
    }

    /// Whether a version may take its place.
    fn compare(&self, new: &SiteVersion, policy: Policy) -> Result<Added, SiteError> {
        let word = new.version.to_string();
        let path = self.root.join(&word);
        if fs::symlink_metadata(&path).is_err() {
            return Ok(Added::New);
        }
        let listed = self.site.as_ref().and_then(|it| it.version(&new.version));
        if listed.is_none() {
            return Err(SiteError::Unlisted { path });
        }
        // What lies there counts, and not what the list says of it.
        if tree::digest(&path).is_ok_and(|it| it == new.digest) {
            return Ok(Added::Same);
        }
        // What is no release changes from day to day.
        if policy.replace || new.version.kind() == VersionKind::Dev {
            return Ok(Added::Replaced);
        }
        Err(SiteError::Other { version: word })
    }

    fn settle<T>(
        &mut self,
        stage: &Stage,
        done: Result<(T, Site), SiteError>,
    ) -> Result<T, SiteError> {
        match done {
            Ok((done, site)) => {
                stage.commit()?;
                self.site = Some(site);
                Ok(done)
            }
            Err(error) => {
                stage.undo()?;
                Err(error)
            }
        }
    }
}

/// That a folder is a site, or holds nothing that this could be in the way of. What begins with a dot is of git or of a server.
fn check_ours(root: &Path) -> Result<(), SiteError> {
    let foreign = |why: String| SiteError::Foreign { folder: root.to_owned(), why };
    if root.join(VERSIONS).exists() {
        return read_site(root).map(drop).map_err(|error| match error {
            SiteError::NoSite { why, .. } => foreign(why),
            other => other,
        });
    }
    let mut is_of_run_there = false;
    let mut others = Vec::new();
    for entry in fs::read_dir(root).map_err(SiteError::file("read", root))? {
        let entry = entry.map_err(SiteError::file("read", root))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        is_of_run_there |= is_of_run(&name);
        if !name.starts_with('.') && name != "CNAME" {
            others.push(name);
        }
    }
    others.sort();
    match others.first() {
        // A run that was killed between two moves has left some of it.
        Some(name) if !is_of_run_there => {
            Err(foreign(format!("it has no versions.json, and there is {name}")))
        }
        _ => Ok(()),
    }
}

/// The list of a site; none where there is none.
fn read_site(root: &Path) -> Result<Option<Site>, SiteError> {
    let path = root.join(VERSIONS);
    let wrong = |why: String| SiteError::NoSite { folder: root.to_owned(), why };
    match fs::metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Ok(meta) if meta.len() > LIMIT => {
            return Err(wrong(format!("{VERSIONS} is longer than {LIMIT} bytes")));
        }
        _ => {}
    }
    let text = fs::read(&path).map_err(SiteError::file("read", &path))?;
    let malformed = |error: serde_json::Error| wrong(format!("{VERSIONS}: {error}"));
    let value: serde_json::Value = serde_json::from_slice(&text).map_err(malformed)?;
    let schema = value.get("schema").and_then(serde_json::Value::as_u64).unwrap_or_default();
    if schema > u64::from(SITE_SCHEMA) {
        let schema = u32::try_from(schema).unwrap_or(u32::MAX);
        return Err(SiteError::Newer { folder: root.to_owned(), schema });
    }
    let site: Site = serde_json::from_value(value).map_err(malformed)?;
    if !site.is_whole() {
        return Err(wrong(format!("{VERSIONS} is not as it is written: an order is another")));
    }
    Ok(Some(site))
}

/// Lets pages that are of no crate be those of the first one.
fn make_common(folder: &Path, version: &SiteVersion) -> Result<(), SiteError> {
    let Some(first) = version.members.iter().flat_map(|it| &it.crates).min() else { return Ok(()) };
    for name in COMMON {
        let path = folder.join(name);
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let Some((before, rest)) = text.split_once(CURRENT) else { continue };
        let Some((_, after)) = rest.split_once('"') else { continue };
        write(&path, &format!("{before}{CURRENT}{}\"{after}", first.as_str()))?;
    }
    Ok(())
}

/// What leads to versions.
fn write_common(folder: &Path, site: &Site) -> Result<(), SiteError> {
    write(&folder.join(INDEX), &overview_html(site))?;
    write(&folder.join(NOT_FOUND), &not_found_html(site))?;
    write(&folder.join(VERSIONS), &versions_json(site))?;
    write(&folder.join(NO_JEKYLL), "")?;
    let Some(page) = latest_html(site) else { return Ok(()) };
    let folder = folder.join(LATEST);
    write(&folder.join(INDEX), &page)?;
    let latest = site.latest.as_ref().and_then(|it| site.version(it));
    for name in latest.iter().flat_map(|it| &it.members).flat_map(|it| &it.crates) {
        let Some(page) = crate_moved_html(site, name) else { continue };
        write(&folder.join(name.as_str()).join(INDEX), &page)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), SiteError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(SiteError::file("make", folder))?;
    fs::write(path, text).map_err(SiteError::file("write", path))
}
