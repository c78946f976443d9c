use blocks_notify::{
    Change, CodeOwners, Known, Letter, MailError, Missed, Outgoing, Recipients, Scene, Sender,
    State, Via, What, mail,
};
use mail_parser::{HeaderValue, Message, MessageParser};

use crate::fixture::{FAILURES, NOON, SCENE, failure, run};

fn sender() -> Sender {
    Sender::parse("Checks <checks@example.org>").unwrap()
}

fn raw(message: &Outgoing) -> &str {
    match &message.via {
        Via::Mail { raw, .. } => raw,
        Via::Webhook { .. } => panic!("it is a mail"),
    }
}

fn parsed(raw: &str) -> Message<'_> {
    MessageParser::default().parse(raw.as_bytes()).unwrap()
}

fn broke(message: &str, scene: &Scene<'_>) -> (Letter, Outgoing) {
    let run = run(&[], &[failure(1, "test", "test-failed", message)]);
    let change = State::default().step(scene.branch, &run, FAILURES, NOON).unwrap();
    let letter = Letter::of(&change, &run, scene);
    let to = ["ada@example.org".to_owned(), "bob@example.com".to_owned()];
    let message = mail(&letter, &sender(), &to, scene.repository).unwrap();
    (letter, message)
}

#[test]
fn a_mail_is_what_mail_programs_read() {
    let (letter, sent) = broke("the total is 3 and not 4 \u{2260}", &SCENE);
    let mail = parsed(raw(&sent));
    assert_eq!(mail.subject(), Some("[shop] main broke: the total is 3 and not 4 \u{2260}"));
    assert_eq!(mail.from().unwrap().first().unwrap().address(), Some("checks@example.org"));
    assert_eq!(mail.from().unwrap().first().unwrap().name(), Some("Checks"));
    let to: Vec<_> = mail.to().unwrap().iter().filter_map(|it| it.address()).collect();
    assert_eq!(to, ["ada@example.org", "bob@example.com"]);
    assert_eq!(mail.message_id(), Some(&*format!("{}@example.org", letter.name)));
    assert_eq!(mail.message_id(), Some(&*sent.id));
    assert_eq!(mail.date().unwrap().to_timestamp(), i64::try_from(NOON).unwrap());
    assert_eq!(
        mail.header("Auto-Submitted").and_then(HeaderValue::as_text),
        Some("auto-generated")
    );
    let list = mail.header_raw("List-Id").unwrap().trim();
    assert_eq!(list, "<example-shop.blocks.example.org>");
    assert!(mail.in_reply_to().is_empty());
    let text = mail.body_text(0).unwrap();
    assert_eq!(text.replace("\r\n", "\n").trim_end(), letter.text.trim_end());
    assert!(mail.body_html(0).unwrap().contains("the total is 3 and not 4 \u{2260}"));
    assert!(text.contains("left: 1") && text.contains("cargo nextest run -p app"), "{text}");
}

#[test]
fn the_same_letter_is_the_same_mail() {
    assert_eq!(broke("a", &SCENE), broke("a", &SCENE));
    let other = Scene { branch: "next", ..SCENE };
    assert_ne!(broke("a", &SCENE).0.name, broke("a", &other).0.name);
}

#[test]
fn the_end_answers_the_beginning() {
    let mut state = State::default();
    let to = ["ada@example.org".to_owned()];
    let broken = run(&[], &[failure(1, "test", "test-failed", "a")]);
    let first = Letter::of(&state.step("main", &broken, FAILURES, NOON).unwrap(), &broken, &SCENE);
    state.begin_thread("main", &first.name);
    let more = [failure(1, "test", "test-failed", "a"), failure(2, "test", "test-failed", "b")];
    let more = run(&[], &more);
    let green = run(&["test"], &[]);
    for (run, what) in [(more, What::Broke), (green, What::Fixed)] {
        let change = state.step("main", &run, FAILURES, NOON + 60).unwrap();
        assert_eq!(change.what, what);
        let letter = Letter::of(&change, &run, &SCENE);
        state.begin_thread("main", &letter.name);
        let sent = mail(&letter, &sender(), &to, "shop").unwrap();
        let mail = parsed(raw(&sent));
        let id = format!("{}@example.org", first.name);
        assert_eq!(mail.in_reply_to().as_text(), Some(&*id), "{what:?}");
        assert_eq!(mail.references().as_text(), Some(&*id), "{what:?}");
    }
    // What breaks afterwards is a thread of its own.
    let again = state.step("main", &broken, FAILURES, NOON + 120).unwrap();
    assert_eq!(again.thread, None);
}

