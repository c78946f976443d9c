//! A large red run: five stages fail and one has no verdict, over 20 members, 3000 tests, 400 diagnostics and 50000 lines.

use std::collections::{BTreeMap, BTreeSet};

use blocks_config::PipelineConfig;
use blocks_evidence::{FileCounts, LineCounts, Outcome as TestOutcome, Test, Try};
use blocks_gates::{
    Cause, Code, Compared, Measure, Outcome, StageCost, StageTests, Subject, Unit, UnitTests,
    UnitVerdict, Verdict,
};
use blocks_history::{Point, Series};
use blocks_stages::Table;
use blocks_views::{Cost, Origin, Report, Versions};

const MEMBERS: usize = 20;
const TESTS: usize = 3000;
const DIAGNOSTICS: usize = 400;
const LINES: usize = 50_000;

/// All that a report borrows.
pub struct Run {
    pub verdicts: Vec<Verdict>,
    pub tests: Vec<StageTests>,
    pub lines: LineCounts,
    pub costs: Vec<Cost<'static>>,
    pub compared: Vec<Compared>,
    pub history: Vec<Series>,
    tools: BTreeMap<String, String>,
}

impl Run {
    pub fn new() -> Self {
        let tests = vec![tests()];
        let verdicts = verdicts(&tests);
        let costs = verdicts.iter().filter_map(cost).collect();
        let tools = [("cargo-nextest", "0.9.140"), ("cargo-llvm-cov", "0.9.1")];
        let tools = tools.map(|(tool, version)| (tool.to_owned(), version.to_owned())).into();
        Self {
            verdicts,
            tests,
            lines: lines(),
            costs,
            compared: compared(),
            history: history(),
            tools,
        }
    }

    pub fn report(&self) -> Report<'_> {
        let (rustc, cargo) =
            ("rustc 1.95.0 (59807616e 2026-04-14)", "cargo 1.95.0 (f2d3ce0bd 2026-03-21)");
        Report {
            name: "large",
            folder: "",
            revision: Some("0123456789abcdef0123456789abcdef01234567"),
            origin: Origin {
                sources: Some(
                    "sha256-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                ),
                toolchain: Some(Versions { rustc, cargo, tools: &self.tools }),
            },
            baseline: Some("main (1a2b3c4)"),
            verdicts: &self.verdicts,
            tests: &self.tests,
            lines: Some(&self.lines),
            patch: None,
            costs: &self.costs,
            compared: &self.compared,
            history: &self.history,
            made: None,
        }
    }
}

fn cost(verdict: &Verdict) -> Option<Cost<'static>> {
    let stage = Table::embedded().stage(&verdict.stage).filter(|it| it.record.is_none())?;
    let now = StageCost {
        stage: &stage.id,
        seconds: verdict.seconds,
        retried: 0.0,
        records: verdict.units.len().max(1),
        is_by_nix: false,
    };
    Some(Cost { now, before: None })
}

fn member(at: usize) -> String {
    format!("acme-{}", ["parser", "engine", "store", "http", "cli"][at % 5]) + &format!("-{at:02}")
}

fn file(at: usize) -> String {
    format!("crates/{}/src/module_{:03}.rs", member(at % MEMBERS), at)
}

fn tests() -> StageTests {
    let unit = |of: usize| {
        let one = |at: usize| test(of, at * MEMBERS + of);
        UnitTests {
            unit: member(of),
            tests: (0..TESTS / MEMBERS).map(one).collect(),
            others: Vec::new(),
        }
    };
    StageTests {
        stage: "test".to_owned(),
        units: (0..MEMBERS).map(unit).collect(),
        not_applicable: None,
    }
}

fn test(of: usize, at: usize) -> Test {
    let green = Test {
        binary: if at.is_multiple_of(3) { format!("{}::it", member(of)) } else { member(of) },
        name: format!("tests::module_{:02}::the_thing_number_{at}_does_what_it_says", at % 17),
        outcome: TestOutcome::Passed,
        flaky: false,
        tries: Vec::new(),
        kind: String::new(),
        message: String::new(),
        place: None,
        output: String::new(),
        sanitizer: None,
        seconds: Some(f64::from(u32::try_from(at * 7919 % 400).unwrap_or_default()) / 1000.0),
    };
    let said = "assertion `left == right` failed: the sum of all parts\n  left: 41\n right: 42";
    let output = "running 1 test\nreading input…\n  part 1: 20\n  part 2: 21\n".repeat(6);
    match at % 250 {
        17 => Test {
            outcome: TestOutcome::Failed,
            kind: "test failure with exit code 101".to_owned(),
            message: said.to_owned(),
            place: Some((file(at % 300), 40 + u32::try_from(at % 90).unwrap_or_default())),
            output: format!("{output}thread 'main' panicked:\n{said}\n"),
            ..green
        },
        88 => Test {
            flaky: true,
            tries: vec![Try {
                is_error: false,
                kind: "test failure with exit code 101".to_owned(),
                message: "connection refused".to_owned(),
                output,
                seconds: Some(1.5),
            }],
            ..green
        },
        99 => Test { outcome: TestOutcome::Skipped, message: "slow".to_owned(), ..green },
        _ => green,
    }
}

