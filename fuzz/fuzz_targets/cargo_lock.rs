//! What `Lock::parse` takes is written again byte for byte.
#![no_main]

use blocks_fixes::Lock;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Some(lock) = Lock::parse(&text) {
        assert_eq!(lock.text(), text);
    }
});
