//! The Nix engine, with a few lines of shell that stand for `nix`.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crate::bench::{Bench, row, until};
use blocks_engine::{
    EngineError, Event,
    nix::{Nix, is_flake, is_there},
};
use blocks_records::{Ended, Record, Toolchain};
use serde_json::{Value, json};

/// Stands for `nix`: notes its arguments, and leaves the rest to a script a verb.
const PROGRAM: &str = "#!/bin/sh\necho \"$@\" >> calls\n\
    case \" $* \" in\n*' eval '*) . ./eval ;;\n*' build '*) . ./build ;;\nesac\n";

struct Desk {
    bench: Bench,
    program: PathBuf,
}

fn executable(path: &Path, text: &str) {
    fs::write(path, text).expect("written");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("made executable");
}

impl Desk {
    /// A workspace whose flake has records of the stages `fmt` and `docs`.
    fn new() -> Self {
        let bench = Bench::new(&[row("fmt", "", ""), row("docs", "", "")]);
        let program = bench.path("fake-nix");
        executable(&program, PROGRAM);
        let desk = Self { bench, program };
        desk.answer("nix-one");
        desk.build("true");
        desk
    }

    /// Lets the flake have records of these sources. Attempts are a part of their paths.
    fn answer(&self, sources: &str) {
        let attempt = "case \"$*\" in *--override-input*) \
            a=$(tr -cd 0-9 < target/blocks/attempts/attempts.json) ;; *) a= ;; esac";
        self.eval(&format!("{attempt}\ncat <<END\n{}\nEND", self.records(sources, "$a")));
    }

    /// What the flake's records are, with this attempt.
    fn records(&self, sources: &str, attempt: &str) -> Value {
        let of = |stage: &str| {
            let path = self.bench.path(&format!("store/abc{attempt}-record-{stage}"));
            json!({"workspace": {"path": path, "sources": sources}})
        };
        json!({"fmt": of("fmt"), "docs": of("docs")})
    }

    fn eval(&self, script: &str) {
        fs::write(self.bench.path("eval"), script).expect("written");
    }

    fn build(&self, script: &str) {
        fs::write(self.bench.path("build"), script).expect("written");
    }

    fn store(&self, stage: &str) -> PathBuf {
        self.bench.path("store").join(format!("abc-record-{stage}"))
    }

    /// Puts a record into the store, or shell that does so.
    fn record(&self, stage: &str) -> String {
        let record = Record {
            schema: 1,
            stage: stage.to_owned(),
            unit: "workspace".to_owned(),
            members: Vec::new(),
            sources: "nix-one".to_owned(),
            key: String::new(),
            attempt: String::new(),
            toolchain: Toolchain::default(),
            root: "/build".to_owned(),
            ended: Ended::Answered,
            reason: String::new(),
            exit: Some(0),
            steps: Vec::new(),
            retries: Vec::new(),
            evidence: Vec::new(),
            log_bytes_cut: 0,
        };
        let text = serde_json::to_string(&record).expect("JSON");
        let store = self.store(stage);
        let store = store.display();
        format!("mkdir -p {store}; cat > {store}/record.json <<'END'\n{text}\nEND\n")
    }

    fn run(&self, again: &[&str]) -> Result<String, EngineError> {
        let again: Vec<String> = again.iter().map(|&stage| stage.to_owned()).collect();
        let nix = Nix {
            workspace: &self.bench.workspace,
            table: &self.bench.table,
            program: self.program.clone(),
            again: &again,
            records: self.bench.workspace.records(),
        };
        nix.run(&self.bench.stages(), &self.bench.cancel, &|event| {
            self.bench.events.lock().expect("events").push(event);
        })
    }

    fn events(&self) -> Vec<Event> {
        std::mem::take(&mut *self.bench.events.lock().expect("events"))
    }

    /// The command lines since the last call.
    fn calls(&self) -> Vec<String> {
        let path = self.bench.path("calls");
        let text = fs::read_to_string(&path).unwrap_or_default();
        let _ = fs::remove_file(path);
        text.lines().map(str::to_owned).collect()
    }

    fn links_to(&self, stage: &str) -> Option<PathBuf> {
        fs::read_link(self.bench.place(stage)).ok()
    }
}

fn finished(stage: &str, ended: Ended, cached: bool) -> Event {
    Event::Finished { stage: stage.to_owned(), ended, seconds: 0.0, cached }
}

