//! The time gate over noise that is made up: how often it cries wolf, and how often it sees one.
//!
//! A run has ten benchmarks. A false alarm is a run without any change that calls one a regression. The seed is fixed, so
//! that the figures are the same each time; `cargo test --test simulation -- --nocapture` prints them.

use blocks_statistics::{Judgement, Protocol, Run, Side, conclude, measure};
use fastrand::Rng;
use std::f64::consts::{PI, TAU};

const BENCHMARKS: usize = 10;
const RUNS: u32 = 240;
/// Of so many runs one has a slowdown that is to be found.
const EACH: u32 = 4;
/// What is allowed: 1 %, the threshold that a configuration has by itself for what is counted.
const THRESHOLD: f64 = 0.01;
/// That for times.
const OF_TIMES: f64 = 0.03;

/// A kind of noise: the logarithm of a factor, of the run's place in time from 0 to 1.
type Noise = fn(&mut Rng, f64) -> f64;

fn normal(rng: &mut Rng) -> f64 {
    // Box and Muller.
    (-2.0 * rng.f64().max(f64::MIN_POSITIVE).ln()).sqrt() * (TAU * rng.f64()).cos()
}

/// Each with its name, and whether it is as ordinary as that of a machine that does little else.
const KINDS: [(&str, bool, Noise); 12] = [
    ("none at all", true, |_, _| 0.0),
    ("normal, 0.5 %", true, |rng, _| 0.005 * normal(rng)),
    ("normal, 2 %", true, |rng, _| 0.02 * normal(rng)),
    ("normal, 10 %", false, |rng, _| 0.1 * normal(rng)),
    ("skewed: only ever slower", true, |rng, _| 0.015 * -rng.f64().max(1e-300).ln()),
    ("heavy tail (Cauchy), 1 %", false, |rng, _| {
        (0.01 * (PI * (rng.f64() - 0.5)).tan()).clamp(-3.0, 3.0)
    }),
    ("two states of a processor, 8 % apart", false, |rng, _| {
        0.01 * normal(rng) + if rng.bool() { 0.08 } else { 0.0 }
    }),
    ("outliers: one run of twenty twice as slow", true, |rng, _| {
        0.01 * normal(rng) + if rng.u8(..) < 13 { 0.7 } else { 0.0 }
    }),
    ("drift: 20 % slower by the end", true, |rng, at| 0.01 * normal(rng) + 0.2 * at),
    ("a step: 30 % slower from the middle on", true, |rng, at| {
        0.01 * normal(rng) + if at > 0.5 { 0.3 } else { 0.0 }
    }),
    ("waves: a neighbour that comes and goes", true, |rng, at| {
        0.01 * normal(rng) + 0.1 * (TAU * 7.0 * at).sin()
    }),
    ("steps of a timer: 1 %", true, |rng, _| (3.0 * normal(rng)).round() / 100.0 * 0.5),
];

/// Of the benchmarks of a run, how many are judged to be so.
#[derive(Default)]
struct Found {
    regressed: u32,
    unclear: u32,
    unclear_of_times: u32,
}

fn simulated(noise: Noise, slower: f64, seed: u64) -> Found {
    let protocol = Protocol { rounds: 16, seed };
    let mut rng = Rng::with_seed(!seed);
    let all = protocol.rounds * BENCHMARKS * 4;
    let mut made = 0_usize;
    let measured = measure::<()>(BENCHMARKS, protocol, &mut |Run { side, benchmark, .. }| {
        #[expect(clippy::cast_precision_loss, reason = "these are a few hundred")]
        let (at, scale) = ((made % all) as f64 / all as f64, (benchmark + 1) as f64 * 1e4);
        made += 1;
        let change = if side == Side::Now { slower.ln_1p() } else { 0.0 };
        Ok(Some(scale * (noise(&mut rng, at) + change).exp()))
    });
    let mut found = Found::default();
    for one in measured.expect("no error") {
        let judge =
            |threshold| conclude(&one.first, &one.again, threshold).expect("enough").judgement;
        found.regressed += u32::from(judge(THRESHOLD) == Judgement::Regressed);
        found.unclear += u32::from(judge(THRESHOLD) == Judgement::Unclear);
        found.unclear_of_times += u32::from(judge(OF_TIMES) == Judgement::Unclear);
    }
    found
}

#[test]
fn it_rarely_cries_wolf_and_nearly_always_sees_one() {
    println!("{:<44}  false     no verdict at     5 %", "");
    println!("{:<44} alarms     1 %       3 %    found", "noise");
    let mut alarms_of_all = 0;
    for (name, is_ordinary, noise) in KINDS {
        let (mut alarms, mut unclear, mut unclear_of_times, mut seen) = (0, 0, 0, 0);
        for run in 0..RUNS {
            let same = simulated(noise, 0.0, u64::from(run));
            alarms += u32::from(same.regressed > 0);
            unclear += same.unclear;
            unclear_of_times += same.unclear_of_times;
            if run % EACH == 0 {
                seen += simulated(noise, 0.05, u64::from(run)).regressed;
            }
        }
        let percent = |of: u32, runs: u32| 10.0 * f64::from(of) / f64::from(runs);
        let seen = percent(seen, RUNS / EACH);
        println!(
            "{name:<44} {alarms:>2}/{RUNS} {:>6.1} % {:>6.1} % {seen:>6.1} %",
            percent(unclear, RUNS),
            percent(unclear_of_times, RUNS),
        );
        assert!(alarms * 200 < RUNS, "{name}: {alarms} false alarms in {RUNS} runs");
        assert!(!is_ordinary || seen >= 90.0, "{name}: a slowdown of 5 % was found in {seen} %");
        alarms_of_all += alarms;
    }
    let runs = RUNS * u32::try_from(KINDS.len()).expect("few");
    println!("false alarms of all: {alarms_of_all} in {runs} runs of {BENCHMARKS} benchmarks");
    assert!(alarms_of_all * 200 < runs);
}
