//! `cargo blocks release`: one file a subcommand.

mod assets;
mod checks;
mod confirm;
mod gather;
mod plan;
mod prepare;
mod publish;
mod tag;
mod there;
mod verify;
mod write;
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
    Prepare(prepare::PrepareArgs),
    /// Writes the versions of the plan into manifests and the lock file, and commits nothing.
    #[command(alias = "bump_version")]
    Bump(write::WriteArgs),
    /// Writes the plan's sections into changelogs, and commits nothing.
    #[command(alias = "update_changelog")]
    Changelog(write::WriteArgs),
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
    /// Makes the tags of what is here, each with the members that it is of. It refuses where `verify` does.
    ///
    /// Without --push they are made here only. A tag of this very commit stays as it is.
    ///
    /// Exit status: 0 the tags are there, 1 or 3 as `verify`, 2 where git refuses.
    Tag(tag::TagArgs),
    /// Makes what a release carries beside the crates: an archive of each member's programs, its bill of materials, checksums,
    /// the notes of the changelog, and `release.json`, a list of all. Or looks at such a folder.
    ///
    /// Programs are those of members that may be published, and those that `release.programs` names. The same programs are the
    /// same bytes. One that needs the store of Nix is refused: it would run nowhere else.
    ///
    /// Exit status: 0 made, or all holds; 1 something does not hold; 3 something is not known, as without the record of the
    /// stage `sbom`.
    Assets(assets::AssetsArgs),
    /// Shows by which commands, and in which order, the versions that are here would be yanked. Runs none of them.
    YankPlan(yank::YankArgs),
}

/// Runs the subcommand and gives the exit status.
pub(crate) fn run(place: &PlaceArgs, args: &ReleaseArgs) -> Result<u8> {
    match &args.command {
        None => plan::run(place, &args.plan),
        Some(ReleaseCommand::Plan(args)) => plan::run(place, args),
        Some(ReleaseCommand::Prepare(args)) => prepare::run(place, args),
        Some(ReleaseCommand::Bump(args)) => write::run(place, args, write::Part::Versions),
        Some(ReleaseCommand::Changelog(args)) => write::run(place, args, write::Part::Changelogs),
        Some(ReleaseCommand::Tag(args)) => tag::run(place, args),
        Some(ReleaseCommand::Verify(args)) => verify::run(place, args),
        Some(ReleaseCommand::Publish(args)) => publish::run(place, args),
        Some(ReleaseCommand::Confirm(args)) => confirm::run(place, args),
        Some(ReleaseCommand::Assets(args)) => assets::run(place, args),
        Some(ReleaseCommand::YankPlan(args)) => yank::run(place, args),
    }
}
