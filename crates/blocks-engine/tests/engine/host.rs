//! The host engine leaves whole records, whatever the tools do.

use std::{
    fs,
    time::{Duration, Instant},
};

use crate::bench::{Bench, row, until};
use blocks_engine::{Dependency, EngineError, Event, Package, host::Lock};
use blocks_records::{Ended, Record};

#[test]
fn yes_and_no_are_both_answers() {
    let bench = Bench::new(&[row("yes", "echo fine", ""), row("no", "echo bad; exit 1", "")]);
    bench.run(&[]).expect("a run");
    let (yes, no) = (bench.record("yes"), bench.record("no"));
    assert_eq!((yes.ended, yes.exit), (Ended::Answered, Some(0)));
    assert_eq!((no.ended, no.exit), (Ended::Answered, Some(1)));
    assert_eq!(bench.evidence("no"), "bad\n");
    assert_eq!(yes.steps.len(), 1);
    assert!(yes.toolchain.rustc.starts_with("rustc "), "{:?}", yes.toolchain);
}

#[test]
fn a_status_that_is_no_answer_is_tried_again_and_never_silent() {
    let mut bench = Bench::new(&[row("flaky", "test -e seen && exit 0; touch seen; exit 9", "")]);
    bench.limits.attempts = 2;
    bench.run(&[]).expect("a run");
    let record = bench.record("flaky");
    assert_eq!((record.ended, record.exit), (Ended::Answered, Some(0)));
    assert_eq!(record.retries.len(), 1);
    assert_eq!(record.retries[0].ended, Ended::ToolFailed);
    assert!(record.retries[0].reason.contains("ended with status 9, which is no answer"));
    let events = bench.events.lock().expect("events");
    assert!(events.iter().any(|event| matches!(event, Event::Retry { .. })));
}

#[test]
fn tries_end_at_the_limit() {
    let mut bench = Bench::new(&[row("broken", "echo x >> tries; exit 9", "")]);
    bench.limits.attempts = 3;
    bench.run(&[]).expect("a run");
    let record = bench.record("broken");
    assert_eq!(record.ended, Ended::ToolFailed);
    assert_eq!(record.retries.len(), 2);
    assert_eq!(fs::read_to_string(bench.path("tries")).expect("tries"), "x\nx\nx\n");
}

#[test]
fn a_stage_past_its_time_is_ended_with_all_that_it_started() {
    // The inner process leaves the group and holds the pipe open: only its mark finds it.
    let script = "setsid sh -c \"trap : TERM; echo \\$\\$ > inner; sleep 60; sleep 60\" & sleep 60";
    let mut bench = Bench::new(&[row("slow", script, "")]);
    bench.limits.timeout = Duration::from_secs(1);
    let begun = Instant::now();
    bench.run(&[]).expect("a run");
    assert!(begun.elapsed() < Duration::from_secs(30));
    assert_eq!(bench.record("slow").ended, Ended::TimedOut);
    let inner = fs::read_to_string(bench.path("inner")).expect("a process id");
    let process = format!("/proc/{}", inner.trim());
    assert!(until(|| !is_running(&process)), "{process}");
}

