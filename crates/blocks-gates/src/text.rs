//! What the gates have in common whose tools look into all files of a workspace.

use crate::Code;
use crate::refusal::Refusal;
use crate::words::counted;

/// "3 files"; a refusal where a tool looked into none: what it says is then no answer about any.
pub(crate) fn looked_into(tool: &str, files: usize) -> Result<String, Refusal> {
    if files == 0 {
        let message = format!("{tool} looked into no file: its configuration leaves all out");
        return Err(Refusal::new(Code::NoAnswer, message));
    }
    Ok(counted(files, "file", "files"))
}

/// A path as tools print it that begin at the workspace's root.
pub(crate) fn relative(path: &str) -> String {
    path.strip_prefix("./").unwrap_or(path).to_owned()
}
