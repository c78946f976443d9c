//! What the gate of sizes says.

use crate::crew::{Crew, lines};
use crate::evidence::{
    CLOSURES, MESSAGES_CLEAN, MESSAGES_FAILED, MESSAGES_PROGRAM, MESSAGES_PROGRAMS, SIZES,
};
use crate::fixture::Fixture;
use blocks_gates::{Closures, Code, Measure, Outcome, Verdict};

const STAGE: &str = "size";

/// Where there is no store.
fn sized(messages: &str, sizes: &str) -> Fixture {
    with_closures(messages, sizes, "")
}

fn with_closures(messages: &str, sizes: &str, closures: &str) -> Fixture {
    let files = [("size.jsonl", messages), ("sizes.txt", sizes), ("closures.txt", closures)];
    Fixture::new(STAGE, 0, &files)
}

/// Two programs, of which the first has that many bytes with all that it names.
fn naming(closure: u64) -> Fixture {
    let closures = format!("{closure} /t/release/a\n2002000 /t/release/b\n");
    with_closures(MESSAGES_PROGRAMS, SIZES, &closures)
}

/// A record of one program of that many bytes.
fn one(bytes: u64) -> Fixture {
    sized(MESSAGES_PROGRAM, &format!("{bytes} /t/release/a\n"))
}

fn compared(mut now: Fixture, before: &Fixture) -> Verdict {
    now.baseline = Some(before.as_baseline());
    now.judge()
}

#[test]
fn programs_are_weighed_without_a_baseline_too() {
    let measure = |bytes| Measure::Programs {
        count: 2,
        bytes: 1_002_000,
        new: 0,
        gone: 0,
        is_compared: false,
        closures: Closures { bytes, is_one_sided: false },
    };
    let verdict = sized(MESSAGES_PROGRAMS, SIZES).judge();
    assert_eq!(verdict.outcome, Outcome::Pass);
    assert_eq!(verdict.summary, "2 programs, 978.5 KiB, not compared");
    assert_eq!(verdict.measure, Some(measure(None)));
    let verdict = Fixture::passing(STAGE).judge();
    assert_eq!(verdict.outcome, Outcome::Pass);
    assert_eq!(
        verdict.summary,
        "2 programs, 978.5 KiB, 4.7 MiB with all that they name, not compared"
    );
    assert_eq!(verdict.measure, Some(measure(Some(5_002_000))));
    assert_eq!(sized(MESSAGES_CLEAN, "").judge().outcome, Outcome::NotApplicable);
}

#[test]
fn a_program_that_grew_is_named_with_both_sizes() {
    let now = sized(MESSAGES_PROGRAMS, "1050001 /t/release/a\n1000 /t/release/b\n");
    let verdict = compared(now, &sized(MESSAGES_PROGRAMS, SIZES));
    assert_eq!(verdict.outcome, Outcome::Fail);
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)), @r"
    1 program larger than allowed, 2 programs, 1.0 MiB
    a: -:- size-grew: a: the program a has 1050001 bytes, 5.1 % more than the 1000000 at the baseline (5 % allowed)
    ");
}

#[test]
fn growth_is_compared_exactly_and_can_be_allowed() {
    let judged = |bytes: u64, allowed: &str| {
        let mut now = one(bytes);
        now.config.performance.size_growth_threshold = allowed.parse().unwrap();
        compared(now, &one(1_000_000)).outcome
    };
    assert_eq!(judged(1_050_000, "5"), Outcome::Pass);
    assert_eq!(judged(1_050_001, "5"), Outcome::Fail);
    assert_eq!(judged(1_050_001, "5.0001"), Outcome::Pass);
    assert_eq!(judged(1_000_001, "0"), Outcome::Fail);
    assert_eq!(judged(u64::MAX, "1000"), Outcome::Fail);
    assert_eq!(judged(1, "0"), Outcome::Pass);
}

#[test]
fn programs_that_came_and_went_are_counted_and_not_judged() {
    let one = || sized(MESSAGES_PROGRAM, "1000000 /t/release/a\n");
    let two = || sized(MESSAGES_PROGRAMS, SIZES);
    let verdict = compared(two(), &one());
    assert_eq!(verdict.summary, "2 programs, 978.5 KiB, 1 new");
    let verdict = compared(one(), &two());
    assert_eq!(verdict.summary, "1 program, 976.5 KiB, 1 gone");
    assert_eq!(verdict.outcome, Outcome::Pass);
}

#[test]
fn members_are_added_up() {
    let crew = Crew::new(STAGE).with_passing("a").with_passing("b");
    assert_eq!(
        crew.judge().summary,
        "4 programs, 1.9 MiB, 9.5 MiB with all that they name, not compared"
    );
}

#[test]
fn code_that_does_not_compile_fails_by_its_errors_and_is_no_baseline() {
    let verdict = Fixture::failing(STAGE).judge();
    assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::Fail, Code::CompileError));
    let broken = Fixture::new(STAGE, 101, &[("size.jsonl", MESSAGES_FAILED)]);
    let verdict = compared(Fixture::passing(STAGE), &broken);
    assert_eq!(verdict.causes[0].code, Code::BaselineWithoutAnswer);
}