#[test]
fn no_text_of_others_becomes_a_header_or_an_element() {
    let evil = "x\r\nBcc: eve@example.com\r\n\r\n<script>alert(1)</script>\u{1b}[31m\u{202e}";
    let scene = Scene {
        name: evil,
        branch: evil,
        repository: evil,
        revision: Some(evil),
        link: Some(evil),
    };
    let mut report = failure(1, "test", "test-failed", evil);
    for key in ["file", "detail", "repeat", "hint"] {
        report[key] = evil.into();
    }
    report["units"] = serde_json::json!([evil]);
    for (passing, failures) in [(vec![], vec![report.clone()]), (vec!["test"], vec![])] {
        let mut state = State::default();
        state.step(evil, &run(&[], std::slice::from_ref(&report)), FAILURES, NOON);
        let run = run(&passing, &failures);
        let change = if failures.is_empty() {
            state.step(evil, &run, FAILURES, NOON + 1).unwrap()
        } else {
            State::default().step(evil, &run, FAILURES, NOON).unwrap()
        };
        let letter = Letter::of(&change, &run, &scene);
        let sent = mail(&letter, &sender(), &["ada@example.org".to_owned()], evil).unwrap();
        let raw = raw(&sent);
        let mail = parsed(raw);
        assert!(mail.bcc().is_none(), "{raw}");
        assert!(mail.header("Bcc").is_none());
        assert_eq!(mail.headers().len(), 9, "{raw}");
        let html = mail.body_html(0).unwrap();
        assert!(!html.contains("<script") && html.contains("&lt;script"), "{html}");
        assert!(!mail.body_text(0).unwrap().contains(['\u{1b}', '\u{202e}']));
        assert!(!html.contains("href"), "{html}");
    }
}

#[test]
fn a_mail_is_bounded_whatever_failed() {
    let long = "w".repeat(1100);
    let mut failures: Vec<_> =
        (0..3000).map(|it| failure(it, "test", "test-failed", &long)).collect();
    for failure in &mut failures {
        failure["repeat"] = long.clone().into();
        failure["detail"] = format!("{long}\n{long}").into();
    }
    let run = run(&[], &failures);
    let change = State::default().step("main", &run, FAILURES, NOON).unwrap();
    let letter = Letter::of(&change, &run, &SCENE);
    let sent = mail(&letter, &sender(), &["ada@example.org".to_owned()], "shop").unwrap();
    assert!(raw(&sent).len() < 500_000, "{} bytes", raw(&sent).len());
    assert!(raw(&sent).lines().all(|it| it.len() <= 998), "a line that servers may cut");
    assert!(letter.subject.chars().count() <= 140);
    assert!(letter.text.contains("- and 2980 more"), "{}", letter.text);
}

#[test]
fn a_mail_to_nobody_or_from_nobody_is_an_error() {
    let (letter, _) = broke("a", &SCENE);
    assert_eq!(mail(&letter, &sender(), &[], "shop"), Err(MailError::Nobody));
    let injected =
        mail(&letter, &sender(), &["a@example.org\r\nRCPT TO:<b@example.org>".to_owned()], "shop");
    assert!(matches!(injected, Err(MailError::Recipient(_))));
    for text in ["", "Checks", "Checks <checks>", "a@example.org\nBcc: b@example.org"] {
        assert!(Sender::parse(text).is_err(), "{text:?}");
    }
}

fn change(files: &[(&str, &str)]) -> Change {
    let known = |(file, unit): &(&str, &str)| Known {
        signature: String::new(),
        stages: Vec::new(),
        units: (!unit.is_empty()).then(|| (*unit).to_owned()).into_iter().collect(),
        message: String::new(),
        file: (!file.is_empty()).then(|| (*file).to_owned()),
        line: None,
        repeat: None,
        since: 0,
        revision: None,
    };
    Change {
        what: What::Broke,
        new: files.iter().map(known).collect(),
        still: Vec::new(),
        over: Vec::new(),
        unanswered: Vec::new(),
        more: 0,
        at: NOON,
        thread: None,
    }
}

#[test]
fn recipients_are_those_whom_it_concerns_each_once() {
    let owners =
        CodeOwners::parse("*.rs ada@example.org @ada\n/crates/core/ core@example.org\n").unwrap();
    let authors = [
        ("app".to_owned(), vec!["App <app@example.com>".to_owned(), "Nobody".to_owned()]),
        ("core".to_owned(), vec!["core@example.org".to_owned()]),
    ];
    let all = Recipients {
        always: vec!["team@example.org".to_owned(), "team".to_owned()],
        owners: Some(owners),
        authors: authors.into(),
    };
    let chosen = all.of(&change(&[("crates/core/src/lib.rs", "core"), ("src/a.rs", "app")]));
    assert_eq!(
        chosen.to,
        ["ada@example.org", "app@example.com", "core@example.org", "team@example.org"]
    );
    let missed = ["team", "@ada", "Nobody"];
    assert_eq!(
        chosen.missed,
        [
            Missed::NoAddress(missed[0].to_owned()),
            Missed::Account(missed[1].to_owned()),
            Missed::Author(missed[2].to_owned())
        ]
    );
    assert_eq!(all.of(&change(&[("", "core")])).to, ["core@example.org", "team@example.org"]);
    // What is of no member concerns all authors.
    assert_eq!(all.of(&change(&[("a.md", "")])).to.len(), 3);
}

#[test]
fn of_too_many_recipients_the_rest_is_said() {
    let always = (0..130).map(|it| format!("a{it}@example.org")).collect();
    let chosen = Recipients { always, ..Recipients::default() }.of(&change(&[]));
    assert_eq!((chosen.to.len(), chosen.missed), (100, vec![Missed::TooMany(30)]));
}
