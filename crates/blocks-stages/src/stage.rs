use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

#[cfg(doc)]
use crate::Table;

/// A row of the table: one question that is asked of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column of the table")]
pub struct Stage {
    /// Its name: of the check, of the records' folder, on the command line.
    pub id: String,
    /// Its name in running text.
    pub title: String,
    /// Why one asks, in a sentence.
    pub why: String,
    /// What it runs over.
    pub scope: Scope,
    /// The stage whose record it judges, where it makes none of its own.
    #[serde(default)]
    pub record: Option<String>,
    /// The material (see [`Table::materials`]) whose record its steps compare with that of a baseline: `{now}` and
    /// `{before}` stand for them. Without a baseline such a stage has nothing to ask, and leaves no record.
    #[serde(default)]
    pub material: Option<String>,
    /// The artifact layer that its steps build on.
    #[serde(default = "no_layer")]
    pub layer: String,
    /// What cargo calls to compile in its steps: a compiler of the layer.
    #[serde(default = "no_wrapper")]
    pub compiler: String,
    /// The tools that its steps need, beyond the toolchain.
    #[serde(default)]
    pub tools: Vec<String>,
    /// Files of the workspace's root of which one has to be there for the steps to need the tools, so that nobody
    /// installs what would have nothing to do; none where the tools are needed in any case.
    #[serde(default)]
    pub tools_where: Vec<String>,
    /// Crates of which a member's manifest has to name one, in whatever table of dependencies, for the member to be
    /// asked. Where no member of a unit does, the stage is not applicable to it, and needs no tools.
    #[serde(default)]
    pub depends_on: Vec<String>,
    /// Words of which one of its `texts`, or of the files of `docs.files`, has to hold one for the stage to have something to
    /// ask; none where it has in any case. Where no text does, it is not applicable, needs no tools, and by Nix no edit
    /// of code is a reason to ask again.
    #[serde(default)]
    pub marked: Vec<String>,
    /// Keys of the configuration whose values its texts have as `{key}`: the words of its steps, its environment and its
    /// files (see [`Stage::with_settings`]). What `docs.files` names, the row reads.
    #[serde(default)]
    pub settings: Vec<String>,
    /// Whether its tools look into all files of the workspace, whatever these are. Where one of `tools_where` is there,
    /// or where it names none, all that is a source is one of its record (by Nix the flake's source, but for badges), and
    /// any edit is a reason to ask again; else its record is of nothing, so that it costs nothing who has no use for it.
    #[serde(default)]
    pub everything: bool,
    /// Whether its tools read the sources of crates from elsewhere, though it compiles nothing.
    #[serde(default)]
    pub crates: bool,
    /// Whether its steps look things up in an advisory database, which whoever runs them gives: `{database}`,
    /// `{database-name}` and `{database-date}` stand for it (see [`crate::Database`]). Where none is given its tools are
    /// not needed.
    #[serde(default)]
    pub database: bool,
    /// Whether its tools see packages as they are published: with the prose in their folders, and with the files that
    /// their manifests name elsewhere (`readme`, `license-file`).
    #[serde(default)]
    pub packaged: bool,
    /// Whether it has no use for what only tests, benches and examples need: an edit to these is then no
    /// reason to ask again.
    #[serde(default)]
    pub without_tests: bool,
    /// Whether Nix gives it the member's own library as those who depend on it compiled it, if anybody does,
    /// so that what links it does not compile it once more. Without it the stage compiles the library
    /// itself, as lints have to.
    #[serde(default)]
    pub own_library: bool,
    /// Whether it takes longer than the other stages of its layer, so that Nix starts it before them.
    #[serde(default)]
    pub longest: bool,
    /// Whether its gate compares the record with that of a baseline, where there is one.
    #[serde(default)]
    pub compares: bool,
    /// Whether it is asked only where the configuration says so (`stages.<id>.enabled: true`): not every workspace has
    /// what it is about, or wants it judged.
    #[serde(default)]
    pub opt_in: bool,
    /// Whether it is asked on a machine only: what it measures is of the machine, so that in a sandbox, which may be
    /// anywhere and is one of many, it would say nothing. By Nix there is no record of it. Only such a row may start this
    /// program, as `{blocks}`: no other record depends on it.
    #[serde(default)]
    pub host_only: bool,
    /// Whether a pull request waits for it.
    pub set: Set,
    /// The gate that judges its record; empty for a material, which only other rows' steps read.
    #[serde(default)]
    pub gate: String,
    /// The words that `{packages}` stands for where all members are asked.
    #[serde(default = "all_members")]
    pub select_all: Vec<String>,
    /// The command that asks the same of a working tree, for people; may hold `{packages}`, which
    /// [`Stage::repeat_for`] replaces. Empty for a material.
    #[serde(default)]
    pub repeat: String,
    /// The command that mends what it finds, of a formatter, word by word: no shell reads it. It runs in a copy of the
    /// workspace's sources, and what it writes there is shown before anybody takes it.
    #[serde(default)]
    pub fix: Vec<String>,
    /// Files and folders of the workspace's root that its tools read beside a member's own sources,
    /// such as `clippy.toml`. They are sources of each member's record, where they are there.
    #[serde(default)]
    pub reads: Vec<String>,
    /// Texts for people that its gate reads, such as `CHANGELOG.md`, in the folders of the members that a record is of
    /// and at the workspace's root. They are sources of the stage's records alone, where they are there and no links.
    #[serde(default)]
    pub texts: Vec<String>,
    /// Environment variables of its steps.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// Files that its steps read, written into the record before they start.
    #[serde(default, rename = "file")]
    pub files: Vec<File>,
    /// What it runs, in order.
    #[serde(default, rename = "step")]
    pub steps: Vec<Step>,
    /// What its gate reads.
    #[serde(default, rename = "evidence")]
    pub evidence: Vec<Evidence>,
    /// What it leaves for people.
    #[serde(default, rename = "output")]
    pub outputs: Vec<Output>,
}

