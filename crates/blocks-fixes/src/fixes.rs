//! From what was recorded to what can be done about it.

use std::collections::BTreeSet;

use blocks_evidence::{Format, read_machete_text};
use blocks_gates::{
    AskedUpdate, Cause, Code, Given, Outcome, UnitEvidence, Verdict, asked_updates, asked_versions,
    recorded_evidence,
};
use blocks_stages::Stage;
use serde::Serialize;

use crate::draft::StageChanges;
use crate::{
    Change, Draft, FileChange, Sources, Suggestion, formatted, manifest, regions, spelled,
    suggested, words,
};

/// The most suggestions that are kept.
const MOST: usize = 2_000;

/// What is done about what failed.
#[derive(Debug, Clone, Default)]
pub struct Fixes {
    /// The parts of the patch, in the order in which they are made: each is of the files as those before it leave them.
    pub parts: Vec<Part>,
    /// What could be changed, and is left out.
    pub left: Vec<Left>,
    /// What a person has to do.
    pub suggestions: Vec<Suggestion>,
    /// How many more suggestions there are.
    pub more_suggestions: usize,
    /// The stages whose records cannot be used, and why.
    pub refused: Vec<Refused>,
}

/// What one stage asks for.
#[derive(Debug, Clone)]
pub struct Part {
    /// The stage.
    pub stage: String,
    /// The stage's title.
    pub title: String,
    /// What it does, a line each.
    pub changes: Vec<String>,
    /// The files, before and after.
    pub files: Vec<FileChange>,
    /// Why it is not known that what it leaves compiles; nothing where that was tried.
    pub unchecked: Option<String>,
}

/// A change that is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Left {
    /// The stage that asks for it.
    pub stage: String,
    /// What it would do, in a line.
    pub what: String,
    /// Why it is left out.
    pub why: String,
}

impl Left {
    pub(crate) fn of(stage: &str, change: &Change, why: &str) -> Self {
        Self { stage: stage.to_owned(), what: change.what.clone(), why: why.to_owned() }
    }
}

/// A stage whose records cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Refused {
    /// The stage.
    pub stage: String,
    /// Why, by its code.
    pub code: Code,
    /// Why, in words.
    pub why: String,
}

/// What is drafted from records, before anybody tries it.
#[derive(Debug, Clone, Default)]
pub struct Drafted {
    /// The changes.
    pub draft: Draft,
    /// The updates of crates from elsewhere that advisories ask for, by stage: cargo has to make them.
    pub updates: Vec<(String, AskedUpdate)>,
    /// What a person has to do.
    pub suggestions: Vec<Suggestion>,
    /// The stages whose records cannot be used.
    pub refused: Vec<Refused>,
}

/// Drafts what can be done about the verdicts that fail, of the sources that the records are of.
pub fn draft(
    stages: &[&Stage],
    verdicts: &[Verdict],
    given: Given<'_>,
    sources: &Sources,
) -> Drafted {
    let mut drafted = Drafted::default();
    let of = |verdict: &Verdict| stages.iter().copied().find(|stage| stage.id == verdict.stage);
    let asked = || verdicts.iter().filter_map(|verdict| Some((of(verdict)?, verdict)));
    for (stage, verdict) in asked() {
        if verdict.outcome == Outcome::NoVerdict {
            drafted.refuse(stage, &verdict.causes);
        }
    }
    // Formats come last: what others change is formatted, too.
    for is_format in [false, true] {
        for (stage, verdict) in asked().filter(|(stage, _)| is_of_format(stage) == is_format) {
            if verdict.outcome == Outcome::Fail {
                drafted.of_stage(stage, verdict, given, sources);
            }
        }
    }
    let mut seen = BTreeSet::new();
    let key = |one: &Suggestion| (one.what.clone(), one.file.clone(), one.line);
    drafted.suggestions.retain(|one| seen.insert(key(one)));
    drafted
}

