//! The first page of a site: all its versions, and where each member is in them.

use std::collections::BTreeSet;

use super::INDEX;
use super::frame::{Frame, kind, origin, section};
use super::model::{Site, SiteMember, SiteVersion, VersionKind};
use crate::html::{Address, Html};
use crate::number::counted;
use crate::report::html::parts::short;

/// How many versions have a column; older ones are in the list above.
const COLUMNS: usize = 12;

/// The page `index.html` of a site. The same site gives the same bytes.
pub fn overview_html(site: &Site) -> String {
    let title = format!("{}: API documentation", short(&site.name));
    let home = Address::file(0, &[INDEX]);
    let frame = Frame { title: &title, name: &site.name, home, script: "" };
    frame.write(
        |_| {},
        |html| {
            newest(html, site);
            versions(html, site);
            members(html, site);
        },
    )
}

fn newest(html: &mut Html, site: &Site) {
    html.tag("section").class("hero").holding(|html| {
        html.tag("h1").saying(&short(&site.name));
        let latest = site.latest.as_ref().and_then(|name| site.version(name));
        let Some(latest) = latest else {
            html.tag("p").class("lead").saying("There is no version yet.");
            return;
        };
        html.tag("p").class("lead row").holding(|html| {
            link(html, latest, "go", &format!("Read {}", latest.version));
            html.text(" ");
            html.tag("span").class("quiet").holding(|html| {
                html.text(kind(latest.kind));
                html.text(" \u{b7} ");
                origin(html, latest);
            });
        });
    });
}

fn link(html: &mut Html, version: &SiteVersion, class: &'static str, text: &str) {
    let name = version.version.to_string();
    html.tag("a").class(class).leading(&Address::file(0, &[&name, INDEX])).saying(text);
}

fn versions(html: &mut Html, site: &Site) {
    section(html, "versions", "Versions", |html| {
        html.tag("ul").class("versions").holding(|html| {
            for version in &site.versions {
                html.tag("li").holding(|html| one(html, site, version));
            }
        });
        html.tag("p").class("quiet").holding(|html| {
            html.text("The same for programs: ");
            let list = Address::file(0, &["versions.json"]);
            html.tag("a").leading(&list).saying("versions.json");
            html.text(". The address ");
            html.tag("a").leading(&Address::file(0, &["latest", INDEX])).saying("latest");
            html.text(" sends on to the newest release");
            let is_release = |it: &SiteVersion| it.kind == VersionKind::Release;
            let none =
                if site.versions.iter().any(is_release) { "." } else { ", once there is one." };
            html.text(none);
        });
    });
}

fn one(html: &mut Html, site: &Site, version: &SiteVersion) {
    html.tag("b").holding(|html| link(html, version, "name", &version.version.to_string()));
    html.text(" ");
    if site.latest.as_ref() == Some(&version.version) {
        html.tag("span").class("mark newest").saying("latest");
    }
    html.tag("span").class("mark").saying(kind(version.kind));
    html.text(" ");
    html.tag("span").class("quiet").holding(|html| {
        html.text(&counted(version.members.len(), "member", "members"));
        html.text(" \u{b7} ");
        origin(html, version);
    });
}

/// A row a member, and a column a version, so that the same page of two versions is two steps aside.
fn members(html: &mut Html, site: &Site) {
    let shown = &site.versions[..site.versions.len().min(COLUMNS)];
    let names: BTreeSet<&str> =
        shown.iter().flat_map(|it| &it.members).map(|it| it.name.as_str()).collect();
    if names.is_empty() {
        return;
    }
    section(html, "members", "Members, version by version", |html| {
        html.tag("p").class("about").saying(
            "Each cell leads to the documentation of one member in one version, under the same address but for the version.",
        );
        let scroll = html.tag("div").class("scroll").with("role", "region").with("tabindex", "0");
        scroll.label("Members, version by version").holding(|html| {
            html.tag("table").class("matrix wide").holding(|html| table(html, shown, &names));
        });
        let left = site.versions.len() - shown.len();
        if left > 0 {
            let told =
                format!("{} more: the list above has them.", counted(left, "version", "versions"));
            html.tag("p").class("left-out").saying(&told);
        }
    });
}

fn table(html: &mut Html, versions: &[SiteVersion], names: &BTreeSet<&str>) {
    html.tag("thead").holding(|html| {
        html.tag("tr").holding(|html| {
            html.tag("th").with("scope", "col").saying("Member");
            for version in versions {
                html.tag("th").with("scope", "col").saying(&version.version.to_string());
            }
        });
    });
    html.tag("tbody").holding(|html| {
        for name in names {
            html.tag("tr").holding(|html| {
                html.tag("th").with("scope", "row").saying(&short(name));
                for version in versions {
                    let member = version.members.iter().find(|it| it.name == **name);
                    html.tag("td").holding(|html| cell(html, version, member));
                }
            });
        }
    });
}

/// The member's own version; a dash where it was none then.
fn cell(html: &mut Html, version: &SiteVersion, member: Option<&SiteMember>) {
    let Some(member) = member else {
        html.tag("span").class("quiet").label("not there").with("role", "img").saying("\u{2013}");
        return;
    };
    let text = short(&member.version);
    match member.crates.first() {
        Some(main) => {
            let name = version.version.to_string();
            let address = Address::file(0, &[&name, main.as_str(), INDEX]);
            let what = format!("{} {text} in {name}", short(&member.name));
            html.tag("a").leading(&address).label(&what).saying(&text);
        }
        None => html.tag("span").class("quiet").saying(&text),
    }
}
