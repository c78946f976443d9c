//! `cargo blocks notify`, with a server on loopback that has issues and takes what a webhook sends.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use serde_json::{Value, json};

use crate::{
    affected::git,
    bench::{Bench, Said},
};

const TOKEN: &str = "ghs_tokenOfThisTest0123456789";

/// What the server was asked, and what it keeps.
#[derive(Default)]
struct Kept {
    calls: Vec<String>,
    issues: Vec<Value>,
    hooked: Vec<Value>,
    /// What it answers instead, where that is no 0.
    refuses: u16,
}

struct Server {
    url: String,
    kept: Arc<Mutex<Kept>>,
}

impl Server {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let kept = Arc::new(Mutex::new(Kept::default()));
        let state = Arc::clone(&kept);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(&stream, &state);
            }
        });
        Self { url, kept }
    }

    fn calls(&self) -> usize {
        self.kept.lock().expect("the server").calls.len()
    }
}

fn serve(mut stream: &TcpStream, kept: &Mutex<Kept>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let (mut length, mut is_let_in) = (0, false);
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim().split_once(": ") else { break };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "authorization" => is_let_in = value == format!("Bearer {TOKEN}"),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?, words.next()?);
    let mut kept = kept.lock().ok()?;
    kept.calls.push(format!("{method} {path}"));
    let (status, answer) = if path.starts_with("/hook") {
        kept.hooked.push(body);
        (200, json!({}))
    } else if kept.refuses > 0 {
        (kept.refuses, json!({ "message": format!("no, {TOKEN}") }))
    } else if !is_let_in {
        (401, json!({ "message": "Bad credentials" }))
    } else if method == "POST" && path.ends_with("/issues") {
        let number = kept.issues.len() + 1;
        let labels: Vec<_> =
            body["labels"].as_array()?.iter().map(|it| json!({ "name": it })).collect();
        let issue = json!({
            "number": number, "title": body["title"], "body": body["body"], "state": "open", "labels": labels,
        });
        kept.issues.push(issue.clone());
        (201, issue)
    } else if method == "PATCH" {
        let number: usize = path.rsplit('/').next()?.parse().ok()?;
        let issue = kept.issues.get_mut(number - 1)?;
        for (key, value) in body.as_object()? {
            issue[key] = value.clone();
        }
        (200, issue.clone())
    } else if path.contains("/issues?") {
        (200, Value::Array(kept.issues.clone()))
    } else {
        (200, json!([]))
    };
    let answer = answer.to_string();
    let head = format!(
        "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        answer.len()
    );
    stream.write_all(format!("{head}{answer}").as_bytes()).ok()
}

/// A report of these causes of the stage `test`.
fn report(bench: &Bench, causes: &[&str]) {
    let failure = |says: &&str| {
        json!({
            "signature": format!("{:016x}", says.len()), "kind": "code", "code": "test-failed", "stages": ["test"],
            "units": ["small"], "message": says, "file": "src/lib.rs", "line": 1, "detail": null,
            "repeat": "cargo blocks check test", "hint": null, "count": 1,
        })
    };
    let outcome = if causes.is_empty() { "pass" } else { "fail" };
    let report = json!({
        "schema": 1, "name": "small", "revision": "0123456789abcdef", "outcome": outcome,
        "verdicts": [{ "stage": "test", "outcome": outcome, "summary": "so" }],
        "failures": causes.iter().map(failure).collect::<Vec<_>>(),
    });
    bench.write("target/blocks/report/report.json", &report.to_string());
}

/// A step of GitHub Actions on the branch `main`, which is the repository's.
fn step(server: &Server) -> Bench {
    let mut bench = Bench::green();
    let payload = bench.path("target/event.json");
    bench.write(
        "target/event.json",
        &json!({ "repository": { "default_branch": "main" } }).to_string(),
    );
    for (name, value) in [
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_API_URL", server.url.as_str()),
        ("GITHUB_REPOSITORY", "owner/name"),
        ("GITHUB_EVENT_NAME", "push"),
        ("GITHUB_REF_TYPE", "branch"),
        ("GITHUB_REF_NAME", "main"),
        ("GITHUB_RUN_ID", "1"),
        ("GITHUB_EVENT_PATH", payload.to_str().expect("UTF-8")),
        ("GITHUB_TOKEN", TOKEN),
        ("NO_PROXY", "127.0.0.1"),
    ] {
        bench.set(name, value);
    }
    bench
}

