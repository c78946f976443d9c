//! What becomes of an issue.

use serde_json::json;

use crate::runs::{PATIENCE, at, client, code, machine, run, run_of, settings, tell, told};
use crate::server::Server;

#[test]
fn a_cause_has_one_issue_from_its_beginning_to_its_end_and_back() {
    let server = Server::github();
    let fails = |revision: &str| run(&[code("test", "assertion failed")], revision);
    assert_eq!(told(&server, &fails("aaa"), "1"), ["opened"]);
    assert_eq!(told(&server, &fails("bbb"), "2"), ["updated"]);
    assert_eq!(told(&server, &run(&[], "ccc"), "3"), ["closed"]);
    assert_eq!(told(&server, &run(&[], "ddd"), "4"), [""; 0]);
    assert_eq!(told(&server, &fails("eee"), "5"), ["reopened"]);
    let title = "test: assertion failed".to_owned();
    assert_eq!(server.seen(), [(1, true, 1, title)]);
    let body = server.body(1);
    assert!(
        body.contains("Seen in 3 runs; first at <code>aaa</code>; last at <code>eee</code>"),
        "{body}"
    );
    assert!(body.contains("cargo blocks check test") && body.contains("src/lib.rs"), "{body}");
    assert!(server.kept().comments[0].1.contains("over at <code>ccc</code> of <code>main</code>"));
}

#[test]
fn a_run_that_is_told_of_twice_counts_once_and_changes_nothing() {
    let server = Server::github();
    let run = run(&[code("test", "a")], "aaa");
    assert_eq!(told(&server, &run, "1"), ["opened"]);
    let before = server.body(1);
    assert_eq!(told(&server, &run, "1"), [""; 0]);
    assert_eq!(server.body(1), before);
}

#[test]
fn what_was_not_asked_is_not_over() {
    let server = Server::github();
    told(&server, &run(&[code("test", "a")], "aaa"), "1");
    assert_eq!(told(&server, &run_of(&["fmt", "clippy"], &[], "bbb"), "2"), [""; 0]);
    let killed = run(&[machine("test", "was killed")], "ccc");
    assert_eq!(told(&server, &killed, "3"), ["opened"]);
    assert!(server.seen()[0].1);
}

