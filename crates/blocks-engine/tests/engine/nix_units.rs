//! Records of members, by Nix: one a stage and member.

use std::{fs, os::unix::fs::symlink};

use crate::desk::{Desk, finished, planned, sources};
use blocks_engine::{Event, Origin, nix::unlink};
use blocks_records::{Ended, Record, UNIT_WORKSPACE};

const UNITS: [(&str, &str); 3] = [("a", "nix-a"), ("b", "nix-b"), ("c+2", "nix-c")];

/// A workspace whose records are there.
fn built() -> Desk {
    let desk = Desk::of(&UNITS);
    desk.build(&desk.makes(&UNITS));
    desk.run(&[]).expect("a run");
    desk.calls();
    desk.events();
    desk
}

/// The records that a command line names.
fn asked_for(call: &str) -> Vec<&str> {
    call.split(' ').filter_map(|word| Some(word.split_once(".records.")?.1)).collect()
}

#[test]
fn the_records_of_all_units_are_built_and_linked() {
    let desk = Desk::of(&UNITS);
    desk.build(&desk.makes(&UNITS));
    assert_eq!(desk.run(&[]).expect("a run"), sources(&UNITS));
    for (unit, sources) in UNITS {
        for stage in ["fmt", "docs"] {
            assert_eq!(desk.links_to(stage, unit), Some(desk.store(stage, unit, sources)));
            let record = Record::load(&desk.place(stage, unit)).expect("a record");
            assert_eq!((record.unit.as_str(), record.sources.as_str()), (unit, sources));
        }
    }
    let calls = desk.calls();
    assert_eq!(calls.len(), 2, "one evaluation, one build: {calls:?}");
    let all = ["fmt.a", "fmt.b", "fmt.c+2", "docs.a", "docs.b", "docs.c+2"];
    assert_eq!(asked_for(&calls[1]), all);
}

#[test]
fn the_dot_of_a_share_divides_no_attribute() {
    let shares = [("a.1-of-2", "nix-a"), ("a.2-of-2", "nix-a")];
    let desk = Desk::of(&shares);
    desk.build(&desk.makes(&shares));
    assert_eq!(desk.run(&[]).expect("a run"), sources(&shares));
    let all = ["fmt.\"a.1-of-2\"", "fmt.\"a.2-of-2\"", "docs.\"a.1-of-2\"", "docs.\"a.2-of-2\""];
    assert_eq!(asked_for(&desk.calls()[1]), all);
    assert_eq!(desk.links_to("fmt", "a.2-of-2"), Some(desk.store("fmt", "a.2-of-2", "nix-a")));
}

#[test]
fn only_what_is_not_there_is_built() {
    let desk = built();
    desk.answer(&[("a", "nix-a"), ("b", "nix-b2"), ("c+2", "nix-c")]);
    desk.build(&desk.makes(&[("b", "nix-b2")]));
    desk.run(&[]).expect("a run");
    let calls = desk.calls();
    assert_eq!(asked_for(&calls[1]), ["fmt.b", "docs.b"]);
    assert_eq!(desk.links_to("fmt", "b"), Some(desk.store("fmt", "b", "nix-b2")));
    let kept = |stage, unit| finished(stage, unit, Ended::Answered, Origin::Kept);
    let made = |stage, unit| finished(stage, unit, Ended::Answered, Origin::Made);
    assert_eq!(
        desk.events()[1..],
        [
            planned("fmt", 3),
            planned("docs", 3),
            kept("fmt", "a"),
            kept("fmt", "c+2"),
            kept("docs", "a"),
            kept("docs", "c+2"),
            made("fmt", "b"),
            made("docs", "b"),
        ]
    );
}

#[test]
fn a_unit_that_does_not_build_has_no_record_and_the_others_have() {
    let desk = built();
    desk.answer(&[("a", "nix-a"), ("b", "nix-b2"), ("c+2", "nix-c")]);
    desk.build("exit 1");
    desk.run(&[]).expect("a run");
    assert_eq!(desk.links_to("fmt", "b"), None, "not even the record of before");
    assert_eq!(desk.links_to("fmt", "a"), Some(desk.store("fmt", "a", "nix-a")));
    assert!(desk.events().contains(&finished("fmt", "b", Ended::ToolFailed, Origin::Made)));
}

