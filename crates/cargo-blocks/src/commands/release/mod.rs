//! `cargo blocks release`: one file a subcommand.

mod checks;
mod confirm;
mod gather;
mod plan;
mod prepare;
mod publish;
mod there;
mod verify;
mod yank;

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
    /// Says whether what is here may be published, and why not: a tick or a cause for each thing that has to hold.
    ///
    /// All files are committed, on the branch of releases; the tag and the versions are free; every stage of the full set
    /// passed for this very tree, by its records; the changelog, the lock file, and what is in the archives are as they
    /// should be. What cannot be asked has no verdict, and that is never a yes.
    ///
    /// Exit status: 0 all holds, 1 something does not, 3 something is not known.
    #[command(alias = "verify_release")]
    Verify(verify::VerifyArgs),
    /// Publishes the members, each behind what it needs, and waits until the registry's index has each.
    ///
    /// Without --execute it shows what it would do. It refuses where `verify` does. A run that stopped goes on where it
    /// stopped: what is there with the same SHA-256 is done, and what is there with another one is an error.
    ///
    /// Cargo publishes, with the token that it finds itself, as in `CARGO_REGISTRY_TOKEN` or `CARGO_REGISTRIES_<NAME>_TOKEN`;
    /// what a step of CI gets in exchange for its identity (OIDC, trusted publishing) is given there, too.
    ///
    /// Exit status: 0 done or shown, 1 or 3 as `verify`, 4 where publishing stopped.
    Publish(publish::PublishArgs),
    /// Fetches each version back, compares it with the index and with what is packed here, and compiles it and its
    /// documentation in a project that has nothing else.
    ///
    /// Exit status: 0 all is well, 1 something is missing, different or does not compile, 3 something is not known.
    Confirm(confirm::ConfirmArgs),
    /// Shows by which commands, and in which order, the versions that are here would be yanked. Runs none of them.
    YankPlan(yank::YankArgs),
}

/// Runs the subcommand and gives the exit status.
pub(crate) fn run(place: &PlaceArgs, args: &ReleaseArgs) -> Result<u8> {
    match &args.command {
        None => plan::run(place, &args.plan),
        Some(ReleaseCommand::Plan(args)) => plan::run(place, args),
        Some(ReleaseCommand::Prepare(args)) => prepare::run(place, args),
        Some(ReleaseCommand::Verify(args)) => verify::run(place, args),
        Some(ReleaseCommand::Publish(args)) => publish::run(place, args),
        Some(ReleaseCommand::Confirm(args)) => confirm::run(place, args),
        Some(ReleaseCommand::YankPlan(args)) => yank::run(place, args),
    }
}
