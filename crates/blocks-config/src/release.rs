//! How members are released.

use crate::BranchName;
use crate::check::{Violation, no_blanks, no_duplicates};
use crate::choice::choices;
use crate::key::settings;
use crate::text::texts;

settings! {
    /// How members are released.
    #[derive(Default)]
    #[serde(default)]
    pub struct Release at "release" {
        /// Whether all members have one version, or each its own. Members that inherit the workspace's version, or are of
        /// one `members.<id>.release_group`, share one in any case.
        versions: Versions [""],
        /// The tag of a release, with `{version}` in it, and `{name}` where members have tags of their own. With nothing it is
        /// `v{version}` where all have one version, and `{name}-v{version}` otherwise.
        tag: TagPattern [""],
        /// Whether the changelog is one of the workspace, or one in the folder of each member.
        changelog: Changelog [""],
        /// Whether commits make entries of the changelog. With `auto` they do where nothing stands under `Unreleased`; those
        /// that break something do in any case.
        changelog_commits: ChangelogCommits [""],
        /// The branch that releases are prepared on. With nothing it is the default branch of where the repository comes from.
        branch: BranchName [""],
        /// The targets that programs are released for, as the compiler names them. Each system builds those of its own processor
        /// and system. Where none is named for it, Nix builds what needs no library of the machine on Linux (`…-linux-musl`), and
        /// else the compiler's own target is built.
        targets: Vec<PlainName> ["targets"],
        /// The members whose programs are released though they may not be published to any registry.
        programs: Vec<PlainName> ["members with a program"],
    }
}

impl Release {
    /// The first rule broken.
    pub(crate) fn check(&self) -> Option<Violation> {
        let named = |key: &'static str, names: &'_ [PlainName]| {
            let name =
                |(i, it): (usize, &PlainName)| (format!("release.{key}[{i}]"), it.to_string());
            names.iter().enumerate().map(name).collect::<Vec<_>>()
        };
        [named("targets", &self.targets), named("programs", &self.programs)].iter().find_map(
            |all| {
                let each = || all.iter().map(|(at, name)| (at.clone(), name.as_str()));
                no_blanks(each()).or_else(|| no_duplicates(each()))
            },
        )
    }
}

choices! {
    /// Whether members have one version.
    #[derive(Default)]
    pub enum Versions {
        /// Each has its own.
        #[default]
        Independent = "independent",
        /// All have one.
        Lockstep = "lockstep",
    }
}

choices! {
    /// Where releases are told of.
    #[derive(Default)]
    pub enum Changelog {
        /// In one file, at the workspace's root.
        #[default]
        Workspace = "workspace",
        /// In a file of each member.
        Member = "member",
    }
}

choices! {
    /// Whether commits make entries of the changelog.
    #[derive(Default)]
    pub enum ChangelogCommits {
        /// Where nothing stands under `Unreleased`. Those that break something do in any case.
        #[default]
        Auto = "auto",
        /// Beside what stands there, but for what it tells already.
        Always = "always",
        /// Nobody but who writes there.
        Never = "never",
    }
}

texts! {
    /// What tags of releases look like.
    pub struct TagPattern {
        wrong: wrong_tag,
        is: "a text with `{version}` in it, or nothing in quotes",
        pattern: {
            let part = format!("{PLAIN}*");
            let both = format!("\\{{name\\}}{part}\\{{version\\}}|\\{{version\\}}({part}\\{{name\\}})?");
            format!("(?![-/])(?!.*//)(?!.*/$)(?!.*\\}}\\{{){part}({both}){part}")
        }
    }
}

texts! {
    /// The name of a group of members.
    pub struct GroupName {
        wrong: wrong_group,
        is: "a name of letters, digits, `-` and `_`, or nothing in quotes",
        pattern: "[A-Za-z0-9_-]+"
    }
}

texts! {
    /// The name of a target or a package.
    pub struct PlainName {
        wrong: wrong_name,
        is: "a name of letters, digits, `-`, `_` and `.`",
        pattern: "[A-Za-z0-9_][A-Za-z0-9_.-]*"
    }
}

/// What may stand around the places in a tag, as a pattern.
#[cfg(test)]
const PLAIN: &str = "[A-Za-z0-9_/@+-]";

fn wrong_tag(text: &str) -> Option<&'static str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_/@+-".contains(c);
    let rest = text.replace("{version}", "").replace("{name}", "");
    if text.matches("{version}").count() != 1 || text.matches("{name}").count() > 1 {
        return Some("it has to have `{version}` in it once, and `{name}` at most once");
    }
    if !rest.chars().all(is_plain) {
        return Some(
            "around `{name}` and `{version}` there may be letters, digits and _ / @ + - only",
        );
    }
    let is_bad = text.starts_with(['-', '/']) || text.ends_with('/') || text.contains("//");
    if is_bad || text.contains("}{") {
        return Some("git would not take it for a tag, or nobody could tell its parts apart");
    }
    None
}

fn wrong_group(text: &str) -> Option<&'static str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    (!text.chars().all(is_plain)).then_some("it has other characters than letters, digits, - and _")
}

fn wrong_name(text: &str) -> Option<&'static str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let is_begun = text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    (!is_begun || !text.chars().all(is_plain)).then_some(
        "it has other characters than letters, digits, `-`, `_` and `.`, or begins with a sign",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_a_version_and_what_git_takes() {
        for text in ["", "v{version}", "{name}-v{version}", "release/{name}@{version}"] {
            assert!(TagPattern::new(text).is_ok(), "{text}");
        }
        for text in [
            "v",
            "v{name}",
            "{version}{version}",
            "{name}{version}",
            "-{version}",
            "/{version}",
            "a//{version}",
            "v {version}",
            "v{version}~",
            "v{other}{version}",
        ] {
            assert!(TagPattern::new(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_target_has_a_plain_name() {
        for name in ["x86_64-unknown-linux-musl", "thumbv8m.base-none-eabi", "_a"] {
            assert!(PlainName::new(name).is_ok(), "{name}");
        }
        for name in ["-x", ".json", "a b", "a/b", "a,b", "größe"] {
            assert!(PlainName::new(name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_group_has_a_plain_name() {
        assert!(GroupName::new("core-2_b").is_ok());
        assert!(GroupName::new("a b").is_err());
    }
}
