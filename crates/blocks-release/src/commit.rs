//! What a commit asks for.

use std::collections::{BTreeMap, BTreeSet};

use git_conventional::Commit as Conventional;

use crate::Level;

/// The most characters of a title, and of a note.
const TITLE: usize = 300;
const NOTE: usize = 4000;

/// The types that change nothing of what is published.
const QUIET: [&str; 5] = ["chore", "ci", "docs", "style", "test"];

/// How many hexadecimal digits of a commit's name are shown, and are enough to know it again.
const SHORT: usize = 10;

/// A commit as git has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawCommit {
    /// Its name.
    pub revision: String,
    /// The commits that it comes from: of a merge several, the one that it was merged into first.
    pub parents: Vec<String>,
    /// All of its message.
    pub message: String,
    /// The files that it changes, from the workspace's root.
    pub files: Vec<String>,
}

/// The part of a changelog that something belongs to, in the order in which they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What breaks who upgrades.
    Breaking,
    /// What is new.
    Added,
    /// What is otherwise.
    Changed,
    /// What will go.
    Deprecated,
    /// What is gone.
    Removed,
    /// What is mended.
    Fixed,
    /// What was a danger.
    Security,
}

/// A commit that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub revision: String,
    /// The first line of its message.
    pub title: String,
    /// The scope, where it says one.
    pub scope: Option<String>,
    /// What it says that it does.
    pub description: String,
    /// What it asks for; none where nothing that is published changes.
    pub level: Option<Level>,
    /// The part of the changelog that it belongs to; none where readers do not need to know.
    pub part: Option<Part>,
    /// What its footer says to who upgrades.
    pub note: Option<String>,
    /// Whether its message has the form of <https://www.conventionalcommits.org>.
    pub is_conventional: bool,
    /// The files that it changes.
    pub files: Vec<String>,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Breaking,
        Self::Added,
        Self::Changed,
        Self::Deprecated,
        Self::Removed,
        Self::Fixed,
        Self::Security,
    ];

    /// The heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Breaking => "Breaking changes",
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Removed => "Removed",
            Self::Fixed => "Fixed",
            Self::Security => "Security",
        }
    }
}

impl RawCommit {
    fn is_merge(&self) -> bool {
        self.parents.len() > 1
    }
}

/// The commits among these that a merge brought.
fn brought<'a>(raw: &'a [RawCommit], merge: &'a RawCommit) -> BTreeSet<&'a str> {
    let by_name: BTreeMap<_, _> = raw.iter().map(|it| (it.revision.as_str(), it)).collect();
    let reached = |from: &'a [String]| {
        let mut found = BTreeSet::new();
        let mut left: Vec<_> = from.iter().map(String::as_str).collect();
        while let Some(name) = left.pop() {
            let Some(commit) = by_name.get(name) else { continue };
            if found.insert(name) {
                left.extend(commit.parents.iter().map(String::as_str));
            }
        }
        found
    };
    let Some((into, others)) = merge.parents.split_first() else { return BTreeSet::new() };
    let before = reached(std::slice::from_ref(into));
    reached(others).into_iter().filter(|name| !before.contains(name)).collect()
}

impl Commit {
    /// The commits that count, the newest first. A commit that a later one takes back counts for nothing, with all that it brought, and neither
    /// does that one. A merge counts where its own message has the conventional form: what it joins is there by itself.
    pub fn all(raw: &[RawCommit]) -> Vec<Self> {
        let mut gone: BTreeSet<&str> = BTreeSet::new();
        for one in raw {
            if gone.contains(one.revision.as_str()) {
                continue;
            }
            let taken = reverted(&one.message);
            let of = |name: &&str| {
                let is_it =
                    |it: &&RawCommit| it.revision.starts_with(*name) && it.revision != one.revision;
                raw.iter().find(is_it)
            };
            let found: Vec<_> = taken.iter().filter_map(of).collect();
            // One that does more than that, or takes back what was released, is a change itself.
            if found.len() == taken.len() && !found.is_empty() && takes_back(&one.message) {
                gone.insert(&one.revision);
            }
            for it in found {
                gone.insert(&it.revision);
                gone.extend(brought(raw, it));
            }
        }
        let kept = raw.iter().filter(|it| !gone.contains(it.revision.as_str()));
        let commits =
            kept.map(Self::of).zip(raw.iter().filter(|it| !gone.contains(it.revision.as_str())));
        let counts = |(commit, raw): &(Self, &RawCommit)| !raw.is_merge() || commit.is_conventional;
        let mut seen = BTreeSet::new();
        // What was picked from one branch to another is one change.
        let mut is_new =
            |it: &Self| seen.insert((it.title.clone(), it.note.clone(), it.files.clone()));
        let mut commits: Vec<_> = commits.filter(counts).map(|(commit, _)| commit).collect();
        commits.retain(|it| !it.is_conventional || is_new(it));
        commits
    }

