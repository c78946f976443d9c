//! What is in the archive of a package (`.crate`: tar, compressed by gzip), whoever made it.
//!
//! Nothing is written to the disk. An archive is of somebody else: paths, sizes and numbers of entries are bounded.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Read},
    path::{Component, Path},
};

use flate2::bufread::GzDecoder;
use sha2::{Digest as _, Sha256};
use tar::{Archive as Tar, EntryType};
use thiserror::Error;

/// The most entries that are read.
const ENTRIES: usize = 100_000;

/// The most that all entries may hold together, in bytes. What registries take has a tenth of it at most.
const UNPACKED: u64 = 1 << 29;

/// The most of one file that is kept, in bytes: only texts are kept.
const KEPT: u64 = 1 << 20;

/// The file by which cargo says which commit a package was made of.
pub(crate) const VCS: &str = ".cargo_vcs_info.json";

/// Why an archive cannot be read.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// It is no archive, or is cut.
    #[error("it is no archive of a package: {0}")]
    Malformed(String),
    /// It would write where it has no business.
    #[error("it has an entry at {0}, which is not below {1}")]
    Outside(String, String),
    /// It has something that cargo packs in no package.
    #[error("it has an entry that is no file: {0}")]
    Kind(String),
    /// It holds the same file twice, and who unpacks it gets one of them.
    #[error("it has two entries of one name: {0}")]
    Twice(String),
    /// It is larger than any that is meant well.
    #[error("it holds more than {0}")]
    TooLarge(String),
}

/// A file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveFile {
    /// How many bytes it has.
    pub size: u64,
    /// SHA-256 of these, in lowercase hexadecimal digits.
    pub sha256: String,
    /// Whether who unpacks it may run it.
    pub is_executable: bool,
    /// Its beginning, of files in the uppermost folder.
    pub(crate) text: Option<Vec<u8>>,
}

/// The files of an archive, by their paths below the folder `NAME-VERSION`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Archive {
    /// The files, with `/` between folders.
    pub files: BTreeMap<String, ArchiveFile>,
}

impl Archive {
    /// Reads the archive of `NAME-VERSION`, which is the one folder that it may have.
    pub fn read(bytes: &[u8], folder: &str) -> Result<Self, ArchiveError> {
        Self::read_within(bytes, folder, UNPACKED, KEPT)
    }

    /// The same, and keeps the files of the uppermost folder whole.
    pub fn read_whole(bytes: &[u8], folder: &str) -> Result<Self, ArchiveError> {
        Self::read_within(bytes, folder, UNPACKED, UNPACKED)
    }

    fn read_within(bytes: &[u8], folder: &str, most: u64, kept: u64) -> Result<Self, ArchiveError> {
        let malformed = |error: io::Error| ArchiveError::Malformed(error.to_string());
        let mut tar =
            Tar::new(Bounded { inner: GzDecoder::new(bytes), left: most, is_over: false });
        let mut files = BTreeMap::new();
        let read = (|| {
            for (count, entry) in tar.entries().map_err(malformed)?.enumerate() {
                if count >= ENTRIES {
                    return Err(ArchiveError::TooLarge(format!("{ENTRIES} entries")));
                }
                let mut entry = entry.map_err(malformed)?;
                let path = entry.path_bytes().into_owned();
                let path = inner(&path, folder)?;
                if entry.header().entry_type() != EntryType::Regular {
                    return Err(ArchiveError::Kind(shown(&path)));
                }
                let kept = if path.contains('/') { 0 } else { kept };
                // One that cannot be read lets nobody run it.
                let mode = entry.header().mode().unwrap_or(0);
                let mut file = file(&mut entry, kept).map_err(malformed)?;
                file.is_executable = mode & 0o111 != 0;
                if files.insert(path.clone(), file).is_some() {
                    return Err(ArchiveError::Twice(shown(&path)));
                }
            }
            Ok(())
        })();
        let mut rest = tar.into_inner();
        let read = read.and_then(|()| rest.is_at_its_end());
        // What cannot be read to its end is also malformed, which is not why.
        if rest.is_over {
            return Err(ArchiveError::TooLarge(format!("{most} bytes")));
        }
        read.map(|()| Self { files })
    }

