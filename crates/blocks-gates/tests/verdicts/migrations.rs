//! What the gate of API stability says where a version allows what breaks: who upgrades has to be told.

use crate::crew::lines;
use crate::evidence::{METADATA_OTHER, SEMVER_BROKEN};
use crate::fixture::Fixture;
use blocks_gates::{Code, Outcome, Verdict};

const STAGE: &str = "semver";
const NAMED: &str =
    "- `S` has a private field: call `S::new`.\n- `sub` and `their_lib::mul(a, b)` are gone.\n";

/// The record of a package that breaks three items on the way from one version to another.
fn fixture(before: &str, now: &str, root: Option<&str>, own: Option<&str>) -> Fixture {
    let semver = SEMVER_BROKEN.replace("v0.1.0 -> v0.1.0", &format!("v{before} -> v{now}"));
    let told = |folder: &str, text: Option<&str>| match text {
        Some(text) => format!("=== {folder} has {} bytes\n{text}\n", text.len()),
        None => format!("=== {folder} has none\n"),
    };
    let changelogs = told(".", root) + &told("/workspace/their-lib", own);
    let files = [
        ("metadata.json", METADATA_OTHER),
        ("changelogs.txt", changelogs.as_str()),
        ("semver.txt", semver.as_str()),
    ];
    Fixture::new(STAGE, 100, &files)
}

fn of(before: &str, now: &str, root: &str) -> Verdict {
    fixture(before, now, Some(root), None).judge()
}

/// From 1.2.0 to 2.0.0, with these sections in the root's changelog.
fn raised(sections: &str) -> Verdict {
    of("1.2.0", "2.0.0", &format!("# Changelog\n\n{sections}"))
}

fn untold(verdict: &Verdict) -> usize {
    let count =
        verdict.causes.iter().filter(|cause| cause.code == Code::MigrationUndocumented).count();
    assert_eq!(count, verdict.causes.len(), "{}", lines(&verdict.causes));
    assert_eq!(verdict.outcome, if count == 0 { Outcome::Pass } else { Outcome::Fail });
    count
}

#[test]
fn a_break_that_the_version_allows_has_to_be_told() {
    let verdict = raised("## [2.0.0]\n\n### Removed\n\n- Much.\n\n## [1.2.0]\n");
    assert_eq!(untold(&verdict), 3);
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    insta::assert_snapshot!(verdict.causes[1].detail.as_deref().unwrap());
}

#[test]
fn a_note_that_names_each_item_passes() {
    for section in
        ["## [Unreleased]", "## [2.0.0] - 2026-01-01", "## their-lib 2.0.0", "## 1.9.0-rc.1"]
    {
        let verdict = raised(&format!("{section}\n\n{NAMED}\n## 1.2.0\n"));
        assert_eq!(untold(&verdict), 0, "{section}: {}", lines(&verdict.causes));
        assert_eq!(verdict.summary, "1 library compared");
    }
    let verdict =
        raised("## 2.0.0\n\n- `S`\n\n## 1.3.0\n\n- `sub`\n\n## [Unreleased]\n\n- `mul`\n");
    assert_eq!(untold(&verdict), 0, "{}", lines(&verdict.causes));
}

#[test]
fn a_note_in_the_section_of_another_release_does_not_count() {
    for section in
        ["## 1.2.0", "## [1.1.9]", "## other-lib 2.0.0", "## Notes", "## 2.0.0\n## 1.0.0"]
    {
        assert_eq!(untold(&raised(&format!("{section}\n\n{NAMED}"))), 3, "{section}");
    }
}

#[test]
fn each_item_has_to_be_named_and_as_code() {
    let prose = NAMED.replace('`', "");
    for (text, left) in [
        (prose.as_str(), 3),
        ("```\nsub mul S\n```\n", 3),
        ("<!-- `sub` `mul` `S` -->", 3),
        ("`sub mul S`", 3),
        ("`substitute` `multiply` `Struct`", 3),
        ("`sub`", 2),
        ("`S.y` and `fn sub(a: u8)` and prose about mul", 1),
        ("`other::sub`", 3),
    ] {
        assert_eq!(untold(&raised(&format!("## 2.0.0\n\n{text}\n"))), left, "{text}");
    }
}

