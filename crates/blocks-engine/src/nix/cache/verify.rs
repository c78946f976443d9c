//! Reading back what a cache has.

use std::collections::BTreeSet;

use blocks_config::Store;
use serde::Serialize;

use super::{Cache, ask::lesson, plan::has};
use crate::{Cancel, EngineError, Event, Sink, nix::flake::Flake};

/// The cache of what nixpkgs makes, and its key, as nix.conf has them without being told.
const NIXOS: &str = "https://cache.nixos.org";
const NIXOS_KEY: &str = "cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=";

/// How Nix says in its exit status what is wrong with paths: a sum of these.
const CORRUPT: i32 = 1;
const UNTRUSTED: i32 = 2;

/// Whether the contents of paths are fetched and hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contents {
    /// Only what the cache says of paths is read.
    Trusted,
    /// They are read, too.
    Read,
}

/// What a cache was found to have.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Verified {
    /// Where the cache is.
    pub store: String,
    /// How many of the workspace's own paths were looked for.
    pub looked_for: usize,
    /// How many paths of them and of what they name are there.
    pub found: usize,
    /// Paths that are not there.
    pub missing: Vec<String>,
    /// Paths without a signature by one of the keys.
    pub unsigned: Vec<String>,
    /// Paths whose contents are others than the cache says.
    pub corrupt: Vec<String>,
    /// Whether signatures were looked at.
    pub signatures: bool,
    /// Whether contents were read.
    pub contents: bool,
}

impl Verified {
    /// What was found, for programs: the fields of this type.
    pub fn to_json(&self) -> String {
        format!("{:#}\n", serde_json::json!(self))
    }

    /// Whether all is there, and as it should be.
    pub fn is_good(&self) -> bool {
        self.missing.is_empty() && self.unsigned.is_empty() && self.corrupt.is_empty()
    }
}

