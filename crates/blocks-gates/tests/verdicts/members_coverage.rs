//! Coverage over the records of all members.

use crate::crew::Crew;
use crate::evidence::*;
use blocks_gates::{Code, Measure, Outcome};

/// An export of one file below a folder of its own, of which these lines ran and those did not.
fn export(root: &str, ran: (u32, u32), not: (u32, u32)) -> String {
    let run = |(from, to): (u32, u32), count: u32| {
        format!("[{from},1,{count},true,true,false],[{to},9,0,false,false,false]")
    };
    let mut runs = [(ran, run(ran, 1)), (not, run(not, 0))];
    runs.sort();
    let [(_, first), (_, second)] = runs;
    format!(
        r#"{{"data":[{{"files":[{{"filename":"{root}/x.rs","segments":[{first},{second}],"summary":{{"lines":{{"count":9,"covered":1}}}}}}],"totals":{{"lines":{{"count":9,"covered":1}}}}}}],"type":"llvm.coverage.json.export","version":"3.1.0"}}"#
    )
}

fn with_export(crew: Crew, member: &str, ran: (u32, u32), not: (u32, u32)) -> Crew {
    let root = format!("/build/{member}");
    let files = [("junit.xml", JUNIT_PASSED), ("coverage.json", &*export(&root, ran, not))];
    crew.with_record(member, 0, &files, |record| record.root.clone_from(&root))
}

#[test]
fn a_line_that_the_tests_of_any_member_run_is_covered() {
    let crew = with_export(Crew::new("coverage"), "a", (1, 10), (11, 20));
    assert_eq!(crew.judge().summary, "50.0 % of lines (95 % wanted)");
    let crew = with_export(crew, "b", (12, 20), (1, 11));
    let verdict = crew.judge();
    assert_eq!(
        (verdict.outcome, verdict.summary.as_str()),
        (Outcome::Pass, "95.0 % of lines (95 % wanted)")
    );
    assert_eq!(
        verdict.measure,
        Some(Measure::Coverage { covered: 19, count: 20, threshold: 95.0 })
    );
}

#[test]
fn lines_that_no_member_runs_are_causes_of_all_together() {
    let crew = with_export(Crew::new("coverage"), "a", (1, 10), (11, 20));
    let verdict = with_export(crew, "b", (1, 10), (12, 21)).judge();
    assert_eq!(verdict.outcome, Outcome::Fail);
    let [cause] = verdict.causes.as_slice() else { panic!("one cause: {verdict:?}") };
    assert_eq!((cause.file.as_deref(), cause.line, &cause.unit), (Some("x.rs"), Some(11), &None));
    assert_eq!(cause.detail.as_deref(), Some("not run: x.rs:11-21"));
    assert_eq!(
        verdict.repeat.as_deref(),
        Some("cargo llvm-cov nextest --workspace --no-cfg-coverage --show-missing-lines")
    );
    let said: Vec<_> =
        verdict.units.iter().map(|unit| (unit.outcome, unit.summary.as_str())).collect();
    assert_eq!(said, [(Outcome::NotApplicable, "judged together with the other members"); 2]);
}

#[test]
fn a_member_without_tests_adds_nothing() {
    let nothing = [("junit.xml", JUNIT_NOTHING)];
    let crew = with_export(Crew::new("coverage"), "a", (2, 20), (1, 1)).with("b", 0, &nothing);
    assert_eq!(crew.judge().summary, "95.0 % of lines (95 % wanted)");
    let none = Crew::new("coverage").with("a", 0, &nothing).with("b", 0, &nothing).judge();
    assert_eq!(none.outcome, Outcome::NotApplicable);
    assert_eq!(none.summary, "there are no lines of code that can be counted");
    assert_eq!(crew.judge_unit("b").outcome, Outcome::NotApplicable);
}

#[test]
fn a_member_whose_coverage_is_not_there_leaves_no_answer_about_all() {
    let whole = || with_export(Crew::new("coverage"), "a", (2, 20), (1, 1));
    let has_tests = whole().with("b", 0, &[("junit.xml", JUNIT_PASSED)]);
    let is_not_built = whole().with("b", 101, &[("log", COMPILE_ERROR)]);
    let failed = whole().with("b", 100, &[("junit.xml", JUNIT_NOTHING)]);
    let is_gone = whole().with("b", 0, &[("junit.xml", JUNIT_NOTHING), ("coverage.json", "{}")]);
    std::fs::remove_file(is_gone.folder("b").join("coverage.json")).unwrap();
    for crew in [has_tests, is_not_built, failed, is_gone] {
        let verdict = crew.judge();
        assert_eq!((verdict.outcome, verdict.measure), (Outcome::NoVerdict, None), "{verdict:?}");
        let [cause] = verdict.causes.as_slice() else { panic!("one cause: {verdict:?}") };
        assert_eq!((cause.code, cause.unit.as_deref()), (Code::EvidenceAbsent, Some("b")));
        assert!(
            verdict.summary.starts_with("no verdict on 1 of 2 members: coverage.json is absent")
        );
    }
}
