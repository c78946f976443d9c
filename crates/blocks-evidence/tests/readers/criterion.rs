use blocks_evidence::{
    CriterionFiles, CriterionMeasurement, EvidenceError, Format, Throughput, read_criterion,
};
use proptest::prelude::*;

/// A real run: its three files, a line each.
pub const SAMPLE: &str = include_str!("../samples/criterion.txt");

const ID: &str = r#"{"group_id":"g","function_id":null,"value_str":null,"throughput":null,"full_id":"g","directory_name":"g","title":"g"}"#;

/// Reads files that are the lines of a text.
pub fn read_lines(bytes: &[u8]) -> Result<CriterionMeasurement, EvidenceError> {
    let mut files = bytes.splitn(3, |byte| *byte == b'\n');
    let mut next = || files.next().unwrap_or_default();
    read_criterion(CriterionFiles { benchmark: next(), estimates: next(), sample: next() })
}

fn measured(median: &str, sample: &str) -> String {
    format!("{ID}\n{{\"median\":{{\"point_estimate\":{median}}}}}\n{sample}")
}

fn sampled(iters: &str, times: &str) -> String {
    format!(r#"{{"sampling_mode":"Flat","iters":[{iters}],"times":[{times}]}}"#)
}

#[test]
fn a_measurement_has_its_names_and_the_time_of_an_iteration_in_each_sample() {
    let found = read_lines(SAMPLE.as_bytes()).unwrap();
    assert_eq!(found.name, "read/lines/1000");
    assert_eq!((found.group.as_str(), found.function.as_deref()), ("read", Some("lines")));
    assert_eq!(found.value.as_deref(), Some("1000"));
    assert_eq!(found.throughput, Some(Throughput::Bytes(1000)));
    assert_eq!(found.times.len(), 20);
    // The median of an even number of values is the middle of the two that lie in the middle.
    let mut times = found.times.clone();
    times.sort_by(f64::total_cmp);
    let middle = f64::midpoint(times[9], times[10]);
    assert!((found.median / middle - 1.0).abs() < 1e-9, "{} {middle}", found.median);
}

#[test]
fn both_ways_to_sample_come_to_the_time_of_an_iteration() {
    for mode in ["Linear", "Flat"] {
        let sample = sampled("1.0,2.0,3.0", "10.0,22.0,30.0").replace("Flat", mode);
        let found = read_lines(measured("10.0", &sample).as_bytes()).unwrap();
        assert_eq!(found.times, [10.0, 11.0, 10.0], "{mode}");
        assert_eq!((found.name.as_str(), found.function, found.throughput), ("g", None, None));
    }
}

#[test]
fn each_throughput_is_read() {
    for (text, wants) in [
        (r#"{"Bits":8}"#, Throughput::Bits(8)),
        (r#"{"BytesDecimal":8}"#, Throughput::BytesDecimal(8)),
        (r#"{"Elements":8}"#, Throughput::Elements(8)),
        (
            r#"{"ElementsAndBytes":{"elements":2,"bytes":8}}"#,
            Throughput::ElementsAndBytes { elements: 2, bytes: 8 },
        ),
    ] {
        let text = measured("10", &sampled("1", "10"))
            .replace(r#""throughput":null"#, &format!(r#""throughput":{text}"#));
        assert_eq!(read_lines(text.as_bytes()).unwrap().throughput, Some(wants));
    }
}

#[test]
fn what_is_no_measurement_is_refused_with_its_file() {
    let of = |iters: &str, times: &str| measured("10.0", &sampled(iters, times));
    assert!(read_lines(of("1.0,2.0", "10.0,20.0").as_bytes()).is_ok());
    for (text, why) in [
        (of("1.0", "10.0,20.0"), "sample.json: there are not as many times as numbers"),
        (of("", ""), "sample.json: it has no times"),
        (of("0.0", "10.0"), "sample.json: a number of iterations is none"),
        (of("-1.0", "10.0"), "sample.json: a number of iterations is none"),
        (of("1.5", "10.0"), "sample.json: a number of iterations is none"),
        (of("1.0", "-10.0"), "sample.json: a time is not above 0"),
        (of("1.0", "0.0"), "sample.json: a time is not above 0"),
        (of("1.0", "null"), "sample.json: invalid type: null"),
        (of("1.0", "NaN"), "sample.json: expected value"),
        (of("1.0", "1e999"), "sample.json: number out of range"),
        (of("1.0", "10.0").replace("Flat", "Auto"), "sample.json: unknown variant `Auto`"),
        (of("1.0", "11.0"), "estimates.json: the median is none of the times"),
        (measured("null", &sampled("1", "10")), "estimates.json: invalid type: null"),
        (of("1.0", "10.0").replace(r#""full_id":"g""#, r#""full_id":"""#), "has no name"),
        (
            of("1.0", "10.0").replace(r#"{"group_id""#, r#"{"group""#),
            "benchmark.json: missing field",
        ),
        (of("1.0", "10.0").replace("\"throughput\":null", "\"throughput\":{\"Hops\":1}"), "Hops"),
    ] {
        let error = read_lines(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(why), "{why}: {error}");
    }
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let large = vec![b' '; Format::Criterion.limit() + 1];
    let files = CriterionFiles { benchmark: &large, estimates: b"", sample: b"" };
    let error = read_criterion(files).unwrap_err().to_string();
    assert!(
        error.contains("are more than the 67108864 that are read of a criterion file"),
        "{error}"
    );
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_lines(&bytes);
    }

    #[test]
    fn each_time_is_that_of_an_iteration(
        samples in prop::collection::vec((1_u32..1_000_000, 1e-3..1e9_f64), 1..40),
    ) {
        let list = |of: fn(&(u32, f64)) -> f64| {
            samples.iter().map(|it| format!("{:?}", of(it))).collect::<Vec<_>>().join(",")
        };
        let sample = sampled(&list(|it| f64::from(it.0)), &list(|it| f64::from(it.0) * it.1));
        let median = format!("{:?}", samples[0].1);
        let found = read_lines(measured(&median, &sample).as_bytes()).unwrap();
        prop_assert_eq!(found.times.len(), samples.len());
        for (time, (_, wants)) in found.times.iter().zip(&samples) {
            prop_assert!((time / wants - 1.0).abs() < 1e-9);
        }
    }
}
