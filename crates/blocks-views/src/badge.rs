use serde::Serialize;

use crate::{Color, label::shown, text_width::odd_width, xml::Element};

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
const HEIGHT: u32 = 20;

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
        let label = Half::label(&shown(&self.label, Self::TEXT), self.color);
        let message = Half::message(&shown(&self.message, Self::TEXT), self.color, label.width);
        let said = said(&label.text, &message.text);
        Element::new("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .sized("width", label.width + message.width)
            .sized("height", HEIGHT)
            .with("role", "img")
            .with("aria-label", &said)
            .holding([
                Element::new("title").saying(&said),
                blur(),
                shade(),
                outline(label.width + message.width),
                boxes(&label, &message),
                texts(&[label, message]),
            ])
            .render()
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
    text: String,
    /// The pixels of its box.
    width: u32,
    /// The pixel that its text begins at, without the padding.
    margin: u32,
    color: Color,
}

impl Half {
    fn label(text: &str, color_without: Color) -> Self {
        let (width, color) = if text.is_empty() {
            (0, color_without)
        } else {
            (odd_width(text) + 2 * PADDING, Color::Grey)
        };
        Self { text: text.to_owned(), width, margin: 1, color }
    }

    fn message(text: &str, color: Color, left: u32) -> Self {
        // Of a half that is empty there is the padding, and no width that had to be odd.
        let inner = if text.is_empty() { 0 } else { odd_width(text) };
        // The texts of two halves are drawn one pixel closer to each other than to the edges.
        let margin = left.saturating_sub(1);
        Self { text: text.to_owned(), width: inner + 2 * PADDING, margin, color }
    }
}

fn blur() -> Element {
    Element::new("filter")
        .with("id", "blur")
        .holding([Element::new("feGaussianBlur").sized("stdDeviation", 16)])
}

fn shade() -> Element {
    Element::new("linearGradient").with("id", "s").sized("x2", 0).with("y2", "100%").holding([
        Element::new("stop")
            .sized("offset", 0)
            .with("stop-color", "#bbb")
            .with("stop-opacity", ".1"),
        Element::new("stop").sized("offset", 1).with("stop-opacity", ".1"),
    ])
}

fn area(width: u32) -> Element {
    Element::new("rect").sized("width", width).sized("height", HEIGHT)
}

fn outline(width: u32) -> Element {
    Element::new("clipPath").with("id", "r").holding([area(width).sized("rx", 3)])
}

fn boxes(label: &Half, message: &Half) -> Element {
    Element::new("g").with("clip-path", "url(#r)").holding([
        area(label.width).with("fill", label.color.to_string()),
        Element::new("rect")
            .sized("x", label.width)
            .sized("width", message.width)
            .sized("height", HEIGHT)
            .with("fill", message.color.to_string()),
        area(label.width + message.width).with("fill", "url(#s)"),
    ])
}

fn texts(halves: &[Half]) -> Element {
    Element::new("g")
        .with("fill", "#fff")
        .with("text-anchor", "middle")
        .with("font-family", "Verdana,Geneva,DejaVu Sans,sans-serif")
        .with("text-rendering", "geometricPrecision")
        .sized("font-size", 110)
        .holding(halves.iter().filter(|half| !half.text.is_empty()).map(text))
}

/// A half's text and its shadow, in tenths of a pixel.
fn text(half: &Half) -> Element {
    let length = 10 * odd_width(&half.text);
    let middle = 10 * (half.margin + PADDING) + length / 2;
    let (front, shadow) = half.color.text();
    let line = |y: u32| Element::new("text").sized("x", middle).sized("y", y);
    let fill = |element: Element| match front {
        // The group's own colour.
        Color::Rgb(0xff, 0xff, 0xff) => element,
        other => element.with("fill", other.to_string()),
    };
    Element::new("g").with("transform", "scale(.1)").holding([
        Element::new("g").with("aria-hidden", "true").with("fill", shadow.to_string()).holding([
            line(150)
                .with("fill-opacity", ".8")
                .with("filter", "url(#blur)")
                .sized("textLength", length)
                .saying(&half.text),
            line(150).with("fill-opacity", ".3").sized("textLength", length).saying(&half.text),
        ]),
        fill(line(140).sized("textLength", length)).saying(&half.text),
    ])
}
