//! What `typos --format json` prints: a line of JSON a misspelled word.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};
use serde::Deserialize;

/// A word that is misspelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misspelling {
    /// The file, as the tool found it: `./src/lib.rs`.
    pub file: String,
    /// The line, counted from 1; none where the word is part of the file's name.
    pub line: Option<u32>,
    /// Where in the line it begins, in bytes.
    pub offset: Option<usize>,
    /// The word, as it is there.
    pub word: String,
    /// How it could be spelled, the likeliest first; none where the word is not allowed at all.
    pub corrections: Vec<String>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line {
    Typo(Typo),
    /// A file that is not looked into.
    BinaryFile {},
    Error {
        msg: String,
    },
}

#[derive(Deserialize)]
struct Typo {
    path: String,
    line_num: Option<u32>,
    #[serde(default)]
    byte_offset: Option<usize>,
    #[serde(rename = "typo")]
    word: String,
    /// Nothing, where the word is not allowed; it has to be said.
    #[serde(deserialize_with = "Option::deserialize")]
    corrections: Option<Vec<String>>,
}

/// Reads the words, in the order of the text. What the tool could not look into is an error: nobody knows how it is
/// spelled.
pub fn read_typos(bytes: &[u8]) -> Result<Vec<Misspelling>, EvidenceError> {
    let format = Format::TyposJson;
    format.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    if !text.is_empty() && !text.ends_with('\n') {
        return Err(format.malformed("its end", "the last line does not end"));
    }
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line =
            serde_json::from_str(line).map_err(|error| format.malformed_line(number, error))?;
        match line {
            Line::Typo(Typo { line_num: Some(0), .. }) => {
                return Err(format.malformed_line(number, "lines are counted from 1"));
            }
            Line::Typo(typo) => found.push(misspelling(&typo)),
            Line::BinaryFile {} => {}
            Line::Error { msg } => {
                let reason = format!("the tool could not look into a file: {msg}");
                return Err(format.malformed_line(number, reason));
            }
        }
    }
    Ok(found)
}

fn misspelling(typo: &Typo) -> Misspelling {
    Misspelling {
        file: bounded(&typo.path, NAME),
        line: typo.line_num,
        offset: typo.byte_offset,
        word: bounded(&typo.word, NAME),
        corrections: typo.corrections.iter().flatten().map(|word| bounded(word, NAME)).collect(),
    }
}
