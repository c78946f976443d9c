//! Whether who upgrades is told what broke: each item that a new version breaks has to be named in the changelog.
//!
//! The changelog is `CHANGELOG.md` in the package's folder, else that of the workspace's root. What counts of it are the
//! sections of versions newer than the baseline's, that of the version that there is now, and `Unreleased`; of a
//! heading that names a package, only this package's. An item is named by code that is its name, with or without the
//! path before it. Where the tool tells no name, a part about what was broken, with a text in it, is enough.

use crate::case::Case;
use crate::refusal::Refusal;
use crate::version_change::VersionChange;
use crate::{Cause, Code};
use blocks_evidence::{
    BrokenItem, BrokenRule, Changelog, Comparison, DETAIL, MetadataPackage, Release, bounded,
    releases,
};
use std::cmp::Ordering;

/// The name of the file.
const FILE: &str = "CHANGELOG.md";
/// The workspace's root, in the evidence.
const ROOT: &str = ".";

/// The changelog of a package.
pub(crate) struct Told<'a> {
    /// Its path from the workspace's root.
    file: String,
    text: &'a str,
}

/// A package, what it breaks, and what its changelog says.
pub(crate) struct Migrations<'a> {
    package: &'a MetadataPackage,
    found: &'a Comparison,
    /// The changelog's path; none where there is none.
    file: Option<String>,
    /// Its sections that count.
    sections: Vec<Release>,
}

impl<'a> Told<'a> {
    /// The changelog that counts for a package; none where there is none. The record has to say so of its folder and of
    /// the root.
    pub(crate) fn of(
        case: &Case<'_>,
        package: &MetadataPackage,
        changelogs: &'a [Changelog],
    ) -> Result<Option<Self>, Refusal> {
        let folder = package.manifest.strip_suffix("/Cargo.toml").unwrap_or(ROOT);
        let own = changelog(case, changelogs, folder)?;
        let root = changelog(case, changelogs, ROOT)?;
        let own = own.map(|text| Self { file: case.relative(&format!("{folder}/{FILE}")), text });
        Ok(own.or_else(|| Some(Self { file: FILE.to_owned(), text: root? })))
    }
}

impl<'a> Migrations<'a> {
    pub(crate) fn of(
        package: &'a MetadataPackage,
        found: &'a Comparison,
        told: Option<Told<'_>>,
    ) -> Self {
        let sections = told.as_ref().map_or_else(Vec::new, |it| releases(it.text));
        let sections = sections.into_iter().filter(|it| counts(it, package, found)).collect();
        Self { package, found, file: told.map(|it| it.file), sections }
    }

    /// A cause for each item that breaks one of these rules, and of which nothing is told.
    pub(crate) fn causes(&self, rules: &[&BrokenRule]) -> Vec<Cause> {
        rules.iter().flat_map(|rule| self.causes_of(rule)).collect()
    }

    fn causes_of(&self, rule: &BrokenRule) -> Vec<Cause> {
        if rule.items.is_empty() {
            let told = self.sections.iter().any(|section| section.has_notes);
            return (!told).then(|| self.cause(rule, None)).into_iter().collect();
        }
        let untold = rule.items.iter().filter(|item| !self.is_told(item));
        untold.map(|item| self.cause(rule, Some(item))).collect()
    }

    fn is_told(&self, item: &BrokenItem) -> bool {
        let is_named = |section: &Release| {
            section.named.iter().any(|path| item.names.iter().any(|name| name.is_same(path)))
        };
        self.sections.iter().any(|section| {
            if item.names.is_empty() { section.has_notes } else { is_named(section) }
        })
    }

    fn cause(&self, rule: &BrokenRule, item: Option<&BrokenItem>) -> Cause {
        let name = &self.package.name;
        let text = item.map_or_else(String::new, |item| format!(": {}", item.text));
        let message = format!("{name}: no migration note: {}{text} ({})", rule.title, rule.lint);
        let mut cause = Cause::new(Code::MigrationUndocumented, message).about(Some(name));
        cause.line = self.sections.first().map(|section| section.line);
        cause.file.clone_from(&self.file);
        cause.with_detail(self.detail(rule, item))
    }

    fn detail(&self, rule: &BrokenRule, item: Option<&BrokenItem>) -> String {
        let Comparison { before, now, .. } = self.found;
        let name = item.and_then(|item| item.names.first());
        let what = match name {
            Some(name) => {
                format!("a line that names it as code, `{name}`, and says what to do instead")
            }
            None => "a part `### Removed`, `### Changed` or `### Migration` with a text".to_owned(),
        };
        let how = match (&self.file, self.sections.as_slice()) {
            (None, _) => format!(
                "there is no {FILE}, neither in the package's folder nor at the workspace's root (a link is none): \
                 begin one with a heading `## [Unreleased]`, and below it {what}"
            ),
            (Some(file), []) => format!(
                "{file} has no section of a version after {before}: add `## [Unreleased]`, and below it {what}"
            ),
            (Some(file), sections) => {
                let sections: Vec<_> =
                    sections.iter().map(|it| format!("\"{}\"", it.heading)).collect();
                format!("{file}: below {}, add {what}", sections.join(" or "))
            }
        };
        let change = VersionChange::of(before, now);
        let lines = [
            format!("{} v{before} -> v{now} ({change})", self.package.name),
            how,
            rule.description.clone(),
            rule.reference.as_ref().map_or_else(String::new, |it| format!("see {it}")),
        ];
        let lines: Vec<_> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        bounded(&lines.join("\n"), DETAIL)
    }
}

/// The changelog of a folder, of which the record has to say whether there is one.
fn changelog<'a>(
    case: &Case<'_>,
    changelogs: &'a [Changelog],
    folder: &str,
) -> Result<Option<&'a str>, Refusal> {
    let found = changelogs.iter().find(|it| it.folder == folder);
    let found = found.ok_or_else(|| {
        let folder = case.relative(folder);
        case.contradicts(&format!("it is not told whether {folder} has a changelog"))
    })?;
    Ok(found.text.as_deref())
}

/// Whether a section tells who upgrades from the baseline's version to the one of now.
fn counts(release: &Release, package: &MetadataPackage, found: &Comparison) -> bool {
    if release.package.as_ref().is_some_and(|name| *name != package.name) {
        return false;
    }
    let Some(version) = &release.version else { return true };
    let is = |other, than| version.cmp_precedence(other) == than;
    let is_raised = found.now.cmp_precedence(&found.before) != Ordering::Equal;
    is(&found.before, Ordering::Greater) || is_raised && is(&found.now, Ordering::Equal)
}
