//! The words of a text.

/// The words of a text, in small letters and without what stands around them.
///
/// ```
/// let all: Vec<_> = words::words("So, what?").collect();
/// assert_eq!(all, ["so", "what"]);
/// ```
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let split = text.split(|letter: char| !letter.is_alphanumeric());
    split.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn what_stands_around_words_is_none() {
        assert_eq!(words(" - a, B! ").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(words("?!").count(), 0);
    }
}
