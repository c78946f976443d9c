//! What the report is of, and what made its records.

use super::parts::{line, short};
use super::section;
use crate::html::{Anchor, Html};
use crate::report::Report;

/// How many characters tell a commit from others.
const SHORT: usize = 12;

pub(super) fn head(html: &mut Html, report: &Report<'_>) {
    html.tag("p").class("name").holding(|html| html.tag("bdi").saying(&short(report.name)));
    html.tag("p").class("quiet").holding(|html| {
        if let Some(revision) = report.revision {
            let name: String = revision.chars().take(SHORT).collect();
            html.text("commit ");
            html.tag("code").title(&short(revision)).saying(&name);
        } else {
            html.text("of no commit that is known");
        }
        html.text(" \u{b7} ");
        html.tag("a").to(&Anchor::of("origin")).saying("what made it");
    });
}

pub(super) fn origin(html: &mut Html, report: &Report<'_>) {
    section(html, "origin", "Origin", |html| {
        html.tag("dl").holding(|html| {
            let not_known = "not known, or not the same for all";
            let toolchain = report.origin.toolchain.as_ref();
            said(html, "Workspace", report.name);
            said(html, "Commit", report.revision.unwrap_or("not known, or files differ from it"));
            said(html, "Sources", report.origin.sources.unwrap_or("not one for all"));
            said(html, "Compiler", toolchain.map_or(not_known, |it| it.rustc));
            said(html, "Cargo", toolchain.map_or(not_known, |it| it.cargo));
            for (tool, version) in toolchain.iter().flat_map(|it| it.tools) {
                said(html, tool, version);
            }
            said(html, "Written by", concat!("Blocks ", env!("CARGO_PKG_VERSION")));
        });
        html.tag("p").class("quiet").holding(|html| {
            html.text("The same for programs: ");
            html.tag("a").with("href", "report.json").saying("report.json");
            html.text(".");
        });
    });
}

fn said(html: &mut Html, what: &str, text: &str) {
    html.tag("dt").saying(&line(what));
    html.tag("dd").saying(&line(text));
}
