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
