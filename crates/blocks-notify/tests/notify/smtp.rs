//! Mail on its way to a server of this machine.

use std::path::Path;
use std::sync::{Arc, Mutex};

use blocks_notify::{
    Couriers, Delivery, Folder, Letter, Outgoing, Security, Sender, Smtp, SmtpError, SmtpSettings,
    Spool, State, Via, mail,
};
use mail_parser::MessageParser;

use crate::fixture::{FAILURES, NOON, SCENE, failure, run};
use crate::server::{Act, Certificates, PASSWORD, Server, Setup, USER, login};

const ADA: &str = "ada@example.org";
const BOB: &str = "bob@example.com";

pub fn message(to: &[&str], text: &str) -> Outgoing {
    let run = run(&[], &[failure(1, "test", "test-failed", text)]);
    let change = State::default().step("main", &run, FAILURES, NOON).unwrap();
    let to: Vec<_> = to.iter().map(|it| (*it).to_owned()).collect();
    mail(
        &Letter::of(&change, &run, &SCENE),
        &Sender::parse("checks@example.org").unwrap(),
        &to,
        "shop",
    )
    .unwrap()
}

/// Puts messages into the spool of a folder, and tries once.
pub fn deliver(place: &Path, messages: &[Outgoing], settings: SmtpSettings, now: u64) -> Delivery {
    let folder = Folder::open(place).unwrap();
    let mut spool = Spool::open(&folder).unwrap();
    for message in messages {
        spool.add(message).unwrap();
    }
    let mut smtp = Smtp::new(settings).unwrap();
    spool.deliver(&mut Couriers { mail: Some(&mut smtp), webhook: None }, now).unwrap()
}

pub fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

#[test]
fn a_mail_gets_there_as_it_was_written() {
    for security in [Security::Tls, Security::StartTls, Security::None] {
        for capabilities in [&["AUTH PLAIN"], &["AUTH LOGIN"]] {
            let place = tempfile::tempdir().unwrap();
            let server = Server::start(Setup { capabilities, ..Setup::of(security) });
            let message = message(&[ADA, BOB], ".\n..a\n. b");
            let delivery =
                deliver(place.path(), std::slice::from_ref(&message), server.settings(), NOON);
            assert_eq!(delivery, Delivery { sent: 2, ..Delivery::default() }, "{security:?}");
            let mails = server.mails();
            assert_eq!(mails.len(), 1);
            assert_eq!(
                (&*mails[0].from, &*mails[0].to),
                ("checks@example.org", &[ADA.to_owned(), BOB.to_owned()][..])
            );
            let Via::Mail { raw, .. } = &message.via else { panic!("a mail") };
            assert_eq!(mails[0].data.trim_end(), raw.trim_end());
            let read = MessageParser::default().parse(mails[0].data.as_bytes()).unwrap();
            assert_eq!(read.message_id(), Some(&*message.id));
            assert_eq!(files(&place.path().join("spool")), 0);
            let logs_in = server.commands().iter().any(|it| it.starts_with("AUTH"));
            assert_eq!(logs_in, security != Security::None, "no password goes without encryption");
        }
    }
}

#[test]
fn nothing_is_sent_to_a_server_that_offers_no_encryption() {
    let place = tempfile::tempdir().unwrap();
    let server = Server::start(Setup { offers_starttls: false, ..Setup::of(Security::StartTls) });
    let delivery = deliver(place.path(), &[message(&[ADA], "a")], server.settings(), NOON);
    assert_eq!((delivery.sent, delivery.waiting), (0, 1));
    assert_eq!(delivery.problems, [format!("mail: {}", SmtpError::NoStartTls)]);
    let commands = server.commands();
    assert!(commands.iter().all(|it| it.starts_with("EHLO") || it == "QUIT"), "{commands:?}");
}