#[test]
fn a_program_without_a_size_and_a_size_without_a_program_are_no_verdict() {
    let verdict = Fixture::new(STAGE, 0, &[("size.jsonl", MESSAGES_PROGRAMS)]).judge();
    assert_eq!(verdict.causes[0].code, Code::EvidenceAbsent);
    for (messages, sizes, code) in [
        (MESSAGES_PROGRAMS, "1000000 /t/release/a\n", Code::EvidenceContradicts),
        (MESSAGES_PROGRAM, SIZES, Code::EvidenceContradicts),
        (MESSAGES_PROGRAMS, "", Code::EvidenceContradicts),
        (MESSAGES_CLEAN, SIZES, Code::EvidenceContradicts),
        (MESSAGES_PROGRAM, "0 /t/release/a\n", Code::EvidenceMalformed),
        (MESSAGES_FAILED, SIZES, Code::EvidenceContradicts),
    ] {
        let verdict = sized(messages, sizes).judge();
        assert_eq!(verdict.outcome, Outcome::NoVerdict);
        assert_eq!(verdict.causes[0].code, code, "{sizes} {verdict:?}");
    }
}

#[test]
fn a_program_that_names_more_than_before_fails_though_it_is_no_larger() {
    let verdict = compared(naming(3_150_001), &Fixture::passing(STAGE));
    assert_eq!(verdict.outcome, Outcome::Fail);
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)), @r"
    1 closure larger than allowed, 2 programs, 978.5 KiB, 4.9 MiB with all that they name
    a: -:- closure-grew: a: the program a and all that it names have 3150001 bytes, 5.1 % more than the 3000000 at the baseline (5 % allowed)
    ");
    let verdict = compared(naming(3_150_000), &Fixture::passing(STAGE));
    assert_eq!(verdict.outcome, Outcome::Pass);
    assert_eq!(verdict.summary, "2 programs, 978.5 KiB, 4.9 MiB with all that they name");
    let mut now = naming(3_150_001);
    now.config.performance.size_growth_threshold = "5.1".parse().unwrap();
    assert_eq!(compared(now, &Fixture::passing(STAGE)).outcome, Outcome::Pass);
}

#[test]
fn a_program_that_grew_in_both_ways_is_told_of_both() {
    let grown = "1050001 /t/release/a\n";
    let now = with_closures(MESSAGES_PROGRAM, grown, "2000000 /t/release/a\n");
    let before =
        with_closures(MESSAGES_PROGRAM, "1000000 /t/release/a\n", "1500000 /t/release/a\n");
    let codes: Vec<_> = compared(now, &before).causes.iter().map(|cause| cause.code).collect();
    assert_eq!(codes, [Code::SizeGrew, Code::ClosureGrew]);
}

#[test]
fn closures_that_one_side_did_not_measure_are_not_compared_and_it_is_said() {
    let words = "closures measured on one side only, not compared";
    let none = || sized(MESSAGES_PROGRAMS, SIZES);
    let verdict = compared(naming(9_000_000), &none());
    assert_eq!((verdict.outcome, verdict.causes.len()), (Outcome::Pass, 0));
    let summary = format!("2 programs, 978.5 KiB, 10.4 MiB with all that they name, {words}");
    assert_eq!(verdict.summary, summary);
    let verdict = compared(none(), &naming(9_000_000));
    assert_eq!((verdict.outcome, verdict.causes.len()), (Outcome::Pass, 0));
    assert_eq!(verdict.summary, format!("2 programs, 978.5 KiB, {words}"));
    let verdict = compared(none(), &none());
    assert_eq!(verdict.summary, "2 programs, 978.5 KiB");
}

#[test]
fn members_of_which_one_was_not_measured_have_no_sum_of_closures() {
    let none = [("size.jsonl", MESSAGES_PROGRAMS), ("sizes.txt", SIZES), ("closures.txt", "")];
    let crew = Crew::new(STAGE).with_passing("a").with("b", 0, &none);
    assert_eq!(crew.judge().summary, "4 programs, 1.9 MiB, not compared");
}

#[test]
fn closures_that_are_at_odds_with_the_programs_are_no_verdict() {
    for (closures, code) in [
        ("3000000 /t/release/a\n", Code::EvidenceContradicts),
        ("3000000 /t/release/a\n1999 /t/release/b\n", Code::EvidenceContradicts),
        (&*format!("{CLOSURES}1 /t/release/c\n"), Code::EvidenceContradicts),
        ("3000000 /t/release/a\n2000 /t/release/b", Code::EvidenceMalformed),
        ("3000000 /t/release/a\n0 /t/release/b\n", Code::EvidenceMalformed),
    ] {
        let verdict = with_closures(MESSAGES_PROGRAMS, SIZES, closures).judge();
        assert_eq!(verdict.outcome, Outcome::NoVerdict);
        assert_eq!(verdict.causes[0].code, code, "{closures} {verdict:?}");
    }
    let nothing = with_closures(MESSAGES_CLEAN, "", CLOSURES).judge();
    assert_eq!(nothing.causes[0].code, Code::EvidenceContradicts);
    let alone = with_closures(MESSAGES_PROGRAMS, SIZES, SIZES).judge();
    assert_eq!(alone.outcome, Outcome::Pass, "a program that names nothing");
    let absent = [("size.jsonl", MESSAGES_PROGRAMS), ("sizes.txt", SIZES)];
    let absent = Fixture::new(STAGE, 0, &absent).judge();
    assert_eq!(absent.causes[0].code, Code::EvidenceAbsent);
}

#[test]
fn programs_that_overwrite_each_other_are_no_verdict() {
    let one_file = MESSAGES_PROGRAMS.replace("/t/release/b", "/t/release/a");
    let verdict = sized(&one_file, "1000 /t/release/a\n").judge();
    assert_eq!(verdict.outcome, Outcome::NoVerdict);
    assert!(verdict.summary.contains("two programs have one file"), "{}", verdict.summary);
}
