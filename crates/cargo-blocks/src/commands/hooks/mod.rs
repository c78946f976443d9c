//! `cargo blocks hooks`: git asks for the quick stages by itself, where somebody wants that.

mod run;
mod script;

use std::{fmt::Write as _, fs, io, path::PathBuf};

use anyhow::{Context as _, Result};
use blocks_engine::{NewHook, Workspace, folder_in_repository, hook_file, write_hook};
use blocks_evidence::printable;
use clap::{Args, Subcommand, ValueEnum};

use crate::{
    cli::PlaceArgs,
    context,
    exit::{PASS, Usage},
    output::say,
};

#[derive(Debug, Args)]
pub(crate) struct HooksArgs {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Says which hooks there are; so it is without a subcommand.
    List,
    /// Makes a hook that runs the quick stages over the members that a change concerns.
    ///
    /// A hook that is there already and is somebody else's stays as it is.
    Install {
        /// When git asks.
        #[arg(value_enum, default_value = "pre-push")]
        hooks: Vec<Hook>,
    },
    /// Takes the hooks of Blocks away, and no others.
    Remove,
    /// What a hook runs: git says the rest on the command line and on standard input.
    Run {
        #[arg(value_enum)]
        hook: Hook,

        /// What git says: of a push, the remote's name and address.
        told: Vec<String>,
    },
}

/// When git asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Hook {
    /// Before commits are pushed, over what changed since what the remote has.
    PrePush,
    /// Before a commit is made, over what changed since the last one.
    PreCommit,
}

impl Hook {
    /// As git calls it.
    fn name(self) -> &'static str {
        match self {
            Self::PrePush => "pre-push",
            Self::PreCommit => "pre-commit",
        }
    }

    /// What git is about to do then.
    fn word(self) -> &'static str {
        match self {
            Self::PrePush => "push",
            Self::PreCommit => "commit",
        }
    }
}

/// What is where git looks for a hook.
enum Found {
    Nothing,
    /// The very script that this program writes.
    Ours,
    /// A script that another version of this program wrote, or for another folder.
    Older,
    /// Of somebody else.
    Theirs,
}

pub(crate) fn run(place: &PlaceArgs, args: &HooksArgs) -> Result<u8> {
    let workspace = context::workspace(place)?;
    match &args.what {
        None | Some(What::List) => list(&workspace),
        Some(What::Install { hooks }) => install(&workspace, hooks),
        Some(What::Remove) => remove(&workspace),
        Some(What::Run { hook, told }) => run::run(place, &workspace, *hook, told),
    }
}

fn list(workspace: &Workspace) -> Result<u8> {
    let mut text = String::new();
    for hook in Hook::value_variants() {
        let (path, found) = look(workspace, *hook)?;
        let word = match found {
            Found::Nothing => "not there",
            Found::Ours => "runs the quick stages",
            Found::Older => "of an earlier `cargo blocks hooks install`: install it again",
            Found::Theirs => "of somebody else",
        };
        let _ = writeln!(text, "{:<10}  {word} ({})", hook.name(), path.display());
    }
    say(&printable(&text))?;
    Ok(PASS)
}

fn install(workspace: &Workspace, hooks: &[Hook]) -> Result<u8> {
    // Refused before anything is written.
    let mut new = Vec::new();
    for hook in hooks {
        let (path, found) = look(workspace, *hook)?;
        if matches!(found, Found::Theirs) {
            return Err(theirs(*hook, &path).into());
        }
        new.push((*hook, NewHook { path, script: script(workspace, *hook)? }));
    }
    for (hook, new) in new {
        write_hook(&new).with_context(|| format!("cannot write {}", new.path.display()))?;
        say(&format!("{} runs the quick stages: {}\n", hook.name(), shown(&new.path)))?;
    }
    say(
        "`git push --no-verify` and `git commit --no-verify` do without; `cargo blocks hooks remove` takes them away\n",
    )?;
    Ok(PASS)
}

fn remove(workspace: &Workspace) -> Result<u8> {
    let mut count = 0;
    for hook in Hook::value_variants() {
        let (path, found) = look(workspace, *hook)?;
        if matches!(found, Found::Ours | Found::Older) {
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
            say(&format!("removed {}\n", shown(&path)))?;
            count += 1;
        }
    }
    if count == 0 {
        say("there is no hook of Blocks\n")?;
    }
    Ok(PASS)
}

fn look(workspace: &Workspace, hook: Hook) -> Result<(PathBuf, Found)> {
    let path = hook_file(workspace, hook.name())?;
    let found = match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Found::Nothing,
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        Ok(bytes) if bytes == script(workspace, hook)?.as_bytes() => Found::Ours,
        Ok(bytes) if script::is_ours(&bytes) => Found::Older,
        Ok(_) => Found::Theirs,
    };
    Ok((path, found))
}

fn script(workspace: &Workspace, hook: Hook) -> Result<String> {
    let folder = folder_in_repository(workspace);
    script::script(hook.name(), &folder).ok_or_else(|| {
        let message = format!(
            "{}: the folder's name cannot be written in a script of shell",
            shown(&workspace.root)
        );
        Usage(message).into()
    })
}

fn theirs(hook: Hook, path: &std::path::Path) -> Usage {
    let name = hook.name();
    Usage(format!(
        "{} is there already, and not of Blocks: it stays as it is. A line in it does the same:\n  \
         cargo blocks hooks run {name} \"$@\"",
        shown(path)
    ))
}

fn shown(path: &std::path::Path) -> String {
    printable(&path.display().to_string())
}
