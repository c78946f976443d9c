//! The members of a workspace, as their manifests say, and which of them share a version.

use std::collections::{BTreeMap, BTreeSet};

use semver::Version;

use crate::manifest::{self, Manifest, Need, ROOT, within};
use crate::tag::{Released, Tag, Template};
use crate::{PlanError, Pre};

pub(crate) const LOCK: &str = "Cargo.lock";
/// What changelogs are called, in the folder of what they tell of.
pub const CHANGELOG: &str = "CHANGELOG.md";

/// A member, and what the configuration says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Its package's name.
    pub name: String,
    /// Its folder, from the workspace's root; empty for the root itself.
    pub folder: String,
    /// Files and folders outside of it that it reads.
    pub files: Vec<String>,
    /// The group that it has one version with.
    pub group: Option<String>,
    /// Whether the file is there in which cargo looks for a library.
    pub has_library_file: bool,
}

/// How releases are made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// Whether all members have one version.
    pub is_lockstep: bool,
    /// What tags look like; none for the usual.
    pub tag: Option<String>,
    /// Whether each member has a changelog of its own.
    pub has_member_changelogs: bool,
    /// Which commits are told of in changelogs.
    pub tells: Tells,
    /// What versions shall be called, if they shall be none of a release.
    pub pre: Option<Pre>,
    /// The day of the release, as `2026-01-31`.
    pub day: String,
}

/// Which commits are told of in changelogs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tells {
    /// All where nobody wrote anything, else those that break something.
    #[default]
    Auto,
    /// All.
    Always,
    /// None.
    Never,
}

/// The members of a workspace.
#[derive(Debug, Clone)]
pub struct Project {
    pub(crate) members: Vec<Member>,
    /// The places of members in that list.
    by_folder: BTreeMap<String, usize>,
    pub(crate) root: Manifest,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) place: Place,
    pub(crate) manifest: Manifest,
    pub(crate) version: Version,
    pub(crate) is_published: bool,
    pub(crate) needs: Vec<Need>,
}

/// Members that share a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Their names.
    pub members: Vec<String>,
    /// The last release.
    pub last: Option<Released>,
    /// The last that is no pre-release.
    pub stable: Option<Released>,
    /// Tags of releases that are no ancestors of what there is, and so count for nothing.
    pub strays: Vec<String>,
}

impl Unit {
    /// The commits after which its changes are: those of its last release, and of the last that is no pre-release. None means
    /// that all commits are.
    pub fn bases(&self) -> [Option<String>; 2] {
        [&self.last, &self.stable].map(|it| it.as_ref().map(|it| it.revision.clone()))
    }
}

impl Member {
    /// Whether it has a library, whose interface can break.
    pub(crate) fn has_library(&self) -> bool {
        self.place.has_library_file || self.manifest.document.contains_key("lib")
    }

    pub(crate) fn name(&self) -> &str {
        &self.place.name
    }
}

impl Project {
    /// The files that are read of a workspace with these members. They need not all be there.
    pub fn files_of(places: &[Place]) -> BTreeSet<String> {
        let of = |place: &Place| [ROOT, CHANGELOG].map(|file| within(&place.folder, file));
        let roots = [ROOT, LOCK, CHANGELOG].map(str::to_owned);
        places.iter().flat_map(of).chain(roots).collect()
    }

    /// Reads the files that there are of those, by their paths from the workspace's root.
    pub fn read(places: Vec<Place>, files: BTreeMap<String, Vec<u8>>) -> Result<Self, PlanError> {
        let manifest = |file: &str| {
            let bytes = files.get(file).ok_or_else(|| PlanError::file(file, "it is not there"))?;
            Manifest::read(file, bytes)
        };
        let root = manifest(ROOT)?;
        let member = |place: Place| {
            let manifest = manifest(&within(&place.folder, ROOT))?;
            Ok(Member {
                version: manifest.version(&root)?.unwrap_or(Version::new(0, 0, 0)),
                is_published: manifest.is_published(&root),
                needs: manifest.needs(&root),
                place,
                manifest,
            })
        };
        let members: Vec<Member> =
            places.into_iter().map(member).collect::<Result<_, PlanError>>()?;
        let place = |(at, it): (usize, &Member)| (it.place.folder.clone(), at);
        let by_folder = members.iter().enumerate().map(place).collect();
        Ok(Self { members, by_folder, root, files })
    }

