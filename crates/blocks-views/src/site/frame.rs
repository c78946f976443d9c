//! What all pages of a site have in common.

use crate::html::{Address, Anchor, Html};
use crate::report::html::parts::short;
use crate::report::html::policy;

use super::model::{SiteVersion, VersionKind};

/// The style of all pages: that of the report, and what only these have.
const STYLE: &str = concat!(include_str!("../report/html/page.css"), include_str!("site.css"));

/// How many characters tell a commit from others.
const SHORT: usize = 12;

/// A page.
pub(super) struct Frame<'a> {
    /// What it is called.
    pub(super) title: &'a str,
    /// What the workspace is called.
    pub(super) name: &'a str,
    /// Where that leads to: the overview.
    pub(super) home: Address,
    /// Its script, which it can be read without.
    pub(super) script: &'static str,
}

impl Frame<'_> {
    /// The page: `head` writes more of its head, `main` what it holds.
    pub(super) fn write(
        &self,
        head: impl FnOnce(&mut Html),
        main: impl FnOnce(&mut Html),
    ) -> String {
        let mut html = Html::new();
        html.tag("html").with("lang", "en").holding(|html| {
            html.tag("head").holding(|html| {
                self.head(html);
                head(html);
            });
            html.tag("body").holding(|html| self.body(html, main));
        });
        html.finish()
    }

    fn head(&self, html: &mut Html) {
        html.tag("meta").with("charset", "utf-8").void();
        let policy = policy::policy(STYLE, self.script);
        html.tag("meta").with("http-equiv", "Content-Security-Policy").content(&policy).void();
        let screen = "width=device-width, initial-scale=1";
        html.tag("meta").with("name", "viewport").content(screen).void();
        html.tag("meta").with("name", "color-scheme").content("light dark").void();
        html.tag("meta").with("name", "referrer").content("no-referrer").void();
        html.tag("title").saying(&short(self.title));
        html.tag("style").raw(STYLE);
    }

    fn body(&self, html: &mut Html, main: impl FnOnce(&mut Html)) {
        let begin = Anchor::of("main");
        html.tag("a").class("skip").to(&begin).saying("Skip to the content");
        html.tag("header").class("top").holding(|html| {
            html.tag("p").class("name").holding(|html| {
                let home = html.tag("a").leading(&self.home);
                home.holding(|html| html.tag("bdi").saying(&short(self.name)));
            });
            html.tag("p").class("quiet").saying("API documentation");
        });
        html.tag("main").id(&begin).with("tabindex", "-1").holding(main);
        html.tag("footer").holding(|html| {
            let made = concat!("Written by Blocks ", env!("CARGO_PKG_VERSION"), ".");
            html.tag("p").class("quiet").saying(made);
        });
        if !self.script.is_empty() {
            html.tag("script").raw(self.script);
        }
    }
}

/// A part of a page.
pub(super) fn section(
    html: &mut Html,
    id: &'static str,
    title: &str,
    inside: impl FnOnce(&mut Html),
) {
    html.tag("section").id(&Anchor::of(id)).holding(|html| {
        html.tag("h2").saying(title);
        inside(html);
    });
}

/// What a version is, in a word.
pub(super) fn kind(kind: VersionKind) -> &'static str {
    match kind {
        VersionKind::Release => "release",
        VersionKind::PreRelease => "pre-release",
        VersionKind::Dev => "in development",
    }
}

/// When and of which commit a version is, as far as that is known.
pub(super) fn origin(html: &mut Html, version: &SiteVersion) {
    let mut begun = false;
    if let Some(date) = &version.date {
        html.text(&short(date));
        begun = true;
    }
    if let Some(revision) = &version.revision {
        if begun {
            html.text(" \u{b7} ");
        }
        html.text("commit ");
        let name: String = revision.chars().take(SHORT).collect();
        html.tag("code").title(&short(revision)).saying(&name);
        begun = true;
    }
    if !begun {
        html.text("of no commit that is known");
    }
}
