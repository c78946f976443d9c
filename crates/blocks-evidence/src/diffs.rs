//! Differences of several files, as `diff -u` prints them, each behind a line that names its file.

use crate::UnformattedFile;
use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};

/// Where one is in a place that differs.
struct Hunk {
    /// The number of the next line of the file.
    line: u32,
    /// How many lines of the file, and of what it should be, are still to come.
    left: (u32, u32),
    /// Whether the last line differed.
    differed: bool,
}

/// Reads the files and where they differ: the first line of each run of lines, as it is in the file. A file may be named
/// without a difference, where nobody could tell one.
pub fn read_diffs(bytes: &[u8]) -> Result<Vec<UnformattedFile>, EvidenceError> {
    let format = Format::Diffs;
    format.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    if !text.is_empty() && !text.ends_with('\n') {
        return Err(format.malformed("its end", "the last line does not end"));
    }
    let mut files: Vec<UnformattedFile> = Vec::new();
    let mut hunk: Option<Hunk> = None;
    for (number, line) in (1..).zip(text.split_terminator('\n')) {
        let refused = |what: &str| format.malformed_line(number, what);
        let unknown = || refused("no part of a difference");
        let is_inside = hunk.as_ref().is_some_and(|hunk| hunk.left != (0, 0));
        if let Some(hunk) = hunk.as_mut().filter(|_| is_inside) {
            let file = files.last_mut().ok_or_else(unknown)?;
            hunk.take(line, file).ok_or_else(|| refused("a difference is cut"))?;
        } else if let Some(file) = line.strip_prefix("=== ") {
            files.push(UnformattedFile { file: bounded(file, NAME), lines: Vec::new() });
            hunk = None;
        } else if let Some(place) = line.strip_prefix("@@ -").filter(|_| !files.is_empty()) {
            hunk = Some(Hunk::begin(place).ok_or_else(unknown)?);
        } else if !(line.starts_with('\\') && hunk.is_some()) {
            return Err(unknown());
        }
    }
    match hunk {
        Some(hunk) if hunk.left != (0, 0) => {
            Err(format.malformed("its end", "a difference is cut"))
        }
        _ => Ok(files),
    }
}

impl Hunk {
    /// Of `12,3 +14,5 @@`.
    fn begin(place: &str) -> Option<Self> {
        let (old, new) = place.split_once(" +")?;
        let (line, old) = range(old)?;
        let (_, new) = range(new.strip_suffix(" @@")?)?;
        Some(Self { line, left: (old, new), differed: false })
    }

    /// Takes the next line; nothing where there should be none of its kind.
    fn take(&mut self, line: &str, file: &mut UnformattedFile) -> Option<()> {
        let (is_old, is_new) = match line.bytes().next() {
            Some(b'\\') => return Some(()),
            Some(b'-') => (true, false),
            Some(b'+') => (false, true),
            // Some editors and mailers cut the blank of an empty line.
            Some(b' ') | None => (true, true),
            Some(_) => return None,
        };
        let differs = is_old != is_new;
        if differs && !self.differed {
            // In an empty file it is before the first line.
            file.lines.push(self.line.max(1));
        }
        self.differed = differs;
        self.left.0 = self.left.0.checked_sub(u32::from(is_old))?;
        self.left.1 = self.left.1.checked_sub(u32::from(is_new))?;
        self.line = self.line.saturating_add(u32::from(is_old));
        Some(())
    }
}

/// Of `12,3` or `12`, the first line and how many there are.
fn range(text: &str) -> Option<(u32, u32)> {
    match text.split_once(',') {
        Some((line, count)) => Some((line.parse().ok()?, count.parse().ok()?)),
        None => Some((text.parse().ok()?, 1)),
    }
}
