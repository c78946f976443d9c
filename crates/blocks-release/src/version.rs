//! Which version comes next.

use std::fmt;

use semver::{Prerelease, Version};
use serde::Serialize;
use thiserror::Error;

/// How much a version has to grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Something is mended.
    Patch,
    /// Something is new.
    Minor,
    /// Who uses it may have to change something.
    Major,
}

/// What a version before a release is called. The later, the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pre {
    /// Things still come and go.
    Alpha,
    /// All is there.
    Beta,
    /// It is a release, unless somebody finds something.
    Rc,
}

/// Where a member, or several with one version, stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The version of the last tag; none where there was no release.
    pub last: Option<Version>,
    /// That of the last tag that is no pre-release.
    pub stable: Option<Version>,
    /// The version in the manifest.
    pub manifest: Version,
}

/// What there is since then.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// What changes since the last tag that is no pre-release ask for.
    pub since_stable: Option<Level>,
    /// Whether there are changes since the last tag.
    pub has_changes: bool,
    /// What the next version shall be called, if it shall be none of a release.
    pub pre: Option<Pre>,
}

/// Why there is no next version.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NextError {
    /// A pre-release would be lower than what there is.
    #[error(
        "{there} is there already, and {wanted} would be lower: ask for a later pre-release, or for the release"
    )]
    Lower {
        /// What there is.
        there: Version,
        /// What would come.
        wanted: Version,
    },
}

impl Pre {
    /// All of them, the earliest first.
    pub const ALL: [Self; 3] = [Self::Alpha, Self::Beta, Self::Rc];

    /// The word in versions.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Alpha => "alpha",
            Self::Beta => "beta",
            Self::Rc => "rc",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// The least release after `version` that allows changes of a level, by
/// <https://doc.rust-lang.org/cargo/reference/semver.html>: below 1.0.0 a break raises the second number and all else the
/// third, and below 0.1.0 the third is all there is.
pub fn raised(version: &Version, level: Level) -> Version {
    let Version { major, minor, patch, .. } = *version;
    match (level, major, minor) {
        (_, 0, 0) => Version::new(0, 0, patch + 1),
        (Level::Major, 0, _) => Version::new(0, minor + 1, 0),
        (_, 0, _) => Version::new(0, minor, patch + 1),
        (Level::Major, _, _) => Version::new(major + 1, 0, 0),
        (Level::Minor, _, _) => Version::new(major, minor + 1, 0),
        (Level::Patch, _, _) => Version::new(major, minor, patch + 1),
    }
}

impl Standing {
    /// The next version; none where nothing is to be released. It is never below that of the manifest, unless it is a
    /// pre-release of it that somebody asked for, and always above that of the last tag.
    pub fn next(&self, asked: Asked) -> Result<Option<Version>, NextError> {
        let by_hand = self.last.as_ref().is_none_or(|last| self.manifest > *last);
        let is_promotion =
            asked.pre.is_none() && self.last.as_ref().is_some_and(|it| !it.pre.is_empty());
        if !by_hand && !asked.has_changes && !is_promotion {
            return Ok(None);
        }
        let goal = self.goal(asked, by_hand);
        let is_enough = by_hand && release_of(&self.manifest) >= goal;
        let next = match asked.pre {
            // Somebody wrote a pre-release into the manifest: so it is prepared, and no release yet.
            None if is_enough => self.manifest.clone(),
            None => goal,
            Some(pre) if is_enough && label(&self.manifest) == pre.as_str() => {
                self.manifest.clone()
            }
            Some(pre) => self.before(&goal, pre),
        };
        let is_lower = |there: &&Version| {
            **there > next
                && (asked.pre.is_none() || !there.pre.is_empty() || **there != release_of(&next))
        };
        let there = [Some(&self.manifest), self.last.as_ref()];
        match there.into_iter().flatten().find(is_lower) {
            Some(there) => Err(NextError::Lower { there: there.clone(), wanted: next }),
            None => Ok(Some(next)),
        }
    }

    /// The release that comes next, or of which the next pre-release is.
    fn goal(&self, asked: Asked, by_hand: bool) -> Version {
        let since = self.stable.as_ref().zip(asked.since_stable);
        let grown = since.map(|(stable, level)| raised(stable, level));
        let last = self.last.as_ref().filter(|it| !it.pre.is_empty()).map(release_of);
        let manifest = by_hand.then(|| release_of(&self.manifest));
        let goal = grown.into_iter().chain(last).chain(manifest).max();
        // Something changed, and nobody says how much.
        goal.unwrap_or_else(|| raised(&self.manifest, Level::Patch))
    }

