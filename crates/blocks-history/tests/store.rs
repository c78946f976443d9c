//! Stores of measurements: what is written comes back, whatever happened to the files in between.

#![expect(clippy::unwrap_used, reason = "the helpers of a test stop it like the test itself does")]

use blocks_history::{
    Folder, History, HistoryError, Interval, LINE_LIMIT, Measurement, Unit, added, file_of,
    is_file_of_store, machine_folder,
};
use proptest::prelude::*;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::sync::Barrier;
use std::thread;
use tempfile::TempDir;

/// A measurement of the `n`th revision.
fn measured(n: u8, series: &str, value: f64) -> Measurement {
    Measurement {
        revision: format!("{n:02x}").repeat(20),
        date: format!("2026-11-{:02}T10:00:00Z", n + 1),
        machine: "linux-x86_64, Some Processor (R) @ 2 GHz, 2 cores".to_owned(),
        toolchain: "rustc 1.95.0 (0123 2026-01-01)".to_owned(),
        series: series.to_owned(),
        unit: Unit::Instructions,
        value,
        interval: None,
    }
}

fn lines(measurements: &[Measurement]) -> String {
    String::from_utf8(added("f", b"", measurements).unwrap().bytes).unwrap()
}

fn read(text: impl Into<Vec<u8>>) -> History {
    History::read([("m/r.jsonl".to_owned(), text.into())])
}

