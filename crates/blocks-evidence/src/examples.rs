//! What examples came to, in documentation and as programs: what `cargo blocks docs examples` leaves, as JSON.
//!
//! The same types write it and read it, so that nobody has to say twice what it is.

use crate::bounds::{DETAIL, MESSAGE, NAME, bounded, bounded_tail};
use crate::error::{EvidenceError, Format};
use serde::{Deserialize, Serialize};

/// All examples of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// The version of this form: 1.
    pub schema: u32,
    /// How many documents were looked into.
    pub documents: usize,
    /// The examples, those of documents in the order of their files and lines.
    pub examples: Vec<Example>,
}

/// An example, and what it came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it is.
    pub kind: ExampleKind,
    /// The package that has it; none of a document of the whole workspace.
    pub member: Option<String>,
    /// What it is called: the target, or the command.
    pub name: String,
    /// The file that it stands in, from the workspace's root.
    pub file: String,
    /// Its line there, from 1; none of a program.
    pub line: Option<u32>,
    /// What it came to.
    pub end: ExampleEnd,
}

/// What an example is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExampleKind {
    /// A program: a target of the kind `example`.
    Program,
    /// Code in a document.
    Code,
    /// A command in a document, with what it prints.
    Command,
}

/// What an example came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ExampleEnd {
    /// What it should.
    Passed,
    /// Something else.
    Failed {
        /// What, in a line.
        why: String,
        /// What it should have printed, where that is what is wrong.
        wanted: Option<String>,
        /// What it printed, or what its compiler said.
        printed: String,
    },
    /// Nothing: it was not run, and why.
    NotRun(String),
}

impl Examples {
    /// The form that this program writes and reads.
    pub const SCHEMA: u32 = 1;

    /// How many failed.
    pub fn failed(&self) -> usize {
        self.examples.iter().filter(|it| it.end.is_failed()).count()
    }

    /// How many came to what they should.
    pub fn passed(&self) -> usize {
        self.examples.iter().filter(|it| it.end == ExampleEnd::Passed).count()
    }
}

impl ExampleEnd {
    /// A failure, with the end of what was printed where that is much.
    pub fn failed(why: &str, wanted: Option<&str>, printed: &str) -> Self {
        Self::Failed {
            why: bounded(why, MESSAGE),
            wanted: wanted.map(|text| bounded(text, DETAIL)),
            printed: match wanted {
                // Beside what was wanted, what comes first is compared.
                Some(_) => bounded(printed, DETAIL),
                None => bounded_tail(printed, DETAIL),
            },
        }
    }

    /// Whether it failed.
    pub const fn is_failed(&self) -> bool {
        matches!(self, Self::Failed { .. })
    }
}

/// Reads them. What says of itself that it is a command or code has a line, and each is there once.
pub fn read_examples(bytes: &[u8]) -> Result<Examples, EvidenceError> {
    let format = Format::Examples;
    format.check_size(bytes.len())?;
    let malformed = |reason: &str| format.malformed("examples", reason);
    let mut found: Examples =
        serde_json::from_slice(bytes).map_err(|error| malformed(&error.to_string()))?;
    if found.schema != Examples::SCHEMA {
        return Err(malformed("its schema is not 1"));
    }
    for one in &mut found.examples {
        if one.line.is_none_or(|line| line == 0) != (one.kind == ExampleKind::Program) {
            return Err(
                format.malformed(bounded(&one.name, NAME), "its line is not that of its kind")
            );
        }
        bound(one);
    }
    let mut places: Vec<_> = found
        .examples
        .iter()
        .map(|it| (it.kind, &it.member, &it.file, it.line, &it.name))
        .collect();
    places.sort();
    if places.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(malformed("an example is there twice"));
    }
    if found.documents == 0 && found.examples.iter().any(|it| it.kind != ExampleKind::Program) {
        return Err(malformed("it has an example of a document, and none was looked into"));
    }
    Ok(found)
}

fn bound(one: &mut Example) {
    for text in [&mut one.name, &mut one.file].into_iter().chain(&mut one.member) {
        *text = bounded(text, NAME);
    }
    match &mut one.end {
        ExampleEnd::Passed => {}
        ExampleEnd::NotRun(why) => *why = bounded(why, MESSAGE),
        ExampleEnd::Failed { why, wanted, printed } => {
            *why = bounded(why, MESSAGE);
            for text in wanted.iter_mut().chain([printed]) {
                *text = bounded(text, DETAIL + NAME);
            }
        }
    }
}
