//! Runs that end before their time leave nothing behind, neither processes nor half records.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    process::{Child, Command},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use crate::bench::{Bench, GREEN, Said, until};

/// A workspace with a test that does not end while a file is there.
fn slow() -> Bench {
    let bench = Bench::green();
    let slow = "        let folder = concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/target\");\n        \
        std::fs::write(format!(\"{folder}/started\"), \"\").unwrap();\n        \
        while std::fs::exists(format!(\"{folder}/slow\")).unwrap() {\n            \
        std::thread::sleep(std::time::Duration::from_millis(20));\n        }\n        \
        assert_eq!(add(1, 2), 3);\n    }";
    bench.replace("        assert_eq!(add(1, 2), 3);\n    }", slow);
    bench.write("target/slow", "");
    bench
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("sh")
        .args(["-c", &format!("kill -{name} {}", child.id())])
        .status()
        .expect("a shell");
    assert!(sent.success());
}

/// The first line that a run says with these words, within half a minute.
fn hears(child: &mut Child, words: &'static str) -> String {
    let lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
    let (send, receive) = mpsc::channel();
    // It goes on reading, so that the run can go on saying.
    thread::spawn(move || {
        lines.map_while(Result::ok).filter(|line| line.contains(words)).for_each(|line| {
            let _ = send.send(line);
        });
    });
    receive.recv_timeout(Duration::from_secs(30)).expect("a line with the words")
}

fn ends(child: &mut Child) -> bool {
    until(|| child.try_wait().is_ok_and(|status| status.is_some()))
}

/// How many processes of runs in this workspace there are.
fn left(bench: &Bench) -> usize {
    let mark = format!("BLOCKS_RUN={}/target/blocks#", bench.root().display());
    let processes = fs::read_dir("/proc").expect("/proc").flatten();
    let marked = |environment: Vec<u8>| {
        environment.split(|byte| *byte == 0).any(|it| it.starts_with(mark.as_bytes()))
    };
    processes.filter(|it| fs::read(it.path().join("environ")).is_ok_and(marked)).count()
}

#[test]
fn an_interrupted_run_ends_at_once_and_leaves_no_process() {
    let bench = slow();
    let mut child = bench.start(&["test", "fmt"]);
    assert!(until(|| bench.path("target/started").exists()), "the test never began");
    assert!(left(&bench) > 0);
    let begun = Instant::now();
    signal(&child, "INT");
    assert!(ends(&mut child), "it does not end");
    let said = Said::from(child.wait_with_output().expect("an end"));
    said.expect(130, &["error: interrupted"]);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert_eq!(left(&bench), 0);
    assert!(!bench.path("target/blocks/records/test/workspace").exists());
    fs::remove_file(bench.path("target/slow")).expect("removed");
    bench.check(&["test", "fmt"]).expect(0, &["1 passed"]);
}

#[test]
fn a_run_that_waits_for_another_can_be_interrupted() {
    let bench = slow();
    let first = bench.start(&["test"]);
    assert!(until(|| bench.path("target/started").exists()), "the test never began");
    let mut second = bench.start(&["fmt"]);
    let waiting = hears(&mut second, "waiting for another run");
    assert!(waiting.contains(&format!("(process {})", first.id())), "{waiting}");
    assert!(second.try_wait().expect("a state").is_none(), "it waits");
    signal(&second, "TERM");
    assert!(ends(&mut second), "it does not end");
    assert_eq!(second.wait().expect("an end").code(), Some(130));
    fs::remove_file(bench.path("target/slow")).expect("removed");
    Said::from(first.wait_with_output().expect("an end")).expect(0, &["1 passed"]);
}

#[test]
fn what_a_killed_run_left_is_ended_by_the_next_whatever_it_checks() {
    let bench = slow();
    let mut child = bench.start(&["test"]);
    assert!(until(|| bench.path("target/started").exists()), "the test never began");
    child.kill().expect("killed");
    child.wait().expect("an end");
    assert!(left(&bench) > 0, "nobody has ended the test yet");
    bench.check(&["fmt"]).expect(0, &["processes of a run that was killed"]);
    assert!(until(|| left(&bench) == 0));
}

#[test]
fn a_run_after_one_that_was_killed_comes_to_the_same_verdicts() {
    let bench = Bench::green();
    // Red and green stages, so that neither can be taken for the other.
    let sources = |moment: u64| {
        let text = GREEN.replace("let mut sum = a;", "let mut  sum = a;");
        bench.write("src/lib.rs", &format!("{text}// {moment}\n"));
    };
    sources(0);
    let undisturbed = bench.check(&["--json"]);
    assert_eq!((undisturbed.code, undisturbed.open()), (Some(1), vec!["fmt".to_owned()]));
    for moment in [40, 160, 400, 900, 1500] {
        sources(moment);
        let mut child = bench.start(&[]);
        thread::sleep(Duration::from_millis(moment));
        child.kill().expect("killed");
        child.wait().expect("an end");
        let after = bench.check(&["--json"]);
        assert_eq!(after.outcomes(), undisturbed.outcomes(), "killed after {moment} ms: {after:?}");
        assert_eq!(left(&bench), 0);
    }
}
