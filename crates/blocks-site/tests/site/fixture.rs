use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use blocks_site::{Added, Addition, Folder, Policy, SiteError};
use blocks_views::{CrateName, SiteMember, SiteVersion, VersionName};

pub fn name(text: &str) -> VersionName {
    text.to_owned().try_into().expect("a version")
}

pub fn version(text: &str) -> SiteVersion {
    let version = name(text);
    SiteVersion {
        kind: version.kind(),
        version,
        date: Some("2026-11-28".to_owned()),
        revision: None,
        digest: String::new(),
        members: vec![SiteMember {
            name: "acme".to_owned(),
            version: text.to_owned(),
            crates: vec![CrateName::try_from("acme".to_owned()).expect("a name")],
            ..SiteMember::default()
        }],
    }
}

pub fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

/// What rustdoc may have made of a crate.
pub fn pages(folder: &Path, text: &str) {
    write(&folder.join("acme/index.html"), text);
    write(&folder.join("acme/struct.Wheel.html"), text);
    write(&folder.join("static.files/rustdoc.css"), "body {}");
    write(&folder.join("settings.html"), &format!("<meta data-current-crate=\"{text}\" >"));
    write(&folder.join(".lock"), "");
}

/// A place for a site and for pages.
pub struct Place {
    pub dir: tempfile::TempDir,
    pub root: PathBuf,
}

impl Place {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path().join("site");
        Self { dir, root }
    }

    /// Adds a version of which all pages say `text`.
    pub fn add(&self, version: &str, text: &str, policy: Policy) -> Result<Added, SiteError> {
        let pages = self.dir.path().join(format!("pages-{version}"));
        self::pages(&pages, text);
        let version = self::version(version);
        Folder::open(&self.root)?.add(
            "acme",
            Addition { version, pages: &pages, changes: None },
            policy,
        )
    }

    /// What the files of the site hold, but for those below a dot.
    pub fn files(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        collect(&self.root, "", &mut found);
        found
    }
}

fn collect(folder: &Path, below: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), found);
        } else {
            found.insert(name, fs::read_to_string(entry.path()).expect("text"));
        }
    }
}
