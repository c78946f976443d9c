//! What there is to report of a run, read once for all forms of the report.
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;
use blocks_engine::{Branch, Workspace, folder_in_repository};
use blocks_evidence::{Coverage, LineCounts};
use blocks_failures::failures;
use blocks_gates::{
    Compared, Given, RecordedLines, StageTests, Verdict, compared_benchmarks, recorded_lines,
    recorded_patch, recorded_tests,
};
use blocks_history::Series;
use blocks_records::Toolchain;
use blocks_stages::Stage;
use blocks_views::{
    BranchStatus, COMMENT, Cost, FailureReport, MAIL, Origin, Report, STEP_SUMMARY, Versions,
    annotations, cobertura, ctrf, failure_html, failure_markdown, failure_text, junit, lcov,
    report_html, report_json, report_markdown, sarif,
};

use crate::history::{Store, warn};
use crate::views::{self, Before};

/// What records do not say of a run.
#[derive(Debug, Default)]
pub(crate) struct About {
    /// What the workspace is called.
    pub(crate) name: String,
    /// Where the workspace lies in its repository; empty at its root.
    pub(crate) folder: String,
    /// The commit that the records are of, where files do not differ from it.
    pub(crate) revision: Option<String>,
    /// What stages took before.
    pub(crate) before: Before,
    /// What was measured at more than one commit: of one there is nothing to compare.
    pub(crate) history: Vec<Series>,
    /// What branches came to.
    pub(crate) branches: Vec<BranchStatus>,
    /// The records that were not there before this run, by stage and unit, where that is known.
    pub(crate) made: Option<BTreeSet<(String, String)>>,
}

impl About {
    /// What the workspace says of itself, and what is kept of it.
    pub(crate) fn of(store: &Store<'_>) -> Self {
        let workspace = store.workspace;
        let commit = store.clean_commit();
        let mut history = history(store);
        let branches = branches(store, &history);
        history.retain(|it| it.points.len() > 1);
        Self {
            name: Self::name_of(workspace),
            folder: folder_in_repository(workspace),
            revision: commit.map(|it| it.revision),
            before: store.before(),
            history,
            branches,
            made: None,
        }
    }

    /// What a workspace is called: the package at its root, or its folder.
    pub(crate) fn name_of(workspace: &Workspace) -> String {
        let own = workspace.packages.iter().find(|it| it.folder.is_empty());
        let folder = || workspace.root.file_name().unwrap_or_default().to_string_lossy().into();
        own.map_or_else(folder, |it| it.name.clone())
    }
}

/// What was measured. What is not known is none, and no fault.
fn history(store: &Store<'_>) -> Vec<Series> {
    if !store.config.performance.store_results {
        return Vec::new();
    }
    match store.read() {
        Ok(history) => history.series(),
        Err(error) => {
            warn(&format!("what was measured before is not known: {error:#}"));
            Vec::new()
        }
    }
}

/// What is known of branches, but for that of the results.
fn branches(store: &Store<'_>, history: &[Series]) -> Vec<BranchStatus> {
    let Store { workspace, config } = store;
    if history.is_empty() {
        return Vec::new();
    }
    let except: Vec<_> = config.performance.results_branch.get().into_iter().collect();
    match Branch::all(workspace, &except) {
        Ok(all) => BranchStatus::all(history, all.iter().map(|it| (&*it.name, &*it.revisions))),
        Err(error) => {
            warn(&format!("what branches came to is not known: {error}"));
            Vec::new()
        }
    }
}

/// All that is found in records, for a [`Report`] to borrow.
pub(crate) struct Found<'a> {
    verdicts: &'a [Verdict],
    about: &'a About,
    sources: Option<&'a str>,
    baseline: Option<&'a str>,
    toolchain: Option<Toolchain>,
    tests: Vec<StageTests>,
    lines: Option<LineCounts>,
    patch: Option<Coverage>,
    costs: Vec<Cost<'static>>,
    compared: Vec<Compared>,
}

impl<'a> Found<'a> {
    /// What the records of these stages hold; the verdicts are those of the stages.
    pub(crate) fn of(
        stages: &[&Stage],
        verdicts: &'a [Verdict],
        given: Given<'a>,
        about: &'a About,
    ) -> Self {
        Self {
            verdicts,
            about,
            sources: given.expected.sources(),
            baseline: given.baseline.map(|it| it.name.as_str()),
            toolchain: views::toolchain(verdicts, given.records),
            tests: stages.iter().filter_map(|stage| recorded_tests(stage, given)).collect(),
            lines: lines(stages, given),
            patch: stages.iter().find_map(|stage| recorded_patch(stage, given)),
            costs: views::costs(given, &about.before),
            compared: stages.iter().flat_map(|stage| compared_benchmarks(stage, given)).collect(),
        }
    }

