//! What the root needs.

/// Three.
pub const COUNT: u8 = 3;

/// Whether the root's feature is on, which it is not.
pub fn is_loud() -> bool {
    cfg!(feature = "loud")
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_silent() {
        assert!(!super::is_loud());
    }
}
