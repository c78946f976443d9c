//! One reason for a verdict.

use blocks_gates::Cause;

use super::parts::{command, line, output};
use crate::causes::place;
use crate::html::{Anchor, Html};
use crate::members::unknown_member;

/// How a cause is shown.
pub(super) struct Shown<'a> {
    /// Where the test is that it is about.
    pub(super) anchor: Option<&'a Anchor>,
    pub(super) is_unfolded: bool,
    /// The other stages that fail for it.
    pub(super) others: Option<String>,
}

/// A cause: its place and message, and what can be unfolded below.
pub(super) fn cause(html: &mut Html, cause: &Cause, shown: &Shown<'_>) {
    let item = html.tag("li");
    let item = match shown.anchor {
        Some(anchor) => item.id(anchor),
        None => item,
    };
    let more = cause.message.trim_end().split_once('\n').map(|(_, more)| more);
    let is_told = cause.detail.is_some() || cause.hint.is_some() || cause.repeat.is_some();
    let has_more = more.is_some() || is_told || shown.others.is_some();
    item.holding(|html| {
        if !has_more {
            html.tag("p").class("head").holding(|html| head(html, cause));
            return;
        }
        html.tag("details").flag("open", shown.is_unfolded).holding(|html| {
            html.tag("summary").holding(|html| head(html, cause));
            [more, cause.detail.as_deref()].into_iter().flatten().for_each(|it| output(html, it));
            if let Some(hint) = &cause.hint {
                html.tag("p").class("hint").holding(|html| {
                    html.tag("b").saying("Hint:");
                    html.text(" ");
                    html.text(&line(hint));
                });
            }
            if let Some(others) = &shown.others {
                html.tag("p").class("quiet").saying(&format!("also fails: {others}"));
            }
            if let Some(repeat) = &cause.repeat {
                command(html, "Repeat", repeat);
            }
        });
    });
}

fn head(html: &mut Html, cause: &Cause) {
    if let Some(place) = place(cause) {
        html.tag("code").class("place").saying(&line(&place));
        html.text(" ");
    } else if let Some(member) = unknown_member(cause) {
        html.tag("code").class("place").saying(&line(member));
        html.text(" ");
    }
    let first = cause.message.lines().next().unwrap_or_default();
    html.tag("bdi").saying(&line(first));
}
