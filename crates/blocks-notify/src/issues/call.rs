//! One call to a server, made again where that can help.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use blocks_evidence::printable_line;
use serde_json::Value;
use ureq::{
    Agent,
    http::{HeaderMap, Method, Request},
};

use super::forge::Forge;
use super::mark::bounded;
use super::patience::Left;
use super::{IssuesError, Patience, Token};
use blocks_http::agent;

/// The version of GitHub's interface that is understood.
const VERSION: &str = "2022-11-28";

/// The largest answer that is read, in bytes: a page of a hundred issues of the greatest length has less.
const ANSWER: u64 = 64 << 20;

/// The longest text of a server that is shown, in characters.
const SAID: usize = 200;

/// Who makes calls.
pub(super) struct Wire {
    agent: Agent,
    /// Where the interface begins, without a `/` at its end.
    pub(super) api: String,
    pub(super) forge: Forge,
    /// Of what the calls are, for people.
    repository: String,
    token: Option<Token>,
    pub(super) left: Left,
}

/// A call.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    /// What it is for, after "may not" and "to".
    pub(super) what: &'static str,
    pub(super) method: &'a Method,
    pub(super) url: &'a str,
    pub(super) body: Option<&'a Value>,
}

/// What a server answers when it does what it is asked for.
pub(super) struct Answer {
    pub(super) body: Vec<u8>,
    /// What stands in the header `Link`.
    pub(super) link: Option<String>,
}

/// What became of a try.
enum Tried {
    Done(Answer),
    /// It can be made again after this time, and is as if it had never been made.
    Limited(Option<Duration>, String),
    /// Nobody knows whether it was done.
    Fault(String),
}

impl Wire {
    pub(super) fn new(
        api: &str,
        repository: &str,
        token: Option<Token>,
        patience: Patience,
    ) -> Result<Self, IssuesError> {
        let api = api.trim_end_matches('/').to_owned();
        Ok(Self {
            agent: agent(&api)?,
            forge: Forge::of(&api),
            api,
            repository: repository.to_owned(),
            token,
            left: Left::new(patience),
        })
    }

    /// Where something of the repository is.
    pub(super) fn of_repository(&self, rest: &str) -> String {
        format!("{}/repos/{}/{rest}", self.api, self.repository)
    }

    /// Makes a call until it is answered. One that makes something is made once only: where nobody knows whether it was done,
    /// the error says so.
    pub(super) fn call(&self, call: Call<'_>) -> Result<Answer, IssuesError> {
        let patience = self.left.patience;
        let mut tried = 0;
        loop {
            tried += 1;
            let is_last = tried >= patience.tries;
            match self.once(call)? {
                Tried::Done(answer) => return Ok(answer),
                Tried::Limited(wait, said) => {
                    let wait = wait.unwrap_or_else(|| Left::backoff(patience.limit, tried));
                    let limited = |seconds| IssuesError::Limited { said: said.clone(), seconds };
                    if is_last {
                        return Err(limited(wait.as_secs()));
                    }
                    self.left.wait(wait).map_err(|it| limited(it.seconds))?;
                }
                Tried::Fault(said) if *call.method == Method::POST => {
                    let repository = self.repository.clone();
                    return Err(IssuesError::Unsure { what: call.what, repository, said });
                }
                Tried::Fault(said) => {
                    let fault = || IssuesError::Unreachable { said: said.clone(), tries: tried };
                    if is_last {
                        return Err(fault());
                    }
                    let wait = Left::backoff(patience.first, tried);
                    self.left.wait(wait).map_err(|_| fault())?;
                }
            }
        }
    }

    fn once(&self, call: Call<'_>) -> Result<Tried, IssuesError> {
        let response = self.request(call).and_then(|request| self.agent.run(request));
        let mut response = match response {
            Ok(response) => response,
            Err(error) => return Ok(Tried::Fault(self.shown(&error.to_string()))),
        };
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let read = response.body_mut().with_config().limit(ANSWER).read_to_vec();
        let body = match read {
            Ok(body) => body,
            // The status says that it was done; only a list is of no use without its end.
            Err(error) => return Ok(Tried::Fault(self.shown(&error.to_string()))),
        };
        let said = self.said(status, &body);
        match status {
            200..=299 => Ok(Tried::Done(Answer { body, link: text(&headers, "link") })),
            429 => Ok(Tried::Limited(asked(&headers), said)),
            403 if is_limit(&headers, &said) => Ok(Tried::Limited(asked(&headers), said)),
            500 | 502 | 503 | 504 => Ok(match asked(&headers) {
                Some(wait) if *call.method != Method::POST => Tried::Limited(Some(wait), said),
                _ => Tried::Fault(said),
            }),
            _ => Err(self.refusal(call.what, status, said)),
        }
    }

    fn request(&self, call: Call<'_>) -> Result<Request<Vec<u8>>, ureq::Error> {
        let mut request = Request::builder()
            .method(call.method)
            .uri(call.url)
            .header("accept", "application/json");
        if self.forge == Forge::GitHub {
            request = request.header("x-github-api-version", VERSION);
        }
        if let Some(token) = &self.token {
            let value = format!("{} {}", self.forge.scheme(), token.secret());
            request = request.header("authorization", value);
        }
        let body = call.body.map(Value::to_string).unwrap_or_default().into_bytes();
        if call.body.is_some() {
            request = request.header("content-type", "application/json");
        }
        Ok(request.body(body)?)
    }

    fn refusal(&self, what: &'static str, status: u16, said: String) -> IssuesError {
        let repository = self.repository.clone();
        match status {
            401 => IssuesError::Unknown { said },
            403 => IssuesError::Forbidden { what, repository, said },
            404 => IssuesError::Absent { what, repository, said },
            410 => IssuesError::SwitchedOff { repository, said },
            300..=399 => IssuesError::Moved { repository, said },
            _ => IssuesError::NotTaken { what, repository, said },
        }
    }

    /// The status, and what the server says of it.
    fn said(&self, status: u16, body: &[u8]) -> String {
        let message = serde_json::from_slice::<Value>(body).ok();
        let message = message.as_ref().and_then(|it| it["message"].as_str()).unwrap_or_default();
        let colon = if message.is_empty() { "" } else { ": " };
        format!("{status}{colon}{}", self.shown(message))
    }

    /// A text from elsewhere, made harmless. It may hold what was sent.
    fn shown(&self, text: &str) -> String {
        let text = match &self.token {
            Some(token) => token.hidden_in(text),
            None => text.to_owned(),
        };
        bounded(&printable_line(&bounded(&text, 4 * SAID)), SAID)
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    text(headers, name)?.trim().parse().ok()
}

/// Whether a refusal is for too many calls (<https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api>).
fn is_limit(headers: &HeaderMap, said: &str) -> bool {
    headers.contains_key("retry-after")
        || number(headers, "x-ratelimit-remaining") == Some(0)
        || said.to_lowercase().contains("rate limit")
}

/// How long the server asks to wait, where it does.
fn asked(headers: &HeaderMap) -> Option<Duration> {
    if let Some(seconds) = number(headers, "retry-after") {
        return Some(Duration::from_secs(seconds));
    }
    number(headers, "x-ratelimit-remaining").filter(|left| *left == 0)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    let reset = number(headers, "x-ratelimit-reset")?;
    // Clocks differ by a little.
    Some(Duration::from_secs(reset.saturating_sub(now).saturating_add(1)))
}
