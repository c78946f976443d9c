use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Moves a finished record to its place. A crash at any point leaves the record of before, the new
/// one, or none; never a part of one.
pub(super) fn put(part: &Path, place: &Path) -> io::Result<()> {
    remove(place)?;
    fs::rename(part, place)
}

/// A new, empty folder beside `place`, for a record in the making. What an earlier run left of one
/// is removed.
pub(super) fn part_of(place: &Path) -> io::Result<PathBuf> {
    let part = sibling(place, "part");
    remove_all(&part)?;
    fs::create_dir_all(&part)?;
    Ok(part)
}

/// Takes what is at `place` away in one step, and then deletes it.
pub(crate) fn remove(place: &Path) -> io::Result<()> {
    let old = sibling(place, "old");
    remove_all(&old)?;
    match fs::rename(place, &old) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        result => result?,
    }
    remove_all(&old)
}

fn sibling(place: &Path, kind: &str) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.{kind}"))
}

/// Removes a folder with all that is in it, or a link to one (a record of the Nix engine).
fn remove_all(path: &Path) -> io::Result<()> {
    let result = match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Copies a file, or a folder with all that is in it; links are copied as what they lead to.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !fs::metadata(from)?.is_dir() {
        return fs::copy(from, to).map(drop);
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        // Cargo's own lock file is not documentation.
        if entry.file_name() != ".lock" {
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