/// A process that was killed stays as a zombie until its parent asks; it runs no more.
fn is_running(process: &str) -> bool {
    fs::read_to_string(format!("{process}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

#[test]
fn a_tool_that_dies_of_a_signal_gives_no_answer() {
    let bench = Bench::new(&[row("dies", "kill -9 $$", "")]);
    bench.run(&[]).expect("a run");
    let record = bench.record("dies");
    assert_eq!((record.ended, record.exit), (Ended::Killed, None));
    assert_eq!(record.reason, "`sh` was ended by signal 9");
}

#[test]
fn words_of_a_fault_make_a_no_into_no_answer() {
    let fault = "echo FAULT: out of memory >&2; exit 1";
    let bench = Bench::new(&[row("oom", fault, ""), row("says", "echo FAULT: memory >&2", "")]);
    bench.run(&[]).expect("a run");
    let record = bench.record("oom");
    assert_eq!((record.ended, record.reason.as_str()), (Ended::Killed, "no memory"));
    assert_eq!(bench.record("says").ended, Ended::Answered, "a yes stays a yes");
}

#[test]
fn words_of_a_fault_count_in_a_step_that_only_helps_as_well() {
    let helps = |script: &str| {
        format!("[[stage.step]]\nrun = ['sh', '-c', '{script}']\nanswers = [0, 101]\n")
    };
    let oom = row("oom", "exit 0", "") + &helps("echo FAULT: out of memory >&2; exit 101");
    let no = row("no", "exit 0", "") + &helps("echo not so >&2; exit 101");
    let bench = Bench::new(&[oom, no]);
    bench.run(&[]).expect("a run");
    let record = bench.record("oom");
    assert_eq!((record.ended, record.reason.as_str()), (Ended::Killed, "no memory"));
    assert_eq!(bench.record("no").ended, Ended::Answered, "a no of its own is an answer");
}

#[test]
fn a_missing_tool_is_named_and_nothing_runs() {
    let bench = Bench::new(&[row("needs", "touch ran", "tools = ['cargo-no-such-tool']")]);
    bench.run(&[]).expect("a run");
    let record = bench.record("needs");
    assert_eq!(record.ended, Ended::ToolMissing);
    assert!(record.reason.contains("cargo-no-such-tool"), "{}", record.reason);
    assert!(!bench.path("ran").exists());
}

#[test]
fn a_program_that_is_not_there_is_a_missing_tool() {
    let rows = row("gone", "", "").replace("'sh'", "'no-such-program'");
    let bench = Bench::new(&[rows]);
    bench.run(&[]).expect("a run");
    let record = bench.record("gone");
    assert_eq!(record.ended, Ended::ToolMissing);
    assert_eq!(record.reason, "`no-such-program` is not on this machine");
}

#[test]
fn a_record_is_kept_until_what_it_is_of_changes() {
    let bench = Bench::new(&[row("once", "echo x >> notes; cat notes", "")]);
    let runs = || fs::read_to_string(bench.path("notes")).expect("notes").lines().count();
    bench.run(&[]).expect("a run");
    assert!(bench.kept().is_empty());
    bench.run(&[]).expect("a run");
    assert_eq!((runs(), bench.kept()), (1, vec!["once".to_owned()]));
    fs::write(bench.path("src/lib.rs"), "//! Changed.\n").expect("written");
    bench.run(&[]).expect("a run");
    assert_eq!((runs(), bench.kept()), (2, vec![]));
}

#[test]
fn a_record_is_made_again_when_it_is_damaged() {
    let bench = Bench::new(&[row("once", "echo fine", "")]);
    bench.run(&[]).expect("a run");
    fs::write(bench.place("once").join("out"), "planted").expect("written");
    bench.run(&[]).expect("a run");
    assert_eq!(bench.evidence("once"), "fine\n");
    fs::remove_file(bench.place("once").join("record.json")).expect("removed");
    bench.run(&[]).expect("a run");
    assert_eq!(bench.evidence("once"), "fine\n");
}

#[test]
fn a_fault_is_never_kept() {
    let bench = Bench::new(&[row("dies", "echo x >> notes; exit 9", "")]);
    bench.run(&[]).expect("a run");
    bench.run(&[]).expect("a run");
    assert_eq!(fs::read_to_string(bench.path("notes")).expect("notes"), "x\nx\n");
}

#[test]
fn asking_again_makes_that_record_again_and_no_other() {
    let rows =
        [row("red", "test -e notes; s=$?; touch notes; exit $s", ""), row("green", "true", "")];
    let bench = Bench::new(&rows);
    bench.run(&[]).expect("a run");
    assert_eq!(bench.record("red").exit, Some(1));
    bench.run(&[]).expect("a run");
    assert_eq!(bench.record("red").exit, Some(1), "a red record is kept like a green one");
    bench.kept();
    bench.run(&["red"]).expect("a run");
    assert_eq!(bench.kept(), ["green"]);
    let record = bench.record("red");
    assert_eq!((record.exit, record.attempt.as_str()), (Some(0), "1"));
    bench.run(&["red"]).expect("a run");
    assert_eq!(bench.record("red").attempt, "2");
}

#[test]
fn an_interrupted_run_leaves_the_record_of_before() {
    let bench = Bench::new(&[row("slow", "test -e notes && sleep 60; echo whole", "")]);
    bench.run(&[]).expect("a run");
    let before = bench.record("slow");
    fs::write(bench.path("notes"), "").expect("written");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let part = bench.place("slow").with_file_name(".workspace.part");
            assert!(until(|| part.join("out").exists()));
            bench.cancel.set();
        });
        let error = bench.run(&["slow"]).expect_err("an interruption");
        assert!(matches!(error, EngineError::Interrupted), "{error}");
    });
    assert_eq!(bench.record("slow"), before);
    let names = fs::read_dir(bench.place("slow").parent().expect("a folder")).expect("read");
    let names: Vec<_> = names.flatten().map(|it| it.file_name()).collect();
    assert_eq!(names, ["workspace"], "nothing half-written stays");
}

