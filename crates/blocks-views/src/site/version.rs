//! The page of one version: its members, and where their documentation is.

use super::INDEX;
use super::changes::changes as write_changes;
use super::frame::{Frame, kind, origin, section};
use super::model::{Documented, MemberKind, SiteMember, SiteVersion};
use crate::html::{Address, Anchor, Html};
use crate::report::html::parts::{bar, line, percent, short};

const SCRIPT: &str = concat!(include_str!("../report/html/filter.js"), include_str!("version.js"));

/// The members of a kind, and what they are called together.
const KINDS: [(MemberKind, &str, &str); 4] = [
    (MemberKind::Library, "libraries", "Libraries"),
    (MemberKind::Macro, "macros", "Macros"),
    (MemberKind::Program, "programs", "Programs"),
    (MemberKind::Other, "others", "Others"),
];

/// What the page of a version shows.
#[derive(Debug, Clone, Copy)]
pub struct VersionPage<'a> {
    /// What the workspace is called.
    pub name: &'a str,
    /// The version.
    pub version: &'a SiteVersion,
    /// What the changelog says of it, as Markdown.
    pub changes: Option<&'a str>,
}

/// The page `index.html` in the folder of a version. It names no other version, so that it stays as it is when these come and
/// go. The same version gives the same bytes.
pub fn version_html(page: &VersionPage<'_>) -> String {
    let VersionPage { name, version, changes } = *page;
    let title = format!("{} {}: API documentation", short(name), version.version);
    let home = Address::file(1, &[INDEX]);
    let frame = Frame { title: &title, name, home, script: SCRIPT };
    frame.write(
        |_| {},
        |html| {
            head(html, page);
            html.tag("div").class("tools").holding(|html| contents(html, page));
            for (kind, id, title) in KINDS {
                let found: Vec<_> = of_kind(version, kind).collect();
                if !found.is_empty() {
                    section(html, id, title, |html| {
                        for it in found {
                            member(html, it, changes.is_some());
                        }
                    });
                }
            }
            if let Some(changes) = changes {
                section(html, "changes", "Changes", |html| write_changes(html, changes));
            }
        },
    )
}

fn of_kind(version: &SiteVersion, kind: MemberKind) -> impl Iterator<Item = &SiteMember> {
    version.members.iter().filter(move |it| it.kind == kind)
}

fn head(html: &mut Html, page: &VersionPage<'_>) {
    html.tag("section").class("hero").holding(|html| {
        html.tag("h1").holding(|html| {
            html.text(&short(page.name));
            html.text(" ");
            html.tag("span").class("quiet").saying(&page.version.version.to_string());
        });
        html.tag("p").class("lead row").holding(|html| {
            html.tag("span").class("mark").saying(kind(page.version.kind));
            html.text(" ");
            html.tag("span").class("quiet").holding(|html| origin(html, page.version));
        });
    });
}

/// Links to the parts that there are.
fn contents(html: &mut Html, page: &VersionPage<'_>) {
    let kinds = KINDS.into_iter().map(|(kind, id, title)| {
        let count = of_kind(page.version, kind).count();
        (id, title, count, count > 0)
    });
    let changes = ("changes", "Changes", 0, page.changes.is_some());
    html.tag("nav").label("Parts of this page").holding(|html| {
        html.tag("ul").holding(|html| {
            for (id, title, count, is_there) in kinds.chain([changes]) {
                if is_there {
                    html.tag("li").holding(|html| part(html, id, title, count));
                }
            }
            html.tag("li").holding(|html| {
                html.tag("a").leading(&Address::file(1, &[INDEX])).saying("All versions");
            });
        });
    });
}

fn part(html: &mut Html, id: &'static str, title: &str, count: usize) {
    html.tag("a").to(&Anchor::of(id)).holding(|html| {
        html.text(title);
        if count > 0 {
            html.text(" ");
            html.tag("span").class("count").counting(count);
        }
    });
}

fn member(html: &mut Html, member: &SiteMember, has_changes: bool) {
    let card = html.tag("article").class("member").id(&Anchor::named("member", &[&member.name]));
    card.holding(|html| {
        html.tag("h3").holding(|html| {
            let name = short(&member.name);
            match member.crates.first() {
                Some(main) => {
                    let address = Address::file(0, &[main.as_str(), INDEX]);
                    html.tag("a").class("name").leading(&address).saying(&name);
                }
                None => html.tag("span").class("name").saying(&name),
            }
            html.text(" ");
            html.tag("small").saying(&short(&member.version));
        });
        match &member.description {
            Some(text) => html.tag("p").saying(&line(text)),
            None => {
                html.tag("p").class("quiet").saying("Its manifest does not say what it is for.");
            }
        }
        facts(html, member);
        links(html, member, has_changes);
    });
}

fn facts(html: &mut Html, member: &SiteMember) {
    html.tag("ul").class("facts").holding(|html| {
        if let Some(version) = &member.rust_version {
            html.tag("li").saying(&format!("Rust {} or newer", short(version)));
        }
        if let Some(license) = &member.license {
            html.tag("li").saying(&short(license));
        }
        if let Some(Documented { documented, items }) = member.documented {
            html.tag("li").holding(|html| share(html, documented, items));
        }
    });
}

#[expect(clippy::cast_precision_loss, reason = "a bar of some pixels")]
fn share(html: &mut Html, documented: u64, items: u64) {
    let as_count = |it: u64| usize::try_from(it).unwrap_or(usize::MAX);
    bar(html, "bar good", documented as f64 / items.max(1) as f64);
    let told = format!(" {} documented", percent(as_count(documented), as_count(items)));
    let title = format!("{documented} of {items} items");
    html.tag("span").title(&title).saying(&told);
}

fn links(html: &mut Html, member: &SiteMember, has_changes: bool) {
    let repository = member.repository.as_deref().and_then(Address::web);
    html.tag("ul").class("links").holding(|html| {
        if member.crates.is_empty() {
            html.tag("li").class("quiet").saying("It has no documentation of its own.");
        }
        for name in &member.crates {
            let text = match member.crates.as_slice() {
                [_] => "Documentation".to_owned(),
                _ => format!("Documentation of {}", name.as_str()),
            };
            let address = Address::file(0, &[name.as_str(), INDEX]);
            html.tag("li").holding(|html| html.tag("a").leading(&address).saying(&text));
        }
        if has_changes {
            let to = Anchor::of("changes");
            html.tag("li").holding(|html| html.tag("a").to(&to).saying("Changes"));
        }
        if let Some(address) = &repository {
            html.tag("li").holding(|html| {
                html.tag("a").leading(address).with("rel", "noreferrer").saying("Repository");
            });
        }
    });
}
