//! A history as a picture: a small one for each series, side by side.

mod panel;
mod scale;

use blocks_history::Series;

use crate::element::Element;
use crate::label::shown;
use panel::{HEIGHT, WIDTH, panel};

/// The most series that a picture has. Nobody looks at more.
pub const MOST_PANELS: usize = 120;

/// How many are side by side.
const COLUMNS: usize = 2;

/// Pixels around all of them, and between two.
const MARGIN: u32 = 20;

/// Pixels that the head takes.
const HEAD: u32 = 56;

/// The longest text of another program in the head, in characters.
const TEXT: usize = 110;

/// Colours for a light page and for a dark one; in both, texts have a contrast of 4.5 to their ground and more.
const STYLE: &str = "\
text{font-family:system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;font-size:11px;fill:#59636e}\
.ground{fill:#ffffff}.head{font-size:16px;font-weight:600;fill:#1f2328}\
.name{font-size:12px;font-weight:600;fill:#1f2328}\
.frame{fill:none;stroke:#d1d9e0}.grid{stroke:#d1d9e0;stroke-width:1}\
.band{fill:#0969da;fill-opacity:.16}.error{stroke:#0969da;stroke-opacity:.4;stroke-width:4}\
.line{fill:none;stroke:#0969da;stroke-width:1.5;stroke-linejoin:round}\
.point{fill:#0969da}.last{fill:#ffffff;stroke:#0969da;stroke-width:2}\
@media(prefers-color-scheme:dark){text{fill:#9198a1}.ground{fill:#0d1117}.head,.name{fill:#f0f6fc}\
.frame{stroke:#3d444d}.grid{stroke:#2a313c}.band{fill:#4493f8;fill-opacity:.22}.error{stroke:#4493f8}\
.line{stroke:#4493f8}.point{fill:#4493f8}.last{fill:#0d1117;stroke:#4493f8}}";

/// Series as an SVG image: a panel each, with the values of a few heights, the first and the last revision, a point a
/// revision that says what it is, and bands where there are intervals.
///
/// Points have the same distance, however long it took from one revision to the next, and heights need not begin at zero. The
/// image is well-formed XML for any texts, and has a light and a dark look. Of more than [`MOST_PANELS`] series the first are
/// drawn, and the head says so.
pub fn history_svg(series: &[Series]) -> String {
    let drawn = &series[..series.len().min(MOST_PANELS)];
    let is_of_one = series.iter().all(|one| one.machine == series[0].machine);
    let rows = u32::try_from(drawn.len().div_ceil(COLUMNS)).unwrap_or(u32::MAX);
    let columns = u32::try_from(drawn.len().clamp(1, COLUMNS)).unwrap_or(1);
    let width = (MARGIN + columns * (WIDTH + MARGIN)).max(MARGIN * 2 + WIDTH);
    let height = HEAD + rows * (HEIGHT + MARGIN) + MARGIN / 2;
    let about = about(series, is_of_one);
    let panels = drawn.iter().enumerate().map(|(index, one)| {
        let index = u32::try_from(index).unwrap_or(0);
        let columns = u32::try_from(COLUMNS).unwrap_or(1);
        let x = MARGIN + index % columns * (WIDTH + MARGIN);
        let y = HEAD + index / columns * (HEIGHT + MARGIN);
        panel(one, !is_of_one).with("transform", format!("translate({x} {y})"))
    });
    Element::new("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .sized("width", width)
        .sized("height", height)
        .with("viewBox", format!("0 0 {width} {height}"))
        .with("role", "img")
        .with("aria-labelledby", "title desc")
        .holding([
            Element::new("title").with("id", "title").saying("History of measurements"),
            Element::new("desc").with("id", "desc").saying(&described(drawn)),
            Element::new("style").saying(STYLE),
            Element::new("rect")
                .with("class", "ground")
                .with("width", "100%")
                .with("height", "100%"),
            text("head", MARGIN, 26, "History of measurements"),
            text("", MARGIN, 44, &about),
        ])
        .holding(panels)
        .render()
}

/// Each series as a picture of its own, without colours: those are of the page that it stands in.
pub(crate) fn panels(series: &[Series], names_machine: bool) -> Vec<Element> {
    let picture = |one: &Series| {
        Element::new("svg")
            .with("class", "plot")
            .with("viewBox", format!("0 0 {WIDTH} {HEIGHT}"))
            .with("role", "img")
            .with("aria-label", panel::described(one))
            .holding([panel(one, names_machine)])
    };
    series.iter().map(picture).collect()
}

/// What the picture is of, in a line.
fn about(series: &[Series], is_of_one: bool) -> String {
    let machine = match series.first() {
        None => "nothing was measured".to_owned(),
        Some(first) if is_of_one => shown(&first.machine, TEXT),
        Some(_) => "machines of several classes".to_owned(),
    };
    if series.len() > MOST_PANELS {
        format!("{machine}; the first {MOST_PANELS} of {} series", series.len())
    } else {
        machine
    }
}

/// What there is to see, for who does not see it.
fn described(series: &[Series]) -> String {
    let lines: Vec<_> = series.iter().map(panel::described).collect();
    lines.join("; ")
}

/// A text whose baseline begins at a place.
fn text(class: &str, x: u32, y: u32, text: &str) -> Element {
    let element = Element::new("text").sized("x", x).sized("y", y);
    let element = if class.is_empty() { element } else { element.with("class", class) };
    element.saying(text)
}
