//! The status as a page: what all comes to now, and what branches and stages came to before.

use std::collections::BTreeSet;

use blocks_gates::{Verdict, overall};
use blocks_history::{Series, Unit};
use blocks_stages::Table;

use crate::branches::{BranchStatus, CommitStatus, State};
use crate::html::{Anchor, Html};
use crate::number::counted;
use crate::outcome::{name, sign};
use crate::plot::panels;
use crate::report::html::parts::{bar, class, line, outcome, seconds, short};
use crate::report::html::{STYLE, banner, policy};

/// The most series that are drawn.
const SERIES: usize = 24;

/// How many characters of a commit's name are shown.
const SHORT: usize = 12;

/// What a status page shows.
#[derive(Debug, Clone, Copy)]
pub struct StatusPage<'a> {
    /// What the workspace is called; nothing where that is not known.
    pub name: &'a str,
    /// The verdicts of now.
    pub verdicts: &'a [Verdict],
    /// What branches came to; the first is that of the work tree.
    pub branches: &'a [BranchStatus],
    /// What was measured from commit to commit.
    pub history: &'a [Series],
}

/// The status as one page: what all comes to now; each branch with what its last commits came to; the stages of the first
/// branch, how often they passed; and what was measured over time.
///
/// It asks for no address and has no script, so that it can be served as it is. A stage that was not asked at a commit, or has no
/// verdict, is neither passed nor failed there. The same input gives the same bytes.
pub fn status_html(page: &StatusPage<'_>) -> String {
    let mut html = Html::new();
    html.tag("html").with("lang", "en").holding(|html| {
        html.tag("head").holding(|html| head(html, page));
        html.tag("body").holding(|html| body(html, page));
    });
    html.finish()
}

fn head(html: &mut Html, page: &StatusPage<'_>) {
    html.tag("meta").with("charset", "utf-8").void();
    let policy = policy::policy(STYLE, "");
    html.tag("meta").with("http-equiv", "Content-Security-Policy").content(&policy).void();
    let screen = "width=device-width, initial-scale=1";
    html.tag("meta").with("name", "viewport").content(screen).void();
    html.tag("meta").with("name", "color-scheme").content("light dark").void();
    html.tag("meta").with("name", "referrer").content("no-referrer").void();
    html.tag("title").saying(&format!("{}: status of {}", now(page), called(page)));
    html.tag("style").raw(STYLE);
}

