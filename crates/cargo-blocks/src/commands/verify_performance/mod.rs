mod side_by_side;

use std::path::Path;

use anyhow::Result;
use blocks_config::Performance;
use blocks_engine::{BenchResults, CriterionRun, Workspace};
use blocks_evidence::{CriterionFiles, Format, printable_line};
use blocks_gates::{
    Compared, Left, Standing, Unit, expected, of_criterion, of_gungraun, outcome_of,
};
use blocks_views::{performance_json, performance_table};

use crate::{
    cli::{PlaceArgs, VerifyPerformanceArgs},
    context,
    exit::{Usage, of_outcome},
    output::{colour, say, tell},
};

/// The folder that criterion copies each run to.
const LAST: &str = "base";

const NOTHING: &str = "\
Before the change and after it, run
  cargo bench --bench NAME -- --save-baseline before     (criterion; after it with --baseline before)
  GUNGRAUN_SAVE_SUMMARY=json cargo bench --bench NAME    (gungraun)
and then `cargo blocks verify-performance --saved before`";

const COPIES: &str = "\
criterion makes each run the baseline of the next. To keep one, run before the change
  cargo bench --bench NAME -- --save-baseline before
after it
  cargo bench --bench NAME -- --baseline before
and then `cargo blocks verify-performance --saved before`";

const NO_LINE: &str = "no verdict: no benchmark was held against a baseline";

const ONE_AFTER_THE_OTHER: &str = "\
Times are of two runs, one after the other: what differs between two runs of a machine is in the change, and not in its
interval. `cargo blocks verify-performance --baseline REV` measures both programs side by side.";

/// Compares benchmarks with a baseline, one by one.
pub(crate) fn run(place: &PlaceArgs, args: &VerifyPerformanceArgs) -> Result<u8> {
    match (&args.baseline, &args.before, &args.now) {
        (Some(revision), ..) => side_by_side::of_revision(place, args, revision),
        (None, Some(before), Some(now)) => side_by_side::of_programs(place, args, [before, now]),
        _ => of_files(place, args),
    }
}

/// Compares what `cargo bench` left with what it left before, and runs nothing.
fn of_files(place: &PlaceArgs, args: &VerifyPerformanceArgs) -> Result<u8> {
    let saved = args.saved.as_deref().unwrap_or(LAST);
    check_name(saved)?;
    let workspace = context::workspace(place)?;
    let config = context::config(place, Some(&workspace))?.config.performance;
    let limit = Format::Criterion.limit().max(Format::GungraunSummaries.limit());
    let results = BenchResults::find(&workspace, saved, limit)?;
    let mut all = compared(&results, &workspace, &config);
    all.extend(expected(&all, &config));
    if args.json {
        say(&performance_json(&all, outcome_of(&all), saved))?;
    } else {
        show(&all, &workspace)?;
    }
    Ok(of_outcome(outcome_of(&all)))
}

/// A folder of a benchmark's, and none that criterion uses for something else.
fn check_name(saved: &str) -> Result<()> {
    let is_name = !matches!(saved, "" | "." | ".." | "new" | "change" | "report")
        && !saved.contains(['/', '\\', '\0']);
    if is_name {
        return Ok(());
    }
    let why = format!("`{saved}` is no baseline: name one that `--save-baseline` of criterion has");
    Err(Usage(why).into())
}

fn compared(results: &BenchResults, workspace: &Workspace, config: &Performance) -> Vec<Compared> {
    let place = |folder: &Path| {
        folder.strip_prefix(&workspace.root).unwrap_or(folder).display().to_string()
    };
    let mut all = Vec::new();
    for one in &results.criterion {
        let place = place(&one.folder);
        let is_old = one.now.as_ref().is_some_and(|now| now.is_old);
        let left = Left { place: &place, is_old };
        let [before, now] = [&one.before, &one.now].map(|run| run.as_ref().map(files));
        all.push(of_criterion(left, before, now, config));
    }
    for one in &results.gungraun {
        let place = place(&one.folder);
        let left = Left { place: &place, is_old: one.is_old };
        all.extend(of_gungraun(left, one.member.as_deref(), &one.summary, config));
    }
    all
}

fn files(run: &CriterionRun) -> CriterionFiles<'_> {
    let CriterionRun { benchmark, estimates, sample, .. } = run;
    CriterionFiles { benchmark, estimates, sample }
}

fn show(all: &[Compared], workspace: &Workspace) -> Result<()> {
    if all.is_empty() {
        let target = printable_line(&workspace.target.display().to_string());
        tell(&format!("no verdict: no result of a benchmark is in {target}. {NOTHING}"));
        return Ok(());
    }
    say(&performance_table(all, colour()))?;
    let has = |standing| all.iter().any(|it| it.standing == standing);
    if all.iter().all(|it| it.standing == Standing::New) {
        tell(NO_LINE);
    }
    if has(Standing::NotCompared) {
        tell(COPIES);
    }
    if all.iter().any(|it| it.unit == Unit::Nanoseconds && it.change.is_some()) {
        tell(ONE_AFTER_THE_OTHER);
    }
    Ok(())
}
