//! The JSON of `zizmor --format json`: what it found in workflows.

use crate::bounds::{MESSAGE, NAME, bounded};
use crate::error::{EvidenceError, Format};
use serde::Deserialize;

/// Something about a workflow or an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkflowFinding {
    /// The name of the audit that found it: `template-injection`.
    pub audit: String,
    /// What the audit looks for, in a line.
    pub about: String,
    /// The page about the audit.
    pub url: String,
    /// How bad it is: `Low`, `Medium`, `High`, ….
    pub severity: String,
    /// What it is here, in a line; may be empty.
    pub annotation: String,
    /// The file, as the tool found it, and the line, counted from 1.
    pub place: (String, u32),
}

#[derive(Deserialize)]
struct Found {
    ident: String,
    desc: String,
    url: String,
    determinations: Determinations,
    locations: Vec<Location>,
    /// Whether a comment in the file, or the configuration, says that it is meant.
    ignored: bool,
}

#[derive(Deserialize)]
struct Determinations {
    severity: String,
}

#[derive(Deserialize)]
struct Location {
    symbolic: Symbolic,
    concrete: Concrete,
}

#[derive(Deserialize)]
struct Symbolic {
    key: Key,
    #[serde(default)]
    annotation: String,
    kind: String,
}

#[derive(Deserialize)]
enum Key {
    Local(Local),
}

#[derive(Deserialize)]
struct Local {
    /// The name before version 1.16 or so.
    #[serde(alias = "given_path")]
    verbatim_path: String,
}

#[derive(Deserialize)]
struct Concrete {
    location: Span,
}

#[derive(Deserialize)]
struct Span {
    start_point: Point,
}

#[derive(Deserialize)]
struct Point {
    /// Counted from 0.
    row: u32,
}

/// The kind of the location that a finding is about; others are beside it.
const PRIMARY: &str = "Primary";

/// Reads what was found and is not meant, in the order of the text.
pub fn read_zizmor(bytes: &[u8]) -> Result<Vec<WorkflowFinding>, EvidenceError> {
    let format = Format::ZizmorJson;
    format.check_size(bytes.len())?;
    let all: Vec<Found> = serde_json::from_slice(bytes)
        .map_err(|error| format.malformed(format_args!("line {}", error.line()), &error))?;
    let told = all.iter().filter(|one| !one.ignored);
    told.map(|one| finding(one).ok_or_else(|| format.malformed(&one.ident, "it is nowhere")))
        .collect()
}

fn finding(one: &Found) -> Option<WorkflowFinding> {
    let primary = one.locations.iter().find(|it| it.symbolic.kind == PRIMARY);
    let Location { symbolic, concrete } = primary.or(one.locations.first())?;
    let Key::Local(Local { verbatim_path }) = &symbolic.key;
    let line = concrete.location.start_point.row.saturating_add(1);
    Some(WorkflowFinding {
        audit: bounded(&one.ident, NAME),
        about: bounded(&one.desc, MESSAGE),
        url: bounded(&one.url, NAME),
        severity: bounded(&one.determinations.severity, NAME),
        annotation: bounded(&symbolic.annotation, MESSAGE),
        place: (bounded(verbatim_path, NAME), line),
    })
}
