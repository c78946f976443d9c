use blocks_notify::{Change, Folder, State, StateError, Told, What};
use serde_json::json;

use crate::fixture::{ALL, DAY, FAILURES, NOON, failure, parsed, run};

/// What is told of runs of a branch, one each hour.
fn told(runs: &[blocks_failures::Run], told: Told) -> Vec<Option<Change>> {
    let mut state = State::default();
    let hours = (0..).map(|hour| NOON + hour * 3600);
    runs.iter().zip(hours).map(|(run, now)| state.step("main", run, told, now)).collect()
}

fn whats(runs: &[blocks_failures::Run], by: Told) -> Vec<Option<What>> {
    told(runs, by).into_iter().map(|it| it.map(|it| it.what)).collect()
}

fn broken() -> blocks_failures::Run {
    run(&["fmt"], &[failure(1, "test", "test-failed", "a breaks")])
}

fn green() -> blocks_failures::Run {
    run(&["fmt", "test"], &[])
}

#[test]
fn a_change_is_told_once_and_its_end() {
    let runs = [green(), broken(), broken(), green(), green(), broken()];
    let expected = [None, Some(What::Broke), None, Some(What::Fixed), None, Some(What::Broke)];
    assert_eq!(whats(&runs, FAILURES), expected);
}

#[test]
fn what_fails_besides_is_new_and_the_other_is_known() {
    let both =
        [failure(1, "test", "test-failed", "a breaks"), failure(2, "test", "test-failed", "b")];
    let changes = told(&[broken(), run(&["fmt"], &both)], FAILURES);
    let change = changes[1].as_ref().unwrap();
    let signatures = |all: &[blocks_notify::Known]| {
        all.iter().map(|it| it.signature.clone()).collect::<Vec<_>>()
    };
    assert_eq!(change.what, What::Broke);
    assert_eq!(signatures(&change.new), ["0000000000000002"]);
    assert_eq!(signatures(&change.still), ["0000000000000001"]);
}

#[test]
fn what_is_not_asked_is_not_fixed() {
    let quick = run(&["fmt"], &[]);
    assert_eq!(
        whats(&[broken(), quick.clone(), quick, green()], FAILURES),
        [Some(What::Broke), None, None, Some(What::Fixed)]
    );
}

#[test]
fn what_does_not_compile_is_not_fixed() {
    let hidden = run(&["fmt"], &[failure(3, "test", "compile-error", "no")]);
    let changes = told(&[broken(), hidden], FAILURES);
    let change = changes[1].as_ref().unwrap();
    assert_eq!((change.what, change.still.len(), change.over.len()), (What::Broke, 1, 0));
}

#[test]
fn a_run_without_an_answer_is_neither_broken_nor_fixed() {
    let killed = run(&["fmt"], &[failure(9, "test", "no-answer", "killed")]);
    let runs = [green(), killed.clone(), killed.clone(), green(), broken(), killed, green()];
    let expected = [
        None,
        Some(What::NoAnswer),
        None,
        None,
        Some(What::Broke),
        Some(What::NoAnswer),
        Some(What::Fixed),
    ];
    assert_eq!(whats(&runs, FAILURES), expected);
}

#[test]
fn a_stage_that_does_not_pass_and_has_no_failure_is_told() {
    for (outcome, what) in [("fail", What::Broke), ("no-verdict", What::NoAnswer)] {
        let silent = parsed(&json!({
            "schema": 1, "name": "shop", "revision": null, "outcome": outcome, "failures": [],
            "verdicts": [{"stage": "test", "outcome": outcome, "summary": "no causes"}],
        }));
        assert_eq!(whats(&[silent.clone(), silent], ALL), [Some(what), None]);
    }
}

#[test]
fn a_digest_comes_once_a_day_and_says_what_is_over() {
    let two =
        [failure(1, "test", "test-failed", "a breaks"), failure(2, "test", "test-failed", "b")];
    let mut state = State::default();
    let first = state.step("main", &run(&[], &two), FAILURES, NOON).unwrap();
    assert_eq!(first.new.len(), 2);
    assert_eq!(state.step("main", &broken(), FAILURES, NOON + 3600), None);
    let digest = state.step("main", &broken(), FAILURES, NOON + DAY).unwrap();
    assert_eq!((digest.what, digest.still.len(), digest.over.len()), (What::StillBroken, 1, 1));
    assert_eq!(digest.still[0].since, NOON);
    assert_eq!(state.step("main", &broken(), FAILURES, NOON + DAY + 3600), None);
    let next = state.step("main", &broken(), FAILURES, NOON + 2 * DAY).unwrap();
    assert_eq!((next.what, next.over.len()), (What::StillBroken, 0));
}