/// What a start says; the token never.
fn notify(bench: &Bench, arguments: &[&str]) -> Said {
    let said = bench.run(&[&["notify"], arguments].concat());
    assert!(!said.out.contains(TOKEN) && !said.err.contains(TOKEN), "{said:?}");
    said
}

#[test]
fn a_step_of_ci_tells_each_cause_once_and_that_it_is_over() {
    let server = Server::new();
    let mut bench = step(&server);
    report(&bench, &["assertion `left == right` failed"]);
    notify(&bench, &[]).expect(
        0,
        &[
            "small of main at 0123456789ab: fail\n",
            "github_issues  opened  #1  test: assertion `left == right` failed\n",
            "email          note: it is not set up",
        ],
    );
    // Another start of the same run changes nothing.
    notify(&bench, &[]).expect(0, &["github_issues  nothing to tell\n"]);
    bench.set("GITHUB_RUN_ID", "2");
    report(&bench, &[]);
    let said = notify(&bench, &["--json"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let told = said.json();
    let line =
        json!({ "step": "closed", "to": "#1", "title": "test: assertion `left == right` failed" });
    assert_eq!((&told["sent"], &told["channels"][0]["lines"][0]), (&true.into(), &line));
    assert_eq!(server.kept.lock().expect("the server").issues[0]["state"], "closed");
}

#[test]
fn a_dry_run_is_the_rule_outside_of_ci_and_asks_for_nothing_to_be_changed() {
    let server = Server::new();
    let mut bench = Bench::green();
    bench.set("CI", "");
    git(&bench, &["init", "--quiet", "--initial-branch=main"]);
    bench.write(
        ".github/notify-config.yml",
        &format!("issues:\n  api: {}\n  repository: owner/name\n", server.url),
    );
    report(&bench, &["a"]);
    let unknown = ["nobody says which branch the repository is shown by"];
    notify(&bench, &[]).expect(2, &unknown);
    git(&bench, &["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"]);
    let words = [
        "would be opened  new  test: a",
        "not known without a repository and a token",
        "this is a dry run",
    ];
    for name in ["create_issue", "handle_build_failure", "handle_test_failure"] {
        bench.run(&[name]).expect(0, &words);
    }
    assert_eq!(server.calls(), 0);
    bench.set("BLOCKS_GITHUB_TOKEN", TOKEN);
    notify(&bench, &[]).expect(0, &["would be opened  new  test: a", "this is a dry run"]);
    assert_eq!(
        server.kept.lock().expect("the server").calls,
        [
            "GET /repos/owner/name/issues?per_page=100&page=1&state=all&sort=created&direction=asc&labels=blocks",
        ]
    );
    notify(&bench, &["--send"]).expect(0, &["opened  #1  test: a"]);
    let mut bench = step(&server);
    bench.set("GITHUB_RUN_ID", "3");
    report(&bench, &["bb"]);
    let said = notify(&bench, &["--dry-run"]);
    said.expect(0, &["would be closed  #1", "would be opened  new  test: bb"]);
    assert_eq!(server.kept.lock().expect("the server").issues.len(), 1);
}

#[test]
fn nobody_is_told_of_other_branches_tags_proposals_and_events() {
    let server = Server::new();
    let with = |pairs: &[(&str, &str)], config: &str| {
        let mut bench = step(&server);
        report(&bench, &["a"]);
        bench.write(".github/notify-config.yml", config);
        for (name, value) in pairs {
            bench.set(name, *value);
        }
        notify(&bench, &[])
    };
    let proposals = "notifications:\n  events: [pull_request]\n";
    for (pairs, config, words) in [
        (&[("GITHUB_REF_NAME", "try")][..], "", "of the branch `try`, and people are told of main"),
        (
            &[("GITHUB_REF_NAME", "main")],
            "notifications:\n  branches: [release]\n",
            "people are told of release",
        ),
        (
            &[("GITHUB_REF_TYPE", "tag"), ("GITHUB_REF_NAME", "v1")],
            "",
            "it is of no branch, but of a tag",
        ),
        (&[("GITHUB_EVENT_NAME", "pull_request")], "", "started by `pull_request`"),
        (
            &[("GITHUB_EVENT_NAME", "pull_request"), ("GITHUB_BASE_REF", "main")],
            proposals,
            "no issue is made of what is proposed",
        ),
        (
            &[("GITHUB_EVENT_NAME", "pull_request"), ("GITHUB_BASE_REF", "other")],
            proposals,
            "of the branch `other`",
        ),
        (&[], "notifications:\n  channels: []\n", "notifications.channels names no channel"),
    ] {
        let said = with(pairs, config);
        said.expect(0, &[words]);
        assert_eq!(server.calls(), 0, "{said:?}");
    }
    // By other channels what is proposed is told as itself, and says nothing of the branch that it is for.
    let mut bench = step(&server);
    report(&bench, &["a"]);
    bench.write(
        ".github/notify-config.yml",
        "notifications:\n  events: [pull_request, push]\n  channels: [webhook]\n",
    );
    bench.set("BLOCKS_WEBHOOK_URL", format!("{}/hook", server.url));
    for (name, value) in [
        ("GITHUB_EVENT_NAME", "pull_request"),
        ("GITHUB_BASE_REF", "main"),
        ("GITHUB_HEAD_REF", "try"),
    ] {
        bench.set(name, value);
    }
    notify(&bench, &[]).expect(0, &["told  webhook  [small] try broke: a"]);
    bench.set("GITHUB_EVENT_NAME", "push");
    notify(&bench, &[]).expect(0, &["told  webhook  [small] main broke: a"]);
    let before = server.calls();
    // A fork may call its branch as it likes.
    let mut bench = step(&server);
    report(&bench, &["a"]);
    bench.write(".github/notify-config.yml", "notifications:\n  events: [workflow_run]\n");
    bench.set("GITHUB_EVENT_NAME", "workflow_run");
    let payload = json!({
        "repository": { "default_branch": "main", "full_name": "owner/name" },
        "workflow_run": { "head_branch": "main", "event": "push", "head_repository": { "full_name": "fork/name" } },
    });
    bench.write("target/event.json", &payload.to_string());
    notify(&bench, &[]).expect(0, &["no issue is made of what is proposed"]);
    assert_eq!(server.calls(), before);
}

#[test]
fn a_channel_that_fails_keeps_no_other_from_telling_and_is_no_success() {
    let server = Server::new();
    server.kept.lock().expect("the server").refuses = 403;
    let mut bench = step(&server);
    bench.write(".github/notify-config.yml", "notifications:\n  channels: [github_issues, email, webhook]\nemail:\n  to: [a@example.org]\n");
    bench.set("BLOCKS_WEBHOOK_URL", format!("{}/hook/secret", server.url));
    report(&bench, &["a"]);
    notify(&bench, &[]).expect(4, &[
        "github_issues  error: the token may not read issues of owner/name (403: no, ***): give the job `permissions: issues: write`",
        "email          error: nobody says by which server mail goes: name it in email.server",
        "webhook        told  webhook  [small] main broke: a",
    ]);
    let hooked = server.kept.lock().expect("the server").hooked.clone();
    assert_eq!(hooked.len(), 1, "{hooked:?}");
    // What was told is not told again, and what could not be is.
    server.kept.lock().expect("the server").refuses = 0;
    bench.set("GITHUB_RUN_ID", "2");
    notify(&bench, &["--channel", "github_issues", "--channel", "webhook"])
        .expect(0, &["opened  #1  test: a", "webhook        nothing to tell"]);
    assert_eq!(server.kept.lock().expect("the server").hooked.len(), 1);
}

#[test]
fn what_cannot_be_sent_waits_and_is_sent_by_another_run() {
    let server = Server::new();
    let mut bench = step(&server);
    bench.write(".github/notify-config.yml", "notifications:\n  channels: [webhook]\n");
    // A port where nobody listens.
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("a port").port();
    bench.set("BLOCKS_WEBHOOK_URL", format!("http://127.0.0.1:{port}/hook"));
    report(&bench, &["a"]);
    let said = notify(&bench, &["--state", "kept"]);
    said.expect(
        4,
        &[
            "webhook  not told  webhook  [small] main broke: a",
            "webhook  error: webhook: http://127.0.0.1",
            "note: one message waits to be sent by another run",
        ],
    );
    bench.set("BLOCKS_WEBHOOK_URL", format!("{}/hook", server.url));
    notify(&bench, &["--state", "kept"]).expect(0, &["sent of what waited: one message"]);
    assert_eq!(server.kept.lock().expect("the server").hooked.len(), 1);
}

#[test]
fn without_a_token_and_without_a_report_it_says_what_to_do() {
    let server = Server::new();
    let mut bench = step(&server);
    notify(&bench, &[]).expect(2, &["report.json", "run `cargo blocks check` first"]);
    report(&bench, &["a"]);
    bench.set("GITHUB_TOKEN", "");
    notify(&bench, &[]).expect(4, &["there is no token for issues", "permissions: issues: write"]);
    bench.write("target/blocks/report/report.json", "{\"schema\": 9}");
    notify(&bench, &[]).expect(2, &["the report is of version 9"]);
    bench.set("GITHUB_API_URL", "http://api.example.org");
    report(&bench, &["a"]);
    notify(&bench, &[]).expect(4, &["GITHUB_API_URL: a token would be read on the way"]);
}

/// A server of mail on loopback: its port, and what it is told after `RCPT TO:` and in the heads of messages.
fn mail_server() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let said = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&said);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            take_mail(&stream, &kept);
        }
    });
    (port, said)
}