#[test]
fn what_the_version_does_not_allow_is_all_that_is_said() {
    for (before, now) in [("1.2.0", "1.3.0"), ("1.2.0", "1.2.0"), ("0.1.0", "0.1.1")] {
        let verdict = of(before, now, "# Changelog\n");
        let codes: Vec<_> = verdict.causes.iter().map(|cause| cause.code).collect();
        assert_eq!(codes, [Code::SemverBreak; 3], "{before} {now}");
        assert!(
            verdict.summary.starts_with("3 breaking changes, 1 library"),
            "{}",
            verdict.summary
        );
    }
}

#[test]
fn what_only_needs_a_minor_version_needs_no_note() {
    let minor =
        SEMVER_BROKEN.replace("FAIL [   0.001s]       major", "FAIL [   0.001s]       minor");
    let judged = |versions: &str| {
        let mut fixture = fixture("1.0.0", "1.0.0", None, None);
        fixture.put("semver.txt", minor.replace("v0.1.0 -> v0.1.0", versions).as_bytes());
        fixture.judge()
    };
    assert_eq!(judged("v1.0.0 -> v1.1.0").outcome, Outcome::Pass);
    assert_eq!(judged("v0.1.0 -> v0.1.0").outcome, Outcome::Pass, "the next version is 0.1.1");
    // Beside what needs a major one.
    let mut mixed = fixture("1.0.0", "2.0.0", Some("## 2.0.0\n\n`S`\n"), None);
    let text =
        SEMVER_BROKEN.replace("major        function_missing", "minor        function_missing");
    mixed.put("semver.txt", text.replace("v0.1.0 -> v0.1.0", "v1.0.0 -> v2.0.0").as_bytes());
    assert_eq!(mixed.judge().outcome, Outcome::Pass);
    let denied = judged("v1.0.0 -> v1.0.1");
    assert_eq!((denied.outcome, denied.causes[0].code), (Outcome::Fail, Code::SemverBreak));
    let detail = denied.causes[0].detail.as_deref().unwrap();
    let asked = "semver requires new minor version: 0 major and 2 minor checks failed";
    assert!(detail.contains(asked), "{detail}");
}

#[test]
fn a_version_that_stays_and_is_compatible_with_none_wants_a_note_for_the_next() {
    for version in ["0.0.1", "1.0.0-rc.1"] {
        let of = |heading: &str| of(version, version, &format!("{heading}\n\n{NAMED}"));
        assert_eq!(untold(&of("## [Unreleased]")), 0, "{version}");
        assert_eq!(untold(&of("## 1.0.0")), 0, "{version}");
        assert_eq!(untold(&of(&format!("## {version}"))), 3, "{version} is at the baseline");
    }
}

#[test]
fn the_packages_own_changelog_counts_before_that_of_the_root() {
    let noted = format!("## [Unreleased]\n\n{NAMED}");
    let judged = |root, own| fixture("1.0.0", "2.0.0", root, own).judge();
    assert_eq!(untold(&judged(None, Some(&noted))), 0);
    assert_eq!(untold(&judged(Some(&noted), None)), 0);
    let own = judged(Some(&noted), Some("# Changelog\n\n## [2.0.0]\n"));
    assert_eq!(untold(&own), 3);
    assert_eq!(
        (own.causes[0].file.as_deref(), own.causes[0].line),
        (Some("their-lib/CHANGELOG.md"), Some(3))
    );
}

