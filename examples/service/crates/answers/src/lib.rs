//! What a request gets for an answer.

/// The first line of a request, and what is answered: the status and the text.
///
/// ```
/// assert_eq!(answers::answer("GET /health HTTP/1.1"), (200, "well"));
/// ```
#[must_use]
pub fn answer(request: &str) -> (u16, &'static str) {
    let mut words = request.split(' ');
    match (words.next(), words.next()) {
        (Some("GET"), Some("/health")) => (200, "well"),
        (Some("GET"), Some(_)) => (404, "there is no such page"),
        _ => (405, "only GET is known"),
    }
}

#[cfg(test)]
mod tests {
    use super::answer;

    #[test]
    fn what_is_not_known_is_said() {
        assert_eq!(answer("GET / HTTP/1.1").0, 404);
        assert_eq!(answer("POST /health HTTP/1.1").0, 405);
        assert_eq!(answer("").0, 405);
    }
}
