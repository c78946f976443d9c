//! A registry on loopback, also for the tests of `cargo-blocks`: what cargo documents of a sparse index, of downloads and of publishing, in memory.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use blocks_registry::sha256;
use serde_json::{Value, json};

/// The token that it takes. No text of ours may show it.
pub const TOKEN: &str = "s3cr3t0fThisTest";

/// What happens to a question instead of what is usual.
#[derive(Debug, Clone)]
pub enum Fault {
    /// This answer, and nothing is done: a status, headers, a body.
    Answer(u16, String, Vec<u8>),
    /// It is done, and the connection ends without an answer.
    Unanswered,
    /// An answer that has so many bytes of zero.
    Endless(u64),
}

impl Fault {
    pub fn status(status: u16) -> Self {
        let body = json!({ "errors": [{ "detail": format!("of this test \u{1b}[31m {TOKEN}") }] });
        Self::Answer(status, String::new(), body.to_string().into_bytes())
    }
}

type Script = Box<dyn FnMut(&str, &str) -> Option<Fault> + Send>;

/// What it keeps.
pub struct Kept {
    /// The lines of the index, by crate.
    pub index: BTreeMap<String, Vec<Value>>,
    /// The archives, by crate and version.
    pub archives: BTreeMap<(String, String), Vec<u8>>,
    /// What was published, in order.
    pub published: Vec<String>,
    /// Each question: its method and path.
    pub asked: Vec<String>,
    /// How many questions about a crate the index answers as before it was published.
    pub lag: BTreeMap<String, usize>,
    /// Whether all questions need the token.
    pub auth_required: bool,
    script: Script,
}

/// A registry that runs until the test ends.
pub struct Server {
    pub port: u16,
    kept: Arc<Mutex<Kept>>,
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let kept = Arc::new(Mutex::new(Kept {
            index: BTreeMap::new(),
            archives: BTreeMap::new(),
            published: Vec::new(),
            asked: Vec::new(),
            lag: BTreeMap::new(),
            auth_required: false,
            script: Box::new(|_, _| None),
        }));
        let state = Arc::clone(&kept);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&state);
                // A client that goes away is no fault of a server.
                thread::spawn(move || serve(&stream, port, &state));
            }
        });
        Self { port, kept }
    }

    /// The address of its index, as cargo has it.
    pub fn index(&self) -> String {
        format!("sparse+http://127.0.0.1:{}/index/", self.port)
    }

    pub fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().expect("no test failed")
    }

    /// What happens to questions from now on, by their method and path.
    pub fn script(&self, script: impl FnMut(&str, &str) -> Option<Fault> + Send + 'static) {
        self.kept().script = Box::new(script);
    }

    /// Takes a version as if it had been published.
    pub fn put(&self, name: &str, version: &str, archive: &[u8]) {
        let line = json!({ "name": name, "vers": version, "deps": [], "features": {}, "yanked": false,
            "cksum": sha256(archive) });
        let mut kept = self.kept();
        kept.index.entry(name.to_owned()).or_default().push(line);
        kept.archives.insert((name.to_owned(), version.to_owned()), archive.to_vec());
    }
}

struct Asked {
    method: String,
    path: String,
    token: Option<String>,
    body: Vec<u8>,
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (mut size, mut token) = (0, None);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_lowercase().as_str() {
            "content-length" => size = value.parse().ok()?,
            "authorization" => token = Some(value.to_owned()),
            "expect" => (&*stream).write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?,
            _ => {}
        }
    }
    let mut body = vec![0; size];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { method, path, token, body })
}

