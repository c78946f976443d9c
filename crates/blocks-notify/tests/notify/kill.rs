//! A run that is killed, at each step, by the system.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{env, fs};

use blocks_notify::{
    Couriers, Folder, Login, Outgoing, Recipients, Security, Sender, Smtp, SmtpSettings, Spool,
    State, Telling, plan, tell,
};

use crate::fixture::{FAILURES, NOON, SCENE, failure, run};
use crate::server::{Act, PASSWORD, Received, Server, Setup, USER};

/// What a child is told to do: the folder, the port, and the file of the authority.
const CHILD: &str = "BLOCKS_TEST_CHILD";

fn broken() -> blocks_failures::Run {
    run(&[], &[failure(1, "test", "test-failed", "a breaks")])
}

fn recipients() -> Recipients {
    let always = vec!["ada@example.org".to_owned(), "bob@example.com".to_owned()];
    Recipients { always, ..Recipients::default() }
}

fn telling<'a>(
    run: &'a blocks_failures::Run,
    sender: &'a Sender,
    to: &'a Recipients,
) -> Telling<'a> {
    Telling {
        run,
        scene: SCENE,
        told: FAILURES,
        mail: Some((sender, to)),
        webhook: None,
        now: NOON,
    }
}

fn told(place: &Path, settings: SmtpSettings) -> blocks_notify::Delivery {
    let (run, to, sender) = (broken(), recipients(), Sender::parse("checks@example.org").unwrap());
    let folder = Folder::open(place).unwrap();
    let mut smtp = Smtp::new(settings).unwrap();
    let mut couriers = Couriers { mail: Some(&mut smtp), webhook: None };
    tell(&folder, &telling(&run, &sender, &to), &mut couriers).unwrap().1
}

/// Does nothing by itself: the test below starts it as a process that can be killed.
#[test]
fn a_child_tells() {
    let Ok(text) = env::var(CHILD) else {
        return;
    };
    let words: Vec<&str> = text.split('|').collect();
    let variable = |name: &str| Some(if name == Login::USER { USER } else { PASSWORD }.to_owned());
    let settings = SmtpSettings {
        host: "localhost".to_owned(),
        port: words[1].parse().ok(),
        security: Security::StartTls,
        login: Login::from_environment(variable).unwrap(),
        certificates: Some(PathBuf::from(words[2])),
        timeout: SmtpSettings::TIMEOUT,
    };
    told(Path::new(words[0]), settings);
}

fn start(place: &Path, server: &Server) -> Child {
    let text = format!("{}|{}|{}", place.display(), server.port, server.authority().display());
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "kill::a_child_tells"])
        .env(CHILD, text)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap()
}

/// The server kills the client when it is asked for a step; then a second run comes.
#[test]
fn a_run_that_is_killed_at_any_step_tells_once_all_the_same() {
    let steps = ["CONNECT", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "BODY", "QUIT"];
    for (step, is_done) in steps.into_iter().flat_map(|it| [(it, false), (it, true)]) {
        let place = tempfile::tempdir().unwrap();
        let child: Arc<Mutex<Option<Child>>> = Arc::default();
        let to_kill = Arc::clone(&child);
        let server = Server::start(Setup::with(Security::StartTls, move |it| {
            if it.starts_with(step)
                && let Some(mut child) = to_kill.lock().unwrap().take()
            {
                child.kill().unwrap();
                child.wait().unwrap();
                return if is_done { Act::DropAfter } else { Act::Drop };
            }
            Act::Go
        }));
        let mut held = child.lock().unwrap();
        *held = Some(start(place.path(), &server));
        drop(held);
        let state = || child.lock().unwrap().as_mut().map(|it| it.try_wait().unwrap());
        while let Some(ended) = state() {
            assert_eq!(ended, None, "it ended before {step}");
            std::thread::sleep(Duration::from_millis(1));
        }
        let delivery = told(place.path(), server.settings());
        assert_eq!(delivery.waiting, 0, "{step} {is_done}: {delivery:?}");
        let mails: Vec<Received> = server.mails();
        // The one step in which the server has it, and nobody else can know.
        let expected = if (step, is_done) == ("BODY", true) { 2 } else { 1 };
        assert_eq!(mails.len(), expected, "{step} {is_done}");
        assert!(mails.iter().all(|it| *it == mails[0]));
        assert_eq!(told(place.path(), server.settings()), blocks_notify::Delivery::default());
    }
}

/// Between two writes of files there is no step of a server to be killed at, so each is done alone, and then a run comes.
#[test]
fn a_run_that_ends_between_two_files_tells_once_all_the_same() {
    let (run, to, sender) = (broken(), recipients(), Sender::parse("checks@example.org").unwrap());
    for files in 0..5 {
        let place = tempfile::tempdir().unwrap();
        let server = Server::start(Setup::of(Security::Tls));
        let folder = Folder::open(place.path()).unwrap();
        let mut state = State::load(&folder).unwrap();
        plan(&mut state, &telling(&run, &sender, &to));
        let message: Outgoing = state.outbox()[0].clone();
        if files > 0 {
            state.save(&folder).unwrap();
        }
        if files > 1 {
            Spool::open(&folder).unwrap().add(&message).unwrap();
        }
        if files > 2 {
            state.clear_outbox();
            state.save(&folder).unwrap();
        }
        let spooled = place.path().join("spool");
        let file =
            fs::read_dir(&spooled).ok().and_then(|mut it| it.next()).map(|it| it.unwrap().path());
        drop(folder);
        if let (true, Some(file)) = (files > 3, &file) {
            // What was sent is noted, and the message is not removed yet.
            let text = fs::read(file).unwrap();
            assert_eq!(told(place.path(), server.settings()).sent, 2);
            fs::write(file, text).unwrap();
        }
        told(place.path(), server.settings());
        assert_eq!(server.mails().len(), 1, "after {files} files");
        assert_eq!(fs::read_dir(&spooled).unwrap().count(), 0, "after {files} files");
        assert_eq!(told(place.path(), server.settings()), blocks_notify::Delivery::default());
    }
}

/// What a run wrote in part is beside the file that it is to replace, or at the end of the list of what was sent.
#[test]
fn what_is_written_in_part_is_none() {
    let place = tempfile::tempdir().unwrap();
    let server = Server::start(Setup::of(Security::Tls));
    fs::create_dir_all(place.path().join("spool")).unwrap();
    fs::write(place.path().join("state.new"), "{\"schema").unwrap();
    fs::write(place.path().join("spool/1-2.new"), "{\"id").unwrap();
    fs::write(
        place.path().join("sent.jsonl"),
        "{\"id\":\"a@b\",\"to\":\"c@d\",\"at\":1}\n{\"id\":\"a@",
    )
    .unwrap();
    assert_eq!(told(place.path(), server.settings()).sent, 2);
    let sent = fs::read_to_string(place.path().join("sent.jsonl")).unwrap();
    assert_eq!(sent.lines().count(), 3, "{sent}");
}

#[test]
fn a_message_that_is_damaged_keeps_no_other_back_and_is_said() {
    let place = tempfile::tempdir().unwrap();
    let server = Server::start(Setup::of(Security::Tls));
    fs::create_dir_all(place.path().join("spool")).unwrap();
    let file = place.path().join("spool/000000000001-0.json");
    fs::write(&file, "{\"id").unwrap();
    let delivery = told(place.path(), server.settings());
    assert_eq!((delivery.sent, delivery.waiting), (2, 1));
    assert!(delivery.problems[0].contains("is damaged"), "{:?}", delivery.problems);
    assert_eq!(fs::read_to_string(&file).unwrap(), "{\"id");
}
