//! XML of a fixed form with holes: for a picture of which thousands are drawn, so that elements which know what they hold (see
//! `element.rs`) would take most of the time.

use crate::Color;
use crate::xml::Escaped;

/// A piece of a template, or what fills a hole. None can be a text that is not escaped.
#[derive(Clone, Copy)]
pub(crate) enum Piece<'a> {
    /// The program's own words.
    Own(&'static str),
    Text(&'a Escaped<'a>),
    Number(u32),
    Color(Color),
}

/// Writes pieces one behind the other.
pub(crate) fn write(out: &mut String, pieces: &[Piece<'_>]) {
    for piece in pieces {
        match piece {
            Piece::Own(words) => out.push_str(words),
            Piece::Text(text) => out.push_str(text.as_str()),
            Piece::Number(number) => push_number(out, *number),
            Piece::Color(color) => color.push_to(out),
        }
    }
}

/// Writes a number in decimal digits: there are so many in an image that the machinery of formats would take most of the
/// time.
fn push_number(out: &mut String, number: u32) {
    if number > 9999 {
        push_number(out, number / 10_000);
    }
    let last = number % 10_000;
    for power in [1000, 100, 10, 1] {
        if number >= power || power == 1 {
            let digit = u8::try_from(last / power % 10).unwrap_or_default();
            out.push(char::from(b'0' + digit));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Piece::{Number, Own, Text};
    use super::write;
    use crate::xml::Escaped;

    #[test]
    fn pieces_are_written_in_their_order_and_texts_escaped() {
        let mut out = String::new();
        write(&mut out, &[Own("<a b=\""), Text(&Escaped::of("\"><c")), Own("\"/>")]);
        assert_eq!(out, "<a b=\"&quot;&gt;&lt;c\"/>");
    }

    #[test]
    fn numbers_are_written_in_digits() {
        for number in [0, 7, 10, 99, 100, 1005, 9999, 10_000, 20_000, 100_001, u32::MAX] {
            let mut out = String::new();
            write(&mut out, &[Number(number)]);
            assert_eq!(out, number.to_string());
        }
    }
}
