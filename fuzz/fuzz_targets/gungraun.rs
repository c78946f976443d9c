//! `read_gungraun` and `read_gungraun_summary` end without a panic on any bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = blocks_evidence::read_gungraun(bytes);
    let _ = blocks_evidence::read_gungraun_summary(bytes);
});
