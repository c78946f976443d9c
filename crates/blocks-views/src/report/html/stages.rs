//! All stages in a table.

use std::collections::HashMap;

use blocks_gates::Verdict;
use blocks_stages::Table;

use super::parts::{bar, line, outcome, seconds};
use super::{anchor_of, has_part, section, stage_link, time};
use crate::cost::CostStatus;
use crate::html::Html;
use crate::report::Report;

/// What the records took that are there, by their stages.
type Costs<'a> = HashMap<&'a str, &'a CostStatus<'a>>;

pub(super) fn stages(html: &mut Html, report: &Report<'_>) {
    let costs = time::costs(report);
    let costs: Costs<'_> = costs.iter().map(|it| (it.stage, it)).collect();
    section(html, "stages", "Stages", |html| {
        let table = html.tag("table").class("stages").with("role", "table");
        table.holding(|html| {
            html.tag("thead").with("role", "rowgroup").holding(|html| head(html, report));
            html.tag("tbody").with("role", "rowgroup").holding(|html| {
                for verdict in report.verdicts {
                    row(html, verdict, &costs, report);
                }
            });
        });
    });
}

fn head(html: &mut Html, report: &Report<'_>) {
    html.tag("tr").with("role", "row").holding(|html| {
        let made = report.made.map(|_| "Record");
        let titles = [
            Some("Outcome"),
            Some("Stage"),
            Some("Summary"),
            made,
            Some("Time"),
            Some("Share of the time"),
        ];
        for title in titles.into_iter().flatten() {
            let cell = html.tag("th").with("scope", "col").with("role", "columnheader");
            let cell = if title == "Time" { cell.class("number") } else { cell };
            cell.saying(title);
        }
    });
}

fn row(html: &mut Html, verdict: &Verdict, costs: &Costs<'_>, report: &Report<'_>) {
    let cost = costs.get(verdict.stage.as_str()).copied();
    let row = html.tag("tr").class("f").with("role", "row");
    let row = if has_part(verdict) { row } else { row.id(&anchor_of(verdict)) };
    row.holding(|html| {
        cell(html, "outcome", |html| outcome(html, verdict.outcome));
        let name = html.tag("th").with("scope", "row").with("role", "rowheader").class("stage");
        name.holding(|html| {
            stage_link(html, verdict);
            if let Some(stage) = Table::in_use().stage(&verdict.stage) {
                html.text(" ");
                html.tag("small").saying(&stage.title);
            }
        });
        cell(html, "summary", |html| html.text(&line(&verdict.summary)));
        if report.made.is_some() {
            cell(html, "made", |html| html.text(&made(verdict, costs, report)));
        }
        cell(html, "number", |html| html.text(&taken(verdict, cost)));
        cell(html, "share", |html| share(html, cost));
    });
}

fn cell(html: &mut Html, class: &'static str, inside: impl FnOnce(&mut Html)) {
    html.tag("td").class(class).with("role", "cell").holding(inside);
}

fn taken(verdict: &Verdict, cost: Option<&CostStatus<'_>>) -> String {
    // What judges the record of another took no time of its own.
    let has_own = cost.is_some() || verdict.seconds > 0.0;
    if has_own { seconds(verdict.seconds) } else { "\u{2013}".to_owned() }
}

fn share(html: &mut Html, cost: Option<&CostStatus<'_>>) {
    if let Some(cost) = cost {
        bar(html, "bar", cost.share);
        html.text(&format!(" {:.0} %", cost.share * 100.0));
    }
}

/// Which of its records were not there before this run; a dash where there is none.
fn made(verdict: &Verdict, costs: &Costs<'_>, report: &Report<'_>) -> String {
    let stage = Table::in_use().stage(&verdict.stage);
    let (Some(made), Some(stage)) = (report.made, stage) else { return String::new() };
    let units = verdict.units.iter().map(|it| it.unit.as_str());
    let units: Vec<&str> =
        if verdict.units.is_empty() { vec![&verdict.unit] } else { units.collect() };
    let is_made =
        |unit: &&&str| made.contains(&(stage.record_stage().to_owned(), (**unit).to_owned()));
    match units.iter().filter(is_made).count() {
        0 if !costs.contains_key(stage.record_stage()) => "\u{2013}".to_owned(),
        0 => "kept".to_owned(),
        count if count == units.len() => "new".to_owned(),
        count => format!("{count} of {} new", units.len()),
    }
}
