//! Runs of cargo by several compilers, one after the other: which ones, and what each printed.
//!
//! A line a run: the version, the package, cargo's exit status, and how many lines it printed to standard output and to
//! standard error. By these numbers what all printed is taken apart again, so that no build can pass its words for
//! another's.

use crate::bounds::{NAME, bounded};
use crate::cargo_hack::read_cargo_builds;
use crate::cargo_messages::BuildMessages;
use crate::compiler_text::{CompilerText, read_compiler_text};
use crate::error::{EvidenceError, Format};
use crate::lines::Lines;

/// A run of cargo by a compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompilerRun {
    /// The version that its toolchain was asked for by.
    pub version: String,
    /// The package that was compiled.
    pub package: String,
    /// Cargo's exit status.
    pub exit: i32,
    /// Its messages; none where cargo did not come to compile.
    pub build: Option<BuildMessages>,
    /// What it said for people.
    pub said: CompilerText,
}

/// Reads the list of runs, with what they printed to standard output, `messages`, and to standard error, `said`.
pub fn read_compiler_runs(
    runs: &[u8],
    messages: &[u8],
    said: &[u8],
) -> Result<Vec<CompilerRun>, EvidenceError> {
    let format = Format::CompilerRuns;
    format.check_size(runs.len())?;
    let text = std::str::from_utf8(runs).map_err(|error| format.malformed("text", error))?;
    let (mut messages, mut said) = (Lines::of(messages), Lines::of(said));
    let mut read = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let row = row(line).ok_or_else(|| format.malformed_line(number, "this names no run"))?;
        let part = |lines: &mut Lines<'_>, count: usize| {
            lines.take(count).map_err(|reason| format.malformed_line(number, reason))
        };
        let (messages, said) = (part(&mut messages, row.messages)?, part(&mut said, row.said)?);
        let builds = read_cargo_builds(&messages)?;
        if builds.len() > 1 {
            return Err(format.malformed_line(number, "two builds in one run"));
        }
        read.push(CompilerRun {
            version: row.version,
            package: row.package,
            exit: row.exit,
            build: builds.into_iter().next(),
            said: read_compiler_text(&said)?,
        });
    }
    for lines in [messages, said] {
        lines.end().map_err(|reason| format.malformed("end", reason))?;
    }
    Ok(read)
}

struct Row {
    version: String,
    package: String,
    exit: i32,
    messages: usize,
    said: usize,
}

fn row(line: &str) -> Option<Row> {
    let words: Vec<_> = line.split(' ').collect();
    let [version, package, exit, messages, said] = words.as_slice() else { return None };
    let name = |word: &str| (!word.is_empty()).then(|| bounded(word, NAME));
    Some(Row {
        version: name(version)?,
        package: name(package)?,
        exit: exit.parse().ok()?,
        messages: messages.parse().ok()?,
        said: said.parse().ok()?,
    })
}
