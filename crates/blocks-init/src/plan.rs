//! From facts to files.

use serde::Serialize;

use crate::{Facts, InitError, Note, files, note, readme};

/// What somebody chose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// The reference by which the flake finds Blocks, such as `github:owner/blocks`.
    pub blocks: Option<String>,
    /// Whether there shall be a configuration of messages to people.
    pub notify: bool,
    /// The badges that the README shall show, by name and file; none where it shall not.
    pub badges: Option<Vec<(String, String)>>,
    /// The workflows that the configuration comes to.
    pub workflows: Vec<WorkflowFile>,
}

/// A file of workflows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkflowFile {
    /// The file, from the workspace's root.
    pub file: String,
    /// What it holds; none where it is not there.
    pub before: Option<Vec<u8>>,
    /// What it would hold.
    pub after: String,
}

/// The files by which a workspace adopts Blocks, and what there is to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The files, as they would be.
    pub files: Vec<PlannedFile>,
    /// What there is to know about the first run.
    pub notes: Vec<Note>,
}

/// A file as it would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFile {
    /// The file, from the workspace's root.
    pub file: String,
    /// What it holds; none where it is not there.
    pub before: Option<Vec<u8>>,
    /// What it would hold.
    pub after: String,
    /// What it is for, in a few words.
    pub what: &'static str,
    /// Whether all that it holds now stays in it.
    pub is_addition: bool,
}

/// What a planned file is beside what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// There is no such file.
    New,
    /// The file holds what it would hold.
    Same,
    /// The file is there, and holds something else.
    Different,
}

impl PlannedFile {
    fn of(facts: &Facts, file: &str, what: &'static str, after: String) -> Self {
        let before = facts.present.get(file).cloned();
        let is_addition = before.as_deref().is_none_or(|it| holds_all(after.as_bytes(), it));
        Self { file: file.to_owned(), before, after, what, is_addition }
    }

    fn of_workflow(made: &WorkflowFile) -> Self {
        Self {
            file: made.file.clone(),
            before: made.before.clone(),
            after: made.after.clone(),
            what: "what CI runs, by `cargo blocks workflows`",
            is_addition: made.before.is_none(),
        }
    }

    /// What it is beside what is there.
    pub fn state(&self) -> State {
        match &self.before {
            None => State::New,
            Some(before) if before == self.after.as_bytes() => State::Same,
            Some(_) => State::Different,
        }
    }
}

impl Plan {
    /// The text of the configuration: the one that is there, or what differs from the defaults.
    pub fn config(facts: &Facts) -> String {
        present(facts, files::CONFIG).unwrap_or_else(|| files::config(facts))
    }

    /// The plan for a workspace.
    pub fn of(facts: &Facts, choices: &Choices) -> Result<Self, InitError> {
        let mut planned = Vec::new();
        let mut add = |file: &str, what: &'static str, after: String| {
            planned.push(PlannedFile::of(facts, file, what, after));
        };
        let flake = files::flake(facts, choices)?;
        let is_adopted =
            |text: &String| text.contains(files::MK_FLAKE) || text.contains(files::MK_PIPELINE);
        let own = present(facts, files::FLAKE).filter(is_adopted);
        add(
            files::FLAKE,
            "the workspace for Nix",
            match own {
                // A flake that is adopted already may have more, and is taken from elsewhere only where somebody says so.
                Some(own) if choices.blocks.is_none() => own,
                _ => flake,
            },
        );
        let envrc = files::envrc(present(facts, files::ENVRC).as_deref());
        add(files::ENVRC, "the dev shell, entered by direnv", envrc);
        // What somebody decided is in these two, so that nothing here writes them anew.
        add(files::CONFIG, "what differs from the defaults", Self::config(facts));
        if choices.notify {
            let notify =
                present(facts, files::NOTIFY).unwrap_or_else(|| files::notify().to_owned());
            add(files::NOTIFY, "who hears of failures", notify);
        }
        if let Some(text) = files::gitignore(present(facts, files::GITIGNORE).as_deref()) {
            add(files::GITIGNORE, "what tools leave beside the sources", text);
        }
        if let Some(badges) = &choices.badges {
            let readme = present(facts, files::README);
            if let Some(text) = readme.and_then(|text| readme::with_badges(&text, badges)) {
                add(
                    files::README,
                    "badges, in a region that `cargo blocks docs readme` keeps",
                    text,
                );
            }
        }
        planned.extend(choices.workflows.iter().map(PlannedFile::of_workflow));
        let mut notes = note::notes(facts, choices, present(facts, files::FLAKE).as_deref());
        let new: Vec<_> = planned
            .iter()
            .filter(|it| it.state() == State::New)
            .map(|it| it.file.clone())
            .collect();
        if !new.is_empty() {
            notes.insert(0, note::known_to_git(&new));
        }
        Ok(Self { files: planned, notes })
    }
}

