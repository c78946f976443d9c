//! A run of which every text tries to be more than a text.

use std::collections::{BTreeMap, BTreeSet};

use blocks_config::PipelineConfig;
use blocks_evidence::{
    Coverage, FileCounts, FileCoverage, LineCounts, Outcome as TestOutcome, Test, Try,
};
use blocks_gates::{
    Cause, Code, Compared, Outcome, StageCost, StageTests, Subject, Unit, UnitTests, UnitVerdict,
    Verdict,
};
use blocks_history::{Point, Series, Unit as Counted};
use blocks_views::{Cost, Origin, Report, Versions};

/// What a page must show, and never do. Where one of them runs, `planted` is there.
const TEXTS: [&str; 18] = [
    "<script>window.planted=1</script>",
    "\"><img src=x onerror=window.planted=1>",
    "' onmouseover=window.planted=1 autofocus onfocus=window.planted=1 x='",
    "</code></pre></style></script></title><script>window.planted=1</script>",
    "<!--",
    "]]><![CDATA[",
    "javascript:window.planted=1",
    "<iframe src=https://planted.example></iframe><link rel=stylesheet href=https://planted.example>",
    "<meta http-equiv=refresh content=0;url=https://planted.example>",
    "<svg onload=window.planted=1><style>*{display:none}</style></svg>",
    "\u{1b}[31mred\u{1b}[0m\u{1b}]8;;https://planted.example\u{7}link\u{1b}]8;;\u{7}\u{9b}2J",
    "a\0b\u{1}c\u{7f}d\r\ne\u{85}f\u{2028}g\u{fffe}h",
    "\u{202e}gnp.exe\u{2066}\u{200b}\u{feff}",
    "::error::planted\n##[group]planted\n| a | b |\n```\n@everyone #1",
    "# a\n===\n> b\n1. c\n- [ ] d [e](https://planted.example) ![f](https://planted.example)\n[g]: https://planted.example\n\n    h",
    "https://planted.example ftp://planted.example www.planted.example i@planted.example GH-1 <https://planted.example>",
    "&lt;b&gt;&#60;script&#62; &amp; &nbsp; \u{fffd}",
    "\u{5d0}\u{5d1}\u{5d2} e\u{301}\u{301}\u{301}\u{301} \u{1f9e8} {{planted}} ${planted}",
];

/// All that a report borrows.
pub struct Run {
    name: String,
    verdicts: Vec<Verdict>,
    tests: Vec<StageTests>,
    lines: LineCounts,
    patch: Coverage,
    costs: Vec<Cost<'static>>,
    compared: Vec<Compared>,
    history: Vec<Series>,
    made: BTreeSet<(String, String)>,
    tools: BTreeMap<String, String>,
}

impl Run {
    pub fn new() -> Self {
        let long = TEXTS[0].repeat(40_000);
        let texts: Vec<&str> = TEXTS.iter().copied().chain([long.as_str()]).collect();
        let tests = texts.iter().map(|text| test(text)).collect();
        let units = vec![UnitTests { unit: TEXTS[1].to_owned(), tests, others: Vec::new() }];
        let tests = StageTests { stage: "test".to_owned(), units, not_applicable: None };
        let lines = texts
            .iter()
            .map(|text| FileCounts { file: (*text).to_owned(), lines: vec![(1, 0), (2, 1)] });
        Self {
            name: TEXTS[3].to_owned(),
            verdicts: vec![red(&texts), unknown(&texts)],
            tests: vec![tests],
            lines: lines.collect(),
            patch: Coverage { files: texts.iter().map(|text| patched(text)).collect() },
            costs: TEXTS.iter().map(|text| cost(text)).collect(),
            compared: compared(&texts),
            history: texts.iter().flat_map(|text| history(text)).collect(),
            made: texts.iter().map(|text| ((*text).to_owned(), (*text).to_owned())).collect(),
            tools: texts.iter().map(|text| ((*text).to_owned(), (*text).to_owned())).collect(),
        }
    }

