//! `cargo blocks release prepare`: the commit of a release.

use anyhow::Result;
use blocks_config::{BranchName, PipelineConfig};
use blocks_engine::{
    Cancel, Commit, NewFile, Workspace, commit_files, current_branch, default_branch, host::Lock,
    replace, resume, start_branch,
};
use blocks_release::{Plan, State};
use clap::Args;

use super::{
    gather::{Gathered, WhichArgs, gather},
    plan::shown,
};
use crate::{
    cli::PlaceArgs,
    context,
    exit::{PASS, Usage},
    output::{say, tell},
};

#[derive(Debug, Args)]
pub(crate) struct PrepareArgs {
    #[command(flatten)]
    which: WhichArgs,

    /// Makes the commit on a new branch of this name, for a pull request. Nothing is pushed.
    #[arg(long, value_name = "BRANCH", value_parser = branch)]
    pull_request: Option<BranchName>,
}

fn branch(text: &str) -> Result<BranchName, String> {
    let name = BranchName::new(text).map_err(str::to_owned)?;
    if name.get().is_none() { Err("it is empty".to_owned()) } else { Ok(name) }
}

/// Makes what a release changes, and commits it.
pub(crate) fn run(place: &PlaceArgs, args: &PrepareArgs) -> Result<u8> {
    let workspace = context::workspace(place)?;
    let cancel = Cancel::on_signals()?;
    let _lock = Lock::take(&workspace, &cancel, &|_| {})?;
    // What a run that was killed had begun is finished before anybody looks at files.
    resume(&workspace)?;
    let Gathered { workspace, config, plan } = gather(place, &args.which)?;
    if plan.state() != State::Planned {
        say(&shown(&plan))?;
        if plan.state() == State::Prepared {
            // A commit that git refused leaves the files as they shall be, and nothing that has them.
            check_clean(&workspace, &config)?;
        }
        tell("nothing was changed");
        return Ok(PASS);
    }
    check_clean(&workspace, &config)?;
    check_branch(&workspace, &config)?;
    say(&shown(&plan))?;
    if let Some(name) = args.pull_request.as_ref().and_then(BranchName::get) {
        start_branch(&workspace, name)?;
    }
    let revision = commit(&workspace, &plan)?;
    let short = revision.get(..10).unwrap_or(&revision);
    tell(&format!("committed as {short}; nothing was pushed or tagged"));
    Ok(PASS)
}

/// Refuses where the commit would have more in it than the release, or less.
fn check_clean(workspace: &Workspace, config: &PipelineConfig) -> Result<()> {
    if Commit::of_unchanged(workspace, &context::own(config))?.is_some() {
        return Ok(());
    }
    let message = "files differ from the last commit: a release is of what is committed, so commit them first";
    Err(Usage(message.to_owned()).into())
}

/// Refuses on another branch than that of releases.
fn check_branch(workspace: &Workspace, config: &PipelineConfig) -> Result<()> {
    let configured = config.release.branch.get().map(str::to_owned);
    let Some(wanted) = configured.or_else(|| default_branch(workspace)) else {
        let message =
            "which branch releases are made on is not known: say so with `release.branch`";
        return Err(Usage(message.to_owned()).into());
    };
    match current_branch(workspace) {
        Some(branch) if branch == wanted => Ok(()),
        Some(branch) => {
            let message =
                format!("this is the branch `{branch}`, and releases are made on `{wanted}`");
            Err(Usage(message).into())
        }
        None => {
            let message = format!("this is no branch, and releases are made on `{wanted}`");
            Err(Usage(message).into())
        }
    }
}

/// Replaces all files together, and commits them.
fn commit(workspace: &Workspace, plan: &Plan) -> Result<String> {
    write(workspace, plan)?;
    let names: Vec<_> = plan.files.iter().map(|it| it.path.clone()).collect();
    Ok(commit_files(workspace, &names, &plan.message())?)
}

/// Replaces all files together.
pub(super) fn write(workspace: &Workspace, plan: &Plan) -> Result<()> {
    let new = |it: &blocks_fixes::FileChange| NewFile {
        file: it.path.clone(),
        before: it.before.clone(),
        after: it.after.clone(),
    };
    let files: Vec<_> = plan.files.iter().map(new).collect();
    Ok(replace(workspace, &files)?)
}
