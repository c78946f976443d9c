//! The lines of `deadnix --output-format json`, a file each.

use crate::bounds::{MESSAGE, NAME, bounded};
use crate::error::{EvidenceError, Format};
use serde::Deserialize;

/// What deadnix says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NixFinding {
    /// The file, as the tool was given it: `./flake.nix`.
    pub file: String,
    /// The line and the column, counted from 1, of a name that nothing uses; none where the file cannot be read as Nix.
    pub place: Option<(u32, u32)>,
    /// What it is: `Unused let binding: x`.
    pub message: String,
}

#[derive(Deserialize)]
struct Line {
    file: String,
    results: Vec<Found>,
}

#[derive(Deserialize)]
struct Found {
    message: String,
    line: Option<u32>,
    column: Option<u32>,
}

/// What an error of the machine ends with, as against one of the file.
const OF_MACHINE: &str = "(os error ";

/// Reads what was found, in the order of the text. A file that the tool could not get is an error: nobody knows what is
/// in it.
pub fn read_deadnix(bytes: &[u8]) -> Result<Vec<NixFinding>, EvidenceError> {
    let format = Format::DeadnixJson;
    format.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    if !text.is_empty() && !text.ends_with('\n') {
        return Err(format.malformed("its end", "the last line does not end"));
    }
    let mut all = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line: Line =
            serde_json::from_str(line).map_err(|error| format.malformed_line(number, error))?;
        if line.results.is_empty() {
            return Err(format.malformed_line(number, "a file of which nothing is said"));
        }
        for found in &line.results {
            let finding = finding(&line.file, found);
            all.push(finding.map_err(|reason| format.malformed_line(number, reason))?);
        }
    }
    Ok(all)
}

fn finding(file: &str, found: &Found) -> Result<NixFinding, String> {
    let place = match (found.line, found.column) {
        (Some(0), _) | (_, Some(0)) => return Err("places are counted from 1".to_owned()),
        (Some(line), Some(column)) => Some((line, column)),
        (None, None) if found.message.contains(OF_MACHINE) => {
            return Err(format!("the tool could not look into a file: {}", found.message));
        }
        (None, None) => None,
        _ => return Err("half a place".to_owned()),
    };
    Ok(NixFinding { file: bounded(file, NAME), place, message: bounded(&found.message, MESSAGE) })
}
