//! Real cargo publishes to a registry of this machine, and is interrupted in each way.

use std::{
    cell::RefCell,
    time::{Duration, SystemTime},
};

use blocks_registry::{Member, PublishError, Step, There};

use crate::server::{Fault, TOKEN};
use crate::workspace::{NAME, Workspace};

/// Plans and publishes; what was told of each member.
fn publish(workspace: &Workspace) -> Result<Vec<(String, Step)>, PublishError> {
    let client = workspace.client();
    let publisher = workspace.publisher(&client);
    let planned = publisher.plan(workspace.members())?;
    let told = RefCell::new(Vec::new());
    let tell = |member: &Member, step| told.borrow_mut().push((member.name.clone(), step));
    publisher.publish(&planned, &tell)?;
    Ok(told.into_inner())
}

fn of(told: &[(String, Step)], name: &str) -> Vec<Step> {
    told.iter().filter(|(of, _)| of == name).map(|(_, step)| *step).collect()
}

const NEW: [Step; 3] = [Step::Sends, Step::Waits, Step::There];

#[test]
fn members_are_published_each_behind_what_it_needs_and_once() {
    let workspace = Workspace::new();
    let client = workspace.client();
    let planned = workspace.publisher(&client).plan(workspace.members()).unwrap();
    assert!(planned.iter().all(|it| it.there == There::Nothing));
    assert!(workspace.server.kept().published.is_empty(), "a plan sends nothing");
    let told = publish(&workspace).unwrap();
    assert_eq!(workspace.server.kept().published, ["one", "two", "three"]);
    assert!(["one", "two", "three"].iter().all(|name| of(&told, name) == NEW), "{told:?}");
    // What cargo sent is what was packed before anything was sent.
    let kept = workspace.server.kept();
    for one in planned {
        let key = (one.member.name.clone(), "0.1.0".to_owned());
        assert_eq!(blocks_registry::sha256(&kept.archives[&key]), one.sha256);
    }
    drop(kept);
    let again = publish(&workspace).unwrap();
    assert!(again.iter().all(|(_, step)| *step == Step::Kept), "{again:?}");
    assert_eq!(workspace.server.kept().published.len(), 3);
}

#[test]
fn what_fails_in_the_middle_goes_on_from_there() {
    let workspace = Workspace::new();
    let mut count = 0;
    workspace.server.script(move |method, _| {
        count += u32::from(method == "PUT");
        (method == "PUT" && count == 2).then(|| Fault::status(500))
    });
    let error = publish(&workspace).unwrap_err();
    let said = error.to_string();
    assert!(matches!(error, PublishError::NotTaken { done: 1, all: 3, .. }), "{said}");
    assert!(said.contains("two@0.1.0") && !said.contains('\u{1b}'), "{said}");
    assert!(!said.contains(TOKEN), "{said}");
    workspace.server.script(|_, _| None);
    let told = publish(&workspace).unwrap();
    assert_eq!(of(&told, "one"), [Step::Kept]);
    assert_eq!(of(&told, "three"), NEW);
    assert_eq!(workspace.server.kept().published, ["one", "two", "three"]);
}

/// The answer of a registry that takes no more before a time from now.
fn busy(seconds: u64) -> Fault {
    let until = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(seconds));
    let detail = format!(
        "You have published too many new crates. Please try again after {until} or write to us."
    );
    let body = serde_json::json!({ "errors": [{ "detail": detail }] }).to_string();
    Fault::Answer(429, String::new(), body.into_bytes())
}

#[test]
fn a_registry_that_takes_no_more_is_left_alone_until_it_does() {
    let workspace = Workspace::new();
    let mut count = 0;
    workspace.server.script(move |method, _| {
        count += u32::from(method == "PUT");
        (method == "PUT" && count == 2).then(|| busy(1))
    });
    let told = publish(&workspace).unwrap();
    let two = of(&told, "two");
    assert!(
        matches!(two[..], [Step::Sends, Step::Limited(_), Step::Sends, Step::Waits, Step::There]),
        "{two:?}"
    );
    assert_eq!(workspace.server.kept().published, ["one", "two", "three"]);
}

#[test]
fn who_would_have_to_wait_for_a_day_is_told_so() {
    let workspace = Workspace::new();
    workspace.server.script(|method, _| (method == "PUT").then(|| busy(86_400)));
    let error = publish(&workspace).unwrap_err();
    let said = error.to_string();
    assert!(matches!(error, PublishError::NotTaken { done: 0, all: 3, .. }), "{said}");
    assert!(said.contains("Please try again after"), "{said}");
}

#[test]
fn an_answer_that_is_lost_is_no_failure_where_the_archive_arrived() {
    let workspace = Workspace::new();
    let mut left = 1;
    workspace.server.script(move |method, _| {
        let is_first = method == "PUT" && left > 0;
        left -= i32::from(is_first);
        is_first.then_some(Fault::Unanswered)
    });
    let told = publish(&workspace).unwrap();
    assert!(of(&told, "one").contains(&Step::There), "{told:?}");
    assert_eq!(workspace.server.kept().published, ["one", "two", "three"]);
}

#[test]
fn an_index_that_lags_is_waited_for() {
    let workspace = Workspace::new();
    workspace.server.kept().lag.extend([("one".to_owned(), 3), ("two".to_owned(), 2)]);
    publish(&workspace).unwrap();
    assert_eq!(workspace.server.kept().published, ["one", "two", "three"]);
    assert!(workspace.server.kept().lag.values().all(|left| *left == 0));
}

#[test]
fn what_was_sent_and_is_not_shown_yet_is_not_sent_again() {
    let workspace = Workspace::new();
    let root = workspace.cargo.folder.clone();
    publish(&workspace).unwrap();
    assert!(root.join("publish.json").is_file());
    // As after a run that was killed behind the sending: the plan sees nothing, and a later look does.
    workspace.server.kept().lag.insert("three".to_owned(), 3);
    let told = publish(&workspace).unwrap();
    assert_eq!(of(&told, "two"), [Step::Kept]);
    assert_eq!(of(&told, "three"), [Step::Awaits, Step::There]);
    assert_eq!(workspace.server.kept().published.len(), 3);
}

#[test]
fn another_archive_of_a_version_is_an_error_before_anything_is_sent() {
    let workspace = Workspace::new();
    workspace.server.put("three", "0.1.0", b"another");
    let error = publish(&workspace).unwrap_err();
    let theirs = blocks_registry::sha256(b"another");
    assert!(matches!(error, PublishError::Other { .. }), "{error}");
    assert!(error.to_string().contains(&theirs), "{error}");
    assert!(workspace.server.kept().published.is_empty());
}

#[test]
fn what_is_yanked_is_not_taken_for_published() {
    let workspace = Workspace::new();
    publish(&workspace).unwrap();
    workspace.server.kept().index.get_mut("two").unwrap()[0]["yanked"] = true.into();
    assert!(matches!(publish(&workspace).unwrap_err(), PublishError::Yanked(_)));
}

#[test]
fn cargo_says_where_a_registry_is() {
    let workspace = Workspace::new();
    assert_eq!(workspace.cargo.index(NAME).unwrap(), workspace.server.index());
    let error = workspace.cargo.index("unheard-of").unwrap_err();
    assert!(error.to_string().contains("unheard-of"), "{error}");
    // Whatever its host is: no project has to know.
    let own = workspace.cargo.index(blocks_registry::DEFAULT_REGISTRY).unwrap();
    assert!(own.starts_with("sparse+https://") && own.ends_with('/'), "{own}");
}
