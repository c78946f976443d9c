//! The files that a release changes.

use std::collections::BTreeMap;

use blocks_fixes::{FileChange, Lock};
use semver::Version;

use crate::changelog::{Entry, Links, Section, has_section, has_unreleased, with_section};
use crate::manifest::ROOT;
use crate::plan::{Draft, Planned, Reason, versions};
use crate::project::{CHANGELOG, LOCK, Policy, Project, Tells};
use crate::{Commit, Part, PlanError, markdown};

/// From so many characters on, a description in a changelog is not there by chance.
const TELLING: usize = 15;

/// How many hexadecimal digits of a commit's name people write at least.
const NAMED: usize = 7;

/// The files as they are after, all of them. What is not there yet is empty before.
pub(crate) struct Files<'a> {
    project: &'a Project,
    after: BTreeMap<String, Vec<u8>>,
    notes: Vec<String>,
}

impl<'a> Files<'a> {
    pub(crate) fn of(project: &'a Project, drafts: &[Draft<'_>]) -> Result<Self, PlanError> {
        let mut files = Self { project, after: BTreeMap::new(), notes: Vec::new() };
        let versions = versions(project, drafts);
        files.manifests(&versions)?;
        files.lock(&versions)?;
        Ok(files)
    }

    fn manifests(
        &mut self,
        versions: &BTreeMap<String, (String, Version)>,
    ) -> Result<(), PlanError> {
        let wanted: BTreeMap<_, _> =
            versions.iter().map(|(folder, (_, it))| (folder.clone(), it.clone())).collect();
        let mut root = self.project.root.clone();
        for member in &self.project.members {
            let own = wanted.get(&member.place.folder);
            let is_root = member.place.folder.is_empty();
            let mut other = member.manifest.clone();
            let manifest = if is_root { &mut root } else { &mut other };
            if let Some(version) = own.filter(|it| **it != member.version) {
                if member.manifest.inherits_version() {
                    root.set_shared_version(version)?;
                } else {
                    manifest.set_version(version)?;
                }
            }
            let is_released = own.is_some() && member.is_published;
            if is_root {
                root.require(&wanted, is_released);
            } else {
                other.require(&wanted, is_released);
                self.put(&other.file, other.text());
            }
        }
        root.require_shared(&wanted);
        self.put(ROOT, root.text());
        Ok(())
    }

    fn lock(&mut self, versions: &BTreeMap<String, (String, Version)>) -> Result<(), PlanError> {
        let Some(text) = self.project.text(LOCK)? else { return Ok(()) };
        let unknown = || PlanError::file(LOCK, "it is of a form that this program does not know");
        let mut lock = Lock::parse(text).ok_or_else(unknown)?;
        for (name, version) in versions.values() {
            let is_new = self.project.member(name).is_some_and(|it| it.version != *version);
            if is_new {
                let absent = || PlanError::file(LOCK, format!("it does not have `{name}`"));
                lock.set_version(name, &version.to_string()).ok_or_else(absent)?;
            }
        }
        self.put(LOCK, lock.text().into_bytes());
        Ok(())
    }

    /// Tells of releases in changelogs; gives what nobody could put anywhere.
    pub(crate) fn changelogs(
        &mut self,
        policy: &Policy,
        drafts: &[Draft<'_>],
        planned: &[Planned],
    ) -> Result<Vec<String>, PlanError> {
        let is_one = drafts.len() == 1;
        for draft in drafts.iter().filter(|it| it.next.is_some()) {
            let of_it = planned.iter().filter(|it| draft.unit.members.contains(&it.name));
            let of_it: Vec<_> = of_it.collect();
            if is_one && !policy.has_member_changelogs {
                self.tell(policy, &of_it, None, true)?;
                continue;
            }
            for one in &of_it {
                let is_own = policy.has_member_changelogs;
                self.tell(policy, &[one], (!is_own).then_some(one.name.as_str()), is_own)?;
            }
        }
        let text = self.project.text(CHANGELOG)?;
        let is_left = !is_one && !policy.has_member_changelogs && text.is_some_and(has_unreleased);
        if is_left && !planned.is_empty() {
            self.notes.push(format!(
                "what stands under Unreleased in {CHANGELOG} stays there: it is not said of which member it is"
            ));
        }
        Ok(std::mem::take(&mut self.notes))
    }

    /// Tells of members that have one section.
    fn tell(
        &mut self,
        policy: &Policy,
        of_it: &[&Planned],
        package: Option<&str>,
        takes_unreleased: bool,
    ) -> Result<(), PlanError> {
        let Some(first) = of_it.first() else { return Ok(()) };
        let Some(member) = self.project.member(&first.name) else { return Ok(()) };
        let file = Project::changelog_of(policy, member);
        let base = member.manifest.repository(&self.project.root).and_then(|it| web(&it));
        let after = self.after.get(&file).cloned();
        let after = after.map(String::from_utf8).transpose();
        let after = after.map_err(|error| PlanError::file(&file, error.to_string()))?;
        let before = self.project.text(&file)?;
        let text = after.as_deref().or(before);
        let is_told = text.is_some_and(|it| has_section(it, package, &first.to));
        let by_hand = takes_unreleased && text.is_some_and(has_unreleased);
        let (told, left) = commits(policy.tells, of_it, by_hand);
        if left > 0 && !is_told {
            self.notes.push(format!(
                "{file} has entries by hand, and so {left} commits make none: `release.changelog_commits: always` lets them"
            ));
        }
        let section = Section {
            package: package.map(str::to_owned),
            version: first.to.clone(),
            day: policy.day.clone(),
            entries: entries(&told, of_it, base.as_deref()),
            otherwise: otherwise(of_it).to_owned(),
            takes_unreleased,
            links: base.as_deref().map(|base| links(base, first)),
        };
        let why = "a block of code or a comment is not closed, and a section would be a part of it: close it";
        let made = with_section(text, &section).ok_or_else(|| PlanError::file(&file, why))?;
        self.put(&file, made.into_bytes());
        Ok(())
    }

    fn put(&mut self, file: &str, bytes: Vec<u8>) {
        self.after.insert(file.to_owned(), bytes);
    }

    /// Whether nothing differs.
    pub(crate) fn is_unchanged(&self) -> bool {
        self.after.iter().all(|(file, after)| self.project.files.get(file) == Some(after))
    }

    /// What differs, in the order of the files' names.
    pub(crate) fn changes(self) -> Vec<FileChange> {
        let change = |(path, after): (String, Vec<u8>)| {
            let before = self.project.files.get(&path).cloned().unwrap_or_default();
            (before != after).then_some(FileChange { path, before, after })
        };
        self.after.into_iter().filter_map(change).collect()
    }
}

