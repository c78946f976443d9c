//! Nix's own log, `--log-format internal-json`: a mark and a message a line.
//!
//! Nix documents neither the numbers of activities and results nor their fields, and adds some: what is
//! not known here, or not of the form that it has here, is no message.

use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

/// What a line of the log begins with; others are Nix's words to people, or what a program let through.
const MARK: &str = "@nix ";

/// The activities of Nix's logger, by their names there.
mod activity {
    pub(super) const COPY_PATH: u64 = 100;
    pub(super) const BUILDS: u64 = 104;
    pub(super) const BUILD: u64 = 105;
    pub(super) const SUBSTITUTE: u64 = 108;
}

/// The results of activities. That of a phase (104) is not among them: the log has a line of it, too.
mod result {
    pub(super) const BUILD_LOG_LINE: u64 = 101;
    pub(super) const PROGRESS: u64 = 105;
}

/// The level of errors (`lvlError`).
const ERROR: u64 = 0;

/// What the log says that progress is made of.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Message {
    /// Nix began to do something, perhaps as a part of something else.
    Began { id: u64, parent: u64, activity: Activity },
    /// It is over, well or not.
    Ended { id: u64 },
    /// A line of a build.
    Line { id: u64, text: String },
    /// How far it is: bytes of a copy, or a number of builds.
    Progress { id: u64, done: u64, expected: u64 },
    /// What went wrong, in Nix's words, of several lines.
    Error(String),
}

/// What Nix does.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Activity {
    /// All builds of the run.
    Builds,
    /// The build of a derivation, by its path, and the machine that builds it; none for this one.
    Build { derivation: PathBuf, machine: Option<String> },
    /// A cache has a path, and it is fetched from there.
    Fetch { path: PathBuf, cache: String },
    /// A path's bytes are copied.
    Copy,
}

#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "camelCase")]
enum Line {
    Start {
        id: u64,
        #[serde(rename = "type")]
        kind: u64,
        #[serde(default)]
        parent: u64,
        #[serde(default)]
        fields: Vec<Value>,
    },
    Stop {
        id: u64,
    },
    Result {
        id: u64,
        #[serde(rename = "type")]
        kind: u64,
        #[serde(default)]
        fields: Vec<Value>,
    },
    Msg {
        level: u64,
        msg: String,
    },
    #[serde(other)]
    Other,
}

impl Message {
    /// Reads a line of the log.
    pub(super) fn read(line: &str) -> Option<Self> {
        let line = serde_json::from_str(line.strip_prefix(MARK)?).ok()?;
        Some(match line {
            Line::Start { id, kind, parent, fields } => {
                Self::Began { id, parent, activity: Activity::read(kind, &fields)? }
            }
            Line::Stop { id } => Self::Ended { id },
            Line::Result { id, kind: result::BUILD_LOG_LINE, fields } => {
                Self::Line { id, text: text(&fields, 0)?.to_owned() }
            }
            Line::Result { id, kind: result::PROGRESS, fields } => {
                Self::Progress { id, done: number(&fields, 0)?, expected: number(&fields, 1)? }
            }
            Line::Msg { level: ERROR, msg } => Self::Error(msg),
            Line::Result { .. } | Line::Msg { .. } | Line::Other => return None,
        })
    }
}

impl Activity {
    fn read(kind: u64, fields: &[Value]) -> Option<Self> {
        Some(match kind {
            activity::BUILDS => Self::Builds,
            activity::BUILD => {
                Self::Build { derivation: text(fields, 0)?.into(), machine: machine(fields) }
            }
            activity::SUBSTITUTE => {
                Self::Fetch { path: text(fields, 0)?.into(), cache: cache(text(fields, 1)?) }
            }
            activity::COPY_PATH => Self::Copy,
            _ => return None,
        })
    }
}

fn text(fields: &[Value], at: usize) -> Option<&str> {
    fields.get(at)?.as_str()
}

fn number(fields: &[Value], at: usize) -> Option<u64> {
    fields.get(at)?.as_u64()
}

/// Nix gives no name to the machine that it runs on.
fn machine(fields: &[Value]) -> Option<String> {
    text(fields, 1).filter(|name| !name.is_empty() && *name != "localhost").map(cache)
}

/// What a cache or a builder is called: its host and path, without a name and a password or the settings that its
/// address may hold, since logs are read by others.
fn cache(address: &str) -> String {
    let place = address.split_once("://").map_or(address, |(_, place)| place);
    let place = place.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = place.split_at(place.find('/').unwrap_or(place.len()));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    format!("{host}{}", path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cache_is_named_without_its_secrets() {
        let all = [
            ("https://cache.nixos.org", "cache.nixos.org"),
            ("https://cache.nixos.org/", "cache.nixos.org"),
            ("https://me:secret@cache.example/a/b@c", "cache.example/a/b@c"),
            ("s3://bucket?secret-key=x&region=y", "bucket"),
            ("file:///srv/cache", "/srv/cache"),
            ("daemon", "daemon"),
            ("", ""),
        ];
        for (address, name) in all {
            assert_eq!(cache(address), name);
        }
    }

    #[test]
    fn a_build_is_of_a_machine_or_of_this_one() {
        let machine = |more: &str| {
            let line = format!(
                r#"@nix {{"action":"start","id":7,"type":105,"fields":["/nix/store/q-a.drv"{more}]}}"#
            );
            match Message::read(&line) {
                Some(Message::Began { activity: Activity::Build { machine, .. }, .. }) => machine,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(machine(r#","",1,1"#), None);
        assert_eq!(machine(""), None);
        assert_eq!(machine(r#","ssh-ng://me@one.example",1,1"#).as_deref(), Some("one.example"));
        assert_eq!(machine(r#","ssh://two",1,1"#).as_deref(), Some("two"));
    }

    #[test]
    fn what_is_not_of_the_form_is_no_message() {
        for line in [
            "",
            "@nix",
            "@nix not json",
            "@nix 7",
            "warning: words",
            r#"{"action":"stop","id":7}"#,
            r#"@nix {"action":"stop","id":"seven"}"#,
            r#"@nix {"action":"stop","id":-1}"#,
            r#"@nix {"action":"leap","id":7}"#,
            r#"@nix {"action":"start","id":7,"type":105}"#,
            r#"@nix {"action":"start","id":7,"type":105,"fields":[7]}"#,
            r#"@nix {"action":"start","id":7,"type":108,"fields":["/nix/store/q-a"]}"#,
            r#"@nix {"action":"start","id":7,"type":4711,"fields":[]}"#,
            r#"@nix {"action":"result","id":7,"type":101,"fields":[]}"#,
            r#"@nix {"action":"result","id":7,"type":104,"fields":["buildPhase"]}"#,
            r#"@nix {"action":"result","id":7,"type":105,"fields":[1]}"#,
            r#"@nix {"action":"msg","level":3,"msg":"building"}"#,
        ] {
            assert_eq!(Message::read(line), None, "{line}");
        }
    }
}