    /// Its text, where it is in the uppermost folder.
    pub fn text(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path)?.text.as_deref()
    }

    /// The commit that it was made of, as cargo says; none where no git was asked.
    pub fn commit(&self) -> Option<String> {
        let told: serde_json::Value = serde_json::from_slice(self.text(VCS)?).ok()?;
        let commit = told["git"]["sha1"].as_str()?;
        let is_name = commit.len() <= 64 && commit.bytes().all(|it| it.is_ascii_hexdigit());
        is_name.then(|| commit.to_owned())
    }

    /// The paths by which two archives differ, in order.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let all = self.files.keys().chain(other.files.keys());
        // Not by their modes, which cargo packs as the system that it runs on has them.
        let of = |it: &Self, path: &String| it.files.get(path).map(|it| it.sha256.clone());
        let differs = |path: &&String| of(self, path) != of(other, path);
        let mut paths: Vec<_> = all.filter(differs).map(|path| shown(path)).collect();
        paths.sort();
        paths.dedup();
        paths
    }
}

/// SHA-256 of bytes, in 64 lowercase hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn shown(path: &str) -> String {
    crate::text::said(path)
}

/// The path below the folder, where it is below.
fn inner(path: &[u8], folder: &str) -> Result<String, ArchiveError> {
    let text = std::str::from_utf8(path)
        .map_err(|_| ArchiveError::Malformed("a path is no UTF-8".to_owned()))?;
    let outside = || ArchiveError::Outside(shown(text), folder.to_owned());
    let path = Path::new(text);
    let is_plain = path.components().all(|it| matches!(it, Component::Normal(_)));
    let inner = path.strip_prefix(folder).ok().filter(|_| is_plain && !text.contains('\\'));
    let inner = inner.and_then(Path::to_str).filter(|it| !it.is_empty());
    inner.map(str::to_owned).ok_or_else(outside)
}

/// Reads a file, and keeps about as many bytes of it.
fn file(entry: &mut impl Read, kept: u64) -> io::Result<ArchiveFile> {
    let mut hash = Sha256::new();
    let mut text = (kept > 0).then(Vec::new);
    let mut size = 0;
    let mut buffer = [0; 1 << 14];
    loop {
        let count = entry.read(&mut buffer)?;
        if count == 0 {
            let sha256 = hex(&hash.finalize());
            return Ok(ArchiveFile { size, sha256, is_executable: false, text });
        }
        let part = &buffer[..count];
        hash.update(part);
        if let Some(text) = text.as_mut().filter(|_| size < kept) {
            text.extend_from_slice(part);
        }
        size += count as u64;
    }
}

/// Gives no more than is left.
struct Bounded<R> {
    inner: R,
    left: u64,
    is_over: bool,
}

impl Bounded<GzDecoder<&[u8]>> {
    /// That nothing follows that programs unpack which go on where others stop: behind the archive's end, or as another stream
    /// of gzip.
    fn is_at_its_end(&mut self) -> Result<(), ArchiveError> {
        let malformed = |error: io::Error| ArchiveError::Malformed(error.to_string());
        let more = || ArchiveError::Malformed("more follows behind its end".to_owned());
        let mut buffer = [0; 1 << 14];
        loop {
            let count = self.read(&mut buffer).map_err(malformed)?;
            if count == 0 {
                break;
            }
            if buffer[..count].iter().any(|byte| *byte != 0) {
                return Err(more());
            }
        }
        if self.inner.get_ref().is_empty() { Ok(()) } else { Err(more()) }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let Some(left) = self.left.checked_sub(count as u64) else {
            self.is_over = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        };
        self.left = left;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compress, Compression, FlushCompress, write::GzEncoder};

    fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (path, content) in entries {
            let mut header = tar::Header::new_gnu();
            header.set_size(content.len() as u64);
            header.set_mode(0o644);
            // As it stands: what makes archives well would refuse a path that leads out.
            header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
            header.set_cksum();
            tar.append(&header, *content).unwrap();
        }
        tar.into_inner().unwrap().finish().unwrap()
    }

    #[test]
    fn what_is_below_the_folder_is_read() {
        let info = br#"{"git":{"sha1":"0af3"},"path_in_vcs":""}"#;
        let bytes = packed(&[("a-1.0.0/src/lib.rs", b"x"), ("a-1.0.0/.cargo_vcs_info.json", info)]);
        let read = Archive::read(&bytes, "a-1.0.0").unwrap();
        assert_eq!(read.files["src/lib.rs"].sha256, sha256(b"x"));
        assert_eq!(read.commit().as_deref(), Some("0af3"));
        let other = packed(&[("a-1.0.0/src/lib.rs", b"y"), ("a-1.0.0/new", b"")]);
        let other = Archive::read(&other, "a-1.0.0").unwrap();
        assert_eq!(read.differences(&other), [VCS, "new", "src/lib.rs"]);
    }

    /// The bytes of one stream of gzip.
    fn zipped(bytes: &[u8]) -> Vec<u8> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        io::Write::write_all(&mut gzip, bytes).unwrap();
        gzip.finish().unwrap()
    }

    fn unzipped(bytes: &[u8]) -> Vec<u8> {
        let mut all = Vec::new();
        GzDecoder::new(bytes).read_to_end(&mut all).unwrap();
        all
    }

    #[test]
    fn nothing_hides_behind_an_end() {
        let listed = packed(&[("a-1.0.0/x", b"listed")]);
        let hidden = packed(&[("a-1.0.0/x", b"hidden")]);
        // As programs have it that read all streams, and go on where no two empty blocks are.
        let open = unzipped(&listed)[..1024].to_vec();
        for bytes in [
            [zipped(&open), hidden.clone()].concat(),
            [listed.clone(), hidden.clone()].concat(),
            [listed.clone(), b"x".to_vec()].concat(),
            zipped(&[unzipped(&listed), unzipped(&hidden)].concat()),
        ] {
            let error = Archive::read(&bytes, "a-1.0.0").unwrap_err();
            assert!(error.to_string().contains("more follows behind its end"), "{error}");
        }
        // Tools fill archives up with zeros.
        let filled = zipped(&[unzipped(&listed), vec![0; 9216]].concat());
        assert_eq!(
            Archive::read(&filled, "a-1.0.0").unwrap(),
            Archive::read(&listed, "a-1.0.0").unwrap()
        );
    }

    #[test]
    fn no_entry_may_lead_out_of_the_folder() {
        for path in ["../x", "/x", "a-1.0.0/../x", "b-1.0.0/x", "a-1.0.0", "a-1.0.0/a\\..\\x"] {
            let error = Archive::read(&packed(&[(path, b"")]), "a-1.0.0").unwrap_err();
            assert!(matches!(error, ArchiveError::Outside(..)), "{path}: {error}");
        }
    }

    #[test]
    fn only_files_are_in_a_package_and_each_once() {
        let twice = packed(&[("a-1/x", b"1"), ("a-1/x", b"2")]);
        assert!(matches!(Archive::read(&twice, "a-1"), Err(ArchiveError::Twice(_))));
        let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(EntryType::Symlink);
        header.set_size(0);
        tar.append_link(&mut header, "a-1/x", "/etc/passwd").unwrap();
        let link = tar.into_inner().unwrap().finish().unwrap();
        assert!(matches!(Archive::read(&link, "a-1"), Err(ArchiveError::Kind(_))));
    }

    #[test]
    fn what_is_no_archive_or_is_cut_is_an_error() {
        let whole = packed(&[("a-1/x", &[7; 5000])]);
        for bytes in [&b"no"[..], &b""[..], &whole[..whole.len() / 2]] {
            assert!(matches!(Archive::read(bytes, "a-1"), Err(ArchiveError::Malformed(_))));
        }
    }

    #[test]
    fn a_gigabyte_of_zeros_is_not_read_to_its_end() {
        let mut header = tar::Header::new_gnu();
        header.set_path("a-1/x").unwrap();
        header.set_size(1 << 30);
        header.set_cksum();
        // A header of gzip, the beginning, and a megabyte a thousand times, each a block that needs no other.
        let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
        let mut made = Compress::new(Compression::best(), false);
        let mut block = |content: &[u8]| {
            let mut block = Vec::with_capacity(1 << 16);
            made.compress_vec(content, &mut block, FlushCompress::Full).unwrap();
            block
        };
        bytes.extend(block(header.as_bytes()));
        bytes.extend(block(&vec![0; 1 << 20]).repeat(1 << 10));
        assert!(bytes.len() < 1 << 22);
        let error = Archive::read_within(&bytes, "a-1", 1 << 21, KEPT).unwrap_err();
        assert!(matches!(error, ArchiveError::TooLarge(_)), "{error}");
    }
}
