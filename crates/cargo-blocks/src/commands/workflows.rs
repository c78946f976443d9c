//! `cargo blocks workflows`: workflows of GitHub Actions, from the configuration.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use blocks_config::{PipelineConfig, Versions};
use blocks_engine::{
    Cancel, NewFile, Workspace, default_branch, folder_in_repository, host::Lock, replace, resume,
};
use blocks_evidence::{MetadataPackage, printable, printable_line, read_cargo_metadata};
use blocks_fixes::{FileChange, patch};
use blocks_workflows::{Facts, File, MARK, Plan, is_made};
use clap::Args;

use crate::{
    cli::PlaceArgs,
    context,
    exit::{FAIL, PASS, Usage},
    output::{say, tell},
};

/// Where what is made here lies, from the root of the repository.
const FOLDERS: [&str; 2] = [".github/workflows", ".github/scripts"];

#[derive(Debug, Args)]
pub(crate) struct WorkflowsArgs {
    /// Writes the files.
    #[arg(long, conflicts_with = "check")]
    write: bool,

    /// Writes nothing, and ends with 1 where a file differs.
    #[arg(long)]
    check: bool,

    /// Writes also over files that were not made here.
    #[arg(long, requires = "write")]
    force: bool,
}

/// A file that differs from what it has to be.
struct Stale {
    path: String,
    before: Vec<u8>,
    /// What it has to hold; none where it has to go.
    after: Option<String>,
    /// Whether somebody else made it.
    is_foreign: bool,
}

/// Shows or writes what the workflows have to be.
pub(crate) fn run(place: &PlaceArgs, args: &WorkflowsArgs) -> Result<u8> {
    let workspace = context::workspace(place)?;
    let cancel = Cancel::on_signals()?;
    let _lock = Lock::take(&workspace, &cancel, &|_| {})?;
    // What a run that was killed had begun is finished before anybody looks at files.
    resume(&workspace)?;
    let config = context::config(place, Some(&workspace))?.config;
    at_root(&workspace)?;
    let has_flake = workspace.root.join("flake.nix").is_file();
    let files = files(&workspace, &config, has_flake)?;
    let stale = stale(&workspace.root, &files)?;
    warn(&workspace, &config);
    if stale.is_empty() {
        tell(&format!("all {} files of workflows are as they should be", files.len()));
        return Ok(PASS);
    }
    if !args.write {
        show(&stale)?;
        tell(if args.check {
            "cargo blocks workflows --write writes them"
        } else {
            "nothing is written: cargo blocks workflows --write does that"
        });
        return Ok(if args.check { FAIL } else { PASS });
    }
    write(&workspace, &stale, args.force)?;
    Ok(PASS)
}

/// What the workflows have to be, of a workspace that has a flake, or will.
pub(super) fn files(
    workspace: &Workspace,
    config: &PipelineConfig,
    has_flake: bool,
) -> Result<Vec<File>> {
    let facts = facts(workspace, config, has_flake)?;
    Ok(Plan::of(config, &facts).files().map_err(|error| Usage(error.to_string()))?)
}

/// GitHub looks for workflows at the root of a repository, and runs them there.
fn at_root(workspace: &Workspace) -> Result<()> {
    let folder = folder_in_repository(workspace);
    if folder.is_empty() {
        return Ok(());
    }
    let message = format!(
        "the workspace lies in `{}` of its repository, and GitHub looks for workflows at the root only: \
         there has to be a workspace for `cargo blocks workflows`",
        printable_line(&folder)
    );
    Err(Usage(message).into())
}

