//! One member's record that cannot be trusted leaves no verdict on the whole, for any gate.

use crate::crew::Crew;
use crate::damage::files_of;
use crate::fixture::put;
use blocks_gates::{Code, Expected, Given, Outcome, judge};
use blocks_records::Record;
use blocks_stages::Table;
use std::fs;

const THREE: [&str; 3] = ["a", "b", "c"];

/// Each stage with three members that pass, and each of them.
fn crews() -> impl Iterator<Item = (Crew, &'static str)> {
    let stages = Table::embedded().stage_ids();
    stages.flat_map(|stage| THREE.map(|member| (Crew::passing(stage, &THREE), member)))
}

/// There is no verdict because of this member alone, for this reason.
fn is_refused(crew: &Crew, member: &str, code: Code) {
    let verdict = crew.judge();
    let stage = &verdict.stage;
    assert_eq!((verdict.outcome, verdict.measure), (Outcome::NoVerdict, None), "{verdict:?}");
    let [cause] = verdict.causes.as_slice() else { panic!("{stage}: one cause: {verdict:?}") };
    assert_eq!((cause.code, cause.unit.as_deref()), (code, Some(member)), "{stage}");
    assert!(verdict.summary.starts_with("no verdict on 1 of 3 members: "), "{}", verdict.summary);
    let open = verdict.units.iter().filter(|unit| unit.outcome == Outcome::NoVerdict);
    assert_eq!(open.map(|unit| &unit.unit).collect::<Vec<_>>(), [member], "{stage}");
    assert_eq!(verdict.repeat, None, "{stage}");
}

#[test]
fn a_member_without_its_record_leaves_no_verdict() {
    for (crew, member) in crews() {
        fs::remove_dir_all(crew.folder(member)).unwrap();
        is_refused(&crew, member, Code::RecordAbsent);
    }
}

#[test]
fn a_member_without_its_evidence_leaves_no_verdict() {
    for (crew, member) in crews() {
        for file in files_of(&crew.stage.id) {
            let path = crew.folder(member).join(file);
            let whole = fs::read(&path).unwrap();
            fs::remove_file(&path).unwrap();
            is_refused(&crew, member, Code::EvidenceAbsent);
            fs::write(path, whole).unwrap();
        }
    }
}

#[test]
fn a_member_with_malformed_evidence_leaves_no_verdict() {
    for (crew, member) in crews() {
        // Text for people has no form that could be wrong.
        for file in files_of(&crew.stage.id).into_iter().filter(|it| !it.ends_with(".stderr")) {
            let folder = crew.folder(member);
            let whole = fs::read(folder.join(file)).unwrap();
            let mut record = Record::load(&folder).unwrap();
            put(&folder, &mut record, file, &[&whole[..whole.len() / 2], b"}garbage"].concat());
            is_refused(&crew, member, Code::EvidenceMalformed);
            fs::write(folder.join(file), b"changed").unwrap();
            is_refused(&crew, member, Code::EvidenceChanged);
            put(&folder, &mut record, file, &whole);
        }
        let path = crew.folder(member).join("record.json");
        fs::write(path, b"{").unwrap();
        is_refused(&crew, member, Code::RecordMalformed);
    }
}

#[test]
fn a_member_of_other_sources_leaves_no_verdict() {
    for (mut crew, member) in crews() {
        crew.expect(member, Some("nix-other"));
        is_refused(&crew, member, Code::OtherSources);
        crew.expect(member, None);
        assert_eq!(crew.judge().outcome, Outcome::Pass);
    }
}

#[test]
fn the_record_of_another_member_leaves_no_verdict() {
    for (crew, member) in crews() {
        let other = if member == "a" { "b" } else { "a" };
        fs::remove_dir_all(crew.folder(member)).unwrap();
        fs::create_dir(crew.folder(member)).unwrap();
        for file in fs::read_dir(crew.folder(other)).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), crew.folder(member).join(file.file_name())).unwrap();
        }
        is_refused(&crew, member, Code::OtherStage);
    }
}

#[test]
fn a_record_that_nobody_expects_is_ignored() {
    for stage in Table::embedded().stage_ids() {
        let expected = Crew::passing(stage, &THREE).expected;
        let mut crew = Crew::passing(stage, &THREE).with_failing("z");
        crew.expected = expected;
        let verdict = crew.judge();
        assert_eq!((verdict.outcome, verdict.units.len()), (Outcome::Pass, 3), "{stage}");
    }
}

#[test]
fn a_stage_of_which_nothing_is_expected_has_no_verdict() {
    for stage in Table::embedded().stage_ids() {
        let mut crew = Crew::passing(stage, &THREE);
        let nothing =
            Expected::parse(&format!(r#"{{"schema": 1, "stages": {{"{stage}": {{}}}}}}"#));
        for expected in [Expected::default(), nothing.unwrap()] {
            crew.expected = expected;
            let verdict = crew.judge();
            assert_eq!(verdict.outcome, Outcome::NoVerdict, "{stage}");
            assert_eq!(verdict.causes[0].code, Code::RecordAbsent, "{stage}");
            assert!(
                verdict
                    .summary
                    .starts_with("no verdict: it is not known which members have a record of "),
                "{}",
                verdict.summary
            );
            // Over the workspace it is the same.
            let row = Table::embedded().stage(stage).unwrap();
            let records = crew.folder("a").join("../..");
            let verdict = judge(
                row,
                Given {
                    records: &records,
                    expected: &crew.expected,
                    config: &crew.config,
                    baseline: crew.baseline.as_ref(),
                    today: None,
                },
            );
            assert_eq!(verdict.outcome, Outcome::NoVerdict, "{stage}");
            assert_eq!(verdict.causes[0].code, Code::RecordAbsent, "{stage}");
        }
    }
}
