//! What `rustdoc --show-coverage --output-format json` prints: how many items of each file are documented.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// The items of a file or of several, as rustdoc counts them: those that the documentation shows, the crate
/// and its modules included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DocCounts {
    /// Items.
    pub items: u64,
    /// Of these, the ones with a documentation of their own.
    pub documented: u64,
    /// Items for which an example makes sense: no fields and no variants, for instance.
    pub example_items: u64,
    /// Of these, the ones with an example.
    pub with_examples: u64,
}

impl AddAssign for DocCounts {
    fn add_assign(&mut self, other: Self) {
        self.items = self.items.saturating_add(other.items);
        self.documented = self.documented.saturating_add(other.documented);
        self.example_items = self.example_items.saturating_add(other.example_items);
        self.with_examples = self.with_examples.saturating_add(other.with_examples);
    }
}

/// The counts of all crates that were documented.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocCoverage {
    /// How many crates have left counts.
    pub crates: usize,
    /// The files, called as cargo gave them to rustdoc: relative to the workspace's root. A file that several
    /// crates have counts for each of them.
    pub files: BTreeMap<String, DocCounts>,
}

/// The counts of a file in rustdoc's words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    total: u64,
    with_docs: u64,
    total_examples: u64,
    with_examples: u64,
}

/// Reads the counts, a line of JSON a crate. An empty text has none.
///
/// The end of a line is the end of a crate's counts, so that a text cut between two lines is read as that of
/// fewer crates: [`DocCoverage::crates`] has to be compared with how many there are.
pub fn read_doc_coverage(bytes: &[u8]) -> Result<DocCoverage, EvidenceError> {
    let format = Format::DocCoverage;
    format.check_size(bytes.len())?;
    let text = std::str::from_utf8(bytes).map_err(|error| {
        format.malformed(format_args!("byte {}", error.valid_up_to()), "this is no UTF-8")
    })?;
    let mut found = DocCoverage::default();
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let files: BTreeMap<String, Counts> =
            serde_json::from_str(text).map_err(|error| format.malformed_line(line, error))?;
        for (file, counts) in files {
            let counts = counted(&counts).ok_or_else(|| {
                let reason = format!("more items of {file} are documented than there are");
                format.malformed_line(line, reason)
            })?;
            *found.files.entry(bounded(&file, NAME)).or_default() += counts;
        }
        found.crates += 1;
    }
    Ok(found)
}

fn counted(counts: &Counts) -> Option<DocCounts> {
    let Counts { total, with_docs, total_examples, with_examples } = *counts;
    (with_docs <= total && with_examples <= total_examples).then_some(DocCounts {
        items: total,
        documented: with_docs,
        example_items: total_examples,
        with_examples,
    })
}