    /// The next pre-release of a release.
    fn before(&self, goal: &Version, pre: Pre) -> Version {
        let is_of_goal = |it: &&Version| !it.pre.is_empty() && release_of(it) == *goal;
        let last = self.last.as_ref().filter(is_of_goal);
        let same = last.filter(|it| label(it) == pre.as_str());
        let number = same.map_or(1, |it| number(it).saturating_add(1));
        let word = format!("{}.{number}", pre.as_str());
        // A word, a dot and a number are always one.
        let pre = Prerelease::new(&word).unwrap_or(Prerelease::EMPTY);
        Version { pre, ..goal.clone() }
    }
}

/// The release that a pre-release is one of.
pub(crate) fn release_of(version: &Version) -> Version {
    Version::new(version.major, version.minor, version.patch)
}

/// `alpha` of `1.0.0-alpha.2`.
fn label(version: &Version) -> &str {
    version.pre.split('.').next().unwrap_or_default()
}

/// 2 of `1.0.0-alpha.2`; 0 where there is no number.
fn number(version: &Version) -> u64 {
    version.pre.split('.').nth(1).and_then(|it| it.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use blocks_gates::VersionChange;
    use proptest::prelude::*;

    fn version(text: &str) -> Version {
        text.parse().expect("a version")
    }

    fn next(
        last: &str,
        stable: &str,
        manifest: &str,
        level: Option<Level>,
        pre: Option<Pre>,
    ) -> String {
        let of = |text: &str| (!text.is_empty()).then(|| version(text));
        let standing = Standing { last: of(last), stable: of(stable), manifest: version(manifest) };
        let asked = Asked { since_stable: level, has_changes: level.is_some(), pre };
        match standing.next(asked) {
            Ok(next) => next.map_or_else(|| "nothing".to_owned(), |it| it.to_string()),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_release_is_what_changes_ask_for_and_never_below_the_manifest() {
        use Level::{Major, Minor, Patch};
        for (last, manifest, level, expected) in [
            ("1.2.3", "1.2.3", None, "nothing"),
            ("1.2.3", "1.2.3", Some(Patch), "1.2.4"),
            ("1.2.3", "1.2.3", Some(Minor), "1.3.0"),
            ("1.2.3", "1.2.3", Some(Major), "2.0.0"),
            ("0.2.3", "0.2.3", Some(Patch), "0.2.4"),
            ("0.2.3", "0.2.3", Some(Minor), "0.2.4"),
            ("0.2.3", "0.2.3", Some(Major), "0.3.0"),
            ("0.0.3", "0.0.3", Some(Patch), "0.0.4"),
            ("0.0.3", "0.0.3", Some(Major), "0.0.4"),
            // Somebody raised it by hand: enough, more than enough, or too little.
            ("1.2.3", "1.3.0", Some(Minor), "1.3.0"),
            ("1.2.3", "2.0.0", Some(Patch), "2.0.0"),
            ("1.2.3", "1.2.4", Some(Major), "2.0.0"),
            ("1.2.3", "1.3.0", None, "1.3.0"),
            // The manifest was left behind.
            ("1.2.3", "1.2.2", Some(Patch), "1.2.4"),
        ] {
            assert_eq!(next(last, last, manifest, level, None), expected, "{last} {manifest}");
        }
        assert_eq!(next("", "", "0.1.0", None, None), "0.1.0");
        assert_eq!(next("", "", "0.1.0", Some(Major), None), "0.1.0");
    }

    #[test]
    fn pre_releases_are_counted_and_become_the_release() {
        use Level::{Major, Minor, Patch};
        use Pre::{Alpha, Beta, Rc};
        for (last, stable, manifest, level, pre, expected) in [
            ("1.2.3", "1.2.3", "1.2.3", Some(Minor), Some(Alpha), "1.3.0-alpha.1"),
            ("1.3.0-alpha.1", "1.2.3", "1.3.0-alpha.1", Some(Minor), Some(Alpha), "1.3.0-alpha.2"),
            ("1.3.0-alpha.9", "1.2.3", "1.3.0-alpha.9", Some(Minor), Some(Alpha), "1.3.0-alpha.10"),
            ("1.3.0-alpha.2", "1.2.3", "1.3.0-alpha.2", Some(Patch), Some(Beta), "1.3.0-beta.1"),
            ("1.3.0-alpha.2", "1.2.3", "1.3.0-alpha.2", Some(Major), Some(Alpha), "2.0.0-alpha.1"),
            ("1.3.0-rc.1", "1.2.3", "1.3.0-rc.1", Some(Minor), None, "1.3.0"),
            ("1.3.0-rc.1", "1.2.3", "1.3.0-rc.1", None, None, "1.3.0"),
            ("1.3.0-rc.1", "1.2.3", "1.3.0-rc.1", None, Some(Rc), "nothing"),
            // Prepared and not yet tagged: asked again, it stays.
            ("1.2.3", "1.2.3", "1.3.0-alpha.1", Some(Minor), Some(Alpha), "1.3.0-alpha.1"),
            ("1.2.3", "1.2.3", "1.3.0-alpha.1", Some(Minor), None, "1.3.0-alpha.1"),
            ("1.2.3", "1.2.3", "1.3.0-alpha.1", Some(Major), None, "2.0.0"),
            ("", "", "0.1.0", Some(Minor), Some(Alpha), "0.1.0-alpha.1"),
            ("", "", "0.1.0-alpha.1", Some(Minor), Some(Alpha), "0.1.0-alpha.1"),
            ("0.1.0-alpha.1", "", "0.1.0-alpha.1", Some(Minor), Some(Alpha), "0.1.0-alpha.2"),
            ("0.1.0-alpha.1", "", "0.1.0-alpha.1", Some(Major), None, "0.1.0"),
            ("1.2.3", "1.2.3", "2.0.0", Some(Minor), Some(Alpha), "2.0.0-alpha.1"),
        ] {
            let found = next(last, stable, manifest, level, pre);
            assert_eq!(found, expected, "{last} {manifest} {level:?} {pre:?}");
        }
        let lower = next("1.3.0-rc.1", "1.2.3", "1.3.0-rc.1", Some(Minor), Some(Alpha));
        assert!(lower.starts_with("1.3.0-rc.1 is there already"), "{lower}");
    }

    fn any_version() -> impl Strategy<Value = Version> {
        let pre = prop_oneof![Just(""), Just("alpha.1"), Just("beta.3"), Just("rc.1")];
        (0_u64..3, 0_u64..3, 0_u64..3, pre).prop_map(|(major, minor, patch, pre)| Version {
            pre: Prerelease::new(pre).expect("one"),
            ..Version::new(major, minor, patch)
        })
    }

    fn any_level() -> impl Strategy<Value = Level> {
        prop_oneof![Just(Level::Patch), Just(Level::Minor), Just(Level::Major)]
    }

    fn any_pre() -> impl Strategy<Value = Option<Pre>> {
        prop_oneof![Just(None), Just(Some(Pre::Alpha)), Just(Some(Pre::Beta)), Just(Some(Pre::Rc))]
    }

    proptest! {
        #[test]
        fn a_raised_version_is_what_the_gate_of_interfaces_allows(
            before in (0_u64..3, 0_u64..3, 0_u64..3),
        ) {
            let before = Version::new(before.0, before.1, before.2);
            let change = |level| VersionChange::of(&before, &raised(&before, level));
            prop_assert!(change(Level::Major).allows_breaks());
            prop_assert!(change(Level::Minor).allows_additions());
            prop_assert!(before < raised(&before, Level::Patch));
            prop_assert!(raised(&before, Level::Patch) <= raised(&before, Level::Minor));
            prop_assert!(raised(&before, Level::Minor) <= raised(&before, Level::Major));
        }

        #[test]
        fn the_next_version_goes_up_and_asked_again_it_stays(
            one in any_version(), other in any_version(), manifest in any_version(),
            level in any_level(), pre in any_pre(),
        ) {
            let (stable, last) = (release_of(&one).min(other.clone()), release_of(&one).max(other));
            let stable = release_of(&stable);
            let stable = if last.pre.is_empty() { last.clone() } else { stable };
            let standing = Standing { last: Some(last.clone()), stable: Some(stable.clone()), manifest: manifest.clone() };
            let asked = Asked { since_stable: Some(level), has_changes: true, pre };
            let Ok(next) = standing.next(asked) else { return Ok(()) };
            let next = next.expect("something changed");
            prop_assert!(next > last, "{next}");
            prop_assert!(next >= manifest || pre.is_some() && release_of(&next) >= manifest);
            prop_assert!(release_of(&next) >= raised(&stable, level));
            // What is prepared is no reason for more.
            let prepared = Standing { manifest: next.clone(), ..standing };
            prop_assert_eq!(prepared.next(asked), Ok(Some(next.clone())));
            // Once it is tagged, there is nothing more to do.
            let done = Standing { last: Some(next.clone()), stable: Some(stable), manifest: next.clone() };
            let nothing = Asked { since_stable: Some(level), has_changes: false, pre };
            if !next.pre.is_empty() && pre.is_none() { return Ok(()) }
            prop_assert_eq!(done.next(nothing), Ok(None));
        }

        #[test]
        fn more_asks_for_no_less(stable in any_version(), one in any_level(), two in any_level()) {
            let stable = release_of(&stable);
            let standing = Standing { last: Some(stable.clone()), stable: Some(stable.clone()), manifest: stable };
            let of = |level| standing.next(Asked { since_stable: Some(level), has_changes: true, pre: None });
            let (less, more) = (one.min(two), one.max(two));
            prop_assert!(of(less).expect("one") <= of(more).expect("one"));
        }
    }
}
