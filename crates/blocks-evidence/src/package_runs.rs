//! Runs of `cargo package`, one a member: which ones, how each ended, and what it said.
//!
//! A line a run: the package, cargo's exit status, and how many lines it printed to standard error. By these numbers
//! what all printed is taken apart again, so that no build can pass its words for another's.

use crate::bounds::{DETAIL, MESSAGE, NAME, bounded};
use crate::compiler_text::{CompilerText, read_compiler_text};
use crate::error::{EvidenceError, Format};
use crate::lines::Lines;

/// A run of `cargo package`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageRun {
    /// The package that was to be packaged.
    pub package: String,
    /// Cargo's exit status.
    pub exit: i32,
    /// Whether cargo says that it compiles what it has packed.
    pub is_verified: bool,
    /// What it said.
    pub said: CompilerText,
    /// What cargo said in its last error, and below it.
    pub last_error: Option<PackageError>,
}

/// The error by which cargo ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageError {
    /// Its first line, without `error: `.
    pub message: String,
    /// The innermost reason that it gives (`Caused by:`).
    pub reason: Option<String>,
    /// All of its text.
    pub text: String,
}

/// Reads the list of runs, with what they printed to standard error, `said`.
pub fn read_package_runs(runs: &[u8], said: &[u8]) -> Result<Vec<PackageRun>, EvidenceError> {
    let format = Format::PackageRuns;
    format.check_size(runs.len())?;
    let text = std::str::from_utf8(runs).map_err(|error| format.malformed("text", error))?;
    if !text.is_empty() && !text.ends_with('\n') {
        return Err(format.malformed("end", "its last line has no end"));
    }
    let mut said = Lines::of(said);
    let mut read: Vec<PackageRun> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let (package, exit, count) =
            row(line).ok_or_else(|| format.malformed_line(number, "this names no run"))?;
        if read.iter().any(|run| run.package == package) {
            return Err(format.malformed_line(number, "that package is there twice"));
        }
        let said = said.take(count).map_err(|reason| format.malformed_line(number, reason))?;
        let text = String::from_utf8_lossy(&said);
        let verifying = format!("Verifying {package} v");
        read.push(PackageRun {
            is_verified: text.lines().any(|line| line.trim_start().starts_with(&verifying)),
            last_error: last_error(&text),
            said: read_compiler_text(&said)?,
            package,
            exit,
        });
    }
    said.end().map_err(|reason| format.malformed("end", reason))?;
    Ok(read)
}

fn row(line: &str) -> Option<(String, i32, usize)> {
    let words: Vec<_> = line.split(' ').collect();
    let [package, exit, count] = words.as_slice() else { return None };
    let name = (!package.is_empty()).then(|| bounded(package, NAME))?;
    Some((name, exit.parse().ok()?, count.parse().ok()?))
}

fn last_error(text: &str) -> Option<PackageError> {
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().rposition(|line| line.starts_with("error: "))?;
    let of_it = &lines[at..];
    // Below the last `Caused by:` the reason is set in. Advice is in the text.
    let inner = of_it.iter().rposition(|line| *line == "Caused by:").map(|at| &of_it[at + 1..]);
    let reason = inner.map(|lines| {
        let set_in = lines.iter().map_while(|line| line.strip_prefix("  "));
        let set_in = set_in.take_while(|line| !line.starts_with("Note: "));
        set_in.map(str::trim_end).collect::<Vec<_>>().join(" ")
    });
    Some(PackageError {
        message: bounded(of_it[0].trim_start_matches("error: ").trim_end(), MESSAGE),
        reason: reason.filter(|text| !text.is_empty()).map(|text| bounded(&text, MESSAGE)),
        text: bounded(of_it.join("\n").trim_end(), DETAIL),
    })
}
