//! What `cargo bench` left, beside what it left before: from files of criterion and of gungraun to comparisons.

use crate::instructions::JUDGED;
use crate::performance::{Compared, Standing, Subject, Unit};
use blocks_config::Performance;
use blocks_evidence::{
    CriterionFiles, CriterionMeasurement, EvidenceError, read_criterion, read_gungraun_summary,
};
use blocks_statistics::shift;

/// What a harness left of a benchmark.
#[derive(Debug, Clone, Copy)]
pub struct Left<'a> {
    /// Where it lies, for messages; the benchmark's name where nothing else tells it.
    pub place: &'a str,
    /// Whether the sources are newer than the last run.
    pub is_old: bool,
}

/// A benchmark of criterion: its last run beside the one that it is compared with. Its files do not say of which package
/// it is.
pub fn of_criterion(
    left: Left<'_>,
    before: Option<CriterionFiles<'_>>,
    now: Option<CriterionFiles<'_>>,
    config: &Performance,
) -> Compared {
    let named = |name| Subject { package: None, name, unit: Unit::Nanoseconds, config };
    let read = |files: Option<_>| files.map(read_criterion).transpose();
    let (was, is) = match (read(before), read(now)) {
        (Ok(was), Ok(is)) => (was, is),
        (Err(error), _) | (_, Err(error)) => return unreadable(named(left.place), left, &error),
    };
    let Some(is) = is else {
        let was_named = was.as_ref().map_or(left.place, |was| &was.name);
        return named(was_named).without(Standing::Missing, did_not_run(left));
    };
    let subject = named(&is.name);
    if left.is_old {
        return subject.without(Standing::Stale, stale(left));
    }
    match was {
        None => subject.new_one(is.median),
        Some(was) if was.name != is.name => {
            let reason = format!("{}: its baseline is of {}", left.place, was.name);
            subject.without(Standing::Unreadable, reason)
        }
        // criterion copies each run to the place of the one before it.
        Some(was) if was.times == is.times => Compared {
            now: Some(is.median),
            ..subject.without(Standing::NotCompared, "its baseline is a copy of the same run")
        },
        Some(was) => times(&subject, &was, &is),
    }
}

fn times(subject: &Subject<'_>, was: &CriterionMeasurement, is: &CriterionMeasurement) -> Compared {
    subject.timed(was.median, is.median, shift(&was.times, &is.times))
}

/// A benchmark of gungraun: each of its counts beside the one of the run that gungraun compared with.
pub fn of_gungraun(
    left: Left<'_>,
    package: Option<&str>,
    summary: &[u8],
    config: &Performance,
) -> Vec<Compared> {
    let of = |name, unit| Subject { package, name, unit, config };
    let found = match read_gungraun_summary(summary) {
        Ok(found) => found,
        Err(error) => return vec![unreadable(of(left.place, Unit::Instructions), left, &error)],
    };
    if left.is_old {
        return vec![of(&found.name, Unit::Instructions).without(Standing::Stale, stale(left))];
    }
    let mut compared = Vec::new();
    for (count, unit) in JUDGED {
        let subject = of(&found.name, unit);
        compared.extend(match (found.before.get(&count), found.counts.get(&count)) {
            (Some(was), Some(is)) => Some(subject.counted(*was, *is)),
            (None, Some(is)) => Some(subject.new_count(*is)),
            (Some(_), None) => Some(subject.without(Standing::Missing, did_not_run(left))),
            (None, None) => None,
        });
    }
    // It has limits of its own, and is above them.
    if let (Some(first), Some(limit)) = (compared.first_mut(), found.above.first()) {
        first.standing = Standing::Regressed;
        first.reason = Some(format!("above a limit of its own: {limit}"));
    }
    compared
}

fn unreadable(subject: Subject<'_>, left: Left<'_>, error: &EvidenceError) -> Compared {
    subject.without(Standing::Unreadable, format!("{}: {error}", left.place))
}

fn did_not_run(left: Left<'_>) -> String {
    format!("it did not run: run it, or remove {} where the benchmark is gone", left.place)
}

fn stale(left: Left<'_>) -> String {
    format!(
        "its result is older than the sources: run it, or remove {} where the benchmark is gone",
        left.place
    )
}
