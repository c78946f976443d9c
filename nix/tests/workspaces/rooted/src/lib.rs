//! The library at the root.
//!
//! ```
//! assert_eq!(rooted::words(), "hello 3");
//! ```

/// What is said.
pub fn words() -> String {
    format!("{} {}", env!("WORDS"), itoa::three(inner::COUNT))
}
