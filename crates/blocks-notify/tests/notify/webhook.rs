//! Requests to a server of this machine.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;

use blocks_notify::{
    Couriers, Delivery, Folder, Letter, Outgoing, Scene, Spool, State, Via, Webhook, WebhookForm,
    WebhookUrl, webhook,
};
use serde_json::Value;

use crate::fixture::{FAILURES, NOON, SCENE, failure, run};
use crate::smtp::files;

const SECRET: &str = "T0/s3cr3t";

/// A server that answers with these statuses in turn, and then with 200. It keeps what it gets.
struct Server {
    url: String,
    got: Arc<Mutex<Vec<(String, String)>>>,
}

impl Server {
    fn start(statuses: &[&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url =
            format!("http://127.0.0.1:{}/services/{SECRET}", listener.local_addr().unwrap().port());
        let got: Arc<Mutex<Vec<_>>> = Arc::default();
        let (kept, mut statuses) = (Arc::clone(&got), Vec::from(statuses).into_iter());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut reader = BufReader::new(stream);
                let (mut head, mut length) = (String::new(), 0);
                while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap() > 0 {}
                for line in head.lines() {
                    if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                        length = value.trim().parse().unwrap();
                    }
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                let status = statuses.next().unwrap_or("200 OK");
                if status == "lost" {
                    continue;
                }
                kept.lock().unwrap().push((head, String::from_utf8(body).unwrap()));
                let text = format!("no\u{1b}[31m /services/{SECRET}");
                let answer = format!(
                    "HTTP/1.1 {status}\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
                    text.len()
                );
                let _ = reader.get_mut().write_all(answer.as_bytes());
            }
        });
        Self { url, got }
    }

    fn got(&self) -> Vec<(String, String)> {
        self.got.lock().unwrap().clone()
    }
}

fn message(text: &str, scene: &Scene<'_>, form: WebhookForm) -> Outgoing {
    let run = run(&[], &[failure(1, "test", "test-failed", text)]);
    let change = State::default().step("main", &run, FAILURES, NOON).unwrap();
    webhook(&Letter::of(&change, &run, scene), &change, scene, form)
}

fn body(text: &str, scene: &Scene<'_>, form: WebhookForm) -> Value {
    let Via::Webhook { body } = message(text, scene, form).via else { panic!("a request") };
    serde_json::from_str(&body).unwrap()
}

fn deliver(place: &Path, url: &str, now: u64) -> Delivery {
    let folder = Folder::open(place).unwrap();
    let mut spool = Spool::open(&folder).unwrap();
    spool.add(&message("a", &SCENE, WebhookForm::Generic)).unwrap();
    let mut courier = Webhook::new(WebhookUrl::parse(url).unwrap());
    spool.deliver(&mut Couriers { mail: None, webhook: Some(&mut courier) }, now).unwrap()
}

#[test]
fn a_message_gets_there_once() {
    let (place, server) = (tempfile::tempdir().unwrap(), Server::start(&[]));
    assert_eq!(
        deliver(place.path(), &server.url, NOON),
        Delivery { sent: 1, ..Delivery::default() }
    );
    assert_eq!(deliver(place.path(), &server.url, NOON), Delivery::default());
    let got = server.got();
    assert_eq!(got.len(), 1);
    assert!(got[0].0.starts_with(&format!("POST /services/{SECRET} HTTP/1.1\r\n")), "{}", got[0].0);
    assert!(
        got[0].0.to_ascii_lowercase().contains("content-type: application/json\r\n"),
        "{}",
        got[0].0
    );
    let told: Value = serde_json::from_str(&got[0].1).unwrap();
    assert_eq!(
        (&told["schema"], &told["what"], &told["branch"]),
        (&1.into(), &"broke".into(), &"main".into())
    );
    assert_eq!(
        (&told["new"]["count"], &told["new"]["first"][0]["message"]),
        (&1.into(), &"a".into())
    );
}

