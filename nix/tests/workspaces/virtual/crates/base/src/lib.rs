//! What everything stands on.

/// The day that the build script told.
pub const DAY: &str = env!("BASE_DAY");

/// Where a byte is.
pub fn find(byte: u8, text: &str) -> Option<usize> {
    memchr::memchr(byte, text.as_bytes())
}

/// Whether the crate was built with what only `mid` asks for.
pub fn is_extra() -> bool {
    cfg!(feature = "extra")
}