    pub fn report(&self) -> Report<'_> {
        Report {
            name: &self.name,
            folder: TEXTS[16],
            revision: Some(TEXTS[1]),
            origin: Origin {
                sources: Some(TEXTS[2]),
                toolchain: Some(Versions { rustc: TEXTS[0], cargo: TEXTS[3], tools: &self.tools }),
            },
            baseline: Some(TEXTS[1]),
            verdicts: &self.verdicts,
            tests: &self.tests,
            lines: Some(&self.lines),
            patch: Some(&self.patch),
            costs: &self.costs,
            compared: &self.compared,
            history: &self.history,
            made: Some(&self.made),
        }
    }
}

/// Changed lines of a file of this name.
fn patched(text: &str) -> FileCoverage {
    FileCoverage { file: text.to_owned(), covered: vec![2], uncovered: vec![1] }
}

/// What a stage of this name took.
fn cost(stage: &'static str) -> Cost<'static> {
    let now = StageCost { stage, seconds: 1.0, retried: 0.0, records: 1, is_by_nix: false };
    Cost { now, before: Some(2.0) }
}

/// What was measured of something of this name, and what it came to, at two commits of this name.
fn history(text: &str) -> [Series; 2] {
    [(text.to_owned(), Counted::Bytes), (format!("outcome/{text}"), Counted::Passed)].map(
        |(name, unit)| {
            let point = |value: f64| Point {
                revision: format!("{value} {text}"),
                date: text.to_owned(),
                value,
                interval: None,
                measurements: 1,
                toolchains: BTreeSet::from([text.to_owned()]),
            };
            let points = vec![point(0.0), point(1.0)];
            Series { name, machine: text.to_owned(), unit, points }
        },
    )
}

/// A benchmark of each name, which cost more than it may.
fn compared(texts: &[&str]) -> Vec<Compared> {
    let config = PipelineConfig::parse("", "p.yml").expect("defaults").performance;
    let of = |name: &&str| {
        let subject =
            Subject { package: Some(name), name, unit: Unit::Instructions, config: &config };
        subject.counted(1000, 2000)
    };
    texts.iter().map(of).collect()
}

fn test(text: &str) -> Test {
    let text = text.to_owned();
    let other = Try {
        is_error: false,
        kind: text.clone(),
        message: text.clone(),
        output: text.clone(),
        seconds: None,
    };
    Test {
        binary: text.clone(),
        name: text.clone(),
        outcome: TestOutcome::Failed,
        flaky: true,
        tries: vec![other],
        kind: text.clone(),
        message: text.clone(),
        place: Some((text.clone(), 1)),
        output: text,
        sanitizer: None,
        seconds: None,
    }
}

fn red(texts: &[&str]) -> Verdict {
    let cause = |text: &&str| Cause {
        code: Code::TestFailed,
        message: format!("{text} {text}: {text}"),
        file: Some((*text).to_owned()),
        line: Some(1),
        detail: Some((*text).to_owned()),
        repeat: Some((*text).to_owned()),
        unit: None,
        hint: Some((*text).to_owned()),
    };
    let unit = |text: &&str| UnitVerdict {
        unit: (*text).to_owned(),
        members: vec![(*text).to_owned()],
        outcome: Outcome::Fail,
        summary: (*text).to_owned(),
        seconds: 1.0,
    };
    Verdict {
        stage: "test".to_owned(),
        unit: "workspace".to_owned(),
        outcome: Outcome::Fail,
        summary: texts[0].to_owned(),
        causes: texts.iter().map(cause).collect(),
        more_causes: 0,
        measure: None,
        repeat: Some(texts[1].to_owned()),
        seconds: 1.0,
        units: texts.iter().map(unit).collect(),
    }
}

fn unknown(texts: &[&str]) -> Verdict {
    Verdict {
        stage: texts[0].to_owned(),
        unit: texts[1].to_owned(),
        outcome: Outcome::NoVerdict,
        units: Vec::new(),
        ..red(texts)
    }
}
