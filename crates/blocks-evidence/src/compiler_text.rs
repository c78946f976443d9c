//! What compilers, rustfmt and cargo print to standard error for people.
//!
//! The text has no end mark, and any program that takes part may write to it. It gives places and
//! messages for an answer that something else (an exit status) has given, and never an answer.

use crate::bounds::{MESSAGE, NAME, bounded};
use crate::cargo_messages::Level;
use crate::error::{EvidenceError, Format};
use crate::printable::strip_ansi;

/// A warning or an error in a text for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextDiagnostic {
    /// How severe it is.
    pub level: Level,
    /// `E0308`, where the compiler names it.
    pub code: Option<String>,
    /// The first line of what it says.
    pub message: String,
    /// File and line of the arrow below it.
    pub place: Option<(String, u32)>,
    /// Whether it only repeats that another one made a program fail ("could not compile …").
    pub is_consequence: bool,
}

/// A package whose documentation cargo announces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentedPackage {
    /// Its name.
    pub name: String,
    /// The folder that it lies in, as cargo prints it; empty for a package from elsewhere.
    pub folder: String,
}

/// The diagnostics of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompilerText {
    /// Warnings and errors in the order of the text; the same one with the same place is here once.
    pub diagnostics: Vec<TextDiagnostic>,
    /// The first line that tells of a fault of the machine, not of the sources: a compiler that a
    /// signal ended, a full disk, a download that failed.
    pub fault: Option<String>,
    /// The packages whose documentation tests cargo announces (`Doc-tests name`).
    pub doc_tests: Vec<String>,
    /// The packages that cargo makes documentation of (`Documenting name v1.0.0 (folder)`), each once.
    pub documented: Vec<DocumentedPackage>,
    /// Whether cargo says where pages of documentation are (`Generated …/index.html`).
    pub has_pages: bool,
    /// Whether cargo found no library in the packages it was to test.
    pub has_no_library: bool,
}

impl CompilerText {
    /// The errors that are no consequence of another.
    pub fn errors(&self) -> impl Iterator<Item = &TextDiagnostic> {
        self.diagnostics.iter().filter(|one| one.level == Level::Error && !one.is_consequence)
    }

    /// The packages that cargo says could not be compiled, in the order of the text, each once.
    pub fn failed_packages(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for one in &self.diagnostics {
            let rest = one.message.strip_prefix("could not compile `");
            let name = rest.and_then(|rest| rest.split('`').next());
            names.extend(name.filter(|name| !names.contains(name)));
        }
        names
    }
}

/// Reads the diagnostics of a text for people; lines that are none are passed over.
pub fn read_compiler_text(bytes: &[u8]) -> Result<CompilerText, EvidenceError> {
    Format::CompilerText.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    let text = strip_ansi(&text);
    let mut found = CompilerText {
        diagnostics: Vec::new(),
        fault: None,
        doc_tests: Vec::new(),
        documented: Vec::new(),
        has_pages: false,
        has_no_library: false,
    };
    let mut open: Option<TextDiagnostic> = None;
    for line in text.lines() {
        if let Some(next) = diagnostic(line) {
            found.has_no_library |= next.message.starts_with("no library targets found in package");
            close(&mut found, open.replace(next));
        } else if let (Some(current), Some(place)) = (&mut open, arrow(line)) {
            current.place.get_or_insert(place);
        } else if line.trim().is_empty() {
            close(&mut found, open.take());
        }
        if let Some(name) = line.trim_start().strip_prefix("Doc-tests ") {
            found.doc_tests.push(bounded(name.trim_end(), NAME));
        }
        if let Some(package) = documented(line).filter(|it| !found.documented.contains(it)) {
            found.documented.push(package);
        }
        found.has_pages |= line.trim_start().starts_with("Generated ");
        if found.fault.is_none() && tells_of_fault(line) {
            found.fault = Some(bounded(line.trim(), MESSAGE));
        }
    }
    close(&mut found, open);
    Ok(found)
}

fn close(found: &mut CompilerText, diagnostic: Option<TextDiagnostic>) {
    if let Some(one) = diagnostic.filter(|one| !found.diagnostics.contains(one)) {
        found.diagnostics.push(one);
    }
}

fn documented(line: &str) -> Option<DocumentedPackage> {
    let rest = line.trim_start().strip_prefix("Documenting ")?.trim_end();
    let (name, rest) = rest.split_once(" v")?;
    let folder = rest.split_once(" (").and_then(|(_, folder)| folder.strip_suffix(')'));
    Some(DocumentedPackage {
        name: bounded(name, NAME),
        folder: bounded(folder.unwrap_or_default(), NAME),
    })
}

fn diagnostic(line: &str) -> Option<TextDiagnostic> {
    // `cargo fmt` wraps what cargo says, and says what it cannot open in words of its own.
    let line = line.strip_prefix("`cargo metadata` exited with an error: ").unwrap_or(line);
    if let Some(message) = line.strip_prefix("Error writing files: ") {
        return diagnostic(&format!("error: {message}"));
    }
    let (level, rest) = [("error", Level::Error), ("warning", Level::Warning)]
        .iter()
        .find_map(|(word, level)| Some((*level, line.strip_prefix(word)?)))?;
    let (code, message) = match rest.strip_prefix('[') {
        Some(rest) => {
            rest.split_once("]: ").map(|(code, message)| (Some(bounded(code, NAME)), message))?
        }
        None => (None, rest.strip_prefix(": ")?),
    };
    let message = message.trim_end();
    Some(TextDiagnostic {
        level,
        code,
        message: bounded(message, MESSAGE),
        place: None,
        is_consequence: is_consequence(message),
    })
}

fn is_consequence(message: &str) -> bool {
    const STARTS: [&str; 8] = [
        "could not compile ",
        "could not document ",
        "aborting due to ",
        "process didn't exit successfully: ",
        "command `",
        "doctest failed, to rerun pass ",
        "test failed, to rerun pass ",
        "build failed, waiting for other jobs",
    ];
    let is_count = || message.ends_with(" failed:") && message.contains(" target");
    STARTS.iter().any(|start| message.starts_with(start)) || is_count()
}

/// `  --> src/lib.rs:2:5`, `note: in …` and other arrows below the first are passed over.
fn arrow(line: &str) -> Option<(String, u32)> {
    let mut parts = line.trim_start().strip_prefix("--> ")?.trim_end().rsplitn(3, ':');
    let _column: u32 = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some((bounded(parts.next()?, NAME), line))
}

/// Whether a line of what cargo tells says that the machine is at fault: something killed a compiler, or the disk is full.
pub fn tells_of_machine(line: &str) -> bool {
    let line = line.trim_start();
    let by_signal =
        line.starts_with("process didn't exit successfully: ") && line.contains("(signal: ");
    by_signal || line.contains("No space left on device")
}

fn tells_of_fault(line: &str) -> bool {
    const STARTS: [&str; 4] =
        ["failed to download ", "failed to fetch ", "failed to get `", "download of "];
    let line = line.trim_start();
    let line = line.strip_prefix("error: ").unwrap_or(line);
    tells_of_machine(line) || STARTS.iter().any(|start| line.starts_with(start))
}
