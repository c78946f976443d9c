//! The files that show records and verdicts.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use blocks_gates::{Given, StageTests, Verdict, recorded_cost, recorded_packages, recorded_tests};
use blocks_records::{Record, Toolchain, folder};
use blocks_stages::{Stage, Table};
use blocks_views::{
    ConfiguredBadge, Cost, Junit, Origin, StatusPage, Versions, badges_of, branches_json, junit,
    status_html, status_json,
};

use crate::report::{self, About, Found};

/// Writes badges, status, the report of tests and that of all below `out`; the verdicts are those of the stages.
pub(crate) fn write(
    out: &Path,
    stages: &[&Stage],
    verdicts: &[Verdict],
    given: Given<'_>,
    about: &About,
) -> Result<()> {
    badges_into(&out.join("badges"), verdicts, given)?;
    let status = status(verdicts, given, &Before::new());
    status_into(&out.join("status"), &status, verdicts, about)?;
    let found = Found::of(stages, verdicts, given, about);
    let report = found.report();
    junit_of(&out.join("junit"), report.tests)?;
    report::into(&out.join("report"), &report).map(drop)
}

/// Writes the status for programs, and as a page with what branches came to, into a folder.
pub(crate) fn status_into(
    folder: &Path,
    status: &str,
    verdicts: &[Verdict],
    about: &About,
) -> Result<()> {
    let About { name, branches, history, .. } = about;
    write_file(&folder.join("status.json"), status)?;
    write_file(&folder.join("branches.json"), &branches_json(branches))?;
    write_file(
        &folder.join("status.html"),
        &status_html(&StatusPage { name, verdicts, branches, history }),
    )
}

/// Writes the report of all tests of these stages into a folder.
pub(crate) fn junit_into(
    folder: &Path,
    stages: &[&Stage],
    given: Given<'_>,
) -> Result<(PathBuf, Junit)> {
    let tests: Vec<_> = stages.iter().filter_map(|stage| recorded_tests(stage, given)).collect();
    junit_of(folder, &tests)
}

fn junit_of(folder: &Path, tests: &[StageTests]) -> Result<(PathBuf, Junit)> {
    let (file, report) = (folder.join("junit.xml"), junit(tests));
    write_file(&file, &report.xml)?;
    Ok((file, report))
}

/// Writes the configured badges into a folder, by their file names.
pub(crate) fn badges_into(
    folder: &Path,
    verdicts: &[Verdict],
    given: Given<'_>,
) -> Result<Vec<(PathBuf, ConfiguredBadge)>> {
    let place = |badge: ConfiguredBadge| (folder.join(&badge.file), badge);
    write_badges(badges(verdicts, given).into_iter().map(place).collect())
}

/// Writes the configured badges where the configuration says, below the workspace's root.
pub(crate) fn badges_in_place(
    root: &Path,
    verdicts: &[Verdict],
    given: Given<'_>,
) -> Result<Vec<(PathBuf, ConfiguredBadge)>> {
    let place = |badge: ConfiguredBadge| (root.join(&badge.path), badge);
    write_badges(badges(verdicts, given).into_iter().map(place).collect())
}

fn badges(verdicts: &[Verdict], given: Given<'_>) -> Vec<ConfiguredBadge> {
    badges_of(verdicts, recorded_packages(given).as_deref(), given.config)
}

fn write_badges(
    badges: Vec<(PathBuf, ConfiguredBadge)>,
) -> Result<Vec<(PathBuf, ConfiguredBadge)>> {
    for (path, badge) in &badges {
        write_file(path, &badge.badge.svg())?;
    }
    Ok(badges)
}

/// The seconds that stages took at an earlier revision, where somebody looked that up.
pub(crate) type Before = BTreeMap<String, f64>;

/// What the records that are there took to make, of whatever stages.
pub(crate) fn costs(given: Given<'_>, before: &Before) -> Vec<Cost<'static>> {
    let of_stage = |stage: &'static Stage| {
        let now = recorded_cost(stage, given)?;
        // What Nix made may be of another machine than what is kept.
        Some(Cost { now, before: before.get(&stage.id).copied().filter(|_| !now.is_by_nix) })
    };
    Table::in_use().stages.iter().filter_map(of_stage).collect()
}

/// The status of verdicts, with what made their records and what these took.
pub(crate) fn status(verdicts: &[Verdict], given: Given<'_>, before: &Before) -> String {
    let made = toolchain(verdicts, given.records);
    let toolchain =
        made.as_ref().map(|it| Versions { rustc: &it.rustc, cargo: &it.cargo, tools: &it.tools });
    let origin = Origin { sources: given.expected.sources(), toolchain };
    status_json(verdicts, &origin, &costs(given, before))
}

/// What made the records of verdicts, with the tools of all; none where that is not the same for all.
pub(crate) fn toolchain(verdicts: &[Verdict], records: &Path) -> Option<Toolchain> {
    let mut made = toolchains(verdicts, records);
    // Tools differ from stage to stage; the compiler and cargo must not.
    let Toolchain { rustc, cargo, mut tools } = made.next()?;
    for other in made {
        if (&other.rustc, &other.cargo) != (&rustc, &cargo) {
            return None;
        }
        tools.extend(other.tools);
    }
    Some(Toolchain { rustc, cargo, tools })
}

fn toolchains(verdicts: &[Verdict], records: &Path) -> impl Iterator<Item = Toolchain> {
    verdicts.iter().filter_map(|it| Some((it, Table::in_use().stage(&it.stage)?))).flat_map(
        |(verdict, stage)| {
            let members = verdict.units.iter().map(|member| member.unit.as_str());
            let whole = Some(verdict.unit.as_str()).filter(|_| verdict.units.is_empty());
            let record =
                |unit: &str| Record::load(&folder(records, stage.record_stage(), unit)).ok();
            members.chain(whole).filter_map(record).map(|it| it.toolchain).collect::<Vec<_>>()
        },
    )
}

/// Writes a file whole or not at all, and leaves one alone that already says the same.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<()> {
    write_bytes(path, text.as_bytes())
}

/// The same of what need not be text.
pub(crate) fn write_bytes(path: &Path, text: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    replace(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let part = folder.join(format!(".{name}.part"));
    fs::write(&part, text)?;
    fs::rename(part, path)
}

/// Removes a file that was written before, if it is there.
pub(crate) fn remove_file(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}
