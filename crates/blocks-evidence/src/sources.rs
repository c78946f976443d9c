//! The source files whose lines were counted, as the script of `test` puts them together (see `framed.rs`).

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};
use crate::framed::read_framed;

/// A source file as it was when its lines were counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path, as the export of the coverage has it.
    pub file: String,
    /// What it holds. Rust is UTF-8, but what code includes need not be.
    pub text: Vec<u8>,
}

/// Reads all of them; where no line was counted, there are none.
///
/// Each is as long as the line before it says, whatever is in it, so that no file can stand for another.
pub fn read_sources(bytes: &[u8]) -> Result<Vec<SourceFile>, EvidenceError> {
    let format = Format::Sources;
    let read = read_framed(format, "source file", bytes)?.into_iter().map(|one| {
        let held = one.bytes.ok_or_else(|| format.malformed(one.name, "there is no such file"))?;
        Ok(SourceFile { file: bounded(one.name, NAME), text: held.to_vec() })
    });
    read.collect()
}
