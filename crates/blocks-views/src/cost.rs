//! Where the time of a run went.

use blocks_gates::StageCost;
use serde::Serialize;

use crate::number::change;
use crate::terminal::{Style, columns, line, padded, painted};

/// What a stage took, and what it took before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost<'a> {
    /// What it took.
    pub now: StageCost<'a>,
    /// The seconds that its steps took at an earlier revision on a machine of this class; none where nobody kept them.
    pub before: Option<f64>,
}

/// How wide the longest bar could be, in characters.
const WIDTH: usize = 20;

/// The parts of a character that a bar may end with, in eighths.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

const HEAD: [&str; 6] = ["stage", "seconds", "share", "", "records", "trend"];

/// Where the time went, as a table for terminals: what took most first. Tries that came to no answer are counted, and told.
/// A trend is against the last revision before that somebody kept. Nothing where nothing took time.
pub fn cost_text(costs: &[Cost<'_>], color: bool) -> String {
    let costs = sorted(costs);
    let all = all(&costs);
    if all <= 0.0 {
        return String::new();
    }
    let rows: Vec<_> = costs.iter().map(|cost| row(cost, all)).collect();
    let widths: [usize; 6] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| columns(&row[column]));
        cells.max().unwrap_or(0).max(HEAD[column].len())
    });
    let shown = |cells: [&str; 6]| {
        let cells = cells.iter().zip(widths).enumerate().map(|(column, (cell, width))| {
            let is_text = matches!(column, 0 | 3 | 5);
            if is_text { padded(cell, width) } else { format!("{cell:>width$}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let head = format!("where the time went: {all:.1} seconds");
    let mut text = format!("{}\n", painted(&head, Style::Bold, color));
    text += &painted(&shown(HEAD), Style::Dim, color);
    text.push('\n');
    for row in &rows {
        text += &shown(row.each_ref().map(String::as_str));
        text.push('\n');
    }
    text
}

/// What is there of these for other programs, in the same order.
pub(crate) fn statuses<'a>(costs: &[Cost<'a>]) -> Vec<CostStatus<'a>> {
    let costs = sorted(costs);
    let all = all(&costs);
    let status = |cost: &Cost<'a>| CostStatus {
        stage: cost.now.stage,
        seconds: cost.now.seconds,
        retried_seconds: cost.now.retried,
        share: if all > 0.0 { whole(cost) / all } else { 0.0 },
        records: cost.now.records,
        seconds_before: cost.before,
    };
    costs.iter().map(status).collect()
}

/// What a stage took.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct CostStatus<'a> {
    /// The stage.
    pub(crate) stage: &'a str,
    /// What the steps of its records took.
    pub(crate) seconds: f64,
    /// What tries took that came to no answer.
    pub(crate) retried_seconds: f64,
    /// The share that both have of what all stages took.
    pub(crate) share: f64,
    /// Of how many records.
    pub(crate) records: usize,
    /// What the steps took at an earlier revision; null where nobody looked it up, or kept it.
    pub(crate) seconds_before: Option<f64>,
}

/// Those that are lengths of time, what took most first.
fn sorted<'a>(costs: &[Cost<'a>]) -> Vec<Cost<'a>> {
    let is_time =
        |it: &&Cost<'_>| whole(it).is_finite() && it.now.seconds.min(it.now.retried) >= 0.0;
    let mut costs: Vec<_> = costs.iter().filter(is_time).copied().collect();
    costs.sort_by(|a, b| whole(b).total_cmp(&whole(a)).then_with(|| a.now.stage.cmp(b.now.stage)));
    costs
}

fn whole(cost: &Cost<'_>) -> f64 {
    cost.now.seconds + cost.now.retried
}

fn all(costs: &[Cost<'_>]) -> f64 {
    costs.iter().fold(0.0, |sum, cost| sum + whole(cost))
}

fn row(cost: &Cost<'_>, all: f64) -> [String; 6] {
    let share = whole(cost) / all;
    let StageCost { stage, seconds, retried, records, .. } = cost.now;
    let trend = cost.before.map(|before| change(before, seconds));
    let retries =
        (retried > 0.0).then(|| format!("{retried:.1} s of it in tries without an answer"));
    [
        line(stage),
        format!("{:.1}", whole(cost)),
        format!("{:.0} %", share * 100.0),
        bar(share),
        records.to_string(),
        [trend, retries].into_iter().flatten().collect::<Vec<_>>().join(", "),
    ]
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share of a few characters, which is held within them"
)]
fn bar(share: f64) -> String {
    let whole = WIDTH * EIGHTHS.len();
    let eighths = ((share * whole as f64).round() as usize).min(whole);
    format!("{}{}", "█".repeat(eighths / EIGHTHS.len()), EIGHTHS[eighths % EIGHTHS.len()])
}
