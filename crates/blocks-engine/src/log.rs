//! What a release is made of: commits with their files, and tags.

use std::collections::VecDeque;

use crate::{EngineError, Workspace, git::Git};

/// The most bytes of a commit's message that are read: what is behind them is no message any more.
const MESSAGE: usize = 64 << 10;

/// A commit, and what it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedCommit {
    /// Its name: 40 hexadecimal digits, or 64.
    pub revision: String,
    /// The commits that it comes from: a merge has several.
    pub parents: Vec<String>,
    /// What it says.
    pub message: String,
    /// The files that differ from its first parent, from the workspace's root. Others of the repository are left out.
    pub files: Vec<String>,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedTag {
    /// Its name: `v1.0.0`.
    pub name: String,
    /// The commit that it is of.
    pub revision: String,
    /// Whether that is `HEAD` or comes before it.
    pub is_ancestor: bool,
}

impl LoggedCommit {
    /// The commits that lead to `HEAD`, the newest first; without those that lead to `since`, too. Each is there once, whichever
    /// way merges went.
    pub fn since(workspace: &Workspace, since: Option<&str>) -> Result<Vec<Self>, EngineError> {
        let git = Git { workspace };
        git.check_checkout()?;
        check_whole(&git)?;
        let range = match since {
            Some(since) => format!("{}..HEAD", git.commit(since)?),
            None => git.commit("HEAD")?,
        };
        let mut commits = messages(&git, &range)?;
        add_files(&mut commits, &git, &range)?;
        Ok(commits)
    }
}

/// In a clone that is not whole, nobody can tell what was since a tag.
fn check_whole(git: &Git<'_>) -> Result<(), EngineError> {
    let told = git.text(&["rev-parse", "--is-shallow-repository"], "git does not say so")?;
    if told == "false" {
        return Ok(());
    }
    let reason = "the clone is shallow, so that commits and tags are missing: `git fetch --unshallow --tags`";
    Err(EngineError::Changes { folder: git.workspace.root.clone(), reason: reason.to_owned() })
}

fn messages(git: &Git<'_>, range: &str) -> Result<Vec<LoggedCommit>, EngineError> {
    // Whatever the user's configuration shows beside.
    let words = [
        "log",
        "-z",
        "--encoding=UTF-8",
        "--no-show-signature",
        "--no-notes",
        "--format=%H%n%P%n%B",
        range,
    ];
    let output = git.output(&words, "git does not list commits")?;
    let text = String::from_utf8_lossy(&output);
    let parsed = |one: &str| {
        let (revision, rest) = one.split_once('\n')?;
        let (parents, message) = rest.split_once('\n')?;
        Some(LoggedCommit {
            revision: revision.to_owned(),
            parents: parents.split_whitespace().map(str::to_owned).collect(),
            message: bounded(message).trim().to_owned(),
            files: Vec::new(),
        })
    };
    Ok(text.split('\0').filter_map(parsed).collect())
}

fn bounded(text: &str) -> &str {
    let mut end = text.len().min(MESSAGE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The names of commits and of files come in one list. Which commit comes next is known, so that no file is taken for one.
fn add_files(commits: &mut [LoggedCommit], git: &Git<'_>, range: &str) -> Result<(), EngineError> {
    let words = [
        "-c",
        "log.showRoot=true",
        "log",
        "-z",
        "--no-show-signature",
        "--no-notes",
        "--format=%H",
        "--name-only",
        "--no-renames",
        "--relative",
        "--diff-merges=first-parent",
        range,
    ];
    let output = git.output(&words, "git does not list files")?;
    let text = String::from_utf8_lossy(&output);
    let mut names: VecDeque<&str> = text.split('\0').collect();
    for at in 0..commits.len() {
        let next = commits.get(at + 1).map(|it| it.revision.clone());
        let commit = &mut commits[at];
        while names.front().is_some_and(|it| it.is_empty() || **it == commit.revision) {
            names.pop_front();
        }
        while names.front().is_some_and(|it| Some(*it) != next.as_deref()) {
            let Some(name) = names.pop_front() else { break };
            // Git puts a line between a commit and the first of its files.
            let name = name.strip_prefix('\n').unwrap_or(name);
            if !name.is_empty() {
                commit.files.push(name.to_owned());
            }
        }
    }
    Ok(())
}

impl LoggedTag {
    /// All tags that are of commits.
    pub fn all(workspace: &Workspace) -> Result<Vec<Self>, EngineError> {
        let git = Git { workspace };
        git.check_checkout()?;
        let named = |more: &[&str]| {
            let form = "--format=%(refname:lstrip=2) %(objecttype) %(objectname) %(*objecttype) %(*objectname)";
            let words = [&["for-each-ref", form], more, &["refs/tags"]].concat();
            git.text(&words, "git does not list tags")
        };
        let merged = named(&["--merged=HEAD"])?;
        // A tag that is no object of its own leaves blanks at the end of its line.
        let merged: Vec<_> = merged.lines().map(str::trim_end).collect();
        let tag = |line: &str| {
            let words: Vec<_> = line.split(' ').collect();
            let ([_, "commit", revision, ..] | [_, "tag", _, "commit", revision]) =
                words.as_slice()
            else {
                return None;
            };
            Some(Self {
                name: words[0].to_owned(),
                revision: (*revision).to_owned(),
                is_ancestor: merged.contains(&line.trim_end()),
            })
        };
        Ok(named(&[])?.lines().filter_map(tag).collect())
    }
}

/// Makes a branch at `HEAD`, and lets the work tree be of it. One of that name must not be there yet.
pub fn start_branch(workspace: &Workspace, name: &str) -> Result<(), EngineError> {
    let git = Git { workspace };
    let why = format!("git makes no branch `{name}`");
    git.output(&["switch", "--quiet", "--create", name], &why).map(drop)
}

/// Commits these files as they are, and nothing else; gives the commit's name. Nothing is pushed.
pub fn commit_files(
    workspace: &Workspace,
    files: &[String],
    message: &str,
) -> Result<String, EngineError> {
    let git = Git { workspace };
    // A library may keep its lock file to itself.
    let is_ignored = |it: &String| {
        let told = git.run(&["check-ignore", "--quiet", "--", it]);
        told.is_ok_and(|it| it.status.success())
    };
    let kept = files.iter().filter(|it| !is_ignored(it));
    let paths: Vec<_> = kept.map(|it| format!(":(literal){it}")).collect();
    let add: Vec<_> = ["add", "--"].into_iter().chain(paths.iter().map(String::as_str)).collect();
    git.output(&add, "git does not take the files")?;
    let head = ["commit", "--quiet", "--file=-", "--cleanup=verbatim", "--"];
    let commit: Vec<_> = head.into_iter().chain(paths.iter().map(String::as_str)).collect();
    git.output_of(&commit, message.as_bytes(), "git does not commit")?;
    git.commit("HEAD")
}
