//! A list of files, a path a line, each from the folder that a tool was started in.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};

/// Reads the paths, in the order of the text; each begins with `./`.
pub fn read_file_list(bytes: &[u8]) -> Result<Vec<String>, EvidenceError> {
    let format = Format::FileList;
    format.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    if !text.is_empty() && !text.ends_with('\n') {
        return Err(format.malformed("its end", "the last line does not end"));
    }
    let path = |(number, line): (usize, &str)| match line.strip_prefix("./") {
        Some(rest) if !rest.is_empty() => Ok(bounded(line, NAME)),
        _ => Err(format.malformed_line(number, "this is no path")),
    };
    (1..).zip(text.lines()).map(path).collect()
}