#[test]
fn stages_of_one_layer_do_not_run_at_once_and_others_do() {
    let script = "echo + >> notes; sleep 0.4; echo - >> notes";
    let layer = "layer = 'build'";
    let bench = Bench::new(&[row("a", script, layer), row("b", script, layer)]);
    bench.run(&[]).expect("a run");
    assert_eq!(fs::read_to_string(bench.path("notes")).expect("notes"), "+\n-\n+\n-\n");
    // Each waits for the other to begin, so that a slow machine changes nothing.
    let script = "echo + >> notes; for i in $(seq 200); do test $(grep -c + notes) = 2 && break; \
        sleep 0.05; done; echo - >> notes";
    let bench = Bench::new(&[row("a", script, ""), row("b", script, layer)]);
    bench.run(&[]).expect("a run");
    assert_eq!(fs::read_to_string(bench.path("notes")).expect("notes"), "+\n+\n-\n-\n");
}

#[test]
fn steps_evidence_and_outputs_follow_the_deciding_status() {
    let extra = "[[stage.file]]\nname = 'given'\ntext = 'at {record}'\n\
        [[stage.output]]\nfrom = '{target}/pages'\nname = 'html'\nafter = [0]\n\
        [[stage.output]]\nfrom = '{target}/none'\nname = 'none'\nafter = [0]\n\
        [[stage.evidence]]\nfile = 'later'\nkind = 'text'\nafter = [0]\n";
    let later = "[[stage.step]]\nrun = ['sh', '-c', 'cat $1/given > $1/later', 'sh', '{record}']\nanswers = [0]\nafter = [0]\n";
    let script =
        "t=target/inner/pages; mkdir -p $t/in; echo page > $t/in/a; touch $t/.lock; test -e notes";
    let bench = Bench::new(&[row("s", script, &format!("layer = 'build'\n{extra}")) + later]);
    bench.run(&[]).expect("a run");
    let no = bench.record("s");
    assert_eq!((no.exit, no.steps.len(), no.evidence.len()), (Some(1), 1, 1));
    assert!(!bench.place("s").join("html").exists());
    fs::write(bench.path("notes"), "").expect("written");
    bench.run(&["s"]).expect("a run");
    let yes = bench.record("s");
    assert_eq!((yes.exit, yes.steps.len(), yes.evidence.len()), (Some(0), 2, 2));
    let later = fs::read_to_string(bench.place("s").join("later")).expect("evidence");
    assert!(later.starts_with("at /") && later.ends_with(".workspace.part"), "{later}");
    let page = fs::read_to_string(bench.place("s").join("html/in/a")).expect("an output");
    assert_eq!(page, "page\n");
    assert!(!bench.place("s").join("html/.lock").exists());
    assert!(!bench.place("s").join("none").exists());
}