    pub(crate) fn report(&self) -> Report<'_> {
        let About { name, folder, revision, history, made, .. } = self.about;
        let toolchain = self.toolchain.as_ref().map(|it| Versions {
            rustc: &it.rustc,
            cargo: &it.cargo,
            tools: &it.tools,
        });
        Report {
            name,
            folder,
            revision: revision.as_deref(),
            origin: Origin { sources: self.sources, toolchain },
            baseline: self.baseline,
            verdicts: self.verdicts,
            tests: &self.tests,
            lines: self.lines.as_ref(),
            patch: self.patch.as_ref(),
            costs: &self.costs,
            compared: &self.compared,
            history,
            made: made.as_ref(),
        }
    }
}

/// The page, which people open first.
const PAGE: &str = "report.html";

/// Where a check leaves it, below its other views.
pub(crate) const PLACE: &str = "report/report.html";

/// The same of what fits the summary of a step.
pub(crate) const MARKDOWN: &str = "report/report.md";

/// Where all of it is, for a form that has no room for it.
const WHOLE: &str = "the report's page (report.html) has all of it";

/// The most lines of what failed as plain text, which is for a mail.
const MAIL_LINES: usize = 2000;

/// A form of a report; nothing where there is nothing that it could show.
type Form = fn(&Report<'_>) -> Option<String>;

/// The files of a report.
const FORMS: [(&str, Form); 13] = [
    (PAGE, |report| Some(report_html(report))),
    ("report.json", |report| Some(report_json(report))),
    ("report.md", |report| Some(report_markdown(report, STEP_SUMMARY, WHOLE))),
    ("comment.md", |report| Some(report_markdown(report, COMMENT, WHOLE))),
    ("failure.md", |report| failed(report, |it| failure_markdown(it, COMMENT))),
    ("failure.txt", |report| failed(report, |it| failure_text(it, MAIL_LINES))),
    ("failure.html", |report| failed(report, |it| failure_html(it, MAIL))),
    ("annotations.txt", |report| Some(annotations(report.verdicts, report.folder, WHOLE))),
    ("blocks.sarif", |report| Some(sarif(report.verdicts, report.folder))),
    ("junit.xml", |report| of_tests(report).map(|tests| junit(tests).xml)),
    ("ctrf.json", |report| of_tests(report).map(ctrf)),
    ("lcov.info", |report| report.lines.map(lcov)),
    ("cobertura.xml", |report| report.lines.map(cobertura)),
];

/// The stages with tests. Without any there is no report of tests: one of none would look like one of green ones.
fn of_tests<'a>(report: &Report<'a>) -> Option<&'a [StageTests]> {
    Some(report.tests).filter(|tests| !tests.is_empty())
}

/// What failed, in a form; nothing where nothing did.
fn failed(report: &Report<'_>, form: impl Fn(&FailureReport<'_>) -> String) -> Option<String> {
    let failures = failures(report.verdicts);
    let told = FailureReport { whole: Some(WHOLE), ..FailureReport::of_report(report, &failures) };
    (!failures.is_empty()).then(|| form(&told))
}

/// Writes all forms into a folder. Of what cannot be shown now nothing stays that was written before.
pub(crate) fn into(folder: &Path, report: &Report<'_>) -> Result<PathBuf> {
    for (file, form) in FORMS {
        let file = folder.join(file);
        match form(report) {
            Some(text) => views::write_file(&file, &text)?,
            None => views::remove_file(&file)?,
        }
    }
    Ok(folder.join(PAGE))
}

/// How often lines ran; none where one of the stages that count them cannot be trusted, since a line that only its tests
/// run would be shown as one that none does.
fn lines(stages: &[&Stage], given: Given<'_>) -> Option<LineCounts> {
    let mut files = Vec::new();
    for stage in stages {
        match recorded_lines(stage, given) {
            Some(RecordedLines::Found(counts)) => files.extend(counts.files),
            Some(RecordedLines::NoVerdict(_)) => return None,
            Some(RecordedLines::NotApplicable(_)) | None => {}
        }
    }
    (!files.is_empty()).then(|| files.into_iter().collect())
}
