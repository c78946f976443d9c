//! The programs that the material `benchmarks` leaves.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::EngineError;

/// The folder of a package from the workspace's root, and the name of its program.
pub(super) type Program = (String, String);

/// The folder that holds all packages' folders, and in each of these the one that holds its programs.
const MEMBERS: &str = "members";
const PROGRAMS: &str = "programs";

/// The programs in a folder.
pub(super) fn programs(side: &Path) -> Result<BTreeMap<Program, PathBuf>, EngineError> {
    let mut found = BTreeMap::new();
    let root = side.join(MEMBERS);
    if root.is_dir() {
        look(&root, &root, &mut found)?;
    }
    Ok(found)
}

fn look(
    root: &Path,
    folder: &Path,
    found: &mut BTreeMap<Program, PathBuf>,
) -> Result<(), EngineError> {
    let unreadable = || EngineError::file("read", folder);
    for entry in fs::read_dir(folder).map_err(unreadable())? {
        let entry = entry.map_err(unreadable())?;
        let path = entry.path();
        if entry.file_type().map_err(unreadable())?.is_dir() {
            look(root, &path, found)?;
            continue;
        }
        let package = folder.strip_prefix(root).ok().filter(|it| it.ends_with(PROGRAMS));
        let Some(package) = package.and_then(Path::parent) else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        found.insert((package.to_string_lossy().into_owned(), name), path);
    }
    Ok(())
}
