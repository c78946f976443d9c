//! `cargo blocks docs`: one file a subcommand.

mod api;
mod examples;
mod readme;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::cli::PlaceArgs;

#[derive(Debug, Args)]
pub(crate) struct DocsArgs {
    #[command(subcommand)]
    command: DocsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DocsCommand {
    /// Makes a site of the API documentation, versions beside each other, that any server of files can show.
    ///
    /// Cargo documents all members. Around its pages there is one with all members of the version, and one with all
    /// versions; all addresses are relative, and nothing is fetched. The site takes the place of what was there as a
    /// whole, and what its versions.json does not list stays.
    ///
    /// Exit status: 0 the site holds the version, 2 it is refused, or cargo does not document the workspace.
    #[command(alias = "generate_api_docs")]
    Api(Box<api::ApiArgs>),
    /// Writes what the program knows into the Markdown files that ask for it.
    ///
    /// A region stands between `<!-- blocks: KIND -->` and `<!-- /blocks -->`; the kinds are `badges`, `version [MEMBER]`,
    /// `msrv [MEMBER]`, `dependency MEMBER`, `help PROGRAM [SUBCOMMAND…]` and `stages`. What is outside of regions stays as
    /// it is. The files are those of `docs.files`, or each `README.md` of the workspace and its members.
    ///
    /// Exit status: 0 all is written, 1 with --check something would change, 2 a marker is wrong.
    #[command(alias = "update_readme")]
    Readme(readme::ReadmeArgs),
    /// Runs the examples: programs, code in documents, and commands in documents, whose output is compared.
    ///
    /// Programs are the members' targets of the kind `example`; what one prints is compared with `examples/NAME.stdout`, where
    /// that is there. Documents are the README of the workspace and of each member, and Markdown in `docs/`. Blocks `rust` are
    /// tried by rustdoc. Blocks `console` have lines `$ command` and what each prints; only programs of the workspace are
    /// run, and no shell.
    ///
    /// Exit status: 0 nothing failed, 1 something did, or is not written with --accept.
    #[command(alias = "verify_examples")]
    Examples(examples::ExamplesArgs),
}

/// The names that subcommands of `docs` have without it, too.
#[derive(Debug, Subcommand)]
pub(crate) enum DocsAlias {
    #[command(name = "generate_api_docs", hide = true)]
    Api(Box<api::ApiArgs>),
    #[command(name = "update_readme", hide = true)]
    Readme(readme::ReadmeArgs),
    #[command(name = "verify_examples", hide = true)]
    Examples(examples::ExamplesArgs),
}

/// Runs the subcommand and gives the exit status.
pub(crate) fn run(place: &PlaceArgs, args: &DocsArgs) -> Result<u8> {
    match &args.command {
        DocsCommand::Api(args) => api::run(place, args),
        DocsCommand::Readme(args) => readme::run(place, args),
        DocsCommand::Examples(args) => examples::run(place, args),
    }
}

/// Runs a subcommand that was named without `docs`.
pub(crate) fn run_alias(place: &PlaceArgs, alias: &DocsAlias) -> Result<u8> {
    match alias {
        DocsAlias::Api(args) => api::run(place, args),
        DocsAlias::Readme(args) => readme::run(place, args),
        DocsAlias::Examples(args) => examples::run(place, args),
    }
}
