//! What a repository and where it comes from know of a release.

use crate::{EngineError, Workspace, git::Git};

/// A tag, as the repository or where it comes from has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagState {
    /// There is none of that name.
    Free,
    /// It is of the commit that the workspace is at.
    Here,
    /// It is of another one.
    Elsewhere,
    /// There is nothing to ask: no `origin`.
    NoRemote,
    /// Nobody knows, and this is why.
    Unknown(String),
}

/// A tag in this repository.
pub fn local_tag(workspace: &Workspace, tag: &str) -> Result<TagState, EngineError> {
    let git = Git { workspace };
    git.check_checkout()?;
    let head = git.commit("HEAD")?;
    let named = format!("refs/tags/{tag}^{{commit}}");
    let found = git.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &named])?;
    if !found.status.success() {
        return Ok(TagState::Free);
    }
    let is_here = String::from_utf8_lossy(&found.stdout).trim() == head;
    Ok(if is_here { TagState::Here } else { TagState::Elsewhere })
}

/// A tag in the repository that this one comes from (`origin`). Nothing is fetched, and nobody is asked for a password.
pub fn remote_tag(workspace: &Workspace, tag: &str) -> Result<TagState, EngineError> {
    let git = Git { workspace };
    let remotes = git.text(&["remote"], "git does not list where it comes from")?;
    if !remotes.lines().any(|it| it == "origin") {
        return Ok(TagState::NoRemote);
    }
    let head = git.commit("HEAD")?;
    let (name, commit) = (format!("refs/tags/{tag}"), format!("refs/tags/{tag}^{{}}"));
    let words = [
        "-c",
        "core.askPass=true",
        "-c",
        "credential.interactive=false",
        "ls-remote",
        "origin",
        &name,
        &commit,
    ];
    let told = match git.output_with(&[("GIT_TERMINAL_PROMPT", "0".as_ref())], &words, "no answer")
    {
        Ok(told) => String::from_utf8_lossy(&told).into_owned(),
        Err(EngineError::Changes { reason, .. }) => return Ok(TagState::Unknown(reason)),
        Err(error) => return Err(error),
    };
    let found: Vec<_> = told.lines().filter_map(|line| line.split_once('\t')).collect();
    let of = |name: &str| found.iter().find(|(_, it)| *it == name).map(|(revision, _)| *revision);
    // An annotated tag has a line of its own for its commit.
    Ok(match of(&commit).or_else(|| of(&name)) {
        None => TagState::Free,
        Some(revision) if revision == head => TagState::Here,
        Some(_) => TagState::Elsewhere,
    })
}

/// Whether the commit that the workspace is at is one of a branch: here, or of where the repository comes from.
pub fn is_on_branch(workspace: &Workspace, branch: &str) -> Result<bool, EngineError> {
    let git = Git { workspace };
    git.check_checkout()?;
    for place in ["refs/heads", "refs/remotes/origin"] {
        let name = format!("{place}/{branch}");
        if git.run(&["merge-base", "--is-ancestor", "HEAD", &name])?.status.success() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Makes an annotated tag of the commit that the workspace is at. One of that name must not be there yet. Git signs it where it
/// is configured to.
pub fn make_tag(workspace: &Workspace, tag: &str, message: &str) -> Result<(), EngineError> {
    let git = Git { workspace };
    let words = ["tag", "--annotate", "--file=-", "--cleanup=verbatim", "--end-of-options", tag];
    git.output_of(&words, message.as_bytes(), &format!("git makes no tag `{tag}`")).map(drop)
}

/// Pushes tags to where the repository comes from (`origin`): all of them, or none.
pub fn push_tags(workspace: &Workspace, tags: &[String]) -> Result<(), EngineError> {
    let git = Git { workspace };
    let names: Vec<_> = tags.iter().map(|it| format!("refs/tags/{it}")).collect();
    let head = ["push", "--atomic", "--quiet", "origin"];
    let words: Vec<_> = head.into_iter().chain(names.iter().map(String::as_str)).collect();
    git.output(&words, "origin does not take the tags").map(drop)
}
