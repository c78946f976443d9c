//! Issues as they are on a server.

use std::cell::{Cell, RefCell};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use ureq::http::Method;

use super::call::{Call, Wire};
use super::forge::Forge;
use super::json::read;
use super::known::Raw;
use super::patience::Left;
use super::plan::{Comment, Edit, Note};
use super::refusal::{CHANGE, COMMENT, LABEL, MAKE_LABELS, OPEN, READ, READ_COMMENTS, READ_LABELS};
use super::{Action, At, GITHUB, IssuesError, Known, Patience, Plan, Settings, Token};
use blocks_failures::Run;

/// The most pages of a list that are read.
const PAGES: usize = 200;

/// The colour of a label that is made, as six hexadecimal digits.
const COLOR: &str = "b60205";

/// The issues of a repository.
pub struct Client {
    wire: Wire,
    settings: Settings,
    /// The numbers of the labels, where the server wants these.
    labels: RefCell<Option<Vec<u64>>>,
    has_changed: Cell<bool>,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Done {
    /// What became of each issue.
    pub lines: Vec<Line>,
    /// What somebody should know.
    pub notes: Vec<String>,
    /// What could not be done.
    pub errors: Vec<IssuesError>,
}

/// What became of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// In a word or two.
    pub step: &'static str,
    /// Its number; none where it has none yet.
    pub number: Option<u64>,
    /// What it is called.
    pub title: String,
}

#[derive(Deserialize)]
struct RawLabel {
    id: u64,
    name: String,
}

#[derive(Deserialize)]
struct RawComment {
    #[serde(default)]
    body: Option<String>,
}

impl Client {
    /// Asks nothing yet. Without a token only what everybody sees can be read.
    pub fn new(
        settings: Settings,
        token: Option<Token>,
        patience: Patience,
    ) -> Result<Self, IssuesError> {
        let api = settings.api.get().unwrap_or(GITHUB);
        let wire = Wire::new(api, &settings.repository, token, patience)?;
        Ok(Self { wire, settings, labels: RefCell::new(None), has_changed: Cell::new(false) })
    }

    /// What there is to do after a run. It changes nothing.
    pub fn plan(&self, run: &Run, at: &At) -> Result<Plan, IssuesError> {
        Ok(Plan::of(&self.known()?, run, at, &self.settings))
    }

    /// Tells of a run.
    ///
    /// What of it was done before, by this program or another, is not done again. Where nobody knows whether a call did what
    /// it was for, the issues are read again, and what is left to do is planned anew.
    pub fn tell(&self, run: &Run, at: &At) -> Done {
        let mut done = Done::default();
        let mut unsure: Option<(String, Vec<String>)> = None;
        for tried in 1..=self.wire.left.patience.tries {
            let known = match self.known() {
                Ok(known) => known,
                Err(error) => {
                    done.errors.push(error);
                    return done;
                }
            };
            if let Some((title, keys)) = unsure.take()
                && let Some(number) = made(&known, &keys)
            {
                done.lines.push(Line { step: "opened", number: Some(number), title });
            }
            let plan = Plan::of(&known, run, at, &self.settings);
            done.notes = plan.notes.iter().map(Note::words).collect();
            let Err(stopped) = self.apply(plan.actions, &mut done) else { return done };
            let (error, action) = *stopped;
            let wait = Left::backoff(self.wire.left.patience.first, tried);
            let is_last = tried == self.wire.left.patience.tries;
            let is_unsure = matches!(error, IssuesError::Unsure { .. });
            if !is_unsure || is_last || self.wire.left.wait(wait).is_err() {
                done.errors.push(error);
                return done;
            }
            if let Action::Create { title, keys, .. } = action {
                unsure = Some((title, keys));
            }
        }
        done
    }

    fn apply(
        &self,
        actions: Vec<Action>,
        done: &mut Done,
    ) -> Result<(), Box<(IssuesError, Action)>> {
        for action in actions {
            match self.act(&action) {
                Ok(line) => done.lines.push(line),
                Err(error) if error.is_of_one() => done.errors.push(error),
                Err(error) => return Err(Box::new((error, action))),
            }
        }
        Ok(())
    }

    fn act(&self, action: &Action) -> Result<Line, IssuesError> {
        match action {
            Action::Create { title, body, .. } => {
                let number = self.create(title, body)?;
                Ok(Line { step: "opened", number: Some(number), title: title.clone() })
            }
            Action::Edit(edit, comment) => {
                if let Some(comment) = comment {
                    self.comment(edit, comment)?;
                }
                let step = edit.step;
                let body = self.wire.forge.edited(&edit.body, step.is_open(), step.reason());
                let url = self.issue(edit.number, "");
                self.change(CHANGE, &Method::PATCH, &url, &body)?;
                Ok(Line {
                    step: step.words(),
                    number: Some(edit.number),
                    title: edit.title.clone(),
                })
            }
        }
    }

    /// The issues of ours, open and closed.
    fn known(&self) -> Result<Vec<Known>, IssuesError> {
        let label = self.settings.labels.first().map(String::as_str);
        let query = self.wire.forge.issues(label);
        let raw: Vec<Raw> = self.list(READ, &self.wire.of_repository("issues"), &query)?;
        Ok(raw.into_iter().filter_map(|it| it.known(label)).collect())
    }

    /// Opens an issue. One without its label would never be found again.
    fn create(&self, title: &str, body: &str) -> Result<u64, IssuesError> {
        let labels = self.labels()?;
        let new = json!({ "title": title, "body": body, "labels": labels });
        let url = self.wire.of_repository("issues");
        let answer = self.change(OPEN, &Method::POST, &url, &new)?;
        let made: Raw = read(&answer)?;
        let label = self.settings.labels.first();
        if label.is_some_and(|label| !made.has(label)) {
            self.label(&made, &labels)?;
        }
        Ok(made.number)
    }

