//! What a message says, whatever way it takes.

mod html;
mod sections;
mod text;

use sha2::{Digest as _, Sha256};

use blocks_failures::Run;

use crate::{Change, What, plain};
pub(crate) use html::escaped;
use sections::{Section, sections};

/// The longest subject, in characters. Mail programs show less.
const SUBJECT: usize = 140;

/// How many digits the name of a letter has.
const DIGITS: usize = 32;

/// Where a change happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scene<'a> {
    /// What the workspace is called.
    pub name: &'a str,
    /// The repository, as its forge names it; the workspace's name where there is none.
    pub repository: &'a str,
    /// The branch.
    pub branch: &'a str,
    /// The commit, where that is known.
    pub revision: Option<&'a str>,
    /// The address of the CI's run or of the report. What is no address of the web is left out.
    pub link: Option<&'a str>,
}

/// What a message says: in a line, as a text and as HTML, each bounded in size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its name: the same for the same change, and no other's. Hexadecimal digits.
    pub name: String,
    /// The name of the letter that it answers.
    pub answers: Option<String>,
    /// What happened.
    pub what: What,
    /// It in a line.
    pub subject: String,
    /// It as a text. Lines end with line feeds.
    pub text: String,
    /// It as a page of HTML.
    pub html: String,
    /// When it was written, in seconds since 1970.
    pub at: u64,
}

impl Letter {
    /// The letter that tells of a change that a run made.
    pub fn of(change: &Change, run: &Run, scene: &Scene<'_>) -> Self {
        let subject = subject(change, scene);
        let parts = sections(change, run);
        Self {
            name: name(change, scene),
            answers: change.thread.clone(),
            what: change.what,
            text: text::text(&subject, change.what, scene, &parts),
            html: html::html(&subject, change.what, scene, &parts),
            subject,
            at: change.at,
        }
    }
}

/// `[shop] main broke: 2 failures`
fn subject(change: &Change, scene: &Scene<'_>) -> String {
    let name = plain::line(scene.name, 40);
    let branch = plain::line(scene.branch, 40);
    let detail = match change.what {
        What::Broke => what_of(&change.new),
        What::StillBroken => what_of(&change.still),
        What::NoAnswer => what_of(&change.unanswered),
        What::Fixed | What::Passed => None,
    };
    let detail = detail.map_or_else(String::new, |it| format!(": {it}"));
    plain::bounded(&format!("[{name}] {branch} {}{detail}", change.what.words()), SUBJECT)
}

fn what_of(failures: &[crate::Known]) -> Option<String> {
    match failures {
        [] => None,
        [one] => Some(plain::line(&one.message, SUBJECT)),
        many => Some(format!("{} failures", many.len())),
    }
}

fn name(change: &Change, scene: &Scene<'_>) -> String {
    let at = change.at.to_string();
    let revision = scene.revision.unwrap_or_default();
    let of = [scene.repository, scene.branch, change.what.id(), &at, revision];
    let signatures = change.all().map(|it| &*it.signature);
    let mut all = Sha256::new();
    for text in of.into_iter().chain(signatures) {
        // With its length before it, no text can be taken for a part of another.
        all.update(text.len().to_le_bytes());
        all.update(text);
    }
    let digits =
        all.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    digits.chars().take(DIGITS).collect()
}

impl Scene<'_> {
    /// The commit, as it is shown.
    fn commit(&self) -> Option<String> {
        self.revision.map(|it| plain::line(it, 64))
    }

    /// The address, where it is one of the web and nothing else.
    pub(crate) fn address(&self) -> Option<&str> {
        let is_web = |it: &&str| it.starts_with("https://") || it.starts_with("http://");
        let is_plain =
            |it: &&str| it.len() <= 500 && it.bytes().all(|byte| byte.is_ascii_graphic());
        self.link.filter(is_web).filter(is_plain)
    }
}