impl Cache<'_> {
    /// Looks whether the cache has all that was built here, or all there is, and all that these name.
    pub fn verify(
        &self,
        all: bool,
        contents: Contents,
        cancel: &Cancel,
        sink: Sink<'_>,
    ) -> Result<Verified, EngineError> {
        sink(Event::Setup("evaluating the flake".to_owned()));
        let items = self.outputs(cancel)?;
        let paths: BTreeSet<_> = items.into_iter().map(|item| item.path).collect();
        let here = self.known(None, &paths, &[], cancel)?;
        let roots: BTreeSet<_> = paths.into_iter().filter(|path| all || has(&here, path)).collect();
        let mut verified = Verified {
            store: self.address.to_string(),
            looked_for: roots.len(),
            ..Verified::default()
        };
        sink(Event::Setup(format!("asking {}", self.address)));
        let url = self.url(cancel)?;
        let (found, missing) = self.closure_there(&url, &roots, cancel)?;
        verified.found = found.len();
        verified.missing = self.without_upstream(missing, &roots, cancel)?.into_iter().collect();
        self.look_into(&url, &found, contents, &mut verified, cancel, sink)?;
        Ok(verified)
    }

    /// What the cache has of these and of all that they name, and what it does not have. Only it knows what a path names
    /// that is not here.
    fn closure_there(
        &self,
        url: &str,
        roots: &BTreeSet<String>,
        cancel: &Cancel,
    ) -> Result<(BTreeSet<String>, BTreeSet<String>), EngineError> {
        let (mut found, mut missing) = (BTreeSet::new(), BTreeSet::new());
        let mut next = roots.clone();
        while !next.is_empty() {
            let known = self.known(Some(url), &next, &[], cancel)?;
            let mut named = BTreeSet::new();
            for (path, known) in known {
                match known {
                    Some(known) => {
                        named.extend(known.references);
                        found.insert(path);
                    }
                    None => {
                        missing.insert(path);
                    }
                }
            }
            next = named
                .into_iter()
                .filter(|it| !found.contains(it) && !missing.contains(it))
                .collect();
        }
        Ok((found, missing))
    }

    /// Cachix and Attic do not keep what cache.nixos.org has: that is no gap.
    fn without_upstream(
        &self,
        missing: BTreeSet<String>,
        roots: &BTreeSet<String>,
        cancel: &Cancel,
    ) -> Result<BTreeSet<String>, EngineError> {
        let others: BTreeSet<_> = missing.difference(roots).cloned().collect();
        if others.is_empty() || matches!(self.store()?, Store::Nix(_)) {
            return Ok(missing);
        }
        let upstream = self.known(Some(NIXOS), &others, &[], cancel)?;
        Ok(missing.into_iter().filter(|path| !has(&upstream, path)).collect())
    }

    /// Lets Nix look at signatures and contents.
    fn look_into(
        &self,
        url: &str,
        found: &BTreeSet<String>,
        contents: Contents,
        verified: &mut Verified,
        cancel: &Cancel,
        sink: Sink<'_>,
    ) -> Result<(), EngineError> {
        verified.signatures = !self.keys.is_empty();
        verified.contents = contents == Contents::Read;
        if found.is_empty() || !(verified.signatures || verified.contents) {
            return Ok(());
        }
        let mut command = Flake::new(self.nix).bare_command("store");
        command.args(["verify", "--refresh", "--stdin", "--store", url]);
        if verified.signatures {
            let keys = self.keys.iter().filter_map(|key| key.get());
            let keys: Vec<_> = keys.chain([NIXOS_KEY]).collect();
            command.args([
                "--sigs-needed",
                "1",
                "--option",
                "trusted-public-keys",
                &keys.join(" "),
            ]);
        } else {
            command.arg("--no-trust");
        }
        if !verified.contents {
            command.arg("--no-contents");
        }
        let (mut unsigned, mut corrupt, mut looked) = (BTreeSet::new(), BTreeSet::new(), 0);
        let total = found.len();
        let told = self.run_nix(&mut command, found, cancel, |line| match said(line) {
            Some((path, Said::Untrusted)) => {
                unsigned.insert(path.to_owned());
            }
            Some((path, Said::Modified)) => {
                corrupt.insert(path.to_owned());
            }
            Some((_, Said::Checking)) => {
                looked += 1;
                sink(Event::aside(format!("{looked} of {total}")));
            }
            None => {}
        })?;
        let status = told.status.code().unwrap_or(i32::MAX);
        // What Nix says in its status and not in words, or in words and not in its status, is not understood.
        let is_told = (status & UNTRUSTED != 0) != unsigned.is_empty()
            && (status & CORRUPT != 0) != corrupt.is_empty();
        if status & !(CORRUPT | UNTRUSTED) != 0 || !is_told {
            return Err(self.fault("read", lesson(&told.words)));
        }
        verified.unsigned = unsigned.into_iter().collect();
        verified.corrupt = corrupt.into_iter().collect();
        Ok(())
    }
}

/// What Nix says of a path.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    Checking,
    Untrusted,
    Modified,
}

fn said(line: &str) -> Option<(&str, Said)> {
    if let Some(rest) = line.strip_prefix("checking '") {
        return Some((rest.split('\'').next()?, Said::Checking));
    }
    let (path, rest) = line.strip_prefix("path '")?.split_once('\'')?;
    let said = match rest {
        " is untrusted" => Said::Untrusted,
        rest if rest.starts_with(" was modified") => Said::Modified,
        _ => return None,
    };
    Some((path, said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_say_which_path_is_not_as_it_should_be() {
        assert_eq!(said("checking '/nix/store/q-a'..."), Some(("/nix/store/q-a", Said::Checking)));
        assert_eq!(
            said("path '/nix/store/q-a' is untrusted"),
            Some(("/nix/store/q-a", Said::Untrusted))
        );
        let line = "path '/nix/store/q-a' was modified! expected hash 'x', got 'y'";
        assert_eq!(said(line), Some(("/nix/store/q-a", Said::Modified)));
        assert_eq!(said("error: path '/nix/store/q-a' is not valid"), None);
    }
}
