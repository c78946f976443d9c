//! The files that patches are of.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Component, Path, PathBuf},
};

use thiserror::Error;

/// The most bytes that a file may have to be changed.
const LIMIT: u64 = 8 << 20;

/// How many lines at the top may say that a file is generated; rustfmt looks at as many.
const TOP: usize = 5;

/// Why a file is not changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unfit {
    /// It is not below the workspace's root.
    #[error("it is outside of the workspace")]
    Outside,
    /// It is below the root, and git would not keep it: something made it.
    #[error("it is none of the workspace's sources")]
    NoSource,
    /// It says so itself.
    #[error("it is generated (`@generated` at its top)")]
    Generated,
    /// It, or a folder on the way to it, is a link, which may lead anywhere.
    #[error("it is no plain file, or lies behind a link")]
    Link,
    /// It has more than `LIMIT` bytes.
    #[error("it has more than {} MiB", LIMIT >> 20)]
    TooLarge,
    /// The machine says no.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
}

/// The sources of a workspace.
#[derive(Debug)]
pub struct Sources {
    root: PathBuf,
    files: BTreeSet<String>,
}

impl Sources {
    /// The files of these names, relative to `root`, of which those that are no text in UTF-8 are never changed.
    pub fn new(root: &Path, files: impl IntoIterator<Item = PathBuf>) -> Self {
        let name = |file: PathBuf| file.into_os_string().into_string().ok();
        Self { root: root.to_owned(), files: files.into_iter().filter_map(name).collect() }
    }

    /// All files below `root`, where nothing but sources is.
    #[cfg(test)]
    pub(crate) fn of_folder(root: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let path = entry.path();
                if entry.file_type()?.is_dir() {
                    folders.push(path);
                } else if let Ok(inner) = path.strip_prefix(root) {
                    files.push(inner.to_owned());
                }
            }
        }
        Ok(Self::new(root, files))
    }

    /// Their names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    /// What a file holds, if it is one that may be changed.
    pub fn read(&self, file: &str) -> Result<Vec<u8>, Unfit> {
        let bytes = self.read_generated(file)?;
        let mut top = bytes.split(|byte| *byte == b'\n').take(TOP);
        if top.any(|line| line.windows(MARK.len()).any(|it| it == MARK)) {
            return Err(Unfit::Generated);
        }
        Ok(bytes)
    }

    /// The same, whatever it says of who writes it.
    pub fn read_generated(&self, file: &str) -> Result<Vec<u8>, Unfit> {
        if !self.files.contains(file) {
            return Err(Unfit::NoSource);
        }
        let unreadable = |error: io::Error| Unfit::Unreadable(error.to_string());
        let mut path = self.root.clone();
        let mut parts = file.split('/').peekable();
        while let Some(part) = parts.next() {
            path.push(part);
            let meta = fs::symlink_metadata(&path).map_err(unreadable)?;
            let is_last = parts.peek().is_none();
            if if is_last { !meta.is_file() } else { !meta.is_dir() } {
                return Err(Unfit::Link);
            }
            if is_last && meta.len() > LIMIT {
                return Err(Unfit::TooLarge);
            }
        }
        fs::read(path).map_err(unreadable)
    }
}

/// What generators write at the top of a file. In two pieces here, so that this file has it not.
const MARK: &[u8] = concat!("@", "generated").as_bytes();

/// A file's name relative to the workspace, whose folder was `root` when a tool named it.
pub(crate) fn relative(root: &str, file: &str) -> Result<String, Unfit> {
    let root = root.trim_end_matches('/');
    let inner = match file.strip_prefix(root).and_then(|rest| rest.strip_prefix('/')) {
        Some(inner) if !root.is_empty() => inner,
        _ => file,
    };
    let inner = inner.strip_prefix("./").unwrap_or(inner);
    let is_inside = |part| matches!(part, Component::Normal(_));
    // A path that is written in another way than its parts say would be another name for the same file.
    let parts: Vec<_> = Path::new(inner).components().collect();
    let whole: PathBuf = parts.iter().collect();
    let is_plain = whole.to_str() == Some(inner) && !inner.is_empty() && !inner.contains('\0');
    if is_plain && parts.into_iter().all(is_inside) {
        Ok(inner.to_owned())
    } else {
        Err(Unfit::Outside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_relative_to_the_folder_that_it_was_recorded_in() {
        assert_eq!(relative("/w", "/w/src/lib.rs").as_deref(), Ok("src/lib.rs"));
        assert_eq!(relative("/w", "./src/lib.rs").as_deref(), Ok("src/lib.rs"));
        assert_eq!(relative("/w", "src/a b\"ü.rs").as_deref(), Ok("src/a b\"ü.rs"));
    }

    #[test]
    fn what_leads_out_is_outside() {
        for file in ["/etc/passwd", "../a", "a/../../b", "/w", "/w/", "", "a//b", "a/./b", "/wx/a"]
        {
            assert_eq!(relative("/w", file), Err(Unfit::Outside), "{file}");
        }
        assert_eq!(relative("", "/a"), Err(Unfit::Outside));
    }

    #[test]
    fn links_and_what_is_generated_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("real")).unwrap();
        fs::write(root.join("real/a"), "a").unwrap();
        fs::write(root.join("made"), format!("// {}\n", String::from_utf8_lossy(MARK))).unwrap();
        std::os::unix::fs::symlink("real", root.join("link")).unwrap();
        std::os::unix::fs::symlink("real/a", root.join("b")).unwrap();
        let names = ["real/a", "made", "link/a", "b"].map(PathBuf::from);
        let sources = Sources::new(root, names);
        assert_eq!(sources.read("real/a").as_deref(), Ok(&b"a"[..]));
        assert_eq!(sources.read("made"), Err(Unfit::Generated));
        assert_eq!(sources.read("link/a"), Err(Unfit::Link));
        assert_eq!(sources.read("b"), Err(Unfit::Link));
        assert_eq!(sources.read("other"), Err(Unfit::NoSource));
    }
}
