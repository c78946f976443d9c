//! `read_book_links` ends without a panic on any bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = blocks_evidence::read_book_links(bytes);
});
