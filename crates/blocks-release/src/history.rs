//! Commits, and whom each concerns: looked at once for all members.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Commit, Logs, Project, Unit};

/// The commits since others, by the name of these.
pub(crate) struct History {
    since: BTreeMap<Option<String>, Vec<Counted>>,
}

/// A commit, and the members that it concerns.
struct Counted {
    commit: Commit,
    members: BTreeSet<String>,
}

impl History {
    pub(crate) fn of(project: &Project, logs: &Logs) -> Self {
        let counted = |commit: Commit| {
            let owners = commit.files.iter().flat_map(|file| project.owners(file));
            let members = owners.map(str::to_owned).collect();
            Counted { commit, members }
        };
        let since = logs
            .iter()
            .map(|(base, raw)| (base.clone(), Commit::all(raw).into_iter().map(counted).collect()));
        Self { since: since.collect() }
    }

    /// The commits since a base that ask for a release of some of these members, each with those that it concerns.
    pub(crate) fn asking<'a>(
        &'a self,
        base: Option<&str>,
        members: &'a [String],
    ) -> impl Iterator<Item = (&'a Commit, Vec<&'a String>)> {
        self.all(base)
            .iter()
            .filter(|it| it.commit.level.is_some() && !is_own(&it.commit))
            .filter_map(move |it| {
                let concerned: Vec<_> =
                    members.iter().filter(|name| it.members.contains(*name)).collect();
                (!concerned.is_empty()).then_some((&it.commit, concerned))
            })
    }

    fn all(&self, base: Option<&str>) -> &[Counted] {
        let all = self.since.get(&base.map(str::to_owned));
        all.map(Vec::as_slice).unwrap_or_default()
    }

    /// The titles of commits that ask for something and came after the commit of a release that has no tag yet: its section of
    /// the changelog was written without them.
    pub(crate) fn late(&self, unit: &Unit) -> Vec<String> {
        let [base, _] = unit.bases();
        let all = self.all(base.as_deref());
        let Some(at) = all.iter().position(|it| is_own(&it.commit)) else { return Vec::new() };
        let after: BTreeSet<_> = all[..at].iter().map(|it| &it.commit.revision).collect();
        let asking = self.asking(base.as_deref(), &unit.members);
        let late = asking.filter(|(commit, _)| after.contains(&commit.revision));
        late.map(|(commit, _)| commit.title.clone()).collect()
    }
}

/// Whether it is the commit of a release itself.
fn is_own(commit: &Commit) -> bool {
    commit.title.starts_with("chore(release):")
}
