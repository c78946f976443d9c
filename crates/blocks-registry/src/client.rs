//! A client of the protocol by which cargo asks a registry: what is there, and what it is.
//!
//! Nothing is published by it: that is cargo's own.

use std::{fmt, thread, time::Duration};

use semver::Version;
use serde::Deserialize;
use ureq::{Agent, http::HeaderMap};

use crate::config::RegistryConfig;
use crate::index::{self, IndexVersion, is_name};
use crate::text::said;
use crate::{Patience, RegistryError};

/// The largest `config.json` that is read, in bytes.
const CONFIG: u64 = 64 << 10;

/// The largest file of an index: of a crate with thousands of versions it has a few million bytes.
const INDEX: u64 = 64 << 20;

/// The largest archive. Registries take a tenth of it.
const ARCHIVE: u64 = 128 << 20;

/// How many other addresses an answer may lead to.
const REDIRECTS: u32 = 5;

/// A token for a registry. No text shows it.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A token; none of a text that is empty, or that no header can hold.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_there = !text.is_empty() && text.bytes().all(|it| matches!(it, 0x20..=0x7e));
        is_there.then(|| Self(text.to_owned()))
    }

    /// A text of somebody who may have been shown it, without it.
    pub(crate) fn hidden_in(&self, text: &str) -> String {
        text.replace(&self.0, "…")
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Who asks a registry.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    /// Where the index begins, with `/` at its end.
    index: String,
    config: RegistryConfig,
    /// What is shown where the registry wants to know who asks.
    token: Option<Token>,
    /// Whether it wants that.
    is_shown: bool,
    patience: Patience,
}

/// What a registry answers where it answers.
enum Answer {
    Found(Vec<u8>),
    Absent,
    /// It wants to know who asks.
    Unknown(String),
}

/// What became of a try.
enum Tried {
    Answer(Answer),
    Later(Option<Duration>, String),
}

/// A question.
#[derive(Clone, Copy)]
struct Question<'a> {
    /// What is asked for, for people.
    what: &'a str,
    url: &'a str,
    limit: u64,
    token: Option<&'a Token>,
    /// What no text may show, whether it is sent or not.
    secret: Option<&'a Token>,
}

impl Client {
    /// A client of the registry whose index is at `sparse+http…/`. It asks for `config.json` first, without the token; with
    /// it where the registry answers that it wants one.
    pub fn open(
        index: &str,
        token: Option<Token>,
        patience: Patience,
    ) -> Result<Self, RegistryError> {
        let url = index.strip_prefix("sparse+").filter(|it| it.ends_with('/'));
        let is_http = |it: &&str| it.starts_with("https://") || it.starts_with("http://");
        let url = url.filter(is_http).ok_or_else(|| RegistryError::NotSparse(said(index)))?;
        let agent = blocks_http::following(url, REDIRECTS)?;
        let (what, config) = ("its config.json", format!("{url}config.json"));
        let secret = token.as_ref();
        let ask = |token| {
            ask(&agent, Question { what, url: &config, limit: CONFIG, token, secret }, patience)
        };
        let (answer, is_needed) = match ask(None)? {
            Answer::Unknown(_) if token.is_some() => (ask(secret)?, true),
            answer => (answer, false),
        };
        let bytes = match answer {
            Answer::Found(bytes) => bytes,
            Answer::Absent => return Err(refused(what, "it is not there")),
            Answer::Unknown(said) => return Err(refused(what, &said)),
        };
        let config = RegistryConfig::read(&bytes).map_err(|error| RegistryError::Malformed {
            what: what.to_owned(),
            said: said(&error),
        })?;
        let is_shown = is_needed || config.auth_required;
        Ok(Self { agent, index: url.to_owned(), config, token, is_shown, patience })
    }

    /// All versions of a crate; none where the registry does not have it.
    pub fn versions(&self, name: &str) -> Result<Vec<IndexVersion>, RegistryError> {
        if !is_name(name) {
            return Err(RegistryError::Name(said(name)));
        }
        let what = format!("the versions of {name}");
        let url = format!("{}{}", self.index, index::path(name));
        let Some(bytes) = self.get(&what, &url, INDEX)? else { return Ok(Vec::new()) };
        index::read_index(&bytes, name).map_err(|said| RegistryError::Malformed { what, said })
    }

    /// A version of a crate, where the registry has it.
    pub fn version(
        &self,
        name: &str,
        version: &Version,
    ) -> Result<Option<IndexVersion>, RegistryError> {
        Ok(self.versions(name)?.into_iter().find(|it| it.is(version)))
    }

