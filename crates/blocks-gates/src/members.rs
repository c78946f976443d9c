//! The verdict over all members, from what their records say.

use crate::causes::of_units;
use crate::finding::Finding;
use crate::gate::{Gate, Joint, Row, Told, each};
use crate::unit::{Ready, Unit};
use crate::verdict::Whole;
use crate::words::counted;
use crate::{Cause, Measure, Outcome, UnitVerdict, case::Case};
use blocks_records::undivided;

/// What each of several units says.
type Found<'a> = Vec<(&'a Unit<'a>, Finding)>;

pub(crate) fn judge<'a>(row: Row<'_>, units: &'a [Unit<'a>]) -> Whole {
    match row.gate {
        Gate::Each(judge, told) => {
            summed(units.iter().map(|unit| (unit, each(unit, judge))).collect(), told)
        }
        Gate::Together(judge) => together(units, judge),
    }
}

fn summed(mut found: Found<'_>, told: Told) -> Whole {
    let units: Vec<UnitVerdict> =
        found.iter().map(|(unit, finding)| UnitVerdict::of(unit, finding)).collect();
    let outcome = outcome(&units);
    let unknown = not_known(&found);
    let measures: Vec<Measure> = found.iter().filter_map(|(_, finding)| finding.measure).collect();
    let mut causes = causes_of(&mut found, Outcome::Fail);
    let measure = sum(&measures, causes.len());
    let summary = match (outcome, unknown) {
        (Outcome::NotApplicable, _) => reasons(&units),
        (Outcome::NoVerdict, unknown) => unknown.unwrap_or_default(),
        (Outcome::Fail, Some(unknown)) => format!("{}; {unknown}", told(&measure, &causes)),
        (Outcome::Pass | Outcome::Fail, _) => told(&measure, &causes),
    };
    causes.extend(causes_of(&mut found, Outcome::NoVerdict));
    // The sum of some members is no answer about all.
    let has_sum = outcome != Outcome::NoVerdict && !measures.is_empty();
    Whole::of(Finding { outcome, summary, causes, measure: has_sum.then_some(measure) }, units)
}

/// A failure outweighs what is not known, and that outweighs a pass.
fn outcome(units: &[UnitVerdict]) -> Outcome {
    let order = [Outcome::Fail, Outcome::NoVerdict, Outcome::Pass];
    let any = |outcome: &Outcome| units.iter().any(|unit| unit.outcome == *outcome);
    order.into_iter().find(any).unwrap_or(Outcome::NotApplicable)
}

/// `no verdict on 1 of 3 members: there is no record at …`; a share of a member's tests is none.
fn not_known(found: &Found<'_>) -> Option<String> {
    let mut open = found.iter().filter(|(_, finding)| finding.outcome == Outcome::NoVerdict);
    let count = open.clone().count();
    let (_, first) = open.next()?;
    let reason = first.causes.first().map_or("", |cause| &cause.message);
    let has_shares = found.iter().any(|(unit, _)| undivided(unit.name) != unit.name);
    let (one, many) = if has_shares { ("record", "records") } else { ("member", "members") };
    Some(format!("no verdict on {count} of {}: {reason}", counted(found.len(), one, many)))
}

/// Why no member has anything to ask.
fn reasons(units: &[UnitVerdict]) -> String {
    let mut all: Vec<&str> = Vec::new();
    for unit in units {
        if !all.contains(&unit.summary.as_str()) {
            all.push(&unit.summary);
        }
    }
    match all.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first, others @ ..] => format!("{first} (of other members: {})", others[0]),
    }
}

fn causes_of(found: &mut Found<'_>, outcome: Outcome) -> Vec<Cause> {
    let of = found.iter_mut().filter(|(_, finding)| finding.outcome == outcome);
    of_units(of.map(|(unit, finding)| (*unit, std::mem::take(&mut finding.causes))))
}

/// Numbers are added up; findings are counted after those that several members have are one.
fn sum(measures: &[Measure], findings: usize) -> Measure {
    let numbers = measures.iter().filter(|measure| !matches!(measure, Measure::Findings { .. }));
    let numbers = numbers.copied().reduce(|a, b| a.plus(&b));
    numbers.unwrap_or(Measure::Findings { count: findings as u64 })
}

fn together<'a>(units: &'a [Unit<'a>], judge: fn(&[Case<'_>]) -> Joint) -> Whole {
    let mut cases: Vec<Case<'_>> = Vec::new();
    let mut found: Found<'_> = Vec::new();
    // For each case, the place of its unit.
    let mut places: Vec<usize> = Vec::new();
    for (place, unit) in units.iter().enumerate() {
        let finding = match unit.ready() {
            Ok(Ready::Case(case)) => {
                cases.push(case);
                places.push(place);
                // A member alone has no answer; what it says is in the answer about all.
                Finding::not_applicable("judged together with the other members")
            }
            Ok(Ready::NotApplicable(why)) => Finding::not_applicable(why),
            Err(refusal) => unit.no_verdict(refusal),
        };
        found.push((unit, finding));
    }
    let Joint { finding, refused } = judge(&cases);
    for (case, refusal) in refused {
        let (unit, finding) = &mut found[places[case]];
        *finding = unit.no_verdict(refusal);
    }
    let is_known = found.iter().all(|(_, finding)| finding.outcome != Outcome::NoVerdict);
    if is_known && !cases.is_empty() {
        let units = found.iter().map(|(unit, finding)| UnitVerdict::of(unit, finding)).collect();
        return Whole::of(finding, units);
    }
    // No member passed or failed, so there is nothing to tell of a measure.
    summed(found, |_, _| String::new())
}
