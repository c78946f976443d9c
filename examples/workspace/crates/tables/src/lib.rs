//! Tables as text.

/// Rows of a name and a number, the numbers below each other.
///
/// ```
/// assert_eq!(tables::table([("a", 1), ("long", 20)]), "a     1\nlong 20\n");
/// ```
pub fn table<'a>(rows: impl IntoIterator<Item = (&'a str, usize)>) -> String {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(name, number)| (name, number.to_string()))
        .collect();
    let width = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or_default();
    let name = width(&mut rows.iter().map(|row| row.0.chars().count()));
    let number = width(&mut rows.iter().map(|row| row.1.len()));
    rows.iter().fold(String::new(), |text, row| {
        text + &format!("{:name$} {:>number$}\n", row.0, row.1)
    })
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn no_rows_are_no_text() {
        assert_eq!(table([]), "");
    }
}
