//! What is not green: why, and how to ask again.

use std::collections::BTreeMap;

use blocks_gates::{Cause, Code, Outcome, Verdict};
use blocks_stages::Table;

use super::cause::{Shown, cause};
use super::parts::{class, command, each, left_out, line, seconds, short};
use super::tests::Tests;
use super::{anchor_of, section};
use crate::html::Html;
use crate::members::members;
use crate::number::counted;
use crate::outcome::{name, sign, word};
use crate::report::Report;
use crate::shared::Shared;

/// How many causes of a stage are unfolded.
const UNFOLDED: usize = 3;

/// How many causes of one code are shown before the others can be unfolded.
const SHOWN: usize = 12;

/// The stages of an outcome that somebody has to act on.
pub(super) fn open(html: &mut Html, report: &Report<'_>, tests: &Tests<'_>, outcome: Outcome) {
    let mut found = report.verdicts.iter().filter(|it| it.outcome == outcome).peekable();
    if found.peek().is_none() {
        return;
    }
    let (id, title) = match outcome {
        Outcome::Fail => ("failed", "Failed"),
        _ => ("unknown", "No verdict"),
    };
    section(html, id, title, |html| {
        if outcome == Outcome::NoVerdict {
            html.tag("p").class("about").saying(
                "What these stages ask is not known: evidence is absent, cannot be trusted, or is of other sources. That is never a pass.",
            );
        }
        let shared = Shared::of(report.verdicts);
        let known = Known { tests, shared: &shared };
        found.for_each(|verdict| card(html, verdict, &known));
    });
}

/// What else is known of causes.
struct Known<'a> {
    tests: &'a Tests<'a>,
    shared: &'a Shared,
}

fn card(html: &mut Html, verdict: &Verdict, known: &Known<'_>) {
    let card = html.tag("article").class(class(verdict.outcome)).id(&anchor_of(verdict));
    card.holding(|html| {
        html.tag("h3").holding(|html| head(html, verdict));
        html.tag("p").class("summary").saying(&line(&verdict.summary));
        if let Some(names) = members(verdict, str::to_owned) {
            html.tag("p").class("quiet").saying(&format!("in {}", line(&names)));
        }
        if let Some(repeat) = &verdict.repeat {
            let is_fault = verdict.outcome == Outcome::Fail;
            command(html, if is_fault { "Fix and repeat" } else { "Repeat" }, repeat);
        }
        if verdict.outcome == Outcome::NoVerdict && Table::in_use().stage(&verdict.stage).is_some()
        {
            command(html, "Ask again", &format!("cargo blocks check {}", verdict.stage));
        }
        causes(html, verdict, known);
    });
}

fn head(html: &mut Html, verdict: &Verdict) {
    html.tag("i")
        .class("sign")
        .with("role", "img")
        .label(word(verdict.outcome))
        .saying(&sign(verdict.outcome).to_string());
    html.text(" ");
    html.tag("a").class("name").to(&anchor_of(verdict)).saying(&short(&name(verdict)));
    if let Some(stage) = Table::in_use().stage(&verdict.stage) {
        html.text(" ");
        html.tag("small").saying(&stage.title);
    }
    if verdict.seconds > 0.0 {
        html.text(" ");
        html.tag("span").class("quiet time").saying(&seconds(verdict.seconds));
    }
}

/// Causes by their codes, in the order in which the first of each stands.
fn causes(html: &mut Html, verdict: &Verdict, known: &Known<'_>) {
    let mut order: Vec<Code> = Vec::new();
    let mut of: BTreeMap<Code, Vec<&Cause>> = BTreeMap::new();
    for cause in &verdict.causes {
        let same = of.entry(cause.code).or_default();
        if same.is_empty() {
            order.push(cause.code);
        }
        same.push(cause);
    }
    let mut unfolded = UNFOLDED;
    for code in order {
        let of_code = &of[&code];
        html.tag("h4").holding(|html| {
            html.tag("code").saying(code.id());
            html.text(" ");
            html.tag("span").class("quiet").saying(&counted(of_code.len(), "cause", "causes"));
        });
        html.tag("p").class("about").saying(code.description());
        let (first, rest) = of_code.split_at(of_code.len().min(SHOWN));
        list(html, verdict, first, known, &mut unfolded);
        if !rest.is_empty() {
            html.tag("details").class("rest").holding(|html| {
                html.tag("summary").saying(&counted(rest.len(), "cause more", "causes more"));
                list(html, verdict, rest, known, &mut unfolded);
            });
        }
    }
    if verdict.more_causes > 0 {
        let more = counted(verdict.more_causes, "cause more", "causes more");
        html.tag("p").class("left-out").saying(&format!("And {more}, which are not listed."));
    }
}

fn list(
    html: &mut Html,
    verdict: &Verdict,
    causes: &[&Cause],
    known: &Known<'_>,
    unfolded: &mut usize,
) {
    let mut left = 0;
    html.tag("ul").class("causes").holding(|html| {
        left = each(html, causes, |html, one| {
            let is_unfolded = *unfolded > 0;
            *unfolded = unfolded.saturating_sub(1);
            let others = known.shared.others(verdict, one, line);
            cause(html, one, &Shown { anchor: known.tests.anchor_of(one), is_unfolded, others });
        });
    });
    left_out(html, left);
}
