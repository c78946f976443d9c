//! `cargo blocks release yank-plan`: how a release would be taken back.

use std::fmt::Write as _;

use anyhow::Result;
use blocks_registry::yank_plan;
use clap::Args;

use super::there::{There, ThereArgs};
use crate::{cli::PlaceArgs, exit::PASS, output::say};

#[derive(Debug, Args)]
pub(crate) struct YankArgs {
    #[command(flatten)]
    there: ThereArgs,
}

/// Shows commands, and runs none.
pub(crate) fn run(place: &PlaceArgs, args: &YankArgs) -> Result<u8> {
    let there = There::find(place, &args.there)?;
    let mut text = String::from(
        "# What needs another goes first. Nothing is deleted: lock files that name a version still get it.\n",
    );
    for one in yank_plan(&there.members, &there.registry) {
        if !one.needed_by.is_empty() {
            let _ = writeln!(text, "# {} is needed by {}", one.spec, one.needed_by.join(", "));
        }
        let _ = writeln!(text, "{}", one.command);
    }
    say(&text)?;
    Ok(PASS)
}
