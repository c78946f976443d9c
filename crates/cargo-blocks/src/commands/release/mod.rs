//! `cargo blocks release`: one file a subcommand.

mod gather;
mod plan;
mod prepare;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::cli::PlaceArgs;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct ReleaseArgs {
    #[command(subcommand)]
    command: Option<ReleaseCommand>,

    #[command(flatten)]
    plan: plan::PlanArgs,
}

#[derive(Debug, Subcommand)]
enum ReleaseCommand {
    /// Shows what a release would be, and changes nothing. So it is without a subcommand, too.
    Plan(plan::PlanArgs),
    /// Makes what the plan says, and commits it: `chore(release): …`.
    ///
    /// Only where all files are committed, and on the branch that releases are made on. Nothing is tagged or pushed. Where it
    /// is prepared already, nothing changes.
    #[command(alias = "bump_version", alias = "update_changelog")]
    Prepare(prepare::PrepareArgs),
}

/// Runs the subcommand and gives the exit status.
pub(crate) fn run(place: &PlaceArgs, args: &ReleaseArgs) -> Result<u8> {
    match &args.command {
        None => plan::run(place, &args.plan),
        Some(ReleaseCommand::Plan(args)) => plan::run(place, args),
        Some(ReleaseCommand::Prepare(args)) => prepare::run(place, args),
    }
}
