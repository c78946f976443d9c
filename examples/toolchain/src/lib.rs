//! A greeting that the build is told.

/// What is said to somebody: the words of the variable `GREETING` when this was built, or `hello`.
///
/// ```
/// assert!(greeting::greeting("you").ends_with(", you"));
/// ```
#[must_use]
pub fn greeting(name: &str) -> String {
    format!("{}, {name}", option_env!("GREETING").unwrap_or("hello"))
}

#[cfg(test)]
mod tests {
    use super::greeting;

    #[test]
    fn somebody_is_greeted_by_name() {
        assert!(greeting("Ada").ends_with(", Ada"));
    }
}
