//! What a hook runs: the quick stages, over the members that what is committed or pushed concerns.
//!
//! Stages run over the files as they are in the folder. Where git is about to take something else, it is said.

use std::io::{self, Read as _};

use anyhow::{Context as _, Result};
use blocks_engine::{Commit, Workspace, has_commit, remote_branch};
use blocks_evidence::printable_line;
use clap::Parser as _;

use super::Hook;
use crate::{
    cli::{Cli, Command, PlaceArgs},
    commands::check,
    context,
    exit::PASS,
    output::tell,
};

/// The most that git may say of a push, in bytes: some hundred thousand branches.
const SAID: u64 = 1 << 26;

/// What is compared with.
#[derive(Debug, PartialEq, Eq)]
enum Since {
    /// Nothing is checked.
    Nothing,
    /// All members are.
    Ever,
    /// Those that what changed since this revision concerns.
    Revision(String),
}

pub(super) fn run(
    place: &PlaceArgs,
    workspace: &Workspace,
    hook: Hook,
    told: &[String],
) -> Result<u8> {
    let head = Commit::of(workspace).map(|it| it.revision);
    let since = match hook {
        Hook::PreCommit => head.map_or(Since::Ever, |_| Since::Revision("HEAD".to_owned())),
        Hook::PrePush => {
            let mut said = String::new();
            io::stdin()
                .take(SAID)
                .read_to_string(&mut said)
                .context("cannot read what git says")?;
            let pushed: Vec<_> = said.lines().filter_map(Pushed::of).collect();
            let remote = told.first().map(String::as_str);
            since(workspace, &pushed, head.as_deref(), remote)
        }
    };
    if since == Since::Nothing {
        return Ok(PASS);
    }
    let own = context::own(&context::config(place, Some(workspace))?.config);
    if hook == Hook::PrePush && Commit::of_unchanged(workspace, &own)?.is_none() {
        tell(
            "files differ from the last commit: they are checked as they are, and not as they are pushed",
        );
    }
    let mut words = vec!["cargo blocks".to_owned(), "check".to_owned(), "quick".to_owned()];
    if let Since::Revision(revision) = since {
        words.push(format!("--affected={revision}"));
    }
    let Command::Check(args) = Cli::try_parse_from(words)?.command else { return Ok(PASS) };
    let status = check::run(place, &args)?;
    if status != PASS {
        let word = hook.word();
        tell(&format!("the {word} is not let through: `git {word} --no-verify` does without this"));
    }
    Ok(status)
}

/// A line by which git says what it pushes: `<local ref> <local name> <remote ref> <remote name>`.
#[derive(Debug, PartialEq, Eq)]
struct Pushed<'a> {
    what: &'a str,
    ours: &'a str,
    theirs: &'a str,
}

impl<'a> Pushed<'a> {
    /// None of what is taken away at the remote.
    fn of(line: &'a str) -> Option<Self> {
        let words: Vec<_> = line.split(' ').collect();
        let &[what, ours, _, theirs] = &words[..] else { return None };
        (!is_zero(ours)).then_some(Self { what, ours, theirs })
    }
}

/// What git says for nothing.
fn is_zero(name: &str) -> bool {
    name.bytes().all(|byte| byte == b'0')
}

/// Since when what is pushed changed: of what is checked out, since what the remote has of it, or of its own first branch.
fn since(
    workspace: &Workspace,
    pushed: &[Pushed<'_>],
    head: Option<&str>,
    remote: Option<&str>,
) -> Since {
    let (here, elsewhere): (Vec<_>, Vec<_>) = pushed.iter().partition(|it| Some(it.ours) == head);
    for other in elsewhere {
        let what = printable_line(other.what);
        tell(&format!("{what} is not what is checked out here: nothing was checked of it"));
    }
    let mut all: Vec<_> = here.iter().map(|it| it.theirs).collect();
    all.dedup();
    match all[..] {
        [] => Since::Nothing,
        [theirs] if !is_zero(theirs) && has_commit(workspace, theirs) => {
            Since::Revision(theirs.to_owned())
        }
        [theirs] if is_zero(theirs) => remote
            .and_then(|remote| remote_branch(workspace, remote))
            .map_or(Since::Ever, Since::Revision),
        _ => Since::Ever,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZERO: &str = "0000000000000000000000000000000000000000";

    #[test]
    fn what_git_says_is_read_and_what_is_taken_away_is_not_looked_at() {
        let line = format!("refs/heads/a 12ab refs/heads/b {ZERO}");
        assert_eq!(
            Pushed::of(&line),
            Some(Pushed { what: "refs/heads/a", ours: "12ab", theirs: ZERO })
        );
        let line = format!("(delete) {ZERO} refs/heads/b 12ab");
        for line in [&*line, "", "a b c", "a b c d e"] {
            assert_eq!(Pushed::of(line), None, "{line}");
        }
    }
}
