//! `Archive::read` ends without a panic on any archive, compressed or not.
#![no_main]

use std::io::Write as _;

use blocks_registry::Archive;
use flate2::{Compression, write::GzEncoder};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = Archive::read(bytes, "some-1.0.0");
    // Bytes by chance are no gzip, so that what is in it would never be reached.
    let mut packed = GzEncoder::new(Vec::new(), Compression::none());
    packed.write_all(bytes).expect("memory");
    if let Ok(archive) = Archive::read(&packed.finish().expect("memory"), "some-1.0.0") {
        assert!(archive.files.keys().all(|path| !path.starts_with('/') && !path.contains("../")));
        let _ = archive.commit();
    }
});
