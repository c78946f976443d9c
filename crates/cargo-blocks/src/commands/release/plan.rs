//! `cargo blocks release plan`: what a release would be.

use anyhow::Result;
use blocks_evidence::printable;
use blocks_release::{Plan, plan_json, plan_text};
use clap::Args;

use super::gather::{Gathered, WhichArgs, gather};
use crate::{cli::PlaceArgs, exit::PASS, output::say};

#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    which: WhichArgs,

    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

/// Shows what a release would be.
pub(crate) fn run(place: &PlaceArgs, args: &PlanArgs) -> Result<u8> {
    let Gathered { plan, .. } = gather(place, &args.which)?;
    say(&if args.json { plan_json(&plan) } else { shown(&plan) })?;
    Ok(PASS)
}

/// A plan for people, with what it changes.
pub(crate) fn shown(plan: &Plan) -> String {
    let mut text = plan_text(plan);
    let diff = String::from_utf8_lossy(&plan.diff()).into_owned();
    for line in diff.lines() {
        text.push_str(printable(line).trim_end());
        text.push('\n');
    }
    text
}
