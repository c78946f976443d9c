//! Whether a folder is what this workspace releases.

use std::path::Path;

use anyhow::{Context as _, Result};
use blocks_assets::{Folder, NOTES, checks, compared};
use blocks_registry::overall;

use super::source::Source;
use crate::{
    cli::PlaceArgs,
    commands::release::checks::{closing, text},
    exit,
    output::{colour, say},
};

pub(super) fn run(place: &PlaceArgs, path: &Path) -> Result<u8> {
    let folder = Folder::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut found = checks(&folder);
    if let Ok(list) = folder.list() {
        let notes = folder.files.get(NOTES).map_or(&[][..], Vec::as_slice);
        found.extend(compared(&list, notes, &Source::find(place)?.told(path)?));
    }
    let closing = closing(&found, "all of it is there, and is what this commit releases");
    say(&format!("{}\n{closing}", text(&found, colour())))?;
    Ok(exit::of_outcome(overall(&found)))
}