fn warnings(history: &History) -> Vec<String> {
    history.warnings().iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_appended_is_read_back_and_a_line_is_one_object() {
    let dir = TempDir::new().unwrap();
    let store = Folder::new(dir.path().join("not/there/yet"));
    assert_eq!(store.read().unwrap(), History::default());
    let mut first = measured(1, "time/a/x \"quoted\" \\", 1.5e-7);
    first.interval = Some(Interval { low: 1.25e-7, high: 2e-7 });
    let second = measured(2, "size/a/b", 401_408.0);
    assert_eq!(store.append(&[first.clone(), second.clone()]).unwrap(), 2);
    let history = store.read().unwrap();
    assert_eq!(history.measurements(), [second.clone(), first]);
    assert_eq!(warnings(&history), [""; 0]);
    let folder = "linux-x86_64-some-processor-r-2-ghz-2-cores";
    let file = dir.path().join("not/there/yet").join(folder).join("02".repeat(20) + ".jsonl");
    let line = format!(
        "{{\"schema\":1,\"revision\":\"{}\",\"date\":\"2026-11-03T10:00:00Z\",\"machine\":\"{}\",\"toolchain\":\
         \"{}\",\"series\":\"size/a/b\",\"unit\":\"instructions\",\"value\":401408.0}}\n",
        second.revision, second.machine, second.toolchain
    );
    assert_eq!(fs::read_to_string(file).unwrap(), line);
}

#[test]
fn a_failure_among_passes_is_no_pass() {
    let outcome = |toolchain: &str, value| Measurement {
        unit: Unit::Passed,
        toolchain: toolchain.to_owned(),
        ..measured(1, "outcome/test", value)
    };
    let history =
        read(lines(&[outcome("stable", 0.0), outcome("beta", 1.0), outcome("nightly", 1.0)]));
    let point = history.series()[0].points[0].clone();
    assert!(point.value < 0.7, "{point:?}");
    let numbers = [1.0, 2.0, 30.0]
        .map(|value| Measurement { unit: Unit::Bytes, ..measured(1, "size/a", value) });
    assert!((read(lines(&numbers)).series()[0].points[0].value - 2.0).abs() < f64::EPSILON);
}

#[test]
fn what_could_not_be_read_back_is_refused() {
    let dir = TempDir::new().unwrap();
    let store = Folder::new(dir.path());
    for series in ["a\nb", "a\u{1b}[2J", "\0", "a\u{85}"] {
        let error = store.append(&[measured(1, series, 1.0)]).unwrap_err().to_string();
        assert!(error.ends_with("has a control character"), "{error}");
    }
    // As long as texts may be, and of what takes most when it is written.
    let long = "\"".repeat(4096);
    let mut longest = measured(1, &long, 1.0);
    longest.machine.clone_from(&long);
    longest.toolchain.clone_from(&long);
    assert_eq!(store.append(std::slice::from_ref(&longest)).unwrap(), 1);
    assert_eq!(store.read().unwrap().measurements(), [longest]);
}

#[test]
fn what_is_there_already_is_not_stored_twice() {
    let dir = TempDir::new().unwrap();
    let store = Folder::new(dir.path());
    let one = measured(1, "seconds/test", 0.1 + 0.2);
    assert_eq!(store.append(&[one.clone(), one.clone()]).unwrap(), 1);
    assert_eq!(store.append(std::slice::from_ref(&one)).unwrap(), 0);
    for other in [
        Measurement { value: 0.3, ..one.clone() },
        Measurement { toolchain: "rustc 2".to_owned(), ..one.clone() },
        Measurement { machine: "other".to_owned(), ..one.clone() },
        Measurement { unit: Unit::Seconds, ..one.clone() },
        measured(2, "seconds/test", 0.1 + 0.2),
        measured(1, "seconds/tests", 0.1 + 0.2),
    ] {
        assert_eq!(store.append(&[other]).unwrap(), 1);
    }
    assert_eq!(store.read().unwrap().measurements().len(), 7);
}

#[test]
fn a_line_that_a_killed_writer_left_costs_itself_only() {
    let dir = TempDir::new().unwrap();
    let store = Folder::new(dir.path());
    let (first, second) = (measured(1, "a", 1.0), measured(1, "b", 2.0));
    store.append(std::slice::from_ref(&first)).unwrap();
    let file = dir.path().join(file_of(&first));
    let torn = lines(&[measured(1, "c", 3.0)]);
    OpenOptions::new().append(true).open(&file).unwrap().write_all(&torn.as_bytes()[..40]).unwrap();
    store.append(std::slice::from_ref(&second)).unwrap();
    let history = store.read().unwrap();
    assert_eq!(history.measurements(), [first.clone(), second]);
    let warned = warnings(&history);
    assert_eq!(warned.len(), 1, "{warned:?}");
    let place = format!("{}:2: no measurement: EOF while parsing", file_of(&first));
    assert!(warned[0].starts_with(&place), "{warned:?}");
}

#[test]
fn each_kind_of_damage_costs_its_line_and_says_what_it_is() {
    let good = lines(&[measured(1, "a", 1.0)]);
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        good.replace(from, to)
    };
    let long = with("\"a\"", &format!("\"{}\"", "x".repeat(LINE_LIMIT)));
    let short_of_limit = with("\"a\"", &format!("\"{}\"", "x".repeat(5000)));
    for (damaged, what) in [
        ("nonsense\n".to_owned(), "it is no object"),
        ("[1]\n".to_owned(), "it is no object"),
        ("\u{0}\n".to_owned(), "it is no object"),
        ("{]\n".to_owned(), "key must be a string"),
        ("<<<<<<< HEAD\n".to_owned(), "a mark of a merge"),
        ("=======\n".to_owned(), "a mark of a merge"),
        (with("\"schema\":1", "\"schema\":2"), "schema 2, this program reads schema 1"),
        (with("\"schema\":1,", ""), "missing field `schema`"),
        (with("1.0}", "1e999}"), "number out of range"),
        (with("1.0}", "null}"), "invalid type: null"),
        (with("1.0}", "\"1\"}"), "invalid type: string"),
        (with("1.0}", "1.0,\"low\":2.0,\"high\":1.0}"), "lower end is above"),
        (with("1.0}", "1.0,\"low\":2.0}"), "the interval has one end"),
        (with("instructions", "parsecs"), "unknown variant `parsecs`"),
        (with("0101", "010g"), "the revision is not"),
        (with("0101", "01"), "the revision is not"),
        (with("T10:00:00Z", "T10:00:00+00:00"), "the date is not"),
        (with("-11-", "-13-"), "the date is not"),
        (with("\"a\"", "\"\""), "is empty or longer"),
        (short_of_limit, "is empty or longer"),
        (long, "the line has 33"),
    ] {
        let history = read(format!("{good}{damaged}\n \n{}", good.replace("\"a\"", "\"z\"")));
        let series: Vec<_> = history.measurements().iter().map(|it| &*it.series).collect();
        assert_eq!(series, ["a", "z"], "{damaged}");
        let warned = warnings(&history);
        assert_eq!(warned.len(), 1, "{damaged} {warned:?}");
        assert!(warned[0].starts_with("m/r.jsonl:2: "), "{warned:?}");
        assert!(warned[0].contains(what), "{warned:?} {what}");
    }
    let invalid = [good.as_bytes(), b"{\"schema\":1,\"x\":\"\xff\"}\n"].concat();
    assert_eq!(
        (read(invalid.clone()).measurements().len(), read(invalid).warnings().len()),
        (1, 1)
    );
}

