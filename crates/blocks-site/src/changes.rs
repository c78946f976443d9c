//! What a changelog says of a version.

use blocks_evidence::releases;
use blocks_views::VersionName;

/// The part of a changelog that is about a version, as Markdown without its heading: of a state that is no release, what is
/// not released yet. None where it says nothing.
pub fn changes_of(changelog: &str, version: &VersionName) -> Option<String> {
    let all = releases(changelog);
    let is_meant = |found: Option<String>| match found {
        Some(found) => found == version.to_string(),
        None => *version == VersionName::DEV,
    };
    let at = all.iter().position(|it| is_meant(it.version.as_ref().map(ToString::to_string)))?;
    let first = all.get(at)?.line as usize;
    let after = all.get(at + 1).map_or(usize::MAX, |it| it.line as usize);
    let numbered = (1..).zip(changelog.lines());
    let lines = numbered.filter(|(line, _)| *line > first && *line < after).map(|(_, text)| text);
    // Where links lead to stands at the end of a file, and is of all versions.
    let lines: Vec<_> =
        lines.filter(|text| !(text.starts_with('[') && text.contains("]: "))).collect();
    Some(lines.join("\n").trim().to_owned()).filter(|text| !text.is_empty())
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
}
