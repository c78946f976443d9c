//! Authors in manifests.

use lettre::Address;

/// The address in `Name <a@example.org>`, or in an address alone; none where there is none.
pub(crate) fn address(author: &str) -> Option<Address> {
    let author = author.trim();
    // Whatever stands before or after it, a text of several lines is no author.
    if author.contains(char::is_control) {
        return None;
    }
    let inner = match author.rsplit_once('<') {
        Some((_, after)) => after.strip_suffix('>')?,
        None => author,
    };
    parse(inner)
}

/// An address that can stand in a command of SMTP as it is, to any server: of ASCII, without quotes and line ends.
pub(crate) fn parse(text: &str) -> Option<Address> {
    let text = text.trim();
    let is_harmless = |c: char| c.is_ascii_graphic() && !"<>\"\\,;:()".contains(c);
    let is_bounded = text.len() <= 254;
    (is_bounded && text.chars().all(is_harmless)).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_author_has_an_address_or_none() {
        let found = |author| address(author).map(|it| it.to_string());
        let some = Some("ada@example.org".to_owned());
        assert_eq!(found("Ada <ada@example.org>"), some);
        assert_eq!(found(" ada@example.org "), some);
        for none in [
            "Ada",
            "",
            "Ada <ada>",
            "Ada <ada@example.org",
            "<a@example.org>\r\nRCPT TO:<b@example.org>",
        ] {
            assert_eq!(found(none), None, "{none:?}");
        }
    }
}