#[test]
fn a_file_that_is_too_large_is_passed_over_and_not_made_larger() {
    let history = History::read([
        ("m/large.jsonl".to_owned(), vec![b'\n'; 16 * 1024 * 1024 + 1]),
        ("m/r.jsonl".to_owned(), lines(&[measured(1, "a", 1.0)]).into_bytes()),
    ]);
    assert_eq!(history.measurements().len(), 1);
    let words = "m/large.jsonl: 16777217 bytes are more than the 16777216 that are read";
    assert_eq!(warnings(&history), [words]);
    let full = vec![b'\n'; 16 * 1024 * 1024];
    let error = added("m/r.jsonl", &full, [&measured(1, "a", 1.0)]).unwrap_err();
    assert!(matches!(error, HistoryError::TooLarge { .. }), "{error}");
}

#[test]
fn what_could_not_be_read_back_is_not_stored() {
    let dir = TempDir::new().unwrap();
    let store = Folder::new(dir.path());
    let good = measured(1, "a", 1.0);
    for bad in [
        Measurement { value: f64::NAN, ..good.clone() },
        Measurement { interval: Some(Interval { low: 0.0, high: f64::INFINITY }), ..good.clone() },
        Measurement { revision: "HEAD".to_owned(), ..good.clone() },
        Measurement { date: "today".to_owned(), ..good.clone() },
        Measurement { series: "x".repeat(5000), ..good.clone() },
    ] {
        let error = store.append(&[good.clone(), bad]).unwrap_err();
        assert!(matches!(error, HistoryError::Measurement { .. }), "{error}");
    }
    assert_eq!(store.read().unwrap(), History::default(), "nothing of the others either");
}

#[test]
fn several_measurements_of_a_revision_are_one_point_their_median() {
    let mut all: Vec<_> = [5.0, 1.0, 2.0].map(|value| measured(1, "a", value)).into();
    all.extend([4.0, 2.0].map(|value| measured(0, "a", value)));
    all[1].interval = Some(Interval { low: 0.5, high: 2.0 });
    all[2].interval = Some(Interval { low: 1.0, high: 3.0 });
    all[3].toolchain = "rustc 1.94.0".to_owned();
    let series = read(lines(&all)).series();
    let points: Vec<_> = series[0].points.iter().map(|it| (it.value, it.measurements)).collect();
    assert_eq!(points, [(3.0, 2), (2.0, 3)], "the oldest first");
    assert_eq!(series[0].points[0].toolchains.len(), 2);
    assert_eq!(series[0].points[0].interval, None);
    assert_eq!(series[0].points[1].interval, Some(Interval { low: 0.5, high: 3.0 }));
    let large = [measured(1, "a", f64::MAX), measured(1, "a", f64::MAX / 2.0)];
    assert!(read(lines(&large)).series()[0].points[0].value.is_finite());
}

#[test]
fn what_is_of_other_machines_or_units_is_another_series() {
    let one = measured(1, "a", 1.0);
    let other = Measurement { machine: "other".to_owned(), ..one.clone() };
    let bytes = Measurement { unit: Unit::Bytes, ..one.clone() };
    assert_eq!(read(lines(&[one, other, bytes])).series().len(), 3);
}

#[test]
fn names_of_folders_are_safe_and_known_again() {
    for (machine, folder) in [
        ("../../etc/passwd", "etc-passwd"),
        ("", "machine"),
        ("Ünix, 日本", "nix"),
        ("日本", "machine"),
        ("a\u{0}b\nc", "a-b-c"),
        ("-.-", "machine"),
    ] {
        assert_eq!(machine_folder(machine), folder);
    }
    assert!(machine_folder(&"x-".repeat(500)).len() <= 80);
    let file = file_of(&measured(1, "a", 1.0));
    assert!(is_file_of_store(&file), "{file}");
    for other in ["a.jsonl", "a/b.jsonl", ".gitattributes", "A/0101.jsonl", "src/lib.rs"] {
        assert!(!is_file_of_store(other), "{other}");
    }
}

