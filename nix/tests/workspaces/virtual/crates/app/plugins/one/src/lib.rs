//! A member inside of another member's folder.

/// What the program says.
pub fn said() -> String {
    app::run("one/two")
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_says() {
        assert_eq!(super::said(), "one/");
    }
}