    pub(crate) fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|it| it.name() == name)
    }

    /// Those that are published and share a version, and what was released of them.
    pub fn units(&self, policy: &Policy, tags: &[Tag]) -> Result<Vec<Unit>, PlanError> {
        let shared = self.shared(policy);
        if shared.is_empty() {
            return Err(PlanError::NothingPublished);
        }
        let template = Template::of(policy.tag.as_deref(), shared.len() == 1);
        if shared.len() > 1 && !template.has_name() {
            return Err(PlanError::SameTags(template.text().to_owned()));
        }
        Ok(shared.into_iter().map(|members| unit(members, &template, tags)).collect())
    }

    /// The names of members that share a version. Whoever inherits the workspace's shares it, and groups that have a member
    /// in common are one.
    fn shared(&self, policy: &Policy) -> Vec<Vec<String>> {
        let mut sets: Vec<(BTreeSet<String>, Vec<String>)> = Vec::new();
        for member in self.members.iter().filter(|it| it.is_published) {
            let own = format!("package {}", member.name());
            let group = member.place.group.as_ref().map(|it| format!("group {it}"));
            let inherited = member.manifest.inherits_version().then(|| "inherited".to_owned());
            let all = policy.is_lockstep.then(|| "all".to_owned());
            let mut keys: BTreeSet<String> =
                [Some(own), group, inherited, all].into_iter().flatten().collect();
            let mut names = vec![member.name().to_owned()];
            let (same, others) = sets.into_iter().partition(|(it, _)| !it.is_disjoint(&keys));
            sets = others;
            let same: Vec<(BTreeSet<String>, Vec<String>)> = same;
            for (its_keys, its_names) in same {
                keys.extend(its_keys);
                names.extend(its_names);
            }
            names.sort();
            sets.push((keys, names));
        }
        let mut units: Vec<_> = sets.into_iter().map(|(_, names)| names).collect();
        units.sort();
        units
    }

    /// Whose a file is: the member in whose folder it lies, and those of which the configuration says that they read it.
    pub(crate) fn owners(&self, file: &str) -> Vec<&str> {
        let mut folder = manifest::folder(file);
        let holder = loop {
            match self.by_folder.get(folder) {
                Some(at) => break self.members.get(*at),
                None if folder.is_empty() => break None,
                None => folder = manifest::folder(folder),
            }
        };
        let holder = holder.filter(|it| !it.place.folder.is_empty() || is_of_root(file));
        let is_read = |named: &String| {
            let rest = file.strip_prefix(named.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let readers = self.members.iter().filter(|it| it.place.files.iter().any(is_read));
        holder.into_iter().chain(readers).map(Member::name).collect()
    }

    pub(crate) fn changelog_of(policy: &Policy, member: &Member) -> String {
        let folder = if policy.has_member_changelogs { member.place.folder.as_str() } else { "" };
        within(folder, CHANGELOG)
    }

    pub(crate) fn text(&self, file: &str) -> Result<Option<&str>, PlanError> {
        let text = self.files.get(file).map(|bytes| std::str::from_utf8(bytes));
        text.transpose().map_err(|error| PlanError::file(file, error.to_string()))
    }
}

/// Whether a file below the root is one of the root's package: the lock file, the changelog and what begins with a dot serve all
/// of the workspace.
fn is_of_root(file: &str) -> bool {
    !file.starts_with('.') && file != LOCK && file != CHANGELOG
}

fn unit(members: Vec<String>, template: &Template, tags: &[Tag]) -> Unit {
    let found = || {
        members.iter().flat_map(|name| {
            let of = move |tag| Some((template.version(name, tag)?, tag));
            tags.iter().filter_map(of)
        })
    };
    let latest = |is_stable: bool| {
        let fits = |(version, tag): &(Version, &Tag)| {
            tag.is_ancestor && (!is_stable || version.pre.is_empty())
        };
        let last = found().filter(fits).max_by(|(one, _), (two, _)| one.cmp_precedence(two));
        last.map(|(version, tag)| Released {
            version,
            tag: tag.name.clone(),
            revision: tag.revision.clone(),
        })
    };
    let (last, stable) = (latest(false), latest(true));
    let is_later = |version: &Version| last.as_ref().is_none_or(|it| *version > it.version);
    let strays = found().filter(|(version, tag)| !tag.is_ancestor && is_later(version));
    let mut strays: Vec<_> = strays.map(|(_, tag)| tag.name.clone()).collect();
    strays.sort();
    strays.dedup();
    Unit { members, last, stable, strays }
}
