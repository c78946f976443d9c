//! Pushing what a plan has.

use std::{collections::BTreeSet, process::Command};

use blocks_config::Store;

use super::{Cache, Plan, ask::lesson};
use crate::{Cancel, EngineError, Event, Sink, nix::flake::Flake};

impl Cache<'_> {
    /// Pushes what the plan has to push, and what that names. One that was cut off is begun again where it was.
    pub fn push(&self, plan: &Plan, cancel: &Cancel, sink: Sink<'_>) -> Result<(), EngineError> {
        let paths: BTreeSet<_> = plan.to_push().map(|item| item.path.clone()).collect();
        if paths.is_empty() {
            return Ok(());
        }
        self.check_key(plan)?;
        let total = plan.copied.paths;
        let mut begun = 0;
        let line = |text: &str| {
            if let Some(name) = copied(text) {
                begun += 1;
                sink(Event::aside(format!("{begun} of {total}: {name}")));
            }
        };
        sink(Event::Setup(format!("pushing to {}", self.address)));
        match self.store()? {
            Store::Nix(url) => {
                let mut command = Flake::new(self.nix).bare_command("copy");
                command.args(["--stdin", "--verbose", "--refresh", "--to", &self.written(url)]);
                let told = self.run_nix(&mut command, &paths, cancel, line)?;
                if told.status.success() {
                    Ok(())
                } else {
                    Err(self.fault("write", lesson(&told.words)))
                }
            }
            Store::Cachix(name) => {
                let mut command = Command::new("cachix");
                command.args(["push", name]);
                self.run_other(&mut command, Some(&paths), "write", cancel, line).map(drop)
            }
            Store::Attic { server, name } => {
                let mut command = Command::new("attic");
                command.args(["push", "--stdin", &format!("{server}:{name}")]);
                self.run_other(&mut command, Some(&paths), "write", cancel, line).map(drop)
            }
        }
    }

    /// Nobody would take a path without a signature from a cache whose keys are known, and no server of a folder or a
    /// bucket signs.
    fn check_key(&self, plan: &Plan) -> Result<(), EngineError> {
        let signs_nothing = matches!(self.store()?, Store::Nix(url) if !url.starts_with("http"));
        let is_wanted = signs_nothing && !self.keys.is_empty() && plan.unsigned > 0;
        if !is_wanted || self.signing_key.is_some() {
            return Ok(());
        }
        Err(self.fault(
            "write",
            "cache.public_keys asks for signatures, and nothing signs: name the file of the secret key in BLOCKS_CACHE_KEY_FILE",
        ))
    }
}

/// The name of a path that begins to be copied, of a line of Nix, Cachix or Attic.
fn copied(line: &str) -> Option<&str> {
    let is_one = ["copying path", "compressing and pushing", "Pushing"]
        .iter()
        .any(|it| line.starts_with(it));
    let (_, rest) = line.split_once("/nix/store/").filter(|_| is_one)?;
    let (_, name) = rest.split_once('-')?;
    name.split(|c: char| !(c.is_ascii_alphanumeric() || "+-._?=".contains(c))).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_copy_has_the_name_of_a_path() {
        let line =
            "copying path '/nix/store/0hws-minimal-record-fmt-0' to 'file:///c?secret-key=/k'...";
        assert_eq!(copied(line), Some("minimal-record-fmt-0"));
        assert_eq!(copied("copying 2 paths..."), None);
        assert_eq!(copied("warning: '/nix/store/q-a' is old"), None);
    }
}
