//! Failures as HTML, for a mail.

use blocks_failures::Failure;

use super::FailureReport;
use super::level::{Level, fitting};
use super::part::{Part, parts};
use super::words::{counts, left_out, message, origin};
use crate::html::Html;
use crate::label::bounded;
use crate::outcome::{sign, word};
use crate::terminal::command;

/// The most bytes that a mail's text should have: some programs cut what is longer than that.
pub const MAIL: usize = 200 * 1000;

/// The longest text of others in a line, in characters.
const TEXT: usize = 240;

const WHOLE: &str = "font-family:sans-serif;font-size:14px;line-height:1.4";
const HEAD: &str = "font-size:16px;margin:20px 0 6px";
const CODE: &str = "font-family:monospace;font-size:13px;background:#f2f2f2;color:#222;padding:8px;\
    white-space:pre-wrap;overflow-wrap:anywhere;margin:4px 0 8px";
const LINE: &str = "margin:2px 0";
const QUIET: &str = "margin:16px 0 2px;color:#777";

/// The same as [`crate::failure_markdown`] as a piece of HTML in at most `limit` bytes ([`MAIL`]), which stands by itself in
/// the body of a mail: an element with its styles in it, since that is all that programs for mail honour. It has no script,
/// no link and nothing that is fetched.
///
/// Texts of others are texts. Of a limit that nothing fits into, nothing is left.
pub fn failure_html(report: &FailureReport<'_>, limit: usize) -> String {
    fitting(|level| at(report, level), |text| text.len() <= limit).unwrap_or_default()
}

fn at(report: &FailureReport<'_>, level: Level) -> String {
    let mut html = Html::fragment();
    html.tag("div").with("style", WHOLE).holding(|html| {
        if !report.stages.is_empty() || level.failures == 0 {
            head(html, report, level);
        }
        for failure in report.failures.iter().take(level.failures) {
            one(html, failure, level);
        }
        if let Some(left) = left_out(report, level.failures, level.stages) {
            html.tag("p").with("style", QUIET).saying(&shown(&left));
        }
    });
    html.finish()
}

fn head(html: &mut Html, report: &FailureReport<'_>, level: Level) {
    html.tag("p").with("style", HEAD).holding(|html| {
        html.tag("strong").saying(&counts(report));
        html.text(&shown(&origin(report)));
    });
    for stage in report.stages.iter().filter(|it| it.is_open()).take(level.stages) {
        let (sign, word) = (sign(stage.outcome), word(stage.outcome));
        let (name, summary) = (shown(&stage.stage), shown(stage.summary));
        html.tag("p").with("style", LINE).saying(&format!("{sign} {name} ({word}): {summary}"));
    }
}

fn one(html: &mut Html, failure: &Failure, level: Level) {
    html.tag("p").with("style", HEAD).holding(|html| {
        html.tag("strong").saying(&shown(message(failure)));
        html.text(&format!(" ({})", failure.code));
    });
    for part in parts(failure, level.lines) {
        match part {
            Part::Words(label, text) => {
                html.tag("p").with("style", LINE).saying(&format!("{label}: {}", shown(&text)));
            }
            Part::Command(label, text) => {
                html.tag("p").with("style", LINE).saying(&format!("{label}:"));
                html.tag("pre").with("style", CODE).saying(&command(&text));
            }
            Part::Output(lines) => html.tag("pre").with("style", CODE).saying(&lines.join("\n")),
        }
    }
}

/// A text of others in a line, which is not longer than people read.
fn shown(text: &str) -> String {
    bounded(text, TEXT)
}
