//! Writes pages of large and of hostile runs, and sites of API documentation, into a folder, and says how large they are and how long that took:
//! `cargo run --release -p blocks-views --example report -- FOLDER`.

#[path = "../tests/views/big_run.rs"]
mod big_run;
#[path = "../tests/views/hostile_run.rs"]
mod hostile_run;
#[path = "../tests/views/site_run.rs"]
mod site_run;

use std::path::Path;
use std::time::Instant;
use std::{fs, io};

use blocks_views::{
    BranchStatus, Report, STEP_SUMMARY, Site, StatusPage, VersionPage, cobertura, ctrf, junit,
    latest_html, lcov, not_found_html, overview_html, report_html, report_json, report_markdown,
    sarif, status_html, version_html, versions_json,
};

fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).ok_or_else(|| io::Error::other("which folder?"))?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    write(folder, "large", &big_run::Run::new().report())?;
    write(folder, "hostile", &hostile_run::Run::new().report())?;
    write_site(&folder.join("site"), &site_run::usual())?;
    write_site(&folder.join("hostile-site"), &site_run::hostile())
}

/// Writes a site of API documentation, with a page in the place of each crate's.
fn write_site(folder: &Path, site: &Site) -> io::Result<()> {
    let write = |file: &str, text: &str| {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)
    };
    write("index.html", &overview_html(site))?;
    write("404.html", &not_found_html(site))?;
    write("versions.json", &versions_json(site))?;
    write("latest/index.html", &latest_html(site).unwrap_or_default())?;
    for version in &site.versions {
        let page = VersionPage { name: &site.name, version, changes: Some(site_run::CHANGES) };
        write(&format!("{}/index.html", version.version), &version_html(&page))?;
        for name in version.members.iter().flat_map(|it| &it.crates) {
            let crate_page = format!("{}/{}/index.html", version.version, name.as_str());
            write(&crate_page, "<title>what rustdoc writes</title>")?;
        }
    }
    Ok(())
}

type Form = fn(&Report<'_>) -> String;

/// The forms of a report, by the endings of their files.
const FORMS: [(&str, Form); 9] = [
    ("html", report_html),
    ("status.html", status),
    ("json", report_json),
    ("md", |report| report_markdown(report, STEP_SUMMARY, "the page has all of it")),
    ("sarif", |report| sarif(report.verdicts, report.folder)),
    ("junit.xml", |report| junit(report.tests).xml),
    ("ctrf.json", |report| ctrf(report.tests)),
    ("lcov", |report| report.lines.map(lcov).unwrap_or_default()),
    ("cobertura.xml", |report| report.lines.map(cobertura).unwrap_or_default()),
];

/// The page over a branch that had all commits of the history.
fn status(report: &Report<'_>) -> String {
    let all = report.history.iter().flat_map(|it| &it.points).map(|it| it.revision.clone());
    let revisions: Vec<_> = all.collect();
    let branches = BranchStatus::all(report.history, [(report.name, &*revisions)]);
    let Report { name, verdicts, history, .. } = *report;
    status_html(&StatusPage { name, verdicts, branches: &branches, history })
}

fn write(folder: &Path, name: &str, report: &Report<'_>) -> io::Result<()> {
    for (ending, form) in FORMS {
        let begin = Instant::now();
        let text = form(report);
        let taken = begin.elapsed();
        println!("{name}.{ending}: {} bytes in {taken:?}", text.len());
        fs::write(folder.join(format!("{name}.{ending}")), text)?;
    }
    Ok(())
}
