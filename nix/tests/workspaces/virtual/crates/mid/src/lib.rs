//! What lies between.

/// The place of a byte, times four.
pub fn place(byte: u8, text: &str) -> Option<usize> {
    ground::find(byte, text).map(|at| at * gen_macros::four!() + local::ONE)
}

/// The first part of a path.
#[cfg(unix)]
pub fn first(path: &str) -> &str {
    path.split(unixy::SEPARATOR).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_between() {
        assert_eq!(place(b'b', "ab"), Some(5));
        assert_eq!(first("a/b"), "a");
    }
}
