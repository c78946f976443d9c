//! `read_cargo_hack` and `read_cargo_builds` end without a panic on any bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = blocks_evidence::read_cargo_hack(bytes);
    let _ = blocks_evidence::read_cargo_builds(bytes);
});
