//! Where Nix reads a cache, and where it writes it.

use std::{os::unix::ffi::OsStrExt as _, path::Path, process::Command};

use blocks_config::Store;

use super::Cache;
use crate::{Cancel, EngineError};

/// What `attic cache info` has before the address.
const ENDPOINT: &str = "Binary Cache Endpoint:";

impl Cache<'_> {
    /// What the address says.
    pub(super) fn store(&self) -> Result<Store<'_>, EngineError> {
        self.address.store().ok_or_else(|| self.fault("read", "no address is given"))
    }

    /// The address that Nix reads.
    pub(super) fn url(&self, cancel: &Cancel) -> Result<String, EngineError> {
        match self.store()? {
            Store::Nix(url) => Ok(url.to_owned()),
            Store::Cachix(name) => Ok(format!("https://{name}.cachix.org")),
            Store::Attic { server, name } => self.attic(server, name, cancel),
        }
    }

    /// Only the server knows where its caches are read.
    fn attic(&self, server: &str, name: &str, cancel: &Cancel) -> Result<String, EngineError> {
        let mut command = Command::new("attic");
        command.args(["cache", "info", &format!("{server}:{name}")]);
        let told = self.run_other(&mut command, None, "read", cancel, |_| ())?;
        let line = told.lines().find_map(|line| line.trim().strip_prefix(ENDPOINT));
        line.map(|url| url.trim().to_owned()).ok_or_else(|| {
            let told = format!("`attic cache info` says no `{ENDPOINT}`");
            self.fault("read", told)
        })
    }

    /// The address that Nix writes: with the name of the file of the key to sign with, and never a key itself.
    pub(super) fn written(&self, url: &str) -> String {
        let Some(key) = self.signing_key else { return url.to_owned() };
        let mark = if url.contains('?') { '&' } else { '?' };
        format!("{url}{mark}secret-key={}", encoded(key))
    }
}

/// A path as the value of a parameter.
fn encoded(path: &Path) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._~/-".contains(&byte);
    let sign = |&byte: &u8| match byte {
        byte if is_plain(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    path.as_os_str().as_bytes().iter().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_one_value_of_an_address() {
        assert_eq!(encoded(Path::new("/run/secrets/key-1")), "/run/secrets/key-1");
        assert_eq!(encoded(Path::new("/a b&c=ü")), "/a%20b%26c%3D%C3%BC");
    }
}
