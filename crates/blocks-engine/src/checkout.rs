use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use crate::{EngineError, Workspace, git::Git, tools::path_with_own};

/// The folder of the sources, in the folder that a checkout is kept in.
const TREE: &str = "tree";
/// The folder of what cargo builds of them.
const TARGET: &str = "target";
/// The file that says which commit the sources are of. It is written last.
const COMMIT: &str = "commit";

/// The sources of an earlier commit, in a folder of their own.
///
/// It is no work tree of git's: nothing in the repository knows of it, and removing the folder removes all
/// of it.
#[derive(Debug)]
pub struct Checkout {
    /// The commit.
    pub commit: String,
    /// The same, in as few characters as tell it from others.
    pub short: String,
    /// The folder of the workspace's sources.
    pub root: PathBuf,
    environment: Vec<(OsString, OsString)>,
}

impl Checkout {
    /// Puts the sources of the last commit that `revision` has in common with `HEAD` into a folder, which may
    /// hold those of another commit already.
    pub fn of(workspace: &Workspace, revision: &str, folder: &Path) -> Result<Self, EngineError> {
        let git = Git { workspace };
        git.check_checkout()?;
        let commit = git.base(revision)?;
        Self::at(workspace, commit, folder)
    }

    /// Puts the sources of a commit, by its name, into a folder, which may hold those of another one already.
    pub fn at(workspace: &Workspace, commit: String, folder: &Path) -> Result<Self, EngineError> {
        let git = Git { workspace };
        let short = git.short(&commit)?;
        // A workspace may lie in a folder of its repository.
        let inner = git.text(&["rev-parse", "--show-prefix"], "git does not say where this is")?;
        let tree = folder.join(TREE);
        if fs::read_to_string(folder.join(COMMIT)).ok().as_deref() != Some(&commit) {
            write(&git, &commit, folder, &tree)?;
        }
        let mut environment = workspace.environment.clone();
        // Beside the workspace's own folder, or cargo would take the one's artifacts for the other's.
        environment.retain(|(name, _)| name != "CARGO_TARGET_DIR");
        environment.push(("CARGO_TARGET_DIR".into(), folder.join(TARGET).into()));
        // What was installed for the workspace serves its earlier sources, too.
        environment.retain(|(name, _)| name != "PATH");
        environment.push(("PATH".into(), path_with_own(workspace)?));
        Ok(Self { commit, short, root: tree.join(inner), environment })
    }

    /// The commit whose sources a folder has; none where it has none of a whole commit.
    pub fn commit_of(folder: &Path) -> Option<String> {
        fs::read_to_string(folder.join(COMMIT)).ok().filter(|commit| !commit.is_empty())
    }

    /// The workspace that these sources are. There may have been none then.
    pub fn workspace(&self) -> Result<Workspace, EngineError> {
        Workspace::find_in(&self.root, self.environment.clone())
    }
}

/// Writes a commit's files in the place of those that are there.
fn write(git: &Git<'_>, commit: &str, folder: &Path, tree: &Path) -> Result<(), EngineError> {
    let marker = folder.join(COMMIT);
    remove(fs::remove_file(&marker)).map_err(EngineError::file("remove", &marker))?;
    remove(fs::remove_dir_all(tree)).map_err(EngineError::file("remove", tree))?;
    fs::create_dir_all(tree).map_err(EngineError::file("make", tree))?;
    let index = folder.join("index");
    let own_index = [("GIT_INDEX_FILE", index.as_os_str())];
    let why = "git does not give its files";
    git.output_with(&own_index, &["read-tree", commit], why)?;
    // A prefix is a text before each path, so that a folder's ends with a slash.
    let prefix = format!("--prefix={}/", tree.display());
    // Paths in an index are the repository's, whatever folder of it this is.
    let top = git.text(&["rev-parse", "--show-toplevel"], "git does not say where it begins")?;
    git.output_with(&own_index, &["-C", &top, "checkout-index", "--all", "--force", &prefix], why)?;
    remove(fs::remove_file(&index)).map_err(EngineError::file("remove", &index))?;
    fs::write(&marker, commit).map_err(EngineError::file("write", &marker))
}

/// That something is not there is as good as that it was removed.
fn remove(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
