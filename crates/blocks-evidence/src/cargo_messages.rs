//! The lines of cargo's `--message-format=json`.

use crate::bounds::{DETAIL, MESSAGE, NAME, bounded};
use crate::error::{EvidenceError, Format};
use crate::package_id::{is_path_package, package_name, package_version};
use cargo_metadata::diagnostic::{self, Applicability, DiagnosticLevel, DiagnosticSpan};
use cargo_metadata::{Artifact, CompilerMessage, Message};
use std::collections::HashSet;

/// How severe a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// The crate does not compile, or a lint is denied.
    Error,
    /// The crate compiles.
    Warning,
}

/// A warning or an error of a compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How severe it is.
    pub level: Level,
    /// `E0308`, `unused_variables`, `clippy::len_zero`, `rustdoc::broken_intra_doc_links`, ….
    pub code: Option<String>,
    /// What it says, in short.
    pub message: String,
    /// The primary place: the file as the compiler was given it, and the line.
    pub place: Option<(String, u32)>,
    /// The whole text as the compiler shows it to people.
    pub rendered: String,
    /// Whether `cargo fix` can apply what it suggests without a look at it.
    pub is_fixable: bool,
    /// The id of the package that it is about.
    pub package: String,
    /// The name of that package.
    pub package_name: String,
    /// Whether that package is of the workspace: its source is a path, not a registry.
    pub is_member: bool,
}

/// A program that cargo has made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The name of the package that it is of.
    pub package: String,
    /// Its name.
    pub name: String,
    /// Its path.
    pub path: String,
}

/// A package of the workspace that cargo built, or found built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltPackage {
    /// Its name.
    pub name: String,
    /// Its version; nothing where cargo does not say it.
    pub version: String,
    /// Whether all of it was compiled now; not whether its build script was.
    pub is_compiled: bool,
}

/// All that cargo and the compilers said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildMessages {
    /// Warnings and errors. The same one of several targets (library and its unit tests) is here
    /// once; so are the lines that count others ("3 warnings emitted") never here.
    pub diagnostics: Vec<Diagnostic>,
    /// How many crates, tests, examples and build scripts were built or found built.
    pub artifacts: usize,
    /// The programs among them (targets of the kind `bin`), in the order of the text.
    pub programs: Vec<Program>,
    /// The programs of benchmarks among them (targets of the kind `bench`), in the order of the text.
    pub benches: Vec<Program>,
    /// The packages of the workspace among them, but for those of which there are build scripts only.
    pub packages: Vec<BuiltPackage>,
    /// Whether cargo says that the build succeeded.
    pub success: bool,
    /// Lines that are no messages: what procedural macros print while they run.
    pub other_lines: usize,
}

/// Reads cargo's messages.
///
/// A procedural macro may print to the same stream. So a line that does not begin with `{` is
/// counted and passed over; one that does, and is no message of cargo, is malformed. The last line
/// must be `build-finished`: without it the file was cut.
pub fn read_cargo_messages(bytes: &[u8]) -> Result<BuildMessages, EvidenceError> {
    Format::CargoMessages.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::default();
    for (index, line) in text.lines().enumerate() {
        reader
            .line(line.trim())
            .map_err(|reason| Format::CargoMessages.malformed_line(index + 1, reason))?;
    }
    let cut = || Format::CargoMessages.malformed("end", "no build-finished message");
    reader.finish().ok_or_else(cut)
}

/// What makes two diagnostics the same: level, code, message, and file, line and column of each
/// primary place.
type Identity = (Level, Option<String>, String, Vec<(String, usize, usize)>);

/// Reads the messages of one run of cargo, line by line.
#[derive(Default)]
pub(crate) struct Reader {
    diagnostics: Vec<Diagnostic>,
    seen: HashSet<Identity>,
    artifacts: usize,
    programs: Vec<Program>,
    benches: Vec<Program>,
    packages: Vec<BuiltPackage>,
    success: Option<bool>,
    other_lines: usize,
}

impl Reader {
    /// Whether the last line of the run was there.
    pub(crate) fn is_finished(&self) -> bool {
        self.success.is_some()
    }

