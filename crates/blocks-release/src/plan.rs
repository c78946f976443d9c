//! Which members are released, as what, and why.

use std::collections::BTreeMap;

use semver::Version;

use crate::history::History;
use crate::manifest::takes;
use crate::project::{Policy, Project, Unit};
use crate::tag::Template;
use crate::{Asked, Commit, Level, PlanError, RawCommit, Standing};

/// What is known of the interface of a member's library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interface {
    /// The version that it was compared with; none where that did not have it.
    pub before: Option<Version>,
    /// The commit of that, where it is known.
    pub revision: Option<String>,
    /// What it asks for.
    pub level: Option<Level>,
    /// What is broken, an item a line.
    pub broken: Vec<String>,
}

/// The commits since others, by the name of these; since none, all.
pub type Logs = BTreeMap<Option<String>, Vec<RawCommit>>;

/// Why a member is released as what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There was no release before.
    First,
    /// A commit.
    Commit(Commit),
    /// What its interface breaks or has more.
    Interface(Level, Vec<String>),
    /// A member that it needs has a version that it did not ask for.
    Dependency(String, Version),
    /// Another member of the same version is released.
    Together,
    /// The manifest says a later version than the last tag.
    Manifest(Version),
    /// The last was a pre-release of it.
    Promotion(Version),
}

/// A member that is released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its name.
    pub name: String,
    /// The version in its manifest.
    pub from: Version,
    /// The version that it becomes.
    pub to: Version,
    /// The tag that it gets.
    pub tag: String,
    /// The tag of its last release.
    pub last: Option<String>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// Why nothing is known of its interface, or not all; none where all is, and where it has none.
    pub unknown: Option<String>,
}

impl Planned {
    /// Whether nothing of it was released yet.
    pub(crate) fn is_first(&self) -> bool {
        self.reasons.iter().any(|it| matches!(it, Reason::First))
    }
}

/// A member that is published and not released now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unchanged {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: Version,
    /// The tag of its last release.
    pub last: Option<String>,
    /// Why nothing is known of its interface.
    pub unknown: Option<String>,
}

/// A unit while it is looked at.
pub(crate) struct Draft<'a> {
    pub(crate) unit: &'a Unit,
    pub(crate) reasons: BTreeMap<String, Vec<Reason>>,
    unknown: BTreeMap<String, String>,
    standing: Standing,
    asked: Asked,
    pub(crate) next: Option<Version>,
}

/// What there is of the past.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    /// The commits since what units come from.
    pub logs: &'a Logs,
    /// What is known of interfaces, by the member's name.
    pub interfaces: &'a BTreeMap<String, Interface>,
    /// Why nothing is known of others.
    pub unknown: &'a str,
}

pub(crate) fn drafts<'a>(
    project: &Project,
    units: &'a [Unit],
    history: &History,
    past: Past<'_>,
    policy: &Policy,
) -> Result<Vec<Draft<'a>>, PlanError> {
    let draft = |unit| draft(project, unit, history, past, policy);
    let mut drafts: Vec<_> = units.iter().map(draft).collect();
    drafts.iter_mut().try_for_each(Draft::decide)?;
    // A release may need another one, until none does.
    while with_dependants(project, &mut drafts)? {}
    Ok(drafts)
}

fn draft<'a>(
    project: &Project,
    unit: &'a Unit,
    history: &History,
    past: Past<'_>,
    policy: &Policy,
) -> Draft<'a> {
    let [last, stable] = unit.bases();
    let mut reasons: BTreeMap<String, Vec<Reason>> = BTreeMap::new();
    let mut has_changes = false;
    for (commit, concerned) in history.asking(last.as_deref(), &unit.members) {
        has_changes = true;
        for name in concerned {
            reasons.entry(name.clone()).or_default().push(Reason::Commit(commit.clone()));
        }
    }
    let since = history.asking(stable.as_deref(), &unit.members);
    let mut since_stable = since.filter_map(|(commit, _)| commit.level).max();
    let mut unknown = BTreeMap::new();
    for member in unit.members.iter().filter_map(|name| project.member(name)) {
        let (found, why) = interface(member.has_library(), unit, past, member.name());
        if let Some(why) = why {
            unknown.insert(member.name().to_owned(), why);
        }
        if let Some(Reason::Interface(level, _)) = &found {
            since_stable = since_stable.max(Some(*level));
            has_changes = true;
        }
        reasons.entry(member.name().to_owned()).or_default().extend(found);
    }
    let members = || unit.members.iter().filter_map(|name| project.member(name));
    let standing = Standing {
        last: unit.last.as_ref().map(|it| it.version.clone()),
        stable: unit.stable.as_ref().map(|it| it.version.clone()),
        manifest: members().map(|it| it.version.clone()).max().unwrap_or(Version::new(0, 0, 0)),
    };
    let asked = Asked { since_stable, has_changes, pre: policy.pre };
    Draft { unit, reasons, unknown, standing, asked, next: None }
}

/// What a member's interface asks for, and what is not known of it.
fn interface(
    has_library: bool,
    unit: &Unit,
    past: Past<'_>,
    name: &str,
) -> (Option<Reason>, Option<String>) {
    let Some(last) = &unit.last else { return (None, None) };
    if !has_library {
        return (None, None);
    }
    let Some(found) = past.interfaces.get(name) else {
        return (None, Some(past.unknown.to_owned()));
    };
    // A library that was not there before can break nobody.
    let Some(before) = &found.before else { return (None, None) };
    let of_tag = [Some(last), unit.stable.as_ref()].into_iter().flatten();
    let Some(tag) = of_tag.into_iter().find(|it| it.version == *before) else {
        let why = format!("it was compared with version {before}, and not with {}", last.tag);
        return (None, Some(why));
    };
    let is_other = found.revision.as_ref().is_some_and(|it| *it != tag.revision);
    let why = is_other.then(|| {
        let revision = found.revision.as_deref().unwrap_or_default();
        let short = revision.get(..10).unwrap_or(revision);
        format!(
            "it was compared with {short}, and not with {}: what broke before is not known",
            tag.tag
        )
    });
    let reason = found.level.map(|level| Reason::Interface(level, found.broken.clone()));
    (reason, why)
}