#[test]
fn nothing_goes_to_another_machine_without_encryption() {
    let server = Server::start(Setup::of(Security::None));
    for host in ["mail.example.org", "192.0.2.1", "localhost.example.org"] {
        let settings = SmtpSettings { host: host.to_owned(), ..server.settings() };
        assert!(matches!(Smtp::new(settings), Err(SmtpError::Plain { .. })), "{host}");
    }
    for host in ["localhost", "127.0.0.1", "::1"] {
        assert!(
            Smtp::new(SmtpSettings { host: host.to_owned(), ..server.settings() }).is_ok(),
            "{host}"
        );
    }
}

#[test]
fn a_server_whose_certificate_is_not_its_own_gets_nothing() {
    for security in [Security::Tls, Security::StartTls] {
        let other = Server::start(Setup::of(security));
        let named = Server::with(Setup::of(security), &Certificates::of("mail.example.org"));
        let trusted = Server::start(Setup::of(security));
        let mut cases =
            vec![named.settings(), SmtpSettings { certificates: None, ..trusted.settings() }];
        cases.push(SmtpSettings { certificates: Some(other.authority()), ..trusted.settings() });
        for settings in cases {
            let place = tempfile::tempdir().unwrap();
            let delivery = deliver(place.path(), &[message(&[ADA], "a")], settings, NOON);
            assert_eq!((delivery.sent, delivery.waiting, delivery.problems.len()), (0, 1, 1));
            assert!(delivery.problems[0].contains("certificate"), "{:?}", delivery.problems);
        }
        for server in [&named, &trusted] {
            let commands = server.commands();
            assert!(
                commands.iter().all(|it| it.starts_with("EHLO") || it == "STARTTLS"),
                "{commands:?}"
            );
        }
    }
}

#[test]
fn a_file_without_certificates_is_said() {
    let place = tempfile::tempdir().unwrap();
    let server = Server::start(Setup::of(Security::Tls));
    let file = place.path().join("none.pem");
    std::fs::write(&file, "no certificate").unwrap();
    for path in [file, place.path().join("absent.pem")] {
        let settings = SmtpSettings { certificates: Some(path), ..server.settings() };
        let delivery =
            deliver(&place.path().join("notify"), &[message(&[ADA], "a")], settings, NOON);
        assert!(
            delivery.problems[0].contains("cannot use the certificates of"),
            "{:?}",
            delivery.problems
        );
    }
}

#[test]
fn a_wrong_password_is_said_and_shown_nowhere() {
    for capabilities in [&["AUTH PLAIN"], &["AUTH LOGIN"]] {
        let place = tempfile::tempdir().unwrap();
        // The server says again what it was told.
        let server = Server::start(Setup { capabilities, ..Setup::of(Security::Tls) });
        let settings = SmtpSettings { login: login(USER, "wrong"), ..server.settings() };
        let delivery = deliver(place.path(), &[message(&[ADA], "a")], settings, NOON);
        assert_eq!((delivery.sent, delivery.waiting), (0, 1));
        let problem = &delivery.problems[0];
        assert!(problem.starts_with("mail: logging in failed: permanent error (535)"), "{problem}");
        let spool = std::fs::read_dir(place.path().join("spool")).unwrap().next().unwrap().unwrap();
        let kept = std::fs::read_to_string(spool.path()).unwrap();
        let sent = server
            .commands()
            .into_iter()
            .find_map(|it| it.strip_prefix("AUTH PLAIN ").map(str::to_owned));
        for secret in ["wrong", "d3Jvbmc", USER].into_iter().chain(sent.as_deref()) {
            let place = kept.find("last_error").map(|at| &kept[at..]).unwrap();
            assert!(
                !problem.contains(secret) && !place.contains(secret),
                "{secret}: {problem} {place}"
            );
        }
        // It is let in later, with the right one.
        let again = deliver(place.path(), &[], server.settings(), NOON);
        assert_eq!(again, Delivery { sent: 1, ..Delivery::default() });
    }
    assert!(!PASSWORD.is_empty());
}

