use crate::{Workspace, git::Git};

/// Where a workspace lies in its repository, as folders with `/` between them (`rust/tools`); empty at its root, and where no
/// repository holds it.
pub fn folder_in_repository(workspace: &Workspace) -> String {
    let git = Git { workspace };
    if git.check_checkout().is_err() {
        return String::new();
    }
    let told = git.output(&["rev-parse", "--show-prefix"], "no repository holds it");
    let told = told.ok().and_then(|it| String::from_utf8(it).ok()).unwrap_or_default();
    // Git ends it with a slash, and with a line feed that is no part of it.
    let folder = told.strip_suffix('\n').unwrap_or(&told);
    folder.strip_suffix('/').unwrap_or(folder).to_owned()
}

/// The branch that the workspace's checkout is of; none where it is of a commit, and where no repository holds it.
pub fn current_branch(workspace: &Workspace) -> Option<String> {
    symbolic(workspace, "HEAD")
}

/// The branch that the repository is shown by where it comes from (`origin`); none where that is not known.
pub fn default_branch(workspace: &Workspace) -> Option<String> {
    let name = symbolic(workspace, "refs/remotes/origin/HEAD")?;
    name.strip_prefix("origin/").map(str::to_owned)
}

/// The address that the repository comes from (`origin`), as git has it, with whatever secrets are in it; none where git knows
/// of none, and where no repository holds the workspace.
pub fn origin_address(workspace: &Workspace) -> Option<String> {
    let git = Git { workspace };
    git.check_checkout().ok()?;
    let told = git.output(&["remote", "get-url", "origin"], "it comes from nowhere").ok()?;
    String::from_utf8(told).ok().map(|it| it.trim().to_owned())
}

pub(crate) fn symbolic(workspace: &Workspace, name: &str) -> Option<String> {
    let git = Git { workspace };
    git.check_checkout().ok()?;
    let told =
        git.output(&["symbolic-ref", "--quiet", "--short", name], "it names no branch").ok()?;
    let told = String::from_utf8(told).ok()?;
    let name = told.strip_suffix('\n').unwrap_or(&told);
    (!name.is_empty()).then(|| name.to_owned())
}
