//! Pages that send on to others.

use super::INDEX;
use super::frame::Frame;
use super::model::{CrateName, Site, VersionName};
use crate::html::{Address, Html};
use crate::report::html::parts::short;

const SCRIPT: &str = include_str!("moved.js");

/// The page `latest/index.html`, which sends on to the newest release; none where there is no version.
pub fn latest_html(site: &Site) -> Option<String> {
    let latest = site.latest.as_ref()?;
    let name = latest.to_string();
    Some(sending_on(site, latest, &Address::file(1, &[&name, INDEX]), 1))
}

/// The page `latest/CRATE/index.html`, which sends on to the same crate of the newest release; none where there is no version.
pub fn crate_moved_html(site: &Site, of: &CrateName) -> Option<String> {
    let latest = site.latest.as_ref()?;
    let name = latest.to_string();
    Some(sending_on(site, latest, &Address::file(2, &[&name, of.as_str(), INDEX]), 2))
}

fn sending_on(site: &Site, latest: &VersionName, to: &Address, up: usize) -> String {
    let title = format!("{} {latest}", short(&site.name));
    let home = Address::file(up, &[INDEX]);
    let frame = Frame { title: &title, name: &site.name, home, script: "" };
    frame.write(
        |html| {
            html.tag("link").with("rel", "canonical").leading(to).void();
            html.tag("meta").sending_on(to).void();
        },
        |html| {
            html.tag("section").class("hero").holding(|html| {
                html.tag("h1").saying(&title);
                html.tag("p").class("lead").holding(|html| {
                    html.text("This address sends on to the newest release: ");
                    html.tag("a").leading(to).saying(&latest.to_string());
                    html.text(".");
                });
            });
        },
    )
}

/// The page `404.html`, which servers show in the place of what is not there, at any depth. By its script it sends
/// addresses below `latest/` on.
pub fn not_found_html(site: &Site) -> String {
    // Of this folder, since it is not known which one the server shows it in.
    let here = Address::file(0, &[INDEX]);
    let title = format!("{}: no such page", short(&site.name));
    let frame = Frame { title: &title, name: &site.name, home: here.clone(), script: SCRIPT };
    let head = |html: &mut Html| {
        if let Some(latest) = &site.latest {
            html.tag("meta").with("name", "latest").content(&latest.to_string()).void();
        }
    };
    frame.write(head, |html| {
        html.tag("section").class("hero").holding(|html| {
            html.tag("h1").saying("There is no such page");
            html.tag("p").class("lead").holding(|html| {
                html.text("The item may have another name in this version, or none. ");
                html.tag("a").leading(&here).saying("What this folder begins with");
                html.text(" may lead on.");
            });
        });
    })
}
