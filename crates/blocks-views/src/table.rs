use blocks_gates::Verdict;

use crate::outcome::{name, seconds, sign, word};
use crate::terminal::{Style, columns, line, padded, painted};

/// The verdicts as a table for terminals: stage, outcome, seconds and summary, one line each.
///
/// A unit that is not the whole workspace stands behind its stage: `test/my-crate`. Texts of other
/// programs are made harmless. With `color`, outcomes are coloured; their signs differ without, too.
pub fn table(verdicts: &[Verdict], color: bool) -> String {
    let rows: Vec<Row> = verdicts.iter().map(Row::of).collect();
    let widest = |cell: fn(&Row) -> &str, head: &str| {
        rows.iter().map(|row| columns(cell(row))).max().unwrap_or(0).max(columns(head))
    };
    let widths = Widths {
        name: widest(|row| &row.name, NAME),
        outcome: widest(|row| &row.outcome, OUTCOME),
        seconds: widest(|row| &row.seconds, SECONDS),
    };
    let mut out = head(widths, color);
    for row in &rows {
        out.push_str(&row.line(widths, color));
    }
    out
}

const NAME: &str = "stage";
const OUTCOME: &str = "outcome";
const SECONDS: &str = "seconds";
const SUMMARY: &str = "summary";

#[derive(Clone, Copy)]
struct Widths {
    name: usize,
    outcome: usize,
    seconds: usize,
}

fn head(widths: Widths, color: bool) -> String {
    let text = format!(
        "{}  {}  {SECONDS:>seconds$}  {SUMMARY}",
        padded(NAME, widths.name),
        padded(OUTCOME, widths.outcome),
        seconds = widths.seconds
    );
    format!("{}\n", painted(&text, Style::Bold, color))
}

struct Row {
    name: String,
    outcome: String,
    style: Style,
    seconds: String,
    summary: String,
}

impl Row {
    fn of(verdict: &Verdict) -> Self {
        Self {
            name: line(&name(verdict)),
            outcome: format!("{} {}", sign(verdict.outcome), word(verdict.outcome)),
            style: Style::of(verdict.outcome),
            seconds: seconds(verdict),
            summary: line(&verdict.summary),
        }
    }

    fn line(&self, widths: Widths, color: bool) -> String {
        let outcome = painted(&padded(&self.outcome, widths.outcome), self.style, color);
        let text = format!(
            "{}  {outcome}  {:>seconds$}  {}",
            padded(&self.name, widths.name),
            self.seconds,
            self.summary,
            seconds = widths.seconds
        );
        format!("{}\n", text.trim_end())
    }
}