#[test]
fn a_server_that_is_not_there_keeps_all_and_asks_once() {
    let place = tempfile::tempdir().unwrap();
    let server = Server::start(Setup::of(Security::Tls));
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let settings = SmtpSettings { port: Some(closed), ..server.settings() };
    let messages = [message(&[ADA], "a"), message(&[ADA], "b")]
        .map(|it| Outgoing { id: it.subject.clone(), ..it });
    let delivery = deliver(place.path(), &messages, settings, NOON);
    assert_eq!(
        (delivery.sent, delivery.waiting, delivery.problems.len()),
        (0, 2, 1),
        "{delivery:?}"
    );
    let again = deliver(place.path(), &messages, server.settings(), NOON);
    assert_eq!(again, Delivery { sent: 2, ..Delivery::default() });
}

#[test]
fn what_is_put_off_comes_later_and_once() {
    let place = tempfile::tempdir().unwrap();
    let tries = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&tries);
    let server = Server::start(Setup::with(Security::Tls, move |step| {
        if step != format!("RCPT TO:<{BOB}>") {
            return Act::Go;
        }
        *counted.lock().unwrap() += 1;
        if *counted.lock().unwrap() > 2 {
            Act::Go
        } else {
            Act::Say("451 4.7.1 greylisted".to_owned())
        }
    }));
    let messages = [message(&[ADA, BOB], "a")];
    let first = deliver(place.path(), &messages, server.settings(), NOON);
    assert_eq!((first.sent, first.waiting), (1, 1));
    assert!(
        first.problems[0].contains(BOB) && first.problems[0].contains("greylisted"),
        "{:?}",
        first.problems
    );
    // Too early, and then once more in vain.
    assert_eq!(deliver(place.path(), &messages, server.settings(), NOON + 59).waiting, 1);
    assert_eq!(*tries.lock().unwrap(), 1);
    assert_eq!(deliver(place.path(), &messages, server.settings(), NOON + 60).sent, 0);
    assert_eq!(deliver(place.path(), &messages, server.settings(), NOON + 179).sent, 0);
    assert_eq!(*tries.lock().unwrap(), 2);
    let last = deliver(place.path(), &messages, server.settings(), NOON + 180);
    assert_eq!(last, Delivery { sent: 1, ..Delivery::default() });
    let to: Vec<_> = server.mails().into_iter().map(|it| it.to).collect();
    assert_eq!(to, [[ADA], [BOB]]);
    // The whole again is nothing new.
    assert_eq!(
        deliver(place.path(), &messages, server.settings(), NOON + 999),
        Delivery::default()
    );
}

#[test]
fn what_is_refused_for_good_is_kept_apart_and_said() {
    for (step, others) in
        [(format!("RCPT TO:<{BOB}>"), 1), ("MAIL FROM".to_owned(), 0), ("BODY".to_owned(), 0)]
    {
        let place = tempfile::tempdir().unwrap();
        let begins = step.clone();
        let server = Server::start(Setup::with(Security::Tls, move |it| {
            if it.starts_with(&begins) {
                Act::Say("550 5.1.1 no\u{1b}[31m such".to_owned())
            } else {
                Act::Go
            }
        }));
        let delivery = deliver(place.path(), &[message(&[ADA, BOB], "a")], server.settings(), NOON);
        let refused = 2 - others;
        assert_eq!(
            (delivery.sent, delivery.waiting, delivery.refused.len()),
            (others, 0, refused),
            "{step}"
        );
        let last = &delivery.refused[refused - 1];
        assert_eq!((&*last.to, last.reason.contains("no such")), (BOB, true), "{last:?}");
        assert!(!delivery.is_done());
        assert_eq!(files(&place.path().join("dead")), refused);
        assert_eq!(files(&place.path().join("spool")), 0);
        assert_eq!(server.mails().len(), others);
    }
}

