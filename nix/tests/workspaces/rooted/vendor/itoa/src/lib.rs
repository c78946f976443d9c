//! Stands for the crate of that name.

/// A number as text.
pub fn three(number: u8) -> String {
    number.to_string()
}
