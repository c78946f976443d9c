//! Files as references of URIs.

use std::fmt::Write as _;

/// A file as a reference to it (RFC 3986, section 4.1): relative to the workspace's root as it is, else absolute.
pub(super) fn of_file(file: &str) -> String {
    let (mut uri, path) = match file.strip_prefix('/') {
        Some(path) => ("file:///".to_owned(), path),
        None => (String::new(), file),
    };
    for byte in path.bytes() {
        // What may stand in a segment of a path, without the colon, which could end a scheme.
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::of_file;

    #[test]
    fn a_file_is_a_reference_whatever_it_is_called() {
        for (file, uri) in [
            ("src/lib.rs", "src/lib.rs"),
            ("/a b/c.rs", "file:///a%20b/c.rs"),
            ("javascript:x", "javascript%3Ax"),
            ("a?b#c%d", "a%3Fb%23c%25d"),
            ("\u{fc}\n", "%C3%BC%0A"),
            ("//host/x", "file:////host/x"),
        ] {
            assert_eq!(of_file(file), uri);
        }
    }
}