#[test]
fn what_a_server_does_not_take_now_waits_and_what_it_refuses_is_kept_apart() {
    for (status, is_refused) in [
        ("429 Too Many Requests", false),
        ("503 Service Unavailable", false),
        ("401 Unauthorized", false),
        ("lost", false),
        ("400 Bad Request", true),
        ("410 Gone", true),
        ("307 Temporary Redirect", true),
    ] {
        let (place, server) = (tempfile::tempdir().unwrap(), Server::start(&[status]));
        let delivery = deliver(place.path(), &server.url, NOON);
        let refused = usize::from(is_refused);
        assert_eq!(
            (delivery.sent, delivery.waiting, delivery.refused.len()),
            (0, 1 - refused, refused),
            "{status}"
        );
        let said = format!("{delivery:?}");
        assert!(!said.contains(SECRET) && !said.contains('\u{1b}'), "{said}");
        assert!(status == "lost" || said.contains(&status[..3]), "{said}");
        assert_eq!(files(&place.path().join("dead")), refused);
        for folder in ["spool", "dead"] {
            for file in std::fs::read_dir(place.path().join(folder)).into_iter().flatten() {
                let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
                assert!(!text.contains(SECRET), "{text}");
            }
        }
        if !is_refused {
            assert_eq!(deliver(place.path(), &server.url, NOON).sent, 1, "{status}");
        }
    }
}

#[test]
fn a_message_waits_for_its_channel() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::open(place.path()).unwrap();
    let mut spool = Spool::open(&folder).unwrap();
    spool.add(&message("a", &SCENE, WebhookForm::Slack)).unwrap();
    let delivery = spool.deliver(&mut Couriers::default(), NOON).unwrap();
    assert_eq!((delivery.sent, delivery.waiting), (0, 1));
    assert_eq!(delivery.problems, ["a message waits for the channel webhook, which is not set up"]);
}

#[test]
fn slack_is_told_no_mention_and_no_link_of_others() {
    let evil = "<!channel> <https://example.com|x> & <@U1>";
    let told = body(evil, &SCENE, WebhookForm::Slack);
    let section = &told["blocks"][1]["text"];
    assert_eq!((&section["type"], &section["verbatim"]), (&"mrkdwn".into(), &true.into()));
    for text in [&told["text"], &section["text"]] {
        let text = text.as_str().unwrap();
        assert!(!text.contains(['<', '>']), "{text}");
        assert!(text.contains("&lt;!channel&gt;") && text.contains("&amp;"), "{text}");
    }
    assert_eq!(told["blocks"][0]["text"]["type"], "plain_text");
}

#[test]
fn matrix_is_told_no_element_of_others() {
    let told = body("<img src=x onerror=alert(1)> & \"q\"", &SCENE, WebhookForm::Matrix);
    assert_eq!(
        (&told["msgtype"], &told["format"]),
        (&"m.notice".into(), &"org.matrix.custom.html".into())
    );
    let html = told["formatted_body"].as_str().unwrap();
    assert!(!html.contains("<img") && html.contains("&lt;img"), "{html}");
    assert!(told["body"].as_str().unwrap().contains("<img src=x"), "a text is a text");
}

#[test]
fn each_form_stays_within_what_its_server_takes() {
    let long = "<&>".repeat(5000);
    let scene = Scene { branch: &long, name: &long, repository: &long, ..SCENE };
    let slack = body(&long, &scene, WebhookForm::Slack);
    let length = |value: &Value| value.as_str().unwrap().chars().count();
    assert!(length(&slack["blocks"][0]["text"]["text"]) <= 150);
    assert!(length(&slack["blocks"][1]["text"]["text"]) <= 3000);
    for (form, most) in [(WebhookForm::Matrix, 60_000), (WebhookForm::Generic, 100_000)] {
        assert!(body(&long, &scene, form).to_string().len() < most, "{form:?}");
    }
}