impl Draft<'_> {
    fn decide(&mut self) -> Result<(), PlanError> {
        let next = self.standing.next(self.asked);
        let members = || self.unit.members.join(", ");
        self.next = next.map_err(|why| PlanError::Next { members: members(), why })?;
        Ok(())
    }

    /// What becomes of a member of it.
    pub(crate) fn planned(&self, project: &Project, template: &Template) -> Vec<Planned> {
        let Some(to) = &self.next else { return Vec::new() };
        let of = |name: &String| {
            Some(Planned {
                name: name.clone(),
                from: project.member(name)?.version.clone(),
                to: to.clone(),
                tag: template.tag(name, to),
                last: self.unit.last.as_ref().map(|it| it.tag.clone()),
                reasons: self.reasons_of(name, to),
                unknown: self.unknown.get(name).cloned(),
            })
        };
        self.unit.members.iter().filter_map(of).collect()
    }

    fn reasons_of(&self, name: &str, to: &Version) -> Vec<Reason> {
        let mut reasons = self.reasons.get(name).cloned().unwrap_or_default();
        let Standing { last, manifest, .. } = &self.standing;
        match last {
            None => reasons.insert(0, Reason::First),
            Some(last) if !last.pre.is_empty() && to.pre.is_empty() => {
                reasons.insert(0, Reason::Promotion(last.clone()));
            }
            Some(last) if manifest > last => reasons.push(Reason::Manifest(manifest.clone())),
            Some(_) => {}
        }
        if reasons.is_empty() {
            reasons.push(Reason::Together);
        }
        reasons
    }

    pub(crate) fn unchanged(&self, project: &Project) -> Vec<Unchanged> {
        if self.next.is_some() {
            return Vec::new();
        }
        let of = |name: &String| {
            Some(Unchanged {
                name: name.clone(),
                version: project.member(name)?.version.clone(),
                last: self.unit.last.as_ref().map(|it| it.tag.clone()),
                unknown: self.unknown.get(name).cloned(),
            })
        };
        self.unit.members.iter().filter_map(of).collect()
    }
}

/// Lets whoever cannot go on with a version that comes be released, too; whether there was anybody new.
fn with_dependants(project: &Project, drafts: &mut [Draft<'_>]) -> Result<bool, PlanError> {
    let versions = versions(project, drafts);
    let mut is_more = false;
    for draft in drafts.iter_mut() {
        for name in &draft.unit.members {
            let Some(member) = project.member(name) else { continue };
            for need in member.needs.iter().filter(|it| !it.is_dev) {
                let Some((dependency, version)) = versions.get(&need.folder) else { continue };
                if need.wants.as_ref().is_none_or(|wants| takes(wants, version)) {
                    continue;
                }
                let reason = Reason::Dependency(dependency.clone(), version.clone());
                let reasons = draft.reasons.entry(name.clone()).or_default();
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                    draft.asked.has_changes = true;
                    draft.asked.since_stable = draft.asked.since_stable.max(Some(Level::Patch));
                    is_more = true;
                }
            }
        }
        draft.decide()?;
    }
    Ok(is_more)
}

/// The members whose versions come, by their folders.
pub(crate) fn versions(
    project: &Project,
    drafts: &[Draft<'_>],
) -> BTreeMap<String, (String, Version)> {
    let mut found = BTreeMap::new();
    for draft in drafts {
        let Some(next) = &draft.next else { continue };
        let members = draft.unit.members.iter().filter_map(|name| project.member(name));
        let is_inherited = members.clone().any(|it| it.manifest.inherits_version());
        // Who is not published and inherits the version has it, too.
        let heirs = project
            .members
            .iter()
            .filter(|it| is_inherited && !it.is_published && it.manifest.inherits_version());
        for member in members.chain(heirs) {
            found.insert(member.place.folder.clone(), (member.name().to_owned(), next.clone()));
        }
    }
    found
}

/// The names of members that are released, each behind those that it needs. What only tests need comes first where it can.
pub(crate) fn order(project: &Project, planned: &[Planned]) -> Vec<String> {
    let mut left: Vec<&str> = planned.iter().map(|it| it.name.as_str()).collect();
    left.sort_unstable();
    let needs = |name: &str, other: &str, with_dev: bool| {
        let member = project.member(name).zip(project.member(other));
        member.is_some_and(|(member, other)| {
            let is_on = |need: &&crate::manifest::Need| need.folder == other.place.folder;
            let counts =
                |need: &&crate::manifest::Need| !need.is_dev || with_dev && need.wants.is_some();
            member.needs.iter().filter(is_on).any(|need| counts(&need))
        })
    };
    let mut order = Vec::new();
    while !left.is_empty() {
        let is_free = |name: &&str, with_dev: bool| {
            !left.iter().any(|other| other != name && needs(name, other, with_dev))
        };
        let next = left.iter().position(|it| is_free(it, true));
        let next = next.or_else(|| left.iter().position(|it| is_free(it, false)));
        // Cargo takes no circle of what is needed to build.
        order.push(left.remove(next.unwrap_or(0)).to_owned());
    }
    order
}
