//! Records that lie elsewhere, in the folder that records are read from.
//!
//! Nix keeps each record at a path of its own. A shell that links hundreds of them takes longer than the
//! gate that judges them.

use std::{
    fs, io,
    os::unix::fs::symlink,
    path::{Component, Path},
};

use anyhow::{Context as _, Result};

use crate::exit::Usage;

/// Links the records that a file lists into the records' folder. A line is `stage/unit`, a tab and a path.
pub(crate) fn make(list: &Path, records: &Path) -> Result<()> {
    let text =
        fs::read_to_string(list).map_err(|error| Usage(format!("{}: {error}", list.display())))?;
    for (number, line) in (1..).zip(text.lines()) {
        let (place, record) = read(line).ok_or_else(|| {
            let file = list.display();
            Usage(format!("{file}:{number}: not `STAGE/UNIT`, a tab and the path of a record"))
        })?;
        let place = records.join(place);
        link(Path::new(record), &place)
            .with_context(|| format!("cannot link {record} at {}", place.display()))?;
    }
    Ok(())
}

/// The place, which leads out of no folder, and the path.
fn read(line: &str) -> Option<(&Path, &str)> {
    let (place, record) = line.split_once('\t').filter(|(_, record)| !record.is_empty())?;
    let place = Path::new(place);
    let is_name = |part: Component<'_>| matches!(part, Component::Normal(_));
    let is_place = place.components().count() == 2 && place.components().all(is_name);
    is_place.then_some((place, record))
}

fn link(record: &Path, place: &Path) -> io::Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    symlink(record, place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_a_stage_a_unit_and_a_path() {
        assert_eq!(read("fmt/a b\t/s/x-y z"), Some((Path::new("fmt/a b"), "/s/x-y z")));
        for line in ["", "fmt/a", "fmt/a\t", "fmt\t/s", "fmt/a/b\t/s", "../a\t/s", "/fmt\t/s"] {
            assert_eq!(read(line), None, "{line:?}");
        }
    }
}
