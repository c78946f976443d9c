use std::fmt;

/// The colour of a badge's message: the names of shields.io with the values of badge-maker 6.0.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// All is well.
    BrightGreen,
    /// Well.
    Green,
    /// Nearly well.
    YellowGreen,
    /// Well, but there is something to look at.
    Yellow,
    /// A warning.
    Orange,
    /// A failure.
    Red,
    /// Neither good nor bad.
    Blue,
    /// Does not apply; also the colour behind a badge's label.
    Grey,
    /// Nobody knows.
    LightGrey,
    /// Any other: red, green and blue.
    Rgb(u8, u8, u8),
}

/// The highest brightness, in hundredths, on which white text is readable.
const DARK: u32 = 69;

impl Color {
    /// Red, green and blue.
    pub fn rgb(self) -> (u8, u8, u8) {
        match self {
            Self::BrightGreen => (0x44, 0xbb, 0x00),
            Self::Green => (0x67, 0xac, 0x09),
            Self::YellowGreen => (0x95, 0x99, 0x1a),
            Self::Yellow => (0xd8, 0xb8, 0x00),
            Self::Orange => (0xea, 0x72, 0x33),
            Self::Red => (0xdd, 0x43, 0x43),
            Self::Blue => (0x00, 0x7e, 0xc6),
            Self::Grey => (0x55, 0x55, 0x55),
            Self::LightGrey => (0x93, 0x93, 0x93),
            Self::Rgb(red, green, blue) => (red, green, blue),
        }
    }

    /// The name that shields.io knows it by; its value where it has no name.
    pub fn name(self) -> String {
        let name = match self {
            Self::BrightGreen => "brightgreen",
            Self::Green => "green",
            Self::YellowGreen => "yellowgreen",
            Self::Yellow => "yellow",
            Self::Orange => "orange",
            Self::Red => "red",
            Self::Blue => "blue",
            Self::Grey => "grey",
            Self::LightGrey => "lightgrey",
            Self::Rgb(..) => return self.to_string(),
        };
        name.to_owned()
    }

    /// The colours of a text on this one, and of the text's shadow.
    ///
    /// Brightness is that of W3C's "Techniques for accessibility evaluation" (1999), rounded to
    /// hundredths.
    pub(crate) fn text(self) -> (Self, Self) {
        let (red, green, blue) = self.rgb();
        let weighted = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
        let hundredths = (weighted + 1275) / 2550;
        if hundredths <= DARK {
            (Self::Rgb(0xff, 0xff, 0xff), Self::Rgb(0x01, 0x01, 0x01))
        } else {
            (Self::Rgb(0x33, 0x33, 0x33), Self::Rgb(0xcc, 0xcc, 0xcc))
        }
    }

    /// Writes `#rrggbb`, or `#rgb` where that is the same.
    pub(crate) fn push_to(self, out: &mut String) {
        let (red, green, blue) = self.rgb();
        let parts = [red, green, blue];
        let is_short = parts.iter().all(|part| part.is_multiple_of(0x11));
        let digit = |of: u8| char::from(if of < 10 { b'0' + of } else { b'a' + of - 10 });
        out.push('#');
        for part in parts {
            if !is_short {
                out.push(digit(part >> 4));
            }
            out.push(digit(part & 0xf));
        }
    }
}

/// Writes `#rrggbb`, or `#rgb` where that is the same.
impl fmt::Display for Color {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(7);
        self.push_to(&mut text);
        out.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::Color;

    #[test]
    fn values_are_written_in_their_shortest_form() {
        assert_eq!(Color::BrightGreen.to_string(), "#4b0");
        assert_eq!(Color::Red.to_string(), "#dd4343");
        assert_eq!(Color::Rgb(0, 1, 0).to_string(), "#000100");
    }

    #[test]
    fn a_colour_without_a_name_is_called_by_its_value() {
        assert_eq!(Color::Rgb(0xcc, 0xcc, 0xcc).name(), "#ccc");
    }

    #[test]
    fn text_is_white_up_to_a_brightness_of_69_hundredths() {
        let white = Color::Rgb(255, 255, 255);
        // 0.6941 and 0.6980: the one is rounded down, the other up.
        assert_eq!(Color::Rgb(177, 177, 177).text().0, white);
        assert_eq!(Color::Rgb(178, 178, 178).text().0, Color::Rgb(0x33, 0x33, 0x33));
        assert_eq!(Color::Yellow.text().0, white);
    }
}
