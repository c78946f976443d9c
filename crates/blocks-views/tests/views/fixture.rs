//! Verdicts to look at.

use blocks_gates::{Cause, Code, Measure, Outcome, UnitVerdict, Verdict};
use proptest::prelude::*;

pub fn verdict(stage: &str, outcome: Outcome, summary: &str) -> Verdict {
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

pub fn cause(code: Code, message: &str) -> Cause {
    Cause {
        code,
        message: message.to_owned(),
        file: None,
        line: None,
        detail: None,
        repeat: None,
        unit: None,
        hint: None,
    }
}

pub fn tests(outcome: Outcome, passed: u64, failed: u64, flaky: u64) -> Verdict {
    let measure = Some(Measure::Tests { passed, failed, flaky, quarantined: 0, skipped: 0 });
    Verdict { measure, ..verdict("test", outcome, "tests") }
}

pub fn coverage(outcome: Outcome, covered: u64, count: u64) -> Verdict {
    let measure = Some(Measure::Coverage { covered, count, threshold: 95.0 });
    Verdict { measure, ..verdict("coverage", outcome, "coverage") }
}

/// One verdict of each outcome, with causes of all forms.
pub fn run() -> Vec<Verdict> {
    let failed = Cause {
        file: Some("crates/a/src/lib.rs".to_owned()),
        line: Some(12),
        detail: Some("  left: 1\n right: 2\n\nat a\nat b\n".to_owned()),
        repeat: Some("cargo nextest run -p a -E 'test(=adds)'".to_owned()),
        ..cause(Code::TestFailed, "a adds: assertion `left == right` failed")
    };
    let placed = Cause {
        file: Some("crates/b/src/main.rs".to_owned()),
        ..cause(Code::TestFailed, "b starts: exit status 1\nno such file")
    };
    vec![
        Verdict { seconds: 0.84, ..verdict("fmt", Outcome::Pass, "every file is formatted") },
        Verdict {
            seconds: 123.45,
            causes: vec![
                failed,
                placed,
                cause(Code::TestFailed, "c"),
                cause(Code::TestFailed, "d"),
            ],
            more_causes: 6,
            repeat: Some("cargo nextest run --workspace".to_owned()),
            ..tests(Outcome::Fail, 410, 10, 1)
        },
        Verdict {
            causes: vec![cause(Code::RecordAbsent, "there is no record of stage `docs`")],
            repeat: Some("cargo doc --workspace --no-deps".to_owned()),
            seconds: f64::NAN,
            unit: "caf\u{e9}-\u{4e2d}".to_owned(),
            ..verdict("docs", Outcome::NoVerdict, "no record")
        },
        verdict("doctest", Outcome::NotApplicable, "there are no documentation tests"),
    ]
}

pub fn units(count: usize, outcome: impl Fn(usize) -> Outcome) -> Vec<UnitVerdict> {
    let unit = |at| UnitVerdict {
        unit: format!("m{at}"),
        members: vec![format!("m{at}")],
        outcome: outcome(at),
        summary: "in short".to_owned(),
        seconds: 0.5,
    };
    (0..count).map(unit).collect()
}

/// Verdicts over members: some fail and one is not known, and none is known.
pub fn of_members() -> Vec<Verdict> {
    let of = |unit: &str, cause: Cause| Cause { unit: Some(unit.to_owned()), ..cause };
    let hinted = Cause {
        file: Some("m0/src/lib.rs".to_owned()),
        line: Some(3),
        hint: Some("name it under members.m0.files".to_owned()),
        repeat: Some("cargo nextest run --package m0".to_owned()),
        ..cause(Code::CompileError, "couldn't read `x.txt`")
    };
    let absent = || cause(Code::RecordAbsent, "there is no record at r/test/m9");
    let outcome = |at| match at {
        0..5 => Outcome::Fail,
        9 => Outcome::NoVerdict,
        _ => Outcome::Pass,
    };
    let failed =
        verdict("test", Outcome::Fail, "1 compile error; no verdict on 1 of 30 members: x");
    let unknown = verdict("docs", Outcome::NoVerdict, "no verdict on 1 of 1 member: x");
    vec![
        Verdict {
            causes: vec![of("m0", hinted), of("m9", absent())],
            units: units(30, outcome),
            repeat: Some("cargo nextest run --workspace".to_owned()),
            ..failed
        },
        Verdict {
            causes: vec![of("m0", absent())],
            units: units(1, |_| Outcome::NoVerdict),
            ..unknown
        },
        Verdict {
            units: units(2, |_| Outcome::Pass),
            ..verdict("fmt", Outcome::Pass, "all files")
        },
    ]
}

/// What could move a cursor, end a line or a cell, or speak to a CI runner.
pub fn hostile_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "|",
            "\\",
            "\\|",
            "`",
            "```",
            "<script>",
            "</code>",
            "&#124;",
            "@team",
            "#1",
            "\n",
            "\r",
            "\n\n",
            "\u{1b}[2J",
            "\u{1b}]0;x\u{7}",
            "\u{202e}",
            "::error::",
            "##[group]",
            "- ",
            "\t",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
        "[a-z ]{1,8}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// A verdict of which every text is hostile.
pub fn hostile() -> impl Strategy<Value = Verdict> {
    let outcome = prop::sample::select(vec![
        Outcome::Pass,
        Outcome::Fail,
        Outcome::NoVerdict,
        Outcome::NotApplicable,
    ]);
    let texts = prop::collection::vec(hostile_text(), 11);
    let code = prop::sample::select(Code::ALL.to_vec());
    let counts = (0..20_usize, 0..5_usize);
    (outcome, texts, any::<f64>(), counts, code).prop_map(
        |(outcome, texts, seconds, counts, code)| {
            let (causes, members) = counts;
            let one = Cause {
                file: Some(texts[3].clone()),
                line: Some(1),
                detail: Some(texts[4].clone()),
                repeat: Some(texts[5].clone()),
                unit: Some(texts[8].clone()),
                hint: Some(texts[9].clone()),
                ..cause(code, &texts[6])
            };
            // Where a cause has no place, its member may be shown in it.
            let one = if members % 2 == 0 { one } else { Cause { file: None, ..one } };
            let member = UnitVerdict {
                unit: texts[8].clone(),
                members: vec![texts[8].clone()],
                outcome,
                summary: texts[10].clone(),
                seconds,
            };
            Verdict {
                unit: texts[1].clone(),
                repeat: Some(texts[7].clone()),
                causes: vec![one; causes],
                units: vec![member; members],
                seconds,
                ..verdict(&texts[0], outcome, &texts[2])
            }
        },
    )
}
