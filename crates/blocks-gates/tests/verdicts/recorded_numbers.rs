//! The numbers of records, for whoever keeps them.

use crate::evidence::{CLOSURES, MESSAGES_PROGRAMS, SIZES, TIMINGS};
use crate::fixture::Fixture;
use blocks_gates::{Counted, RecordedNumbers};
use blocks_records::{Ended, Retry, StepRun};
use blocks_stages::Table;

fn numbers(recorded: &RecordedNumbers) -> Vec<String> {
    let units = recorded.units.iter().flat_map(|unit| &unit.numbers);
    units.map(|it| format!("{:?} {} {} {}", it.counted, it.package, it.name, it.value)).collect()
}

fn sized(messages: &str, timings: &str) -> RecordedNumbers {
    let files = [
        ("size.jsonl", messages),
        ("sizes.txt", SIZES),
        ("closures.txt", CLOSURES),
        ("timings.html", timings),
    ];
    Fixture::new("size", 0, &files).recorded_numbers()
}

#[test]
fn programs_have_sizes_and_packages_a_time_of_compilation() {
    let recorded = Fixture::passing("size").recorded_numbers();
    assert_eq!(
        numbers(&recorded),
        [
            "Program a a 1000000",
            "Closure a a 3000000",
            "Program a b 2000",
            "Closure a b 2002000",
            "Compilation a  1.75",
        ]
    );
    let unit = &recorded.units[0];
    assert_eq!((recorded.is_whole, unit.is_by_nix, &unit.unread), (true, false, &None));
    assert!((unit.seconds - 1.5).abs() < 1e-9);
}

#[test]
fn benchmarks_have_their_counts_also_where_one_is_above_its_limit() {
    for fixture in [Fixture::passing("instructions"), Fixture::failing("instructions")] {
        assert_eq!(
            numbers(&fixture.recorded_numbers()),
            [
                "Benchmark(Instructions) a counts::sums::add_up many 5000",
                "Benchmark(CacheMisses) a counts::sums::add_up many 1",
            ]
        );
    }
}

#[test]
fn benchmarks_have_their_times_where_there_is_a_verdict() {
    let recorded = Fixture::failing("time").recorded_numbers();
    assert_eq!(numbers(&recorded), ["Time a squares 1001", "Time a cubes/of 100 111"]);
    let cut = Fixture::new("time", 0, &[("times.json", "{}")]);
    assert!(cut.recorded_numbers().units.is_empty());
}

#[test]
fn what_was_there_already_was_not_compiled_in_no_time() {
    let last = MESSAGES_PROGRAMS.rfind("\"fresh\":false").unwrap();
    let partly = format!(
        "{}\"fresh\":true{}",
        &MESSAGES_PROGRAMS[..last],
        &MESSAGES_PROGRAMS[last + "\"fresh\":false".len()..]
    );
    let recorded = sized(&partly, TIMINGS);
    let is_time = |it: &blocks_gates::Number| it.counted == Counted::Compilation;
    assert!(!recorded.units[0].numbers.iter().any(is_time), "{recorded:?}");
    assert_eq!(recorded.units[0].unread, None);
}

#[test]
fn a_damaged_page_of_times_costs_these_only_and_is_told() {
    for (timings, words) in [
        (TIMINGS.replace("</html>", ""), "timings.html: not a whole cargo-timings file"),
        (TIMINGS.replace("0.1.0", "0.2.0"), "no time of a was taken"),
    ] {
        let recorded = sized(MESSAGES_PROGRAMS, &timings);
        assert_eq!(numbers(&recorded).len(), 4, "{recorded:?}");
        let unread = recorded.units[0].unread.as_deref().unwrap();
        assert!(unread.contains(words), "{unread}");
    }
}

#[test]
fn a_record_that_gives_no_verdict_gives_no_number() {
    for (damage, stage) in [("sizes.txt", "size"), ("benchmarks.txt", "instructions")] {
        let mut fixture = Fixture::passing(stage);
        fixture.put(damage, b"nonsense\n");
        assert_eq!(fixture.recorded_numbers(), RecordedNumbers::default());
    }
    let mut fixture = Fixture::passing("test");
    fixture.record.ended = Ended::Killed;
    fixture.save();
    assert_eq!(fixture.recorded_numbers(), RecordedNumbers::default());
    fixture.record.ended = Ended::NotApplicable;
    fixture.save();
    let nothing = RecordedNumbers { is_whole: true, ..RecordedNumbers::default() };
    assert_eq!(fixture.recorded_numbers(), nothing);
    fixture.record.sources = "sha256-other".to_owned();
    fixture.save();
    assert_eq!(fixture.recorded_numbers(), RecordedNumbers::default());
    assert_eq!(fixture.recorded_cost(), None);
}

#[test]
fn code_that_does_not_compile_took_time_and_has_no_number() {
    let recorded = Fixture::failing("size").recorded_numbers();
    assert_eq!((recorded.is_whole, recorded.units.len()), (true, 1));
    assert_eq!(recorded.units[0].numbers, []);
}

#[test]
fn a_stage_costs_what_its_steps_and_what_its_tries_took() {
    let mut fixture = Fixture::failing("test");
    let step = || StepRun { command: Vec::new(), exit: Some(0), seconds: 2.0 };
    let retry = || Retry { ended: Ended::Killed, reason: String::new(), seconds: 4.0 };
    fixture.record.steps = vec![step(), step(), step()];
    fixture.record.retries = vec![retry(), retry()];
    // However it ended.
    fixture.record.ended = Ended::ToolFailed;
    fixture.save();
    let cost = fixture.recorded_cost().unwrap();
    assert_eq!((cost.stage, cost.records, cost.is_by_nix), ("test", 1, false));
    assert!((cost.seconds - 6.0).abs() < 1e-9 && (cost.retried - 8.0).abs() < 1e-9, "{cost:?}");
    let mut of_another = Fixture::passing("coverage");
    of_another.stage = Table::embedded().stage("coverage").unwrap();
    assert_eq!(of_another.recorded_cost(), None);
}
