//! How far measuring is.

use std::time::{Duration, Instant};

use blocks_statistics::{Pass, Run};

/// What is told of it: a line when a round begins.
pub(super) struct Progress {
    benchmarks: usize,
    rounds: usize,
    begun: Instant,
    told: Option<(bool, usize)>,
}

impl Progress {
    pub(super) fn new(benchmarks: usize, rounds: usize) -> Self {
        Self { benchmarks, rounds, begun: Instant::now(), told: None }
    }

    /// The line of the round that a run begins, if it begins one.
    pub(super) fn line(&mut self, run: &Run) -> Option<String> {
        let is_again = run.pass == Pass::Again;
        let place = Some((is_again, run.round));
        if self.told == place {
            return None;
        }
        self.told = place;
        let round = run.round + 1;
        Some(if is_again {
            format!("slower than before: measured again, round {round} of {}", 2 * self.rounds)
        } else {
            let left = self.left(run.round).map_or_else(String::new, |left| {
                format!(", about {} s left", left.as_secs().max(1))
            });
            let Self { benchmarks, rounds, .. } = self;
            format!("benchmarks: {benchmarks}, round {round} of {rounds}{left}")
        })
    }

    /// How long the rounds that are left will take, where some are made.
    fn left(&self, made: usize) -> Option<Duration> {
        let each = self.begun.elapsed().checked_div(u32::try_from(made).ok()?)?;
        Some(each * u32::try_from(self.rounds.saturating_sub(made)).unwrap_or(u32::MAX))
    }
}
