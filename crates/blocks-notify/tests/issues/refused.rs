//! What a server does not do, and what is said of it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use blocks_notify::issues::{IssuesError, Patience, Token};

use crate::runs::{PATIENCE, at, client, code, run, settings, tell, told};
use crate::server::{Fault, Server, TOKEN};

fn status(status: u16, message: &str) -> Fault {
    Fault::Status(status, Vec::new(), message.to_owned())
}

#[test]
fn a_limit_of_calls_is_waited_for_as_long_as_the_server_asks() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let faults = [
        (403, vec![("retry-after", "0".to_owned())], "You have exceeded a secondary rate limit."),
        (429, vec![("retry-after", "1".to_owned())], "Too many requests"),
        (
            403,
            vec![("x-ratelimit-remaining", "0".to_owned()), ("x-ratelimit-reset", now.to_string())],
            "Forbidden for now",
        ),
        (403, vec![], "You have exceeded a secondary rate limit."),
        (503, vec![("retry-after", "0".to_owned())], "Later"),
        (502, vec![], "Bad gateway"),
    ];
    for (status, headers, message) in faults {
        let server = Server::github();
        let fails = run(&[code("test", "a"), code("fmt", "b")], "aaa");
        let (fault, message) = (headers.clone(), message.to_owned());
        // Each third call is refused.
        server.script(move |at, _, _| {
            (at % 3 == 1).then(|| Fault::Status(status, fault.clone(), message.clone()))
        });
        assert_eq!(told(&server, &fails, "1").len(), 2, "{status} {headers:?}");
        assert_eq!(server.seen().len(), 2, "{status} {headers:?}");
    }
}

#[test]
fn a_limit_that_lasts_too_long_is_said_and_not_waited_for() {
    let server = Server::github();
    server.script(|_, _, _| {
        Some(Fault::Status(429, vec![("retry-after", "3600".to_owned())], "slow down".to_owned()))
    });
    let done = tell(&server, &run(&[code("test", "a")], "aaa"), "1");
    let said = done.errors[0].to_string();
    assert!(said.contains("asks to wait 3600 seconds") && said.contains("the next run"), "{said}");
    assert_eq!(server.kept().calls.len(), 1);
}

#[test]
fn a_refusal_says_what_to_do() {
    for (status_, message, part) in [
        (401, "Bad credentials", "give one that is valid in BLOCKS_GITHUB_TOKEN"),
        (403, "Resource not accessible by integration", "permissions: issues: write"),
        (404, "Not Found", "look at issues.repository"),
        (410, "Issues has been disabled", "switch them on"),
        (301, "Moved Permanently", "name where it is in issues.repository"),
        (422, "Validation Failed", "does not let us open issues of owner/name"),
    ] {
        let server = Server::github();
        server.script(move |_, method, _| (method == "POST").then(|| status(status_, message)));
        let done = tell(&server, &run(&[code("test", "a")], "aaa"), "1");
        let said = done.errors[0].to_string();
        assert!(said.contains(part) && said.contains(&format!("{status_}: {message}")), "{said}");
        assert!(server.seen().is_empty());
    }
}

#[test]
fn one_that_is_refused_keeps_no_other_from_being_told() {
    let server = Server::github();
    told(&server, &run(&[code("test", "a"), code("test", "b")], "aaa"), "1");
    server.script(|_, method, path| {
        (method == "PATCH" && path.ends_with("/1")).then(|| status(422, "Validation Failed"))
    });
    let done =
        tell(&server, &run(&[code("test", "a"), code("test", "b"), code("fmt", "c")], "bbb"), "2");
    let lines: Vec<_> = done.lines.iter().map(|it| it.step).collect();
    assert_eq!((lines, done.errors.len()), (vec!["updated", "opened"], 1));
}

#[test]
fn a_server_that_has_a_fault_for_good_is_given_up() {
    for fault in [Fault::Lost, status(500, "x"), status(503, "x")] {
        let server = Server::github();
        let shown = format!("{fault:?}");
        server.script(move |_, _, _| Some(fault.clone()));
        let done = tell(&server, &run(&[code("test", "a")], "aaa"), "1");
        assert!(
            matches!(done.errors[0], IssuesError::Unreachable { tries: 4, .. }),
            "{shown}: {done:?}"
        );
        assert_eq!(server.kept().calls.len(), 4);
    }
}

#[test]
fn an_answer_that_is_not_documented_is_no_list_of_issues() {
    let server = Server::github();
    server.script(|_, _, _| Some(status(200, "welcome to the portal of this network")));
    let done = tell(&server, &run(&[code("test", "a")], "aaa"), "1");
    assert!(matches!(done.errors[0], IssuesError::NotUnderstood { .. }), "{done:?}");
    assert!(server.kept().calls.len() == 1);
}

#[test]
fn a_label_that_the_server_drops_is_set_or_said() {
    let server = Server::github();
    server.script(|_, method, path| match (method, path.ends_with("/labels")) {
        ("POST", true) => Some(status(403, "Must have push access")),
        ("POST", false) => Some(Fault::Unlabelled),
        _ => None,
    });
    let done = tell(&server, &run(&[code("test", "a"), code("fmt", "b")], "aaa"), "1");
    assert!(done.errors[0].to_string().contains("may not label issues of owner/name"), "{done:?}");
    // One that nobody would find again is not left open, and no further one is made.
    let seen: Vec<_> = server.seen().into_iter().map(|it| it.1).collect();
    assert_eq!(seen, [false]);
}

#[test]
fn the_token_is_in_no_text_of_ours() {
    let server = Server::github();
    let mut texts = Vec::new();
    for code_ in [401, 403, 404, 410, 422, 429, 500, 301] {
        server.script(move |_, _, _| Some(status(code_, &format!("you sent Bearer {TOKEN}"))));
        let patience = Patience { tries: 2, whole: Duration::ZERO, ..PATIENCE };
        let client = client(settings(&server), patience);
        let fails = run(&[code("test", "a")], "aaa");
        texts.push(format!("{:?}", client.tell(&fails, &at("1"))));
        let error = client.plan(&fails, &at("1")).unwrap_err();
        texts.push(format!("{error} {error:?}"));
    }
    texts.push(format!("{:?}", Token::new(TOKEN)));
    server.clear();
    texts.push(format!(
        "{:?}",
        client(settings(&server), PATIENCE).plan(&run(&[code("test", "a")], "a"), &at("1"))
    ));
    for text in texts {
        assert!(!text.contains(TOKEN), "{text}");
    }
    // It was sent.
    assert!(Token::new(&format!(" {TOKEN}\n")).is_some() && Token::new("a\r\nb").is_none());
}

#[test]
fn a_plan_changes_nothing() {
    let server = Server::github();
    told(&server, &run(&[code("test", "a")], "aaa"), "1");
    server.clear();
    let plan = client(settings(&server), PATIENCE)
        .plan(&run(&[code("fmt", "b")], "bbb"), &at("2"))
        .unwrap();
    assert_eq!(plan.actions.len(), 2);
    assert!(server.kept().calls.iter().all(|(method, _)| method == "GET"));
}

#[test]
fn a_next_page_elsewhere_is_not_asked_for_with_our_token() {
    let server = Server::github();
    let other = Server::github();
    let next = format!("{}/repos/owner/name/issues?page=2", other.url);
    server.script(move |at, _, _| (at == 1).then(|| Fault::Next(next.clone())));
    told(&server, &run(&[], "aaa"), "1");
    // By its number it is asked for where the first one was.
    assert!(server.kept().calls[1].1.contains("page=2"));
    assert!(other.kept().calls.is_empty());
}
