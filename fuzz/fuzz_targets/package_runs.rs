//! `read_package_runs` ends without a panic on any bytes: two files, with a zero byte between them.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut files = bytes.splitn(2, |byte| *byte == 0);
    let mut next = || files.next().unwrap_or_default();
    let _ = blocks_evidence::read_package_runs(next(), next());
});