    /// What was read; none of a run whose last line was not there.
    pub(crate) fn finish(self) -> Option<BuildMessages> {
        let Self { success, diagnostics, artifacts, programs, benches, packages, .. } = self;
        let other_lines = self.other_lines;
        success.map(|success| BuildMessages {
            diagnostics,
            artifacts,
            programs,
            benches,
            packages,
            success,
            other_lines,
        })
    }

    pub(crate) fn line(&mut self, line: &str) -> Result<(), String> {
        if line.is_empty() {
            return Ok(());
        }
        if self.success.is_some() {
            return Err("text after build-finished".to_owned());
        }
        if !line.starts_with('{') {
            self.other_lines += 1;
            return Ok(());
        }
        match serde_json::from_str(line).map_err(|error| error.to_string())? {
            Message::CompilerArtifact(artifact) => {
                self.artifacts += 1;
                self.package(&artifact);
                let program = program(&artifact);
                if artifact.target.is_bin() {
                    self.programs.extend(program);
                } else if artifact.target.is_bench() {
                    self.benches.extend(program);
                }
            }
            Message::CompilerMessage(message) => self.diagnostic(&message),
            Message::BuildFinished(finished) => self.success = Some(finished.success),
            _ => {}
        }
        Ok(())
    }

    fn package(&mut self, artifact: &Artifact) {
        let id = artifact.package_id.repr.as_str();
        if !is_path_package(id) || artifact.target.is_custom_build() {
            return;
        }
        let (name, version) = (package_name(id), package_version(id));
        match self.packages.iter_mut().find(|it| (&*it.name, &*it.version) == (name, version)) {
            Some(package) => package.is_compiled &= !artifact.fresh,
            None => self.packages.push(BuiltPackage {
                name: bounded(name, NAME),
                version: bounded(version, NAME),
                is_compiled: !artifact.fresh,
            }),
        }
    }

    fn diagnostic(&mut self, message: &CompilerMessage) {
        let Some(level) = level(&message.message) else {
            return;
        };
        let primary: Vec<&DiagnosticSpan> =
            message.message.spans.iter().filter(|span| span.is_primary).collect();
        let code = message.message.code.as_ref().map(|code| code.code.clone());
        let places =
            primary.iter().map(|span| (span.file_name.clone(), span.line_start, span.column_start));
        if !self.seen.insert((
            level,
            code.clone(),
            message.message.message.clone(),
            places.collect(),
        )) {
            return;
        }
        let package = message.package_id.repr.as_str();
        self.diagnostics.push(Diagnostic {
            level,
            code: code.map(|code| bounded(&code, NAME)),
            message: bounded(&message.message.message, MESSAGE),
            place: primary.first().and_then(|span| {
                Some((bounded(&span.file_name, NAME), u32::try_from(span.line_start).ok()?))
            }),
            rendered: bounded(message.message.rendered.as_deref().unwrap_or_default(), DETAIL),
            is_fixable: is_fixable(&message.message),
            package_name: bounded(package_name(package), NAME),
            package: bounded(package, NAME),
            is_member: is_path_package(package),
        });
    }
}

fn program(artifact: &Artifact) -> Option<Program> {
    let path = artifact.executable.as_ref()?;
    Some(Program {
        package: bounded(package_name(&artifact.package_id.repr), NAME),
        name: bounded(&artifact.target.name, NAME),
        path: bounded(path.as_str(), NAME),
    })
}

/// Notes belong to a diagnostic before them; the compiler's counts of what it said are no finding.
fn level(message: &diagnostic::Diagnostic) -> Option<Level> {
    let level = match message.level {
        DiagnosticLevel::Error | DiagnosticLevel::Ice => Level::Error,
        DiagnosticLevel::Warning => Level::Warning,
        _ => return None,
    };
    let has_place = message.code.is_some() || !message.spans.is_empty();
    (has_place || !is_count(&message.message)).then_some(level)
}

fn is_count(message: &str) -> bool {
    let (first, rest) = message.split_once(' ').unwrap_or_default();
    let is_number = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
    message.starts_with("aborting due to ")
        || (is_number && (rest == "warning emitted" || rest == "warnings emitted"))
}

fn is_fixable(message: &diagnostic::Diagnostic) -> bool {
    let spans = message.spans.iter().chain(message.children.iter().flat_map(|child| &child.spans));
    spans
        .into_iter()
        .any(|span| matches!(span.suggestion_applicability, Some(Applicability::MachineApplicable)))
}
