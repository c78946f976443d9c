//! The Nix engine, with a few lines of shell that stand for `nix`.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crate::bench::until;
use crate::desk::{Desk, aside, executable, finished, planned, sources};
use blocks_engine::{
    EngineError, Event, Origin,
    nix::{Farm, Nix, is_flake, is_there},
};
use blocks_records::{Ended, Record, UNIT_WORKSPACE};

/// All members in one record, as in a small workspace.
const WHOLE: [(&str, &str); 1] = [(UNIT_WORKSPACE, "nix-one")];

fn store(desk: &Desk, stage: &str) -> PathBuf {
    desk.store(stage, UNIT_WORKSPACE, "nix-one")
}

#[test]
fn records_that_are_not_there_are_built_and_linked() {
    let desk = Desk::new();
    desk.build(&desk.makes(&WHOLE));
    assert_eq!(desk.run(&[]).expect("a run"), sources(&WHOLE));
    for stage in ["fmt", "docs"] {
        assert_eq!(desk.links_to(stage, UNIT_WORKSPACE), Some(store(&desk, stage)));
        assert_eq!(desk.bench.record(stage).ended, Ended::Answered);
    }
    let calls = desk.calls();
    assert_eq!(calls.len(), 2, "one evaluation, one build: {calls:?}");
    assert!(calls[0].contains(" eval --no-update-lock-file --json "), "{}", calls[0]);
    assert!(calls[1].contains(".records.fmt.workspace .#legacyPackages."), "{}", calls[1]);
    assert!(calls[1].contains(" --keep-going --no-link "), "{}", calls[1]);
    assert!(calls.iter().all(|call| !call.contains("--override-input")));
}

#[test]
fn records_that_are_there_are_not_built() {
    let desk = Desk::new();
    desk.build(&desk.makes(&WHOLE));
    desk.run(&[]).expect("a run");
    desk.calls();
    desk.events();
    desk.run(&[]).expect("a run");
    assert_eq!(desk.calls().len(), 1, "an evaluation and no build");
    let events = desk.events();
    assert_eq!(
        events[1..],
        [
            planned("fmt", 1),
            planned("docs", 1),
            finished("fmt", UNIT_WORKSPACE, Ended::Answered, Origin::Kept),
            finished("docs", UNIT_WORKSPACE, Ended::Answered, Origin::Kept)
        ]
    );
    assert_eq!(desk.links_to("fmt", UNIT_WORKSPACE), Some(store(&desk, "fmt")));
}

#[test]
fn a_record_that_does_not_build_is_no_record_not_even_the_one_of_before() {
    let desk = Desk::new();
    fs::create_dir_all(desk.bench.place("docs")).expect("a folder");
    fs::write(desk.bench.place("docs").join("record.json"), "{}").expect("written");
    desk.build(&format!("{}echo 'error: builder failed' >&2; exit 1", desk.make("fmt", WHOLE[0])));
    desk.run(&[]).expect("a run");
    assert_eq!(desk.links_to("fmt", UNIT_WORKSPACE), Some(store(&desk, "fmt")));
    assert!(!desk.bench.place("docs").exists());
    let events = desk.events();
    assert!(
        events.contains(&finished("fmt", UNIT_WORKSPACE, Ended::Answered, Origin::Made)),
        "{events:?}"
    );
    assert!(
        events.contains(&finished("docs", UNIT_WORKSPACE, Ended::ToolFailed, Origin::Made)),
        "{events:?}"
    );
}

#[test]
fn a_record_of_nix_takes_the_place_of_the_hosts_and_the_other_way_round() {
    let desk = Desk::new();
    desk.bench.run(&[]).expect("a run");
    desk.build(&desk.makes(&WHOLE));
    desk.run(&[]).expect("a run");
    assert_eq!(desk.links_to("fmt", UNIT_WORKSPACE), Some(store(&desk, "fmt")));
    desk.bench.run(&[]).expect("a run");
    assert_eq!(desk.links_to("fmt", UNIT_WORKSPACE), None);
    assert!(desk.bench.record("fmt").sources.starts_with("sha256-"));
    let kept = Record::load(&store(&desk, "fmt")).expect("the record in the store");
    assert_eq!(kept.sources, "nix-one");
}