#[test]
fn where_there_is_no_changelog_or_no_section_the_cause_says_how_to_begin() {
    let none = fixture("1.0.0", "2.0.0", None, None).judge();
    assert_eq!(untold(&none), 3);
    let detail = none.causes[1].detail.as_deref().unwrap();
    assert!(detail.contains("there is no CHANGELOG.md"), "{detail}");
    assert!(detail.contains("begin one with a heading `## [Unreleased]`"), "{detail}");
    assert!(detail.contains("as code, `their_lib::sub`"), "{detail}");
    assert_eq!((none.causes[1].file.as_deref(), none.causes[1].line), (None, None));
    let bare = of("1.0.0", "2.0.0", "# Changelog\n\n## 1.0.0\n");
    let detail = bare.causes[1].detail.as_deref().unwrap();
    assert!(detail.contains("CHANGELOG.md has no section of a version after 1.0.0"), "{detail}");
    assert_eq!(bare.causes[1].file.as_deref(), Some("CHANGELOG.md"));
}

#[test]
fn where_no_item_is_told_a_part_about_it_is_enough() {
    // Neither a rule without items nor an item without a name can be named.
    let nameless = SEMVER_BROKEN
        .replace("  field S.y in /workspace/their-lib/src/lib.rs:10\n", "  ???\n")
        .replace("  function their_lib::sub, previously in file their-lib/src/lib.rs:8\n", "")
        .replace("  function their_lib::mul, previously in file their-lib/src/lib.rs:9\n", "")
        .replace("v0.1.0 -> v0.1.0", "v1.0.0 -> v2.0.0");
    let judged = |text: &str| {
        let mut fixture = fixture("1.0.0", "2.0.0", Some(&format!("## 2.0.0\n\n{text}\n")), None);
        fixture.put("semver.txt", nameless.as_bytes());
        untold(&fixture.judge())
    };
    assert_eq!(judged("### Removed\n\n- Much."), 0);
    assert_eq!(judged("**Breaking:** all of it."), 0);
    assert_eq!(judged("### Removed\n\n### Fixed\n\n- Much."), 2);
    assert_eq!(judged("Much was removed."), 2);
}

#[test]
fn it_can_be_switched_off_and_is_nothing_to_what_is_not_published() {
    let mut fixture = fixture("1.0.0", "2.0.0", None, None);
    fixture.config.verify.migrations = false;
    let verdict = fixture.judge();
    assert_eq!((verdict.outcome, verdict.summary.as_str()), (Outcome::Pass, "1 library compared"));
    fixture.config.verify.migrations = true;
    let in_house = METADATA_OTHER.replace("\"publish\":null", "\"publish\":[]");
    fixture.put("metadata.json", in_house.as_bytes());
    assert_eq!(fixture.judge().outcome, Outcome::NotApplicable);
}

#[test]
fn changelogs_that_are_not_told_whole_are_no_verdict() {
    let none = "=== . has none\n=== /workspace/their-lib has none\n";
    for (text, code) in [
        ("", Code::EvidenceMalformed),
        ("# Changelog\n", Code::EvidenceMalformed),
        (&none[..none.len() - 1], Code::EvidenceMalformed),
        ("=== . has none\n", Code::EvidenceContradicts),
        ("=== . has none\n=== /workspace/my-lib has none\n", Code::EvidenceContradicts),
        ("=== /workspace/their-lib has none\n", Code::EvidenceContradicts),
    ] {
        for now in ["2.0.0", "1.0.0"] {
            let mut fixture = fixture("1.0.0", now, None, None);
            fixture.put("changelogs.txt", text.as_bytes());
            let verdict = fixture.judge();
            assert_eq!(verdict.outcome, Outcome::NoVerdict, "{text}: {verdict:?}");
            assert_eq!(verdict.causes[0].code, code, "{text}");
        }
    }
    let mut fixture = fixture("1.0.0", "2.0.0", None, None);
    fixture.record.evidence.retain(|it| it.file != "changelogs.txt");
    fixture.save();
    let verdict = fixture.judge();
    assert_eq!(
        (verdict.outcome, verdict.causes[0].code),
        (Outcome::NoVerdict, Code::EvidenceAbsent)
    );
}