    /// The archive of a version, as the registry gives it to anybody; none where it has the version in its index only.
    pub fn archive(&self, of: &IndexVersion) -> Result<Option<Vec<u8>>, RegistryError> {
        let what = format!("the archive of {} {}", of.name, of.version);
        self.get(&what, &self.config.archive(of), ARCHIVE)
    }

    /// Where its index is, as cargo has it: `sparse+http…/`.
    pub fn address(&self) -> String {
        format!("sparse+{}", self.index)
    }

    /// How long it is waited for.
    pub fn patience(&self) -> Patience {
        self.patience
    }

    fn get(&self, what: &str, url: &str, limit: u64) -> Result<Option<Vec<u8>>, RegistryError> {
        let secret = self.token.as_ref();
        let token = secret.filter(|_| self.is_shown);
        match ask(&self.agent, Question { what, url, limit, token, secret }, self.patience)? {
            Answer::Found(bytes) => Ok(Some(bytes)),
            Answer::Absent => Ok(None),
            Answer::Unknown(said) => Err(refused(what, &said)),
        }
    }
}

/// Asks until there is an answer.
fn ask(agent: &Agent, question: Question<'_>, patience: Patience) -> Result<Answer, RegistryError> {
    let mut tries = 0;
    loop {
        tries += 1;
        let (asked, said) = match once(agent, question)? {
            Tried::Answer(answer) => return Ok(answer),
            Tried::Later(asked, said) => (asked, said),
        };
        let wait = patience.wait(tries, asked).filter(|_| tries < patience.tries);
        let Some(wait) = wait else {
            return Err(RegistryError::Unreachable { what: question.what.to_owned(), said, tries });
        };
        thread::sleep(wait);
    }
}

fn once(agent: &Agent, question: Question<'_>) -> Result<Tried, RegistryError> {
    let Question { what, url, limit, token, secret } = question;
    // Who keeps answers on the way may show an index of before.
    let mut request = agent.get(url).header("accept", "*/*").header("cache-control", "no-cache");
    if let Some(Token(text)) = token {
        request = request.header("authorization", text);
    }
    let mut response = match request.call() {
        Ok(response) => response,
        Err(error) => return Ok(Tried::Later(None, said(&error.to_string()))),
    };
    let status = response.status().as_u16();
    let asked = asked(response.headers());
    let body = match response.body_mut().with_config().limit(limit).read_to_vec() {
        Ok(body) => body,
        Err(ureq::Error::BodyExceedsLimit(_)) => {
            return Err(RegistryError::TooLarge { what: what.to_owned(), limit });
        }
        Err(error) => return Ok(Tried::Later(None, said(&error.to_string()))),
    };
    if status == 200 {
        return Ok(Tried::Answer(Answer::Found(body)));
    }
    let told = || told(status, &body, secret);
    match status {
        404 | 410 | 451 => Ok(Tried::Answer(Answer::Absent)),
        401 => Ok(Tried::Answer(Answer::Unknown(told()))),
        408 | 429 | 500..=599 => Ok(Tried::Later(asked, told())),
        _ => Err(refused(what, &told())),
    }
}

fn refused(what: &str, said: &str) -> RegistryError {
    let hint = match said {
        it if it.starts_with("401") => "; a token stands in CARGO_REGISTRIES_<NAME>_TOKEN",
        _ => "",
    };
    RegistryError::Refused { what: what.to_owned(), said: said.to_owned(), hint }
}

/// The errors that a registry names.
#[derive(Deserialize)]
struct Errors {
    errors: Vec<Detail>,
}

#[derive(Deserialize)]
struct Detail {
    detail: String,
}

/// The status, and what the registry says of it.
fn told(status: u16, body: &[u8], secret: Option<&Token>) -> String {
    let errors = serde_json::from_slice::<Errors>(body).map(|it| it.errors).unwrap_or_default();
    let details: Vec<_> = errors.into_iter().take(5).map(|it| it.detail).collect();
    let colon = if details.is_empty() { "" } else { ": " };
    let text = details.join("; ");
    let text = secret.map_or_else(|| text.clone(), |token| token.hidden_in(&text));
    format!("{status}{colon}{}", said(&text))
}

/// How long it asks to wait, where it does so in seconds.
fn asked(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get("retry-after")?.to_str().ok()?;
    text.trim().parse().ok().map(Duration::from_secs)
}
