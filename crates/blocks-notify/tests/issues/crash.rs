//! Whatever the end of a start was, the next one comes to what one alone comes to.

use blocks_failures::Run;

use crate::runs::{ONCE, PATIENCE, at, client, code, machine, run, settings, told};
use crate::server::{Fault, Server};

/// A server where something of each kind is to be done next: an issue to close, one to open again, one to update, two that are
/// the same.
fn before(gitea: bool) -> Server {
    let server = if gitea { Server::gitea() } else { Server::github() };
    let [a, b, c] = [code("test", "ends"), code("fmt", "comes back"), code("clippy", "stays")];
    told(&server, &run(&[a.clone(), b, c.clone()], "aaa"), "1");
    told(&server, &run(&[a, c], "bbb"), "2");
    let mut copy = server.kept().issues[2].clone();
    copy["number"] = 4.into();
    server.kept().issues.push(copy);
    server
}

fn next() -> Run {
    let causes = [
        code("fmt", "comes back"),
        code("clippy", "stays"),
        code("clippy", "is new"),
        code("fmt", "is new, too"),
        machine("docs", "was killed"),
    ];
    crate::runs::run_of(&["fmt", "clippy", "test", "docs"], &causes, "ccc")
}

/// What a start that is not disturbed comes to, and how many calls it makes.
fn undisturbed(gitea: bool) -> (Vec<(u64, bool, usize, String)>, usize) {
    let server = before(gitea);
    server.clear();
    told(&server, &next(), "3");
    let calls = server.kept().calls.len();
    (server.seen(), calls)
}

fn sorted(mut seen: Vec<(u64, bool, usize, String)>) -> Vec<(u64, bool, usize, String)> {
    seen.sort();
    seen
}

#[test]
fn a_start_that_ends_at_any_call_and_another_leave_what_one_alone_leaves() {
    for gitea in [false, true] {
        let (expected, calls) = undisturbed(gitea);
        assert!(calls >= 10, "{calls}");
        for last in 1..=calls {
            // The call was done or not when the program ended; no later one comes.
            for is_done in [true, false] {
                let server = before(gitea);
                server.script(move |at, _, _| match at {
                    _ if at < last => None,
                    _ if at == last && is_done => Some(Fault::Unanswered),
                    _ => Some(Fault::Lost),
                });
                let killed = client(settings(&server), ONCE).tell(&next(), &at("3"));
                assert!(!killed.errors.is_empty(), "{last} of {calls}");
                server.clear();
                told(&server, &next(), "3");
                assert_eq!(
                    sorted(server.seen()),
                    expected,
                    "call {last} of {calls}, done: {is_done}"
                );
                server.clear();
                assert_eq!(
                    told(&server, &next(), "3"),
                    [""; 0],
                    "call {last} of {calls}, done: {is_done}"
                );
            }
        }
    }
}

#[test]
fn a_call_that_is_lost_on_the_way_is_made_up_for_by_the_same_start() {
    let (expected, calls) = undisturbed(false);
    for lost in 1..=calls {
        for fault in [
            Fault::Lost,
            Fault::Unanswered,
            Fault::Status(500, Vec::new(), "x".to_owned()),
            Fault::Status(504, Vec::new(), String::new()),
        ] {
            let server = before(false);
            let (shown, own) = (format!("call {lost}: {fault:?}"), fault);
            server.script(move |at, _, _| (at == lost).then(|| own.clone()));
            let done = client(settings(&server), PATIENCE).tell(&next(), &at("3"));
            assert!(done.errors.is_empty(), "{shown}: {done:?}");
            assert_eq!(sorted(server.seen()), expected, "{shown}");
            // Each is told, also where its answer was lost.
            assert_eq!(done.lines.len(), 7, "{shown}: {:?}", done.lines);
        }
    }
}
