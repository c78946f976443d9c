use std::fs;

use blocks_stages::Stage;

use crate::Workspace;

/// The members that the steps of a row are about; none for all of its unit's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked(pub(super) Vec<String>);

impl Workspace {
    /// Whether a row has something to ask of any member: one with `depends_on` has not where nobody depends on these
    /// crates.
    pub fn has_use_for(&self, row: &Stage) -> bool {
        Asked::of(row, self, &[]).is_ok()
    }
}

impl Asked {
    /// Those of `members`, none for all, that a row has something to ask of; an error says why it has of none.
    pub(super) fn of(
        row: &Stage,
        workspace: &Workspace,
        members: &[String],
    ) -> Result<Self, String> {
        if !row.marked.is_empty() && !is_marked(row, workspace) {
            return Err(row.nothing_marked());
        }
        if row.depends_on.is_empty() {
            return Ok(Self(members.to_vec()));
        }
        let is_in_unit = |name: &String| members.is_empty() || members.contains(name);
        let asked = workspace.packages.iter().filter(|package| {
            let mut on = package.dependencies.iter().map(|it| &it.package);
            is_in_unit(&package.name) && on.any(|name| row.depends_on.contains(name))
        });
        let asked: Vec<_> = asked.map(|package| package.name.clone()).collect();
        if asked.is_empty() {
            return Err(row.nobody_depends());
        }
        Ok(Self(asked))
    }
}

/// Whether one of a row's texts holds one of its marks: in the folder of a member, at the root, or where the row reads it.
fn is_marked(row: &Stage, workspace: &Workspace) -> bool {
    let folders = workspace.packages.iter().map(|package| workspace.root.join(&package.folder));
    let folders: Vec<_> = folders.chain([workspace.root.clone()]).collect();
    let texts = folders.iter().flat_map(|folder| row.texts.iter().map(|text| folder.join(text)));
    let read = row.reads.iter().map(|file| workspace.root.join(file));
    texts.chain(read).any(|path| {
        // What cannot be read is asked of, so that somebody says so.
        fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_file())
            && fs::read(&path).map_or(true, |text| {
                let text = String::from_utf8_lossy(&text);
                row.marked.iter().any(|mark| text.contains(mark))
            })
    })
}
