//! What the log of a record says. A log is no evidence: it has no digest, and never makes a pass.

use std::{fs::File, io::Read as _, path::Path};

use blocks_evidence::Format;

use crate::{Code, refusal::Refusal};

/// How many lines are told of an error that the log holds.
const LINES: usize = 3;

/// The log of the record in a folder.
pub(crate) fn read(folder: &Path) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let limit = Format::CompilerText.limit() as u64 + 1;
    File::open(folder.join("log"))
        .and_then(|file| file.take(limit).read_to_end(&mut bytes))
        .map_err(|error| {
            Refusal::new(Code::EvidenceAbsent, format!("log cannot be read: {error}"))
        })?;
    Ok(bytes)
}

/// The first error of a tool in the log, with the lines after it: why there is no evidence.
pub(crate) fn first_error(folder: &Path) -> Option<String> {
    let bytes = read(folder).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let from = text.lines().skip_while(|line| !line.starts_with("error"));
    let lines: Vec<&str> = from.filter(|line| !line.trim().is_empty()).take(LINES).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
