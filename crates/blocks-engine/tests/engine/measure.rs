//! Programs that leave results as criterion does, side by side. They are scripts whose times are fixed.

use crate::bench::Bench;
use blocks_engine::Measuring;
use blocks_evidence::{TimedRounds, Times};
use std::{fs, os::unix::fs::PermissionsExt as _, path::Path, process::Command};
use tempfile::TempDir;

/// A program with benchmarks, each with the nanoseconds that it takes.
fn program(side: &Path, member: &str, benchmarks: &[(&str, u32)]) {
    let lines = |line: fn(&(&str, u32)) -> String| benchmarks.iter().map(line).collect::<Vec<_>>();
    let list = lines(|(name, _)| format!("echo '{name}: benchmark'")).join(
        "
",
    );
    let cases = lines(|(name, time)| format!("'{name}') time={time} ;;")).join(
        "
",
    );
    let text = format!(
        "#!/bin/sh\nset -eu\ncase \"$*\" in *--list*) {list}\nexit ;; esac\n\
         for name; do :; done\nname=${{name#^}}\nname=${{name%\\$}}\ncase $name in\n{cases}\n*) exit 9 ;; esac\n\
         if [ \"$time\" = 0 ]; then echo \"$name is broken\" >&2; exit 101; fi\n\
         new=$CRITERION_HOME/$name/new\nmkdir -p \"$new\"\n\
         echo '{{\"group_id\":\"'$name'\",\"function_id\":null,\"value_str\":null,\"throughput\":null,\"full_id\":\"'$name'\"}}' >\"$new/benchmark.json\"\n\
         echo '{{\"median\":{{\"point_estimate\":'$time'}}}}' >\"$new/estimates.json\"\n\
         echo '{{\"sampling_mode\":\"Flat\",\"iters\":[1,1],\"times\":['$time','$time']}}' >\"$new/sample.json\"\n"
    );
    script(side, member, &text);
}

fn script(side: &Path, member: &str, text: &str) {
    let folder = side.join("members").join(member).join("programs");
    fs::create_dir_all(&folder).expect("a folder");
    let (written, file) = (folder.join("sums.txt"), folder.join("sums"));
    fs::write(&written, text).expect("a script");
    fs::set_permissions(&written, fs::Permissions::from_mode(0o755)).expect("a program");
    // What a test beside this one starts meanwhile has this process' open files for a moment, and what somebody has open to
    // write cannot be started. So another process writes it.
    let copied = Command::new("cp").arg(&written).arg(&file).status().expect("cp");
    assert!(copied.success());
    fs::remove_file(&written).expect("removed");
}

fn measured(before: &Path, now: &Path) -> (Times, Vec<String>) {
    let bench = Bench::new(&[]);
    let work = TempDir::new().expect("a folder");
    let (workspace, work) = (&bench.workspace, work.path());
    let mut lines = Vec::new();
    let measuring = Measuring { workspace, before, now, work, rounds: 8 };
    let times = measuring.run(&mut |line| lines.push(line.to_owned())).expect("times");
    (times, lines)
}

/// What was measured of a benchmark: the rounds of both passes, or why there are none.
fn told(times: &Times, name: &str) -> String {
    let one = times.benchmarks.iter().find(|it| it.name == name).expect("a benchmark");
    match &one.times {
        TimedRounds::Of { first, again } => {
            format!(
                "{} and {} rounds, {:?} {:?}",
                first.len(),
                again.len(),
                first[0].before,
                first[0].now
            )
        }
        TimedRounds::New => "new".to_owned(),
        TimedRounds::Gone => "gone".to_owned(),
        TimedRounds::Broken(why) => why.clone(),
    }
}

