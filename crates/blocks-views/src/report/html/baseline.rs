//! What changed against the baseline: what the stages say that compare.

use blocks_gates::{Outcome, Verdict};
use blocks_stages::Table;

use super::parts::{line, outcome, short};
use super::{section, stage_link};
use crate::html::Html;
use crate::report::Report;

/// The verdicts of stages that compare, where there is something to compare with.
fn compared<'a>(report: &Report<'a>) -> impl Iterator<Item = &'a Verdict> {
    let compares = |verdict: &&Verdict| {
        let stage = Table::in_use().stage(&verdict.stage);
        stage.is_some_and(|it| it.compares) && verdict.outcome != Outcome::NotApplicable
    };
    let verdicts = if report.baseline.is_some() { report.verdicts } else { &[] };
    verdicts.iter().filter(compares)
}

pub(super) fn is_there(report: &Report<'_>) -> bool {
    compared(report).next().is_some()
}

pub(super) fn baseline(html: &mut Html, report: &Report<'_>) {
    let Some(name) = report.baseline.filter(|_| is_there(report)) else { return };
    section(html, "baseline", "Against the baseline", |html| {
        html.tag("p").class("quiet").holding(|html| {
            html.text("Compared with ");
            html.tag("code").saying(&short(name));
        });
        html.tag("table").class("stages").with("role", "table").holding(|html| {
            html.tag("tbody").with("role", "rowgroup").holding(|html| {
                for verdict in compared(report) {
                    row(html, verdict);
                }
            });
        });
    });
}

fn row(html: &mut Html, verdict: &Verdict) {
    html.tag("tr").class("f").with("role", "row").holding(|html| {
        let cell = html.tag("td").class("outcome").with("role", "cell");
        cell.holding(|html| outcome(html, verdict.outcome));
        let name = html.tag("th").with("scope", "row").with("role", "rowheader").class("stage");
        name.holding(|html| stage_link(html, verdict));
        html.tag("td").class("summary").with("role", "cell").saying(&line(&verdict.summary));
    });
}
