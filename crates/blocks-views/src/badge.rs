use serde::Serialize;

use crate::Color;
use crate::xml::Value::{Color as Paint, Number, Own, Text};
use crate::xml::{Escaped, Value, Xml};
use crate::{label::shown, text_width::odd_width};

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
/// The pixels from top to bottom.
const HEIGHT: (&str, Value<'static>) = ("", Own(" height=\"20\""));
/// More bytes than most images have.
const IMAGE: usize = 1536;
/// The blur of shadows, and a shade over the boxes.
const EFFECTS: &str = concat!(
    r#"<filter id="blur"><feGaussianBlur stdDeviation="16"/></filter>"#,
    r##"<linearGradient id="s" x2="0" y2="100%"><stop offset="0" stop-color="#bbb" stop-opacity=".1"/>"##,
    r#"<stop offset="1" stop-opacity=".1"/></linearGradient>"#,
);

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
        let (label, message) = (shown(&self.label, Self::TEXT), shown(&self.message, Self::TEXT));
        let said = Escaped::of(&said(&label, &message));
        let label = Half::label(&label, self.color);
        let message = Half::message(&message, self.color, label.width);
        let mut xml = Xml::with_room_for(IMAGE);
        let attributes = [
            ("xmlns", Own("http://www.w3.org/2000/svg")),
            ("width", Number(label.width + message.width)),
            HEIGHT,
            ("role", Own("img")),
            ("aria-label", Text(&said)),
        ];
        xml.holding("svg", &attributes, |xml| {
            xml.saying("title", &[], &said);
            xml.own(EFFECTS);
            outline(xml, label.width + message.width);
            boxes(xml, &label, &message);
            texts(xml, &[&label, &message]);
        });
        xml.finish()
    }

    /// The badge as the JSON that shields.io draws one from (its "endpoint" badge, schema 1), with
    /// a line feed at the end.
    pub fn endpoint_json(&self) -> String {
        let endpoint = Endpoint {
            schema_version: 1,
            label: shown(&self.label, Self::TEXT),
            message: shown(&self.message, Self::TEXT),
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
fn said(label: &str, message: &str) -> String {
    match (label, message) {
        ("", only) | (only, "") => only.to_owned(),
        _ => format!("{label}: {message}"),
    }
}

struct Half {
    text: Escaped,
    /// The pixels of its text.
    text_width: u32,
    /// The pixels of its box.
    width: u32,
    /// The pixel that its text begins at, without the padding.
    margin: u32,
    color: Color,
}

impl Half {
    fn label(text: &str, color_without: Color) -> Self {
        let text_width = odd_width(text);
        let (width, color) = if text.is_empty() {
            (0, color_without)
        } else {
            (text_width + 2 * PADDING, Color::Grey)
        };
        Self { text: Escaped::of(text), text_width, width, margin: 1, color }
    }

    fn message(text: &str, color: Color, left: u32) -> Self {
        let text_width = odd_width(text);
        // Of a half that is empty there is the padding, and no width that had to be odd.
        let inner = if text.is_empty() { 0 } else { text_width };
        // The texts of two halves are drawn one pixel closer to each other than to the edges.
        let margin = left.saturating_sub(1);
        Self { text: Escaped::of(text), text_width, width: inner + 2 * PADDING, margin, color }
    }
}

fn outline(xml: &mut Xml, width: u32) {
    xml.holding("clipPath", &[("", Own(" id=\"r\""))], |xml| {
        xml.empty("rect", &[("width", Number(width)), ("", Own(" height=\"20\" rx=\"3\""))]);
    });
}

fn boxes(xml: &mut Xml, label: &Half, message: &Half) {
    xml.holding("g", &[("", Own(" clip-path=\"url(#r)\""))], |xml| {
        area(xml, label.width, Paint(label.color));
        let right = [
            ("x", Number(label.width)),
            ("width", Number(message.width)),
            HEIGHT,
            ("fill", Paint(message.color)),
        ];
        xml.empty("rect", &right);
        area(xml, label.width + message.width, Own("url(#s)"));
    });
}

fn area(xml: &mut Xml, width: u32, fill: Value<'_>) {
    xml.empty("rect", &[("width", Number(width)), HEIGHT, ("fill", fill)]);
}

fn texts(xml: &mut Xml, halves: &[&Half]) {
    const STYLE: &str = " fill=\"#fff\" text-anchor=\"middle\" font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" \
                         text-rendering=\"geometricPrecision\" font-size=\"110\"";
    xml.holding("g", &[("", Own(STYLE))], |xml| {
        halves.iter().filter(|half| !half.text.is_empty()).for_each(|half| text(xml, half));
    });
}

/// A half's text and its shadow, in tenths of a pixel.
fn text(xml: &mut Xml, half: &Half) {
    let length = ("textLength", Number(10 * half.text_width));
    let x = ("x", Number(10 * (half.margin + PADDING) + 10 * half.text_width / 2));
    let (front, shadow) = half.color.text();
    xml.holding("g", &[("", Own(" transform=\"scale(.1)\""))], |xml| {
        let shadow = [("", Own(" aria-hidden=\"true\"")), ("fill", Paint(shadow))];
        xml.holding("g", &shadow, |xml| {
            let blurred = ("", Own(" y=\"150\" fill-opacity=\".8\" filter=\"url(#blur)\""));
            xml.saying("text", &[x, blurred, length], &half.text);
            let sharp = ("", Own(" y=\"150\" fill-opacity=\".3\""));
            xml.saying("text", &[x, sharp, length], &half.text);
        });
        let y = ("", Own(" y=\"140\""));
        match front {
            // The group's own colour.
            Color::Rgb(0xff, 0xff, 0xff) => xml.saying("text", &[x, y, length], &half.text),
            other => {
                let fill = ("fill", Paint(other));
                xml.saying("text", &[x, y, length, fill], &half.text);
            }
        }
    });
}