fn serve(stream: &TcpStream, port: u16, kept: &Mutex<Kept>) {
    let Some(asked) = read(stream) else { return };
    let fault = {
        let mut kept = kept.lock().expect("no test failed");
        kept.asked.push(format!("{} {}", asked.method, asked.path));
        (kept.script)(&asked.method, &asked.path)
    };
    let (status, headers, body) = match fault {
        Some(Fault::Answer(status, headers, body)) => (status, headers, body),
        Some(Fault::Unanswered) => {
            answer(&asked, port, &mut kept.lock().expect("no test failed"));
            return;
        }
        Some(Fault::Endless(size)) => return endless(stream, size),
        None => {
            let (status, body) = answer(&asked, port, &mut kept.lock().expect("no test failed"));
            (status, String::new(), body)
        }
    };
    let head = format!(
        "HTTP/1.1 {status} of the test\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let mut stream = stream;
    let _ = stream.write_all(&[head.into_bytes(), body].concat());
}

fn endless(mut stream: &TcpStream, mut left: u64) {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {left}\r\nconnection: close\r\n\r\n");
    let _ = stream.write_all(head.as_bytes());
    let zeros = [0; 1 << 14];
    while left > 0 && stream.write_all(&zeros).is_ok() {
        left = left.saturating_sub(1 << 14);
    }
}

fn answer(asked: &Asked, port: u16, kept: &mut Kept) -> (u16, Vec<u8>) {
    let is_known = asked.token.as_deref() == Some(TOKEN);
    if (kept.auth_required || asked.method == "PUT") && !is_known {
        return (401, b"{\"errors\":[{\"detail\":\"who are you?\"}]}".to_vec());
    }
    let path: Vec<_> = asked.path.trim_start_matches('/').split('/').collect();
    match (asked.method.as_str(), path.as_slice()) {
        ("GET", ["index", "config.json"]) => {
            let url = format!("http://127.0.0.1:{port}");
            let config = json!({ "dl": format!("{url}/dl/{{crate}}/{{version}}"), "api": url,
                "auth-required": kept.auth_required });
            (200, config.to_string().into_bytes())
        }
        ("GET", ["index", .., name]) => lines(kept, name),
        ("GET", ["dl", name, version]) => {
            let found = kept.archives.get(&((*name).to_owned(), (*version).to_owned()));
            found.map_or((404, Vec::new()), |bytes| (200, bytes.clone()))
        }
        ("PUT", ["api", "v1", "crates", "new"]) => take(&asked.body, kept),
        _ => (404, Vec::new()),
    }
}

fn lines(kept: &mut Kept, name: &str) -> (u16, Vec<u8>) {
    let Some(all) = kept.index.get(name) else { return (404, Vec::new()) };
    let hidden = match kept.lag.get_mut(name) {
        Some(left) if *left > 0 => {
            *left -= 1;
            1
        }
        _ => 0,
    };
    let lines: Vec<_> = all[..all.len() - hidden].iter().map(|it| format!("{it}\n")).collect();
    if lines.is_empty() { (404, Vec::new()) } else { (200, lines.concat().into_bytes()) }
}

/// What `cargo publish` sends: the length of JSON, the JSON, the length of the archive, and the archive.
fn take(body: &[u8], kept: &mut Kept) -> (u16, Vec<u8>) {
    let part = |at: usize| {
        let size = u32::from_le_bytes(body[at..at + 4].try_into().expect("four bytes")) as usize;
        (&body[at + 4..at + 4 + size], at + 4 + size)
    };
    let (told, end) = part(0);
    let (archive, _) = part(end);
    let told: Value = serde_json::from_slice(told).expect("JSON");
    let text = |key: &str| told[key].as_str().expect("text").to_owned();
    let (name, version) = (text("name"), text("vers"));
    let key = (name.clone(), version.clone());
    if kept.archives.contains_key(&key) {
        return (200, b"{\"errors\":[{\"detail\":\"that version is there already\"}]}".to_vec());
    }
    let dependency = |it: &Value| {
        json!({ "name": it["name"], "req": it["version_req"], "features": it["features"],
            "optional": it["optional"], "default_features": it["default_features"],
            "target": it["target"], "kind": it["kind"], "registry": it["registry"] })
    };
    let deps: Vec<_> = told["deps"].as_array().expect("a list").iter().map(dependency).collect();
    let line = json!({ "name": name, "vers": version, "deps": deps, "features": told["features"],
        "yanked": false, "cksum": sha256(archive) });
    kept.published.push(name.clone());
    kept.index.entry(name).or_default().push(line);
    kept.archives.insert(key, archive.to_vec());
    let none: [&str; 0] = [];
    let warnings = json!({ "invalid_categories": none, "invalid_badges": none, "other": none });
    (200, json!({ "warnings": warnings }).to_string().into_bytes())
}