fn facts(workspace: &Workspace, config: &PipelineConfig, has_flake: bool) -> Result<Facts> {
    let packages = read_cargo_metadata(&workspace.metadata()?)?;
    let members: Vec<_> =
        packages.iter().filter(|it| workspace.members.contains(&it.name)).collect();
    let is_named = |it: &MetadataPackage| {
        config.release.programs.iter().any(|name| name.to_string() == it.name)
    };
    let has_programs =
        |it: &&&MetadataPackage| !it.programs.is_empty() && (it.is_publishable || is_named(it));
    let released: Vec<_> = members.iter().filter(|it| it.is_publishable || is_named(it)).collect();
    let is_lockstep = config.release.versions == Versions::Lockstep;
    Ok(Facts {
        has_flake,
        is_blocks: members.iter().any(|it| it.name == env!("CARGO_PKG_NAME")),
        programs: members.iter().filter(has_programs).count(),
        has_crates: members.iter().any(|it| it.is_for_crates_io),
        has_one_version: is_lockstep
            || released.windows(2).all(|it| it[0].version == it[1].version),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// The files that differ, and those that were made once and are no longer.
fn stale(root: &Path, files: &[File]) -> Result<Vec<Stale>> {
    let mut stale = Vec::new();
    for File { path, text } in files {
        let before = there(root, path)?;
        if before.as_deref() != Some(text.as_bytes()) {
            let is_foreign =
                before.as_deref().is_some_and(|it| !is_made(&String::from_utf8_lossy(it)));
            let before = before.unwrap_or_default();
            stale.push(Stale { path: path.clone(), before, after: Some(text.clone()), is_foreign });
        }
    }
    for path in made(root)? {
        if files.iter().all(|file| file.path != path)
            && let Some(before) = there(root, &path)?
            && is_made(&String::from_utf8_lossy(&before))
        {
            stale.push(Stale { path, before, after: None, is_foreign: false });
        }
    }
    Ok(stale)
}

/// What a file holds; none where there is none.
pub(super) fn there(root: &Path, path: &str) -> Result<Option<Vec<u8>>> {
    // Through a link, a file elsewhere would be written.
    let mut below = PathBuf::from(root);
    for part in Path::new(path) {
        below.push(part);
        if below.is_symlink() {
            let message =
                format!("{} is a link, and nothing is written through one", below.display());
            return Err(Usage(message).into());
        }
    }
    match fs::read(&below) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", below.display())),
    }
}

/// The files in the folders of what is made here.
fn made(root: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        let entries = match fs::read_dir(root.join(folder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error).with_context(|| format!("cannot read {folder}")),
        };
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot read {folder}"))?;
            if entry.file_type().is_ok_and(|it| it.is_file())
                && let Some(name) = entry.file_name().to_str()
            {
                found.push(format!("{folder}/{name}"));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What nobody wants to find out by workflows that never run.
fn warn(workspace: &Workspace, config: &PipelineConfig) {
    let named = config.ci.branch.get();
    if let Some(branch) = default_branch(workspace).filter(|it| Some(it.as_str()) != named) {
        tell(&printable_line(&format!(
            "warning: `origin` shows the branch `{branch}`, and `ci.branch` of .github/pipeline-config.yml is `{}`",
            named.unwrap_or_default()
        )));
    }
}

/// The patch, and what it would do.
fn show(stale: &[Stale]) -> Result<()> {
    let change = |it: &Stale| FileChange {
        path: it.path.clone(),
        before: it.before.clone(),
        after: it.after.clone().unwrap_or_default().into(),
    };
    let patch = patch(&stale.iter().map(change).collect::<Vec<_>>());
    say(&printable(&String::from_utf8_lossy(&patch)))?;
    for it in stale {
        let what = match (&it.after, it.before.is_empty()) {
            _ if it.is_foreign => "is somebody else's, and differs",
            (None, _) => "is no longer made, and goes",
            (Some(_), true) => "is new",
            (Some(_), false) => "differs",
        };
        tell(&printable_line(&format!("{}: {what}", it.path)));
    }
    Ok(())
}

fn write(workspace: &Workspace, stale: &[Stale], is_forced: bool) -> Result<()> {
    let foreign: Vec<_> =
        stale.iter().filter(|it| it.is_foreign && !is_forced).map(|it| it.path.as_str()).collect();
    if !foreign.is_empty() {
        let message = format!(
            "{}: not made here, for `{MARK}` is not on the first line, and nothing is written. \
             `--force` writes over it, or take it out of `ci.workflows` in .github/pipeline-config.yml",
            foreign.join(", ")
        );
        return Err(Usage(message).into());
    }
    let new = |it: &Stale| {
        let after = it.after.clone()?.into();
        Some(NewFile { file: it.path.clone(), before: it.before.clone(), after })
    };
    for folder in FOLDERS {
        fs::create_dir_all(workspace.root.join(folder))
            .with_context(|| format!("cannot make {folder}"))?;
    }
    replace(workspace, &stale.iter().filter_map(new).collect::<Vec<_>>())?;
    for it in stale {
        if it.after.is_none() {
            fs::remove_file(workspace.root.join(&it.path))
                .with_context(|| format!("cannot remove {}", it.path))?;
        }
        let verb = if it.after.is_none() { "is removed" } else { "is written" };
        tell(&printable_line(&format!("{} {verb}", it.path)));
    }
    Ok(())
}
