//! The records' folder, in which `<stage>/<unit>` leads to a record in the store.

use std::{
    fs, io,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use super::RecordOutput;
use crate::{EngineError, host::remove_record};

/// Links the records that are there, and removes all others of these units: no record, no link.
pub(super) fn link(records: &Path, outputs: &[&RecordOutput]) -> Result<(), EngineError> {
    for output in outputs {
        let place = blocks_records::folder(records, &output.stage, &output.unit);
        put(&output.path, &place).map_err(EngineError::file("write", &place))?;
    }
    Ok(())
}

fn put(record: &Path, place: &Path) -> io::Result<()> {
    remove_record(place)?;
    if !record.exists() {
        return Ok(());
    }
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    symlink(record, place)
}

/// Removes the records of a stage that are of no unit which it has: of members that were removed or
/// renamed, or of the whole workspace, since each member has its own. Nobody should take them for
/// those of now.
pub(super) fn remove_others(
    records: &Path,
    stage: &str,
    is_unit: impl Fn(&str) -> bool,
) -> Result<(), EngineError> {
    let is_other = |place: &Path| {
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        is_record(place) && !is_unit(&name)
    };
    remove(&records.join(stage), is_other)
}

/// Removes the links to records of a stage, when another engine has made its records.
///
/// They would be of sources as Nix identifies them, beside records whose sources it does not know.
pub fn unlink(records: &Path, stage: &str) -> Result<(), EngineError> {
    remove(&records.join(stage), |place| place.is_symlink() && is_record(place))
}

fn remove(folder: &Path, is_wrong: impl Fn(&Path) -> bool) -> Result<(), EngineError> {
    let failed = |error| EngineError::file("read", folder)(error);
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(failed)?,
    };
    let places: io::Result<Vec<PathBuf>> =
        entries.map(|entry| entry.map(|entry| entry.path())).collect();
    for place in places.map_err(failed)?.iter().filter(|place| is_wrong(place)) {
        remove_record(place).map_err(EngineError::file("remove", place))?;
    }
    Ok(())
}

/// Whether it is a record, or a link to one that the store has let go. What else somebody keeps in
/// the folder is not ours to remove.
fn is_record(place: &Path) -> bool {
    place.join("record.json").is_file() || place.is_symlink() && !place.exists()
}
