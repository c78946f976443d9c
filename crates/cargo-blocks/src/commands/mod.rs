//! One file a subcommand.

mod badges;
mod bisect;
mod cache;
mod check;
mod docs;
mod doctor;
mod explain;
mod fix;
mod gate;
mod history;
mod hooks;
mod init;
mod junit;
mod lcov;
mod measure;
mod notify;
mod release;
mod report;
mod sbom;
mod show;
mod stages;
mod status;
mod verify_performance;
mod workflows;

use anyhow::Result;

pub(crate) use cache::CacheArgs;
pub(crate) use docs::{DocsAlias, DocsArgs};
pub(crate) use hooks::HooksArgs;
pub(crate) use init::InitArgs;
pub(crate) use release::ReleaseArgs;
pub(crate) use workflows::WorkflowsArgs;

use crate::cli::{Cli, Command};

/// Runs the subcommand and gives the exit status.
pub(crate) fn run(cli: &Cli) -> Result<u8> {
    let place = &cli.place;
    match &cli.command {
        Command::Check(args) => check::run(place, args),
        Command::Stages(args) => stages::run(place, args),
        Command::Explain(args) => explain::run(place, args),
        Command::Docs(args) => docs::run(place, args),
        Command::DocsAlias(alias) => docs::run_alias(place, alias),
        Command::Doctor(args) => doctor::run(place, args),
        Command::Fix(args) => fix::run(place, args),
        Command::Gate(args) => gate::run(place, args),
        Command::Bisect(args) => bisect::run(place, args),
        Command::Badges(args) => badges::run(place, args),
        Command::Cache(args) => cache::run(place, args),
        Command::History(args) => history::run(place, args),
        Command::Hooks(args) => hooks::run(place, args),
        Command::Init(args) => init::run(place, args),
        Command::Junit(args) => junit::run(place, args),
        Command::Measure(args) => measure::run(place, args),
        Command::Lcov(args) => lcov::run(place, args),
        Command::Sbom(args) => sbom::run(place, args),
        Command::Notify(args) => notify::run(place, args),
        Command::Release(args) => release::run(place, args),
        Command::Report(args) => report::run(place, args),
        Command::Show(args) => show::run(place, args),
        Command::Status(args) => status::run(place, args),
        Command::VerifyPerformance(args) => verify_performance::run(place, args),
        Command::Workflows(args) => workflows::run(place, args),
    }
}