fn take_mail(mut stream: &TcpStream, kept: &Mutex<Vec<String>>) -> Option<()> {
    stream.write_all(b"220 here\r\n").ok()?;
    let mut is_text = false;
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        let answer = match line.as_str() {
            "." => "250 taken",
            "DATA" => "354 go on",
            _ if is_text => {
                if line.starts_with("Subject: ") {
                    kept.lock().ok()?.push(line);
                }
                continue;
            }
            _ => "250 yes",
        };
        is_text = line == "DATA";
        if let Some(to) = line.strip_prefix("RCPT TO:") {
            kept.lock().ok()?.push(to.to_owned());
        }
        stream.write_all(format!("{answer}\r\n").as_bytes()).ok()?;
    }
    Some(())
}

#[test]
fn mail_goes_to_the_configured_and_to_the_owners_and_authors_of_what_failed() {
    let (port, said) = mail_server();
    let server = Server::new();
    let bench = step(&server);
    git(&bench, &["init", "--quiet", "--initial-branch=main"]);
    let config = |owners: &str| {
        let config = format!(
            "notifications:\n  channels: [email]\nemail:\n  to: [all@example.org]\n  owners: {owners}\n  server: localhost\n  \
             port: {port}\n  encryption: none\n"
        );
        bench.write(".github/notify-config.yml", &config);
    };
    config("codeowners");
    report(&bench, &["a"]);
    notify(&bench, &[]).expect(4, &["email.owners is `codeowners`, and there is no such file"]);
    bench.write(".github/CODEOWNERS", "* nobody@example.org\n/src/ source@example.org @org/team\n");
    notify(&bench, &["--dry-run"])
        .expect(0, &["email  would be told  2 addresses  [small] main broke: a"]);
    assert!(said.lock().expect("the server").is_empty());
    notify(&bench, &[]).expect(
        0,
        &[
            "email  told  2 addresses  [small] main broke: a",
            "note: @org/team of CODEOWNERS gets no mail",
        ],
    );
    let manifest = bench.read("Cargo.toml") + "authors = [\"Ada <ada@example.org>\", \"Bob\"]\n";
    bench.write("Cargo.toml", &manifest);
    config("authors");
    report(&bench, &[]);
    notify(&bench, &[]).expect(0, &["email  told  2 addresses  [small] main is fixed"]);
    assert_eq!(
        *said.lock().expect("the server"),
        [
            "<all@example.org>",
            "<source@example.org>",
            "Subject: [small] main broke: a",
            "<ada@example.org>",
            "<all@example.org>",
            "Subject: [small] main is fixed",
        ]
    );
}
