//! What can stand in a region.

use crate::marker::BLANKS;
use crate::mistake::Wrong;

/// What stands in a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The badges that are drawn.
    Badges,
    /// The version of a member.
    Version(Option<String>),
    /// The minimum Rust version of a member.
    Msrv(Option<String>),
    /// How a manifest depends on a member.
    Dependency(String),
    /// What a program prints about itself.
    Help(Vec<String>),
    /// The stages that are on.
    Stages,
}

/// A row of the table of kinds.
#[derive(Debug, Clone, Copy)]
pub struct KindRow {
    /// The word in the marker.
    pub name: &'static str,
    /// What follows it; empty where nothing does. What stands in brackets may be left out.
    pub argument: &'static str,
    /// What stands in the region.
    pub about: &'static str,
    /// Whether that is one line, so that it can stand within one.
    pub is_line: bool,
    /// The kind of these arguments; none where it does not take them.
    read: fn(&[&str]) -> Option<Kind>,
}

/// The kinds that there are.
pub const KINDS: [KindRow; 6] = [
    KindRow {
        name: "badges",
        argument: "",
        about: "the badges that the configuration draws, as pictures",
        is_line: true,
        read: |words| words.is_empty().then_some(Kind::Badges),
    },
    KindRow {
        name: "version",
        argument: "[MEMBER]",
        about: "the version of a member: without a name, of the one that the file lies in, or of all where they share one",
        is_line: true,
        read: |words| (words.len() < 2).then(|| Kind::Version(first(words))),
    },
    KindRow {
        name: "msrv",
        argument: "[MEMBER]",
        about: "its minimum Rust version (`rust-version`), in the same way",
        is_line: true,
        read: |words| (words.len() < 2).then(|| Kind::Msrv(first(words))),
    },
    KindRow {
        name: "dependency",
        argument: "MEMBER",
        about: "the lines by which a Cargo.toml depends on a member",
        is_line: false,
        read: |words| (words.len() == 1).then(|| first(words).map(Kind::Dependency)).flatten(),
    },
    KindRow {
        name: "help",
        argument: "PROGRAM [SUBCOMMAND…]",
        about: "what a program of the workspace prints on `--help`, of itself or of a subcommand",
        is_line: false,
        read: |words| {
            let words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
            (!words.is_empty()).then_some(Kind::Help(words))
        },
    },
    KindRow {
        name: "stages",
        argument: "",
        about: "a table of the stages that the configuration leaves on",
        is_line: false,
        read: |words| words.is_empty().then_some(Kind::Stages),
    },
];

impl Kind {
    /// Reads what stands behind `blocks:` in a marker.
    pub(crate) fn read(text: &str) -> Result<(Self, &'static KindRow), Wrong> {
        let mut words = text.split(BLANKS).filter(|word| !word.is_empty());
        let name = words.next().unwrap_or_default();
        let Some(row) = KINDS.iter().find(|row| row.name == name) else {
            let known: Vec<_> = KINDS.iter().map(|row| row.name).collect();
            return Err(Wrong::UnknownKind { kind: name.to_owned(), known: known.join(", ") });
        };
        let words: Vec<_> = words.collect();
        let kind = words.iter().all(|word| is_name(word)).then(|| (row.read)(&words)).flatten();
        let form = || [row.name, row.argument].join(" ").trim_end().to_owned();
        kind.map(|kind| (kind, row)).ok_or_else(|| Wrong::Argument { kind: row.name, form: form() })
    }
}

fn first(words: &[&str]) -> Option<String> {
    words.first().map(|name| (*name).to_owned())
}

/// Names are those of packages, of programs and of subcommands. An option would be no name: what a program is asked is
/// about itself, and nothing else. The script of the stage `readme` knows the same names.
fn is_name(word: &str) -> bool {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    word.chars().all(is_of_name) && !word.starts_with('-')
}