#[test]
fn standard_error_is_kept_in_the_log_and_where_the_row_says() {
    let rows = row("s", "echo words >&2", "").replace("stdout = 'out'", "stderr = 'out'");
    let bench = Bench::new(&[rows]);
    bench.run(&[]).expect("a run");
    assert_eq!(bench.evidence("s"), "words\n");
    assert_eq!(fs::read_to_string(bench.place("s").join("log")).expect("a log"), "words\n");
}

#[test]
fn what_a_killed_run_left_running_is_ended_by_the_next() {
    let bench = Bench::new(&[]);
    let mut stray = std::process::Command::new("sleep")
        .arg("60")
        .env("BLOCKS_RUN", format!("{}#fmt#", bench.workspace.blocks().display()))
        .spawn()
        .expect("a process");
    // The system shows the environment of a new program only a moment after it has begun.
    let environ = format!("/proc/{}/environ", stray.id());
    assert!(until(|| fs::read_to_string(&environ).is_ok_and(|text| text.contains("BLOCKS_RUN"))));
    let told = std::sync::Mutex::new(Vec::new());
    let lock = Lock::take(&bench.workspace, &bench.cancel, &|event| {
        told.lock().expect("events").push(event);
    });
    assert!(!stray.wait().expect("an end").success());
    let words = Event::Setup("ended 1 processes of a run that was killed".to_owned());
    assert_eq!(*told.lock().expect("events"), [words]);
    drop(lock);
}

#[test]
fn a_second_run_waits_for_the_first() {
    let bench = Bench::new(&[]);
    let first = Lock::take(&bench.workspace, &bench.cancel, &|_| {}).expect("a lock");
    let told = std::sync::atomic::AtomicBool::new(false);
    let sink = |event| {
        assert!(matches!(event, Event::Setup(text) if text.starts_with("waiting for another run")));
        told.store(true, std::sync::atomic::Ordering::SeqCst);
    };
    std::thread::scope(|scope| {
        let second = scope.spawn(|| Lock::take(&bench.workspace, &bench.cancel, &sink));
        assert!(until(|| told.load(std::sync::atomic::Ordering::SeqCst)));
        drop(first);
        assert!(second.join().expect("no panic").is_ok());
    });
    let _first = Lock::take(&bench.workspace, &bench.cancel, &|_| {}).expect("a lock");
    bench.cancel.set();
    let error = Lock::take(&bench.workspace, &bench.cancel, &|_| {}).expect_err("taken");
    assert!(matches!(error, EngineError::Interrupted));
}

#[test]
fn a_record_of_some_members_is_beside_that_of_all_and_kept_for_itself() {
    let member = row("lint", "echo asked", "").replace("'workspace'", "'member'");
    let member = member.replace("''']\n", "''', '{packages}']\n");
    let mut bench = Bench::new(&[member, row("whole", "echo all", "")]);
    bench.run(&[]).expect("a run");
    assert_eq!(bench.kept(), <[&str; 0]>::default());
    let all = bench.record("lint");
    assert_eq!(all.steps[0].command[3..], ["--workspace"]);
    assert_eq!((all.unit.as_str(), all.members.len()), ("workspace", 0));

    // Whether there are such members is for the tools to say.
    bench.members = vec!["small".to_owned(), "other".to_owned()];
    bench.run(&[]).expect("a run");
    assert_eq!(bench.kept(), ["whole"], "a stage of workspace scope is asked of all");
    let some = Record::load(&bench.place_of("lint", "other+1")).expect("a record");
    assert_eq!(some.steps[0].command[3..], ["--package", "other", "--package", "small"]);
    assert_eq!(
        (some.unit.as_str(), &some.members[..]),
        ("other+1", &["other", "small"].map(String::from)[..])
    );
    assert_ne!(some.sources, all.sources);
    assert_eq!(bench.record("lint"), all, "the record of all is untouched");

    bench.run(&[]).expect("a run");
    assert_eq!(bench.kept(), ["lint", "whole"]);
    bench.members = vec!["other".to_owned(), "third".to_owned()];
    bench.run(&[]).expect("a run");
    assert_eq!(bench.kept(), ["whole"], "the same name, and other members");
}

