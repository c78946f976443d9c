//! The lines of a patch.

use blocks_evidence::{Coverage, FileCoverage, Lines};

use super::range;
use crate::html::Html;
use crate::number::counted;
use crate::report::html::parts::{each, left_out, line};

pub(super) fn patch(html: &mut Html, patch: &Coverage) {
    let Lines { covered, count } = patch.lines();
    html.tag("h3").saying("Of the patch");
    if count == 0 {
        html.tag("p").saying("No line that holds code is new or changed since the baseline.");
        return;
    }
    let all = counted(usize::try_from(count).unwrap_or(usize::MAX), "line", "lines");
    html.tag("p").saying(&format!(
        "Tests run {covered} of {all} that are new or changed since the baseline."
    ));
    let missed = patch.files.iter().filter(|file| !file.uncovered.is_empty());
    let mut left = 0;
    html.tag("ul").class("tests").holding(|html| {
        left = each(html, missed, |html, FileCoverage { file, uncovered, .. }| {
            html.tag("li").saying(&format!("{}: not {}", line(file), ranges(uncovered)));
        });
    });
    left_out(html, left);
}

/// `3\u{2013}5, 9`: lines that follow each other are one range.
fn ranges(lines: &[u32]) -> String {
    let runs = lines.chunk_by(|a, b| a.checked_add(1) == Some(*b));
    let runs = runs.filter_map(|run| Some(range([*run.first()?, *run.last()?])));
    line(&runs.collect::<Vec<_>>().join(", "))
}
