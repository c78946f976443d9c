/// Widths of the characters 32 to 126 in 11 px Verdana, in hundredths of a pixel.
#[rustfmt::skip]
const ASCII: [u32; 95] = [
    387, 433, 505, 900, 699, 1184, 799, 295, 500, 500, 699, 900, 400, 500, 400, 500,
    699, 699, 699, 699, 699, 699, 699, 699, 699, 699, 500, 500, 900, 900, 900, 600,
    1100, 752, 754, 768, 848, 696, 632, 853, 827, 463, 500, 762, 612, 927, 823, 866,
    663, 866, 765, 752, 678, 805, 752, 1088, 754, 677, 754, 500, 500, 500, 900, 699,
    699, 661, 685, 573, 685, 655, 387, 685, 696, 302, 379, 651, 302, 1070, 696, 668,
    685, 685, 469, 573, 433, 696, 651, 900, 651, 651, 578, 698, 500, 698, 900,
];

/// The width of `m`, taken for every character outside ASCII: a text is then given a little more
/// room than it needs rather than too little, and `textLength` fits it into that room.
const OTHER: u32 = 1070;

/// The pixels that a text is given: its width cut to whole pixels, and the next odd number where
/// that is even, so that the text's middle falls on a pixel and it is not drawn blurred.
///
/// The sum is exact. badge-maker adds binary fractions, which can only differ from it for a text
/// whose width is a whole even number of pixels.
pub(crate) fn odd_width(text: &str) -> u32 {
    let hundredths: u32 = text.chars().map(width).sum();
    (hundredths / 100) | 1
}

/// The width in hundredths of a pixel.
fn width(c: char) -> u32 {
    match u32::from(c) {
        0..=31 | 127 => 0,
        code => {
            let index = usize::try_from(code - 32).unwrap_or(usize::MAX);
            ASCII.get(index).copied().unwrap_or(OTHER)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::odd_width;

    #[test]
    fn widths_are_odd_and_hold_the_text() {
        assert_eq!(odd_width("build"), 27);
        assert_eq!(odd_width("passing"), 41);
        assert_eq!(odd_width("failed"), 29);
    }

    #[test]
    fn a_character_outside_ascii_is_as_wide_as_an_m() {
        assert_eq!(odd_width("\u{4e2d}\u{e9}"), odd_width("mm"));
    }

    #[test]
    fn control_characters_have_no_width() {
        assert_eq!(odd_width("\u{7f}a\u{1b}"), odd_width("a"));
    }
}