fn all_members() -> Vec<String> {
    vec!["--workspace".to_owned()]
}

fn no_layer() -> String {
    "none".to_owned()
}

fn no_wrapper() -> String {
    "rustc".to_owned()
}

impl Stage {
    /// A row that says nothing yet.
    pub(crate) fn empty() -> Self {
        Self {
            id: String::new(),
            title: String::new(),
            why: String::new(),
            scope: Scope::Workspace,
            record: None,
            material: None,
            layer: no_layer(),
            compiler: no_wrapper(),
            tools: Vec::new(),
            tools_where: Vec::new(),
            depends_on: Vec::new(),
            marked: Vec::new(),
            settings: Vec::new(),
            everything: false,
            crates: false,
            database: false,
            packaged: false,
            without_tests: false,
            own_library: false,
            longest: false,
            compares: false,
            opt_in: false,
            host_only: false,
            set: Set::Quick,
            gate: String::new(),
            select_all: all_members(),
            repeat: String::new(),
            fix: Vec::new(),
            reads: Vec::new(),
            texts: Vec::new(),
            env: BTreeMap::new(),
            files: Vec::new(),
            steps: Vec::new(),
            evidence: Vec::new(),
            outputs: Vec::new(),
        }
    }

    /// Whether its tools look into all files of the workspace at `root`.
    pub fn reads_everything(&self, root: &Path) -> bool {
        let is_there = |file: &String| root.join(file).exists();
        self.everything && (self.tools_where.is_empty() || self.tools_where.iter().any(is_there))
    }

    /// The stage whose record this one judges: itself, but for a row with a `record` field.
    pub fn record_stage(&self) -> &str {
        self.record.as_deref().unwrap_or(&self.id)
    }

    /// Why a stage with `depends_on` is not applicable where no member depends on these crates.
    pub fn nobody_depends(&self) -> String {
        format!("no member depends on {}", self.depends_on.join(" or "))
    }

    /// Why a stage with `marked` is not applicable where no text holds one of these words.
    pub fn nothing_marked(&self) -> String {
        format!("no text holds `{}`", self.marked.join("` or `"))
    }

    /// Whether texts for people are among its sources: to most stages they are nothing.
    pub fn reads_texts(&self) -> bool {
        self.packaged || !self.texts.is_empty()
    }

    /// The step whose exit status is the record's.
    pub fn deciding_step(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.decides)
    }
}

/// What a stage runs over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The workspace as a whole: its unit is called `workspace`.
    Workspace,
    /// Each member: its unit is called like the member's package.
    Member,
}

/// Who waits for a stage.
///
/// A later one is asked for together with all before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Set {
    /// A pull request.
    Quick,
    /// The daily run.
    Full,
    /// Who has hours, and tools that are not to be had everywhere.
    Proofs,
}

impl Set {
    /// The word in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Full => "full",
            Self::Proofs => "proofs",
        }
    }
}

/// A file that a stage's steps read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Its name in the record's folder.
    pub name: String,
    /// Its text; may hold placeholders (see [`crate::Places`]).
    pub text: String,
    /// Whether it is a program.
    #[serde(default)]
    pub executable: bool,
}

/// A command of a stage.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The program and its arguments; may hold placeholders (see [`crate::Places`]).
    pub run: Vec<String>,
    /// The engine that runs it; both without it.
    #[serde(default)]
    pub engine: Option<Engine>,
    /// The evidence file that its standard output becomes; the log without it.
    #[serde(default)]
    pub stdout: Option<String>,
    /// The evidence file that its standard error becomes, beside the log.
    #[serde(default)]
    pub stderr: Option<String>,
    /// Whether its exit status is the record's.
    #[serde(default)]
    pub decides: bool,
    /// The exit statuses that are an answer; any other is a fault of the machine or of the tool.
    pub answers: Vec<i32>,
    /// The deciding step's exit statuses after which this step runs; always without it.
    #[serde(default)]
    pub after: Option<Vec<i32>>,
}

/// An engine that a step is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Engine {
    /// The host engine: its target folder has a past, and may hold what has to go.
    Host,
    /// The Nix engine: what it builds with lies in a store.
    Nix,
}

/// A file that a gate reads.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Its name in the record's folder.
    pub file: String,
    /// Its format, which chooses the reader.
    pub kind: String,
    /// The deciding step's exit statuses after which it must be there; always without it.
    #[serde(default)]
    pub after: Option<Vec<i32>>,
}

impl Evidence {
    /// Whether a record whose deciding step ended with `exit` must hold this file.
    pub fn is_due(&self, exit: Option<i32>) -> bool {
        is_after(self.after.as_deref(), exit)
    }
}

impl Step {
    /// Whether it runs after the deciding step ended with `exit`.
    pub fn is_due(&self, exit: Option<i32>) -> bool {
        is_after(self.after.as_deref(), exit)
    }
}

impl Output {
    /// Whether there is one after the deciding step ended with `exit`.
    pub fn is_due(&self, exit: Option<i32>) -> bool {
        is_after(self.after.as_deref(), exit)
    }
}

fn is_after(after: Option<&[i32]>, exit: Option<i32>) -> bool {
    after.is_none_or(|statuses| exit.is_some_and(|exit| statuses.contains(&exit)))
}

/// A folder that a stage leaves for people; no gate reads it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Where the tool left it; may hold placeholders (see [`crate::Places`]).
    pub from: String,
    /// Its name in the record's folder.
    pub name: String,
    /// The deciding step's exit statuses after which there is one; always without it.
    #[serde(default)]
    pub after: Option<Vec<i32>>,
}
