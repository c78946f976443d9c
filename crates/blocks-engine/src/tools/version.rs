/// The first `major.minor.patch` in a tool's own words.
///
/// ```
/// let says = "cargo-nextest 0.9.143 (60fa45f63 2026-08-04)";
/// assert_eq!(blocks_engine::tools::version_in(says).as_deref(), Some("0.9.143"));
/// ```
pub fn version_in(text: &str) -> Option<String> {
    text.split(|at: char| !(at.is_ascii_digit() || at == '.'))
        .find(|word| numbers(word).is_some())
        .map(str::to_owned)
}

/// Whether `version` is `minimum` or newer. Text that is no version is not.
pub(crate) fn is_at_least(version: &str, minimum: &str) -> bool {
    matches!((numbers(version), numbers(minimum)), (Some(version), Some(minimum)) if version >= minimum)
}

fn numbers(text: &str) -> Option<[u64; 3]> {
    let mut parts = text.split('.').map(str::parse);
    let mut next = || parts.next()?.ok();
    let numbers = [next()?, next()?, next()?];
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::{is_at_least, version_in};

    #[test]
    fn numbers_are_compared_as_numbers() {
        for (version, minimum) in
            [("0.9.100", "0.9.100"), ("0.10.0", "0.9.100"), ("1.0.0", "0.99.9")]
        {
            assert!(is_at_least(version, minimum), "{version} {minimum}");
        }
        for (version, minimum) in
            [("0.9.99", "0.9.100"), ("0.9.100", "0.10.0"), ("0.99.9", "1.0.0")]
        {
            assert!(!is_at_least(version, minimum), "{version} {minimum}");
        }
    }

    #[test]
    fn what_is_no_version_is_never_enough() {
        for text in ["", "1", "1.2", "1.2.3.4", "1.2.x", "99999999999999999999.0.0", "-1.0.0"] {
            assert!(!is_at_least(text, "0.0.0"), "{text}");
        }
        assert!(!is_at_least("1.0.0", "one"));
    }

    #[test]
    fn a_version_is_found_in_a_tools_words() {
        let of = |text| version_in(text).unwrap_or_default();
        assert_eq!(
            of("LLVM (http://llvm.org/):\n  LLVM version 22.1.2-rust-1.95.0-stable\n"),
            "22.1.2"
        );
        assert_eq!(of("Ubuntu LLVM version 14.0.0"), "14.0.0");
        assert_eq!(of("tool v0.8.1 (2026-08-04)"), "0.8.1");
        assert_eq!(of("tool 1.2 of 2026-08-04..."), "");
    }
}
