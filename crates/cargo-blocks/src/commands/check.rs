use std::{env, path::Path, time::Instant};

use anyhow::Result;
use blocks_config::PipelineConfig;
use blocks_engine::{Workspace, folder_in_repository};
use blocks_gates::{Expected, Given, Verdict, overall};
use blocks_views::{Closing, causes_text, closing_text, table};

use super::show;
use crate::{
    affected::{Group, Part, nothing_to_ask},
    baseline, boms,
    cli::{CheckArgs, GithubChoice, PlaceArgs},
    context,
    engine::Job,
    exit, github,
    history::Store,
    judge::{judge_all, judge_part},
    output::{colour, say},
    report::{self, About},
    views::{self, Before},
};

/// How many causes of each stage are shown; the rest is counted.
const CAUSES: usize = 3;

/// Runs stages, judges their records, writes the views and shows the result.
pub(crate) fn run(place: &PlaceArgs, args: &CheckArgs) -> Result<u8> {
    let begin = Instant::now();
    let workspace = context::workspace(place)?;
    let config = context::config(place, Some(&workspace))?.config;
    let stages = context::stages(&args.stages, &config)?;
    let order: Vec<&str> = stages.iter().map(|stage| stage.id.as_str()).collect();
    let groups = Group::all(args, &workspace, &config, stages)?;
    if let Some(out) = &args.out {
        hide(out)?;
    }
    let out = args.out.clone().unwrap_or_else(|| workspace.blocks());
    let out = std::path::absolute(out)?;
    if let [Group { part: Part::Nothing(why), stages }] = groups.as_slice() {
        let verdicts = nothing_to_ask(stages, why);
        let expected = Expected::default();
        let status = || status(&verdicts, Path::new(""), &expected, &config);
        say(&if args.json { status() } else { format!("{why}\n") })?;
        return Ok(exit::of_outcome(overall(&verdicts)));
    }
    let mut verdicts = Vec::new();
    let mut expected = Vec::new();
    let mut closing = Closing::default();
    // What was asked about members alone is in records that `show` does not look for.
    let is_found = !groups.iter().any(|it| matches!(it.part, Part::Members(_)));
    let mut baseline = None;
    for group in groups {
        let asked = ask(args, &workspace, &config, group, &out)?;
        verdicts.extend(asked.verdicts);
        expected.push(asked.expected);
        closing.made += asked.made;
        closing.kept += asked.kept;
        baseline = baseline.or(asked.baseline);
    }
    verdicts.sort_by_key(|verdict| order.iter().position(|id| *id == verdict.stage));
    // What is of several parts is of no one state.
    let expected = if expected.len() == 1 { expected.remove(0) } else { Expected::default() };
    if args.json {
        say(&status(&verdicts, &out.join("records"), &expected, &config))?;
    } else {
        let page = args.affected.is_none().then(|| shown_path(&out.join(report::PLACE)));
        let show = is_found.then(|| show::command(place, args, baseline.as_deref()));
        closing.seconds = begin.elapsed().as_secs_f64();
        closing.report = page.as_deref();
        closing.show = show.as_deref();
        say_all(&verdicts, &closing)?;
    }
    if args.github == GithubChoice::Auto {
        github::show(github::Step {
            verdicts: &verdicts,
            name: &About::name_of(&workspace),
            folder: &folder_in_repository(&workspace),
            out: &out,
            has_page: args.affected.is_none(),
            is_reported: args.affected.is_none() && args.stages.is_empty(),
        });
    }
    Ok(exit::of_outcome(overall(&verdicts)))
}

/// Lets git ignore a folder that is new: what a check leaves there would be a source of the next one. A folder that is there
/// already is the user's.
fn hide(folder: &Path) -> Result<()> {
    if folder.exists() {
        return Ok(());
    }
    views::write_file(&folder.join(".gitignore"), "*\n")
}

/// What asking about a part came to.
#[derive(Default)]
struct Asked {
    verdicts: Vec<Verdict>,
    /// Which records they are of.
    expected: Expected,
    /// How many records were made.
    made: usize,
    /// How many were there, and still hold.
    kept: usize,
    /// The folder of the baseline that they were compared with.
    baseline: Option<String>,
}

/// The verdicts of stages that are asked about the same part.
fn ask(
    args: &CheckArgs,
    workspace: &Workspace,
    config: &PipelineConfig,
    Group { part, stages }: Group,
    out: &Path,
) -> Result<Asked> {
    if let Part::Nothing(why) = &part {
        return Ok(Asked { verdicts: nothing_to_ask(&stages, why), ..Asked::default() });
    }
    let stages = part.askable(&args.stages, stages);
    // One that is named though it is off says so, and nothing is run for that.
    let on: Vec<_> = stages.iter().copied().filter(|it| config.is_enabled(&it.id)).collect();
    let job = Job {
        workspace,
        config,
        stages: &on,
        records: out.join("records"),
        members: part.members(),
    };
    let store = Store { workspace, config };
    // What is of a part of the workspace would look like a change of the whole.
    let clean = store.clean_commit();
    let commit = clean.clone().filter(|_| matches!(part, Part::Whole) && store.is_wanted());
    let made = job.run(args)?;
    let judge = if matches!(part, Part::Whole) { judge_all } else { judge_part };
    let given = Given {
        records: &job.records,
        expected: &made.expected,
        config,
        baseline: made.baseline.as_ref(),
        today: args.today.day(),
    };
    let (count, kept) = (made.records.len(), made.kept);
    let verdicts = judge(&context::answered(stages, &args.stages, given), given);
    store.keep(commit, &verdicts, given, &made.records);
    if args.affected.is_none() {
        // The views show every stage that is on, also when only some were asked for now.
        let all = context::stages(&[], config)?;
        let all = context::answered(all, &[], given);
        let about = About { made: Some(made.records), ..About::of(&store) };
        // Of a commit that was made meanwhile nothing was checked.
        let checked = clean.map(|it| it.revision);
        let revision = about.revision.clone().filter(|it| checked.as_ref() == Some(it));
        let about = About { revision, ..about };
        views::write(out, &all, &judge(&all, given), given, &about)?;
    }
    // What was made of other sources is no list of what is here, whoever asked for it then.
    boms::refresh(&out.join("sbom"), given)?;
    let folder = workspace.blocks().join(baseline::FOLDER);
    let baseline = made.baseline.map(|_| shown_path(&folder));
    Ok(Asked { verdicts, expected: made.expected, made: count, kept, baseline })
}

fn status(
    verdicts: &[Verdict],
    records: &Path,
    expected: &Expected,
    config: &PipelineConfig,
) -> String {
    let given = Given { records, expected, config, baseline: None, today: None };
    views::status(verdicts, given, &Before::new())
}

fn say_all(verdicts: &[Verdict], closing: &Closing<'_>) -> Result<()> {
    let colour = colour();
    let causes = causes_text(verdicts, CAUSES, colour);
    let gap = if causes.is_empty() { "" } else { "\n" };
    let closing = closing_text(verdicts, closing, colour);
    say(&format!("\n{}{gap}{causes}\n{closing}", table(verdicts, colour)))
}

/// A path from the folder that one is in, where it is below.
fn shown_path(path: &Path) -> String {
    let here = env::current_dir().ok();
    let inner = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    inner.as_deref().unwrap_or(path).display().to_string()
}
