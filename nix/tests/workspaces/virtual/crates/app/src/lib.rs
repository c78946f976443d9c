#![doc = include_str!("../../../README.md")]
//!
//! ```
//! assert_eq!(app::run("a/b"), "a/");
//! ```

/// The first part of a path, with the separator.
pub fn run(path: &str) -> String {
    format!("{}{}", mid::first(path), env!("APP_SEPARATOR"))
}
