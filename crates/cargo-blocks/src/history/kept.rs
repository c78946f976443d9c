//! What is kept of a run.

use std::collections::BTreeSet;

use blocks_engine::{Commit, Workspace, nix_class};
use blocks_evidence::Count;
use blocks_gates::{
    Counted, Given, Measure, Number, Outcome, RecordedNumbers, UnitNumbers, Verdict,
    recorded_numbers,
};
use blocks_history::{Measurement, Unit};
use blocks_stages::{Stage, Table};
use blocks_views::OUTCOMES;

use super::{SECONDS, warn};

/// What the records of these stages hold, and what the stages come to. Of what is not known nothing is kept.
///
/// The second list has the times of records that are not in `made`, those that this run made: they may be kept already, of
/// another commit.
pub(super) fn measurements(
    workspace: &Workspace,
    commit: &Commit,
    verdicts: &[Verdict],
    given: Given<'_>,
    made: &BTreeSet<(String, String)>,
) -> (Vec<Measurement>, Vec<Measurement>) {
    let keeping = Keeping { commit, members: &workspace.members };
    let mut old = Vec::new();
    let mut measurements = Vec::new();
    for verdict in verdicts {
        let Some(stage) = Table::in_use().stage(&verdict.stage) else { continue };
        let recorded = recorded_numbers(Table::in_use().recorded_by(stage), given);
        measurements.extend(keeping.verdict(verdict, &recorded));
        if stage.record.is_none() {
            let is_made = |it: &UnitNumbers| made.contains(&(stage.id.clone(), it.unit.clone()));
            let found = keeping.record(stage, verdict, &recorded);
            if recorded.units.iter().any(is_made) {
                measurements.extend(found);
            } else {
                let (times, others) =
                    found.into_iter().partition::<Vec<_>, _>(|it| it.unit.is_time());
                measurements.extend(others);
                old.extend(times);
            }
        }
    }
    measurements.retain(is_storable);
    old.retain(is_storable);
    (measurements, old)
}

fn is_storable(measurement: &Measurement) -> bool {
    match measurement.check() {
        Ok(()) => true,
        Err(error) => {
            warn(&error.to_string());
            false
        }
    }
}

/// What all measurements of a run share.
struct Keeping<'a> {
    commit: &'a Commit,
    members: &'a [String],
}

impl Keeping<'_> {
    /// What a stage comes to: its outcome, and what it counts.
    fn verdict(&self, verdict: &Verdict, recorded: &RecordedNumbers) -> Vec<Measurement> {
        let (Some(of), Some(outcome)) = (recorded.units.first(), outcome(verdict)) else {
            return Vec::new();
        };
        let stage = &verdict.stage;
        let mut kept =
            vec![self.measurement(of, format!("{OUTCOMES}{stage}"), Unit::Passed, outcome)];
        // Of a part of the members it would look like a change of all.
        let is_whole = verdict.units.iter().all(|it| it.outcome != Outcome::NoVerdict);
        let measure = verdict.measure.filter(|_| is_whole);
        if let Some((kind, unit, value)) = measure.and_then(counted) {
            kept.push(self.measurement(of, format!("{kind}/{stage}"), unit, value));
        }
        kept.into_iter().flatten().collect()
    }

    /// What the records of a stage hold, and how long they took.
    fn record(
        &self,
        stage: &Stage,
        verdict: &Verdict,
        recorded: &RecordedNumbers,
    ) -> Vec<Measurement> {
        let mut kept = Vec::new();
        for unit in &recorded.units {
            if let Some(why) = &unit.unread {
                warn(&format!("of {} no time of compilation is kept: {why}", stage.id));
            }
            kept.extend(unit.numbers.iter().filter_map(|it| self.number(unit, it)));
        }
        // One that failed may have stopped early: its time would look like a better one.
        if verdict.outcome == Outcome::Pass {
            kept.extend(self.seconds(stage, recorded));
        }
        kept
    }

    fn number(&self, of: &UnitNumbers, number: &Number) -> Option<Measurement> {
        let Number { counted, package, name, value } = number;
        let (kind, unit) = kind(*counted)?;
        let is_time = matches!(counted, Counted::Compilation | Counted::Time);
        // A package of elsewhere that lies beside the workspace is none of its members.
        if is_time && (of.is_by_nix || !self.members.contains(package)) {
            return None;
        }
        let series = if name.is_empty() {
            format!("{kind}/{package}")
        } else {
            format!("{kind}/{package}/{name}")
        };
        self.measurement(of, series, unit, *value)
    }

    /// How long all records of a stage took, where all are there, and this machine made them.
    fn seconds(&self, stage: &Stage, recorded: &RecordedNumbers) -> Option<Measurement> {
        let of = recorded.units.first()?;
        if !recorded.is_whole || recorded.units.iter().any(|unit| unit.is_by_nix) {
            return None;
        }
        let seconds = recorded.units.iter().fold(0.0, |sum, unit| sum + unit.seconds);
        self.measurement(of, format!("{SECONDS}{}", stage.id), Unit::Seconds, seconds)
    }

    /// A number of a record; none of a record of which nobody knows where it was made.
    fn measurement(
        &self,
        of: &UnitNumbers,
        series: String,
        unit: Unit,
        value: f64,
    ) -> Option<Measurement> {
        let machine = if of.is_by_nix { nix_class() } else { of.machine.clone() };
        (!machine.is_empty()).then(|| Measurement {
            revision: self.commit.revision.clone(),
            date: self.commit.date.clone(),
            machine,
            toolchain: of.toolchain.rustc.clone(),
            series,
            unit,
            value,
            interval: None,
        })
    }
}

