//! A test in each stage that ran it.

use blocks_evidence::{Outcome, Test, Try};
use blocks_gates::{Cause, StageTests, Verdict};

use super::{seconds, tail};
use crate::terminal::{Style, command, line, painted};

/// A test as one stage saw it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShownTest<'a> {
    /// The stage.
    pub stage: &'a str,
    /// The unit whose record has it.
    pub unit: &'a str,
    /// The test.
    pub test: &'a Test,
    /// What the stage's verdict says of it, where it does not pass.
    pub cause: Option<&'a Cause>,
}

impl ShownTest<'_> {
    /// What holds the test, and its name: `my-crate::cli tests::adds`. It is the same in all stages.
    pub fn name(&self) -> String {
        format!("{} {}", self.test.binary, self.test.name)
    }
}

/// The tests that a text means: those that are called so, with or without what holds them; where there are none, those whose
/// names hold the text. They are in the order of their names, and of one name in that of the stages.
pub fn find_tests<'a>(
    stages: &'a [StageTests],
    verdicts: &'a [Verdict],
    text: &str,
) -> Vec<ShownTest<'a>> {
    let all = stages.iter().flat_map(|stage| {
        stage.units.iter().flat_map(move |unit| {
            unit.tests.iter().map(move |test| ShownTest {
                stage: &stage.stage,
                unit: &unit.unit,
                test,
                cause: cause_of(verdicts, &stage.stage, test),
            })
        })
    });
    let (mut exact, mut part) = (Vec::new(), Vec::new());
    for shown in all {
        let name = shown.name();
        if shown.test.name == text || name == text || name.replacen(' ', "::", 1) == text {
            exact.push(shown);
        } else if name.contains(text) || name.replacen(' ', "::", 1).contains(text) {
            part.push(shown);
        }
    }
    let mut found = if exact.is_empty() { part } else { exact };
    found.sort_by_key(ShownTest::name);
    found
}

/// What a verdict says of a test: a cause has its name before the first words of its message.
fn cause_of<'a>(verdicts: &'a [Verdict], stage: &str, test: &Test) -> Option<&'a Cause> {
    let names = [format!("{} {}: ", test.binary, test.name), format!("{}: ", test.name)];
    let of_stage = verdicts.iter().filter(|it| it.stage == stage);
    let mut causes = of_stage.flat_map(|it| &it.causes);
    causes.find(|cause| names.iter().any(|name| cause.message.starts_with(name)))
}

/// A test for a terminal: how it ended, where, what it said and printed, in each try; what to do about it, and how to repeat it.
///
/// Texts of other programs are made harmless, and each line is of bounded length.
pub fn test_text(shown: &ShownTest<'_>, color: bool) -> String {
    let ShownTest { stage, unit, test, cause } = shown;
    let (word, style) = word(test);
    let of = format!("of {} in {}", line(stage), line(unit));
    let taken = test.seconds.map(|it| format!(", {}", seconds(it))).unwrap_or_default();
    let mut lines = vec![format!("{} {}", painted(word, style, color), line(&shown.name()))];
    lines.push(format!("  {of}{taken}"));
    if let Some((file, number)) = &test.place {
        lines.push(format!("  at {}", line(&format!("{file}:{number}"))));
    }
    let is_tried = !test.tries.is_empty();
    let last =
        Said { kind: &test.kind, message: &test.message, output: &test.output, seconds: None };
    if test.outcome == Outcome::Passed {
        // Of a flaky test the message is that of a try.
        lines.extend(said("", &Said { kind: "", message: "", ..last }));
    } else {
        lines.extend(said(if is_tried { "one try" } else { "" }, &last));
    }
    for (at, Try { kind, message, output, seconds, .. }) in test.tries.iter().enumerate() {
        let try_of = Said { kind, message, output, seconds: *seconds };
        lines.extend(said(&format!("another try, {}", at + 1), &try_of));
    }
    if let Some(cause) = cause {
        lines.extend(cause.hint.as_ref().map(|it| format!("  hint: {}", line(it))));
        lines.extend(cause.repeat.as_ref().map(|it| format!("  repeat: {}", command(it))));
    }
    lines.join("\n") + "\n"
}

struct Said<'a> {
    kind: &'a str,
    message: &'a str,
    output: &'a str,
    seconds: Option<f64>,
}

fn said(what: &str, of: &Said<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let taken = of.seconds.map(|it| format!(" after {}", seconds(it))).unwrap_or_default();
    let heads = [what, of.kind].map(line);
    let head: Vec<_> = heads.iter().filter(|it| !it.is_empty()).map(String::as_str).collect();
    if !head.is_empty() {
        lines.push(format!("  {}{taken}:", head.join(": ")));
    }
    lines
        .extend(of.message.lines().map(|text| format!("    {}", line(text)).trim_end().to_owned()));
    if !of.output.trim().is_empty() {
        lines.push("  printed:".to_owned());
        lines.extend(tail(of.output));
    }
    lines
}

fn word(test: &Test) -> (&'static str, Style) {
    match (test.outcome, test.flaky) {
        (Outcome::Passed, false) => ("\u{2713} passed", Style::Green),
        (Outcome::Passed, true) => ("\u{2713} flaky: passed", Style::Yellow),
        (Outcome::Failed | Outcome::Error, false) => ("\u{2717} failed", Style::Red),
        (Outcome::Failed | Outcome::Error, true) => ("\u{2717} flaky: failed", Style::Red),
        (Outcome::Skipped, _) => ("- not run", Style::Dim),
    }
}