#[test]
fn the_log_of_nix_becomes_progress_and_only_its_errors_are_told() {
    let desk = Desk::new();
    let log = [
        r#"@nix {"action":"start","id":7,"type":105,"fields":["/nix/store/q-record-fmt-workspace.drv","",1,1]}"#,
        r#"@nix {"action":"start","id":8,"type":105,"fields":["/nix/store/q-dep-1.0.drv"]}"#,
        r#"@nix {"action":"start","id":9,"type":100,"text":"copying"}"#,
        r#"@nix {"action":"result","id":7,"type":101,"fields":["a line"]}"#,
        r#"@nix {"action":"result","id":8,"type":101,"fields":["   of another"]}"#,
        r#"@nix {"action":"result","id":7,"type":105,"fields":[1,2,3,4]}"#,
        r#"@nix {"action":"msg","level":0,"msg":"error: x"}"#,
        r#"@nix {"action":"start","id":"seven"}"#,
        r#"@nix {"action":"result","id":99,"type":101,"fields":["of nothing"]}"#,
        r#"@nix {"action":"start","id":10,"type":105}"#,
        "@nix not json",
        "@nix",
        "warning: words",
        "\u{fffd}\u{1b}[31m",
        "",
        r#"@nix {"action":"stop","id":7}"#,
        r#"@nix {"action":"result","id":7,"type":101,"fields":["after its end"]}"#,
    ];
    fs::write(desk.bench.path("log"), [log.join("\n").as_bytes(), b"\n\xff\xfe\n"].concat())
        .expect("written");
    desk.build("cat log >&2");
    desk.run(&[]).expect("a run");
    let (fmt, unit) = (|| "fmt".to_owned(), || UNIT_WORKSPACE.to_owned());
    assert_eq!(
        desk.events(),
        [
            Event::Setup("evaluating the flake".to_owned()),
            planned("fmt", 1),
            planned("docs", 1),
            Event::Started { stage: fmt(), unit: unit() },
            Event::Setup("building dep-1.0".to_owned()),
            Event::Line { stage: fmt(), unit: unit(), text: "a line".to_owned() },
            aside("dep-1.0: of another"),
            Event::Told("error: x".to_owned()),
            finished("fmt", UNIT_WORKSPACE, Ended::ToolFailed, Origin::Made),
            finished("docs", UNIT_WORKSPACE, Ended::ToolFailed, Origin::Made),
        ]
    );
}

#[test]
fn what_a_cache_has_is_shown_as_fetched() {
    let desk = Desk::new();
    let crates = desk.bench.path("store").join("h-crates");
    // What the log of Nix 2.34 has, and no other cache has `gone`.
    let log = r#"cat >&2 <<'END'
@nix {"action":"start","id":3,"level":0,"parent":0,"text":"","type":103}
@nix {"action":"start","fields":["CRATES","https://me:word@cache.example/"],"id":4,"level":0,"parent":0,"text":"","type":108}
@nix {"action":"start","fields":["CRATES","https://cache.example","local"],"id":5,"level":3,"parent":4,"text":"","type":100}
@nix {"action":"result","fields":[31000000,45678901,0,0],"id":5,"type":105}
@nix {"action":"result","fields":[7,999999,0,0],"id":5,"type":105}
@nix {"action":"result","fields":[7,8000000,0,0],"id":99,"type":105}
@nix {"action":"start","fields":["FMT","https://cache.example"],"id":6,"level":0,"parent":0,"text":"","type":108}
@nix {"action":"start","fields":["/nix/store/h-gone","https://cache.example"],"id":7,"level":0,"parent":0,"text":"","type":108}
@nix {"action":"stop","id":5}
@nix {"action":"stop","id":4}
@nix {"action":"stop","id":7}
@nix {"action":"stop","id":6}
END
"#;
    let fmt = store(&desk, "fmt");
    let log = log
        .replace("CRATES", &crates.display().to_string())
        .replace("FMT", &fmt.display().to_string());
    let makes = desk.makes(&WHOLE);
    desk.build(&format!("mkdir -p {}; {makes}{log}", crates.display()));
    desk.run(&[]).expect("a run");
    let line = |text: &str| {
        let (stage, unit) = ("fmt".to_owned(), UNIT_WORKSPACE.to_owned());
        Event::Line { stage, unit, text: text.to_owned() }
    };
    assert_eq!(
        desk.events()[3..],
        [
            Event::Setup("fetching from cache.example".to_owned()),
            aside("fetching crates from cache.example"),
            aside("fetching crates from cache.example: 31.0 of 45.6 MB"),
            line("fetching from cache.example"),
            aside("fetching gone from cache.example"),
            aside("fetching gone from cache.example"),
            aside("0 of 0 built"),
            finished("fmt", UNIT_WORKSPACE, Ended::Answered, Origin::Fetched),
            finished("docs", UNIT_WORKSPACE, Ended::Answered, Origin::Made),
            Event::Told("2 paths fetched from cache.example".to_owned()),
        ]
    );
    assert_eq!(desk.links_to("fmt", UNIT_WORKSPACE), Some(fmt));
}