/// At each step of a transaction, before and after what it does.
#[test]
fn a_connection_that_ends_anywhere_loses_nothing_and_sends_nothing_twice() {
    let steps = ["CONNECT", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "BODY", "QUIT"];
    for (step, act) in steps.into_iter().flat_map(|it| [(it, Act::Drop), (it, Act::DropAfter)]) {
        let place = tempfile::tempdir().unwrap();
        let mut faults = vec![act.clone()];
        let server = Server::start(Setup::with(Security::StartTls, move |it| {
            if it.starts_with(step) { faults.pop().unwrap_or(Act::Go) } else { Act::Go }
        }));
        let messages = [message(&[ADA, BOB], "a")];
        let first = deliver(place.path(), &messages, server.settings(), NOON);
        // The one step in which the server has it, and nobody else can know.
        let is_open = (step, &act) == ("BODY", &Act::DropAfter);
        let is_sent = step == "QUIT";
        assert_eq!(first.sent, if is_sent { 2 } else { 0 }, "{step} {act:?}");
        assert_eq!(
            (first.waiting, first.refused.len()),
            (usize::from(!is_sent), 0),
            "{step} {act:?}"
        );
        let again = deliver(place.path(), &messages, server.settings(), NOON + 3600);
        assert_eq!(again.sent, if is_sent { 0 } else { 2 }, "{step} {act:?}: {again:?}");
        let mails = server.mails();
        assert_eq!(mails.len(), if is_open { 2 } else { 1 }, "{step} {act:?}");
        assert!(mails.iter().all(|it| *it == mails[0]), "the same message, by the same name");
        assert_eq!(
            deliver(place.path(), &messages, server.settings(), NOON + 9999),
            Delivery::default()
        );
    }
}

#[test]
fn one_connection_takes_all_messages_also_after_a_refusal() {
    let place = tempfile::tempdir().unwrap();
    let mut refusals = 1;
    let server = Server::start(Setup::with(Security::Tls, move |step| {
        if step.starts_with("RCPT") && refusals > 0 {
            refusals -= 1;
            return Act::Say("550 no".to_owned());
        }
        Act::Go
    }));
    let messages = ["a", "b", "c"]
        .map(|it| Outgoing { id: format!("{it}@example.org"), ..message(&[ADA], it) });
    let delivery = deliver(place.path(), &messages, server.settings(), NOON);
    assert_eq!((delivery.sent, delivery.refused.len()), (2, 1));
    let count = |verb| server.commands().iter().filter(|it| it.starts_with(verb)).count();
    assert_eq!((count("EHLO"), count("MAIL"), count("RSET")), (1, 3, 1));
}

/// Who can put words before the encryption begins must not have them counted as answers after it.
#[test]
fn an_answer_from_before_the_encryption_is_none() {
    for wants_login in [true, false] {
        let place = tempfile::tempdir().unwrap();
        let script = |step: &str| match step {
            "STARTTLS" => Act::Say("220 go\r\n250 AUTH PLAIN".to_owned()),
            _ => Act::Go,
        };
        let server =
            Server::start(Setup { wants_login, ..Setup::with(Security::StartTls, script) });
        let login = if wants_login { login(USER, PASSWORD) } else { None };
        let settings = SmtpSettings { login, ..server.settings() };
        let delivery = deliver(place.path(), &[message(&[ADA], "a")], settings, NOON);
        assert_eq!((delivery.sent, delivery.waiting), (0, 1), "{delivery:?}");
    }
}

#[test]
fn a_server_that_ends_every_connection_is_left_alone_after_a_few() {
    let place = tempfile::tempdir().unwrap();
    let drops = |step: &str| if step.starts_with("MAIL") { Act::Drop } else { Act::Go };
    let server = Server::start(Setup::with(Security::Tls, drops));
    let name = |it| Outgoing { id: format!("{it}@example.org"), ..message(&[ADA], "a") };
    let messages: Vec<_> = (0..10).map(name).collect();
    let delivery = deliver(place.path(), &messages, server.settings(), NOON);
    assert_eq!((delivery.sent, delivery.waiting), (0, 10));
    assert_eq!(server.commands().iter().filter(|it| it.starts_with("MAIL")).count(), 3);
}
