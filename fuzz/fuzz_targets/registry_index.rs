//! `read_index` ends without a panic on any bytes, and gives only versions of the crate that is asked for.
#![no_main]

use blocks_registry::read_index;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for version in read_index(bytes, "some").unwrap_or_default() {
        assert!(version.name.eq_ignore_ascii_case("some") && version.checksum.len() == 64);
    }
});
