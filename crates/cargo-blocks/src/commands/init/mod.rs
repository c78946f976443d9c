//! `cargo blocks init`: the files by which a workspace adopts Blocks.

mod shown;

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use anyhow::Result;
use blocks_config::PipelineConfig;
use blocks_engine::{
    Cancel, EngineError, NewFile, Workspace, default_branch, folder_in_repository, host::Lock,
    listed, origin_address, replace, resume,
};
use blocks_evidence::printable_line;
use blocks_init::{Choices, Facts, InitError, Looking, Plan, PlannedFile, State, WorkflowFile};
use clap::{Args, ValueEnum};

use super::workflows;
use crate::{
    cli::PlaceArgs,
    context::{self, CONFIG},
    exit::{PASS, Usage},
    output::{say, tell},
};

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Writes the files; without it, they are only shown.
    #[arg(long)]
    write: bool,

    /// A file that is there and may be written anew, from the workspace's root; once for each. Of `.gitignore` and `README.md` all
    /// that they hold stays.
    #[arg(long, value_name = "FILE", requires = "write")]
    replace: Vec<String>,

    /// The flake that Blocks is taken from, such as `github:owner/blocks`.
    #[arg(long, value_name = "FLAKE")]
    blocks: Option<String>,

    /// What else is to be written: once for each.
    #[arg(long, value_enum, value_name = "WHAT")]
    with: Vec<Extra>,

    /// Prints what was found, the files and what there is to know as JSON.
    #[arg(long)]
    json: bool,
}

/// What is written only where somebody asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Extra {
    /// A configuration of who hears of failures, `.github/notify-config.yml`.
    Notify,
    /// Badges, in a region of `README.md`.
    Badges,
}

/// What becomes of a planned file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is written: there was none, or somebody agreed.
    Written,
    /// It is as it would be.
    Same,
    /// It is there, differs, and nobody agreed.
    Kept,
}

/// Shows the plan, and writes it.
pub(crate) fn run(place: &PlaceArgs, args: &InitArgs) -> Result<u8> {
    let workspace = context::workspace(place).map_err(with_lesson)?;
    let cancel = Cancel::on_signals()?;
    // Who only looks leaves nothing, not even a target folder.
    let _lock = if args.write { Some(Lock::take(&workspace, &cancel, &|_| {})?) } else { None };
    if args.write {
        // What a run that was killed had begun is finished before anybody looks at files.
        resume(&workspace)?;
    }
    let facts = facts(&workspace)?;
    let choices = choices(place, &workspace, &facts, args)?;
    let plan = Plan::of(&facts, &choices).map_err(|error| mistake(&error))?;
    check_replaced(&plan, &args.replace)?;
    if !args.json {
        say(&shown::plan(&facts, &plan, &|it| is_shown(it, args)))?;
    }
    let mut fates = Vec::new();
    for file in &plan.files {
        fates.push(fate(file, args, &cancel)?);
    }
    if args.write {
        write(&workspace, &plan, &fates)?;
    }
    if args.json {
        say(&shown::json(&facts, &plan, &fates, args.write))?;
    } else {
        say(&shown::end(&plan, &fates, args.write))?;
    }
    Ok(PASS)
}

/// What cargo says of a folder without a workspace, or of one that it cannot read, and what to do about it.
fn with_lesson(error: anyhow::Error) -> anyhow::Error {
    let Some(EngineError::Workspace { reason, .. }) = error.downcast_ref() else { return error };
    let lesson = if reason.contains("could not find `Cargo.toml`") {
        "init looks at a workspace that is there: call it in one, or name one with --workspace; `cargo new NAME` makes one"
    } else {
        "cargo has to understand the workspace first: `cargo metadata --no-deps` says the same, and has to say nothing"
    };
    Usage(format!("{error:#}\n{lesson}")).into()
}

fn mistake(error: &InitError) -> anyhow::Error {
    Usage(error.to_string()).into()
}

