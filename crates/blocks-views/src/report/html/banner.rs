//! What all comes to, before anything else.

use blocks_gates::{Outcome, Verdict, overall};

use super::parts::{class, seconds, short};
use super::{anchor_of, time};
use crate::html::{Anchor, Html};
use crate::number::counted;
use crate::outcome::{name, sign, word as one_word};
use crate::report::Report;

/// What all comes to, in a word.
pub(crate) fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass | Outcome::NotApplicable => "Passed",
        Outcome::Fail => "Failed",
        Outcome::NoVerdict => "No verdict",
    }
}

pub(crate) fn banner(html: &mut Html, report: &Report<'_>) {
    let all = overall(report.verdicts);
    let banner = html.tag("section").id(&Anchor::of("verdict"));
    banner.class(class(all)).holding(|html| {
        html.tag("h1").holding(|html| {
            html.tag("i").class("sign").with("aria-hidden", "true").saying(&sign(all).to_string());
            html.text(" ");
            html.text(word(all));
        });
        html.tag("p").class("lead").saying(&sentence(report.verdicts));
        if let Some(of_all) = time::all(report) {
            let told = format!("Its records took {} to make.", seconds(of_all));
            html.tag("p").class("quiet").saying(&told);
        }
        html.tag("ul").class("chips").label("All stages").holding(|html| {
            report.verdicts.iter().for_each(|it| chip(html, it));
        });
    });
}

/// `5 of 31 stages fail, 1 has no verdict, 2 do not apply.`
pub(crate) fn sentence(verdicts: &[Verdict]) -> String {
    if verdicts.is_empty() {
        return "Nothing was asked, so that nothing is known to be good.".to_owned();
    }
    let count = |outcome| verdicts.iter().filter(|it| it.outcome == outcome).count();
    let words = [
        (count(Outcome::Fail), "fails", "fail"),
        (count(Outcome::NoVerdict), "has no verdict", "have no verdict"),
        (count(Outcome::Pass), "passes", "pass"),
        (count(Outcome::NotApplicable), "does not apply", "do not apply"),
    ];
    let said = words.into_iter().filter(|(count, ..)| *count > 0).enumerate();
    let parts = said.map(|(at, (count, one, more))| {
        let word = if count == 1 { one } else { more };
        // Of how many, once.
        match at {
            0 => format!("{count} of {} {word}", counted(verdicts.len(), "stage", "stages")),
            _ => format!("{count} {word}"),
        }
    });
    parts.collect::<Vec<_>>().join(", ") + "."
}

fn chip(html: &mut Html, verdict: &Verdict) {
    html.tag("li").holding(|html| {
        let chip = html.tag("a").class(class(verdict.outcome)).to(&anchor_of(verdict));
        chip.title(one_word(verdict.outcome)).holding(|html| {
            let sign = sign(verdict.outcome).to_string();
            html.tag("i")
                .class("sign")
                .with("role", "img")
                .label(one_word(verdict.outcome))
                .saying(&sign);
            html.text(" ");
            html.text(&short(&name(verdict)));
        });
    });
}
