//! Tests by their binaries, in as few words as possible: most are green.

use blocks_evidence::{Outcome, Test};

use super::{Entry, has_failed, is_green};
use crate::html::Html;
use crate::number::grouped;
use crate::report::html::parts::{each, left_out, line};

/// From which time on, in seconds, it is told: nobody looks at a test that takes less.
const WORTH_TELLING: f64 = 0.1;

pub(super) fn binaries(html: &mut Html, entries: &[Entry<'_>]) {
    let of_binaries = entries.chunk_by(|a, b| a.test.binary == b.test.binary);
    let mut left = 0;
    html.tag("div").class("binaries").holding(|html| left = each(html, of_binaries, binary));
    left_out(html, left);
}

fn binary(html: &mut Html, entries: &[Entry<'_>]) {
    let Some(first) = entries.first() else { return };
    let failed = entries.iter().filter(|it| has_failed(it.test)).count();
    html.tag("details").class("f").holding(|html| {
        html.tag("summary").holding(|html| {
            html.tag("bdi").saying(&line(&first.test.binary));
            html.text(" ");
            html.tag("span").class("count").saying(&grouped(entries.len()));
            if failed > 0 {
                html.text(" ");
                html.tag("span").class("fail").saying(&format!("{failed} failed"));
            }
        });
        let mut left = 0;
        html.tag("ul").class("tests").holding(|html| left = each(html, entries, one));
        left_out(html, left);
    });
}

fn one(html: &mut Html, Entry { test, anchor, .. }: &Entry<'_>) {
    let item = html.tag("li");
    if !is_green(test) {
        // Its anchor is where it is told of.
        item.class(class(test)).holding(|html| html.tag("a").to(anchor).saying(&line(&test.name)));
        return;
    }
    let item = item.id(anchor);
    let item = if test.outcome == Outcome::Skipped { item.class("none") } else { item };
    item.holding(|html| {
        html.text(&line(&test.name));
        if let Some(taken) = test.seconds.filter(|it| *it >= WORTH_TELLING) {
            html.tag("span").saying(&format!(" {taken:.1} s"));
        }
    });
}

fn class(test: &Test) -> &'static str {
    if has_failed(test) { "fail" } else { "unknown" }
}
