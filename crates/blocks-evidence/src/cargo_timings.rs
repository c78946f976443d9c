//! The page that `cargo build --timings` writes: how long it took to compile each crate.
//!
//! Stable cargo has these times nowhere else. In the page they are JSON, a constant of the script that draws them:
//!
//! ```text
//! const UNIT_DATA = [
//!   {"name": "app", "version": "0.1.0", "mode": "todo", "target": " app \"bin\"", "duration": 0.24, …},
//! ];
//! ```
//!
//! What cargo found compiled is there with a duration of 0, or not there.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};
use serde::Deserialize;

/// What stands before the units, at the beginning of a line.
const UNITS: &str = "\nconst UNIT_DATA = ";

/// The last line of a page.
const END: &str = "</html>";

/// A crate, program, test or build script that cargo compiled or ran.
#[derive(Debug, Clone, PartialEq)]
pub struct CompiledUnit {
    /// The name of its package.
    pub package: String,
    /// The version of that package.
    pub version: String,
    /// What cargo did with it: `todo`, or `run-custom-build`.
    pub mode: String,
    /// Which of the package's targets it is, as cargo shows it, after a blank: nothing for the library.
    pub target: String,
    /// How long it took, in seconds, beside whatever else ran at that time; cargo rounds to hundredths.
    pub seconds: f64,
}

impl CompiledUnit {
    /// Whether it is a build script, or a run of one.
    pub fn is_build_script(&self) -> bool {
        // A program of that name has its kind behind it.
        self.mode == "run-custom-build" || self.target == " build-script"
    }
}

#[derive(Deserialize)]
struct Unit {
    name: String,
    version: String,
    mode: String,
    target: String,
    duration: f64,
}

/// Reads all units, in the order of the page; an empty file has none.
pub fn read_cargo_timings(bytes: &[u8]) -> Result<Vec<CompiledUnit>, EvidenceError> {
    let format = Format::CargoTimings;
    format.check_size(bytes.len())?;
    let malformed = |reason: &str| format.malformed("page", reason);
    // Of nothing there are no times.
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    let text = std::str::from_utf8(bytes).map_err(|error| malformed(&error.to_string()))?;
    if !text.trim_end().ends_with(END) {
        return Err(malformed("it has no end"));
    }
    let (_, rest) = text.split_once(UNITS).ok_or_else(|| malformed("it has no UNIT_DATA"))?;
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Vec<Unit>>();
    let units = match values.next() {
        Some(Ok(units)) => units,
        Some(Err(error)) => return Err(format.malformed("UNIT_DATA", error)),
        None => return Err(malformed("UNIT_DATA has no value")),
    };
    let after = &rest[values.byte_offset()..];
    if !after.starts_with(';') || after.contains(UNITS) {
        return Err(malformed("UNIT_DATA is no single list"));
    }
    units.into_iter().map(compiled).collect()
}

fn compiled(unit: Unit) -> Result<CompiledUnit, EvidenceError> {
    let Unit { name, version, mode, target, duration } = unit;
    if !duration.is_finite() || duration < 0.0 {
        let reason = format!("{duration} is no length of time");
        return Err(Format::CargoTimings.malformed(&name, reason));
    }
    Ok(CompiledUnit {
        package: bounded(&name, NAME),
        version: bounded(&version, NAME),
        mode: bounded(&mode, NAME),
        target: bounded(&target, NAME),
        seconds: duration,
    })
}
