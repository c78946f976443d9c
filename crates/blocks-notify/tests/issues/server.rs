//! A server on loopback that speaks what GitHub and Gitea document of issues, and keeps them.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use serde_json::{Value, json};

/// The token that it takes. No text of ours may show it.
pub const TOKEN: &str = "ghs_s3cr3tOfThisTest0123456789";

/// What happens to a call.
#[derive(Debug, Clone)]
pub enum Fault {
    /// The connection ends before anything is done.
    Lost,
    /// It is done, and the connection ends without an answer.
    Unanswered,
    /// Nothing is done, and this is the answer: the status, headers, and the message.
    Status(u16, Vec<(&'static str, String)>, String),
    /// Nothing is on this page, and the next one is there.
    Next(String),
    /// It is done, and the labels of a new issue are dropped.
    Unlabelled,
}

type Script = Box<dyn FnMut(usize, &str, &str) -> Option<Fault> + Send>;

/// What it keeps.
pub struct Kept {
    pub issues: Vec<Value>,
    /// Comments with the number of their issue.
    pub comments: Vec<(u64, String)>,
    pub labels: Vec<String>,
    /// Each call that it was asked: the method, and the path with its query.
    pub calls: Vec<(String, String)>,
    /// How many issues or comments a page has.
    pub page: usize,
    /// Whether it honours that only issues with a label are asked for: Gitea does not, where there is no such label.
    pub filters: bool,
    /// Whether it says in headers where the next page is.
    pub has_links: bool,
    script: Script,
}

pub struct Server {
    pub url: String,
    kept: Arc<Mutex<Kept>>,
}

impl Server {
    /// GitHub's.
    pub fn github() -> Self {
        Self::new("")
    }

    /// Forgejo's or Gitea's.
    pub fn gitea() -> Self {
        Self::new("/api/v1")
    }

    fn new(base: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}{base}", listener.local_addr().unwrap());
        let kept = Arc::new(Mutex::new(Kept {
            issues: Vec::new(),
            comments: Vec::new(),
            labels: Vec::new(),
            calls: Vec::new(),
            page: 3,
            filters: true,
            has_links: true,
            script: Box::new(|_, _, _| None),
        }));
        let (state, own) = (Arc::clone(&kept), url.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let _ = serve(&stream.unwrap(), &state, base, &own);
            }
        });
        Self { url, kept }
    }

    pub fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap()
    }

    /// What happens to each call from now on: its number from 1, its method, and its path.
    pub fn script(&self, script: impl FnMut(usize, &str, &str) -> Option<Fault> + Send + 'static) {
        let mut kept = self.kept();
        kept.calls.clear();
        kept.script = Box::new(script);
    }

    pub fn clear(&self) {
        self.script(|_, _, _| None);
    }

    /// What people see of each issue: its number, whether it is open, how often it was commented on, and its title.
    pub fn seen(&self) -> Vec<(u64, bool, usize, String)> {
        let kept = self.kept();
        let of = |it: &Value| {
            let number = it["number"].as_u64().unwrap();
            let comments = kept.comments.iter().filter(|(of, _)| *of == number).count();
            (number, it["state"] == "open", comments, it["title"].as_str().unwrap().to_owned())
        };
        kept.issues.iter().filter(|it| it["pull_request"].is_null()).map(of).collect()
    }

    pub fn body(&self, number: u64) -> String {
        let kept = self.kept();
        let found = kept.issues.iter().find(|it| it["number"] == number).unwrap();
        found["body"].as_str().unwrap().to_owned()
    }

    /// Changes an issue as a person does.
    pub fn edit(&self, number: u64, edit: impl FnOnce(&mut Value)) {
        edit(self.kept().issues.iter_mut().find(|it| it["number"] == number).unwrap());
    }
}

struct Asked {
    method: String,
    path: String,
    authorization: String,
    body: Value,
}

fn asked(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (mut length, mut authorization) = (0, String::new());
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.split_once(':') else { break };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "authorization" => value.trim().clone_into(&mut authorization),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body = serde_json::from_slice(&body).unwrap_or_default();
    Some(Asked { method, path, authorization, body })
}

fn serve(stream: &TcpStream, kept: &Mutex<Kept>, base: &str, own: &str) -> Option<()> {
    let asked = asked(stream)?;
    let mut kept = kept.lock().unwrap();
    kept.calls.push((asked.method.clone(), asked.path.clone()));
    let number = kept.calls.len();
    let fault = (kept.script)(number, &asked.method, &asked.path);
    let scheme = if base.is_empty() { "Bearer" } else { "token" };
    let answer = match &fault {
        Some(Fault::Lost) => return None,
        Some(Fault::Status(status, headers, message)) => {
            Reply { status: *status, headers: headers.clone(), body: json!({ "message": message }) }
        }
        Some(Fault::Next(url)) => Reply {
            headers: vec![("link", format!("<{url}>; rel=\"next\""))],
            ..Reply::new(200, json!([]))
        },
        _ if asked.authorization != format!("{scheme} {TOKEN}") => {
            Reply::new(401, json!({ "message": "Bad credentials" }))
        }
        fault => kept.answer(&asked, base, own, matches!(fault, Some(Fault::Unlabelled))),
    };
    if matches!(fault, Some(Fault::Unanswered)) {
        return None;
    }
    let body = answer.body.to_string();
    let mut out = format!("HTTP/1.1 {} X\r\ncontent-type: application/json\r\n", answer.status);
    for (name, value) in &answer.headers {
        let _ = write!(out, "{name}: {value}\r\n");
    }
    let _ = write!(out, "connection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let mut stream = stream;
    stream.write_all(out.as_bytes()).ok()
}

struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Value,
}

