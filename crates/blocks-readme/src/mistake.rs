//! What is wrong with the markers of a file.

use thiserror::Error;

/// Something that whoever wrote a marker has to put right.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {wrong}")]
pub struct Mistake {
    /// The line, counted from 1.
    pub line: u32,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What is wrong with a marker, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Wrong {
    /// There is no such kind.
    #[error("there is no kind `{kind}`; there are: {known}")]
    UnknownKind {
        /// The word that stands there.
        kind: String,
        /// The kinds that there are.
        known: String,
    },
    /// A kind has another argument than it takes.
    #[error(
        "the kind `{kind}` is written `<!-- blocks: {form} -->`; names are of letters, digits, `-` and `_`"
    )]
    Argument {
        /// The kind.
        kind: &'static str,
        /// The kind with its argument.
        form: String,
    },
    /// What begins like the marker of an end, and has more.
    #[error("a region ends with `<!-- /blocks -->`, without another word")]
    End,
    /// A region does not end.
    #[error("the region `{kind}` has no end: put `<!-- /blocks -->` behind it")]
    NoEnd {
        /// What stands in its marker.
        kind: String,
    },
    /// There is an end of no region.
    #[error(
        "here a region ends that does not begin: remove it, or put `<!-- blocks: … -->` before it"
    )]
    NoBegin,
    /// A region begins within another.
    #[error("a region begins within that of line {outer}: end that one before")]
    Nested {
        /// The line of the other one.
        outer: u32,
    },
    /// A region over several lines has text beside its markers.
    #[error("both markers of a region over several lines stand alone on their lines, blanks aside")]
    NotAlone,
    /// A region of several lines stands within one.
    #[error("the region `{kind}` has several lines: put both markers on lines of their own")]
    SeveralLines {
        /// The kind.
        kind: &'static str,
    },
    /// There is no such member.
    #[error("the workspace has no member `{name}`; its members are: {known}")]
    UnknownMember {
        /// The name.
        name: String,
        /// The members' names.
        known: String,
    },
    /// The file is of no member, and the members differ.
    #[error(
        "members differ here: say of which one it shall be, as in `<!-- blocks: {kind} MEMBER -->`"
    )]
    MembersDiffer {
        /// The kind.
        kind: &'static str,
    },
    /// A manifest does not have what is asked for.
    #[error("the manifest of `{name}` promises no minimum Rust version (`rust-version`)")]
    NoRustVersion {
        /// The member.
        name: String,
    },
    /// No member has a program of this name.
    #[error("no member has a program `{name}` (with the features that are on by default)")]
    UnknownProgram {
        /// The name.
        name: String,
    },
    /// A program does not know `--help`, or not of this subcommand.
    #[error("`{command} --help` ended with status {status}")]
    HelpFailed {
        /// The program and its subcommands.
        command: String,
        /// How it ended.
        status: i32,
    },
    /// A program prints no help, or too much of it.
    #[error("`{command} --help` printed nothing, or more than {} KiB", crate::text::MOST_HELP >> 10)]
    HelpSize {
        /// The program and its subcommands.
        command: String,
    },
    /// What would be written would not be found again.
    #[error(
        "what belongs here would be read as something else: put an empty line before the first marker"
    )]
    Unstable,
}