/// What a number is kept under, and what it is counted in; none of what is not kept: what a simulation of caches says
/// depends on where code and data happen to lie.
fn kind(counted: Counted) -> Option<(&'static str, Unit)> {
    Some(match counted {
        Counted::Benchmark(Count::Instructions) => ("instructions", Unit::Instructions),
        Counted::Benchmark(Count::Allocations) => ("allocations", Unit::Allocations),
        Counted::Benchmark(Count::AllocatedBytes) => ("allocated", Unit::Bytes),
        Counted::Benchmark(Count::Cycles | Count::CacheMisses) => return None,
        Counted::Time => ("time", Unit::Nanoseconds),
        Counted::Program => ("size", Unit::Bytes),
        Counted::Closure => ("closure", Unit::Bytes),
        Counted::Compilation => ("compile", Unit::Seconds),
    })
}

/// Whether a stage passes, as a number whose mean is a rate; none where that is not known, or where there is nothing to ask.
fn outcome(verdict: &Verdict) -> Option<f64> {
    match verdict.outcome {
        Outcome::Pass => Some(1.0),
        Outcome::Fail => Some(0.0),
        Outcome::NoVerdict | Outcome::NotApplicable => None,
    }
}

/// What a verdict counts that is worth seeing over time.
fn counted(measure: Measure) -> Option<(&'static str, Unit, f64)> {
    match measure {
        Measure::Tests { passed, failed, .. } => {
            Some(("tests", Unit::Tests, whole(passed.saturating_add(failed))))
        }
        Measure::Coverage { covered, count, .. } => share("coverage", covered, count),
        Measure::Documentation { documented, count, .. } => share("documented", documented, count),
        _ => None,
    }
}

fn share(kind: &'static str, part: u64, count: u64) -> Option<(&'static str, Unit, f64)> {
    (count > 0).then(|| (kind, Unit::Percent, 100.0 * whole(part) / whole(count)))
}

#[expect(clippy::cast_precision_loss, reason = "counts have far fewer digits than a number has")]
fn whole(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use blocks_gates::UnitVerdict;
    use blocks_records::Toolchain;

    use super::*;

    fn unit(name: &str, outcome: Outcome) -> UnitVerdict {
        UnitVerdict {
            unit: name.to_owned(),
            members: vec![name.to_owned()],
            outcome,
            summary: String::new(),
            seconds: 1.0,
        }
    }

    fn verdict(units: Vec<UnitVerdict>) -> Verdict {
        let measure = Measure::Tests { passed: 3, failed: 1, flaky: 0, quarantined: 0, skipped: 0 };
        Verdict {
            stage: "test".to_owned(),
            unit: "workspace".to_owned(),
            outcome: Outcome::Fail,
            summary: String::new(),
            causes: Vec::new(),
            more_causes: 0,
            measure: Some(measure),
            repeat: None,
            seconds: 2.0,
            units,
        }
    }

    fn kept(units: Vec<UnitVerdict>) -> Vec<String> {
        let commit = Commit { revision: "0".repeat(40), date: "2026-11-28T00:00:00Z".to_owned() };
        let of = UnitNumbers {
            unit: "a".to_owned(),
            toolchain: Toolchain::default(),
            machine: "a machine".to_owned(),
            is_by_nix: false,
            seconds: 1.0,
            numbers: Vec::new(),
            unread: None,
        };
        let recorded = RecordedNumbers { units: vec![of], is_whole: true };
        let keeping = Keeping { commit: &commit, members: &[] };
        keeping.verdict(&verdict(units), &recorded).into_iter().map(|it| it.series).collect()
    }

    #[test]
    fn a_count_over_a_part_of_the_members_is_not_kept() {
        let [all, part] = [Outcome::Pass, Outcome::NoVerdict]
            .map(|other| kept(vec![unit("a", Outcome::Fail), unit("b", other)]));
        assert_eq!(all, ["outcome/test", "tests/test"]);
        assert_eq!(part, ["outcome/test"]);
    }
}
