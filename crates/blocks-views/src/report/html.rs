//! The report as one page: no network, and no script that is needed to read it.

pub(crate) mod banner;
mod baseline;
mod cause;
mod coverage;
mod members;
mod open;
mod origin;
pub(crate) mod parts;
mod performance;
pub(crate) mod policy;
mod stages;
mod tests;
mod time;

use blocks_gates::{Outcome, Verdict, overall};

use super::Report;
use crate::html::{Anchor, Html};
use crate::outcome::{is_open, name};
use tests::Tests;

/// The style of all pages.
pub(crate) const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = concat!(include_str!("html/filter.js"), include_str!("html/page.js"));

/// The page of a report: what it comes to, why what is not green is so and how to ask again, all stages, members, tests,
/// coverage, performance, where the time went, and what made it.
///
/// It is readable without its script, which adds a filter and buttons that copy commands. A stage has the anchor
/// `#stage-NAME`, and a test `#test-STAGE-BINARY-NAME`. Texts of others are escaped by construction (see `html.rs`), and
/// each is bounded; where many are long, the page says which it leaves out. The same report gives the same bytes.
pub fn report_html(report: &Report<'_>) -> String {
    let tests = Tests::of(report);
    let mut html = Html::new();
    html.tag("html").with("lang", "en").holding(|html| {
        html.tag("head").holding(|html| head(html, report));
        html.tag("body").holding(|html| body(html, report, &tests));
    });
    html.finish()
}

fn head(html: &mut Html, report: &Report<'_>) {
    html.tag("meta").with("charset", "utf-8").void();
    let policy = policy::policy(STYLE, SCRIPT);
    html.tag("meta").with("http-equiv", "Content-Security-Policy").content(&policy).void();
    let screen = "width=device-width, initial-scale=1";
    html.tag("meta").with("name", "viewport").content(screen).void();
    html.tag("meta").with("name", "color-scheme").content("light dark").void();
    html.tag("meta").with("name", "referrer").content("no-referrer").void();
    let outcome = banner::word(overall(report.verdicts));
    html.tag("title").saying(&format!("{outcome}: {}", parts::short(report.name)));
    html.tag("style").raw(STYLE);
}

fn body(html: &mut Html, report: &Report<'_>, tests: &Tests<'_>) {
    let main = Anchor::of("main");
    html.tag("a").class("skip").to(&main).saying("Skip to the verdict");
    html.tag("header").class("top").holding(|html| origin::head(html, report));
    html.tag("main").id(&main).holding(|html| {
        banner::banner(html, report);
        html.tag("div").class("tools").holding(|html| contents(html, report, tests));
        open::open(html, report, tests, Outcome::Fail);
        open::open(html, report, tests, Outcome::NoVerdict);
        stages::stages(html, report);
        baseline::baseline(html, report);
        members::members(html, report);
        tests::tests(html, report, tests);
        coverage::coverage(html, report);
        performance::performance(html, report);
        time::time(html, report);
    });
    html.tag("footer").holding(|html| origin::origin(html, report));
    html.tag("script").raw(SCRIPT);
}

/// Links to the parts that there are.
fn contents(html: &mut Html, report: &Report<'_>, tests: &Tests<'_>) {
    let of = |outcome| report.verdicts.iter().filter(|it| it.outcome == outcome).count();
    let parts = [
        ("failed", "Failed", Some(of(Outcome::Fail)).filter(|it| *it > 0)),
        ("unknown", "No verdict", Some(of(Outcome::NoVerdict)).filter(|it| *it > 0)),
        ("stages", "Stages", Some(report.verdicts.len())),
        ("baseline", "Baseline", baseline::is_there(report).then_some(0)),
        ("members", "Members", Some(members::count(report)).filter(|it| *it > 0)),
        ("tests", "Tests", Some(tests.count()).filter(|it| *it > 0)),
        ("coverage", "Coverage", coverage::is_there(report).then_some(0)),
        ("performance", "Performance", performance::is_there(report).then_some(0)),
        ("time", "Time", time::is_there(report).then_some(0)),
    ];
    html.tag("nav").label("Parts of this page").holding(|html| {
        html.tag("ul").holding(|html| {
            for (id, title, count) in parts {
                let Some(count) = count else { continue };
                html.tag("li").holding(|html| link(html, &Anchor::of(id), title, count));
            }
        });
    });
}

fn link(html: &mut Html, to: &Anchor, title: &str, count: usize) {
    html.tag("a").to(to).holding(|html| {
        html.text(title);
        if count > 0 {
            html.text(" ");
            html.tag("span").class("count").counting(count);
        }
    });
}

/// A part of the page.
fn section(html: &mut Html, id: &'static str, title: &str, inside: impl FnOnce(&mut Html)) {
    html.tag("section").id(&Anchor::of(id)).holding(|html| {
        html.tag("h2").saying(title);
        inside(html);
    });
}

/// Where a stage is told of.
fn anchor_of(verdict: &Verdict) -> Anchor {
    match verdict.unit.as_str() {
        "workspace" => Anchor::named("stage", &[&verdict.stage]),
        // No name of a stage has a full stop.
        unit => Anchor::named("stage", &[&format!("{}.{unit}", verdict.stage)]),
    }
}

/// A link to where a stage is told of.
fn stage_link(html: &mut Html, verdict: &Verdict) {
    html.tag("a").class("name").to(&anchor_of(verdict)).saying(&parts::short(&name(verdict)));
}

/// The same by a stage's name: a link only where there is a verdict.
fn named_stage(html: &mut Html, report: &Report<'_>, stage: &str) {
    match report.verdicts.iter().find(|it| it.stage == stage) {
        Some(verdict) => {
            html.tag("a").class("name").to(&anchor_of(verdict)).saying(&parts::short(stage));
        }
        None => html.tag("span").class("name").saying(&parts::short(stage)),
    }
}

/// Whether a stage has a part of its own, which its anchor is then at.
fn has_part(verdict: &Verdict) -> bool {
    is_open(verdict)
}
