//! What a search for the commit that turned a stage red came to.

use blocks_failures::Failure;
use serde::Serialize;

use crate::failure::{FailureReport, failure_text};
use crate::json::pretty;
use crate::terminal::{Style, command, line, painted};

/// The version of the form of [`bisected_json`]. It grows when a key is removed or means another thing; a key that is added
/// does not change it.
pub const BISECT_SCHEMA: u32 = 1;

/// The lines of failures that are shown; the rest is counted.
const LINES: usize = 60;

/// The commits of which one is named that are listed in a terminal; others are counted.
const LISTED: usize = 10;

/// What a search came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bisected<'a> {
    /// The stage that was asked.
    pub stage: &'a str,
    /// The failure that was followed; none where it is any.
    pub signature: Option<&'a str>,
    /// The commit that was taken for good.
    pub good: &'a str,
    /// The commit that was taken for bad.
    pub bad: &'a str,
    /// The commits that it can have come with, the oldest first: one where it is found. Of all but the last it is not known
    /// what they come to.
    pub commits: Vec<BisectedCommit<'a>>,
    /// What fails with the last of these and did not before; none where that is not known.
    pub failures: Option<&'a [Failure]>,
    /// How many commits the stage was run at.
    pub ran: usize,
    /// How many of the answers were kept from earlier runs.
    pub known: usize,
    /// The commits that came to no answer, and why.
    pub skipped: Vec<Skipped<'a>>,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BisectedCommit<'a> {
    /// Its name.
    pub revision: &'a str,
    /// When its author made it.
    pub author_date: &'a str,
    /// The first line of its message, as it is.
    pub subject: &'a str,
}

/// A commit without an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Skipped<'a> {
    /// Its name.
    pub revision: &'a str,
    /// Why there is no answer.
    pub reason: &'a str,
}

#[derive(Serialize)]
struct Form<'a> {
    schema: u32,
    is_found: bool,
    /// The command that shows the commit; none where it is not found.
    show: Option<String>,
    #[serde(flatten)]
    search: &'a Bisected<'a>,
}

impl Bisected<'_> {
    /// Whether it is one commit.
    pub fn is_found(&self) -> bool {
        self.commits.len() == 1
    }

    fn show(&self) -> Option<String> {
        let last = self.commits.last().filter(|_| self.is_found())?;
        Some(format!("git show {}", last.revision))
    }
}

/// What a search came to, for programs.
pub fn bisected_json(search: &Bisected<'_>) -> String {
    pretty(&Form {
        schema: BISECT_SCHEMA,
        is_found: search.is_found(),
        show: search.show(),
        search,
    })
}

/// What a search came to, for people: the commit, what came with it, and how to look at it. Texts of others are harmless in a
/// terminal.
pub fn bisected_text(search: &Bisected<'_>, color: bool) -> String {
    let mut out = Vec::new();
    let what = match search.signature {
        Some(signature) => format!("the failure {signature} of `{}`", line(search.stage)),
        None => format!("`{}` fails", line(search.stage)),
    };
    let head = match search.commits.as_slice() {
        [commit] => format!("{} since {}", what, line(commit.revision)),
        many => format!(
            "{what} since one of {} commits, of which the others have no answer",
            many.len()
        ),
    };
    out.push(painted(&head, Style::Bold, color));
    for commit in search.commits.iter().rev().take(LISTED) {
        let BisectedCommit { revision, author_date, subject } = commit;
        let revision: String = revision.chars().take(12).collect();
        out.push(format!("  {} {} {}", line(&revision), line(author_date), line(subject)));
    }
    let more = search.commits.len().saturating_sub(LISTED);
    if more > 0 {
        out.push(format!("  and {more} more"));
    }
    match search.failures {
        Some(failures) if !failures.is_empty() => {
            let text = failure_text(&FailureReport::of(failures), LINES);
            out.push(format!("\nnew with it:\n\n{}", text.trim_end()));
        }
        _ => out.push("\nwhat came with it is not known".to_owned()),
    }
    out.push(String::new());
    out.extend(search.skipped.iter().take(LISTED).map(|it| {
        let revision: String = it.revision.chars().take(12).collect();
        format!("no answer at {}: {}", line(&revision), line(it.reason))
    }));
    let more = search.skipped.len().saturating_sub(LISTED);
    if more > 0 {
        out.push(format!("and no answer at {more} more"));
    }
    out.push(format!("answers: {} made, {} kept", search.ran, search.known));
    out.extend(search.show().map(|show| format!("to look at it: {}", command(&show))));
    out.join("\n") + "\n"
}
