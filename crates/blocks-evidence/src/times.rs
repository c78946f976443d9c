//! Times of benchmarks, of two programs side by side: what `cargo blocks measure` leaves, as JSON.
//!
//! The same types write it and read it, so that nobody has to say twice what it is.

use crate::bounds::{MESSAGE, NAME, bounded};
use crate::error::{EvidenceError, Format};
use serde::{Deserialize, Serialize};

/// All that was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// The version of this form: 1.
    pub schema: u32,
    /// How many rounds each benchmark was to be measured; twice as many of those that were measured again.
    pub rounds: usize,
    /// The benchmarks of both sides.
    pub benchmarks: Vec<TimedBenchmark>,
}

/// A benchmark, and what was measured of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimedBenchmark {
    /// The package that has it.
    pub package: String,
    /// The program that has it: the name of the target.
    pub program: String,
    /// Its name there.
    pub name: String,
    /// What was measured.
    pub times: TimedRounds,
}

/// What was measured of a benchmark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum TimedRounds {
    /// Both programs, in rounds.
    Of {
        /// The rounds of the first pass.
        first: Vec<TimedRound>,
        /// Those of the second; none where there was no reason for one.
        again: Vec<TimedRound>,
    },
    /// Nothing: the baseline does not have it.
    New,
    /// Nothing: the workspace does not have it any more.
    Gone,
    /// Not all: a run came to no time, and why.
    Broken(String),
}

/// A round: both programs run twice, one of them first and last. Times are in nanoseconds an iteration.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimedRound {
    /// Whether the new program was first and last.
    pub now_first: bool,
    /// The times of the baseline's program.
    pub before: [f64; 2],
    /// Those of the new one.
    pub now: [f64; 2],
}

impl Times {
    /// The form that this program writes and reads.
    pub const SCHEMA: u32 = 1;
}

/// Reads them. Each benchmark is there once, with as many rounds as were to be made, and each time is above zero.
pub fn read_times(bytes: &[u8]) -> Result<Times, EvidenceError> {
    let format = Format::Times;
    format.check_size(bytes.len())?;
    let malformed = |reason: &str| format.malformed("times", reason);
    let mut times: Times =
        serde_json::from_slice(bytes).map_err(|error| malformed(&error.to_string()))?;
    if times.schema != Times::SCHEMA {
        return Err(malformed("its schema is not 1"));
    }
    for one in &mut times.benchmarks {
        let rounds = rounds(one, times.rounds);
        rounds.map_err(|reason| format.malformed(bounded(&one.name, NAME), reason))?;
        for text in [&mut one.package, &mut one.program, &mut one.name] {
            *text = bounded(text, NAME);
        }
        if let TimedRounds::Broken(why) = &mut one.times {
            *why = bounded(why, MESSAGE);
        }
    }
    let mut names: Vec<_> =
        times.benchmarks.iter().map(|it| (&it.package, &it.program, &it.name)).collect();
    names.sort();
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(malformed("a benchmark is there twice"));
    }
    Ok(times)
}

/// What is wrong with the rounds of a benchmark, of which there were to be so many.
fn rounds(one: &TimedBenchmark, wanted: usize) -> Result<(), &'static str> {
    let TimedRounds::Of { first, again } = &one.times else { return Ok(()) };
    if first.len() != wanted || !(again.is_empty() || again.len() == wanted.saturating_mul(2)) {
        return Err("it has another number of rounds than were to be made");
    }
    let times = first.iter().chain(again).flat_map(|round| round.before.iter().chain(&round.now));
    if times.clone().any(|time| !time.is_finite() || *time <= 0.0) {
        return Err("a time is not above zero");
    }
    Ok(())
}
