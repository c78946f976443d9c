//! What `cargo hack check` leaves of several runs of cargo: their messages one after the other on standard output,
//! and a line before each on standard error.

use crate::bounds::{MESSAGE, NAME, bounded};
use crate::cargo_messages::{BuildMessages, Reader};
use crate::error::{EvidenceError, Format};
use crate::printable::strip_ansi;

/// A run of cargo with some features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureRun {
    /// The package that is compiled.
    pub package: String,
    /// The words that choose its features: `--no-default-features --features a,b`; none where it has none.
    pub features: String,
}

/// Reads the messages of several runs of cargo, of which each ends with `build-finished`.
pub fn read_cargo_builds(bytes: &[u8]) -> Result<Vec<BuildMessages>, EvidenceError> {
    let format = Format::CargoBuilds;
    format.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    let mut builds = Vec::new();
    let mut reader = Reader::default();
    let mut has_more = false;
    for (number, line) in (1..).zip(text.lines()) {
        reader.line(line.trim()).map_err(|reason| format.malformed_line(number, reason))?;
        has_more |= !line.trim().is_empty();
        if reader.is_finished() {
            builds.extend(std::mem::take(&mut reader).finish());
            has_more = false;
        }
    }
    if has_more {
        return Err(format.malformed("end", "no build-finished message"));
    }
    Ok(builds)
}

/// Reads which runs were made, in their order. All that the tool announces have to be there.
pub fn read_cargo_hack(bytes: &[u8]) -> Result<Vec<FeatureRun>, EvidenceError> {
    let format = Format::CargoHack;
    format.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    let text = strip_ansi(&text);
    let mut runs = Vec::new();
    let mut all = None;
    for (number, line) in (1..).zip(text.lines()) {
        let Some(line) = line.strip_prefix("info: running `") else { continue };
        let (run, at, count) =
            announced(line).ok_or_else(|| format.malformed_line(number, "this names no run"))?;
        runs.push(run);
        if at != runs.len() || *all.get_or_insert(count) != count {
            return Err(format.malformed_line(number, "runs before this are not there"));
        }
    }
    match all {
        Some(count) if count != runs.len() => {
            let reason = format!("{} of {count} runs are there", runs.len());
            Err(format.malformed("end", reason))
        }
        _ => Ok(runs),
    }
}

/// The run, its number, and how many there are, of the text after the first backtick of such a line.
fn announced(line: &str) -> Option<(FeatureRun, usize, usize)> {
    let (command, rest) = line.rsplit_once("` on ")?;
    let (package, numbers) = rest.rsplit_once(" (")?;
    let (at, count) = numbers.strip_suffix(')')?.split_once('/')?;
    let words = command.strip_prefix("cargo check")?.split(' ');
    let of_features =
        words.filter(|word| !word.is_empty() && !word.starts_with("--message-format"));
    let features = of_features.collect::<Vec<_>>().join(" ");
    let run = FeatureRun { package: bounded(package, NAME), features: bounded(&features, MESSAGE) };
    Some((run, at.parse().ok()?, count.parse().ok()?))
}