#[test]
fn a_record_that_a_cache_did_not_give_is_built_and_not_fetched() {
    let desk = Desk::new();
    let fmt = store(&desk, "fmt");
    let log = r#"cat >&2 <<'END'
@nix {"action":"start","fields":["FMT","https://cache.example"],"id":6,"type":108}
@nix {"action":"stop","id":6}
@nix {"action":"start","fields":["/nix/store/q-record-fmt-workspace.drv","",1,1],"id":7,"type":105}
END
"#;
    let log = log.replace("FMT", &fmt.display().to_string());
    desk.build(&format!("{log}{}", desk.makes(&WHOLE)));
    desk.run(&[]).expect("a run");
    let events = desk.events();
    let made = finished("fmt", UNIT_WORKSPACE, Ended::Answered, Origin::Made);
    assert!(events.contains(&made), "{events:?}");
    assert!(!events.iter().any(|event| matches!(event, Event::Told(_))), "{events:?}");
}

#[test]
fn what_records_need_is_shown_for_as_long_as_it_is_built() {
    let desk = Desk::new();
    desk.build(
        r#"cat >&2 <<'END'
@nix {"action":"start","id":1,"type":104}
@nix {"action":"start","fields":["/nix/store/q-layer-1.drv"],"id":2,"type":105}
@nix {"action":"start","fields":["/nix/store/q-layer-2.drv"],"id":3,"type":105}
@nix {"action":"result","fields":[1,5,2,0],"id":1,"type":105}
@nix {"action":"stop","id":2}
@nix {"action":"stop","id":3}
END
"#,
    );
    desk.run(&[]).expect("a run");
    let building = |name: &str| Event::Setup(format!("building {name}"));
    assert_eq!(
        desk.events()[3..7],
        [
            building("layer-1"),
            building("layer-2"),
            aside("building layer-2"),
            aside("1 of 5 built")
        ]
    );
}

#[test]
fn a_line_of_megabytes_stops_nothing() {
    let desk = Desk::new();
    let start = r#"@nix {"action":"start","id":7,"type":105,"fields":["/nix/store/q-record-fmt-workspace.drv"]}"#;
    desk.build(&format!(
        "exec >&2; head -c 3000000 /dev/zero | tr '\\0' x; echo; echo '{start}'; \
         printf '@nix '; head -c 3000000 /dev/zero | tr '\\0' '['; echo; {}",
        desk.makes(&WHOLE)
    ));
    desk.run(&[]).expect("a run");
    let started = Event::Started { stage: "fmt".to_owned(), unit: UNIT_WORKSPACE.to_owned() };
    assert_eq!(desk.events()[3], started);
}

/// Runs until `begun` is there, asks to stop, and gives how long it then took.
fn interrupted(desk: &Desk) -> Duration {
    let begun = desk.bench.path("begun");
    std::thread::scope(|scope| {
        let run = scope.spawn(|| desk.run(&[]));
        assert!(until(|| begun.exists()), "it never began");
        let asked = Instant::now();
        desk.bench.cancel.set();
        let error = run.join().expect("no panic").expect_err("an interruption");
        assert!(matches!(error, EngineError::Interrupted), "{error}");
        asked.elapsed()
    })
}

#[test]
fn an_interruption_ends_nix_while_it_builds() {
    let desk = Desk::new();
    desk.build("trap 'touch asked; exit 1' INT; touch begun; sleep 60 & wait");
    assert!(interrupted(&desk) < Duration::from_secs(4));
    assert!(desk.bench.path("asked").exists(), "it is asked before it is killed");
    assert!(!desk.bench.place("fmt").exists());
}

#[test]
fn an_interruption_ends_nix_while_it_evaluates() {
    let desk = Desk::new();
    desk.eval("touch begun; sleep 60");
    assert!(interrupted(&desk) < Duration::from_secs(4));
}

#[test]
fn a_nix_that_does_not_want_to_end_is_killed_with_all_that_it_started() {
    let desk = Desk::new();
    desk.build("trap '' INT; touch begun; sleep 60; sleep 60");
    assert!(interrupted(&desk) < Duration::from_secs(20));
}

