//! The gate of pages: regions of Markdown files hold what the program knows.
//!
//! What belongs into a region is computed of the record: what cargo says of the members, what their programs print, and the
//! pages as they were. So no record depends on this program, and another version of it judges the same record again.

use crate::case::Case;
use crate::diagnostics::{messages, not_compiled};
use crate::finding::Finding;
use crate::recorded_pages::{Page, pages};
use crate::refusal::Refusal;
use crate::words::counted;
use crate::{Cause, Code, Measure};
use blocks_evidence::{DETAIL, MESSAGE, bounded};
use blocks_examples::difference;
use blocks_readme::{Mistake, Stale, Updated};

/// How many characters of what is within a line are told.
const SHORT: usize = 60;

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    if case.exit != 0 {
        return Ok(not_compiled(case, &messages(case)?, told));
    }
    let pages = pages(case)?;
    let regions: usize = pages.iter().map(|page| page.regions).sum();
    let causes: Vec<Cause> = pages.iter().flat_map(causes).collect();
    if regions == 0 && causes.is_empty() {
        return Ok(Finding::not_applicable("no Markdown file has a region that Blocks writes"));
    }
    let measure = Measure::Findings { count: causes.len() as u64 };
    let summary = if causes.is_empty() {
        counted(regions, "region as it should be", "regions as they should be")
    } else {
        told(&measure, &causes)
    };
    Ok(Finding::of(summary, causes, measure))
}

fn causes(page: &Page) -> Vec<Cause> {
    let at = |mut cause: Cause, line: u32| {
        cause.file = Some(page.file.clone());
        cause.line = Some(line);
        cause
    };
    match &page.updated {
        Ok(Updated { stale, .. }) => stale.iter().map(|it| at(stale_cause(it), it.line)).collect(),
        Err(mistakes) => {
            let cause = |Mistake { line, wrong }: &Mistake| {
                let message = bounded(&wrong.to_string(), MESSAGE);
                at(Cause::new(Code::RegionMalformed, message), *line)
            };
            mistakes.iter().map(cause).collect()
        }
    }
}

/// What is there and what should be: in a few words, or as a difference.
fn stale_cause(stale: &Stale) -> Cause {
    let Stale { name, before, after, .. } = stale;
    let is_short = |text: &str| text.chars().count() <= SHORT && !text.trim_end().contains('\n');
    let (message, detail) = if is_short(before) && is_short(after) {
        let (before, after) = (before.trim(), after.trim());
        (format!("`{name}` holds `{before}`, and should hold `{after}`"), String::new())
    } else {
        let message = format!("`{name}` does not hold what it should");
        (message, bounded(&difference(before, after), DETAIL))
    };
    let mut cause = Cause::new(Code::RegionStale, bounded(&message, MESSAGE)).with_detail(detail);
    cause.repeat = Some("cargo blocks docs readme".to_owned());
    cause
}

pub(crate) fn told(_: &Measure, causes: &[Cause]) -> String {
    let of = |code: Code| causes.iter().filter(|cause| cause.code == code).count();
    let (stale, wrong) = (of(Code::RegionStale), of(Code::RegionMalformed));
    let parts = [
        (stale, counted(stale, "stale region", "stale regions")),
        (wrong, counted(wrong, "wrong marker", "wrong markers")),
        (causes.len() - stale - wrong, counted(causes.len() - stale - wrong, "error", "errors")),
    ];
    let told: Vec<_> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, it)| it).collect();
    if told.is_empty() { "no stale region".to_owned() } else { told.join(", ") }
}
