//! What is worth pushing, and what of it a cache lacks.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Cache, Item, ItemState, ask::KnownPaths};
use crate::{Cancel, EngineError, Event, Sink};

/// The key of the cache that has what nixpkgs makes.
pub(super) const NIXOS: &str = "cache.nixos.org-1:";

/// What is not pushed, and why.
pub const LEFT_OUT: [(&str, &str); 3] = [
    (
        "verdicts and views",
        "they are made of records in a moment, and new with every day and version of this program",
    ),
    ("sources", "whoever builds has them, or fetches them by their hashes"),
    ("what was asked again", "no other machine would look for it"),
];

/// What is to be pushed to a cache.
#[derive(Debug, Clone, Serialize)]
pub struct Plan {
    /// Where the cache is.
    pub store: String,
    /// All that is worth pushing.
    pub items: Vec<Item>,
    /// What is copied there: what the cache lacks of all that is to be pushed, and of what that names.
    pub copied: Closure,
    /// The part of this that comes from cache.nixos.org; Cachix and Attic leave it out.
    pub of_nixos: Closure,
    /// What is not pushed, and why.
    pub left_out: Vec<LeftOut>,
    /// The paths of what is to be pushed that nobody signed.
    #[serde(skip)]
    pub(super) unsigned: usize,
}

/// Something that is not pushed.
#[derive(Debug, Clone, Serialize)]
pub struct LeftOut {
    /// What.
    pub what: &'static str,
    /// Why.
    pub why: &'static str,
}

/// Some paths together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Closure {
    /// How many.
    pub paths: usize,
    /// Their bytes, before they are compressed.
    pub bytes: u64,
}

impl Plan {
    /// What is to be pushed.
    pub fn to_push(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.state == ItemState::ToPush)
    }

    /// The plan for programs: the fields of this type, sizes in bytes.
    pub fn to_json(&self) -> String {
        format!("{:#}\n", serde_json::json!(self))
    }

    /// Whether anything of it was built here, or is in the cache: else nothing can be said.
    pub fn is_of_anything(&self) -> bool {
        self.items.iter().any(|item| item.state != ItemState::NotBuilt)
    }
}

impl Cache<'_> {
    /// What is worth pushing; asks this machine's store and the cache, and builds and writes nothing.
    pub fn plan(&self, cancel: &Cancel, sink: Sink<'_>) -> Result<Plan, EngineError> {
        sink(Event::Setup("evaluating the flake".to_owned()));
        let mut items = self.outputs(cancel)?;
        sink(Event::Setup("measuring what is here".to_owned()));
        let all: BTreeSet<_> = items.iter().map(|item| item.path.clone()).collect();
        let here = self.known(None, &all, &["--closure-size"], cancel)?;
        let built: BTreeSet<_> = all.iter().filter(|path| has(&here, path)).cloned().collect();
        let closure = self.known(None, &built, &["--recursive"], cancel)?;
        sink(Event::Setup(format!("asking {}", self.address)));
        let asked: BTreeSet<_> = all.iter().chain(closure.keys()).cloned().collect();
        let there = self.known(Some(&self.url(cancel)?), &asked, &[], cancel)?;
        for item in &mut items {
            let known = here.get(&item.path).and_then(Option::as_ref);
            item.bytes = known.map(|it| it.nar_size);
            item.closure_bytes = known.and_then(|it| it.closure_size);
            item.state = match known {
                _ if has(&there, &item.path) => ItemState::InCache,
                Some(_) => ItemState::ToPush,
                None => ItemState::NotBuilt,
            };
        }
        let copied = self.copied(&items, &closure, &there, cancel)?;
        let left_out = LEFT_OUT.map(|(what, why)| LeftOut { what, why }).into();
        let is_unsigned = |item: &&Item| {
            let known = here.get(&item.path).and_then(Option::as_ref);
            item.state == ItemState::ToPush && known.is_some_and(|it| it.signatures.is_empty())
        };
        let unsigned = items.iter().filter(is_unsigned).count();
        let (copied, of_nixos) = copied;
        Ok(Plan { store: self.address.to_string(), items, copied, of_nixos, left_out, unsigned })
    }

    /// What a push copies, and the part of it that is of cache.nixos.org.
    fn copied(
        &self,
        items: &[Item],
        closure: &KnownPaths,
        there: &KnownPaths,
        cancel: &Cancel,
    ) -> Result<(Closure, Closure), EngineError> {
        let to_push = items.iter().filter(|item| item.state == ItemState::ToPush);
        let roots: BTreeSet<_> = to_push.map(|item| item.path.clone()).collect();
        // What only paths name that are in the cache already is none of it.
        let named = self.known(None, &roots, &["--recursive"], cancel)?;
        let (mut all, mut of_nixos) = (Closure::default(), Closure::default());
        for (path, known) in
            named.keys().filter_map(|path| Some((path, closure.get(path)?.as_ref()?)))
        {
            if has(there, path) {
                continue;
            }
            all.add(known.nar_size);
            if known.signatures.iter().any(|it| it.starts_with(NIXOS)) {
                of_nixos.add(known.nar_size);
            }
        }
        Ok((all, of_nixos))
    }
}

impl Closure {
    fn add(&mut self, bytes: u64) {
        self.paths += 1;
        self.bytes += bytes;
    }
}

/// Whether a store has a path.
pub(super) fn has(known: &KnownPaths, path: &str) -> bool {
    known.get(path).is_some_and(Option::is_some)
}
