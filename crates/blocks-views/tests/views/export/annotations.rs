use std::collections::BTreeMap;

use blocks_evidence::printable;
use blocks_gates::{Cause, Code, Outcome, Verdict};
use blocks_views::annotations;
use proptest::prelude::*;

use crate::fixture::{cause, hostile, run, verdict};
use crate::hostile_run;

const MORE: &str = "see the report";

/// A command as the runner reads it: `::name key=value,…::message`.
struct Command {
    name: String,
    properties: BTreeMap<String, String>,
    message: String,
}

/// Reads what the runner would: of each line that begins with two colons the command, else a line of the log.
fn read(text: &str) -> Vec<Command> {
    let unescape = |text: &str| {
        let text = text.replace("%0D", "\r").replace("%0A", "\n");
        text.replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
    };
    let command = |line: &str| {
        let rest = line.strip_prefix("::").expect("a command");
        let (head, message) = rest.split_once("::").expect("its end");
        let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
        let property = |pair: &str| {
            let (key, value) = pair.split_once('=').expect("a value");
            (key.to_owned(), unescape(value))
        };
        Command {
            name: name.to_owned(),
            properties: properties.split(',').map(property).collect(),
            message: unescape(message),
        }
    };
    text.lines().map(command).collect()
}

fn at(line: u32, code: Code, message: &str) -> Cause {
    Cause { file: Some("src/lib.rs".to_owned()), line: Some(line), ..cause(code, message) }
}

#[test]
fn causes_are_errors_and_what_is_not_known_is_a_warning() {
    insta::assert_snapshot!(annotations(&run(), "", MORE), @r"
    ::error file=crates/a/src/lib.rs,line=12,title=test%3A test-failed::a adds: assertion `left == right` failed%0A  left: 1%0A right: 2%0A%0Aat a%0Aat b%0A%0Acargo nextest run -p a -E 'test(=adds)'
    ::error file=crates/b/src/main.rs,title=test%3A test-failed::b starts: exit status 1%0Ano such file
    ::error title=test%3A test-failed::c
    ::error title=test%3A test-failed::d
    ::warning title=docs/café-中%3A record-absent::there is no record of stage `docs`
    ::notice title=blocks::6 more are not shown here: see the report
    ");
}

#[test]
fn there_are_as_many_as_the_runner_keeps_and_tests_come_first() {
    let mut causes: Vec<_> = (1..30).map(|line| at(line, Code::Lint, "a lint")).collect();
    causes.push(at(40, Code::TestFailed, "a test"));
    let failed = Verdict { causes, ..verdict("clippy", Outcome::Fail, "") };
    let unknown: Vec<_> = (0..12).map(|_| verdict("docs", Outcome::NoVerdict, "why")).collect();
    let read = read(&annotations(&[vec![failed], unknown].concat(), "", MORE));
    let count = |name: &str| read.iter().filter(|it| it.name == name).count();
    assert_eq!((count("error"), count("warning"), count("notice")), (10, 10, 1));
    assert_eq!(read[0].message, "a test");
    assert_eq!(read[10].message, "why");
    let told = read.last().map(|it| it.message.as_str());
    assert_eq!(told, Some("22 more are not shown here: see the report"));
}

#[test]
fn what_is_said_of_one_line_is_one_annotation() {
    let causes =
        vec![at(3, Code::Lint, "one"), at(3, Code::Lint, "two"), at(4, Code::Lint, "three")];
    let read =
        read(&annotations(&[Verdict { causes, ..verdict("clippy", Outcome::Fail, "") }], "", MORE));
    let messages: Vec<_> = read.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages, ["one\n\ntwo", "three"]);
}

#[test]
fn a_path_that_is_too_long_is_no_other_path() {
    let file = Some("a/".repeat(5000));
    let causes = vec![Cause { file, ..at(3, Code::Lint, "one") }];
    let read =
        read(&annotations(&[Verdict { causes, ..verdict("clippy", Outcome::Fail, "") }], "", MORE));
    let keys: Vec<_> = read[0].properties.keys().map(String::as_str).collect();
    assert_eq!((keys.as_slice(), read[0].message.as_str()), (["title"].as_slice(), "one"));
}

#[test]
fn what_is_green_has_none() {
    assert_eq!(
        annotations(
            &[verdict("fmt", Outcome::Pass, ""), verdict("docs", Outcome::NotApplicable, "")],
            "",
            MORE
        ),
        ""
    );
}

#[test]
fn hostile_texts_stay_texts() {
    let run = hostile_run::Run::new();
    let verdicts = run.report().verdicts;
    let read = read(&annotations(verdicts, "", MORE));
    assert_eq!(read.len(), 21);
    let files: Vec<_> = verdicts[0].causes.iter().filter_map(|it| it.file.as_deref()).collect();
    for command in read.iter().filter(|it| it.name == "error") {
        let file = &command.properties["file"];
        assert!(files.iter().any(|it| printable(it) == *file), "{file}");
        assert!(command.message.len() < 5000);
    }
}

proptest! {
    #[test]
    fn any_texts_make_commands_of_the_known_kinds(verdicts in prop::collection::vec(hostile(), 0..4)) {
        for command in read(&annotations(&verdicts, "", MORE)) {
            prop_assert!(["error", "warning", "notice"].contains(&command.name.as_str()));
            let known = ["file", "line", "title"];
            prop_assert!(command.properties.keys().all(|key| known.contains(&key.as_str())));
        }
    }
}

#[test]
fn files_are_called_from_the_root_of_the_repository() {
    let verdicts =
        [Verdict { causes: vec![at(1, Code::Lint, "a")], ..verdict("clippy", Outcome::Fail, "") }];
    let text = annotations(&verdicts, "rust", MORE);
    assert!(text.starts_with("::error file=rust/src/lib.rs,line=1,"), "{text}");
}