#[test]
fn a_stage_about_a_dependency_that_nobody_has_is_not_applicable_and_needs_no_tools() {
    let extra = "depends_on = ['loom', 'other']\ntools = ['cargo-no-such-tool']";
    let mut bench = Bench::new(&[row("models", "exit 1", extra)]);
    bench.run(&[]).expect("a run");
    let record = bench.record("models");
    assert_eq!((record.ended, record.exit), (Ended::NotApplicable, None));
    assert_eq!(record.reason, "no member depends on loom or other");
    assert!(record.steps.is_empty() && record.evidence.is_empty());
    bench.kept();
    bench.run(&[]).expect("a run");
    assert_eq!(bench.kept(), ["models"]);
    let on = Dependency { package: "other".to_owned(), is_dev: false, folder: None };
    bench.workspace.packages[0].dependencies.push(on);
    bench.run(&["models"]).expect("a run");
    assert_eq!(bench.record("models").ended, Ended::ToolMissing);
}

#[test]
fn a_stage_about_texts_without_its_marks_is_not_applicable_and_needs_no_tools() {
    let extra = "marked = ['one:', 'two:']\ntexts = ['NOTES.md']\nreads = ['docs/more.md']\n\
                 tools = ['cargo-no-such-tool']";
    let bench = Bench::new(&[row("marks", "exit 1", extra)]);
    let root = bench.workspace.root.clone();
    fs::create_dir_all(root.join("docs")).expect("a folder");
    fs::write(root.join("NOTES.md"), "one\n").expect("written");
    fs::write(root.join("other.md"), "one:\n").expect("written");
    bench.run(&[]).expect("a run");
    let record = bench.record("marks");
    assert_eq!((record.ended, record.exit), (Ended::NotApplicable, None));
    assert_eq!(record.reason, "no text holds `one:` or `two:`");
    for file in ["NOTES.md", "docs/more.md"] {
        fs::write(root.join(file), "a \u{fc} two: b\n").expect("written");
        bench.run(&["marks"]).expect("a run");
        assert_eq!(bench.record("marks").ended, Ended::ToolMissing, "{file}");
        fs::remove_file(root.join(file)).expect("removed");
        // A link would lead to what is no source.
        std::os::unix::fs::symlink("other.md", root.join(file)).expect("a link");
        bench.run(&["marks"]).expect("a run");
        assert_eq!(bench.record("marks").ended, Ended::NotApplicable, "{file}");
    }
}

#[test]
fn only_members_with_the_dependency_are_asked() {
    let row = row("models", r#"echo "$@""#, "depends_on = ['loom']")
        .replace("scope = 'workspace'", "scope = 'member'")
        .replace(r#"'''echo "$@"'''"#, r#"'''echo "$@"''', 'sh', '{packages}'"#);
    let mut bench = Bench::new(&[row]);
    let on = Dependency { package: "loom".to_owned(), is_dev: true, folder: None };
    bench.workspace.packages[0].dependencies.push(on);
    let name = "other".to_owned();
    let other = Package { name, dependencies: Vec::new(), ..bench.workspace.packages[0].clone() };
    bench.workspace.packages.push(other);
    bench.run(&[]).expect("a run");
    assert_eq!(bench.evidence("models"), "--package small\n");
}
