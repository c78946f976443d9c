//! Nobody's friend.

/// Whether there is a blank.
pub fn has_blank(text: &str) -> bool {
    memchr::memchr(b' ', text.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_looks() {
        assert!(super::has_blank("a b"));
    }
}
