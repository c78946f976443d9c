//! `CodeOwners` ends without a panic on any file, whatever path its owners are asked for: the file's last line.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let path = text.lines().last().unwrap_or_default();
    if let Ok(owners) = blocks_notify::CodeOwners::parse(&text) {
        let _ = owners.of(path);
    }
});
