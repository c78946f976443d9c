use serde::Serialize;

use crate::Color;
use crate::template::Piece::{self, Color as Paint, Number, Own, Text};
use crate::template::write;
use crate::xml::Escaped;
use crate::{label::drawn, text_width::odd_width};

/// A badge: what it is about, and what there is to say.
///
/// ```
/// use blocks_views::{Badge, Color};
/// let badge = Badge::new("build", "passing", Color::BrightGreen);
/// assert!(badge.svg().starts_with("<svg "));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// What it is about: the left half. Empty for a badge of one half.
    pub label: String,
    /// What there is to say: the right half.
    pub message: String,
    /// The colour of the right half.
    pub color: Color,
}

/// The pixels left and right of a text.
const PADDING: u32 = 5;
/// More bytes than most images have.
const IMAGE: usize = 1536;

/// A title, the blur of shadows, a shade over the boxes, and the round outline.
const EFFECTS: &str = concat!(
    r#"</title><filter id="blur"><feGaussianBlur stdDeviation="16"/></filter>"#,
    r##"<linearGradient id="s" x2="0" y2="100%"><stop offset="0" stop-color="#bbb" stop-opacity=".1"/>"##,
    r#"<stop offset="1" stop-opacity=".1"/></linearGradient><clipPath id="r"><rect width=""#,
);
const TEXTS: &str = concat!(
    r##"" height="20" fill="url(#s)"/></g><g fill="#fff" text-anchor="middle" "##,
    r#"font-family="Verdana,Geneva,DejaVu Sans,sans-serif" text-rendering="geometricPrecision" font-size="110""#,
);
const BLURRED: &str = r#"" y="150" fill-opacity=".8" filter="url(#blur)" textLength=""#;

impl Badge {
    /// The longest text of one half, in characters. A longer one ends in an ellipsis.
    pub const TEXT: usize = 64;

    /// A badge of two texts.
    pub fn new(label: impl Into<String>, message: impl Into<String>, color: Color) -> Self {
        Self { label: label.into(), message: message.into(), color }
    }

    /// The badge as an SVG image, in the style `flat` of badge-maker 6.0.0 byte for byte.
    ///
    /// Characters that cannot be drawn (control characters, and those that only reorder or hide
    /// others) are left out, white space is one space, and a half has at most [`Badge::TEXT`]
    /// characters. The image is well-formed XML for any texts.
    pub fn svg(&self) -> String {
        let label = drawn(&self.label, Self::TEXT);
        let message = drawn(&self.message, Self::TEXT);
        let label = Half::label(&label, self.color);
        let message = Half::message(&message, self.color, label.width);
        let said = said(&label.text, &message.text);
        let width = label.width + message.width;
        let mut out = String::with_capacity(IMAGE);
        let begin = [
            Own(r#"<svg xmlns="http://www.w3.org/2000/svg" width=""#),
            Number(width),
            Own(r#"" height="20" role="img" aria-label=""#),
        ];
        let boxes = [
            Own(EFFECTS),
            Number(width),
            Own(r#"" height="20" rx="3"/></clipPath><g clip-path="url(#r)"><rect width=""#),
            Number(label.width),
            Own(r#"" height="20" fill=""#),
            Paint(label.color),
            Own(r#""/><rect x=""#),
            Number(label.width),
            Own(r#"" width=""#),
            Number(message.width),
            Own(r#"" height="20" fill=""#),
            Paint(message.color),
            Own(r#""/><rect width=""#),
            Number(width),
            Own(TEXTS),
        ];
        write(&mut out, &begin);
        write(&mut out, &said);
        write(&mut out, &[Own(r#""><title>"#)]);
        write(&mut out, &said);
        write(&mut out, &boxes);
        let texts = out.len();
        out.push('>');
        label.write(&mut out);
        message.write(&mut out);
        if out.len() == texts + 1 {
            out.truncate(texts);
            out.push_str("/></svg>");
        } else {
            out.push_str("</g></svg>");
        }
        out
    }

    /// The badge as the JSON that shields.io draws one from (its "endpoint" badge, schema 1), with
    /// a line feed at the end.
    pub fn endpoint_json(&self) -> String {
        let endpoint = Endpoint {
            schema_version: 1,
            label: drawn(&self.label, Self::TEXT).into_owned(),
            message: drawn(&self.message, Self::TEXT).into_owned(),
            color: self.color.name(),
        };
        crate::json::pretty(&endpoint)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Endpoint {
    schema_version: u32,
    label: String,
    message: String,
    color: String,
}

/// What a screen reader says.
fn said<'a>(label: &'a Escaped<'a>, message: &'a Escaped<'a>) -> [Piece<'a>; 3] {
    let between = if label.is_empty() || message.is_empty() { "" } else { ": " };
    [Text(label), Own(between), Text(message)]
}

struct Half<'a> {
    text: Escaped<'a>,
    /// The pixels of its text.
    text_width: u32,
    /// The pixels of its box.
    width: u32,
    /// The pixel that its text begins at, without the padding.
    margin: u32,
    color: Color,
}

impl<'a> Half<'a> {
    fn label(text: &'a str, color_without: Color) -> Self {
        let text_width = odd_width(text);
        let (width, color) = if text.is_empty() {
            (0, color_without)
        } else {
            (text_width + 2 * PADDING, Color::Grey)
        };
        Self { text: Escaped::of(text), text_width, width, margin: 1, color }
    }

    fn message(text: &'a str, color: Color, left: u32) -> Self {
        let text_width = odd_width(text);
        // Of a half that is empty there is the padding, and no width that had to be odd.
        let inner = if text.is_empty() { 0 } else { text_width };
        // The texts of two halves are drawn one pixel closer to each other than to the edges.
        let margin = left.saturating_sub(1);
        Self { text: Escaped::of(text), text_width, width: inner + 2 * PADDING, margin, color }
    }

    /// Its text and the text's shadow, in tenths of a pixel; nothing where it is empty.
    fn write(&self, out: &mut String) {
        if self.text.is_empty() {
            return;
        }
        let length = Number(10 * self.text_width);
        let x = Number(10 * (self.margin + PADDING) + 10 * self.text_width / 2);
        let (front, shadow) = self.color.text();
        let text = Text(&self.text);
        let shadows = [
            Own(r#"<g transform="scale(.1)"><g aria-hidden="true" fill=""#),
            Paint(shadow),
            Own(r#""><text x=""#),
            x,
            Own(BLURRED),
            length,
            Own(r#"">"#),
            text,
            Own(r#"</text><text x=""#),
            x,
            Own(r#"" y="150" fill-opacity=".3" textLength=""#),
            length,
            Own(r#"">"#),
            text,
            Own(r#"</text></g><text x=""#),
            x,
            Own(r#"" y="140" textLength=""#),
            length,
        ];
        write(out, &shadows);
        match front {
            // The group's own colour.
            Color::Rgb(0xff, 0xff, 0xff) => {}
            other => write(out, &[Own(r#"" fill=""#), Paint(other)]),
        }
        write(out, &[Own(r#"">"#), text, Own("</text></g>")]);
    }
}