fn facts(workspace: &Workspace) -> Result<Facts> {
    let metadata = workspace.metadata()?;
    let files = listed(workspace)?;
    let folder = folder_in_repository(workspace);
    let (origin, branch) = (origin_address(workspace), default_branch(workspace));
    let looking = Looking {
        root: &workspace.root,
        metadata: &metadata,
        files: &files,
        folder: &folder,
        origin: origin.as_deref(),
        branch: branch.as_deref(),
    };
    Facts::look(&looking).map_err(|error| mistake(&error))
}

fn choices(
    place: &PlaceArgs,
    workspace: &Workspace,
    facts: &Facts,
    args: &InitArgs,
) -> Result<Choices> {
    let badges = if args.with.contains(&Extra::Badges) {
        let config = context::config(place, Some(workspace))?.config;
        let of =
            |it: &blocks_config::Badge| (it.name.as_str().to_owned(), it.path.as_str().to_owned());
        Some(config.badges.iter().map(of).collect())
    } else {
        None
    };
    Ok(Choices {
        blocks: args.blocks.clone(),
        notify: args.with.contains(&Extra::Notify),
        badges,
        workflows: if facts.is_on_github() { of_ci(workspace, facts)? } else { Vec::new() },
    })
}

/// The workflows, as `cargo blocks workflows` makes them of the configuration that will be there.
fn of_ci(workspace: &Workspace, facts: &Facts) -> Result<Vec<WorkflowFile>> {
    let config = PipelineConfig::parse(&Plan::config(facts), CONFIG)?;
    let made = workflows::files(workspace, &config, true)?;
    let of = |it: blocks_workflows::File| {
        let before = workflows::there(&workspace.root, &it.path)?;
        Ok(WorkflowFile { file: it.path, before, after: it.text })
    };
    made.into_iter().map(of).collect()
}

/// Who names a file that is not to be written has mistyped it.
fn check_replaced(plan: &Plan, named: &[String]) -> Result<()> {
    let known: Vec<_> = plan.files.iter().map(|it| it.file.as_str()).collect();
    match named.iter().find(|it| !known.contains(&it.as_str())) {
        None => Ok(()),
        Some(file) => Err(Usage(format!(
            "--replace {}: this is none of the files that would be written; these are {}",
            printable_line(file),
            known.join(", ")
        ))
        .into()),
    }
}

/// Whether the diff of a file is shown. One that takes away what is there is shown to whoever may agree to it.
fn is_shown(file: &PlannedFile, args: &InitArgs) -> bool {
    file.state() != State::Same
        && (file.is_addition || args.replace.contains(&file.file) || is_asking(args))
}

fn is_asking(args: &InitArgs) -> bool {
    args.write && !args.json && io::stdin().is_terminal()
}

fn fate(file: &PlannedFile, args: &InitArgs, cancel: &Cancel) -> Result<Fate> {
    match file.state() {
        State::New => return Ok(Fate::Written),
        State::Same => return Ok(Fate::Same),
        State::Different if args.replace.contains(&file.file) => return Ok(Fate::Written),
        State::Different => {}
    }
    if !is_asking(args) {
        return Ok(Fate::Kept);
    }
    write!(io::stderr().lock(), "{} is there: write it as shown? [y/N] ", file.file)?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    if cancel.is_set() {
        return Err(EngineError::Interrupted.into());
    }
    let is_yes = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes");
    Ok(if is_yes { Fate::Written } else { Fate::Kept })
}

/// Writes all files that shall be written, or none.
fn write(workspace: &Workspace, plan: &Plan, fates: &[Fate]) -> Result<()> {
    let written = plan.files.iter().zip(fates).filter(|(_, fate)| **fate == Fate::Written);
    let new = |(file, _): (&PlannedFile, &Fate)| NewFile {
        file: file.file.clone(),
        before: file.before.clone().unwrap_or_default(),
        after: file.after.clone().into(),
    };
    let files: Vec<_> = written.map(new).collect();
    if files.is_empty() {
        tell("nothing is to be written");
        return Ok(());
    }
    replace(workspace, &files)?;
    Ok(())
}
