use std::collections::BTreeSet;

use blocks_config::{BadgeName, PipelineConfig};
use blocks_evidence::MetadataPackage;
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
/// | `coverage`, `docs` | `87.5%`, bright green | the same, red | the same | the same |
/// | `api` | `compatible`, bright green | `failing`, red | the same | the same |
/// | `performance` | `no regression`, bright green | `failing`, red | the same | the same |
/// | `msrv` | `1.85`, bright green | the same, red | the same; blue where nobody asked | `none`, light grey |
/// | `license`, `version` | `MIT OR Apache-2.0`, `v1.2.0`, blue | | `no verdict`, light grey | `none`, light grey |
/// | a stage | `passing`, bright green | `failing`, red | the same | `none`, light grey |
///
/// - `build` is the outcome of all verdicts ([`blocks_gates::overall`]). The others are that of the
///   verdicts that count their number (tests: those of documentation included), and the sum of their
///   counts.
/// - Which verdicts these are is found by their [`Measure`]. A verdict that counts something else
///   is found by its stage's gate in the table, so that tests which do not compile turn the
///   badge red, and tests without a verdict turn it grey, even where documentation tests passed.
/// - Tests that passed only when they were repeated are named, and turn bright green into yellow.
/// - A percentage is cut, not rounded: 99.96 % is shown as `99.9%`, so that neither the threshold
///   nor 100 % is shown before it is reached. There is no scale of greens: the threshold decides.
/// - `api` and `performance` that had nothing to compare with say `passing`.
/// - `msrv`, `license` and `version` are those that `packages` have (see [`blocks_gates::recorded_packages`]): of all that may
///   go to a registry where there are such, else of all. Of several versions of Rust the newest counts; what they do not say alike, or only some say, is `several`.
pub fn badges_of(
    verdicts: &[Verdict],
    packages: Option<&[MetadataPackage]>,
    config: &PipelineConfig,
) -> Vec<ConfiguredBadge> {
    let drawn = config.badges.iter().map(|configured| ConfiguredBadge {
        path: configured.path.as_str().to_owned(),
        file: configured.path.file_name().to_owned(),
        badge: badge(&configured.name, verdicts, packages),
    });
    drawn.collect()
}

/// The badge of a name; see [`badges_of`].
pub fn badge(
    name: &BadgeName,
    verdicts: &[Verdict],
    packages: Option<&[MetadataPackage]>,
) -> Badge {
    let of = |is_meant: &dyn Fn(&Verdict) -> bool| -> Vec<Verdict> {
        verdicts.iter().filter(|verdict| is_meant(verdict)).cloned().collect()
    };
    let of_kind = |kind| of(&|verdict| Kind::of(verdict) == Some(kind));
    let (message, color) = match name {
        BadgeName::Build => without_number(overall(verdicts)),
        BadgeName::Tests => tests(&of_kind(Kind::Tests)),
        BadgeName::Coverage => share(&of_kind(Kind::Coverage)),
        BadgeName::Docs => share(&of_kind(Kind::Docs)),
        BadgeName::Api => compared(&of_kind(Kind::Api), "compatible"),
        BadgeName::Performance => compared(&of_kind(Kind::Performance), "no regression"),
        BadgeName::Msrv => msrv(&of_kind(Kind::Msrv), packages),
        BadgeName::License => told(packages, |it| it.license.clone()),
        BadgeName::Version => told(packages, |it| Some(format!("v{}", it.version))),
        BadgeName::Stage(id) => without_number(outcome_of(&of(&|verdict| verdict.stage == *id))),
    };
    Badge::new(name.as_str(), message, color)
}

/// What a verdict counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Tests,
    Coverage,
    Docs,
    Api,
    Performance,
    Msrv,
}

/// Which gates count for which badge, also where they come to no number.
const GATES: [(&str, Kind); 8] = [
    ("tests", Kind::Tests),
    ("doctests", Kind::Tests),
    ("coverage", Kind::Coverage),
    ("doc-coverage", Kind::Docs),
    ("semver", Kind::Api),
    ("instructions", Kind::Performance),
    ("time", Kind::Performance),
    ("msrv", Kind::Msrv),
];

