use blocks_config::{Performance, PipelineConfig};
use blocks_gates::{Compared, Standing, Subject, Unit, outcome_of};
use blocks_views::{performance_json, performance_table};
use proptest::prelude::*;

fn subject<'a>(name: &'a str, unit: Unit, config: &'a Performance) -> Subject<'a> {
    let package = (unit != Unit::Nanoseconds).then_some("app");
    Subject { package, name, unit, config }
}

fn limited() -> Performance {
    let text = "performance: {limits: [{member: app, benchmark: read*, threshold: 0.5}]}";
    PipelineConfig::parse(text, "p.yml").expect("a configuration").performance
}

/// A benchmark in each way that one can stand.
pub fn all() -> Vec<Compared> {
    let config = limited();
    let timed = |standing, (change, low, high): (f64, f64, f64)| Compared {
        before: Some(3811.48),
        now: Some(3811.48 * (1.0 + change)),
        change: Some(change),
        interval: Some([low, high]),
        reason: None,
        ..subject("read/lines/1000", Unit::Nanoseconds, &config).without(standing, "")
    };
    let unclear = Compared {
        reason: Some("the noise (±5.2 %) is above the threshold (3 %)".to_owned()),
        ..timed(Standing::Unclear, (0.01, -0.03, 0.062))
    };
    let counts = subject("read::lines many", Unit::Instructions, &config);
    let bytes = subject("\u{4e2d}", Unit::AllocatedBytes, &config);
    let time = subject("gone", Unit::Nanoseconds, &config);
    vec![
        timed(Standing::Within, (0.0, -0.01, 0.011)),
        timed(Standing::Regressed, (0.21, 0.19, 0.23)),
        timed(Standing::Improved, (-0.5, -0.52, -0.48)),
        unclear,
        counts.counted(5014, 5314),
        counts.counted(5014, 5014),
        bytes.counted(0, 64),
        bytes.new_count(64),
        time.without(Standing::Missing, "it did not run: run it"),
        time.without(Standing::Stale, "its result is older than the sources: run it"),
        time.without(Standing::Unreadable, "target/criterion/gone: not a whole criterion file"),
        time.without(Standing::NotCompared, "its baseline is a copy of the same run"),
    ]
}

#[test]
fn benchmarks_are_a_table_that_is_aligned_by_what_is_seen() {
    insta::assert_snapshot!(performance_table(&all(), false));
}

#[test]
fn colours_change_nothing_that_is_seen() {
    let colored = performance_table(&all(), true);
    assert!(colored.contains("\u{1b}[31m\u{2717} regressed"), "{colored:?}");
    assert_eq!(blocks_evidence::strip_ansi(&colored), performance_table(&all(), false));
}

#[test]
fn programs_read_the_same() {
    let config = limited();
    let one = subject("read", Unit::Instructions, &config).counted(200, 210);
    insta::assert_snapshot!(performance_json(
        std::slice::from_ref(&one),
        outcome_of(std::slice::from_ref(&one)),
        "base"
    ));
}

proptest! {
    #[test]
    fn each_benchmark_is_one_harmless_line(
        names in prop::collection::vec(r"(\PC|[\x00-\x1f]|\u{1b}\[31m|::error::|##\[)*", 0..4),
    ) {
        let config = Performance::default();
        let rows: Vec<_> = names
            .iter()
            .map(|name| subject(name, Unit::Allocations, &config).without(Standing::Unreadable, name.clone()))
            .collect();
        let text = performance_table(&rows, false);
        prop_assert_eq!(text.lines().count(), names.len() + 1);
        prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
        prop_assert!(text.lines().all(|line| !line.trim_start().starts_with("::")));
    }
}
