//! What a run of GitHub Actions shows beside its log.

use std::{
    env, fs,
    fs::OpenOptions,
    io::{self, Write as _},
    path::Path,
};

use blocks_gates::Verdict;
use blocks_views::{Report, STEP_SUMMARY, annotations, report_markdown};

use crate::{
    history::warn,
    output::tell,
    report::{MARKDOWN, PLACE},
};

/// What the runner sets for each step (<https://docs.github.com/en/actions/reference/workflows-and-actions/variables>).
const RUNS: &str = "GITHUB_ACTIONS";
const SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// What a check leaves for the summary of a step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step<'a> {
    pub(crate) verdicts: &'a [Verdict],
    /// What the workspace is called.
    pub(crate) name: &'a str,
    /// Where the workspace lies in its repository.
    pub(crate) folder: &'a str,
    /// Where views are.
    pub(crate) out: &'a Path,
    /// Whether views were written, the page of the report among them.
    pub(crate) has_page: bool,
    /// Whether the report there is of this run: all that was asked, and nothing else.
    pub(crate) is_reported: bool,
}

/// Where this is a step of GitHub Actions: annotations of why stages are not green, and the step's summary. That they cannot
/// be made is told, and is no fault of what was checked.
pub(crate) fn show(step: Step<'_>) {
    let Step { verdicts, folder, out, .. } = step;
    if env::var_os(RUNS).is_none_or(|value| value != "true") {
        return;
    }
    let whole = if step.has_page {
        format!("{} has all of it", out.join(PLACE).display())
    } else {
        "the log of this step has more".to_owned()
    };
    // The runner reads both streams; the answer is on the other one.
    let commands = annotations(verdicts, folder, &whole);
    if !commands.is_empty() {
        tell(commands.trim_end());
    }
    if let Some(file) = env::var_os(SUMMARY).filter(|file| !file.is_empty())
        && let Err(error) = append(Path::new(&file), step, &whole)
    {
        warn(&format!("the summary of the step is not written: {error}"));
    }
}

/// Adds to the summary what still fits: of one that is too large, the runner shows nothing.
fn append(file: &Path, step: Step<'_>, whole: &str) -> io::Result<()> {
    let there =
        fs::metadata(file).map_or(0, |meta| usize::try_from(meta.len()).unwrap_or(usize::MAX));
    let room = STEP_SUMMARY.saturating_sub(there);
    let reported = step.is_reported.then(|| fs::read_to_string(step.out.join(MARKDOWN)));
    let reported = reported.and_then(Result::ok).filter(|text| text.len() <= room);
    let text = reported.unwrap_or_else(|| of_verdicts(step, room, whole));
    if text.len() > room {
        return Err(io::Error::other("it is full"));
    }
    OpenOptions::new().append(true).create(true).open(file)?.write_all(text.as_bytes())
}

/// The report of the stages that were asked, where the whole one has others, or is too large.
fn of_verdicts(Step { verdicts, name, .. }: Step<'_>, room: usize, whole: &str) -> String {
    let report = Report { name, verdicts, ..Report::default() };
    report_markdown(&report, room, whole)
}
