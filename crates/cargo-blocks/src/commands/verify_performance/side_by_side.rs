//! Benchmarks that are measured, beside those of a baseline.

use std::path::PathBuf;

use anyhow::Result;
use blocks_config::{PipelineConfig, StageSettings};
use blocks_engine::{Cancel, host::Lock};
use blocks_gates::{
    Code, Compared, Given, Outcome, Verdict, compared_benchmarks, expected, of_times, outcome_of,
    overall,
};
use blocks_stages::{Stage, Table};
use blocks_views::{causes_text, performance_json, performance_table};

use crate::{
    cli::{CheckArgs, EngineChoice, GithubChoice, PlaceArgs, VerifyPerformanceArgs},
    commands::measure::measured,
    context,
    engine::{Job, Made},
    exit::{Usage, of_outcome},
    judge::{judge_all, judge_part},
    output::{colour, say, tell},
};

/// The gates whose stages compare benchmarks.
const GATES: [&str; 2] = ["instructions", "time"];

/// How many causes of each stage are shown.
const CAUSES: usize = 3;

const NOTHING: &str = "no verdict: no benchmark of criterion or gungraun was compared";

/// Makes the records of the stages that compare benchmarks with an earlier commit, and shows each benchmark.
pub(super) fn of_revision(
    place: &PlaceArgs,
    args: &VerifyPerformanceArgs,
    revision: &str,
) -> Result<u8> {
    let workspace = context::workspace(place)?;
    let config = with_all(context::config(place, Some(&workspace))?.config);
    if let Some(name) = args.package.iter().find(|name| !workspace.members.contains(name)) {
        let known = workspace.members.join(", ");
        return Err(Usage(format!("there is no member `{name}`; there are: {known}")).into());
    }
    let stages: Vec<_> = stages().collect();
    let records = workspace.records();
    let job = Job {
        workspace: &workspace,
        config: &config,
        stages: &stages,
        records: records.clone(),
        members: &args.package,
    };
    let Made { expected, baseline, .. } = job.run(&as_check(args, revision))?;
    let given = Given {
        records: &records,
        expected: &expected,
        config: &config,
        baseline: baseline.as_ref(),
        today: None,
    };
    let all: Vec<_> = stages.iter().flat_map(|it| compared_benchmarks(it, given)).collect();
    let against = baseline.as_ref().map_or(revision, |it| it.name.as_str());
    let judge = if args.package.is_empty() { judge_all } else { judge_part };
    let verdicts = judge(&stages, given);
    let outcome = of_all(&all, &verdicts);
    show(args, &all, outcome, against)?;
    for verdict in verdicts {
        tell_causes(verdict);
    }
    Ok(of_outcome(outcome))
}

/// Measures programs that somebody built of both sides, and shows each benchmark.
pub(super) fn of_programs(
    place: &PlaceArgs,
    args: &VerifyPerformanceArgs,
    sides: [&PathBuf; 2],
) -> Result<u8> {
    let workspace = context::workspace(place)?;
    let config = context::config(place, Some(&workspace))?.config.performance;
    let rounds = usize::try_from(config.time_rounds.get())?;
    let work = workspace.blocks().join("measured");
    let cancel = Cancel::on_signals()?;
    // Nothing else of Blocks runs in the workspace meanwhile, which would be in the times.
    let _lock = Lock::take(&workspace, &cancel, &|_| {})?;
    let mut all = of_times(&measured(&workspace, sides, rounds, &work)?, &config);
    let missing = expected(&all, &config);
    // What is counted is not measured here.
    all.extend(missing.into_iter().filter(|it| it.unit == blocks_gates::Unit::Nanoseconds));
    let outcome = outcome_of(&all);
    show(args, &all, outcome, &args.baseline_name)?;
    Ok(of_outcome(outcome))
}

fn stages() -> impl Iterator<Item = &'static Stage> {
    Table::in_use().stages.iter().filter(|it| GATES.contains(&it.gate.as_str()))
}

/// Who asks for the measurements has asked for the stages that are opt-in.
fn with_all(mut config: PipelineConfig) -> PipelineConfig {
    for stage in stages().filter(|it| it.opt_in) {
        let on = StageSettings { enabled: true, ..StageSettings::default() };
        config.stages.insert(stage.id.clone(), on);
    }
    config
}

/// What `check` is asked for in the place of this command. Time is of the machine, and so of the host engine.
fn as_check(args: &VerifyPerformanceArgs, revision: &str) -> CheckArgs {
    CheckArgs {
        builders: None,
        max_jobs: None,
        stages: stages().map(|it| it.id.clone()).collect(),
        affected: None,
        baseline: Some(revision.to_owned()),
        today: crate::today::TodayArgs::default(),
        advisory_db: None,
        engine: EngineChoice::Host,
        // Who asks to measure does not want to see what was measured before.
        again: stages().filter(|it| it.host_only).map(|it| it.id.clone()).collect(),
        no_install: args.no_install,
        yes: args.yes,
        nix: PathBuf::new(),
        out: None,
        json: args.json,
        github: GithubChoice::Never,
    }
}

/// Why a stage does not pass, but for what the table says.
fn tell_causes(mut verdict: Verdict) {
    let is_shown = |code| matches!(code, Code::TimeGrew | Code::InstructionsGrew);
    verdict.causes.retain(|cause| !is_shown(cause.code));
    if !verdict.causes.is_empty() {
        tell(&causes_text(&[verdict], CAUSES, colour()));
    }
}

/// What benchmarks and stages come to together: where no benchmark was held against anything, there is no verdict.
fn of_all(all: &[Compared], verdicts: &[Verdict]) -> Outcome {
    match overall(verdicts) {
        Outcome::Pass | Outcome::NotApplicable => outcome_of(all),
        outcome => outcome,
    }
}

fn show(
    args: &VerifyPerformanceArgs,
    all: &[Compared],
    outcome: Outcome,
    against: &str,
) -> Result<()> {
    if args.json {
        return say(&performance_json(all, outcome, against));
    }
    if all.is_empty() {
        tell(NOTHING);
        return Ok(());
    }
    say(&performance_table(all, colour()))
}
