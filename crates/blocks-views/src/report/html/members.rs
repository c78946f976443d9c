//! Stages and members: which of them says what.

use std::collections::BTreeMap;

use blocks_gates::{Outcome, UnitVerdict, Verdict};

use super::parts::{class, each, left_out, line};
use super::{section, stage_link};
use crate::html::Html;
use crate::outcome::{sign, word};
use crate::report::Report;

/// What a stage says of each member.
type Column<'a> = (&'a Verdict, BTreeMap<&'a str, Cell<'a>>);

struct Cell<'a> {
    outcome: Outcome,
    summary: &'a str,
}

/// How many members there are that verdicts tell apart.
pub(super) fn count(report: &Report<'_>) -> usize {
    names(&columns(report)).len()
}

pub(super) fn members(html: &mut Html, report: &Report<'_>) {
    let columns = columns(report);
    let names = names(&columns);
    if names.is_empty() {
        return;
    }
    section(html, "members", "Members", |html| {
        let mut left = 0;
        let scroll = html.tag("div").class("scroll").with("role", "region").with("tabindex", "0");
        scroll.label("Outcomes of stages by member").holding(|html| {
            html.tag("table").class("matrix").holding(|html| {
                html.tag("thead").holding(|html| head(html, &columns));
                html.tag("tbody").holding(|html| {
                    left = each(html, &names, |html, name| row(html, name, &columns));
                });
            });
        });
        left_out(html, left);
    });
}

fn columns<'a>(report: &Report<'a>) -> Vec<Column<'a>> {
    let with_members = report.verdicts.iter().filter(|it| !it.units.is_empty());
    with_members.map(|it| (it, cells(it))).collect()
}

/// What is said of each member: the worst, where it has several records, or one with others.
fn cells(verdict: &Verdict) -> BTreeMap<&str, Cell<'_>> {
    let mut cells: BTreeMap<&str, Cell<'_>> = BTreeMap::new();
    for unit in &verdict.units {
        let UnitVerdict { unit: name, members, outcome, summary, .. } = unit;
        let own = [name.as_str()];
        let members = members.iter().map(String::as_str);
        let of: Vec<&str> = if members.len() == 0 { own.to_vec() } else { members.collect() };
        for member in of {
            let new = Cell { outcome: *outcome, summary };
            let cell = cells.entry(member).or_insert(Cell { outcome: *outcome, summary });
            if rank(new.outcome) > rank(cell.outcome) {
                *cell = new;
            }
        }
    }
    cells
}

/// How much an outcome matters beside others.
fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::NotApplicable => 0,
        Outcome::Pass => 1,
        Outcome::NoVerdict => 2,
        Outcome::Fail => 3,
    }
}

fn names<'a>(columns: &[Column<'a>]) -> Vec<&'a str> {
    let mut names: Vec<&str> =
        columns.iter().flat_map(|(_, cells)| cells.keys().copied()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn head(html: &mut Html, columns: &[Column<'_>]) {
    html.tag("tr").holding(|html| {
        html.tag("th").with("scope", "col").saying("Member");
        for (verdict, _) in columns {
            html.tag("th").with("scope", "col").class("tall").holding(|html| {
                html.tag("span").holding(|html| stage_link(html, verdict));
            });
        }
    });
}

fn row(html: &mut Html, name: &str, columns: &[Column<'_>]) {
    html.tag("tr").class("f").holding(|html| {
        html.tag("th").with("scope", "row").saying(&line(name));
        for (_, cells) in columns {
            match cells.get(name) {
                Some(cell) => {
                    html.tag("td").class(class(cell.outcome)).holding(|html| of(html, cell));
                }
                None => html.tag("td").holding(|_| {}),
            }
        }
    });
}

fn of(html: &mut Html, Cell { outcome, summary }: &Cell<'_>) {
    let told = format!("{}: {}", word(*outcome), line(summary));
    let sign = sign(*outcome).to_string();
    html.tag("i")
        .class("sign")
        .with("role", "img")
        .label(word(*outcome))
        .title(&told)
        .saying(&sign);
}