/// The formats of differences that a formatter leaves.
const DIFFERENCES: [Format; 2] = [Format::RustfmtDiff, Format::Diffs];

/// Whether a stage is about how files look, by what it leaves.
pub fn is_of_format(stage: &Stage) -> bool {
    stage.evidence.iter().any(|it| DIFFERENCES.iter().any(|format| format.name() == it.kind))
}

/// What compilers say is taken where a gate judges just that: others build with options under which a suggestion may be
/// wrong for everybody else.
const COMPILERS: &str = "diagnostics";

/// The gates that ask for versions.
const INTERFACES: &str = "semver";
const ADVISORIES: &str = "advisories";

/// The gate of pages that Blocks writes into.
const PAGES: &str = "readme";

impl Drafted {
    fn refuse(&mut self, stage: &Stage, causes: &[Cause]) {
        let Some(cause) = causes.first() else { return };
        let why = cause.message.clone();
        self.refused.push(Refused { stage: stage.id.clone(), code: cause.code, why });
    }

    fn of_stage(&mut self, stage: &Stage, verdict: &Verdict, given: Given<'_>, sources: &Sources) {
        let mut formats = vec![Format::TyposJson, Format::MacheteText];
        formats.extend(DIFFERENCES);
        formats.extend((stage.gate == COMPILERS).then_some(Format::CargoMessages));
        let mut changes = Vec::new();
        let mut said = Vec::new();
        for unit in recorded_evidence(stage, given, &formats) {
            if let Some(cause) = &unit.refused {
                self.refuse(stage, std::slice::from_ref(cause));
            }
            changes.extend(self.of_unit(stage, verdict, &unit, sources, &mut said));
        }
        if stage.gate == PAGES {
            changes.extend(regions::changes(&mut self.draft, sources, stage, given));
        }
        if stage.gate == INTERFACES {
            changes.extend(self.versions(stage, given, sources));
        }
        if stage.gate == ADVISORIES {
            let asked = asked_updates(stage, given);
            let updates = asked.into_iter().filter(|it| it.mended.is_some());
            self.updates.extend(updates.map(|it| (stage.id.clone(), it)));
        }
        let is_told = |cause: &Cause| self.is_told(stage, cause, &changes);
        let words = words::of_causes(verdict, is_told);
        for one in &mut said {
            one.stage.clone_from(&stage.id);
            one.command = one.command.take().or_else(|| verdict.repeat.clone());
        }
        self.suggestions.extend(said.into_iter().chain(words));
        let (stage_id, title) = (stage.id.clone(), stage.title.clone());
        let is_format = is_of_format(stage);
        self.draft.add(StageChanges { stage: stage_id, title, is_format, changes });
    }

    fn of_unit(
        &mut self,
        stage: &Stage,
        verdict: &Verdict,
        unit: &UnitEvidence,
        sources: &Sources,
        said: &mut Vec<Suggestion>,
    ) -> Vec<Change> {
        let (draft, root) = (&mut self.draft, unit.root.as_str());
        let mut changes = Vec::new();
        for (format, bytes) in &unit.files {
            let id = (stage.id.as_str(), root);
            changes.extend(match format {
                Format::RustfmtDiff => formatted::by_rustfmt(draft, sources, id, bytes),
                Format::Diffs => formatted::by_diffs(draft, sources, id, bytes),
                Format::TyposJson => spelled::changes(draft, sources, root, bytes, said),
                Format::MacheteText => unused(draft, sources, verdict, bytes),
                Format::CargoMessages => suggested::changes(draft, sources, root, bytes, said),
                _ => Vec::new(),
            });
        }
        changes
    }

    fn versions(&mut self, stage: &Stage, given: Given<'_>, sources: &Sources) -> Vec<Change> {
        let mut changes = Vec::new();
        for asked in asked_versions(stage, given) {
            match manifest::with_version(&mut self.draft, sources, &asked) {
                Ok(change) => changes.push(change),
                Err(why) => {
                    let what = format!("{} {} needs another version", asked.package, asked.now);
                    self.draft.left.push(Left { stage: stage.id.clone(), what, why });
                }
            }
        }
        // Packages that share a version grow together, by what the most of them needs.
        changes.sort_by_key(|change| std::cmp::Reverse(change.edits.len()));
        changes
    }

