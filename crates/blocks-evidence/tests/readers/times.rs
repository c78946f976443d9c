use blocks_evidence::{TimedRounds, Times, read_times};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../samples/times.json");

fn reason(text: &str) -> String {
    read_times(text.as_bytes()).unwrap_err().to_string()
}

/// The sample with another text in the place of one that it has.
fn with(text: &str, other: &str) -> String {
    assert!(SAMPLE.contains(text), "{text}");
    SAMPLE.replacen(text, other, 1)
}

#[test]
fn each_benchmark_has_its_rounds() {
    let Times { rounds, benchmarks, .. } = read_times(SAMPLE.as_bytes()).unwrap();
    assert_eq!(rounds, 10);
    let names: Vec<_> = benchmarks.iter().map(|it| (&*it.package, &*it.name)).collect();
    assert_eq!(names, [("sums", "squares"), ("sums", "cubes/of 100"), ("sums", "cubes/of 1000")]);
    for one in &benchmarks {
        let TimedRounds::Of { first, again } = &one.times else { panic!("{one:?}") };
        assert_eq!((first.len(), again.len()), (10, 0));
        assert!(first.iter().flat_map(|it| it.before).all(|time| time > 50.0));
    }
}

#[test]
fn what_is_not_measured_says_why() {
    let of = |times: &str| {
        let text = format!(
            r#"{{"schema":1,"rounds":10,"benchmarks":[{{"package":"a","program":"b","name":"c","times":{times}}}]}}"#
        );
        read_times(text.as_bytes()).unwrap().benchmarks.remove(0).times
    };
    assert_eq!(of(r#""new""#), TimedRounds::New);
    assert_eq!(of(r#""gone""#), TimedRounds::Gone);
    assert_eq!(of(r#"{"broken":"it panics"}"#), TimedRounds::Broken("it panics".to_owned()));
}

#[test]
fn what_is_not_whole_is_no_answer() {
    for (text, other, why) in [
        ("\"schema\":1", "\"schema\":2", "its schema is not 1"),
        ("\"rounds\":10", "\"rounds\":11", "another number of rounds"),
        (
            "\"again\":[]",
            "\"again\":[{\"now_first\":true,\"before\":[1,1],\"now\":[1,1]}]",
            "another number",
        ),
        ("\"cubes/of 100\"", "\"squares\"", "twice"),
        ("\"before\":[", "\"before\":[1.0,", "trailing"),
        ("\"before\":[", "\"before\":[-", "not above zero"),
        ("\"now_first\":", "\"first\":", "unknown field"),
        ("\"times\":", "\"more\":1,\"times\":", "unknown field"),
    ] {
        let said = reason(&with(text, other));
        assert!(said.contains(why), "{text}: {said}");
    }
}

#[test]
fn names_are_bounded() {
    let long = "x".repeat(100_000);
    let times = read_times(with("\"cubes/of 100\"", &format!("\"{long}\"")).as_bytes()).unwrap();
    assert!(times.benchmarks[1].name.len() < 10_000);
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
        let _ = read_times(&bytes);
    }

    #[test]
    fn no_cut_makes_the_reader_take_a_part_for_the_whole(at in 0..SAMPLE.len() - 1) {
        prop_assert!(read_times(&SAMPLE.as_bytes()[..at]).is_err());
    }
}