#[test]
fn what_nix_says_against_the_flake_is_the_error() {
    let desk = Desk::new();
    let error = |script: &str| {
        desk.eval(script);
        let error = desk.run(&[]).expect_err("no records");
        assert!(matches!(error, EngineError::Nix(_)), "{error}");
        error.to_string()
    };
    let said = error("echo 'warning: dirty' >&2; echo 'error: undefined variable' >&2; exit 1");
    assert_eq!(said, "nix does not evaluate the flake:\nwarning: dirty\nerror: undefined variable");
    assert!(error("echo '{\"fmt\": 1}'").contains("invalid type"));
    assert!(error("true").contains("EOF"));
    for name in ["..", "a/../../b", "a/", "."] {
        let record =
            format!("{{\"fmt\": {{\"{name}\": {{\"path\": \"/x\", \"sources\": \"\"}}}}}}");
        assert!(error(&format!("echo '{record}'")).contains("no name of a folder"), "{name}");
    }
    assert!(error("echo '{}'").contains("the flake has no record of the stage `fmt`"));
}

#[test]
fn a_nix_that_cannot_be_run_is_named() {
    let mut desk = Desk::new();
    desk.program = desk.bench.path("no-such-nix");
    let error = desk.run(&[]).expect_err("no program");
    assert!(
        matches!(&error, EngineError::Program { program, .. } if program.ends_with("such-nix"))
    );
    assert!(!is_there(&desk.program) && !is_there(Path::new("false")));
    assert!(is_there(&{
        executable(&desk.program, "#!/bin/sh\necho nix 2\n");
        desk.program
    }));
    assert!(!is_flake(desk.bench.root()));
    fs::write(desk.bench.path("flake.nix"), "{ }").expect("written");
    assert!(is_flake(desk.bench.root()));
}

#[test]
fn why_a_record_cannot_be_built_is_told() {
    let desk = Desk::new();
    let message = r#"@nix {"action":"msg","level":0,"msg":"error: no answer\ntimed-out"}"#;
    desk.build(&format!("cat >&2 <<'END'\n{message}\nEND\nexit 1"));
    desk.run(&[]).expect("a run");
    let events = desk.events();
    for line in ["error: no answer", "timed-out"] {
        assert!(events.contains(&Event::Told(line.to_owned())), "{events:?}");
    }
}

#[test]
fn the_sources_are_known_without_building() {
    let desk = Desk::of(&[("a", "nix-a"), ("b", "nix-b")]);
    let found = desk.nix(&[]).sources(&desk.bench.cancel).expect("sources");
    assert_eq!(found, sources(&[("a", "nix-a"), ("b", "nix-b")]));
    assert_eq!(desk.calls().len(), 1, "one evaluation");
}

#[test]
fn builds_are_given_to_others_and_it_is_told_to_whom() {
    let desk = Desk::new();
    let log = [
        r#"@nix {"action":"start","id":7,"type":105,"fields":["/nix/store/q-record-fmt-workspace.drv","ssh-ng://me@one.example?a=b",1,1]}"#,
        r#"@nix {"action":"start","id":8,"type":105,"fields":["/nix/store/q-dep-1.0.drv","ssh-ng://me@one.example?a=b",1,1]}"#,
        r#"@nix {"action":"start","id":9,"type":105,"fields":["/nix/store/q-here.drv","",1,1]}"#,
        // What the other machine tells of its own build.
        r#"@nix {"action":"start","id":10,"type":105,"fields":["/nix/store/q-record-fmt-workspace.drv","",1,1]}"#,
        r#"@nix {"action":"result","id":10,"type":101,"fields":["a line"]}"#,
    ];
    fs::write(desk.bench.path("log"), log.join("\n")).expect("written");
    desk.build(&format!("{}cat log >&2", desk.makes(&WHOLE)));
    let farm = Farm { builders: Some("@machines"), max_jobs: Some(0) };
    let nix = Nix { farm, ..desk.nix(&[]) };
    let push = |event| desk.bench.events.lock().expect("events").push(event);
    nix.run(&desk.bench.stages(), &desk.bench.cancel, &push).expect("a run");
    let calls = desk.calls();
    assert!(!calls[0].contains("--builders"), "{}", calls[0]);
    assert!(calls[1].contains(" --builders @machines --max-jobs 0 "), "{}", calls[1]);
    let events = desk.events();
    assert!(events.contains(&Event::Told("2 builds on one.example".to_owned())), "{events:?}");
    assert!(
        events.contains(&Event::Setup("building dep-1.0 on one.example".to_owned())),
        "{events:?}"
    );
    assert!(events.contains(&Event::Setup("building here".to_owned())), "{events:?}");
    let begun = events.iter().filter(|it| matches!(it, Event::Started { .. })).count();
    assert_eq!(begun, 1, "{events:?}");
    let is_line = |event: &&Event| matches!(event, Event::Line { text, .. } if text == "a line");
    assert!(events.iter().any(|it| is_line(&it)), "{events:?}");
}
