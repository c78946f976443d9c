//! `read_changelogs` and `releases` end without a panic on any bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let found = blocks_evidence::read_changelogs(bytes).unwrap_or_default();
    for text in found.iter().filter_map(|it| it.text.as_deref()) {
        let _ = blocks_evidence::releases(text);
    }
    let _ = blocks_evidence::releases(&String::from_utf8_lossy(bytes));
});
