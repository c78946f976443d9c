//! Benchmarks beside their baseline, from files that harnesses left.

use blocks_config::{Performance, PipelineConfig};
use blocks_evidence::CriterionFiles;
use blocks_gates::{
    Compared, Left, Outcome, Standing, Subject, Unit, expected, of_criterion, of_gungraun,
    outcome_of,
};
use proptest::prelude::*;

/// The files of a measurement.
struct Run([String; 3]);

impl Run {
    /// Of a benchmark that took these nanoseconds an iteration.
    fn of(name: &str, times: &[f64]) -> Self {
        let list = |of: &dyn Fn(&f64) -> String| times.iter().map(of).collect::<Vec<_>>().join(",");
        let (iters, times) = (list(&|_| "10".to_owned()), list(&|it| format!("{:?}", it * 10.0)));
        let median = times.split(',').next().unwrap().parse::<f64>().unwrap() / 10.0;
        Self([
            format!(
                r#"{{"group_id":"{name}","function_id":null,"value_str":null,"throughput":null,"full_id":"{name}"}}"#
            ),
            format!(r#"{{"median":{{"point_estimate":{median}}}}}"#),
            format!(r#"{{"sampling_mode":"Flat","iters":[{iters}],"times":[{times}]}}"#),
        ])
    }

    /// Twenty times around one, as far from it as `noise` says.
    fn around(name: &str, time: f64, noise: f64) -> Self {
        let times: Vec<_> =
            (0..20).map(|it| time * (1.0 + noise * (f64::from(it) - 9.5) / 9.5)).collect();
        Self::of(name, &times)
    }

    fn files(&self) -> CriterionFiles<'_> {
        let [benchmark, estimates, sample] = self.0.each_ref().map(String::as_bytes);
        CriterionFiles { benchmark, estimates, sample }
    }
}

const LEFT: Left<'_> = Left { place: "target/criterion/read", is_old: false };

fn timed(before: Option<&Run>, now: Option<&Run>) -> Compared {
    of_criterion(LEFT, before.map(Run::files), now.map(Run::files), &Performance::default())
}

fn limits(text: &str) -> Performance {
    let text = format!("performance:\n  limits: [{text}]\n");
    PipelineConfig::parse(&text, "p.yml").unwrap().performance
}

fn summary(instructions: &str, blocks: &str) -> String {
    let of = |tool: &str, name: &str, values: &str| {
        format!(
            r#"{{"tool":"{tool}","data":{{"total":{{"metrics":{{"{name}":{{"values":{{{values}}}}}}},"regressions":[]}}}}}}"#
        )
    };
    let tools = [of("Callgrind", "Ir", instructions), of("DHAT", "TotalBlocks", blocks)];
    format!(r#"{{"version":"7","module_path":"counts::add","profiles":[{}]}}"#, tools.join(","))
}

fn counted(summary: &str, config: &Performance) -> Vec<Compared> {
    of_gungraun(LEFT, Some("app"), summary.as_bytes(), config)
}

fn standings(compared: &[Compared]) -> Vec<(Unit, Standing)> {
    compared.iter().map(|it| (it.unit, it.standing)).collect()
}

#[test]
fn a_time_regresses_where_its_whole_interval_is_above_the_threshold() {
    let before = Run::around("read", 1000.0, 0.01);
    for (time, noise, standing) in [
        (1000.5, 0.01, Standing::Within),
        (1100.0, 0.01, Standing::Regressed),
        (900.0, 0.01, Standing::Improved),
        (1030.0, 0.01, Standing::Unclear),
        (1000.0, 0.3, Standing::Unclear),
    ] {
        let now = Run::around("read", time, noise);
        let found = timed(Some(&before), Some(&now));
        assert_eq!(found.standing, standing, "{time} {noise}: {found:?}");
        let [low, high] = found.interval.unwrap();
        assert!(low <= found.change.unwrap() && found.change.unwrap() <= high, "{found:?}");
    }
    let near = timed(Some(&before), Some(&Run::around("read", 1030.0, 0.01)));
    assert_eq!(near.reason.as_deref(), Some("the threshold (3 %) lies in the interval"));
    let noisy = timed(Some(&before), Some(&Run::around("read", 1000.5, 0.3))).reason.unwrap();
    assert!(noisy.starts_with("the noise (±") && noisy.ends_with("above the threshold (3 %)"));
}

#[test]
fn what_was_not_compared_is_never_green() {
    let run = Run::around("read", 1000.0, 0.01);
    let other = Run::around("write", 1000.0, 0.02);
    let few = Run::of("read", &[1000.0, 1001.0, 1002.0]);
    let fewer = Run::of("read", &[1000.0, 1001.0]);
    let broken = Run(["{}", "{}", "{}"].map(str::to_owned));
    for (before, now, standing, why) in [
        (Some(&run), Some(&run), Standing::NotCompared, "a copy of the same run"),
        (Some(&run), None, Standing::Missing, "remove target/criterion/read"),
        (Some(&few), Some(&fewer), Standing::Unclear, "too little was measured"),
        (Some(&run), Some(&other), Standing::Unreadable, "its baseline is of read"),
        (Some(&run), Some(&broken), Standing::Unreadable, "target/criterion/read: not a whole"),
        (Some(&broken), Some(&run), Standing::Unreadable, "target/criterion/read: not a whole"),
        (Some(&broken), None, Standing::Unreadable, "target/criterion/read: not a whole"),
    ] {
        let found = timed(before, now);
        assert_eq!(found.standing, standing, "{found:?}");
        assert!(found.reason.as_ref().is_some_and(|it| it.contains(why)), "{why}: {found:?}");
        assert_eq!(outcome_of(&[found]), Outcome::NoVerdict);
    }
    let new = timed(None, Some(&run));
    assert_eq!((new.standing, &*new.name, new.before), (Standing::New, "read", None));
    assert_eq!(outcome_of(std::slice::from_ref(&new)), Outcome::NoVerdict, "nothing was compared");
    let within = timed(Some(&Run::around("read", 1000.0, 0.011)), Some(&run));
    assert_eq!(outcome_of(&[new, within]), Outcome::Pass);
    assert_eq!(outcome_of(&[]), Outcome::NoVerdict);
}

#[test]
fn a_result_that_is_older_than_the_sources_says_nothing() {
    let (before, now) = (Run::around("read", 1000.0, 0.01), Run::around("read", 2000.0, 0.01));
    let left = Left { is_old: true, ..LEFT };
    let config = Performance::default();
    let found = of_criterion(left, Some(before.files()), Some(now.files()), &config);
    assert_eq!((found.standing, found.now), (Standing::Stale, None), "{found:?}");
    let summary = summary(r#""new":2,"old":1"#, r#""new":1,"old":1"#);
    let found = of_gungraun(left, Some("app"), summary.as_bytes(), &config);
    assert_eq!(standings(&found), [(Unit::Instructions, Standing::Stale)]);
}

/// What gungraun itself says is too much is so, whatever is allowed here.
#[test]
fn a_limit_of_the_benchmarks_own_holds() {
    let of = |limits: &str| {
        let text = summary(r#""new":1000,"old":1000"#, r#""new":1,"old":1"#);
        let (begin, end) = text.split_once(r#""regressions":[]"#).unwrap();
        counted(&format!("{begin}\"regressions\":[{limits}]{end}"), &Performance::default())
    };
    let hard = r#"{"Hard":{"metric":{"Callgrind":"Ir"},"new":1000,"diff":1,"limit":999}}"#;
    let found = of(hard);
    assert_eq!(found[0].standing, Standing::Regressed);
    assert_eq!(
        found[0].reason.as_deref(),
        Some("above a limit of its own: Ir: 1000 (at most 999)")
    );
    assert_eq!((outcome_of(&found), outcome_of(&of(""))), (Outcome::Fail, Outcome::Pass));
}

#[test]
fn counts_are_compared_exactly_each_for_itself() {
    let config = Performance::default();
    let of = |instructions: &str, blocks: &str| counted(&summary(instructions, blocks), &config);
    let found = of(r#""new":1011,"old":1000"#, r#""new":0,"old":7"#);
    let wants =
        [(Unit::Instructions, Standing::Regressed), (Unit::Allocations, Standing::Improved)];
    assert_eq!(standings(&found), wants);
    assert_eq!((found[0].change, found[1].change), (Some(0.011), Some(-1.0)));
    assert_eq!((found[0].package.as_deref(), found[0].interval), (Some("app"), None));
    let found = of(r#""new":1010,"old":1000"#, r#""new":1,"old":0"#);
    let wants = [(Unit::Instructions, Standing::Within), (Unit::Allocations, Standing::Regressed)];
    assert_eq!(standings(&found), wants);
    assert_eq!(found[1].change, None, "of nothing it is no share");
    let found = of(r#""new":1"#, r#""old":7"#);
    let wants = [(Unit::Instructions, Standing::New), (Unit::Allocations, Standing::Missing)];
    assert_eq!(standings(&found), wants);
    let found = counted("{}", &config);
    assert_eq!(standings(&found), [(Unit::Instructions, Standing::Unreadable)]);
    assert_eq!(found[0].name, "target/criterion/read");
}

#[test]
fn a_benchmark_has_the_limit_that_means_it() {
    let text = "{member: app, benchmark: counts*, threshold: 5}, \
                {member: app, benchmark: read, threshold: 20, measure: time}, \
                {member: other, benchmark: read, threshold: 12, measure: time}";
    let config = limits(text);
    let found = counted(&summary(r#""new":105,"old":100"#, r#""new":1,"old":1"#), &config);
    assert_eq!(found[0].standing, Standing::Within);
    assert_eq!(
        (found[0].allowed.to_string(), found[0].limit.as_deref()),
        ("5".into(), Some("counts*"))
    );
    let (before, now) = (Run::around("read", 1000.0, 0.01), Run::around("read", 1150.0, 0.01));
    let found = of_criterion(LEFT, Some(before.files()), Some(now.files()), &config);
    // Criterion does not say of which package it is, so the strictest holds.
    assert_eq!((found.standing, found.allowed.to_string()), (Standing::Regressed, "12".into()));
}

#[test]
fn a_limit_that_no_benchmark_fits_is_missed() {
    let config = limits(
        "{member: app, benchmark: counts*, threshold: 5}, {member: lib, benchmark: read, threshold: 5}, \
         {member: app, benchmark: write, threshold: 20, measure: time}",
    );
    let mut found = counted(&summary(r#""new":100,"old":100"#, r#""new":1,"old":1"#), &config);
    found.push(timed(
        Some(&Run::around("read", 10.0, 0.01)),
        Some(&Run::around("read", 10.0, 0.012)),
    ));
    let missed = expected(&found, &config);
    let told: Vec<_> =
        missed.iter().map(|it| (it.package.as_deref(), &*it.name, it.unit)).collect();
    let wants =
        [(Some("app"), "write", Unit::Nanoseconds), (Some("lib"), "read", Unit::Instructions)];
    assert_eq!(told, wants);
    assert!(missed.iter().all(|it| it.standing == Standing::Missing));
    assert!(missed[0].reason.as_ref().unwrap().contains("no benchmark write ran whose time"));
    assert_eq!(outcome_of(&found), Outcome::Pass);
    found.extend(missed);
    assert_eq!(outcome_of(&found), Outcome::NoVerdict);
}

#[test]
fn a_comparison_is_written_for_programs() {
    let config = Performance::default();
    let subject =
        Subject { package: Some("app"), name: "add", unit: Unit::AllocatedBytes, config: &config };
    let json = serde_json::to_string(&subject.counted(100, 150)).unwrap();
    insta::assert_snapshot!(json, @r#"{"package":"app","name":"add","unit":"allocated-bytes","before":100,"now":150,"change":0.5,"interval":null,"allowed":1,"limit":null,"standing":"regressed","reason":null}"#);
}

proptest! {
    #[test]
    fn a_failure_counts_more_than_a_verdict_that_is_missing(
        standings in prop::collection::vec(0_usize..9, 0..6),
    ) {
        const ALL: [Standing; 9] = [
            Standing::Regressed, Standing::Improved, Standing::Within, Standing::Unclear, Standing::Missing,
            Standing::Stale, Standing::Unreadable, Standing::NotCompared, Standing::New,
        ];
        let config = Performance::default();
        let subject = Subject { package: None, name: "a", unit: Unit::Nanoseconds, config: &config };
        let all: Vec<_> = standings.iter().map(|at| subject.without(ALL[*at], "why")).collect();
        let outcomes: Vec<_> = all.iter().map(|it| it.standing.outcome()).collect();
        let outcome = outcome_of(&all);
        prop_assert_eq!(outcome == Outcome::Fail, outcomes.contains(&Outcome::Fail));
        let is_green = !outcomes.is_empty()
            && outcomes.contains(&Outcome::Pass)
            && outcomes.iter().all(|it| matches!(it, Outcome::Pass | Outcome::NotApplicable));
        prop_assert_eq!(outcome == Outcome::Pass, is_green);
    }
}