#[test]
fn writers_at_the_same_time_leave_whole_lines_and_none_twice() {
    let dir = TempDir::new().unwrap();
    let store = Folder::new(dir.path());
    // All write the same at once: of each, one is the first.
    let together = Barrier::new(8);
    let write = || {
        let all = (0..50_u8).map(|n| measured(1, "a", f64::from(n)));
        let append = |one| {
            together.wait();
            store.append(&[one]).unwrap()
        };
        all.map(append).sum::<usize>()
    };
    let added: usize = thread::scope(|scope| {
        let writers: Vec<_> = (0..8).map(|_| scope.spawn(write)).collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).sum()
    });
    let text = fs::read_to_string(dir.path().join(file_of(&measured(1, "a", 0.0)))).unwrap();
    assert_eq!((added, text.lines().count()), (50, 50));
    assert_eq!(read(text).warnings(), []);
}

/// Some measurements, of few revisions and series, so that they meet.
fn some() -> impl Strategy<Value = Vec<Measurement>> {
    let interval = prop::option::of((0.0..1.0, 1.0..2.0));
    let one = (0_u8..4, "[ab]", 0_u8..6, interval, 0_u8..2, any::<bool>());
    let one = one.prop_map(|(revision, series, value, interval, toolchain, other)| Measurement {
        interval: interval.map(|(low, high)| Interval { low, high }),
        toolchain: format!("rustc {toolchain}"),
        machine: if other { "m".to_owned() } else { "n".to_owned() },
        ..measured(revision, &series, f64::from(value) / 3.0)
    });
    prop::collection::vec(one, 0..20)
}

proptest! {
    #[test]
    fn lines_in_any_order_and_number_are_the_same_history(
        all in some(),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
        cut in any::<prop::sample::Index>(),
    ) {
        // Each for itself, so that none is left out because it is there.
        let lines: Vec<String> = all.iter().map(|it| lines(std::slice::from_ref(it))).collect();
        let whole = read(lines.concat());
        let mut shuffled: Vec<&String> = lines.iter().collect();
        if !lines.is_empty() {
            for (at, index) in order.iter().enumerate() {
                let other = index.index(lines.len());
                shuffled.swap(at % lines.len(), other);
                let twice = shuffled[other];
                shuffled.push(twice);
                let last = shuffled.len() - 1;
                shuffled.swap(last, 0);
            }
        }
        let (one, two) = shuffled.split_at(cut.index(shuffled.len() + 1));
        let text = |lines: &[&String]| lines.iter().map(|it| it.as_bytes().to_vec()).collect::<Vec<_>>().concat();
        let merged = History::read([("a".to_owned(), text(two)), ("b".to_owned(), text(one))]);
        prop_assert_eq!(&merged, &whole);
        prop_assert_eq!(merged.series(), whole.series());
    }

    #[test]
    fn what_was_added_is_there_and_nothing_is_added_twice(first in some(), second in some()) {
        let one = added("f", b"", &first).unwrap();
        let two = added("f", &one.bytes, &second).unwrap();
        let all = [one.bytes, two.bytes].concat();
        prop_assert_eq!(added("f", &all, first.iter().chain(&second)).unwrap().count, 0);
        let history = read(all);
        prop_assert_eq!(history.measurements().len(), one.count + two.count);
        prop_assert!(history.warnings().is_empty());
    }

    #[test]
    fn no_bytes_make_the_reader_panic_and_each_bad_line_is_told(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        at in any::<prop::sample::Index>(),
    ) {
        let _ = read(bytes.clone());
        let good = lines(&[measured(1, "a", 1.0)]);
        let mut changed = good.clone().into_bytes();
        for (offset, byte) in bytes.iter().take(3).enumerate() {
            let at = (at.index(changed.len()) + offset) % changed.len();
            changed[at] = *byte;
        }
        let history = read([good.as_bytes(), &changed, good.replace("\"a\"", "\"z\"").as_bytes()].concat());
        prop_assert!(history.measurements().iter().any(|it| it.series == "a"));
        let is_ended = changed.ends_with(b"\n");
        prop_assert!(!is_ended || history.measurements().iter().any(|it| it.series == "z"));
    }

    #[test]
    fn any_name_is_a_folder(machine in ".{0,100}") {
        let folder = machine_folder(&machine);
        prop_assert!(!folder.is_empty() && folder.len() <= 80 && !folder.contains(['/', '.', '\\']));
        prop_assert_eq!(machine_folder(&folder), folder);
    }
}
