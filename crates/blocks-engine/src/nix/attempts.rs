//! The flake's input `attempts`: which records are asked again.
//!
//! An attempt belongs to the sources that it was asked for. When they change, all records are new
//! anyway, and an attempt would only keep them apart from those of other machines.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

use crate::EngineError;

/// The attempts that hold, beside the sources that they are of.
#[derive(Default, Serialize, Deserialize)]
struct State {
    sources: String,
    attempts: BTreeMap<String, String>,
}

/// The folder that takes the input's place.
pub(super) fn folder(blocks: &Path) -> PathBuf {
    blocks.join("attempts")
}

/// The input's file in it.
pub(super) fn file(blocks: &Path) -> PathBuf {
    folder(blocks).join("attempts.json")
}

/// The attempts of these sources, with a new one for each stage of `again`.
pub(super) fn of(
    blocks: &Path,
    sources: &str,
    again: &[String],
) -> Result<BTreeMap<String, String>, EngineError> {
    let state = blocks.join("attempts-of.json");
    let mut now = fs::read(&state)
        .ok()
        .and_then(|text| serde_json::from_slice::<State>(&text).ok())
        .filter(|before| before.sources == sources)
        .unwrap_or_default();
    sources.clone_into(&mut now.sources);
    for stage in again {
        let last: u64 = now.attempts.get(stage).and_then(|it| it.parse().ok()).unwrap_or(0);
        now.attempts.insert(stage.clone(), clock().max(last + 1).to_string());
    }
    if now.attempts.is_empty() {
        let _ = fs::remove_file(file(blocks));
        return Ok(now.attempts);
    }
    let folder = folder(blocks);
    fs::create_dir_all(&folder).map_err(EngineError::file("make", &folder))?;
    write(&file(blocks), &now.attempts)?;
    write(&state, &now)?;
    Ok(now.attempts)
}

/// The time, in milliseconds since 1970: an attempt that counted from one would be the same as one of
/// an earlier checkout or of another machine, whose answer the store or a cache already holds.
fn clock() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    since.as_millis().try_into().unwrap_or(u64::MAX)
}

fn write(path: &Path, value: &impl Serialize) -> Result<(), EngineError> {
    let text = serde_json::to_string(value).map_err(EngineError::file("write", path))?;
    fs::write(path, text).map_err(EngineError::file("write", path))
}
