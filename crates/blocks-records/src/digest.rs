use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use sha2::{Digest as _, Sha256};

/// A SHA-256 digest with the number of bytes that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// The number of bytes.
    pub bytes: u64,
    /// The digest, in 64 hexadecimal digits of lower case.
    pub sha256: String,
}

/// The digest of everything that `reader` gives, in constant memory.
pub fn digest_of(mut reader: impl Read) -> io::Result<Digest> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut bytes = 0;
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => {
                hasher.update(&buffer[..count]);
                bytes += count as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Digest { bytes, sha256: hex(&hasher.finalize()) })
}

/// The digest of a file.
pub fn digest_of_file(path: &Path) -> io::Result<Digest> {
    digest_of(File::open(path)?)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