#[test]
fn both_sides_are_measured_and_what_is_slower_again() {
    let (before, now) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    program(before.path(), "", &[("same", 100), ("slower", 100), ("went", 5), ("breaks", 7)]);
    program(now.path(), "", &[("same", 100), ("slower", 110), ("came", 5), ("breaks", 0)]);
    let (times, lines) = measured(before.path(), now.path());
    let found: Vec<_> =
        ["same", "slower", "came", "went", "breaks"].map(|it| told(&times, it)).into();
    assert_eq!(
        found[..4],
        [
            "8 and 0 rounds, [100.0, 100.0] [100.0, 100.0]",
            "8 and 16 rounds, [100.0, 100.0] [110.0, 110.0]",
            "new",
            "gone"
        ]
    );
    assert!(found[4].contains("101") && found[4].contains("breaks is broken"), "{}", found[4]);
    assert_eq!(times.rounds, 8);
    // The program's package is told by its folder.
    assert!(
        times.benchmarks.iter().all(|it| it.package == "small" && it.program == "sums"),
        "{times:?}"
    );
    assert_eq!(lines[0], "benchmarks: 3, round 1 of 8");
    assert!(lines[7].starts_with("benchmarks: 3, round 8 of 8, about "), "{}", lines[7]);
    assert_eq!(lines[8], "slower than before: measured again, round 1 of 16");
    assert_eq!(lines.len(), 24);
}

#[test]
fn a_program_that_lists_nothing_useful_is_told() {
    let (before, now) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    program(before.path(), "", &[("same", 100)]);
    script(now.path(), "", "#!/bin/sh\necho no such option >&2\nexit 2\n");
    let (times, _) = measured(before.path(), now.path());
    let why = told(&times, "sums");
    assert!(why.contains("exit status: 2") && why.ends_with("no such option"), "{why}");
}

/// Such a program is of a harness that nobody here knows, and not one without benchmarks.
#[test]
fn a_program_that_lists_no_benchmark_is_told() {
    let (before, now) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    program(before.path(), "", &[("same", 100)]);
    script(now.path(), "", "#!/bin/sh\necho 'same: test'\n");
    let (times, _) = measured(before.path(), now.path());
    assert_eq!(told(&times, "sums"), "it lists no benchmark");
}

/// Most likely for want of memory: another run may come to a time.
#[test]
fn a_program_that_is_killed_is_no_answer() {
    let (before, now) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    program(before.path(), "", &[("same", 100)]);
    let text = "#!/bin/sh\ncase \"$*\" in *--list*) echo 'same: bench'; exit ;; esac\nkill -9 $$\n";
    script(now.path(), "", text);
    let bench = Bench::new(&[]);
    let work = TempDir::new().expect("a folder");
    let (workspace, work) = (&bench.workspace, work.path());
    let (before, now) = (before.path(), now.path());
    let measuring = Measuring { workspace, before, now, work, rounds: 8 };
    let error = measuring.run(&mut |_| {}).expect_err("no answer").to_string();
    assert!(error.contains("signal: 9"), "{error}");
}

#[test]
fn a_run_that_leaves_no_result_or_another_is_no_time() {
    for (leaves, why) in [
        (":", "it left no results"),
        ("mkdir -p $CRITERION_HOME/x/new", "it left 0 results"),
        (
            "mkdir -p $CRITERION_HOME/x/new && echo {} >$CRITERION_HOME/x/new/sample.json",
            "benchmark.json cannot be read",
        ),
    ] {
        let (before, now) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
        program(before.path(), "", &[("same", 100)]);
        let text = format!(
            "#!/bin/sh\ncase \"$*\" in *--list*) echo 'same: benchmark'; exit ;; esac\n{leaves}\n"
        );
        script(now.path(), "", &text);
        let (times, _) = measured(before.path(), now.path());
        let found = told(&times, "same");
        assert!(found.contains(why), "{found}");
    }
}

#[test]
fn where_there_are_no_programs_nothing_is_measured() {
    let empty = TempDir::new().expect("a folder");
    let (times, lines) = measured(empty.path(), &empty.path().join("nowhere"));
    assert!(times.benchmarks.is_empty() && lines.is_empty());
}
