//! What was not meant to become so large.

use std::fs;

use blocks_notify::{
    Couriers, Folder, Recipients, Sender, Spool, SpoolError, State, TellError, Telling, What, tell,
};

use crate::fixture::{FAILURES, NOON, SCENE, failure, run};

/// What no one sends away is in the way of what is new, and both are kept.
#[test]
fn a_spool_that_is_full_is_said_and_nothing_is_lost() {
    let place = tempfile::tempdir().unwrap();
    let spool = place.path().join("spool");
    fs::create_dir_all(&spool).unwrap();
    for number in 0..1000 {
        fs::write(spool.join(format!("{number:012}-0.json")), "damaged").unwrap();
    }
    let folder = Folder::open(place.path()).unwrap();
    let (broken, green) =
        (run(&[], &[failure(1, "test", "test-failed", "a")]), run(&["test"], &[]));
    let sender = Sender::parse("checks@example.org").unwrap();
    let recipients =
        Recipients { always: vec!["ada@example.org".to_owned()], ..Recipients::default() };
    let telling = |run| Telling {
        run,
        scene: SCENE,
        told: FAILURES,
        mail: Some((&sender, &recipients)),
        webhook: None,
        now: NOON,
    };
    for run in [&broken, &green, &broken] {
        let error = tell(&folder, &telling(run), &mut Couriers::default()).unwrap_err();
        assert!(matches!(error, TellError::Spool(SpoolError::Full { .. })), "{error}");
        assert_eq!(State::load(&folder).unwrap().outbox().len(), 1, "it does not grow");
    }
    fs::remove_dir_all(&spool).unwrap();
    let (plan, delivery) = tell(&folder, &telling(&green), &mut Couriers::default()).unwrap();
    assert_eq!(plan.change.map(|it| it.what), Some(What::Fixed));
    assert_eq!((delivery.waiting, fs::read_dir(&spool).unwrap().count()), (2, 2));
}

/// What was sent long ago is in no spool any more.
#[test]
fn the_list_of_what_was_sent_forgets_its_older_half() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("sent.jsonl");
    let line = |number| {
        format!("{{\"id\":\"{number}@example.org\",\"to\":\"ada@example.org\",\"at\":{number}}}\n")
    };
    let text: String = (0..100_000).map(line).collect();
    fs::write(&file, &text).unwrap();
    let folder = Folder::open(place.path()).unwrap();
    Spool::open(&folder).unwrap();
    let kept = fs::read_to_string(&file).unwrap();
    assert!(kept.len() < text.len() * 6 / 10 && kept.len() > text.len() * 4 / 10, "{}", kept.len());
    assert!(text.ends_with(&kept) && kept.starts_with('{'), "whole lines, and the newest");
}
