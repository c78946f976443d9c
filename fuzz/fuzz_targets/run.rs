//! `Run::parse` ends without a panic on any bytes, and what it reads can be asked what it would tell of.
#![no_main]

use blocks_failures::Run;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(run) = Run::parse(bytes) else { return };
    for failure in &run.failures {
        assert!(!run.would_tell_of(&[]));
        let _ = run.would_tell_of(&failure.stages);
    }
});