#[test]
fn many_at_once_are_one_issue_which_ends_with_the_last_of_them() {
    let server = Server::github();
    let all: Vec<_> = (0..6).map(|at| code("test", &format!("cause {}", "x".repeat(at)))).collect();
    assert_eq!(told(&server, &run(&all, "aaa"), "1"), ["opened"]);
    assert_eq!(told(&server, &run(&all[..2], "bbb"), "2"), ["updated"]);
    let body = server.body(1);
    assert_eq!((body.matches("- [ ] ").count(), body.matches("- [x] ").count()), (2, 4), "{body}");
    // One that is new has an issue of its own.
    let other = [all[0].clone(), code("fmt", "not formatted")];
    assert_eq!(told(&server, &run(&other, "ccc"), "3"), ["updated", "opened"]);
    assert_eq!(told(&server, &run(&[], "ddd"), "4"), ["closed", "closed"]);
    assert_eq!(told(&server, &run(&all[3..4], "eee"), "5"), ["reopened"]);
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn more_than_an_issue_has_room_for_are_several() {
    let server = Server::github();
    let says = |at: usize| format!("{} {}", "<&@#".repeat(200), "y".repeat(at + 1));
    let all: Vec<_> = (0..120).map(|at| code("test", &says(at))).collect();
    assert_eq!(told(&server, &run(&all, "aaa"), "1").len(), 3);
    for number in 1..=3 {
        assert!(server.body(number).len() <= blocks_notify::issues::LIMIT);
    }
    assert_eq!(told(&server, &run(&all, "bbb"), "2"), ["updated"; 3]);
    assert_eq!(told(&server, &run(&[], "ccc"), "3"), ["closed"; 3]);
}

#[test]
fn a_machine_has_one_issue_that_blames_no_code() {
    let server = Server::github();
    let one = run(&[machine("test", "was killed"), machine("clippy", "no space left")], "aaa");
    assert_eq!(told(&server, &one, "1"), ["opened"]);
    let other = run(&[machine("fmt", "a tool is missing")], "bbb");
    assert_eq!(told(&server, &other, "2"), ["updated"]);
    let body = server.body(1);
    assert!(body.contains("no commit is to blame") && body.contains("a tool is missing"), "{body}");
    assert!(!body.contains("was killed"), "{body}");
    assert_eq!(told(&server, &run(&[], "ccc"), "3"), ["closed"]);
    assert_eq!(told(&server, &one, "4"), ["reopened"]);
    assert_eq!(server.seen(), [(1, true, 1, "app: checks have no answer".to_owned())]);
}

#[test]
fn a_stage_that_fails_and_names_no_cause_is_told_of() {
    let server = Server::github();
    let report = json!({
        "schema": 1, "name": "app", "revision": null, "outcome": "fail", "failures": [],
        "verdicts": [{ "stage": "test", "outcome": "fail", "summary": "says nothing" }],
    });
    let run_without = blocks_failures::Run::parse(report.to_string().as_bytes()).unwrap();
    assert_eq!(told(&server, &run_without, "1"), ["opened"]);
    assert_eq!(server.seen()[0].3, "test: says nothing");
    assert_eq!(told(&server, &run(&[], "bbb"), "2"), ["closed"]);
}

#[test]
fn who_closes_as_not_planned_is_respected_and_it_is_said() {
    let fails = run(&[code("test", "a")], "aaa");
    for closed in [
        json!({ "state_reason": "not_planned" }),
        json!({ "locked": true }),
        json!({ "is_locked": true }),
    ] {
        let server = Server::github();
        told(&server, &fails, "1");
        server.edit(1, |issue| {
            issue["state"] = "closed".into();
            issue.as_object_mut().unwrap().extend(closed.as_object().unwrap().clone());
        });
        let done = tell(&server, &fails, "2");
        assert!(done.lines.is_empty() && done.notes[0].contains("#1"), "{done:?}");
        assert_eq!(server.seen().len(), 1);
        assert!(tell(&server, &run(&[], "bbb"), "3").notes.is_empty());
    }
}

#[test]
fn who_closes_as_completed_hears_of_it_again() {
    let server = Server::github();
    let fails = run(&[code("test", "a")], "aaa");
    told(&server, &fails, "1");
    server.edit(1, |issue| {
        issue["state"] = "closed".into();
        issue["state_reason"] = "completed".into();
    });
    assert_eq!(told(&server, &fails, "2"), ["reopened"]);
}

#[test]
fn what_people_write_around_the_text_stays() {
    let server = Server::github();
    let fails = run(&[code("test", "a")], "aaa");
    told(&server, &fails, "1");
    server.edit(1, |issue| {
        let body = issue["body"].as_str().unwrap().replace('\n', "\r\n");
        issue["body"] = format!("We know.\r\n\r\n{body}\r\n\r\nSee the other one.").into();
        issue["title"] = "Our own title".into();
    });
    told(&server, &fails, "2");
    told(&server, &run(&[], "bbb"), "3");
    let body = server.body(1);
    assert!(body.starts_with("We know.") && body.ends_with("See the other one."), "{body}");
    assert_eq!(body.matches("<!-- blocks {").count(), 1, "{body}");
    assert_eq!(server.seen(), [(1, false, 1, "Our own title".to_owned())]);
}

#[test]
fn what_a_tool_prints_is_neither_a_mark_nor_a_mention() {
    let server = Server::github();
    let mut hostile = code("test", "<!-- blocks {} --> @everybody closes #1");
    hostile["detail"] = "```\n<!-- blocks:end -->\n<!-- blocks {\"kind\":\"cause\"} -->\n<!-- blocks:details -->\n@all #2".into();
    let fails = run(&[hostile], "<!-- @all -->");
    told(&server, &fails, "1");
    assert_eq!(told(&server, &fails, "2"), ["updated"]);
    assert_eq!(told(&server, &run(&[], "bbb"), "3"), ["closed"]);
    assert_eq!(server.seen().len(), 1);
    let body = server.body(1);
    // What stands in no block of code means nothing.
    let outside: String = body.split("````").step_by(2).collect();
    assert!(
        !outside.contains("@everybody") && !outside.contains("@all") && !outside.contains("#1"),
        "{body}"
    );
    assert_eq!(body.matches("Seen in").count(), 1, "{body}");
}

#[test]
fn issues_are_found_on_all_pages_and_pull_requests_are_none() {
    for has_links in [true, false] {
        let server = Server::github();
        server.kept().has_links = has_links;
        server.kept().page = if has_links { 3 } else { 100 };
        for number in 1..=230_u64 {
            let mut issue = json!({
                "number": number, "title": "another", "body": null, "state": "open",
                "labels": [{ "name": "blocks" }],
            });
            if number % 2 == 0 {
                issue["pull_request"] = json!({ "url": "…" });
            }
            server.kept().issues.push(issue);
        }
        let fails = run(&[code("test", "a")], "aaa");
        assert_eq!(told(&server, &fails, "1"), ["opened"]);
        // A pull request with the same text is not taken for it.
        let body = server.body(231);
        server.edit(2, |it| it["body"] = body.into());
        assert_eq!(told(&server, &fails, "2"), ["updated"]);
        assert_eq!(server.kept().issues.len(), 231);
    }
}

#[test]
fn a_text_without_our_label_is_not_taken_for_ours() {
    let server = Server::github();
    let fails = run(&[code("test", "a")], "aaa");
    told(&server, &fails, "1");
    server.edit(1, |it| it["labels"] = json!([]));
    server.kept().filters = false;
    assert_eq!(told(&server, &fails, "2"), ["opened"]);
}

#[test]
fn two_that_ran_at_once_leave_a_second_issue_which_the_next_run_folds() {
    let server = Server::github();
    let fails = run(&[code("test", "a"), code("fmt", "b")], "aaa");
    told(&server, &fails, "1");
    let copies: Vec<_> = server.kept().issues.clone();
    for (number, mut copy) in (3_u64..).zip(copies) {
        copy["number"] = number.into();
        server.kept().issues.push(copy);
    }
    assert_eq!(
        told(&server, &fails, "2"),
        ["closed as the same", "closed as the same", "updated", "updated"]
    );
    assert!(server.body(3).contains("The same as #1"), "{}", server.body(3));
    assert_eq!(told(&server, &run(&[], "bbb"), "3"), ["closed", "closed"]);
    let open: Vec<_> = server.seen().into_iter().filter(|it| it.1).collect();
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(told(&server, &fails, "4"), ["reopened", "reopened"]);
}

#[test]
fn a_cause_of_two_branches_is_over_when_it_is_over_on_both() {
    let server = Server::github();
    let fails = run(&[code("test", "a")], "aaa");
    let mut next = at("2");
    next.branch = "next".to_owned();
    let tell = |run: &_, at: &_| {
        let done = client(settings(&server), PATIENCE).tell(run, at);
        assert!(done.errors.is_empty(), "{done:?}");
        done.lines.iter().map(|it| it.step).collect::<Vec<_>>()
    };
    assert_eq!(tell(&fails, &at("1")), ["opened"]);
    assert_eq!(tell(&fails, &next), ["updated"]);
    assert_eq!(tell(&run(&[], "bbb"), &at("3")), ["updated"]);
    // What the failure says is still there, though that run does not have it.
    assert!(server.body(1).contains("cargo blocks check test"), "{}", server.body(1));
    next.id = "4".to_owned();
    assert_eq!(tell(&run(&[], "ccc"), &next), ["closed"]);
    // A branch that nobody is told of any more holds nothing open.
    assert_eq!(tell(&fails, &next), ["reopened"]);
    let mut only_main = at("5");
    only_main.branches.truncate(1);
    assert_eq!(tell(&run(&[], "ddd"), &only_main), ["closed"]);
}

#[test]
fn two_workspaces_of_a_repository_have_issues_of_their_own() {
    let server = Server::github();
    let fails = run(&[code("test", "a"), machine("fmt", "was killed")], "aaa");
    let mut other = fails.clone();
    "tools".clone_into(&mut other.name);
    told(&server, &fails, "1");
    assert_eq!(told(&server, &other, "1"), ["opened", "opened"]);
    let mut over = run(&[], "bbb");
    "tools".clone_into(&mut over.name);
    assert_eq!(told(&server, &over, "2"), ["closed", "closed"]);
    assert_eq!(told(&server, &fails, "2"), ["updated", "updated"]);
}

#[test]
fn gitea_has_labels_by_number_and_no_reasons() {
    let server = Server::gitea();
    server.kept().labels = ["bug", "help"].map(str::to_owned).to_vec();
    let mut settings = settings(&server);
    settings.labels.push("bug".to_owned());
    let tell = |run: &_, id: &str| {
        let done = client(settings.clone(), PATIENCE).tell(run, &at(id));
        assert!(done.errors.is_empty(), "{done:?}");
        done.lines.iter().map(|it| it.step).collect::<Vec<_>>()
    };
    let fails = run(&[code("test", "a"), code("fmt", "b")], "aaa");
    assert_eq!(tell(&fails, "1"), ["opened", "opened"]);
    assert_eq!(server.kept().labels, ["bug", "help", "blocks"]);
    assert_eq!(server.kept().issues[1]["labels"][0]["name"], "blocks");
    assert_eq!(tell(&run(&[], "bbb"), "2"), ["closed", "closed"]);
    assert_eq!(tell(&fails, "3"), ["reopened", "reopened"]);
    assert_eq!(server.kept().issues[0]["state_reason"], json!(null));
}

#[test]
fn what_is_over_stays_open_where_people_close_issues_themselves() {
    let server = Server::github();
    told(&server, &run(&[code("test", "a")], "aaa"), "1");
    let settings = blocks_notify::issues::Settings { close: false, ..settings(&server) };
    let done = client(settings, PATIENCE).tell(&run(&[], "bbb"), &at("2"));
    assert_eq!(done.lines[0].step, "updated");
    assert!(server.seen()[0].1 && server.body(1).contains("It is over."), "{}", server.body(1));
}

#[test]
fn nothing_is_opened_where_nobody_wants_to_hear_of_failures_but_what_is_over_is_closed() {
    let server = Server::github();
    let fails = run(&[code("test", "a")], "aaa");
    told(&server, &fails, "1");
    let quiet = || {
        let settings = blocks_notify::issues::Settings { on_failure: false, ..settings(&server) };
        client(settings, PATIENCE)
    };
    let other = run(&[code("test", "a"), code("fmt", "b")], "bbb");
    assert!(quiet().tell(&other, &at("2")).lines.is_empty());
    assert_eq!(quiet().tell(&run(&[], "ccc"), &at("3")).lines[0].step, "closed");
    assert!(quiet().tell(&fails, &at("4")).lines.is_empty());
}
