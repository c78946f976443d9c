//! The flake's input `attempts`: which stages are asked again.
//!
//! A stage has one attempt for all its units, and asking again makes each unit's record anew. Such an
//! attempt cannot belong to the sources of all units together: when one member is edited, the others'
//! records would be those of before, and a red one that was asked again, and is green since, would come
//! back. So each unit's sources are remembered with the last attempt that they were asked by, and a
//! stage takes the newest of those that are remembered of its units as they are now. No record gives
//! way to an older one of the same sources.
//!
//! When the sources of all units are new, so are all records, and an attempt would only keep them
//! apart from those of other machines: then there is none.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

use super::RecordOutput;
use crate::EngineError;

/// How many sources of a unit are remembered, so that the file stays small however long an attempt
/// holds.
const REMEMBERED: usize = 16;

/// What is remembered of each stage's units, the newest last.
#[derive(Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Memory(BTreeMap<String, BTreeMap<String, Vec<Asked>>>);

/// Sources, and the last attempt that they were asked by.
#[derive(Serialize, Deserialize)]
struct Asked {
    sources: String,
    attempt: u64,
}

/// The folder that takes the input's place.
pub(super) fn folder(blocks: &Path) -> PathBuf {
    blocks.join("attempts")
}

/// The input's file in it.
pub(super) fn file(blocks: &Path) -> PathBuf {
    folder(blocks).join("attempts.json")
}

/// Writes the attempts that hold for these records, with a new one for each stage of `again`, and
/// gives whether there are any.
pub(super) fn write(
    blocks: &Path,
    outputs: &[RecordOutput],
    again: &[String],
) -> Result<bool, EngineError> {
    let place = blocks.join("attempts-of.json");
    let mut memory = Memory::read(&place);
    let mut attempts = memory.attempts(outputs);
    for stage in again {
        let last = attempts.get(stage).copied().unwrap_or_default();
        attempts.insert(stage.clone(), clock().max(last + 1));
    }
    if attempts.is_empty() {
        let _ = fs::remove_file(file(blocks));
        return Ok(false);
    }
    memory.note(outputs, &attempts);
    let folder = folder(blocks);
    fs::create_dir_all(&folder).map_err(EngineError::file("make", &folder))?;
    // The memory first: a run that ends in between only asks the same once more.
    write_json(&place, &memory)?;
    let words = attempts.iter().map(|(stage, attempt)| (stage, attempt.to_string()));
    write_json(&file(blocks), &words.collect::<BTreeMap<_, _>>())?;
    Ok(true)
}

impl Memory {
    /// A file that is not there, or cannot be read, remembers nothing.
    fn read(place: &Path) -> Self {
        let text = fs::read(place).ok();
        text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
    }

    /// The newest attempt of each stage that a unit of it was asked by as it is now.
    fn attempts(&self, outputs: &[RecordOutput]) -> BTreeMap<String, u64> {
        let mut newest = BTreeMap::new();
        for output in outputs {
            let unit = self.0.get(&output.stage).and_then(|units| units.get(&output.unit));
            let asked = unit.into_iter().flatten().find(|it| it.sources == output.sources);
            if let Some(&Asked { attempt, .. }) = asked {
                let known = newest.entry(output.stage.clone()).or_insert(attempt);
                *known = attempt.max(*known);
            }
        }
        newest
    }

    /// Remembers that these records are asked by these attempts.
    fn note(&mut self, outputs: &[RecordOutput], attempts: &BTreeMap<String, u64>) {
        for output in outputs {
            let Some(&attempt) = attempts.get(&output.stage) else { continue };
            let units = self.0.entry(output.stage.clone()).or_default();
            let all = units.entry(output.unit.clone()).or_default();
            all.retain(|it| it.sources != output.sources);
            all.push(Asked { sources: output.sources.clone(), attempt });
            all.drain(..all.len().saturating_sub(REMEMBERED));
        }
    }
}

/// The time, in milliseconds since 1970: an attempt that counted from one would be the same as one of
/// an earlier checkout or of another machine, whose answer the store or a cache already holds.
fn clock() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    since.as_millis().try_into().unwrap_or(u64::MAX)
}

fn write_json(path: &Path, value: &impl Serialize) -> Result<(), EngineError> {
    let text = serde_json::to_string(value).map_err(EngineError::file("write", path))?;
    fs::write(path, text).map_err(EngineError::file("write", path))
}
