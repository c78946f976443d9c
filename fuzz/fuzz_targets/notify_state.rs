//! `State` ends without a panic on any text, and what it takes is read back as it is.
#![no_main]

use blocks_notify::State;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(state) = State::parse(&String::from_utf8_lossy(bytes)) {
        assert_eq!(State::parse(&state.text()).as_ref(), Ok(&state));
    }
});
