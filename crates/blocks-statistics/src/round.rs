//! A round of runs, and what rounds come to.

use crate::{Interval, Judgement, paired};

/// Whose program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The baseline's.
    Before,
    /// The new one.
    Now,
}

/// In which order the four runs of a round are. What gets slower or faster evenly meanwhile meets both sides alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The baseline's program is first and last.
    BeforeFirst,
    /// The new program is first and last.
    NowFirst,
}

impl Order {
    /// The sides of its runs.
    pub const fn sides(self) -> [Side; 4] {
        match self {
            Self::BeforeFirst => [Side::Before, Side::Now, Side::Now, Side::Before],
            Self::NowFirst => [Side::Now, Side::Before, Side::Before, Side::Now],
        }
    }
}

/// The times of a round, in one unit, those of a side in the order of its runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Round {
    /// In which order they were measured.
    pub order: Order,
    /// Those of the baseline's program.
    pub before: [f64; 2],
    /// Those of the new one.
    pub now: [f64; 2],
}

impl Round {
    /// By how much the logarithm of the new program's time is larger. Of the two runs of a side the faster one counts: what
    /// disturbs a program makes it slower, and rarely twice.
    fn difference(&self) -> f64 {
        let fastest = |times: [f64; 2]| times[0].min(times[1]).ln();
        fastest(self.now) - fastest(self.before)
    }
}

/// What the rounds of a benchmark say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conclusion {
    /// The change.
    pub change: Interval,
    /// What it means beside the threshold.
    pub judgement: Judgement,
}

/// What the rounds of a benchmark say where a change up to `threshold` is allowed: those of the second pass, where it was
/// measured again, since a suspect is chosen for what chance may have done in the first. None where they are too few.
///
/// What was suspect and was not measured again is not clear, whatever it looks like.
pub fn conclude(first: &[Round], again: &[Round], threshold: f64) -> Option<Conclusion> {
    let rounds = if again.is_empty() { first } else { again };
    let change = change(rounds)?;
    let judgement = match change.judge(threshold) {
        Judgement::Regressed if again.is_empty() => Judgement::Unclear,
        judgement => judgement,
    };
    Some(Conclusion { change, judgement })
}

/// Whether rounds of the first pass are a reason to measure again: the new program is slower, by however little. So
/// whatever a threshold could call a regression has been measured again, and a record serves for each threshold.
pub fn is_suspect(first: &[Round]) -> bool {
    change(first).is_some_and(|change| change.low > 0.0)
}

fn change(rounds: &[Round]) -> Option<Interval> {
    paired(&rounds.iter().map(Round::difference).collect::<Vec<_>>())
}