fn plain(stage: &str, outcome: Outcome, summary: &str) -> Verdict {
    Verdict {
        stage: stage.to_owned(),
        unit: "workspace".to_owned(),
        outcome,
        summary: summary.to_owned(),
        causes: Vec::new(),
        more_causes: 0,
        measure: None,
        repeat: None,
        seconds: 0.0,
        units: Vec::new(),
    }
}

fn cause(code: Code, message: String, place: (String, u32)) -> Cause {
    Cause {
        code,
        message,
        file: Some(place.0),
        line: Some(place.1),
        detail: None,
        repeat: None,
        unit: None,
        hint: None,
    }
}

/// All stages of the table, of which some are not green.
fn verdicts(tests: &[StageTests]) -> Vec<Verdict> {
    let of = |(at, id): (usize, &str)| {
        let seconds = [0.4, 31.0, 88.5, 0.0, 12.25, 7.0, 3.5][at % 7];
        let verdict = match id {
            "fmt" => unformatted(),
            "clippy" => lints(),
            "test" => failed_tests(tests),
            "coverage" => uncovered(),
            "advisories" => advisory(),
            "docs" => no_record(),
            "doc-coverage" => documented(),
            "models" | "mutants" | "semver" => {
                plain(id, Outcome::NotApplicable, "there is nothing to compare with")
            }
            _ => plain(id, Outcome::Pass, "all that was asked for holds"),
        };
        let units = if verdict.units.is_empty() && at % 3 != 0 {
            units(verdict.outcome)
        } else {
            verdict.units
        };
        Verdict { seconds, units, ..verdict }
    };
    Table::embedded().stage_ids().enumerate().map(of).collect()
}

fn units(outcome: Outcome) -> Vec<UnitVerdict> {
    let one = |at: usize| UnitVerdict {
        unit: member(at),
        members: vec![member(at)],
        outcome: if at.is_multiple_of(4) { outcome } else { Outcome::Pass },
        summary: "in short".to_owned(),
        seconds: 1.25,
    };
    (0..MEMBERS).map(one).collect()
}

fn unformatted() -> Verdict {
    let diff = |at: usize| Cause {
        detail: Some("-fn  a( ) {}\n+fn a() {}\n".to_owned()),
        ..cause(Code::Unformatted, "is not formatted".to_owned(), (file(at), 3))
    };
    Verdict {
        causes: (0..4).map(diff).collect(),
        repeat: Some("cargo fmt --all --check".to_owned()),
        ..plain("fmt", Outcome::Fail, "4 files are not formatted")
    }
}

fn lints() -> Verdict {
    let lint = |at: usize| {
        let (file, line) = (file(at), 10 + u32::try_from(at).unwrap_or_default());
        let rendered = format!(
            "error: this `if` has identical blocks\n   --> {file}:{line}:12\n    |\n{line} |       if ready {{\n    |  ______________^\n{} | |         start(value);\n{} | |     }} else {{\n    | |_____^\n    |\n    = help: for further information visit https://rust-lang.github.io/rust-clippy/master/index.html#if_same_then_else\n    = note: `-D clippy::if-same-then-else` implied by `-D warnings`\n",
            line + 1,
            line + 2
        );
        Cause {
            detail: Some(rendered),
            ..cause(
                Code::Lint,
                "this `if` has identical blocks (clippy::if_same_then_else)".to_owned(),
                (file, line),
            )
        }
    };
    Verdict {
        causes: (0..DIAGNOSTICS).map(lint).collect(),
        repeat: Some("cargo clippy --workspace --all-targets -- --deny warnings".to_owned()),
        units: units(Outcome::Fail),
        ..plain("clippy", Outcome::Fail, "400 findings")
    }
}

fn failed_tests(tests: &[StageTests]) -> Verdict {
    let all = || tests.iter().flat_map(|it| &it.units).flat_map(|it| &it.tests);
    let failed = |test: &&Test| test.outcome == TestOutcome::Failed;
    let told = |test: &Test| Cause {
        detail: Some(format!("{}\n\n{}", test.message, test.output)),
        repeat: Some(format!(
            "cargo nextest run --workspace -E 'binary_id(={}) & test(={})'",
            test.binary, test.name
        )),
        ..cause(
            Code::TestFailed,
            format!(
                "{} {}: {}",
                test.binary,
                test.name,
                test.message.lines().next().unwrap_or_default()
            ),
            test.place.clone().unwrap_or_default(),
        )
    };
    let count = |count: usize| u64::try_from(count).unwrap_or_default();
    let (failures, flaky) = (all().filter(failed).count(), all().filter(|it| it.flaky).count());
    let measure = Measure::Tests {
        passed: count(TESTS - failures),
        failed: count(failures),
        flaky: count(flaky),
        quarantined: 0,
        skipped: 0,
    };
    Verdict {
        causes: all().filter(failed).map(told).collect(),
        measure: Some(measure),
        repeat: Some("cargo nextest run --workspace".to_owned()),
        units: units(Outcome::Fail),
        ..plain("test", Outcome::Fail, &format!("{failures} failed, {} passed", TESTS - failures))
    }
}