/// Whether the lines of a file are all in another, in their order.
fn holds_all(text: &[u8], lines: &[u8]) -> bool {
    let mut all = text.split(|byte| *byte == b'\n');
    let mut lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.all(|line| all.any(|it| it == line))
}

/// The text of a file that is there and is one.
fn present(facts: &Facts, file: &str) -> Option<String> {
    facts.present.get(file).and_then(|bytes| String::from_utf8(bytes.clone()).ok())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{LockFile, Origin, Outside, needs};

    fn facts() -> Facts {
        Facts {
            members: Vec::new(),
            is_virtual: true,
            folder: String::new(),
            origin: None,
            branch: None,
            toolchain: None,
            lock: LockFile::Kept,
            ci: Vec::new(),
            others: Vec::new(),
            licences: Vec::new(),
            has_deny: true,
            cargo_config: Vec::new(),
            needs: Vec::new(),
            outside: BTreeMap::new(),
            present: BTreeMap::new(),
        }
    }

    fn text(facts: &Facts, file: &str) -> String {
        let plan = Plan::of(facts, &Choices::default()).unwrap();
        plan.files.iter().find(|it| it.file == file).map(|it| it.after.clone()).unwrap_or_default()
    }

    #[test]
    fn the_flake_has_five_lines() {
        let flake = text(&facts(), files::FLAKE);
        assert_eq!(flake.lines().count(), 5, "{flake}");
        assert!(flake.contains("blocks.lib.mkFlake { src = ./.; }"));
    }

    #[test]
    fn what_crates_want_is_in_the_flake() {
        let needs = needs::of(["openssl-sys", "prost-build", "alsa-sys"].into_iter());
        insta::assert_snapshot!(text(&Facts { needs, ..facts() }, files::FLAKE));
    }

    #[test]
    fn the_configuration_is_one_whatever_names_there_are() {
        let outside =
            |path: &str| Outside { path: path.to_owned(), named_in: "a\n- b".to_owned(), line: 3 };
        let of = |member: &str, path: &str| (member.to_owned(), vec![outside(path)]);
        let outside = BTreeMap::from([
            of("app", "data/a b.json"),
            of("no", "x \"y'"),
            of("on2", "#z"),
            of("none", "a\n: b"),
        ]);
        let config = text(&Facts { outside, ..facts() }, files::CONFIG);
        let parsed = files::parsed(&config).unwrap();
        let files = |member: &str| {
            parsed.members[member].files.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(files("app"), ["data/a b.json"]);
        assert_eq!(files("no"), ["x \"y'"]);
        assert_eq!(files("on2"), ["#z"]);
        assert!(!parsed.members.contains_key("none"));
    }

    #[test]
    fn without_anything_that_differs_the_configuration_is_the_defaults() {
        let elsewhere = Origin { host: "example.org".to_owned(), repository: "a/b".to_owned() };
        let facts = Facts { origin: Some(elsewhere), ..facts() };
        let parsed = files::parsed(&text(&facts, files::CONFIG)).unwrap();
        assert_eq!(parsed, blocks_config::PipelineConfig::default());
    }

    #[test]
    fn on_github_one_workflow_checks_the_branch_that_there_is() {
        let of = |branch: Option<&str>| {
            let facts = Facts { branch: branch.map(str::to_owned), ..facts() };
            files::parsed(&text(&facts, files::CONFIG)).unwrap().ci
        };
        let ci = of(Some("master"));
        assert_eq!(ci.workflows, [blocks_config::Workflow::Ci]);
        assert_eq!(ci.branch.get(), Some("master"));
        assert_eq!(of(None).branch.get(), Some("main"));
        let inner = Facts { folder: "rust".to_owned(), ..facts() };
        assert!(!text(&inner, files::CONFIG).contains("ci:"));
    }

    #[test]
    fn who_hears_of_failures_is_a_configuration() {
        let parsed = blocks_config::NotifyConfig::parse(files::notify(), files::NOTIFY).unwrap();
        assert_eq!(parsed.notifications.channels.len(), 1);
    }

    #[test]
    fn a_reference_that_would_be_more_than_a_text_is_refused() {
        for blocks in ["", "github:a/b\"; x = \"", "path:${x}", "github:a/b\n"] {
            let choices = Choices { blocks: Some(blocks.to_owned()), ..Choices::default() };
            let error = Plan::of(&facts(), &choices).unwrap_err().to_string();
            assert!(error.contains("is no reference of a flake"), "{error}");
        }
    }

    #[test]
    fn gitignore_has_what_it_lacks_and_lines_end_as_they_did() {
        let ignored = |before: &str| files::gitignore(Some(before));
        assert_eq!(ignored("target\nresult\nresult-*\n.direnv"), None);
        assert_eq!(
            ignored("result*\r\n.direnv").as_deref(),
            Some("result*\r\n.direnv\r\n/target/\r\n")
        );
        assert_eq!(
            files::gitignore(None).as_deref(),
            Some("/target/\n/result\n/result-*\n/.direnv/\n")
        );
        let once = ignored("x").unwrap();
        assert_eq!(ignored(&once), None);
    }

    #[test]
    fn a_configuration_that_is_there_is_never_written_anew() {
        let mut facts = facts();
        let decided = "test:\n  coverage_threshold: 100\n";
        facts.present.insert(files::CONFIG.to_owned(), decided.into());
        assert_eq!(text(&facts, files::CONFIG), decided);
    }

    #[test]
    fn a_flake_that_is_adopted_stays_until_blocks_comes_from_elsewhere() {
        let mut facts = facts();
        let own =
            "{ outputs = { blocks, ... }: blocks.lib.mkFlake { src = ./.; name = \"x\"; }; }\n";
        facts.present.insert(files::FLAKE.to_owned(), own.into());
        assert_eq!(text(&facts, files::FLAKE), own);
        let choices = Choices { blocks: Some("path:../b".to_owned()), ..Choices::default() };
        let plan = Plan::of(&facts, &choices).unwrap();
        assert!(!plan.files[0].is_addition && plan.files[0].after.contains("path:../b"));
    }

    #[test]
    fn an_envrc_enters_the_shell_where_it_does_not_use_the_flake() {
        let enters = files::envrc(None);
        assert!(enters.ends_with("use flake\n"), "{enters}");
        assert_eq!(files::envrc(Some("dotenv")), format!("dotenv\n{enters}"));
        let theirs = files::envrc(Some("export A=1\r\n"));
        assert_eq!(theirs, format!("export A=1\r\n{}", enters.replace('\n', "\r\n")));
        assert_eq!(files::envrc(Some(&theirs)), theirs);
        for uses in ["use flake\n", "watch_file x\n  use flake . --impure\n", "use_flake\n"] {
            assert_eq!(files::envrc(Some(uses)), uses);
        }
    }

    #[test]
    fn a_file_is_new_the_same_or_different() {
        let mut facts = facts();
        facts.present.insert(files::ENVRC.to_owned(), b"use flake\n".to_vec());
        facts.present.insert(files::FLAKE.to_owned(), b"{ }\n".to_vec());
        let plan = Plan::of(&facts, &Choices::default()).unwrap();
        let states: Vec<_> = plan.files.iter().map(|it| (it.file.as_str(), it.state())).collect();
        let wanted = [
            (files::FLAKE, State::Different),
            (files::ENVRC, State::Same),
            (files::CONFIG, State::New),
            (files::GITIGNORE, State::New),
        ];
        assert_eq!(states, wanted);
    }
}
