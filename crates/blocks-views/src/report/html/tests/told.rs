//! Tests that somebody has to look at.

use blocks_evidence::{Test, Try};

use super::Entry;
use crate::html::Html;
use crate::report::html::parts::{each, left_out, line, output, seconds};

/// Tests with what they said. Of those that a cause tells of, there is a link to it.
pub(super) fn told<'a>(html: &mut Html, title: &str, entries: impl Iterator<Item = &'a Entry<'a>>) {
    let mut entries = entries.peekable();
    if entries.peek().is_none() {
        return;
    }
    html.tag("h4").saying(title);
    let mut left = 0;
    html.tag("ul").class("causes").holding(|html| left = each(html, entries, one));
    left_out(html, left);
}

fn one(html: &mut Html, entry: &Entry<'_>) {
    let Entry { test, anchor, is_told } = entry;
    let item = html.tag("li");
    let item = if *is_told { item } else { item.id(anchor) };
    item.holding(|html| {
        if *is_told && test.tries.is_empty() {
            html.tag("p").class("head").holding(|html| {
                name(html, entry);
                html.text(" ");
                html.tag("span").class("quiet").saying(&first_line(&test.message));
            });
            return;
        }
        html.tag("details").holding(|html| {
            html.tag("summary").holding(|html| name(html, entry));
            if !is_told {
                said(html, test);
            }
            test.tries.iter().for_each(|it| other_try(html, it));
        });
    });
}

fn name(html: &mut Html, Entry { test, anchor, is_told }: &Entry<'_>) {
    let called = format!("{} {}", line(&test.binary), line(&test.name));
    if *is_told {
        html.tag("a").class("called").to(anchor).saying(&called);
    } else {
        html.tag("bdi").class("called").saying(&called);
    }
    if let Some(taken) = test.seconds {
        html.text(" ");
        html.tag("span").class("quiet time").saying(&seconds(taken));
    }
}

fn said(html: &mut Html, test: &Test) {
    if let Some((file, number)) = &test.place {
        html.tag("p").holding(|html| {
            html.tag("code").class("place").saying(&line(&format!("{file}:{number}")));
        });
    }
    for text in [&test.message, &test.output] {
        if !text.trim().is_empty() {
            output(html, text);
        }
    }
}

fn other_try(html: &mut Html, other: &Try) {
    html.tag("p").class("quiet").holding(|html| {
        html.text("A try that did not pass: ");
        html.text(&first_line(&other.message));
        if let Some(taken) = other.seconds {
            html.text(" (");
            html.text(&seconds(taken));
            html.text(")");
        }
    });
    if !other.output.trim().is_empty() {
        output(html, &other.output);
    }
}

fn first_line(text: &str) -> String {
    line(text.lines().find(|it| !it.trim().is_empty()).unwrap_or_default())
}
