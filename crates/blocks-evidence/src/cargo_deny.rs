//! What `cargo deny --format json check` prints: a line of JSON a finding, and a last line with their numbers.

use crate::bounds::{MESSAGE, NAME, bounded};
use crate::error::{EvidenceError, Format};
use serde::Deserialize;
use std::collections::BTreeMap;

/// All that was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DenyReport {
    /// What was found, in the order of the text.
    pub findings: Vec<DenyFinding>,
    /// What the tool could not do, in its own words: it goes on without, and may end as if all was well.
    pub failures: Vec<String>,
    /// The checks that were made (`bans`, `licenses`, …), and the number of errors of each.
    pub errors: BTreeMap<String, u64>,
}

/// Something about dependencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DenyFinding {
    /// The name of what it is: `duplicate`, `rejected`, `unlicensed`, ….
    pub code: String,
    /// Whether the tool counts it as an error.
    pub is_error: bool,
    /// It, in a line.
    pub message: String,
    /// What the tool adds, a line each.
    pub notes: Vec<String>,
    /// The advisory that it is about, where it is about one.
    pub advisory: Option<Advisory>,
    /// The crates that it is about, each with one way by which a package of the workspace needs it.
    pub crates: Vec<DeniedCrate>,
}

/// What is known to be wrong with some versions of a crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advisory {
    /// Its name: `RUSTSEC-2021-0001`.
    pub id: String,
    /// The crate's name.
    pub package: String,
    /// It, in a line.
    pub title: String,
    /// The page about it, where it has one.
    pub url: Option<String>,
    /// The versions in which it is mended, as requirements of which one has to hold: `>=1.2.3, <2.0.0`. None where it is
    /// not mended.
    pub patched: Vec<String>,
}

/// A crate that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeniedCrate {
    /// Its name and version: `serde 1.0.0`.
    pub name: String,
    /// Who needs it, who needs that one, and so on.
    pub needed_by: Vec<String>,
}

/// The most crates on the way from one to the workspace that are kept.
const WAY: usize = 16;

#[derive(Deserialize)]
#[serde(tag = "type", content = "fields", rename_all = "lowercase")]
enum Line {
    Diagnostic(Diagnostic),
    Summary(BTreeMap<String, Numbers>),
    /// What the tool says beside.
    Log(Log),
}

#[derive(Deserialize)]
struct Log {
    #[serde(default)]
    level: String,
    #[serde(default)]
    message: String,
}

/// How messages begin of what fails without a network, and is not needed: crates are here already, and advisories are
/// not asked for.
const OFFLINE: [&str; 2] = ["failed to fetch crates", "failed to open the local crates.io index"];

#[derive(Deserialize)]
struct Diagnostic {
    /// None in a few messages about the tool's own configuration.
    #[serde(default)]
    code: Option<String>,
    severity: String,
    message: String,
    #[serde(default)]
    notes: Vec<String>,
    #[serde(default)]
    labels: Vec<Label>,
    #[serde(default)]
    graphs: Vec<Graph>,
    #[serde(default)]
    advisory: Option<Published>,
}

/// An advisory as its database has it.
#[derive(Deserialize)]
struct Published {
    id: String,
    package: String,
    title: String,
}

#[derive(Deserialize)]
struct Label {
    #[serde(default)]
    message: String,
    #[serde(default)]
    span: String,
}

#[derive(Deserialize)]
struct Graph {
    #[serde(rename = "Krate")]
    krate: Option<Krate>,
    #[serde(default)]
    parents: Vec<Graph>,
}

#[derive(Deserialize)]
struct Krate {
    name: String,
    version: String,
}

#[derive(Deserialize)]
struct Numbers {
    errors: u64,
}

/// Reads what was found. Without the last line it is not known whether that is all.
pub fn read_cargo_deny(bytes: &[u8]) -> Result<DenyReport, EvidenceError> {
    let format = Format::CargoDeny;
    format.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    let mut found = DenyReport::default();
    let mut is_whole = false;
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        if is_whole {
            return Err(format.malformed_line(number, "nothing follows the numbers"));
        }
        let line: Line =
            serde_json::from_str(line).map_err(|error| format.malformed_line(number, error))?;
        match line {
            Line::Diagnostic(one) => found.findings.push(finding(one)),
            Line::Summary(checks) => {
                found.errors = checks.into_iter().map(|(name, it)| (name, it.errors)).collect();
                is_whole = true;
            }
            Line::Log(log) => {
                let is_expected = OFFLINE.iter().any(|begin| log.message.starts_with(begin));
                if log.level == "ERROR" && !is_expected {
                    found.failures.push(bounded(&log.message, MESSAGE));
                }
            }
        }
    }
    if !is_whole {
        let why = found.failures.last().map(|failure| format!(": {failure}")).unwrap_or_default();
        let reason = format!("the numbers of findings are not there{why}");
        return Err(format.malformed("its end", reason));
    }
    let told = found.findings.iter().filter(|one| one.is_error).count() as u64;
    let counted = found.errors.values().fold(0_u64, |sum, errors| sum.saturating_add(*errors));
    if told != counted {
        let reason = format!("{counted} errors are counted, and {told} are told");
        return Err(format.malformed("its end", reason));
    }
    Ok(found)
}

fn finding(one: Diagnostic) -> DenyFinding {
    let labels = one.labels.iter().map(|label| match (&*label.message, &*label.span) {
        ("", span) => span.to_owned(),
        (message, "") => message.to_owned(),
        (message, span) => format!("{message}: {span}"),
    });
    let advisory = one.advisory.as_ref().map(|it| advisory(it, &one.notes));
    let notes = labels.chain(one.notes).filter(|note| !note.trim().is_empty());
    DenyFinding {
        code: bounded(&one.code.unwrap_or_default(), NAME),
        is_error: one.severity == "error",
        message: bounded(&one.message, MESSAGE),
        notes: notes.map(|note| bounded(&note, MESSAGE)).collect(),
        advisory,
        crates: one.graphs.iter().filter_map(denied).collect(),
    }
}

/// How the notes begin that say where an advisory is told, and what to do.
const PAGE: &str = "Advisory: ";
const MENDED: &str = "Solution: Upgrade to ";

fn advisory(published: &Published, notes: &[String]) -> Advisory {
    let page = notes.iter().find_map(|note| note.strip_prefix(PAGE));
    // The last note, after what people wrote.
    let mended = notes.last().and_then(|note| note.strip_prefix(MENDED));
    let patched = mended.map(|note| note.split(" (try `").next().unwrap_or_default());
    let requirements = patched.into_iter().flat_map(|patched| patched.split(" OR "));
    Advisory {
        id: bounded(&published.id, NAME),
        package: bounded(&published.package, NAME),
        title: bounded(&published.title, MESSAGE),
        url: page.map(|url| bounded(url, MESSAGE)),
        patched: requirements.map(|requirement| bounded(requirement, NAME)).collect(),
    }
}

fn denied(graph: &Graph) -> Option<DeniedCrate> {
    let name = name(graph)?;
    let way = std::iter::successors(graph.parents.first(), |it| it.parents.first());
    Some(DeniedCrate { name, needed_by: way.take(WAY).filter_map(self::name).collect() })
}

fn name(graph: &Graph) -> Option<String> {
    let Krate { name, version } = graph.krate.as_ref()?;
    Some(bounded(&format!("{name} {version}"), NAME))
}
