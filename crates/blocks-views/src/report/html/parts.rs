//! What is written in many places of the page.

use blocks_evidence::{MESSAGE, NAME, bounded};
use blocks_gates::Outcome;

use crate::html::Html;
use crate::outcome::{sign, word};

/// The longest output or diagnostic that is shown, in bytes.
const OUTPUT: usize = 16 * 1024;

/// The longest command that is shown, in bytes.
const COMMAND: usize = 8 * 1024;

/// What stands in the place of a longer one.
const TOO_LONG: &str =
    "a command that is too long to be shown: report.json beside this page has it";

/// Beyond this, in bytes, the page has no room for outputs.
const ROOM: usize = 1_500_000;

/// Beyond this, in bytes, lists end as well.
const ROOM_FOR_LISTS: usize = 1_800_000;

/// What is said in the place of what is left out.
const LEFT_OUT: &str =
    "Not shown: this page has no room for more output. report.json beside it has it.";

/// The class of an outcome.
pub(crate) fn class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::NoVerdict => "unknown",
        Outcome::NotApplicable => "none",
    }
}

/// An outcome as a sign and a word.
pub(crate) fn outcome(html: &mut Html, outcome: Outcome) {
    html.tag("span").class(class(outcome)).holding(|html| {
        html.tag("i").class("sign").with("aria-hidden", "true").saying(&sign(outcome).to_string());
        html.text(" ");
        html.text(word(outcome));
    });
}

/// The same where there is room for the sign alone.
pub(crate) fn outcome_sign(html: &mut Html, outcome: Outcome) {
    html.tag("i")
        .class(class(outcome))
        .with("role", "img")
        .label(word(outcome))
        .saying(&sign(outcome).to_string());
}

/// A command that can be copied.
pub(crate) fn command(html: &mut Html, what: &str, command: &str) {
    html.tag("p").class("cmd").holding(|html| {
        html.tag("span").class("what").saying(what);
        html.text(" ");
        if command.len() <= COMMAND {
            html.tag("code").saying(command);
        } else {
            // One that is cut would be another command.
            html.tag("span").class("left-out").saying(TOO_LONG);
        }
    });
}

/// What a program printed, where the page has room.
pub(crate) fn output(html: &mut Html, text: &str) {
    if html.len() < ROOM {
        html.tag("pre").holding(|html| {
            // A reader of HTML leaves out the first line feed.
            html.text("\n");
            html.text(&bounded(text.trim_end(), OUTPUT));
        });
    } else {
        html.tag("p").class("left-out").saying(LEFT_OUT);
    }
}

/// Writes those of which the page has room, and gives how many are left.
pub(crate) fn each<T>(
    html: &mut Html,
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut Html, T),
) -> usize {
    let mut items = items.into_iter();
    while html.len() < ROOM_FOR_LISTS
        && let Some(item) = items.next()
    {
        write(html, item);
    }
    items.count()
}

/// How many of a list are left out, where some are.
pub(crate) fn left_out(html: &mut Html, left: usize) {
    if left > 0 {
        let told = format!("{left} more are not shown: report.json beside this page has them.");
        html.tag("p").class("left-out").saying(&told);
    }
}

/// A share as a bar. It says nothing that does not stand beside it in figures.
pub(crate) fn bar(html: &mut Html, class: &'static str, share: f64) {
    marked_bar(html, class, share, None);
}

/// The same with a mark at what is wanted, in percent.
pub(crate) fn marked_bar(html: &mut Html, class: &'static str, share: f64, wanted: Option<f64>) {
    let percent = if share.is_finite() { share.clamp(0.0, 1.0) * 100.0 } else { 0.0 };
    html.tag("svg").class(class).with("aria-hidden", "true").holding(|html| {
        html.tag("rect").number("width", percent, "%").with("height", "100%").holding(|_| {});
        if let Some(wanted) = wanted {
            // All of it would be a mark beyond the end.
            let mark = html.tag("rect").class("mark").number("x", wanted.min(99.2), "%");
            mark.with("width", "2").with("height", "100%").holding(|_| {});
        }
    });
}

/// A name as it is shown.
pub(crate) fn short(text: &str) -> String {
    bounded(text, NAME)
}

/// A message in one line.
pub(crate) fn line(text: &str) -> String {
    bounded(text.trim_end(), MESSAGE)
}

/// `0.84 s`, `12.3 s`, `2 min 3 s`, `1 h 4 min`; a dash for what is no length of time.
pub(crate) fn seconds(seconds: f64) -> String {
    if !seconds.is_finite() || seconds < 0.0 {
        return "\u{2013}".to_owned();
    }
    let whole = seconds.round();
    let [hours, minutes] = [3600.0, 60.0].map(|of| (whole / of).floor());
    if whole >= 3600.0 {
        format!("{hours} h {} min", minutes - hours * 60.0)
    } else if whole >= 60.0 {
        format!("{minutes} min {} s", whole - minutes * 60.0)
    } else if seconds >= 10.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{seconds:.2} s")
    }
}

/// A share in percent, never rounded up: `97.3 %`, and `100 %` of all only.
#[expect(clippy::cast_precision_loss, reason = "shown, and not judged")]
pub(crate) fn percent(part: usize, of: usize) -> String {
    if of == 0 {
        return "\u{2013}".to_owned();
    }
    if part == of {
        return "100 %".to_owned();
    }
    let tenths = part.saturating_mul(1000) / of;
    format!("{:.1} %", tenths as f64 / 10.0)
}

#[cfg(test)]
mod tests {
    use super::{percent, seconds};

    #[test]
    fn times_are_as_people_say_them() {
        let shown = [0.0, 0.844, 12.34, 59.96, 123.0, 3840.0, f64::NAN, -1.0].map(seconds);
        assert_eq!(
            shown,
            [
                "0.00 s",
                "0.84 s",
                "12.3 s",
                "1 min 0 s",
                "2 min 3 s",
                "1 h 4 min",
                "\u{2013}",
                "\u{2013}"
            ]
        );
    }

    #[test]
    fn no_share_is_rounded_up() {
        assert_eq!(
            [percent(0, 0), percent(3, 3), percent(999_999, 1_000_000)],
            ["\u{2013}", "100 %", "99.9 %"]
        );
    }
}
