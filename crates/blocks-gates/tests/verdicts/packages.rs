//! What the gate of packages says.

use crate::crew::lines;
use crate::evidence::{METADATA, METADATA_BARE, PACKAGES, PACKED};
use crate::fixture::Fixture;
use blocks_gates::{Code, Measure, Outcome, Verdict};

const STAGE: &str = "package";

fn of(exit: i32, metadata: &str, runs: &str, said: &str) -> Verdict {
    let files = [("metadata.json", metadata), ("packages.txt", runs), ("package.stderr", said)];
    Fixture::new(STAGE, exit, &files).judge()
}

/// A refusal of the package `tool`, beside one that is packed.
fn refused(error: &str) -> Verdict {
    let said = PACKED.lines().skip(5).fold(format!("{error}\n"), |text, line| text + line + "\n");
    let runs = format!("tool 101 {}\nmy-lib 0 3\n", error.lines().count());
    of(101, METADATA, &runs, &said)
}

#[test]
fn what_is_missing_and_what_cargo_refuses_is_told_with_its_manifest() {
    let verdict = Fixture::failing(STAGE).judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    assert_eq!(verdict.measure, Some(Measure::Packages { asked: 3, refused: 3 }));
    assert_eq!(verdict.causes[0].repeat.as_deref(), Some("cargo package --package 'a'"));
}

#[test]
fn what_is_packed_is_counted_and_nothing_to_publish_is_not_applicable() {
    let verdict = Fixture::passing(STAGE).judge();
    assert_eq!(verdict.summary, "2 packages can be published");
    let private = METADATA.replace("\"publish\":null", "\"publish\":[]");
    let verdict = of(0, &private, "", "");
    assert_eq!(verdict.outcome, Outcome::NotApplicable);
    assert_eq!(verdict.summary, "no member is published");
}

#[test]
fn a_member_of_another_registry_is_packed_and_needs_no_description() {
    let other = METADATA
        .replace("\"publish\":null", "\"publish\":[\"in-house\"]")
        .replace("\"description\":\"What it is\"", "\"description\":null");
    let verdict = of(0, &other, PACKAGES, PACKED);
    assert_eq!(verdict.summary, "2 packages can be published");
    assert_eq!(of(0, &other, "", "").causes[0].code, Code::EvidenceContradicts);
}

#[test]
fn a_manifest_that_cargo_only_warns_of_fails() {
    let bare = METADATA.replacen("\"description\":\"What it is\"", "\"description\":\" \"", 1);
    let verdict = of(0, &bare, PACKAGES, PACKED);
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert_eq!(verdict.causes[0].message, "tool: its manifest has no description");
    assert_eq!(verdict.causes[0].file.as_deref(), Some("tool/Cargo.toml"));
}

#[test]
fn a_file_that_the_manifest_names_and_a_build_script_that_writes_are_refusals() {
    for error in [
        "error: readme `NOPE.md` does not appear to exist (relative to `/workspace/tool`).",
        "error: failed to verify package tarball\n\nCaused by:\n  Source directory was modified by build.rs",
    ] {
        let verdict = refused(error);
        assert_eq!(verdict.outcome, Outcome::Fail, "{error}");
        assert_eq!(verdict.causes[0].code, Code::PackageRefused, "{error}");
    }
}

#[test]
fn what_cannot_be_found_without_a_network_is_no_verdict() {
    for error in [
        "error: failed to prepare local package for uploading\n\nCaused by:\n  no matching package named `x` found",
        "error: failed to download `serde v1.0.0`",
        "error: something else",
        "error: failed to prepare local package for uploading\n\nCaused by:\n  No space left on device (os error 28)",
    ] {
        let verdict = refused(error);
        assert_eq!(verdict.causes[0].code, Code::NoAnswer, "{error} {verdict:?}");
        assert!(verdict.causes[0].message.starts_with("tool could not be packed: "));
    }
}

#[test]
fn runs_that_do_not_agree_with_their_words_or_the_members_are_no_verdict() {
    let unverified = PACKED.replace("   Verifying tool", "   Verified tool");
    let with_error = PACKED.replace("   Compiling tool v0.1.0", "error: no");
    for (exit, metadata, runs, said, code) in [
        (101, METADATA, PACKAGES, PACKED, Code::EvidenceContradicts),
        (0, METADATA, "tool 101 5\nmy-lib 0 3\n", PACKED, Code::EvidenceContradicts),
        (101, METADATA, "tool 101 5\nmy-lib 0 3\n", PACKED, Code::EvidenceContradicts),
        (0, METADATA, "tool 0 8\n", PACKED, Code::EvidenceContradicts),
        (0, METADATA_BARE, PACKAGES, PACKED, Code::EvidenceContradicts),
        (0, METADATA, PACKAGES, &unverified, Code::EvidenceContradicts),
        (0, METADATA, PACKAGES, &with_error, Code::EvidenceContradicts),
        (0, METADATA, "tool 0 5\n", PACKED, Code::EvidenceMalformed),
        (0, METADATA, "tool 0 5\nmy-lib 0 4\n", PACKED, Code::EvidenceMalformed),
        (0, METADATA, "tool 0 5\ntool 0 3\n", PACKED, Code::EvidenceMalformed),
        (0, METADATA, "tool 0\nmy-lib 0 3\n", PACKED, Code::EvidenceMalformed),
        (0, METADATA, "tool 0 5\nmy-lib 0 3", PACKED, Code::EvidenceMalformed),
    ] {
        let verdict = of(exit, metadata, runs, said);
        assert_eq!(verdict.causes[0].code, code, "{exit} {runs} {verdict:?}");
    }
}