    /// GitHub drops labels without a word where the token may not set them. An issue that would be made again by each run is
    /// closed.
    fn label(&self, made: &Raw, labels: &Value) -> Result<(), IssuesError> {
        let url = self.issue(made.number, "/labels");
        let labelled = self.change(LABEL, &Method::POST, &url, &json!({ "labels": labels }));
        if labelled.is_err() {
            let close = json!({ "state": "closed", "state_reason": "not_planned" });
            self.change(CHANGE, &Method::PATCH, &self.issue(made.number, ""), &close)?;
        }
        labelled.map(drop)
    }

    /// Comments, unless the comment is there.
    fn comment(&self, edit: &Edit, comment: &Comment) -> Result<(), IssuesError> {
        let url = self.issue(edit.number, "/comments");
        let there: Vec<RawComment> = self.list(READ_COMMENTS, &url, "")?;
        let has =
            |it: &RawComment| it.body.as_deref().is_some_and(|body| body.contains(&comment.key));
        if !there.iter().any(has) {
            self.change(COMMENT, &Method::POST, &url, &json!({ "body": comment.body }))?;
        }
        Ok(())
    }

    /// The labels, in the form in which the server wants them for a new issue.
    fn labels(&self) -> Result<Value, IssuesError> {
        let names = &self.settings.labels;
        if self.wire.forge == Forge::GitHub || names.is_empty() {
            return Ok(json!(names));
        }
        if let Some(ids) = &*self.labels.borrow() {
            return Ok(json!(ids));
        }
        let url = self.wire.of_repository("labels");
        let there: Vec<RawLabel> = self.list(READ_LABELS, &url, "")?;
        let mut ids = Vec::new();
        for name in names {
            let found = there.iter().find(|it| it.name.to_lowercase() == name.to_lowercase());
            let id = if let Some(label) = found {
                label.id
            } else {
                let new = json!({ "name": name, "color": COLOR });
                let answer = self.change(MAKE_LABELS, &Method::POST, &url, &new)?;
                read::<RawLabel>(&answer)?.id
            };
            ids.push(id);
        }
        let value = json!(ids);
        *self.labels.borrow_mut() = Some(ids);
        Ok(value)
    }

    fn issue(&self, number: u64, rest: &str) -> String {
        self.wire.of_repository(&format!("issues/{number}{rest}"))
    }

    /// Changes something, not too soon after the last time.
    fn change(
        &self,
        what: &'static str,
        method: &Method,
        url: &str,
        body: &Value,
    ) -> Result<Vec<u8>, IssuesError> {
        if self.has_changed.replace(true) {
            std::thread::sleep(self.wire.left.patience.between);
        }
        self.wire.call(Call { what, method, url, body: Some(body) }).map(|it| it.body)
    }

    /// All pages of a list.
    fn list<T: DeserializeOwned>(
        &self,
        what: &'static str,
        url: &str,
        query: &str,
    ) -> Result<Vec<T>, IssuesError> {
        let forge = self.wire.forge;
        let by_number = |page| {
            format!("{url}?{}{}{query}", forge.paged(page), if query.is_empty() { "" } else { "&" })
        };
        let mut all = Vec::new();
        let mut next = by_number(1);
        for page in 1..=PAGES {
            let answer =
                self.wire.call(Call { what, method: &Method::GET, url: &next, body: None })?;
            let found: Vec<T> = read(&answer.body)?;
            let count = found.len();
            all.extend(found);
            let following = match &answer.link {
                Some(link) => next_of(link),
                // A server that says nothing of pages has more where one is full.
                None => (count >= forge.page()).then_some(""),
            };
            let Some(following) = following else { return Ok(all) };
            // A token goes to no other place than the one that is configured.
            let is_ours = following.starts_with(&format!("{}/", self.wire.api));
            next = if is_ours { following.to_owned() } else { by_number(page + 1) };
        }
        Err(IssuesError::TooMany { repository: self.settings.repository.clone() })
    }
}

/// The issue that has these causes.
fn made(known: &[Known], keys: &[String]) -> Option<u64> {
    let has = |it: &&Known| {
        let mark = it.mark.as_ref();
        mark.is_some_and(|mark| {
            mark.same_as.is_none() && mark.causes.iter().any(|it| keys.contains(&it.key))
        })
    };
    known.iter().filter(has).map(|it| it.number).min()
}

/// The address of the next page (RFC 8288).
fn next_of(link: &str) -> Option<&str> {
    let parts = link.split(',').filter_map(|part| part.trim().strip_prefix('<')?.split_once('>'));
    let is_next =
        |rest: &str| rest.split(';').any(|it| matches!(it.trim(), "rel=\"next\"" | "rel=next"));
    parts.into_iter().find(|(_, rest)| is_next(rest)).map(|(url, _)| url)
}

#[cfg(test)]
mod tests {
    use super::next_of;

    #[test]
    fn the_next_page_is_the_one_that_is_said_to_be() {
        let link = "<https://a/1?page=1>; rel=\"prev\", <https://a/1?page=3>; rel=\"next\", <https://a/9>; rel=\"last\"";
        assert_eq!(next_of(link), Some("https://a/1?page=3"));
        assert_eq!(next_of("<https://a/1>; rel=\"prev\""), None);
        assert_eq!(next_of("<https://a/1>; rel=\"nextish\", garbage"), None);
    }
}
