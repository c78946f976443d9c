//! How Nix and the programs of caches are asked.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    process::{Command, ExitStatus},
};

use serde::Deserialize;

use super::Cache;
use crate::{
    Cancel, EngineError,
    nix::{flake::Flake, run::feed},
};

/// How many lines of what a program told are kept for the case that it fails, and how many of these are shown.
const KEPT: usize = 64;
const SHOWN: usize = 6;

/// What Nix knows of a path of a store.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Known {
    /// Bytes of the path itself, as an archive.
    pub(super) nar_size: u64,
    /// Bytes of it with all that it names.
    pub(super) closure_size: Option<u64>,
    /// Paths that it names.
    #[serde(default)]
    pub(super) references: Vec<String>,
    /// Signatures, each a key's name, a colon and the rest.
    #[serde(default)]
    pub(super) signatures: Vec<String>,
}

/// What a store has, by paths; none of one that it does not have.
pub(super) type KnownPaths = BTreeMap<String, Option<Known>>;

/// What a program came to.
pub(super) struct Told {
    pub(super) status: ExitStatus,
    pub(super) stdout: Vec<u8>,
    pub(super) words: String,
}

impl Cache<'_> {
    /// What a store knows of these paths: this machine's with no address.
    ///
    /// What Nix remembers of a cache is not believed: it remembers for an hour that a path was not there.
    pub(super) fn known(
        &self,
        store: Option<&str>,
        paths: &BTreeSet<String>,
        more: &[&str],
        cancel: &Cancel,
    ) -> Result<KnownPaths, EngineError> {
        if paths.is_empty() {
            return Ok(KnownPaths::new());
        }
        let ask = |format: &[&str]| {
            let mut command = Flake::new(self.nix).bare_command("path-info");
            command.args(["--json", "--refresh", "--stdin"]).args(format).args(more);
            command.args(store.iter().flat_map(|url| ["--store", url]));
            self.run_nix(&mut command, paths, cancel, |_| ())
        };
        let mut told = ask(&["--json-format", "1"])?;
        // An older Nix has one format only.
        if !told.status.success() && told.words.contains("--json-format") {
            told = ask(&[])?;
        }
        if !told.status.success() {
            return Err(self.fault("read", lesson(&told.words)));
        }
        serde_json::from_slice(&told.stdout).map_err(|error| {
            self.fault("read", format!("Nix says of paths what is not understood: {error}"))
        })
    }

    pub(super) fn run_nix(
        &self,
        command: &mut Command,
        paths: &BTreeSet<String>,
        cancel: &Cancel,
        line: impl FnMut(&str) + Send,
    ) -> Result<Told, EngineError> {
        let told = told(command, Some(&listed(paths)), cancel, line);
        told.map_err(|error| self.nix.cannot_run(&error))?.ok_or(EngineError::Interrupted)
    }

    /// Runs the program of a cache, which has its token by the environment, and gives what it told.
    pub(super) fn run_other(
        &self,
        command: &mut Command,
        paths: Option<&BTreeSet<String>>,
        what: &'static str,
        cancel: &Cancel,
        line: impl FnMut(&str) + Send,
    ) -> Result<String, EngineError> {
        let program = command.get_program().to_string_lossy().into_owned();
        command
            .current_dir(&self.nix.workspace.root)
            .env_clear()
            .envs(self.nix.workspace.environment.iter().cloned());
        let input = paths.map(listed);
        let told = told(command, input.as_deref(), cancel, line).map_err(|error| {
            self.fault(what, format!("cannot run `{program}`, which its address asks for: {error}"))
        })?;
        let told = told.ok_or(EngineError::Interrupted)?;
        if !told.status.success() {
            return Err(self.fault(what, format!("`{program}` says: {}", lesson(&told.words))));
        }
        Ok(told.words)
    }
}

fn listed(paths: &BTreeSet<String>) -> String {
    paths.iter().flat_map(|path| [path.as_str(), "\n"]).collect()
}

fn told(
    command: &mut Command,
    input: Option<&str>,
    cancel: &Cancel,
    mut line: impl FnMut(&str) + Send,
) -> std::io::Result<Option<Told>> {
    let mut words = VecDeque::new();
    let ran = feed(command, input, cancel, |text| {
        line(text);
        if words.len() == KEPT {
            words.pop_front();
        }
        words.push_back(text.to_owned());
    })?;
    let words: Vec<_> = words.into();
    Ok(ran.map(|it| Told { status: it.status, stdout: it.stdout, words: words.join("\n") }))
}

/// Why a program failed, in its words, and what to do where that is known.
pub(super) fn lesson(words: &str) -> String {
    let lines: Vec<_> = words.lines().filter(|line| !line.trim().is_empty()).collect();
    let begin = lines.iter().rposition(|line| line.starts_with("error"));
    let begin = begin.unwrap_or_else(|| lines.len().saturating_sub(SHOWN));
    let why = lines[begin..].iter().take(SHOWN).copied().collect::<Vec<_>>().join("\n");
    let why = why.trim_start_matches("error:").trim();
    match HINTS.iter().find(|(marks, _)| marks.iter().any(|mark| words.contains(mark))) {
        Some((_, hint)) => format!("{why}\n  = help: {hint}"),
        None => why.to_owned(),
    }
}

/// What programs say, and what that means.
const HINTS: [(&[&str], &str); 5] = [
    (
        &[
            "HTTP error 401",
            "HTTP error 403",
            "Unauthorized",
            "Forbidden",
            "Access Denied",
            "AccessDenied",
        ],
        "there is no right to do that: the token (CACHIX_AUTH_TOKEN, attic login, AWS_ACCESS_KEY_ID, or netrc-file of nix.conf) \
         is missing, is of another cache, or may only read",
    ),
    (
        &["HTTP error 405", "HTTP error 501"],
        "the server takes nothing: it only serves what is there",
    ),
    (
        &["Permission denied", "Read-only file system"],
        "the folder belongs to somebody else, or may not be written",
    ),
    (
        &["does not exist", "NoSuchBucket", "HTTP error 404"],
        "there is no cache at this address: make it first, or mend cache.store",
    ),
    (
        &["Could not connect", "Couldn't connect", "Could not resolve", "Couldn't resolve"],
        "nobody answers at this address: look whether the server runs, and is reached from here",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_the_last_error_and_what_to_do() {
        let words = "warning: retrying\nerror: unable to upload 'x': HTTP error 403\n\n       response body: no";
        let lesson = lesson(words);
        assert!(lesson.starts_with("unable to upload 'x': HTTP error 403\n"), "{lesson}");
        assert!(lesson.contains("= help: there is no right"), "{lesson}");
    }

    #[test]
    fn words_without_an_error_are_shown_from_their_end() {
        let words: Vec<_> = (0..50).map(|it| it.to_string()).collect();
        assert_eq!(lesson(&words.join("\n")), "44\n45\n46\n47\n48\n49");
        assert_eq!(lesson(""), "");
    }

    #[test]
    fn a_store_has_a_path_or_it_does_not() {
        let text = r#"{"/nix/store/q-a":{"narSize":3,"closureSize":7,"references":[],"signatures":["k:s"],"more":1},"/nix/store/q-b":null}"#;
        let known: KnownPaths = serde_json::from_str(text).expect("read");
        assert_eq!(known["/nix/store/q-a"].as_ref().and_then(|it| it.closure_size), Some(7));
        assert!(known["/nix/store/q-b"].is_none());
    }
}