impl Reply {
    fn new(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), body }
    }
}

impl Kept {
    fn answer(&mut self, asked: &Asked, base: &str, own: &str, unlabelled: bool) -> Reply {
        let path = asked.path.strip_prefix(base).unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let parts: Vec<_> = path.trim_start_matches('/').split('/').collect();
        let ["repos", "owner", "name", rest @ ..] = parts.as_slice() else {
            return Reply::new(404, json!({ "message": "Not Found" }));
        };
        let is_gitea = !base.is_empty();
        match (asked.method.as_str(), rest) {
            ("GET", ["issues"]) => {
                let label = query.split('&').find_map(|it| it.strip_prefix("labels="));
                let has = |it: &&Value| {
                    let mut all = it["labels"].as_array().unwrap().iter();
                    !self.filters || label.is_none_or(|label| all.any(|it| it["name"] == label))
                };
                let all = self.issues.iter().filter(has).cloned().collect();
                self.paged(all, own, path, query)
            }
            ("POST", ["issues"]) => {
                let labels = asked.body["labels"].as_array().unwrap();
                let name = |it: &Value| match it.as_u64() {
                    Some(id) if is_gitea => {
                        json!({ "id": id, "name": self.labels[usize::try_from(id).unwrap() - 1] })
                    }
                    _ => json!({ "name": it.as_str().unwrap() }),
                };
                let labels: Vec<_> =
                    if unlabelled { vec![] } else { labels.iter().map(name).collect() };
                let number = self.issues.len() as u64 + 1;
                let issue = json!({
                    "number": number, "title": asked.body["title"], "body": asked.body["body"],
                    "state": "open", "state_reason": null, "labels": labels,
                });
                self.issues.push(issue.clone());
                Reply::new(201, issue)
            }
            ("PATCH", ["issues", number]) => {
                let number: u64 = number.parse().unwrap();
                let issue = self.issues.iter_mut().find(|it| it["number"] == number).unwrap();
                for (key, value) in asked.body.as_object().unwrap() {
                    issue[key] = value.clone();
                }
                Reply::new(200, issue.clone())
            }
            ("GET", ["issues", number, "comments"]) => {
                let number: u64 = number.parse().unwrap();
                let own_comments = self.comments.iter().filter(|it| it.0 == number);
                let all = own_comments.map(|it| json!({ "body": it.1 })).collect();
                self.paged(all, own, path, query)
            }
            ("POST", ["issues", number, "comments"]) => {
                let body = asked.body["body"].as_str().unwrap().to_owned();
                self.comments.push((number.parse().unwrap(), body));
                Reply::new(201, json!({ "id": self.comments.len() }))
            }
            ("GET", ["labels"]) => {
                let all =
                    self.labels.iter().zip(1..).map(|(name, id)| json!({ "id": id, "name": name }));
                let all = all.collect();
                self.paged(all, own, path, query)
            }
            ("POST", ["labels"]) => {
                let name = asked.body["name"].as_str().unwrap().to_owned();
                self.labels.push(name.clone());
                Reply::new(201, json!({ "id": self.labels.len(), "name": name }))
            }
            _ => Reply::new(404, json!({ "message": "Not Found" })),
        }
    }

    /// A page, which is smaller than what was asked for: servers have limits of their own.
    fn paged(&self, all: Vec<Value>, own: &str, path: &str, query: &str) -> Reply {
        let page = query.split('&').find_map(|it| it.strip_prefix("page="));
        let page: usize = page.map_or(1, |it| it.parse().unwrap());
        let asked = query
            .split('&')
            .find_map(|it| it.strip_prefix("per_page=").or(it.strip_prefix("limit=")));
        let size = self.page.min(asked.map_or(30, |it| it.parse().unwrap()));
        let has_next = page * size < all.len();
        let items: Vec<_> = all.into_iter().skip((page - 1) * size).take(size).collect();
        let mut reply = Reply::new(200, Value::Array(items));
        if self.has_links && has_next {
            let query = query.replace(&format!("&page={page}"), &format!("&page={}", page + 1));
            reply.headers.push((
                "link",
                format!("<{own}{path}?{query}>; rel=\"next\", <{own}{path}>; rel=\"last\""),
            ));
        }
        reply
    }
}