#[test]
fn records_that_are_not_there_are_built_and_linked() {
    let desk = Desk::new();
    desk.build(&(desk.record("fmt") + &desk.record("docs")));
    assert_eq!(desk.run(&[]).expect("a run"), "nix-one");
    for stage in ["fmt", "docs"] {
        assert_eq!(desk.links_to(stage), Some(desk.store(stage)));
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
    desk.build(&(desk.record("fmt") + &desk.record("docs")));
    desk.run(&[]).expect("a run");
    desk.calls();
    desk.events();
    desk.run(&[]).expect("a run");
    assert_eq!(desk.calls().len(), 1, "an evaluation and no build");
    let events = desk.events();
    assert_eq!(
        events[1..],
        [finished("fmt", Ended::Answered, true), finished("docs", Ended::Answered, true)]
    );
    assert_eq!(desk.links_to("fmt"), Some(desk.store("fmt")));
}

#[test]
fn a_record_that_does_not_build_is_no_record_not_even_the_one_of_before() {
    let desk = Desk::new();
    fs::create_dir_all(desk.bench.place("docs")).expect("a folder");
    fs::write(desk.bench.place("docs").join("record.json"), "{}").expect("written");
    desk.build(&format!("{}echo 'error: builder failed' >&2; exit 1", desk.record("fmt")));
    desk.run(&[]).expect("a run");
    assert_eq!(desk.links_to("fmt"), Some(desk.store("fmt")));
    assert!(!desk.bench.place("docs").exists());
    let events = desk.events();
    assert!(events.contains(&finished("fmt", Ended::Answered, false)), "{events:?}");
    assert!(events.contains(&finished("docs", Ended::ToolFailed, false)), "{events:?}");
}

#[test]
fn a_record_of_nix_takes_the_place_of_the_hosts_and_the_other_way_round() {
    let desk = Desk::new();
    desk.bench.run(&[]).expect("a run");
    desk.build(&(desk.record("fmt") + &desk.record("docs")));
    desk.run(&[]).expect("a run");
    assert_eq!(desk.links_to("fmt"), Some(desk.store("fmt")));
    desk.bench.run(&[]).expect("a run");
    assert_eq!(desk.links_to("fmt"), None);
    assert!(desk.bench.record("fmt").sources.starts_with("sha256-"));
    let kept = Record::load(&desk.store("fmt")).expect("the record in the store");
    assert_eq!(kept.sources, "nix-one");
}

#[test]
fn the_log_of_nix_becomes_progress_and_only_its_errors_are_told() {
    let desk = Desk::new();
    let log = [
        r#"@nix {"action":"start","id":7,"type":105,"fields":["/nix/store/q-record-fmt.drv","",1,1]}"#,
        r#"@nix {"action":"start","id":8,"type":105,"fields":["/nix/store/q-dep-1.0.drv"]}"#,
        r#"@nix {"action":"start","id":9,"type":100,"text":"copying"}"#,
        r#"@nix {"action":"result","id":7,"type":101,"fields":["a line"]}"#,
        r#"@nix {"action":"result","id":8,"type":101,"fields":["of another"]}"#,
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
    let fmt = || "fmt".to_owned();
    assert_eq!(
        desk.events(),
        [
            Event::Setup("evaluating the flake".to_owned()),
            Event::Started { stage: fmt() },
            Event::Setup("building dep-1.0".to_owned()),
            Event::Line { stage: fmt(), text: "a line".to_owned() },
            Event::Told("error: x".to_owned()),
            Event::Setup("building ".to_owned()),
            finished("fmt", Ended::ToolFailed, false),
            finished("docs", Ended::ToolFailed, false),
        ]
    );
}

#[test]
fn asking_again_holds_for_these_sources_and_is_forgotten_with_them() {
    let desk = Desk::new();
    let file = desk.bench.workspace.blocks().join("attempts/attempts.json");
    let attempts = || -> BTreeMap<String, String> {
        serde_json::from_slice(&fs::read(&file).unwrap_or_else(|_| b"{}".to_vec())).expect("JSON")
    };
    let overridden =
        |calls: Vec<String>| calls.iter().filter(|it| it.contains("--override-input")).count();
    desk.run(&["fmt"]).expect("a run");
    let first = attempts();
    assert_eq!(first.keys().collect::<Vec<_>>(), ["fmt"]);
    assert_eq!(overridden(desk.calls()), 2, "evaluated and built with the attempt");
    desk.run(&[]).expect("a run");
    assert_eq!(attempts(), first, "the next run is about the same record");
    assert_eq!(overridden(desk.calls()), 2);
    desk.run(&["fmt", "docs"]).expect("a run");
    let second = attempts();
    assert_eq!(second.len(), 2);
    let number = |text: &String| text.parse::<u64>().expect("a number");
    assert!(number(&second["fmt"]) > number(&first["fmt"]), "{first:?} {second:?}");
    desk.calls();
    desk.answer("nix-two");
    desk.run(&[]).expect("a run");
    assert_eq!((attempts().len(), overridden(desk.calls())), (0, 0));
    fs::write(desk.bench.workspace.blocks().join("attempts-of.json"), "damaged").expect("written");
    desk.run(&["docs"]).expect("a run");
    assert_eq!(attempts().keys().collect::<Vec<_>>(), ["docs"]);
}

#[test]
fn an_attempt_is_not_that_of_another_checkout() {
    let attempt = || {
        let desk = Desk::new();
        desk.run(&["fmt"]).expect("a run");
        let file = desk.bench.workspace.blocks().join("attempts/attempts.json");
        fs::read_to_string(file).expect("attempts")
    };
    assert_ne!(attempt(), attempt());
}

#[test]
fn a_flake_that_cannot_be_asked_again_is_told() {
    let desk = Desk::new();
    desk.eval(&format!("cat <<'END'\n{}\nEND", desk.records("nix-one", "")));
    desk.run(&[]).expect("a run");
    let error = desk.run(&["fmt"]).expect_err("the same record").to_string();
    assert!(error.contains("`fmt`") && error.contains("input `attempts`"), "{error}");
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
    let desk = Desk::new();
    let nix = Nix {
        workspace: &desk.bench.workspace,
        table: &desk.bench.table,
        program: desk.program.clone(),
        again: &[],
        records: desk.bench.workspace.records(),
    };
    assert_eq!(nix.sources(&desk.bench.cancel).expect("sources"), "nix-one");
    assert_eq!(desk.calls().len(), 1, "one evaluation");
}
