//! Folders of files: what identifies them, and how they are copied.

use std::fs;
use std::path::Path;

use blocks_records::digest_of_file;
use sha2::{Digest as _, Sha256};

use crate::SiteError;

/// What identifies all files below a folder, by their paths and contents: `sha256-` and 64 hexadecimal digits. Empty folders
/// count for nothing.
pub fn digest(folder: &Path) -> Result<String, SiteError> {
    let mut files = Vec::new();
    collect(folder, "", &mut files)?;
    files.sort();
    let mut sum = Sha256::new();
    for file in files {
        let path = folder.join(&file);
        let digest = digest_of_file(&path).map_err(SiteError::file("read", &path))?;
        // No path has a character of number zero.
        sum.update(format!("{file}\0{}\n", digest.sha256));
    }
    Ok(format!("sha256-{}", hex(&sum.finalize())))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let both = |byte: &u8| [byte >> 4, byte & 15].map(|it| char::from(DIGITS[usize::from(it)]));
    bytes.iter().flat_map(both).collect()
}

/// Copies the files below a folder into another; what stands at its top can be left out by name.
pub(crate) fn copy(from: &Path, to: &Path, but: &[&str]) -> Result<(), SiteError> {
    fs::create_dir_all(to).map_err(SiteError::file("make", to))?;
    each(from, |name, path, is_folder| {
        if but.contains(&name) {
            return Ok(());
        }
        let to = to.join(name);
        if is_folder {
            return copy(path, &to, &[]);
        }
        // The contents, and not the rights: in a store nothing may be written.
        let bytes = fs::read(path).map_err(SiteError::file("read", path))?;
        fs::write(&to, bytes).map_err(SiteError::file("write", &to))
    })
}

fn collect(folder: &Path, below: &str, files: &mut Vec<String>) -> Result<(), SiteError> {
    each(folder, |name, path, is_folder| {
        let file = if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
        if is_folder {
            return collect(path, &file, files);
        }
        files.push(file);
        Ok(())
    })
}

/// Looks at what stands in a folder. A link is neither a file nor a folder: it may lead anywhere.
fn each(
    folder: &Path,
    mut look: impl FnMut(&str, &Path, bool) -> Result<(), SiteError>,
) -> Result<(), SiteError> {
    let read = SiteError::file;
    for entry in fs::read_dir(folder).map_err(read("read", folder))? {
        let entry = entry.map_err(read("read", folder))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(read("read", &path))?;
        let name = entry.file_name();
        match name.to_str() {
            Some(name) if kind.is_file() || kind.is_dir() => look(name, &path, kind.is_dir())?,
            _ => return Err(SiteError::Special { path }),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_of_paths_and_contents() {
        let dir = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("one/a", "1");
        write("one/b/c", "2");
        copy(&dir.path().join("one"), &dir.path().join("two"), &[]).unwrap();
        let [one, two] = ["one", "two"].map(|it| dir.path().join(it));
        let same = digest(&one).unwrap();
        assert!(same.starts_with("sha256-") && same.len() == 71, "{same}");
        assert_eq!(digest(&two).unwrap(), same);
        fs::create_dir(two.join("empty")).unwrap();
        assert_eq!(digest(&two).unwrap(), same);
        write("two/b/c", "3");
        assert_ne!(digest(&two).unwrap(), same);
        write("two/b/c", "2");
        fs::rename(two.join("b/c"), two.join("b/d")).unwrap();
        assert_ne!(digest(&two).unwrap(), same);
    }

    #[test]
    fn a_link_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/etc", dir.path().join("x")).unwrap();
        assert!(matches!(digest(dir.path()), Err(SiteError::Special { .. })));
        let error = copy(dir.path(), &dir.path().join("to"), &[]).unwrap_err();
        assert!(matches!(error, SiteError::Special { .. }), "{error}");
    }
}
