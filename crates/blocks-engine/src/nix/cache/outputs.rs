//! What a workspace's flake makes that is worth keeping for others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Cache;
use crate::{
    Cancel, EngineError,
    nix::{
        flake::{Flake, system},
        run::run,
    },
};

/// Gives the paths of these without building them.
const PATHS: &str = "all: let of = builtins.mapAttrs (_: it: it.outPath); \
     each = builtins.mapAttrs (_: of); in \
     { layer = of all.layers; artifact = each all.artifacts; record = each all.records; \
       program = if all ? cargo-blocks then { cargo-blocks = all.cargo-blocks.outPath; } else { }; }";

/// What there is that is worth pushing.
pub const KINDS: [&str; 4] = ["program", "layer", "artifact", "record"];

/// Something that is worth pushing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What it is, of [`KINDS`].
    pub kind: &'static str,
    /// Its name among those of its kind: `check`, `test/my-crate`.
    pub name: String,
    /// Its path in a store.
    pub path: String,
    /// Where it is.
    pub state: ItemState,
    /// Bytes of the path itself; none where it is not here.
    pub bytes: Option<u64>,
    /// Bytes of it with all that it names; none where it is not here.
    pub closure_bytes: Option<u64>,
}

/// Where something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemState {
    /// The cache has it.
    InCache,
    /// It is here, and the cache does not have it.
    ToPush,
    /// Neither has it: nobody built it here.
    NotBuilt,
}

impl ItemState {
    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::InCache => "in the cache",
            Self::ToPush => "to push",
            Self::NotBuilt => "not built here",
        }
    }
}

#[derive(Deserialize)]
struct Outputs {
    program: BTreeMap<String, String>,
    layer: BTreeMap<String, String>,
    artifact: BTreeMap<String, BTreeMap<String, String>>,
    record: BTreeMap<String, BTreeMap<String, String>>,
}

impl Cache<'_> {
    /// All that is worth pushing, as if nothing of it was anywhere.
    ///
    /// Records that somebody asked again are of that machine, and no other would look for them.
    pub(super) fn outputs(&self, cancel: &Cancel) -> Result<Vec<Item>, EngineError> {
        let mut command = Flake::new(self.nix).command("eval");
        let attribute = format!(".#legacyPackages.{}", system());
        command.args(["--json", "--apply", PATHS, &attribute]);
        let mut words = String::new();
        let ran = run(&mut command, cancel, |line| words.extend([line, "\n"]))
            .map_err(|error| self.nix.cannot_run(&error))?
            .ok_or(EngineError::Interrupted)?;
        if !ran.status.success() {
            return Err(EngineError::Nix(words.trim().to_owned()));
        }
        let all: Outputs = serde_json::from_slice(&ran.stdout)
            .map_err(|error| EngineError::Nix(error.to_string()))?;
        let is_asked =
            |item: &Item| self.only.is_empty() || self.only.iter().any(|it| it == item.kind);
        Ok(items(all).into_iter().filter(is_asked).collect())
    }
}

fn items(all: Outputs) -> Vec<Item> {
    let item = |kind, name: String, path| Item {
        kind,
        name,
        path,
        state: ItemState::NotBuilt,
        bytes: None,
        closure_bytes: None,
    };
    let flat = |kind, of: BTreeMap<String, String>| {
        of.into_iter().map(move |(name, path)| item(kind, name, path)).collect::<Vec<_>>()
    };
    let nested = |kind, of: BTreeMap<String, BTreeMap<String, String>>| {
        let each = |(id, units): (String, BTreeMap<String, String>)| {
            let named = move |(unit, path)| item(kind, format!("{id}/{unit}"), path);
            units.into_iter().map(named).collect::<Vec<_>>()
        };
        of.into_iter().flat_map(each).collect::<Vec<_>>()
    };
    [
        flat("program", all.program),
        flat("layer", all.layer),
        nested("artifact", all.artifact),
        nested("record", all.record),
    ]
    .concat()
}
