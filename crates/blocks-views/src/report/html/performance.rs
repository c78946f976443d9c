//! Benchmarks beside their baseline, and what was measured from commit to commit.

use blocks_gates::Compared;

use super::parts::{bar, each, left_out, line, outcome_sign};
use super::section;
use crate::html::Html;
use crate::performance::{HEAD, cells};
use crate::plot::panels;
use crate::report::Report;

/// The most series that are drawn.
const SERIES: usize = 24;

/// A change that fills the bar, as a share.
const WHOLE: f64 = 0.2;

pub(super) fn is_there(report: &Report<'_>) -> bool {
    !report.compared.is_empty() || !report.history.is_empty()
}

pub(super) fn performance(html: &mut Html, report: &Report<'_>) {
    if !is_there(report) {
        return;
    }
    section(html, "performance", "Performance", |html| {
        if !report.compared.is_empty() {
            table(html, report.compared);
        }
        if !report.history.is_empty() {
            history(html, report);
        }
    });
}

fn table(html: &mut Html, compared: &[Compared]) {
    let mut left = 0;
    let scroll = html.tag("div").class("scroll").with("role", "region").with("tabindex", "0");
    scroll.label("Benchmarks beside their baseline").holding(|html| {
        html.tag("table").class("benchmarks").with("role", "table").holding(|html| {
            html.tag("thead").with("role", "rowgroup").holding(|html| {
                html.tag("tr").with("role", "row").holding(|html| {
                    for (at, title) in HEAD.iter().enumerate() {
                        let cell = html.tag("th").with("scope", "col").with("role", "columnheader");
                        let cell = if is_number(at) { cell.class("number") } else { cell };
                        cell.saying(title);
                    }
                });
            });
            html.tag("tbody").with("role", "rowgroup").holding(|html| {
                left = each(html, compared, row);
            });
        });
    });
    left_out(html, left);
}

fn is_number(column: usize) -> bool {
    (1..HEAD.len() - 1).contains(&column)
}

fn row(html: &mut Html, one: &Compared) {
    html.tag("tr").class("f").with("role", "row").holding(|html| {
        for (at, cell) in cells(one).iter().enumerate() {
            match HEAD[at] {
                "benchmark" => {
                    html.tag("th").with("scope", "row").with("role", "rowheader").saying(cell);
                }
                "change" => html.tag("td").with("role", "cell").class("number").holding(|html| {
                    let share = one.change.unwrap_or_default();
                    let class = if share > 0.0 { "bar more" } else { "bar less" };
                    html.text(cell);
                    html.text(" ");
                    bar(html, class, share.abs() / WHOLE);
                }),
                "verdict" => html.tag("td").with("role", "cell").holding(|html| {
                    outcome_sign(html, one.standing.outcome());
                    html.text(cell.get(cell.find(' ').unwrap_or(0)..).unwrap_or_default());
                }),
                _ => html.tag("td").with("role", "cell").class("number").saying(cell),
            }
        }
    });
}

fn history(html: &mut Html, report: &Report<'_>) {
    html.tag("h3").saying("From commit to commit");
    let drawn = &report.history[..report.history.len().min(SERIES)];
    // Where all are of one, its name has no room in each.
    let is_of_one = drawn.iter().all(|one| one.machine == drawn[0].machine);
    if let Some(first) = drawn.first().filter(|_| is_of_one) {
        html.tag("p").class("quiet").saying(&format!("On {}.", line(&first.machine)));
    }
    html.tag("div").class("plots").holding(|html| {
        for panel in &panels(drawn, !is_of_one) {
            html.picture(panel);
        }
    });
    let left = report.history.len() - drawn.len();
    if left > 0 {
        html.tag("p")
            .class("left-out")
            .saying(&format!("{left} more series are not drawn: cargo blocks history shows them."));
    }
}
