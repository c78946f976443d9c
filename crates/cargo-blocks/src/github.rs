//! What a run of GitHub Actions shows beside its log.

use std::{
    env, fs,
    fs::OpenOptions,
    io::{self, Write as _},
    path::Path,
};

use blocks_gates::Verdict;
use blocks_views::{Origin, Report, STEP_SUMMARY, annotations, report_markdown};

use crate::{history::warn, output::tell, report::PLACE};

/// What the runner sets for each step (<https://docs.github.com/en/actions/reference/workflows-and-actions/variables>).
const RUNS: &str = "GITHUB_ACTIONS";
const SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// Where this is a step of GitHub Actions: annotations of why stages are not green, and the step's summary. That they cannot
/// be made is told, and is no fault of what was checked.
pub(crate) fn show(verdicts: &[Verdict], name: &str, out: &Path) {
    if env::var_os(RUNS).is_none_or(|value| value != "true") {
        return;
    }
    let whole = format!("{} has all of it", out.join(PLACE).display());
    // The runner reads both streams; the answer is on the other one.
    let commands = annotations(verdicts, &whole);
    if !commands.is_empty() {
        tell(commands.trim_end());
    }
    if let Some(file) = env::var_os(SUMMARY).filter(|file| !file.is_empty())
        && let Err(error) = append(Path::new(&file), verdicts, name, &whole)
    {
        warn(&format!("the summary of the step is not written: {error}"));
    }
}

/// Adds to the summary what still fits: of one that is too large, the runner shows nothing.
fn append(file: &Path, verdicts: &[Verdict], name: &str, whole: &str) -> io::Result<()> {
    let there =
        fs::metadata(file).map_or(0, |meta| usize::try_from(meta.len()).unwrap_or(usize::MAX));
    let report = Report {
        name,
        revision: None,
        origin: Origin::default(),
        baseline: None,
        verdicts,
        tests: &[],
        lines: None,
        patch: None,
        costs: &[],
        compared: &[],
        history: &[],
        made: None,
    };
    let text = report_markdown(&report, STEP_SUMMARY.saturating_sub(there), whole);
    if there + text.len() > STEP_SUMMARY {
        return Err(io::Error::other("it is full"));
    }
    OpenOptions::new().append(true).create(true).open(file)?.write_all(text.as_bytes())
}
