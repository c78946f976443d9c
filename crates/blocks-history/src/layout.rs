//! Which file a measurement goes to, and what is added to it.

use crate::line::{line_of, read_line, read_lines};
use crate::measurement::is_revision;
use crate::{HistoryError, Measurement};

/// The most bytes of a file that are read. A larger one is passed over, with a warning.
pub const FILE_LIMIT: usize = 16 * 1024 * 1024;

/// The ending of the files' names.
const ENDING: &str = ".jsonl";

/// The longest name of a folder, in bytes.
const NAME: usize = 80;

/// What is added to a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addition {
    /// The bytes that follow what the file has.
    pub bytes: Vec<u8>,
    /// How many measurements these are.
    pub count: usize,
}

/// The file of the store that a measurement goes to, by its path from the store's folder.
pub fn file_of(measurement: &Measurement) -> String {
    format!("{}/{}{ENDING}", machine_folder(&measurement.machine), measurement.revision)
}

/// The folder of a class of machines, by a name that is one on any file system: letters and digits of ASCII, in lower case,
/// with single hyphens between them.
pub fn machine_folder(machine: &str) -> String {
    let letters = machine.chars().map(|c| match c.to_ascii_lowercase() {
        c @ ('a'..='z' | '0'..='9' | '_') => c,
        _ => '-',
    });
    let letters: String = letters.collect();
    let words: Vec<_> = letters.split('-').filter(|word| !word.is_empty()).collect();
    let mut name = words.join("-");
    name.truncate(NAME);
    let name = name.trim_end_matches('-');
    // Lines say which machine they are of: two that share a folder are told apart all the same.
    if name.is_empty() { "machine".to_owned() } else { name.to_owned() }
}

/// Whether a path could be that of a file of the store.
pub fn is_file_of_store(path: &str) -> bool {
    let Some((folder, file)) = path.split_once('/') else { return false };
    machine_folder(folder) == folder && file.strip_suffix(ENDING).is_some_and(is_revision)
}

/// What has to follow the bytes of a file for it to have these measurements, too. Those that it has already are not added.
///
/// Where a writer was killed in the middle of a line, that line gets its end first, so that it costs itself only.
pub fn added<'a>(
    file: &str,
    existing: &[u8],
    measurements: impl IntoIterator<Item = &'a Measurement>,
) -> Result<Addition, HistoryError> {
    let mut known: Vec<_> = read_lines(existing).filter_map(|(_, line)| line.ok()).collect();
    let mut addition = Addition::default();
    for measurement in measurements {
        let line = line_of(measurement)?;
        // As it is read back: a number may lose its last bit on the way.
        let Ok(read) = read_line(line.trim_ascii_end()) else { continue };
        if known.iter().any(|it| it.is_same(&read)) {
            continue;
        }
        if addition.bytes.is_empty() && !existing.is_empty() && !existing.ends_with(b"\n") {
            addition.bytes.push(b'\n');
        }
        addition.bytes.extend(line);
        addition.count += 1;
        known.push(read);
    }
    let bytes = existing.len() + addition.bytes.len();
    if addition.count > 0 && bytes > FILE_LIMIT {
        return Err(HistoryError::TooLarge { file: file.to_owned(), bytes });
    }
    Ok(addition)
}