    fn of(raw: &RawCommit) -> Self {
        let message = raw.message.replace("\r\n", "\n");
        let title = bounded(message.lines().next().unwrap_or_default().trim(), TITLE);
        match Conventional::parse(message.trim()) {
            Ok(parsed) => Self::conventional(raw, title, &parsed),
            Err(_) => Self {
                revision: raw.revision.clone(),
                scope: None,
                description: title.clone(),
                title,
                level: Some(Level::Patch),
                part: Some(Part::Changed),
                note: None,
                is_conventional: false,
                files: raw.files.clone(),
            },
        }
    }

    fn conventional(raw: &RawCommit, title: String, parsed: &Conventional<'_>) -> Self {
        let kind = parsed.type_().as_str().to_lowercase();
        let note = parsed.footers().iter().find(|it| it.breaking());
        let own = parsed
            .footers()
            .iter()
            .find(|it| it.token().as_str().eq_ignore_ascii_case("changelog"));
        let (level, part) = kinds(&kind, parsed.scope().map(|it| it.as_str()));
        let (level, part) = if parsed.breaking() {
            (Some(Level::Major), Some(Part::Breaking))
        } else {
            (level, own.map_or(part, |it| named(it.value(), part)))
        };
        Self {
            revision: raw.revision.clone(),
            title,
            scope: parsed.scope().map(|it| bounded(it.as_str(), TITLE)),
            description: bounded(parsed.description().trim(), TITLE),
            level,
            part,
            note: note.map(|it| bounded(it.value().trim(), NOTE)),
            is_conventional: true,
            files: raw.files.clone(),
        }
    }

    /// Enough of its name to know it again.
    pub fn short(&self) -> &str {
        self.revision.get(..SHORT).unwrap_or(&self.revision)
    }

    /// Whether it breaks something.
    pub fn is_breaking(&self) -> bool {
        self.level == Some(Level::Major)
    }
}

/// What a type asks for, and where it is told.
fn kinds(kind: &str, scope: Option<&str>) -> (Option<Level>, Option<Part>) {
    match kind {
        "feat" | "feature" => (Some(Level::Minor), Some(Part::Added)),
        "fix" if scope == Some("security") => (Some(Level::Patch), Some(Part::Security)),
        "fix" => (Some(Level::Patch), Some(Part::Fixed)),
        "security" => (Some(Level::Patch), Some(Part::Security)),
        "deprecate" => (Some(Level::Minor), Some(Part::Deprecated)),
        "perf" | "revert" => (Some(Level::Patch), Some(Part::Changed)),
        kind if QUIET.contains(&kind) => (None, None),
        // What it does to others, only its author knows: what is published is not what it was.
        _ => (Some(Level::Patch), None),
    }
}

/// The part that a footer `Changelog: removed` names; `none` keeps it out.
fn named(value: &str, otherwise: Option<Part>) -> Option<Part> {
    let value = value.trim();
    if value.eq_ignore_ascii_case("none") {
        return None;
    }
    Part::ALL.into_iter().find(|part| part.title().eq_ignore_ascii_case(value)).or(otherwise)
}

/// The commits that a message says are taken back, each in a line of its own as git writes it.
fn reverted(message: &str) -> Vec<&str> {
    let lines = message.lines().filter_map(|line| line.strip_prefix("This reverts commit "));
    let name = |rest: &'_ str| rest.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(rest.len());
    lines.map(|rest| &rest[..name(rest)]).filter(|name| name.len() >= 7).collect()
}

/// Whether a title says that taking back is all that a commit does.
fn takes_back(message: &str) -> bool {
    let title = message.trim_start().get(.."revert".len()).unwrap_or_default();
    title.eq_ignore_ascii_case("revert")
}

