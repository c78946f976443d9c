//! `read_criterion` ends without a panic on any three files.
#![no_main]

use blocks_evidence::{CriterionFiles, read_criterion};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // The files are lines of one input.
    let mut files = bytes.splitn(3, |byte| *byte == b'\n');
    let mut next = || files.next().unwrap_or_default();
    let files = CriterionFiles { benchmark: next(), estimates: next(), sample: next() };
    if let Ok(found) = read_criterion(files) {
        assert!(
            !found.times.is_empty() && found.times.iter().all(|it| it.is_finite() && *it > 0.0)
        );
    }
});
