//! In which order programs run, and which benchmarks are measured again.

use crate::round::{Order, Round, Side, is_suspect};

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protocol {
    /// Rounds of the first pass, of each benchmark. A second pass has twice as many.
    pub rounds: usize,
    /// What the coin begins with that decides about the order of each round.
    pub seed: u64,
}

/// Which time one measures a benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// Each is measured.
    First,
    /// What got slower in the first pass is measured again.
    Again,
}

/// A run that is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The number of the benchmark, from 0.
    pub benchmark: usize,
    /// Whose program it is.
    pub side: Side,
    /// In which pass.
    pub pass: Pass,
    /// The number of the round in its pass, from 0.
    pub round: usize,
}

/// What was measured of a benchmark.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// The rounds of the first pass.
    pub first: Vec<Round>,
    /// Those of the second; none where there was no reason for one.
    pub again: Vec<Round>,
    /// Whether a run gave no time. The rest of its runs is left out then.
    pub is_broken: bool,
}

/// Measures benchmarks, of both programs side by side: one round of each benchmark, then the next of each, so that what
/// a machine does for a minute meets a few rounds of all, and not all of one.
///
/// `run` makes a run and gives its time, in any unit; none where it came to none. Its errors end the whole.
pub fn measure<E>(
    benchmarks: usize,
    protocol: Protocol,
    run: &mut dyn FnMut(Run) -> Result<Option<f64>, E>,
) -> Result<Vec<Measured>, E> {
    let mut coin = fastrand::Rng::with_seed(protocol.seed);
    let mut all = vec![Measured::default(); benchmarks];
    for (pass, rounds) in [(Pass::First, protocol.rounds), (Pass::Again, 2 * protocol.rounds)] {
        let of_pass: Vec<usize> = match pass {
            Pass::First => (0..benchmarks).collect(),
            Pass::Again => (0..benchmarks).filter(|it| is_suspect(&all[*it].first)).collect(),
        };
        for round in 0..rounds {
            for &benchmark in &of_pass {
                let measured = &mut all[benchmark];
                if measured.is_broken {
                    continue;
                }
                let order = if coin.bool() { Order::BeforeFirst } else { Order::NowFirst };
                let mut one = |side| run(Run { benchmark, side, pass, round });
                match of_round(order, &mut one)? {
                    None => measured.is_broken = true,
                    Some(round) if pass == Pass::First => measured.first.push(round),
                    Some(round) => measured.again.push(round),
                }
            }
        }
    }
    Ok(all)
}

/// The times of four runs; none where one of them gave none.
fn of_round<E>(
    order: Order,
    run: &mut dyn FnMut(Side) -> Result<Option<f64>, E>,
) -> Result<Option<Round>, E> {
    let (mut before, mut now) = (Vec::new(), Vec::new());
    for side in order.sides() {
        let Some(time) = run(side)?.filter(|time| time.is_finite() && *time > 0.0) else {
            return Ok(None);
        };
        match side {
            Side::Before => before.push(time),
            Side::Now => now.push(time),
        }
    }
    let round = <[f64; 2]>::try_from(before).ok().zip(now.try_into().ok());
    Ok(round.map(|(before, now)| Round { order, before, now }))
}