/// At most so many characters, without those that control a terminal.
fn bounded(text: &str, most: usize) -> String {
    let is_plain = |c: &char| *c == '\n' || !c.is_control();
    let mut kept: String = text.chars().filter(is_plain).take(most).collect();
    if text.chars().filter(is_plain).nth(most).is_some() {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(revision: &str, message: &str) -> RawCommit {
        RawCommit {
            revision: revision.repeat(40 / revision.len()),
            parents: Vec::new(),
            message: message.to_owned(),
            files: vec![format!("{revision}.rs")],
        }
    }

    fn told(message: &str) -> (Option<Level>, Option<Part>, Option<String>) {
        let found = Commit::of(&raw("a", message));
        (found.level, found.part, found.note)
    }

    #[test]
    fn a_commit_asks_for_what_its_type_and_footers_say() {
        let major = |note: Option<&str>| {
            (Some(Level::Major), Some(Part::Breaking), note.map(str::to_owned))
        };
        assert_eq!(told("feat(a): b"), (Some(Level::Minor), Some(Part::Added), None));
        assert_eq!(told("fix: b"), (Some(Level::Patch), Some(Part::Fixed), None));
        assert_eq!(told("docs: b"), (None, None, None));
        assert_eq!(told("refactor: b"), (Some(Level::Patch), None, None));
        assert_eq!(told("chore!: b"), major(None));
        let text = "fix: b\n\nWhy.\n\nBREAKING CHANGE: use `c`\nand d";
        assert_eq!(told(text), major(Some("use `c`\nand d")));
        assert_eq!(told(&text.replace('\n', "\r\n")), major(Some("use `c`\nand d")));
        assert_eq!(told("fix: b\n\nBREAKING-CHANGE: c"), major(Some("c")));
        let removed = told("feat: b\n\nChangelog: removed");
        assert_eq!(removed, (Some(Level::Minor), Some(Part::Removed), None));
        assert_eq!(told("feat: b\n\nChangelog: none").1, None);
        let other = Commit::of(&raw("a", "Update things"));
        assert!(!other.is_conventional);
        assert_eq!((other.level, other.part), (Some(Level::Patch), Some(Part::Changed)));
    }

    #[test]
    fn what_is_taken_back_counts_for_nothing_and_what_takes_that_back_restores_it() {
        let of = |commits: &[RawCommit]| -> Vec<String> {
            Commit::all(commits).iter().map(|it| it.title.clone()).collect()
        };
        let revert = |by: &str, what: &str| {
            raw(by, &format!("Revert \"x\"\n\nThis reverts commit {}.", what.repeat(40)))
        };
        assert_eq!(of(&[revert("b", "a"), raw("a", "feat: x")]), Vec::<String>::new());
        let twice = [revert("c", "b"), revert("b", "a"), raw("a", "feat: x")];
        assert_eq!(of(&twice), ["feat: x"]);
        // One that was released counts as a change.
        assert_eq!(of(&[revert("b", "e")]), ["Revert \"x\""]);
        assert_eq!(
            of(&[raw("b", "revert: x\n\nThis reverts commit aaaaaaa."), raw("a", "fix: x")]),
            Vec::<String>::new()
        );
    }

    #[test]
    fn all_that_is_taken_back_is_gone_and_what_does_more_is_not() {
        let titles = |commits: &[RawCommit]| -> Vec<String> {
            Commit::all(commits).into_iter().map(|it| it.title).collect()
        };
        let line = |name: &str| format!("This reverts commit {}.", name.repeat(40));
        let both = format!("Revert two\n\n{}\n{}", line("a"), line("b"));
        let before = [raw("b", "feat: y"), raw("a", "feat: x")];
        let after = |message: &str| [&[raw("c", message)], &before[..]].concat();
        assert_eq!(titles(&after(&both)), Vec::<String>::new());
        // One of them was released.
        let released = format!("Revert two\n\n{}\n{}", line("a"), line("e"));
        assert_eq!(titles(&after(&released)), ["Revert two", "feat: y"]);
        let more = format!("fix: x otherwise\n\n{}", line("a"));
        assert_eq!(titles(&after(&more)), ["fix: x otherwise", "feat: y"]);
        let prose = format!("docs: how\n\nWrite: {}", line("a"));
        assert_eq!(titles(&after(&prose)), ["docs: how", "feat: y", "feat: x"]);
    }

    #[test]
    fn a_merge_counts_by_a_message_of_its_own_only() {
        let parents = vec!["a".repeat(40), "b".repeat(40)];
        let merge = |message| RawCommit { parents: parents.clone(), ..raw("m", message) };
        assert!(Commit::all(&[merge("Merge branch 'a'")]).is_empty());
        assert_eq!(Commit::all(&[merge("feat!: all of it")]).len(), 1);
        let picked = RawCommit { revision: "b".repeat(40), ..raw("a", "fix: x") };
        assert_eq!(Commit::all(&[picked, raw("a", "fix: x")]).len(), 1);
    }

    #[test]
    fn a_merge_is_taken_back_with_what_it_brought_and_no_more() {
        let after = |name: &str, parents: &[&str], message: &str| RawCommit {
            parents: parents.iter().map(|it| it.repeat(40)).collect(),
            ..raw(name, message)
        };
        let reverts =
            format!("This reverts commit {}, reversing\nchanges made to x.", "e".repeat(40));
        let commits = [
            after("f", &["e"], &format!("Revert \"Merge\"\n\n{reverts}")),
            after("e", &["b", "d"], "Merge branch 'x'"),
            after("d", &["c"], "feat!: beside"),
            after("c", &["a"], "feat: beside, first"),
            after("b", &["a"], "fix: kept"),
            after("a", &[], "fix: the beginning"),
        ];
        let titles: Vec<_> = Commit::all(&commits).into_iter().map(|it| it.title).collect();
        assert_eq!(titles, ["fix: kept", "fix: the beginning"]);
    }

    #[test]
    fn a_title_is_bounded_and_controls_no_terminal() {
        let found = Commit::of(&raw("a", &format!("fix: \u{1b}[31m{}", "x".repeat(1000))));
        assert!(!found.title.contains('\u{1b}') && found.title.chars().count() == TITLE + 1);
    }
}