    /// Whether a change or other words tell of a cause already.
    fn is_told(&self, stage: &Stage, cause: &Cause, changes: &[Change]) -> bool {
        match cause.code {
            Code::Unformatted | Code::Misspelled => true,
            // Whatever has a place is either changed or told in words.
            Code::Lint | Code::CompileError | Code::DocWarning => {
                stage.gate == COMPILERS && cause.file.is_some()
            }
            Code::RegionStale | Code::UnusedDependency | Code::SemverBreak => {
                let is_left = self.draft.left.iter().any(|it| it.stage == stage.id);
                is_left || !changes.is_empty()
            }
            _ => false,
        }
    }
}

/// Dependencies that no code names, of manifests that the verdict tells of: the tool also looks into packages that are no
/// members. Those that cannot go are told as what is left out.
fn unused(draft: &mut Draft, sources: &Sources, verdict: &Verdict, text: &[u8]) -> Vec<Change> {
    let mut changes = Vec::new();
    let is_told = |manifest: &str| {
        let manifest = manifest.strip_prefix("./").unwrap_or(manifest);
        verdict.causes.iter().any(|cause| cause.file.as_deref() == Some(manifest))
    };
    let found = read_machete_text(text).unwrap_or_default();
    for package in found.into_iter().filter(|it| is_told(&it.manifest)) {
        for name in &package.dependencies {
            match manifest::without_dependency(draft, sources, &package.manifest, name) {
                Ok(change) => changes.push(change),
                Err(why) => {
                    let what = format!("{} does without `{name}`", package.package);
                    draft.left.push(Left { stage: verdict.stage.clone(), what, why });
                }
            }
        }
    }
    changes
}

impl Fixes {
    /// These parts, and what else was drafted.
    pub fn of(parts: Vec<Part>, drafted: Drafted, more: Vec<Suggestion>) -> Self {
        let Drafted { draft, mut suggestions, refused, .. } = drafted;
        suggestions.splice(0..0, more);
        let more_suggestions = suggestions.len().saturating_sub(MOST);
        suggestions.truncate(MOST);
        Self { parts, left: draft.left, suggestions, more_suggestions, refused }
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.left.is_empty() && self.suggestions.is_empty()
    }
}

/// The parts of a draft.
pub fn parts(draft: &Draft) -> Vec<Part> {
    let part = |(stage, files): (&StageChanges, Vec<FileChange>)| {
        let mut changes: Vec<String> = stage.changes.iter().map(|it| it.what.clone()).collect();
        changes.dedup();
        Part {
            stage: stage.stage.clone(),
            title: stage.title.clone(),
            changes,
            files,
            unchecked: None,
        }
    };
    draft.layers().into_iter().map(part).collect()
}

/// The words of a command that makes an update, behind `cargo`.
pub fn update_words(update: &AskedUpdate) -> Vec<String> {
    let AskedUpdate { package, version, mended, .. } = update;
    let mut words =
        vec!["update".to_owned(), "--package".to_owned(), format!("{package}@{version}")];
    words.extend(mended.iter().flat_map(|it| ["--precise".to_owned(), it.clone()]));
    words
}

/// An update that a person has to make; and why cargo did not, where it was asked.
pub fn by_hand((stage, update): &(String, AskedUpdate), why: Option<&str>) -> Suggestion {
    let AskedUpdate { package, version, advisory, .. } = update;
    Suggestion {
        stage: stage.clone(),
        what: format!(
            "{package} {version} has an advisory ({advisory}), which another version mends"
        ),
        why: why.map(str::to_owned),
        command: Some(format!("cargo {}", update_words(update).join(" "))),
        ..Suggestion::default()
    }
}