#[test]
fn a_unit_is_finished_when_its_own_build_is() {
    let desk = Desk::of(&UNITS);
    let start = |id: u32, unit: &str| {
        format!(
            r#"@nix {{"action":"start","id":{id},"type":105,"fields":["/s/h-record-fmt-{unit}.drv"]}}"#
        )
    };
    let line =
        |id: u32| format!(r#"@nix {{"action":"result","id":{id},"type":101,"fields":["x"]}}"#);
    let stop = |id: u32| format!(r#"@nix {{"action":"stop","id":{id}}}"#);
    let say = |lines: &[String]| format!("cat >&2 <<'END'\n{}\nEND\n", lines.join("\n"));
    let script = [
        say(&[start(1, "b"), start(2, "c+2"), line(2), line(1), stop(1)]),
        desk.make("fmt", UNITS[2]),
        say(&[stop(2), start(3, "of-nobody")]),
        desk.makes(&UNITS[..2]),
    ];
    desk.build(&script.concat());
    desk.run(&[]).expect("a run");
    let of = |unit: &str| ("fmt".to_owned(), unit.to_owned());
    let started = |unit| {
        let (stage, unit) = of(unit);
        Event::Started { stage, unit }
    };
    let line = |unit| {
        let (stage, unit) = of(unit);
        Event::Line { stage, unit, text: "x".to_owned() }
    };
    let made = |stage, unit| finished(stage, unit, Ended::Answered, Origin::Made);
    let events = desk.events();
    assert_eq!(events[3..7], [started("b"), started("c+2"), line("c+2"), line("b")]);
    // The reader of the log is not in step with the shell: `b` may be there by then.
    let rest = &events[7..];
    let at = |wanted: &Event| rest.iter().filter(|event| *event == wanted).count();
    assert_eq!((at(&made("fmt", "a")), at(&made("fmt", "b")), at(&made("fmt", "c+2"))), (1, 1, 1));
    assert_eq!(at(&made("docs", "a")), 1);
    let place = |wanted: &Event| rest.iter().position(|event| event == wanted);
    let next = Event::Setup("building record-fmt-of-nobody".to_owned());
    assert!(place(&made("fmt", "c+2")) < place(&next), "not only when all are done: {rest:?}");
}

#[test]
fn records_of_units_that_are_no_more_are_removed_and_nothing_else_is() {
    let desk = built();
    let old = desk.store("fmt", "old", "nix-old");
    symlink(&old, desk.place("fmt", "collected")).expect("a link");
    symlink(desk.store("fmt", "a", "nix-a"), desk.place("fmt", UNIT_WORKSPACE)).expect("a link");
    fs::create_dir_all(desk.place("fmt", "host")).expect("a folder");
    fs::write(desk.place("fmt", "host").join("record.json"), "{}").expect("written");
    fs::create_dir_all(desk.place("fmt", "notes")).expect("a folder");
    fs::write(desk.place("fmt", "readme"), "").expect("written");
    symlink(desk.bench.root(), desk.place("fmt", "elsewhere")).expect("a link");
    symlink(&old, desk.place("docs", UNIT_WORKSPACE)).expect("a link");
    desk.answer(&UNITS[..2]);
    desk.run(&[]).expect("a run");
    let there = |stage: &str| {
        let entries = fs::read_dir(desk.bench.workspace.records().join(stage)).expect("a folder");
        let name = |entry: fs::DirEntry| entry.file_name().into_string().expect("UTF-8");
        let mut names: Vec<_> = entries.map(|entry| name(entry.expect("an entry"))).collect();
        names.sort();
        names
    };
    assert_eq!(there("fmt"), ["a", "b", "elsewhere", "notes", "readme"]);
    assert_eq!(there("docs"), ["a", "b"]);
    assert!(desk.store("fmt", "c+2", "nix-c").exists(), "what is in the store stays there");
}

#[test]
fn a_stage_that_was_not_asked_for_keeps_its_links() {
    let desk = built();
    desk.answer(&[("a", "nix-a2"), ("b", "nix-b")]);
    let stages = desk.bench.stages();
    let given = desk.nix(&[]).run(&stages[..1], &desk.bench.cancel, &|_| {}).expect("a run");
    assert_eq!(given, sources(&[("a", "nix-a2"), ("b", "nix-b")]), "those of all stages");
    assert_eq!(desk.links_to("fmt", "a"), None);
    assert_eq!(desk.links_to("docs", "a"), Some(desk.store("docs", "a", "nix-a")));
    assert!(desk.links_to("docs", "c+2").is_some());
}

#[test]
fn links_give_way_to_the_records_of_another_engine() {
    let desk = built();
    desk.bench.run(&[]).expect("a run of the host");
    unlink(&desk.bench.workspace.records(), "fmt").expect("unlinked");
    unlink(&desk.bench.workspace.records(), "no-such-stage").expect("nothing to do");
    assert_eq!(desk.links_to("fmt", "a"), None);
    assert!(desk.bench.record("fmt").sources.starts_with("sha256-"), "the host's own stays");
    assert!(desk.links_to("docs", "a").is_some());
}