/// The commits of members with one section that make entries, each once, and how many others would.
fn commits<'a>(
    tells: Tells,
    of_it: &[&'a Planned],
    by_hand: bool,
) -> (Vec<(&'a Commit, Part)>, usize) {
    // Nobody has anything yet that a first release could break.
    let is_first = of_it.iter().all(|it| it.is_first());
    let part_of = |part| if is_first && part == Part::Breaking { Part::Changed } else { part };
    let mut all: Vec<(&Commit, Part)> = Vec::new();
    for reason in of_it.iter().flat_map(|it| &it.reasons) {
        let Reason::Commit(commit) = reason else { continue };
        let is_new = !all.iter().any(|(it, _)| it.revision == commit.revision);
        all.extend(commit.part.filter(|_| is_new).map(|part| (commit, part_of(part))));
    }
    let count = all.len();
    all.retain(|(commit, _)| match tells {
        Tells::Always => true,
        Tells::Auto => !by_hand || commit.is_breaking() && !is_first,
        Tells::Never => false,
    });
    let left = if tells == Tells::Auto { count - all.len() } else { 0 };
    (all, left)
}

/// What members with one section have to tell.
fn entries(commits: &[(&Commit, Part)], of_it: &[&Planned], base: Option<&str>) -> Vec<Entry> {
    let of_commits = commits.iter().map(|(commit, part)| of_commit(commit, *part, base));
    let dependencies = of_it.iter().flat_map(|it| &it.reasons).filter_map(|reason| {
        let Reason::Dependency(name, version) = reason else { return None };
        let text = format!("It needs `{name}` {version}.");
        Some(Entry { part: Part::Changed, text, known_by: Vec::new(), words: None })
    });
    of_commits.chain(dependencies).collect()
}

fn of_commit(commit: &Commit, part: Part, base: Option<&str>) -> Entry {
    let description = markdown::line(&commit.description);
    let scope = commit.scope.as_ref().map(|it| format!("**{}:** ", markdown::line(it)));
    let short = commit.short();
    let name = base.map_or_else(
        || format!("({short})"),
        |base| format!("([{short}]({base}{}commit/{}))", dash(base), commit.revision),
    );
    let mut text = format!("{}{description} {name}", scope.unwrap_or_default());
    if let Some(note) = &commit.note {
        text.push('\n');
        text.push_str(&markdown::below(note));
    }
    let named = commit.revision.get(..NAMED).unwrap_or(&commit.revision).to_owned();
    let is_telling = description.chars().count() >= TELLING;
    Entry { part, text, known_by: vec![named], words: is_telling.then_some(description) }
}

fn otherwise(of_it: &[&Planned]) -> &'static str {
    let is = |wanted: fn(&Reason) -> bool| of_it.iter().flat_map(|it| &it.reasons).any(wanted);
    if is(|it| matches!(it, Reason::First)) {
        "The first release."
    } else if is(|it| matches!(it, Reason::Promotion(_))) {
        "Nothing changed since the last pre-release."
    } else {
        "No changes that readers need to know."
    }
}

/// The page of a repository, where it is one of which links can be made.
fn web(repository: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._~-:".contains(c);
    let base = repository.trim_end_matches('/').trim_end_matches(".git");
    let is_one = base.starts_with("https://") && base.chars().all(is_plain);
    is_one.then(|| format!("{base}/"))
}

/// What GitLab has between a repository and a page of it.
fn dash(base: &str) -> &'static str {
    let host = base.trim_start_matches("https://").split('/').next().unwrap_or_default();
    if host.contains("gitlab") { "-/" } else { "" }
}

fn links(base: &str, planned: &Planned) -> Links {
    let Planned { tag, last, .. } = planned;
    let is_gitlab = !dash(base).is_empty();
    let base = format!("{base}{}", dash(base));
    let first = if is_gitlab { "tags" } else { "releases/tag" };
    Links {
        unreleased: format!("{base}compare/{tag}...HEAD"),
        release: last.as_ref().map_or_else(
            || format!("{base}{first}/{tag}"),
            |last| format!("{base}compare/{last}...{tag}"),
        ),
    }
}
