use std::collections::BTreeMap;

use serde::Serialize;

use crate::{CiFile, Need, Outside, ToolchainFile};

/// What a workspace is, as its manifests and files say. Names and texts in it are others'.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// Its members, in alphabetical order.
    pub members: Vec<Member>,
    /// Whether the root has no package of its own.
    pub is_virtual: bool,
    /// Where it lies in its repository; empty at the root of that, and where no repository holds it.
    pub folder: String,
    /// Where the repository comes from; none where git knows of nowhere, or of no server.
    pub origin: Option<Origin>,
    /// The branch that the repository is shown by; none where git does not know.
    pub branch: Option<String>,
    /// The file that names its compiler.
    pub toolchain: Option<ToolchainFile>,
    /// Its lock file.
    pub lock: LockFile,
    /// What runs in CI already.
    pub ci: Vec<CiFile>,
    /// Manifests in its folder that are of no member: they are excluded, or workspaces of their own.
    pub others: Vec<String>,
    /// The licence files at its root.
    pub licences: Vec<String>,
    /// Whether it has rules for cargo-deny.
    pub has_deny: bool,
    /// Keys of `.cargo/config.toml` that change where crates come from or what compiles them.
    pub cargo_config: Vec<String>,
    /// What its crates from elsewhere want of the machine.
    pub needs: Vec<Need>,
    /// Files elsewhere that members' code names, by member.
    pub outside: BTreeMap<String, Vec<Outside>>,
    /// The files that Blocks would have, and that are there, with what they hold.
    #[serde(skip)]
    pub present: BTreeMap<String, Vec<u8>>,
}

impl Facts {
    /// Whether workflows of GitHub Actions would run: the workspace is the whole of a repository that is there, or may get there.
    pub fn is_on_github(&self) -> bool {
        let is_there = self.origin.as_ref().is_none_or(|it| it.host.contains("github"));
        self.folder.is_empty() && is_there
    }
}

/// A member of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The package's name.
    pub name: String,
    /// Its folder from the workspace's root; empty for the root itself.
    pub folder: String,
    /// Its edition.
    pub edition: String,
    /// The minimum Rust version, as its manifest has it.
    pub rust_version: Option<String>,
    /// Its licence, as its manifest has it: an expression, or the name of a file.
    pub licence: Option<String>,
    /// Whether its manifest has a description.
    pub has_description: bool,
    /// Whether crates.io may get it.
    pub is_published: bool,
    /// The names of its programs.
    pub programs: Vec<String>,
    /// Whether it has a library.
    pub has_library: bool,
    /// How many targets of tests it has, beside those in its code.
    pub tests: usize,
    /// Its benchmarks.
    pub benches: Vec<Bench>,
}

/// A benchmark, by the name of its target, and the crate that measures it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bench {
    /// The target's name.
    pub name: String,
    /// What measures in this member: criterion, gungraun, another one that is known, or none.
    pub harness: Option<&'static str>,
}

/// A repository on a server, without what an address may have of secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The server.
    pub host: String,
    /// The repository there, such as `owner/name`.
    pub repository: String,
}

/// What there is of a lock file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LockFile {
    /// It is there, and git keeps it.
    Kept,
    /// It is there, and git is told to ignore it.
    Ignored,
    /// There is none.
    Absent,
    /// There is none, and git is told to ignore it.
    AbsentAndIgnored,
}

impl Origin {
    /// Reads the address of a remote; none where it names no server.
    pub(crate) fn parse(address: &str) -> Option<Self> {
        let (host, path) = match address.trim().split_once("://") {
            Some(("file", _)) => return None,
            Some((_, rest)) => rest.split_once('/')?,
            // As scp has it. A path of the machine has no host before its colon.
            None => address.trim().split_once(':').filter(|(host, _)| !host.contains('/'))?,
        };
        // Before the at sign may be a password, and behind the colon is a port.
        let host = host.rsplit('@').next()?.split(':').next()?;
        let repository = path.trim_matches('/').trim_end_matches(".git");
        let is_plain = |text: &str| {
            let mut all = text.chars();
            !text.is_empty() && all.all(|it| it.is_ascii_alphanumeric() || "-._/~".contains(it))
        };
        let fits = is_plain(host) && !host.contains('/') && is_plain(repository);
        fits.then(|| Self { host: host.to_owned(), repository: repository.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_known_by_server_and_repository_and_its_secrets_are_not() {
        let of = |address: &str| {
            Origin::parse(address).map(|it| format!("{} {}", it.host, it.repository))
        };
        let known = Some("example.org owner/name".to_owned());
        assert_eq!(of("https://example.org/owner/name.git"), known);
        assert_eq!(of("https://someone:secret@example.org:8443/owner/name/"), known);
        assert_eq!(of("git@example.org:owner/name.git"), known);
        assert_eq!(of("ssh://git@example.org/owner/name"), known);
        for none in [
            "/srv/git/name",
            "../name",
            "file:///srv/name",
            "",
            "https://example.org",
            "https://a b/c d",
        ] {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
