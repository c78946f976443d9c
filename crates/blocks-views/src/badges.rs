use blocks_config::{BadgeName, PipelineConfig};
use blocks_gates::{Measure, Outcome, Verdict, overall};
use blocks_stages::Table;

use crate::{Badge, Color};

/// A badge and the file that the configuration gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfiguredBadge {
    /// Its path from the workspace's root, with `/` between names.
    pub path: String,
    /// The last name of its path, which ends in `.svg`.
    pub file: String,
    /// What it shows.
    pub badge: Badge,
}

/// The badges of a configuration, in its order.
///
/// | badge | pass | fail | no verdict | not applicable |
/// | --- | --- | --- | --- | --- |
/// | `build` | `passing`, bright green | `failing`, red | `no verdict`, light grey | |
/// | `tests` | `412 passed`, bright green | `2 failed, 410 passed`, red | the same | `none`, light grey |
/// | `coverage` | `87.5%`, bright green | the same, red | the same | the same |
///
/// - `build` is the outcome of all verdicts ([`blocks_gates::overall`]). `tests` and `coverage` are that of the
///   verdicts that count tests (those of documentation included) or lines, and the sum of their
///   counts.
/// - Which verdicts these are is found by their [`Measure`]. A verdict that counts neither tests nor
///   lines is found by its stage's gate in the table, so that tests which do not compile turn the
///   badge red, and tests without a verdict turn it grey, even where documentation tests passed.
/// - Tests that passed only when they were repeated are named, and turn bright green into yellow.
/// - A percentage is cut, not rounded: 99.96 % is shown as `99.9%`, so that neither the threshold
///   nor 100 % is shown before it is reached. There is no scale of greens: the threshold decides.
pub fn badges_of(verdicts: &[Verdict], config: &PipelineConfig) -> Vec<ConfiguredBadge> {
    let drawn = config.badges.iter().map(|configured| ConfiguredBadge {
        path: configured.path.as_str().to_owned(),
        file: configured.path.file_name().to_owned(),
        badge: badge(configured.name, verdicts),
    });
    drawn.collect()
}

/// The badge of a name; see [`badges_of`].
pub fn badge(name: BadgeName, verdicts: &[Verdict]) -> Badge {
    let of_kind = |kind| -> Vec<Verdict> {
        verdicts.iter().filter(|verdict| Kind::of(verdict) == Some(kind)).cloned().collect()
    };
    let (message, color) = match name {
        BadgeName::Build => without_number(overall(verdicts)),
        BadgeName::Tests => tests(&of_kind(Kind::Tests)),
        BadgeName::Coverage => coverage(&of_kind(Kind::Coverage)),
    };
    Badge::new(name.as_str(), message, color)
}

/// What a verdict counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Tests,
    Coverage,
}

impl Kind {
    fn of(verdict: &Verdict) -> Option<Self> {
        let gate = || Some(Table::in_use().stage(&verdict.stage)?.gate.as_str());
        match verdict.measure {
            // A stage that runs tests once more, only with more cases, has a gate of its own: no test counts twice.
            Some(Measure::Tests { .. }) => gate().map_or(Some(Self::Tests), Self::of_gate),
            Some(Measure::Coverage { .. }) => Some(Self::Coverage),
            Some(
                Measure::Documentation { .. }
                | Measure::Unsafe { .. }
                | Measure::Watched { .. }
                | Measure::Models { .. }
                | Measure::Promises { .. }
                | Measure::Combinations { .. }
                | Measure::Packages { .. }
                | Measure::Components { .. }
                | Measure::Programs { .. }
                | Measure::Benchmarks { .. }
                | Measure::Mutants { .. }
                | Measure::Interfaces { .. },
            ) => None,
            // Tests that do not compile leave findings of the compiler instead of tests.
            Some(Measure::Findings { .. }) | None => gate().and_then(Self::of_gate),
        }
    }

    fn of_gate(gate: &str) -> Option<Self> {
        match gate {
            "tests" | "doctests" => Some(Self::Tests),
            "coverage" => Some(Self::Coverage),
            _ => None,
        }
    }
}

/// What there is to say where there is no number.
fn without_number(outcome: Outcome) -> (String, Color) {
    let (message, color) = match outcome {
        Outcome::Pass => ("passing", Color::BrightGreen),
        Outcome::Fail => ("failing", Color::Red),
        Outcome::NoVerdict => ("no verdict", Color::LightGrey),
        Outcome::NotApplicable => ("none", Color::LightGrey),
    };
    (message.to_owned(), color)
}

/// The overall outcome of the verdicts that a number is the sum of.
fn outcome_of(verdicts: &[Verdict]) -> Outcome {
    let applies = verdicts.iter().any(|verdict| verdict.outcome != Outcome::NotApplicable);
    if applies || verdicts.is_empty() { overall(verdicts) } else { Outcome::NotApplicable }
}

fn tests(verdicts: &[Verdict]) -> (String, Color) {
    let outcome = outcome_of(verdicts);
    let (mut passed, mut failed, mut flaky) = (0_u64, 0_u64, 0_u64);
    for verdict in verdicts {
        if let Some(Measure::Tests { passed: p, failed: f, flaky: y, .. }) = verdict.measure {
            passed = passed.saturating_add(p);
            failed = failed.saturating_add(f);
            flaky = flaky.saturating_add(y);
        }
    }
    let (said, color) = without_number(outcome);
    let numbers = match (outcome, passed, failed) {
        (Outcome::NoVerdict | Outcome::NotApplicable, ..) | (_, 0, 0) => return (said, color),
        (Outcome::Pass, ..) => format!("{passed} passed"),
        // It failed beside its tests, such as where documentation tests do not compile.
        (Outcome::Fail, _, 0) => format!("{said}, {passed} passed"),
        (Outcome::Fail, ..) => format!("{failed} failed, {passed} passed"),
    };
    match (flaky, outcome) {
        (0, _) => (numbers, color),
        (_, Outcome::Pass) => (format!("{numbers}, {flaky} flaky"), Color::Yellow),
        _ => (format!("{numbers}, {flaky} flaky"), color),
    }
}

fn coverage(verdicts: &[Verdict]) -> (String, Color) {
    let outcome = outcome_of(verdicts);
    let (mut covered, mut count) = (0_u128, 0_u128);
    for verdict in verdicts {
        if let Some(Measure::Coverage { covered: c, count: n, .. }) = verdict.measure {
            covered += u128::from(c);
            count += u128::from(n);
        }
    }
    let (said, color) = without_number(outcome);
    match outcome {
        Outcome::Pass | Outcome::Fail if count > 0 => (percent(covered, count), color),
        _ => (said, color),
    }
}

/// A share in percent, cut to one decimal; `100%` only for the whole.
fn percent(covered: u128, count: u128) -> String {
    if covered >= count {
        return "100%".to_owned();
    }
    let tenths = covered * 1000 / count;
    format!("{}.{}%", tenths / 10, tenths % 10)
}