fn uncovered() -> Verdict {
    let of = |at: usize| Cause {
        detail: Some(format!("not run: {}:3-5, 9", file(at))),
        ..cause(Code::CoverageBelowThreshold, "tests run 84 of 100 lines".to_owned(), (file(at), 3))
    };
    Verdict {
        causes: (0..40).map(of).collect(),
        measure: Some(Measure::Coverage { covered: 44_400, count: 50_000, threshold: 95.0 }),
        repeat: Some("cargo llvm-cov nextest --workspace".to_owned()),
        ..plain("coverage", Outcome::Fail, "88.8 % of lines (95 % wanted)")
    }
}

fn documented() -> Verdict {
    let measure = Measure::Documentation {
        documented: 1204,
        count: 1250,
        with_examples: 240,
        example_items: 800,
        threshold: 95.0,
        is_compared: false,
    };
    Verdict {
        measure: Some(measure),
        ..plain("doc-coverage", Outcome::Pass, "96.3 % of items (95 % wanted)")
    }
}

fn advisory() -> Verdict {
    let one = Cause {
        hint: Some("update `time` to 0.3.47 or later".to_owned()),
        detail: Some("RUSTSEC-2026-0009: denial of service by a deeply nested comment\ntime 0.3.40\n  acme-http-03 0.1.0".to_owned()),
        file: None,
        line: None,
        ..cause(Code::AdvisoryVulnerability, "time 0.3.40: denial of service (RUSTSEC-2026-0009)".to_owned(), (String::new(), 0))
    };
    Verdict {
        causes: vec![one],
        repeat: Some("cargo deny --workspace check advisories".to_owned()),
        ..plain("advisories", Outcome::Fail, "1 known vulnerability in 214 crates")
    }
}

fn no_record() -> Verdict {
    let absent = Cause {
        file: None,
        line: None,
        unit: Some(member(0)),
        hint: Some("run the stage: cargo blocks check docs".to_owned()),
        ..cause(
            Code::RecordAbsent,
            format!("there is no record at records/docs/{}", member(0)),
            (String::new(), 0),
        )
    };
    Verdict {
        causes: vec![absent],
        units: units(Outcome::NoVerdict),
        ..plain("docs", Outcome::NoVerdict, "no verdict on 5 of 20 members: there is no record")
    }
}

fn lines() -> LineCounts {
    const FILES: usize = 300;
    let of = |at: usize| {
        let count = |line: usize| {
            let missed = !at.is_multiple_of(3) && (line % 40 < 5 || line.is_multiple_of(23));
            (u32::try_from(line * 2 + 1).unwrap_or_default(), u64::from(!missed) * 12)
        };
        FileCounts { file: file(at), lines: (0..LINES / FILES).map(count).collect() }
    };
    (0..FILES).map(of).collect()
}

fn compared() -> Vec<Compared> {
    let config = PipelineConfig::parse("", "p.yml").expect("defaults").performance;
    let one = |at: u64| {
        let name = format!("read/lines/{at}");
        let subject = Subject {
            package: Some("acme-parser-00"),
            name: &name,
            unit: Unit::Instructions,
            config: &config,
        };
        subject.counted(5_014_000 + at * 1000, 5_014_000 + at * (900 + at * 40 % 700))
    };
    (0..24).map(one).collect()
}

fn history() -> Vec<Series> {
    let point = |at: usize, value: f64| Point {
        revision: format!("{:02x}", at * 37 % 256).repeat(20),
        date: format!("2026-11-{:02}T10:00:00Z", at + 1),
        value,
        interval: None,
        measurements: 1,
        toolchains: BTreeSet::from(["rustc 1.95.0".to_owned()]),
    };
    let series = |(name, unit): (&str, blocks_history::Unit)| Series {
        name: name.to_owned(),
        machine: "linux-x86_64, Some Processor @ 2.00GHz, 2 cores".to_owned(),
        unit,
        points: [412.0, 415.5, 409.0, 431.0, 430.2, 428.9, 401.0, 399.5]
            .into_iter()
            .enumerate()
            .map(|(at, value)| point(at, value))
            .collect(),
    };
    let all = [
        ("instructions/acme-parser-00/read/lines/1", blocks_history::Unit::Instructions),
        ("seconds/test", blocks_history::Unit::Seconds),
        ("size/acme-cli-04/acme", blocks_history::Unit::Bytes),
    ];
    all.into_iter().map(series).collect()
}