impl Kind {
    fn of(verdict: &Verdict) -> Option<Self> {
        let gate = || Some(Table::in_use().stage(&verdict.stage)?.gate.as_str());
        match verdict.measure {
            // A stage that runs tests once more, only with more cases, has a gate of its own: no test counts twice.
            Some(Measure::Tests { .. }) => gate().map_or(Some(Self::Tests), Self::of_gate),
            Some(Measure::Coverage { .. }) => Some(Self::Coverage),
            Some(Measure::Documentation { .. }) => Some(Self::Docs),
            Some(Measure::Interfaces { .. }) => Some(Self::Api),
            Some(Measure::Benchmarks { .. }) => Some(Self::Performance),
            Some(Measure::Promises { .. }) => Some(Self::Msrv),
            Some(
                Measure::Unsafe { .. }
                | Measure::Watched { .. }
                | Measure::Models { .. }
                | Measure::Combinations { .. }
                | Measure::Packages { .. }
                | Measure::Components { .. }
                | Measure::Programs { .. }
                | Measure::Mutants { .. },
            ) => None,
            // Tests that do not compile leave findings of the compiler instead of tests.
            Some(Measure::Findings { .. }) | None => gate().and_then(Self::of_gate),
        }
    }

    fn of_gate(gate: &str) -> Option<Self> {
        GATES.iter().find(|(known, _)| *known == gate).map(|(_, kind)| *kind)
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

/// The share of what is counted that is as it should be.
fn share(verdicts: &[Verdict]) -> (String, Color) {
    let outcome = outcome_of(verdicts);
    let (mut good, mut count) = (0_u128, 0_u128);
    for verdict in verdicts {
        if let Some(
            Measure::Coverage { covered: part, count: whole, .. }
            | Measure::Documentation { documented: part, count: whole, .. },
        ) = verdict.measure
        {
            good += u128::from(part);
            count += u128::from(whole);
        }
    }
    let (said, color) = without_number(outcome);
    match outcome {
        Outcome::Pass | Outcome::Fail if count > 0 => (percent(good, count), color),
        _ => (said, color),
    }
}

/// `good` where something was compared with a baseline, and all of it passes.
fn compared(verdicts: &[Verdict], good: &str) -> (String, Color) {
    let outcome = outcome_of(verdicts);
    let is_compared = |verdict: &Verdict| match verdict.measure {
        Some(Measure::Interfaces { compared, .. }) => compared > 0,
        Some(Measure::Benchmarks { count, is_compared, .. }) => is_compared && count > 0,
        _ => false,
    };
    let (said, color) = without_number(outcome);
    let is_good = outcome == Outcome::Pass && verdicts.iter().any(is_compared);
    if is_good { (good.to_owned(), color) } else { (said, color) }
}

/// What packages are said to say that do not say the same.
const SEVERAL: &str = "several";

/// The oldest Rust that all packages promise to compile with, in the colour of who asked whether they do.
fn msrv(verdicts: &[Verdict], packages: Option<&[MetadataPackage]>) -> (String, Color) {
    let Some(packages) = packages.map(shown) else { return without_number(Outcome::NoVerdict) };
    let promised = packages.iter().filter_map(|it| it.rust_version.as_deref());
    let Some(newest) = promised.max_by_key(|version| numbers(version)) else {
        return without_number(Outcome::NotApplicable);
    };
    if packages.iter().any(|it| it.rust_version.is_none()) {
        // Some promise nothing.
        return (SEVERAL.to_owned(), Color::Blue);
    }
    let color = match outcome_of(verdicts) {
        _ if verdicts.is_empty() => Color::Blue,
        outcome => without_number(outcome).1,
    };
    (newest.to_owned(), color)
}

/// The numbers of a version, of which it is made: `1.9` is before `1.10`.
fn numbers(version: &str) -> Vec<u64> {
    version.split('.').map(|number| number.parse().unwrap_or_default()).collect()
}

/// What all packages say alike.
fn told(
    packages: Option<&[MetadataPackage]>,
    what: impl Fn(&MetadataPackage) -> Option<String>,
) -> (String, Color) {
    let Some(packages) = packages.map(shown) else { return without_number(Outcome::NoVerdict) };
    // One that says nothing says something else.
    let said: BTreeSet<_> = packages.into_iter().map(what).collect();
    match said.len() {
        0 | 1 => match said.into_iter().flatten().next() {
            Some(said) => (said, Color::Blue),
            None => without_number(Outcome::NotApplicable),
        },
        _ => (SEVERAL.to_owned(), Color::Blue),
    }
}

/// The packages that the workspace is known by: those that may go to a registry, if there are any.
fn shown(packages: &[MetadataPackage]) -> Vec<&MetadataPackage> {
    let published: Vec<_> = packages.iter().filter(|it| it.is_publishable).collect();
    if published.is_empty() { packages.iter().collect() } else { published }
}

/// A share in percent, cut to one decimal; `100%` only for the whole.
fn percent(covered: u128, count: u128) -> String {
    if covered >= count {
        return "100%".to_owned();
    }
    let tenths = covered * 1000 / count;
    format!("{}.{}%", tenths / 10, tenths % 10)
}
