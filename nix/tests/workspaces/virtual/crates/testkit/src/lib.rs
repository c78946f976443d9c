//! What tests share.

/// The day once more.
pub fn day_again() -> &'static str {
    base::DAY
}
