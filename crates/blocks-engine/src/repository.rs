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
