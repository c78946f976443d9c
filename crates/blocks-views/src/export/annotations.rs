//! Causes as annotations of a run of GitHub Actions.

use std::fmt::Write as _;

use blocks_gates::{Cause, Code, Outcome, Verdict};

use super::place::in_repository;
use super::text::shown;
use crate::outcome::name;

/// How many annotations of each kind the runner keeps of a step; what is beyond is lost without a word
/// (<https://docs.github.com/en/actions/reference/limits>).
const MOST: usize = 10;

/// The most bytes of one message: enough to see what it is about. No path is longer.
const MESSAGE: usize = 4 * 1024;

/// Why stages are not green, as commands that GitHub's runner makes annotations of, one a line
/// (`::error file=src/lib.rs,line=3,title=…::message`).
///
/// - A cause of a stage that fails is an error, of one without a verdict a warning. A runner keeps ten of each kind of a step, so
///   that there are as many, those of tests and compilers first; causes of one line of a file are one.
/// - Files are called from the root of the repository, in which the workspace lies at `folder` (empty: at the root).
/// - Where there are more, a notice says how many, and where they are: `more` says that in words.
pub fn annotations(verdicts: &[Verdict], folder: &str, more: &str) -> String {
    let mut out = String::new();
    let mut left_out = 0;
    for (command, outcome) in [("error", Outcome::Fail), ("warning", Outcome::NoVerdict)] {
        let all = of(verdicts, outcome);
        let beyond: usize =
            verdicts.iter().filter(|it| it.outcome == outcome).map(|it| it.more_causes).sum();
        left_out += all.len().saturating_sub(MOST) + beyond;
        for one in all.iter().take(MOST) {
            one.push(&mut out, command, folder);
        }
    }
    if left_out > 0 {
        let text = format!("{left_out} more are not shown here: {more}");
        let _ = writeln!(out, "::notice title=blocks::{}", data(&text));
    }
    out
}

/// What is said of one place.
struct Annotation<'a> {
    /// The stage, and what its causes are.
    title: String,
    place: Option<(&'a str, Option<u32>)>,
    weight: u8,
    messages: Vec<String>,
}

/// What there is to say of stages of an outcome, the most important first.
fn of(verdicts: &[Verdict], outcome: Outcome) -> Vec<Annotation<'_>> {
    let mut all: Vec<Annotation<'_>> = Vec::new();
    for verdict in verdicts.iter().filter(|it| it.outcome == outcome) {
        if verdict.causes.is_empty() {
            let messages = vec![verdict.summary.clone()];
            all.push(Annotation { title: name(verdict), place: None, weight: 2, messages });
        }
        for cause in &verdict.causes {
            let title = format!("{}: {}", name(verdict), cause.code);
            let place = cause.file.as_deref().map(|file| (file, cause.line));
            // Causes are in the order of their places.
            match all
                .last_mut()
                .filter(|it| it.place.is_some() && (it.place, &it.title) == (place, &title))
            {
                Some(same) => same.messages.push(told(cause)),
                None => all.push(Annotation {
                    title,
                    place,
                    weight: weight(cause.code),
                    messages: vec![told(cause)],
                }),
            }
        }
    }
    all.sort_by_key(|it| it.weight);
    all
}

/// Failing tests first, then what does not compile, then all others, as they come.
fn weight(code: Code) -> u8 {
    match code {
        Code::TestFailed | Code::DoctestFailed | Code::ExampleFailed => 0,
        Code::CompileError | Code::SyntaxError => 1,
        _ => 2,
    }
}

fn told(cause: &Cause) -> String {
    let parts =
        [Some(&cause.message), cause.detail.as_ref(), cause.hint.as_ref(), cause.repeat.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\n")
}

impl Annotation<'_> {
    fn push(&self, out: &mut String, command: &str, folder: &str) {
        let _ = write!(out, "::{command} ");
        // Half of a path would be another file.
        let place = self.place.map(|(file, line)| (in_repository(folder, file), line));
        if let Some((file, line)) = place.filter(|(file, _)| file.len() <= MESSAGE) {
            let _ = write!(out, "file={},", property(&file));
            if let Some(line) = line {
                let _ = write!(out, "line={line},");
            }
        }
        let _ =
            writeln!(out, "title={}::{}", property(&self.title), data(&self.messages.join("\n\n")));
    }
}

/// A message, of which the runner takes no character for its own: it reads `%25`, `%0D` and `%0A` as what they stand for.
fn data(text: &str) -> String {
    shown(text, MESSAGE).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value of a property, which a colon or a comma would end, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
