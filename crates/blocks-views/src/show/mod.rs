//! One thing of a run, shown well in a terminal.

mod record;
mod test;

pub use record::{ShownRecord, record_text};
pub use test::{ShownTest, find_tests, test_text};

use crate::terminal::line;

/// The most lines of one text of another program.
const LINES: usize = 60;

/// The last lines of a text of another program, each harmless and of bounded length, behind a bar; how many are left out is
/// said before them.
fn tail(text: &str) -> Vec<String> {
    let lines: Vec<_> = text.trim_end().lines().collect();
    let left_out = lines.len().saturating_sub(LINES);
    let more = (left_out > 0).then(|| format!("    \u{2026} {left_out} lines before these"));
    let shown = lines[left_out..]
        .iter()
        .map(|it| format!("    | {}", line(&it.replace('\t', "    "))).trim_end().to_owned());
    more.into_iter().chain(shown).collect()
}

/// Seconds to a tenth, or to a hundredth where that is nothing.
fn seconds(seconds: f64) -> String {
    if !seconds.is_finite() || seconds < 0.0 {
        "-".to_owned()
    } else if seconds < 0.95 {
        format!("{seconds:.2} s")
    } else {
        format!("{seconds:.1} s")
    }
}
