//! Records that Nix has, asked again.

use std::{collections::BTreeMap, fs};

use crate::desk::Desk;
use blocks_records::UNIT_WORKSPACE;

/// The attempts that the flake is given.
fn attempts(desk: &Desk) -> BTreeMap<String, String> {
    let file = desk.bench.workspace.blocks().join("attempts/attempts.json");
    serde_json::from_slice(&fs::read(file).unwrap_or_else(|_| b"{}".to_vec())).expect("JSON")
}

/// How often the input was overridden since the last call.
fn overridden(desk: &Desk) -> usize {
    desk.calls().iter().filter(|it| it.contains("--override-input")).count()
}

/// Asks a stage again, and gives the attempt.
fn ask(desk: &Desk, stage: &str) -> String {
    desk.run(&[stage]).expect("a run");
    attempts(desk)[stage].clone()
}

/// Runs over these units, and gives the attempt of `fmt`.
fn run(desk: &Desk, units: &[(&str, &str)]) -> Option<String> {
    desk.answer(units);
    desk.run(&[]).expect("a run");
    attempts(desk).get("fmt").cloned()
}

#[test]
fn asking_again_holds_for_these_sources_and_for_no_others() {
    let desk = Desk::new();
    let first = ask(&desk, "fmt");
    assert_eq!(attempts(&desk).keys().collect::<Vec<_>>(), ["fmt"]);
    assert_eq!(overridden(&desk), 2, "evaluated and built with the attempt");
    desk.run(&[]).expect("a run");
    assert_eq!(attempts(&desk)["fmt"], first, "the next run is about the same record");
    assert_eq!(overridden(&desk), 2);
    desk.run(&["fmt", "docs"]).expect("a run");
    let second = attempts(&desk);
    assert_eq!(second.len(), 2);
    let number = |text: &String| text.parse::<u64>().expect("a number");
    assert!(number(&second["fmt"]) > number(&first), "{first:?} {second:?}");
    desk.calls();
    assert_eq!(run(&desk, &[(UNIT_WORKSPACE, "nix-two")]), None);
    assert_eq!((attempts(&desk).len(), overridden(&desk)), (0, 0));
    assert_eq!(run(&desk, &[(UNIT_WORKSPACE, "nix-one")]).as_ref(), second.get("fmt"));
    fs::write(desk.bench.workspace.blocks().join("attempts-of.json"), "damaged").expect("written");
    ask(&desk, "docs");
    assert_eq!(attempts(&desk).keys().collect::<Vec<_>>(), ["docs"]);
}

#[test]
fn all_units_of_a_stage_are_asked_again_and_no_other_stage() {
    let units = [("a", "nix-a"), ("b", "nix-b")];
    let desk = Desk::of(&units);
    desk.build(&desk.makes(&units));
    desk.run(&[]).expect("a run");
    desk.calls();
    ask(&desk, "fmt");
    let calls = desk.calls();
    let build = calls.last().expect("a build");
    assert!(build.contains(".records.fmt.a ") && build.contains(".records.fmt.b "), "{build}");
    assert!(!build.contains(".records.docs."), "{build}");
    for (unit, sources) in units {
        assert_eq!(desk.links_to("fmt", unit), None, "the first answer does not stand");
        assert_eq!(desk.links_to("docs", unit), Some(desk.store("docs", unit, sources)));
    }
}

#[test]
fn an_answer_that_was_asked_again_stands_when_another_member_is_edited() {
    let desk = Desk::of(&[("a", "nix-a"), ("b", "nix-b")]);
    desk.build(&desk.make("fmt", ("a", "nix-a")));
    desk.run(&[]).expect("a run");
    assert_eq!(desk.links_to("fmt", "a"), Some(desk.store("fmt", "a", "nix-a")), "say, a no");
    let attempt = ask(&desk, "fmt");
    let yes = desk.path("fmt", "a", "nix-a", &attempt);
    fs::create_dir_all(&yes).expect("a record");
    for b in ["nix-b", "nix-b2", "nix-b3", "nix-b"] {
        run(&desk, &[("a", "nix-a"), ("b", b)]);
        assert_eq!(desk.links_to("fmt", "a").as_ref(), Some(&yes), "with {b}");
    }
}

#[test]
fn one_member_after_the_other_can_be_edited_without_an_old_answer() {
    let desk = Desk::of(&[("a", "nix-a"), ("b", "nix-b")]);
    let attempt = Some(ask(&desk, "fmt"));
    assert_eq!(run(&desk, &[("a", "nix-a2"), ("b", "nix-b")]), attempt);
    // Nothing is as it was when it was asked, but `a` has an answer of that time.
    assert_eq!(run(&desk, &[("a", "nix-a2"), ("b", "nix-b2")]), attempt);
    assert_eq!(run(&desk, &[("a", "nix-a3"), ("b", "nix-b3")]), None, "all records are new");
    assert_eq!(run(&desk, &[("a", "nix-a3"), ("b", "nix-b")]), attempt, "`b` is as it was");
    let second = Some(ask(&desk, "fmt"));
    assert_eq!(run(&desk, &[("a", "nix-a2"), ("b", "nix-b3")]), attempt, "asked before that");
    assert_eq!(run(&desk, &[("a", "nix-a2"), ("b", "nix-b")]), second, "the newest counts");
    assert_eq!(run(&desk, &[("a", "nix-a2"), ("b", "nix-b3")]), second, "for all from then on");
}

#[test]
fn a_member_that_is_new_or_gone_changes_no_attempt() {
    let desk = Desk::of(&[("a", "nix-a"), ("b", "nix-b")]);
    let attempt = Some(ask(&desk, "fmt"));
    assert_eq!(run(&desk, &[("a", "nix-a")]), attempt);
    assert_eq!(run(&desk, &[("a", "nix-a"), ("c", "nix-c")]), attempt);
    assert_eq!(run(&desk, &[("d", "nix-a")]), None, "another unit's sources are other sources");
}

#[test]
fn what_is_remembered_stays_small() {
    let desk = Desk::of(&[("a", "nix-a"), ("b", "nix-b")]);
    ask(&desk, "fmt");
    for edit in 0..20 {
        run(&desk, &[("a", "nix-a"), ("b", &format!("nix-b{edit}"))]);
    }
    let place = desk.bench.workspace.blocks().join("attempts-of.json");
    let memory: serde_json::Value =
        serde_json::from_slice(&fs::read(place).expect("read")).expect("JSON");
    let remembered = |unit: &str| memory["fmt"][unit].as_array().expect("a list").len();
    assert_eq!((remembered("a"), remembered("b")), (1, 16));
    assert_eq!(memory["fmt"]["b"][15]["sources"], "nix-b19");
}

#[test]
fn an_attempt_is_not_that_of_another_checkout() {
    let attempt = || ask(&Desk::new(), "fmt");
    assert_ne!(attempt(), attempt());
}

#[test]
fn a_flake_that_cannot_be_asked_again_is_told() {
    let desk = Desk::new();
    for units in [&[(UNIT_WORKSPACE, "nix-one")][..], &[("a", "nix-a"), ("b", "nix-b")]] {
        desk.eval(&format!("cat <<'END'\n{}\nEND", desk.records(units, |_| String::new())));
        desk.run(&[]).expect("a run");
        let error = desk.run(&["fmt"]).expect_err("the same record").to_string();
        assert!(error.contains("`fmt`") && error.contains("input `attempts`"), "{error}");
    }
    let error = desk.run(&["test"]).expect_err("no record").to_string();
    assert!(error.contains("the flake has no record of the stage `test`"), "{error}");
}