fn now(page: &StatusPage<'_>) -> &'static str {
    banner::word(overall(page.verdicts))
}

fn called(page: &StatusPage<'_>) -> String {
    if page.name.is_empty() { "the workspace".to_owned() } else { short(page.name) }
}

fn body(html: &mut Html, page: &StatusPage<'_>) {
    html.tag("header").class("top").holding(|html| {
        html.tag("p").class("name").saying(&called(page));
    });
    html.tag("main").id(&Anchor::of("main")).holding(|html| {
        verdict(html, page);
        stages(html, page.verdicts);
        branches(html, page.branches);
        if let Some(branch) = page.branches.first() {
            over_commits(html, branch);
        }
        measured(html, page);
    });
}

fn section(html: &mut Html, id: &'static str, title: &str, inside: impl FnOnce(&mut Html)) {
    html.tag("section").id(&Anchor::of(id)).holding(|html| {
        html.tag("h2").saying(title);
        inside(html);
    });
}

fn verdict(html: &mut Html, page: &StatusPage<'_>) {
    let all = overall(page.verdicts);
    html.tag("section").id(&Anchor::of("verdict")).class(class(all)).holding(|html| {
        html.tag("h1").holding(|html| {
            html.tag("i").class("sign").with("aria-hidden", "true").saying(&sign(all).to_string());
            html.text(" ");
            html.text(now(page));
        });
        html.tag("p").class("lead").saying(&banner::sentence(page.verdicts));
    });
}

/// A table with a head. A narrow screen lays out rows of `stages` anew, and moves others.
fn table(html: &mut Html, class: &'static str, titles: &[&str], rows: impl FnOnce(&mut Html)) {
    let table = html.tag("table").class(class).with("role", "table");
    table.holding(|html| {
        html.tag("thead").with("role", "rowgroup").holding(|html| {
            row(html, |html| {
                for title in titles {
                    let cell = html.tag("th").with("scope", "col").with("role", "columnheader");
                    let cell = if *title == "Time" { cell.class("number") } else { cell };
                    cell.saying(title);
                }
            });
        });
        html.tag("tbody").with("role", "rowgroup").holding(rows);
    });
}

/// A table that a narrow screen moves.
fn wide(html: &mut Html, titles: &[&str], rows: impl FnOnce(&mut Html)) {
    let scroll = html.tag("div").class("scroll").with("role", "region").with("tabindex", "0");
    scroll.label(titles.first().copied().unwrap_or_default()).holding(|html| {
        table(html, "wide", titles, rows);
    });
}

fn row(html: &mut Html, inside: impl FnOnce(&mut Html)) {
    html.tag("tr").with("role", "row").holding(inside);
}

fn cell(html: &mut Html, class: &'static str, inside: impl FnOnce(&mut Html)) {
    html.tag("td").class(class).with("role", "cell").holding(inside);
}

fn row_head(html: &mut Html, class: &'static str, inside: impl FnOnce(&mut Html)) {
    html.tag("th").with("scope", "row").with("role", "rowheader").class(class).holding(inside);
}

fn stages(html: &mut Html, verdicts: &[Verdict]) {
    if verdicts.is_empty() {
        return;
    }
    section(html, "stages", "Now", |html| {
        table(html, "stages", &["Outcome", "Stage", "Summary", "Time"], |html| {
            for verdict in verdicts {
                row(html, |html| stage(html, verdict));
            }
        });
    });
}

fn stage(html: &mut Html, verdict: &Verdict) {
    cell(html, "outcome", |html| outcome(html, verdict.outcome));
    row_head(html, "stage", |html| {
        html.tag("span").class("name").saying(&short(&name(verdict)));
        if let Some(stage) = Table::in_use().stage(&verdict.stage) {
            html.text(" ");
            html.tag("small").saying(&stage.title);
        }
    });
    cell(html, "summary", |html| html.text(&line(&verdict.summary)));
    let taken =
        if verdict.seconds > 0.0 { seconds(verdict.seconds) } else { "\u{2013}".to_owned() };
    cell(html, "number", |html| html.text(&taken));
}

fn branches(html: &mut Html, branches: &[BranchStatus]) {
    section(html, "branches", "Branches", |html| {
        if branches.is_empty() {
            let why = "Nothing is known here of any commit: a check of one keeps what its stages come to.";
            html.tag("p").class("quiet").saying(why);
            return;
        }
        let titles = ["Branch", "Last known commit", "Stages", "Commits", "Without a failure"];
        wide(html, &titles, |html| {
            for branch in branches {
                row(html, |html| branch_row(html, branch));
            }
        });
        let what = "Commits are in their order, the newest last. A stage that was not asked, or has no verdict, is not counted: where no other failed, ~ stands for the commit.";
        html.tag("p").class("quiet").saying(what);
    });
}

fn branch_row(html: &mut Html, branch: &BranchStatus) {
    row_head(html, "name", |html| html.text(&short(&branch.name)));
    let last = branch.commits.first();
    cell(html, "commit", |html| last.into_iter().for_each(|it| commit(html, it)));
    cell(html, "summary", |html| {
        if let Some(last) = last {
            came_to(html, last, branch.state(last));
        }
    });
    let states: Vec<_> = branch.commits.iter().rev().map(|it| branch.state(it)).collect();
    cell(html, "strip", |html| strip(html, &states));
    cell(html, "share", |html| match branch.rate() {
        Some(share) => rate(html, share),
        None => html.text("\u{2013}"),
    });
}

fn commit(html: &mut Html, commit: &CommitStatus) {
    let revision: String = commit.revision.chars().take(SHORT).collect();
    html.tag("code").saying(&revision);
    html.text(" ");
    let day = commit.date.split('T').next().unwrap_or_default();
    html.tag("small").saying(&short(day));
}

/// `12 of 13 pass: not test`
fn came_to(html: &mut Html, commit: &CommitStatus, state: State) {
    let failed: Vec<_> = commit.failed().map(short).collect();
    let all = commit.stages.len();
    let (class, sign) = sign_of(state);
    html.tag("i").class(class).with("aria-hidden", "true").saying(sign);
    html.text(&format!(" {} of {} pass", all - failed.len(), counted(all, "stage", "stages")));
    if !failed.is_empty() {
        html.text(&format!(": not {}", line(&failed.join(", "))));
    }
}

/// The class and the sign of what a commit came to.
fn sign_of(state: State) -> (&'static str, &'static str) {
    match state {
        State::Passed => ("pass", "\u{2713}"),
        State::Failed => ("fail", "\u{2717}"),
        State::Partly => ("none", "~"),
    }
}

/// A sign for each commit.
fn strip(html: &mut Html, states: &[State]) {
    let count = |state| states.iter().filter(|it| **it == state).count();
    let (passed, failed, partly) =
        (count(State::Passed), count(State::Failed), count(State::Partly));
    let told = format!("{passed} passed, {failed} failed, {partly} known in part");
    html.tag("span").class("name").with("role", "img").label(&told).holding(|html| {
        for state in states {
            let (class, sign) = sign_of(*state);
            html.tag("i").class(class).saying(sign);
        }
    });
}

fn rate(html: &mut Html, rate: f64) {
    bar(html, "bar good", rate);
    // Never rounded up to all of them.
    html.text(&format!(" {:.0} %", (rate * 100.0).floor()));
}

/// How often each stage passed at the commits of a branch.
fn over_commits(html: &mut Html, branch: &BranchStatus) {
    let stages: BTreeSet<_> = branch.commits.iter().flat_map(|it| it.stages.keys()).collect();
    let title = format!("Stages on {}", short(&branch.name));
    section(html, "over-commits", &title, |html| {
        wide(html, &["Stage", "Commits", "Passed"], |html| {
            for stage in stages {
                let rates = branch.commits.iter().rev().filter_map(|it| it.stages.get(stage));
                let rates: Vec<f64> = rates.copied().collect();
                let state = |rate: &f64| if *rate >= 1.0 { State::Passed } else { State::Failed };
                let states: Vec<_> = rates.iter().map(state).collect();
                row(html, |html| {
                    row_head(html, "name", |html| html.text(&short(stage)));
                    cell(html, "strip", |html| strip(html, &states));
                    cell(html, "share", |html| rate(html, mean(&rates)));
                });
            }
        });
    });
}

#[expect(clippy::cast_precision_loss, reason = "a few commits")]
fn mean(rates: &[f64]) -> f64 {
    rates.iter().sum::<f64>() / rates.len().max(1) as f64
}

/// What was measured at the commits of the first branch, but for outcomes, which are told above; of all where no branch is known.
fn measured(html: &mut Html, page: &StatusPage<'_>) {
    let mut drawn: Vec<Series> =
        page.history.iter().filter(|it| it.unit != Unit::Passed).cloned().collect();
    let title = match page.branches.first() {
        Some(branch) => {
            let commits: BTreeSet<_> =
                branch.commits.iter().map(|it| it.revision.as_str()).collect();
            for series in &mut drawn {
                series.points.retain(|point| commits.contains(point.revision.as_str()));
            }
            format!("Measured on {}", short(&branch.name))
        }
        None => "Measured from commit to commit".to_owned(),
    };
    // Of one point there is nothing to see.
    drawn.retain(|it| it.points.len() > 1);
    if drawn.is_empty() {
        return;
    }
    // What people look for first.
    drawn.sort_by_key(|it| !matches!(it.unit, Unit::Percent | Unit::Tests));
    let left = drawn.len().saturating_sub(SERIES);
    drawn.truncate(SERIES);
    let names_machine = drawn.iter().any(|it| it.machine != drawn[0].machine);
    section(html, "measured", &title, |html| {
        html.tag("div").class("plots").holding(|html| {
            for picture in panels(&drawn, names_machine) {
                html.picture(&picture);
            }
        });
        if left > 0 {
            let told = format!(
                "{} more: cargo blocks history shows them.",
                counted(left, "series", "series")
            );
            html.tag("p").class("left-out").saying(&told);
        }
    });
}
