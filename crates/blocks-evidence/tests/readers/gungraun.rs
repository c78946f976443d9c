use blocks_evidence::{Count, Format, read_gungraun, read_gungraun_summary};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../samples/benchmarks.txt");

fn framed(name: &str, text: &str) -> String {
    format!("=== {name} has {} bytes\n{text}\n", text.len())
}

fn reason(text: &str) -> String {
    read_gungraun(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn each_benchmark_has_its_name_and_what_was_counted() {
    let found = read_gungraun(SAMPLE.as_bytes()).unwrap();
    let told: Vec<_> = found
        .iter()
        .map(|it| {
            let counts: Vec<_> =
                it.counts.iter().map(|(count, is)| format!("{is} {}", count.as_str())).collect();
            format!("{} {}: {} {:?}", it.program, it.name, counts.join(", "), it.above)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    /workspace/target/release/deps/counts-7b120dfdd7d1a979 counts::sums::sum few: 64 instructions, 126 estimated cycles, 1 cache misses []
    /workspace/target/release/deps/counts-7b120dfdd7d1a979 counts::sums::sum many: 5014 instructions, 7056 estimated cycles, 1 cache misses []
    /workspace/target/release/deps/limits-a7412c5d10d487ad limits::alloc::boxed: 539 instructions, 1533 estimated cycles, 23 cache misses, 1 allocations, 800 allocated bytes ["Ir: 539 (at most 10)"]
    "#);
    assert_eq!(found[0].counts[&Count::Instructions], 64);
}

#[test]
fn a_summary_has_the_numbers_of_the_run_before() {
    let text = r#"{"version":"7","benchmark_exe":"target/release/deps/a-0","module_path":"a","id":"x","profiles":[{"tool":"Callgrind","data":{"total":{"metrics":{"Ir":{"change":{"diff_pct":"50"},"values":{"new":3,"old":2}},"EstimatedCycles":{"values":{"new":7}}},"regressions":[]}}}]}"#;
    let found = read_gungraun_summary(text.as_bytes()).unwrap();
    assert_eq!((found.name.as_str(), found.program.as_str()), ("a x", "target/release/deps/a-0"));
    assert_eq!(found.counts.get(&Count::Instructions), Some(&3));
    assert_eq!(found.before.into_iter().collect::<Vec<_>>(), [(Count::Instructions, 2)]);
    let gone = text.replace("\"new\":3,", "").replace("\"new\":7", "");
    let error = read_gungraun_summary(gone.as_bytes()).unwrap_err().to_string();
    assert!(error.contains("summary.json: neither instructions nor allocations"), "{error}");
    let large = vec![b' '; Format::GungraunSummaries.limit() + 1];
    assert!(read_gungraun_summary(&large).unwrap_err().to_string().contains("are more than the"));
}

#[test]
fn what_is_no_summary_is_refused() {
    let whole = r#"{"version":"7","module_path":"a","profiles":[{"tool":"Callgrind","data":{"total":{"metrics":{"Ir":{"values":{"new":1}}},"regressions":[]}}}]}"#;
    assert_eq!(read_gungraun(framed("/a//b", whole).as_bytes()).unwrap().len(), 1);
    for (text, why) in [
        (framed("/a//b", &whole.replace("\"7\"", "\"8\"")), "its schema is neither 6 nor 7"),
        (
            framed("/a//b", &whole.replace("\"Ir\"", "\"Dr\"")),
            "neither instructions nor allocations were counted",
        ),
        (
            framed("/a//b", &whole.replace("Callgrind", "DHAT")),
            "neither instructions nor allocations were counted",
        ),
        (
            framed("/a//b", &whole.replace("\"new\":1", "\"new\":1.5")),
            "neither instructions nor allocations were counted",
        ),
        (framed("/a/b", whole), "it has no program"),
        (framed("/a//b", whole) + &framed("/a//c", whole), "the benchmark is there twice"),
        ("=== /a//b has none\n".to_owned(), "there is no such file"),
    ] {
        assert!(reason(&text).contains(why), "{why}: {}", reason(&text));
    }
}

#[test]
fn other_tools_count_as_well() {
    let of = |tool: &str, name: &str| {
        let text = format!(
            r#"{{"version":"7","module_path":"a","profiles":[{{"tool":"{tool}","data":{{"total":{{"metrics":{{"{name}":{{"values":{{"new":9}}}}}},"regressions":[]}}}}}}]}}"#
        );
        let found = read_gungraun(framed("/a//b", &text).as_bytes()).unwrap();
        found[0].counts.iter().map(|(count, is)| (*count, *is)).collect::<Vec<_>>()
    };
    assert_eq!(of("Cachegrind", "Ir"), [(Count::Instructions, 9)]);
    assert_eq!(of("DHAT", "TotalBlocks"), [(Count::Allocations, 9)]);
}

#[test]
fn a_limit_is_told_in_words_whatever_its_form() {
    let of = |limit: &str| {
        let text = format!(
            r#"{{"version":"6","module_path":"a","id":"b","profiles":[{{"tool":"Callgrind","data":{{"total":{{"metrics":{{"Ir":{{"values":{{"new":1}}}}}},"regressions":[{limit}]}}}}}}]}}"#
        );
        read_gungraun(framed("/a//b", &text).as_bytes()).unwrap()[0].above.join("; ")
    };
    assert_eq!(
        of(r#"{"Hard":{"metric":{"Callgrind":"Ir"},"new":539,"diff":529,"limit":10}}"#),
        "Ir: 539 (at most 10)"
    );
    assert_eq!(
        of(
            r#"{"Soft":{"diff_pct":"37.2","limit":"5","metric":{"Callgrind":"Ir"},"new":2478,"old":1805}}"#
        ),
        "Ir: 2478, 37.2 % more than before (at most 5 %)"
    );
    assert_eq!(of(r#"{"Hard":{"metric":7}}"#), "7:  (at most )");
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_gungraun(&bytes);
        let _ = read_gungraun_summary(&bytes);
    }
}
