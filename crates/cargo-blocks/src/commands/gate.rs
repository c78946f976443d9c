use std::collections::BTreeSet;

use anyhow::Result;
use blocks_gates::{Verdict, judge_unit, overall};
use blocks_stages::Stage;
use blocks_views::verdict_text;

use crate::{
    cli::{GateArgs, PlaceArgs},
    context::Reading,
    exit::{self, Usage},
    judge::judge_all,
    output::{colour, say},
    views::{self, Before},
};

/// How many causes are shown: Nix shows the last 25 lines of a check that failed.
const CAUSES: usize = 3;

/// Judges records, shows the verdicts, and runs nothing.
pub(crate) fn run(place: &PlaceArgs, args: &GateArgs) -> Result<u8> {
    let reading = Reading::new(place, &args.records)?;
    let stages = reading.stages(&args.stages)?;
    let verdicts: Vec<Verdict> = match &args.unit {
        Some(unit) => of_unit(&reading, unit, &stages, !args.stages.is_empty())?,
        None => judge_all(&stages, reading.given()),
    };
    if args.json {
        say(&views::status(&verdicts, reading.given(), &Before::new()))?;
    } else {
        let texts: Vec<_> =
            verdicts.iter().map(|verdict| verdict_text(verdict, CAUSES, colour())).collect();
        say(&texts.join("\n"))?;
    }
    Ok(exit::of_outcome(overall(&verdicts)))
}

/// The verdicts about one unit: of the stages that were named, which must have it, or of all that do.
fn of_unit(
    reading: &Reading,
    unit: &str,
    stages: &[&Stage],
    are_named: bool,
) -> Result<Vec<Verdict>> {
    let mut verdicts = Vec::new();
    for stage in stages {
        let found = reading.expected.units(stage).find(|(name, _)| *name == unit);
        match found {
            Some((_, sources)) => {
                verdicts.push(judge_unit(stage, reading.given(), unit, sources));
            }
            None if are_named => return Err(has_not(reading, unit, std::slice::from_ref(stage))),
            None => {}
        }
    }
    if verdicts.is_empty() { Err(has_not(reading, unit, stages)) } else { Ok(verdicts) }
}

/// A unit that stages have no record of; which they have.
pub(crate) fn has_not(reading: &Reading, unit: &str, stages: &[&Stage]) -> anyhow::Error {
    let ids: Vec<_> = stages.iter().map(|stage| stage.id.as_str()).collect();
    let units = stages.iter().flat_map(|stage| reading.expected.units(stage));
    let known: BTreeSet<_> = units.map(|(name, _)| name).collect();
    let known: Vec<_> = known.into_iter().collect();
    let (ids, known) = (ids.join(", "), known.join(", "));
    Usage(format!("there is no unit `{unit}` of {ids}; there are: {known}")).into()
}
