//! What a changelog says of a version.

use blocks_evidence::{Release, releases};
use blocks_views::VersionName;

/// The parts of a changelog that are about a version, as Markdown without their headings: of a state that is no release, what is
/// not released yet. Where several packages have a part, each is named. None where they say nothing.
pub fn changes_of(changelog: &str, version: &VersionName) -> Option<String> {
    let all = releases(changelog);
    let is_meant = |found: &Release| match &found.version {
        Some(found) => found.to_string() == version.to_string(),
        None => *version == VersionName::DEV,
    };
    let parts = all.iter().enumerate().filter(|(_, it)| is_meant(it)).map(|(at, it)| {
        let after = all.get(at + 1).map_or(usize::MAX, |next| next.line as usize);
        (it.package.as_deref(), part(changelog, it.line as usize, after))
    });
    let parts: Vec<_> = parts.filter(|(_, text)| !text.is_empty()).collect();
    let told = |(package, text): &(Option<&str>, String)| match package {
        Some(package) if parts.len() > 1 => format!("### {package}\n\n{text}"),
        _ => text.clone(),
    };
    Some(parts.iter().map(told).collect::<Vec<_>>().join("\n\n")).filter(|text| !text.is_empty())
}

/// What stands between two headings, without where links lead to: that stands at the end of a file, and is of all versions.
fn part(changelog: &str, first: usize, after: usize) -> String {
    let lines = (1..).zip(changelog.lines()).filter(|(line, _)| (first + 1..after).contains(line));
    let lines = lines.map(|(_, text)| text);
    let lines: Vec<_> =
        lines.filter(|text| !(text.starts_with('[') && text.contains("]: "))).collect();
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Changelog\n\n## [Unreleased]\n\n- next\n\n## [1.1.0] - 2026-11-28\n\n### Added\n\n- it\n\n## [1.0.0]\n\n[1.1.0]: https://example.org\n";

    #[test]
    fn each_version_has_its_part() {
        let of = |name: &str| {
            changes_of(TEXT, &VersionName::try_from(name.to_owned()).expect("a version"))
        };
        assert_eq!(of("dev").as_deref(), Some("- next"));
        assert_eq!(of("1.1.0").as_deref(), Some("### Added\n\n- it"));
        assert_eq!([of("1.0.0"), of("9.9.9")], [None, None]);
        assert_eq!(changes_of("no changelog", &VersionName::DEV), None);
    }

    #[test]
    fn packages_of_one_version_are_told_apart() {
        let text = "## a 1.0.0 - 2026-11-28\n\n- one\n\n## b 1.0.0 - 2026-11-28\n\n- two\n\n## a 0.9.0\n\n- old\n";
        let version = VersionName::try_from("1.0.0".to_owned()).expect("a version");
        let told = changes_of(text, &version);
        assert_eq!(told.as_deref(), Some("### a\n\n- one\n\n### b\n\n- two"));
    }
}
