use anyhow::Result;
use blocks_gates::{Verdict, judge_unit, overall};
use blocks_views::verdict_text;

use crate::{
    cli::{GateArgs, PlaceArgs},
    context::{self, Reading},
    exit,
    output::{colour, say},
    views,
};

/// How many causes are shown: Nix shows the last 25 lines of a check that failed.
const CAUSES: usize = 3;

/// Judges records, shows the verdicts, and runs nothing.
pub(crate) fn run(place: &PlaceArgs, args: &GateArgs) -> Result<u8> {
    let reading = Reading::new(place, &args.records)?;
    let stages = context::stages(&args.stages, &reading.config)?;
    let sources = reading.sources.as_deref();
    let verdicts: Vec<Verdict> = stages
        .iter()
        .map(|stage| judge_unit(stage, &reading.records, &args.unit, sources, &reading.config))
        .collect();
    if args.json {
        say(&views::status(&verdicts, &reading.records, sources))?;
    } else {
        let texts: Vec<_> =
            verdicts.iter().map(|verdict| verdict_text(verdict, CAUSES, colour())).collect();
        say(&texts.join("\n"))?;
    }
    Ok(exit::of_outcome(overall(&verdicts)))
}
