//! What tests ran, and what is documented.

mod patch;

use blocks_evidence::{FileCounts, LineCounts};
use blocks_gates::{Measure, Verdict};

use super::parts::{each, left_out, line, marked_bar, percent};
use super::{section, stage_link};
use crate::html::Html;
use crate::number::{counted, grouped};
use crate::report::{Report, missed};

/// The most ranges of lines that are shown of a file.
const RANGES: usize = 60;

/// How many files are shown before the others can be unfolded.
const SHOWN: usize = 25;

/// A file, and how many of its lines ran.
struct File<'a> {
    of: &'a FileCounts,
    covered: usize,
}

impl File<'_> {
    fn missed(&self) -> usize {
        self.of.lines.len() - self.covered
    }
}

pub(super) fn is_there(report: &Report<'_>) -> bool {
    report.lines.is_some() || measured(report).next().is_some()
}

pub(super) fn coverage(html: &mut Html, report: &Report<'_>) {
    if !is_there(report) {
        return;
    }
    section(html, "coverage", "Coverage", |html| {
        html.tag("div").class("gauges").holding(|html| {
            measured(report).for_each(|(verdict, gauge)| self::gauge(html, verdict, &gauge));
        });
        if let Some(lines) = report.patch {
            patch::patch(html, lines);
        }
        match report.lines {
            Some(lines) => files(html, lines),
            None => html.tag("p").class("left-out").saying("How often each line ran is not known."),
        }
    });
}

/// A share that a stage wants.
struct Gauge {
    what: &'static str,
    part: usize,
    of: usize,
    wanted: f64,
}

fn measured<'a>(report: &Report<'a>) -> impl Iterator<Item = (&'a Verdict, Gauge)> {
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    report.verdicts.iter().filter_map(move |verdict| {
        let gauge = match verdict.measure.as_ref()? {
            Measure::Coverage { covered, count, threshold } => {
                let (part, of) = (number(*covered), number(*count));
                Gauge { what: "of lines run by tests", part, of, wanted: *threshold }
            }
            Measure::Documentation { documented, count, threshold, .. } => {
                let (part, of) = (number(*documented), number(*count));
                Gauge { what: "of items documented", part, of, wanted: *threshold }
            }
            _ => return None,
        };
        Some((verdict, gauge))
    })
}

fn gauge(html: &mut Html, verdict: &Verdict, gauge: &Gauge) {
    let Gauge { what, part, of, wanted } = gauge;
    html.tag("div").class("gauge").holding(|html| {
        html.tag("p").class("large").saying(&percent(*part, *of));
        html.tag("p").holding(|html| {
            html.text(what);
            html.text(", ");
            stage_link(html, verdict);
        });
        share(html, *part, *of, Some(*wanted));
        html.tag("p").class("quiet").saying(&format!(
            "{} of {}{}",
            grouped(*part),
            grouped(*of),
            if *wanted > 0.0 { format!("; {wanted} % wanted") } else { String::new() }
        ));
    });
}

#[expect(clippy::cast_precision_loss, reason = "drawn, and not judged")]
fn share(html: &mut Html, part: usize, of: usize, wanted: Option<f64>) {
    let mark = wanted.filter(|it| *it > 0.0);
    marked_bar(html, "bar", part as f64 / of as f64, mark);
}

/// Files with lines that no test runs, most of these first; then the others.
fn files(html: &mut Html, lines: &LineCounts) {
    let covered = |of: &FileCounts| of.lines.iter().filter(|(_, count)| *count > 0).count();
    let files = lines.files.iter().map(|of| File { of, covered: covered(of) });
    let (whole, mut open): (Vec<_>, Vec<_>) = files.partition(|it| it.missed() == 0);
    open.sort_by(|a, b| b.missed().cmp(&a.missed()).then_with(|| a.of.file.cmp(&b.of.file)));
    let (first, rest) = open.split_at(open.len().min(SHOWN));
    if !first.is_empty() {
        table(html, first);
    }
    if !rest.is_empty() {
        html.tag("details").class("rest").holding(|html| {
            html.tag("summary").saying(&counted(rest.len(), "file more", "files more"));
            table(html, rest);
        });
    }
    if !whole.is_empty() {
        let told = counted(whole.len(), "file is run completely", "files are run completely");
        html.tag("details").class("rest").holding(|html| {
            html.tag("summary").saying(&told);
            let mut left = 0;
            html.tag("ul").class("tests").holding(|html| {
                left = each(html, &whole, |html, File { of, .. }| {
                    let told = format!("{} ({})", line(&of.file), of.lines.len());
                    html.tag("li").saying(&told);
                });
            });
            left_out(html, left);
        });
    }
}

fn table(html: &mut Html, open: &[File<'_>]) {
    let mut left = 0;
    html.tag("table").class("files").with("role", "table").holding(|html| {
        html.tag("thead").with("role", "rowgroup").holding(|html| {
            html.tag("tr").with("role", "row").holding(|html| {
                for title in ["File", "Run", "Share", "Lines that no test runs"] {
                    let cell = html.tag("th").with("scope", "col").with("role", "columnheader");
                    let cell = if title == "Run" { cell.class("number") } else { cell };
                    cell.saying(title);
                }
            });
        });
        html.tag("tbody").with("role", "rowgroup").holding(|html| {
            left = each(html, open, row);
        });
    });
    left_out(html, left);
}

fn row(html: &mut Html, file: &File<'_>) {
    let File { of, covered } = file;
    html.tag("tr").class("f").with("role", "row").holding(|html| {
        html.tag("th").with("scope", "row").with("role", "rowheader").holding(|html| {
            html.tag("code").saying(&line(&of.file));
        });
        html.tag("td")
            .class("number")
            .with("role", "cell")
            .saying(&format!("{covered}/{}", of.lines.len()));
        html.tag("td").class("share").with("role", "cell").holding(|html| {
            share(html, *covered, of.lines.len(), None);
            html.text(" ");
            html.text(&percent(*covered, of.lines.len()));
        });
        html.tag("td").class("lines").with("role", "cell").saying(&told(of));
    });
}

/// `3\u{2013}5, 9`.
fn told(file: &FileCounts) -> String {
    let mut ranges = missed(file);
    let shown: Vec<_> = ranges.by_ref().take(RANGES).map(range).collect();
    match ranges.count() {
        0 => shown.join(", "),
        more => format!("{}, and {more} more", shown.join(", ")),
    }
}

fn range([first, last]: [u32; 2]) -> String {
    if first == last { first.to_string() } else { format!("{first}\u{2013}{last}") }
}