#[test]
fn who_wants_no_failures_hears_of_none_and_who_wants_successes_of_each() {
    let quiet = Told { on_failure: false, on_success: false };
    let runs = [green(), broken(), green()];
    assert_eq!(whats(&runs, quiet), [None, None, None]);
    let glad = Told { on_failure: false, on_success: true };
    assert_eq!(whats(&runs, glad), [Some(What::Passed), None, Some(What::Fixed)]);
    // The same commit again is no other success.
    assert_eq!(whats(&[green(), green()], ALL), [Some(What::Passed), None]);
}

#[test]
fn branches_are_apart() {
    let mut state = State::default();
    assert!(state.step("main", &broken(), FAILURES, NOON).is_some());
    assert!(state.step("next", &broken(), FAILURES, NOON).is_some());
    assert_eq!(state.step("main", &broken(), FAILURES, NOON), None);
}

#[test]
fn what_is_known_is_read_back() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::open(place.path().join("notify")).unwrap();
    let mut state = State::load(&folder).unwrap();
    state.step("main", &broken(), FAILURES, NOON);
    state.save(&folder).unwrap();
    assert_eq!(State::load(&folder).unwrap(), state);
}

#[test]
fn a_state_that_is_damaged_or_of_another_version_is_said_and_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::open(place.path()).unwrap();
    let file = place.path().join("state.json");
    for (text, expected) in [
        ("{\"schema\":1,\"branches\":", "is damaged"),
        ("{\"schema\":2}", "of version 2"),
        ("{\"schema\":1,\"branches\":{},\"outbox\":[],\"more\":1}", "is damaged"),
    ] {
        std::fs::write(&file, text).unwrap();
        let error = State::load(&folder).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert!(matches!(error, StateError::Damaged { .. } | StateError::Version { .. }));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    }
}

#[test]
fn what_is_known_stays_small_whatever_failed() {
    let name = "n".repeat(500);
    let mut failures: Vec<_> =
        (0..2100).map(|it| failure(it, "test", "test-failed", &name)).collect();
    for failure in &mut failures {
        failure["units"] = (0..60).map(|it| format!("{it:0>50}")).collect();
        failure["repeat"] = name.clone().into();
        failure["file"] = name.clone().into();
    }
    let mut state = State::default();
    state.step("main", &run(&[], &failures), FAILURES, NOON);
    assert!(state.text().len() < blocks_notify::STATE_LIMIT, "{} bytes", state.text().len());
    assert_eq!(State::parse(&state.text()).unwrap(), state);
}

#[test]
fn two_runs_do_not_work_in_one_folder() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().to_owned();
    let runs = (0..8).map(|number| {
        let path = path.clone();
        std::thread::spawn(move || {
            let folder = Folder::open(&path).unwrap();
            let mut state = State::load(&folder).unwrap();
            state.step(&format!("branch-{number}"), &broken(), FAILURES, NOON);
            state.save(&folder).unwrap();
        })
    });
    runs.collect::<Vec<_>>().into_iter().for_each(|run| run.join().unwrap());
    let state = State::load(&Folder::open(&path).unwrap()).unwrap();
    for number in 0..8 {
        assert_eq!(state.branch(&format!("branch-{number}")).broken.len(), 1);
    }
}

proptest::proptest! {
    #[test]
    fn no_text_of_a_state_makes_it_panic(text in "[{}\\[\\]\":,a-z0-9]{0,120}") {
        let _ = State::parse(&text);
    }

    /// What is cut anywhere is no state, and never a smaller one.
    #[test]
    fn a_state_that_is_cut_is_damaged(at in 0_usize..2000) {
        let mut state = State::default();
        state.step("main", &broken(), FAILURES, NOON);
        let text = state.text();
        let cut = &text[..at.min(text.len() - 2)];
        proptest::prop_assert!(State::parse(cut).is_err());
    }
}
