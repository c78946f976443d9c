use std::{
    fs,
    path::{Path, PathBuf},
};

use blocks_examples::{CodeBlock, Console, Malformed, code_blocks, is_document};

use super::{Examining, members::Member};
use crate::{EngineError, listed};

/// The most of a document that is read, in bytes. A larger one is no text for people.
const LIMIT: u64 = 16 * 1024 * 1024;

/// A document with examples in it, or without.
#[derive(Debug)]
pub(super) struct Document {
    /// Its file, from the workspace's root.
    pub(super) file: String,
    /// The package whose folder it lies in, the innermost; none where it is of the whole workspace.
    pub(super) member: Option<String>,
    /// What it says.
    pub(super) text: String,
}

impl Document {
    /// Its blocks that are meant as sessions, each with what is wrong with it.
    pub(super) fn sessions(&self) -> Vec<(CodeBlock, Result<Console, Malformed>)> {
        let blocks = code_blocks(&self.text).into_iter().filter(Console::is_meant);
        blocks
            .map(|block| {
                let console = Console::of(&block);
                (block, console)
            })
            .collect()
    }
}

/// The documents of the workspace, in the order of their names. A link is none: what it leads to is.
pub(super) fn documents(
    examining: &Examining<'_>,
    members: &[Member],
) -> Result<Vec<Document>, EngineError> {
    let workspace = examining.workspace;
    let mut files = listed(workspace)?;
    files.sort();
    files.dedup();
    check_names(examining, &files)?;
    let mut found = Vec::new();
    for path in files {
        let Some(file) = path.to_str() else { continue };
        let folders = members.iter().map(|it| it.folder.as_str());
        let is_asked = examining.only.is_empty() || examining.only.iter().any(|it| it.file == file);
        let full = workspace.root.join(&path);
        let is_named = examining.documents.iter().any(|it| it == file);
        if !(is_named || is_document(&path, folders))
            || !is_asked
            || !fs::symlink_metadata(&full).is_ok_and(|it| it.is_file() && it.len() <= LIMIT)
        {
            continue;
        }
        let bytes = fs::read(&full).map_err(EngineError::file("read", &full))?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        found.push(Document { file: file.to_owned(), member: owner(file, members), text });
    }
    Ok(found)
}

/// That what is named is read: else nobody would see that its examples are not run.
fn check_names(examining: &Examining<'_>, files: &[PathBuf]) -> Result<(), EngineError> {
    for name in examining.documents {
        let found = fs::symlink_metadata(examining.workspace.root.join(name));
        let why = match found {
            Err(_) => "is not there".to_owned(),
            Ok(it) if !it.is_file() => "is a folder or a link: name files".to_owned(),
            Ok(it) if it.len() > LIMIT => format!("has more than {LIMIT} bytes"),
            Ok(_) if !files.iter().any(|it| it == Path::new(name)) => {
                "is no file of the workspace: git ignores it".to_owned()
            }
            Ok(_) => continue,
        };
        return Err(EngineError::Document(name.clone(), why));
    }
    Ok(())
}

/// The member with the innermost folder that a file lies in.
fn owner(file: &str, members: &[Member]) -> Option<String> {
    let is_inside = |it: &&Member| {
        it.folder.is_empty() || file.strip_prefix(&it.folder).is_some_and(|it| it.starts_with('/'))
    };
    members.iter().filter(is_inside).max_by_key(|it| it.folder.len()).map(|it| it.name.clone())
}
