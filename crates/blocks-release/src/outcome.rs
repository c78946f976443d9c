//! The plan of a release.

use blocks_fixes::{FileChange, patch};

use crate::edits::Files;
use crate::history::History;
use crate::plan::{drafts, order};
use crate::project::Policy;
use crate::tag::Template;
use crate::{Past, PlanError, Planned, Project, Reason, Unchanged, Unit};

/// How far a release is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// There is nothing to release.
    Nothing,
    /// Files have to be changed for it.
    Planned,
    /// All files are as they have to be, and the tags are not there yet.
    Prepared,
}

/// What a release would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Members that are released, each behind those that it needs.
    pub members: Vec<Planned>,
    /// Members that are published and not released now.
    pub unchanged: Vec<Unchanged>,
    /// The files that change. One that is not there yet is empty before.
    pub files: Vec<FileChange>,
    /// Those of them that are not there yet.
    pub new: Vec<String>,
    /// What somebody should know.
    pub notes: Vec<String>,
    /// Whether all published members have one version.
    pub is_one: bool,
}

impl Plan {
    /// The plan of these units.
    pub fn of(
        project: &Project,
        units: &[Unit],
        past: Past<'_>,
        policy: &Policy,
    ) -> Result<Self, PlanError> {
        let history = History::of(project, past.logs);
        let drafts = drafts(project, units, &history, past, policy)?;
        let template = Template::of(policy.tag.as_deref(), units.len() == 1);
        let mut members: Vec<_> =
            drafts.iter().flat_map(|it| it.planned(project, &template)).collect();
        let order = order(project, &members);
        members.sort_by_key(|it| order.iter().position(|name| *name == it.name));
        let mut files = Files::of(project, &drafts)?;
        let mut notes = files.changelogs(policy, &drafts, &members)?;
        for unit in units {
            notes.extend(unit.strays.iter().map(|tag| {
                format!("the tag {tag} is of a commit that this one does not come from, and counts for nothing")
            }));
        }
        for unit in units.iter().filter(|_| files.is_unchanged()) {
            notes.extend(history.late(unit).into_iter().map(|title| {
                format!("it came after the release was prepared, so that the changelog does not tell of it: {title}")
            }));
        }
        notes.extend(told(&members));
        let unchanged = drafts.iter().flat_map(|it| it.unchanged(project)).collect();
        let is_one = units.len() == 1;
        let files = files.changes();
        let new = files.iter().map(|it| &it.path).filter(|it| !project.files.contains_key(*it));
        let new = new.cloned().collect();
        Ok(Self { members, unchanged, files, new, notes, is_one })
    }

    /// How far it is.
    pub fn state(&self) -> State {
        match (self.members.is_empty(), self.files.is_empty()) {
            (true, _) => State::Nothing,
            (false, false) => State::Planned,
            (false, true) => State::Prepared,
        }
    }

    /// What changes, as `git apply` takes it.
    pub fn diff(&self) -> Vec<u8> {
        let one = |file: &FileChange| {
            let text = patch(std::slice::from_ref(file));
            if self.new.contains(&file.path) { as_new(&text) } else { text }
        };
        self.files.iter().flat_map(one).collect()
    }

    /// What the commit of the release says: its title, and the members below it.
    pub fn message(&self) -> String {
        match self.members.as_slice() {
            [] => String::new(),
            [one, ..] if self.is_one => format!("chore(release): {}\n", one.to),
            [one] => format!("chore(release): {} {}\n", one.name, one.to),
            members => {
                let lines = members.iter().map(|it| format!("- {} {}\n", it.name, it.to));
                format!(
                    "chore(release): {} members\n\n{}",
                    members.len(),
                    lines.collect::<String>()
                )
            }
        }
    }
}

/// The patch of a file that is there before, as that of one which is not. Its second line names the file of before.
fn as_new(text: &[u8]) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
    if lines.len() > 1 {
        lines[1] = b"new file mode 100644\n--- /dev/null\n";
    }
    lines.concat()
}

/// What is odd about commits.
fn told(members: &[Planned]) -> Vec<String> {
    let mut seen = Vec::new();
    let mut notes = Vec::new();
    for member in members {
        let commits = || {
            member.reasons.iter().filter_map(|it| match it {
                Reason::Commit(commit) => Some(commit),
                _ => None,
            })
        };
        let breaks = commits().any(crate::Commit::is_breaking);
        let interface = member
            .reasons
            .iter()
            .any(|it| matches!(it, Reason::Interface(level, _) if *level == crate::Level::Major));
        if interface && !breaks {
            notes.push(format!("the interface of {} breaks, and no commit says so", member.name));
        }
        for commit in
            commits().filter(|it| !seen.contains(&it.revision.clone())).collect::<Vec<_>>()
        {
            seen.push(commit.revision.clone());
            if commit.is_breaking() && commit.note.is_none() && !member.is_first() {
                notes.push(format!(
                    "{} breaks something, and no footer `BREAKING CHANGE: …` says what to do: {}",
                    commit.short(),
                    commit.title
                ));
            }
            if !commit.is_conventional {
                notes.push(format!(
                    "{} is no conventional commit, and counts as a patch: {}",
                    commit.short(),
                    commit.title
                ));
            }
        }
    }
    notes
}
