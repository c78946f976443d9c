use std::path::Path;

use anyhow::Result;
use blocks_gates::{Verdict, overall};
use blocks_views::{causes_text, table};

use crate::{
    cli::{CheckArgs, PlaceArgs},
    context,
    engine::Job,
    exit,
    judge::judge_all,
    output::{colour, say},
    views,
};

/// How many causes of each stage are shown; the rest is counted.
const CAUSES: usize = 3;

/// Runs stages, judges their records, writes the views and shows the result.
pub(crate) fn run(place: &PlaceArgs, args: &CheckArgs) -> Result<u8> {
    let workspace = context::workspace(place)?;
    let config = context::config(place, Some(&workspace))?.config;
    let stages = context::stages(&args.stages, &config)?;
    let out = args.out.clone().unwrap_or_else(|| workspace.blocks());
    let out = std::path::absolute(out)?;
    let job = Job {
        workspace: &workspace,
        config: &config,
        stages: &stages,
        records: out.join("records"),
    };
    let made = job.run(args)?;
    let judged = |stages: &[_]| judge_all(stages, &job.records, &made.expected, &config);
    let verdicts = judged(&stages);
    // The views show every stage that is on, also when only some were asked for now.
    let all = judged(&context::stages(&[], &config)?);
    views::write(&out, &all, &job.records, &made.expected, &config)?;
    if args.json {
        say(&views::status(&verdicts, &job.records, &made.expected))?;
    } else {
        show(&verdicts, &out)?;
    }
    Ok(exit::of_outcome(overall(&verdicts)))
}

fn show(verdicts: &[Verdict], out: &Path) -> Result<()> {
    let colour = colour();
    say("\n")?;
    say(&table(verdicts, colour))?;
    let causes = causes_text(verdicts, CAUSES, colour);
    if !causes.is_empty() {
        say(&format!("\n{causes}\nrecords: {}\n", out.join("records").display()))?;
    }
    Ok(())
}
