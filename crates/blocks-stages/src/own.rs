//! Stages of a workspace's own.

use std::sync::OnceLock;

use crate::packages::{PACKAGES, quoted};
use crate::{Evidence, Scope, Set, Stage, Step, Table, TableError};

/// A stage that a workspace has beside those of the table.
#[derive(Debug, Clone, Copy)]
pub struct Own<'a> {
    /// Its name.
    pub id: &'a str,
    /// Its name in running text.
    pub title: &'a str,
    /// Its command; the word `{packages}` makes a record of each member.
    pub run: &'a [String],
    /// The name of its layer.
    pub layer: &'a str,
    /// What it reads of the workspace's root.
    pub files: &'a [String],
    /// Who waits for it.
    pub set: Set,
}

/// The exit statuses that are an answer: from 125 on a shell, and what behaves like one, tells of programs that
/// cannot be run and of signals.
const ANSWERS: std::ops::RangeInclusive<i32> = 0..=124;

impl Own<'_> {
    /// The row: what readStages.nix makes of the same settings.
    pub fn row(&self) -> Stage {
        let is_of_members = self.run.iter().any(|word| word == PACKAGES);
        let evidence = |file: &str, kind: &str| Evidence {
            file: file.to_owned(),
            kind: kind.to_owned(),
            after: None,
        };
        Stage {
            id: self.id.to_owned(),
            title: if self.title.is_empty() { self.id } else { self.title }.to_owned(),
            why: "A stage of this workspace's own.".to_owned(),
            scope: if is_of_members { Scope::Member } else { Scope::Workspace },
            layer: self.layer.to_owned(),
            set: self.set,
            gate: "command".to_owned(),
            repeat: repeat(self.run),
            // What compiles nothing may ask cargo about dependencies.
            crates: true,
            reads: self.files.to_vec(),
            steps: vec![Step {
                run: self.run.to_vec(),
                engine: None,
                stdout: Some("stdout.txt".to_owned()),
                stderr: Some("stderr.txt".to_owned()),
                decides: true,
                answers: ANSWERS.collect(),
                after: None,
            }],
            evidence: vec![evidence("stdout.txt", "text"), evidence("stderr.txt", "compiler-text")],
            ..Stage::empty()
        }
    }
}

/// The command as a person types it.
fn repeat(run: &[String]) -> String {
    let word = |word: &String| if word == PACKAGES { word.clone() } else { quoted(word) };
    run.iter().map(word).collect::<Vec<_>>().join(" ")
}

static IN_USE: OnceLock<Table> = OnceLock::new();

impl Table {
    /// The table of this process: that of [`Table::use_with`], or the embedded one.
    pub fn in_use() -> &'static Self {
        IN_USE.get().unwrap_or_else(Self::embedded)
    }

    /// Lets this process use the embedded table with more stages, and with the values of settings (see
    /// [`Table::with_settings`]). The first call decides: a process is about one workspace.
    pub fn use_with(
        own: Vec<Stage>,
        setting: impl Fn(&str) -> Option<String>,
    ) -> Result<(), TableError> {
        let table = Self::embedded().with_settings(setting)?.with(own)?;
        let _ = IN_USE.set(table);
        Ok(())
    }

    /// The same table with more stages at its end.
    pub fn with(&self, own: Vec<Stage>) -> Result<Self, TableError> {
        let mut table = self.clone();
        table.stages.extend(own);
        crate::check::check(&table)?;
        Ok(table)
    }
}
