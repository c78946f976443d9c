//! What the gate of API stability says.

use crate::crew::{Crew, lines};
use crate::evidence::{
    CHANGELOGS, CHANGELOGS_OTHER, METADATA, METADATA_OTHER, METADATA_PROGRAM, SEMVER_BROKEN,
    SEMVER_KEPT,
};
use crate::fixture::Fixture;
use blocks_gates::{Code, Measure, Outcome, Verdict};

const STAGE: &str = "semver";

fn of(exit: i32, metadata: &str, text: &str) -> Verdict {
    let changelogs = if metadata == METADATA { CHANGELOGS } else { CHANGELOGS_OTHER };
    let files = [("metadata.json", metadata), ("changelogs.txt", changelogs), ("semver.txt", text)];
    Fixture::new(STAGE, exit, &files).judge()
}

#[test]
fn a_break_names_the_item_the_rule_and_what_the_version_has_to_be() {
    let verdict = Fixture::failing(STAGE).judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    insta::assert_snapshot!(verdict.causes[0].detail.as_deref().unwrap());
    // What is gone has no place in these sources.
    let places: Vec<_> = verdict.causes.iter().map(|cause| cause.line).collect();
    assert_eq!(places, [Some(10), None, None]);
    assert_eq!(verdict.measure, Some(Measure::Interfaces { compared: 1, new: 0, new_features: 0 }));
    assert_eq!(
        verdict.repeat.as_deref(),
        Some("cargo semver-checks --workspace --baseline-rev HEAD")
    );
}

#[test]
fn what_others_use_is_compared_and_a_package_that_is_not_published_may_break_it() {
    let verdict = Fixture::passing(STAGE).judge();
    assert_eq!((verdict.outcome, verdict.summary.as_str()), (Outcome::Pass, "1 library compared"));
    let in_house = METADATA_OTHER.replace("\"publish\":null", "\"publish\":[]");
    let verdict = of(100, &in_house, SEMVER_BROKEN);
    assert_eq!(
        (verdict.outcome, verdict.summary.as_str()),
        (Outcome::NotApplicable, "no library is published")
    );
    let named = METADATA_OTHER.replace("\"publish\":null", "\"publish\":[\"ours\"]");
    assert_eq!(of(100, &named, SEMVER_BROKEN).outcome, Outcome::Fail);
}

#[test]
fn a_new_library_breaks_nothing() {
    let verdict = of(0, METADATA_OTHER, "=== their_lib is new\n");
    assert_eq!(
        (verdict.outcome, verdict.summary.as_str()),
        (Outcome::Pass, "0 libraries compared, 1 new")
    );
}

#[test]
fn a_feature_that_the_baseline_does_not_have_is_told() {
    let text =
        "=== feature their-lib/plot is new\n=== feature other/plot is new\n=== their_lib is new\n";
    let verdict = of(0, METADATA_OTHER, text);
    assert_eq!(
        (verdict.outcome, verdict.summary.as_str()),
        (Outcome::Pass, "0 libraries compared, 1 new, 1 feature that the baseline does not have")
    );
}

#[test]
fn a_program_has_no_interface() {
    let verdict = of(0, METADATA_PROGRAM, "");
    assert_eq!(
        (verdict.outcome, verdict.summary.as_str()),
        (Outcome::NotApplicable, "there is no library")
    );
}

#[test]
fn without_a_baseline_there_is_nothing_to_ask() {
    let mut fixture = Fixture::failing(STAGE);
    fixture.baseline = None;
    let verdict = fixture.judge();
    assert_eq!(
        (verdict.outcome, verdict.summary.as_str()),
        (Outcome::NotApplicable, "there is no baseline to compare with")
    );
    assert_eq!(fixture.judge_as("workspace", None).outcome, Outcome::NotApplicable);
}

#[test]
fn a_side_that_does_not_compile_gives_no_verdict() {
    let now = of(64, METADATA, "");
    assert_eq!((now.outcome, now.causes[0].code), (Outcome::NoVerdict, Code::EvidenceAbsent));
    assert!(now.summary.ends_with("because their code does not compile"), "{}", now.summary);
    let before = of(65, METADATA, "");
    assert_eq!(
        (before.outcome, before.causes[0].code),
        (Outcome::NoVerdict, Code::BaselineWithoutAnswer)
    );
    assert!(before.summary.contains("the baseline, main (1a2b3c4)"), "{}", before.summary);
}

#[test]
fn each_library_has_to_be_compared_and_no_other() {
    let missing = of(0, METADATA, "");
    let strange = of(0, METADATA, &format!("{SEMVER_KEPT}=== other is new\n"));
    for (verdict, what) in [
        (missing, "but my-lib was not compared"),
        (strange, "but a library was compared that no package has"),
        (of(0, METADATA_OTHER, SEMVER_BROKEN), "but what was compared says otherwise"),
        (of(100, METADATA, SEMVER_KEPT), "but what was compared says otherwise"),
    ] {
        assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts, "{verdict:?}");
        assert!(verdict.summary.ends_with(what), "{}", verdict.summary);
    }
}

#[test]
fn members_are_judged_for_themselves_and_counted_together() {
    let files = |metadata, changelogs, text| {
        [("metadata.json", metadata), ("changelogs.txt", changelogs), ("semver.txt", text)]
    };
    let crew = Crew::new(STAGE)
        .with("my-lib", 0, &files(METADATA, CHANGELOGS, SEMVER_KEPT))
        .with("their-lib", 100, &files(METADATA_OTHER, CHANGELOGS_OTHER, SEMVER_BROKEN))
        .with("tool", 0, &files(METADATA_PROGRAM, CHANGELOGS, ""));
    let verdict = crew.judge();
    assert_eq!(verdict.summary, "3 breaking changes, 2 libraries compared");
    let outcomes: Vec<_> = verdict.units.iter().map(|unit| unit.outcome).collect();
    assert_eq!(outcomes, [Outcome::Pass, Outcome::Fail, Outcome::NotApplicable]);
    assert_eq!(
        verdict.repeat.as_deref(),
        Some("cargo semver-checks --package their-lib --baseline-rev HEAD")
    );
}
