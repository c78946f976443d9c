//! What libtest prints to standard output for people; `cargo test --doc` has no other stable form.
//!
//! A test's output stands in the same text, and can look like any line of it. Two things keep
//! such a line from turning a failure into a success: what is counted must be what the section's
//! result line says, and the gate compares the answer with cargo's exit status.

use crate::bounds::{DETAIL, MESSAGE, NAME, bounded, bounded_tail};
use crate::error::{EvidenceError, Format};
use crate::panic_text::find_panic;
use crate::printable::strip_ansi;
use section::Section;

mod crates;
mod section;

/// How a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LibtestOutcome {
    /// `ok`
    Passed,
    /// `FAILED`
    Failed,
    /// `ignored`
    Ignored,
}

/// Where a documentation test stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocPlace {
    /// The source file, relative to the workspace.
    pub file: String,
    /// The line where the code block begins.
    pub line: u32,
    /// The documented item; empty for a module or a file.
    pub item: String,
}

/// One test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibtestTest {
    /// Its name as libtest prints it.
    pub name: String,
    /// The place that a documentation test's name holds.
    pub place: Option<DocPlace>,
    /// The section that it stands in, counted from 0.
    pub section: usize,
    /// How it ended.
    pub outcome: LibtestOutcome,
    /// Of a failed test: the panic's message, else the compiler's first error, else the first line.
    pub message: String,
    /// Of a failed test: the end of what it printed.
    pub output: String,
}

/// All tests of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibtestRun {
    /// The tests in the order of the text. None is an answer too: a workspace without examples.
    pub tests: Vec<LibtestTest>,
    /// How many sections (`running N tests` to `test result`) there are: one or two a library.
    pub sections: usize,
    /// Lines outside of tests that libtest did not print: what procedural macros print.
    pub other_lines: usize,
}

impl LibtestRun {
    /// How many tests ended like this.
    pub fn count(&self, outcome: LibtestOutcome) -> usize {
        self.tests.iter().filter(|test| test.outcome == outcome).count()
    }
}

/// Reads the tests of all sections of a text. A text without a section has no tests.
///
/// A section whose counts differ from its tests, that has no result line, or that text follows
/// which is not libtest's, is malformed.
pub fn read_libtest_text(bytes: &[u8]) -> Result<LibtestRun, EvidenceError> {
    Format::LibtestText.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    let text = strip_ansi(&text);
    let mut run = LibtestRun { tests: Vec::new(), sections: 0, other_lines: 0 };
    let mut section: Option<Section> = None;
    let mut stray = None;
    for (index, line) in text.lines().enumerate() {
        let malformed = |reason| Format::LibtestText.malformed_line(index + 1, reason);
        match &mut section {
            Some(open) => {
                if open.line(line).map_err(malformed)? {
                    finish(&mut run, section.take());
                }
            }
            None if line.starts_with("test result: ") => {
                return Err(malformed("a result without its tests".to_owned()));
            }
            None => {
                section = Section::open(line);
                stray = if section.is_some() { None } else { stray.or(stray_line(line, index)) };
                run.other_lines +=
                    usize::from(stray_line(line, index).is_some() && section.is_none());
            }
        }
    }
    if section.is_some() {
        return Err(Format::LibtestText.malformed("end", "no result line"));
    }
    match stray {
        Some(index) => {
            Err(Format::LibtestText.malformed_line(index + 1, "text after the last result"))
        }
        None => Ok(run),
    }
}

fn stray_line(line: &str, index: usize) -> Option<usize> {
    let is_ours = line.trim().is_empty() || line.starts_with("all doctests ran in ");
    (!is_ours).then_some(index)
}

fn finish(run: &mut LibtestRun, section: Option<Section>) {
    let Some(section) = section else { return };
    let number = run.sections;
    run.sections += 1;
    run.other_lines += section.other_lines;
    for (name, outcome) in &section.tests {
        let output = section.output_of(name);
        run.tests.push(LibtestTest {
            name: bounded(name, NAME),
            place: doc_place(name),
            section: number,
            outcome: *outcome,
            message: message(&output),
            output: bounded_tail(output.trim(), DETAIL),
        });
    }
}

fn message(output: &str) -> String {
    if let Some(panic) = find_panic(output).filter(|panic| !panic.message.is_empty()) {
        return panic.message;
    }
    let mut lines = output.lines().map(str::trim).filter(|line| !line.is_empty());
    let error = lines.clone().find(|line| line.starts_with("error"));
    bounded(error.or_else(|| lines.next()).unwrap_or_default(), MESSAGE)
}

/// `src/lib.rs - item (line 13) - compile fail`
fn doc_place(name: &str) -> Option<DocPlace> {
    let (before, after) = name.rsplit_once("(line ")?;
    let (line, _) = after.split_once(')')?;
    let before = before.trim_end();
    let (file, item) = before
        .match_indices(" -")
        .map(|(at, _)| (&before[..at], before[at + 2..].trim()))
        .find(|(file, _)| [".rs", ".md"].iter().any(|end| file.ends_with(end)))?;
    Some(DocPlace {
        file: bounded(file, NAME),
        line: line.parse().ok()?,
        item: bounded(item, NAME),
    })
}

#[cfg(test)]
mod tests {
    use super::section::test_line;
    use super::*;

    #[test]
    fn a_name_gives_its_place() {
        let place = |name| doc_place(name).map(|p| (p.file, p.item, p.line));
        let expected = Some(("a/src/lib.rs".into(), "one".into(), 13));
        assert_eq!(place("a/src/lib.rs - one (line 13) - compile fail"), expected);
        assert_eq!(
            place("b - c/README.md - (line 6)"),
            Some(("b - c/README.md".into(), String::new(), 6))
        );
        assert_eq!(place("tests::one"), None);
        assert_eq!(place("src/lib.rs - one (line x)"), None);
    }

    #[test]
    fn a_line_of_a_test_ends_with_how_it_ended() {
        assert_eq!(test_line("test a ... ok"), Some(("a", LibtestOutcome::Passed)));
        assert_eq!(test_line("test a ... ok <0.012s>"), Some(("a", LibtestOutcome::Passed)));
        assert_eq!(test_line("test a ... b ... FAILED"), Some(("a ... b", LibtestOutcome::Failed)));
        assert_eq!(test_line("test a ... ignored, slow"), Some(("a", LibtestOutcome::Ignored)));
        assert_eq!(test_line("test a has been running for over 60 seconds"), None);
        assert_eq!(test_line("best a ... ok"), None);
    }
}
