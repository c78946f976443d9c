//! What a change of a version lets break, by <https://doc.rust-lang.org/cargo/reference/semver.html>.

use blocks_evidence::Bump;
use semver::Version;
use std::cmp::Ordering;
use std::fmt;

/// How far a version went, in what counts for compatibility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Patch,
    Minor,
    Major,
}

/// The way from one version to another. Of a version that stays, it is the least that the next one can be: `0.0.1` and
/// `1.0.0-rc.1` are compatible with no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VersionChange {
    level: Level,
    is_same: bool,
}

impl VersionChange {
    /// The way from one to the other.
    pub fn of(before: &Version, now: &Version) -> Self {
        let is_same = before.cmp_precedence(now) == Ordering::Equal;
        let level = if is_same { least(before) } else { between(before, now) };
        Self { level, is_same }
    }

    /// Whether it lets an interface break.
    pub fn allows_breaks(self) -> bool {
        self.allows(Bump::Major)
    }

    /// Whether it lets an interface grow.
    pub fn allows_additions(self) -> bool {
        self.allows(Bump::Minor)
    }

    /// Whether it is as much as a rule that is broken needs.
    pub(crate) fn allows(self, needs: Bump) -> bool {
        self.level
            >= match needs {
                Bump::Minor => Level::Minor,
                Bump::Major => Level::Major,
            }
    }
}

/// The least version after `before` that allows what `needs` says; none of a pre-release, whose next one is a choice.
pub(crate) fn next(before: &Version, needs: Bump) -> Option<Version> {
    let Version { major, minor, patch, .. } = *before;
    before.pre.is_empty().then(|| match (needs, major, minor) {
        (_, 0, 0) => Version::new(0, 0, patch + 1),
        (Bump::Minor, 0, _) => Version::new(0, minor, patch + 1),
        (Bump::Major, 0, _) => Version::new(0, minor + 1, 0),
        (Bump::Minor, _, _) => Version::new(major, minor + 1, 0),
        (Bump::Major, _, _) => Version::new(major + 1, 0, 0),
    })
}

/// The left-most number that is not zero tells what is compatible.
fn between(before: &Version, now: &Version) -> Level {
    let is_same = |number: fn(&Version) -> u64| number(before) == number(now);
    match (now.major, now.minor) {
        _ if !is_same(|it| it.major) => Level::Major,
        (0, _) if !is_same(|it| it.minor) => Level::Major,
        _ if !is_same(|it| it.minor) => Level::Minor,
        (0, 0) if !is_same(|it| it.patch) => Level::Major,
        (0, _) if !is_same(|it| it.patch) => Level::Minor,
        _ if !is_same(|it| it.patch) => Level::Patch,
        // Another pre-release of the same.
        _ => Level::Major,
    }
}

fn least(version: &Version) -> Level {
    match (version.major, version.minor) {
        _ if !version.pre.is_empty() => Level::Major,
        (0, 0) => Level::Major,
        (0, _) => Level::Minor,
        _ => Level::Patch,
    }
}

impl fmt::Display for VersionChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Patch => "patch",
            Level::Minor => "minor",
            Level::Major => "major",
        };
        if self.is_same {
            write!(f, "no change; assume {level}")
        } else {
            write!(f, "{level} change")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn change(before: &str, now: &str) -> VersionChange {
        VersionChange::of(&before.parse().expect("a version"), &now.parse().expect("a version"))
    }

    /// As cargo-semver-checks has it where it is not told what to assume.
    #[test]
    fn a_change_is_as_far_as_it_breaks_who_uses_the_version_before() {
        for (before, now, expected) in [
            ("1.0.0", "1.0.1", "patch change"),
            ("1.0.0", "1.1.0", "minor change"),
            ("1.0.0", "2.0.0", "major change"),
            ("2.0.0", "1.9.0", "major change"),
            ("0.9.0", "1.0.0", "major change"),
            ("0.1.0", "0.1.1", "minor change"),
            ("0.1.0", "0.2.0", "major change"),
            ("0.0.9", "0.1.0", "major change"),
            ("0.0.1", "0.0.2", "major change"),
            ("1.0.0-alpha.0", "1.0.0-alpha.1", "major change"),
            ("1.0.0-alpha.1", "1.0.0", "major change"),
            ("1.0.0", "1.1.0-alpha.1", "minor change"),
            ("1.0.0", "1.0.0", "no change; assume patch"),
            ("0.1.0", "0.1.0", "no change; assume minor"),
            ("0.0.1", "0.0.1", "no change; assume major"),
            ("0.1.0-alpha.0", "0.1.0-alpha.0", "no change; assume major"),
            ("1.0.0-a+1", "1.0.0-a+2", "no change; assume major"),
            ("0.1.0+1", "0.1.0+2", "no change; assume minor"),
            ("1.0.0+1", "1.0.0+2", "no change; assume patch"),
        ] {
            assert_eq!(change(before, now).to_string(), expected, "{before} {now}");
        }
    }

    #[test]
    fn it_allows_what_needs_no_more() {
        let allowed =
            |before, now| [Bump::Minor, Bump::Major].map(|needs| change(before, now).allows(needs));
        assert_eq!(allowed("1.0.0", "1.0.1"), [false, false]);
        assert_eq!(allowed("1.0.0", "1.1.0"), [true, false]);
        assert_eq!(allowed("1.0.0", "2.0.0"), [true, true]);
        assert_eq!(allowed("0.1.0", "0.1.0"), [true, false]);
    }

    proptest! {
        #[test]
        fn the_next_version_allows_what_it_is_for(before in (0_u64..3, 0_u64..3, 0_u64..3)) {
            let before = Version::new(before.0, before.1, before.2);
            for needs in [Bump::Minor, Bump::Major] {
                let next = next(&before, needs).expect("a release has one");
                prop_assert!(before < next);
                prop_assert!(VersionChange::of(&before, &next).allows(needs));
            }
        }

        #[test]
        fn what_cargo_takes_for_compatible_is_no_major_change(
            before in (0_u64..3, 0_u64..3, 0_u64..3),
            now in (0_u64..3, 0_u64..3, 0_u64..3),
        ) {
            let version = |(major, minor, patch)| Version::new(major, minor, patch);
            let (before, now) = (version(before), version(now));
            let caret = semver::VersionReq::parse(&format!("^{}", before.clone().min(now.clone())));
            let is_compatible = caret.expect("a requirement").matches(&before.clone().max(now.clone()));
            let change = VersionChange::of(&before, &now);
            prop_assert!(before == now || change.allows(Bump::Major) != is_compatible);
        }
    }
}
