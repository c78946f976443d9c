//! Archives of which the same content is the same bytes: in the order of names, of nobody, as old as the commit.

use std::{collections::BTreeMap, io};

use flate2::{Compression, GzBuilder};
use tar::{Builder, EntryType, Header};

/// A file in an archive.
pub(crate) struct Entry<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) is_program: bool,
}

/// The archive of files in one folder, by their names. `time` is in seconds since 1970.
pub(crate) fn packed(
    folder: &str,
    entries: &BTreeMap<&str, Entry<'_>>,
    time: u64,
) -> io::Result<Vec<u8>> {
    // Neither a name nor a time: both would be of the one who packs.
    let gzip = GzBuilder::new().write(Vec::new(), Compression::best());
    let mut tar = Builder::new(gzip);
    for (name, Entry { bytes, is_program }) in entries {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Regular);
        header.set_size(bytes.len() as u64);
        header.set_mode(if *is_program { 0o755 } else { 0o644 });
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(time);
        tar.append_data(&mut header, format!("{folder}/{name}"), *bytes)?;
    }
    tar.into_inner()?.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use blocks_registry::Archive;

    #[test]
    fn the_same_is_the_same_bytes_and_is_read_back() {
        let long = "n".repeat(150);
        let entry = |bytes, is_program| Entry { bytes, is_program };
        let entries = [("b", entry(&b"program"[..], true)), (long.as_str(), entry(b"text", false))];
        let entries = entries.into();
        let bytes = packed("a-1.0.0-t", &entries, 1_700_000_000).unwrap();
        assert_eq!(packed("a-1.0.0-t", &entries, 1_700_000_000).unwrap(), bytes);
        assert_ne!(packed("a-1.0.0-t", &entries, 1_700_000_001).unwrap(), bytes);
        // The header of gzip: no flags, no time.
        assert_eq!(bytes[..8], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
        let read = Archive::read_whole(&bytes, "a-1.0.0-t").unwrap();
        assert_eq!(read.text("b"), Some(&b"program"[..]));
        assert_eq!(read.text(&long), Some(&b"text"[..]));
        assert_eq!(read.files.len(), 2);
    }
}
