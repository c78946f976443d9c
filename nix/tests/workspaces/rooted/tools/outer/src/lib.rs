//! What needs the root.

/// How long the words are.
pub fn length() -> usize {
    rooted::words().len()
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_counts() {
        assert_eq!(super::length(), 7);
        assert_eq!(memchr::memchr(b'3', rooted::words().as_bytes()), Some(6));
    }
}
