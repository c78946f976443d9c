//! How large files are: a line a file, with its size in bytes, a blank, and its path.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};

/// A file and its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSize {
    /// Its path.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Reads the sizes, in the order of the text. Each file is there once, and none is empty.
pub fn read_file_sizes(bytes: &[u8]) -> Result<Vec<FileSize>, EvidenceError> {
    let format = Format::FileSizes;
    format.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    if !text.is_empty() && !text.ends_with('\n') {
        return Err(format.malformed("end", "its last line has no end"));
    }
    let mut found: Vec<FileSize> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let malformed = |reason| format.malformed_line(number, reason);
        let (size, path) = line.split_once(' ').ok_or_else(|| malformed("it names no file"))?;
        let is_number = !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_digit());
        let bytes = size.parse().ok().filter(|bytes| is_number && *bytes > 0);
        let bytes = bytes.ok_or_else(|| malformed("it begins with no size"))?;
        if path.is_empty() || found.iter().any(|file| file.path == path) {
            return Err(malformed("it names no other file"));
        }
        found.push(FileSize { path: bounded(path, NAME), bytes });
    }
    Ok(found)
}
