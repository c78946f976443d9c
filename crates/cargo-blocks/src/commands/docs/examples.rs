//! `cargo blocks docs examples`: what examples come to.

use std::{collections::BTreeMap, fs, path::PathBuf, time::Duration};

use anyhow::{Context as _, Result};
use blocks_config::PipelineConfig;
use blocks_engine::{
    Cancel, Examined, Examining, ExamplePlace, NewFile, Workspace, replace, resume,
};
use blocks_evidence::{Example, ExampleEnd, ExampleKind, Examples, printable, printable_line};
use blocks_examples::{Answer, accepted, difference};
use clap::Args;

use crate::{
    cli::PlaceArgs,
    context,
    exit::{self, Usage},
    output::{say, tell},
    views,
};

#[derive(Debug, Args)]
pub(crate) struct ExamplesArgs {
    /// The files whose examples are run, each from the workspace's root, with a line where one alone is meant; all without.
    #[arg(value_name = "FILE[:LINE]")]
    only: Vec<String>,

    /// Writes what commands print into the documents, where it is another than stands there. What stands for something that
    /// still fits stays.
    #[arg(long)]
    accept: bool,

    /// Writes what each came to into a file, as JSON: the evidence of the stage `examples`.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// The examples that are compiled and not run, instead of `examples.compile_only`, with commas between them.
    #[arg(long, value_name = "MEMBER/EXAMPLE,…")]
    compile_only: Option<String>,

    /// Documents beside the READMEs and what lies in docs/, instead of `docs.files`, with commas between them.
    #[arg(long, value_name = "FILE,…")]
    documents: Option<String>,

    /// Seconds, instead of `examples.timeout_seconds`.
    #[arg(long, value_name = "SECONDS")]
    timeout_seconds: Option<u32>,
}

/// Runs them, and tells of each as soon as it is known.
pub(crate) fn run(place: &PlaceArgs, args: &ExamplesArgs) -> Result<u8> {
    let workspace = context::workspace(place)?;
    let Settings { compile_only, documents, seconds } = settings(place, args, &workspace)?;
    let cancel = Cancel::on_signals()?;
    let only: Vec<_> = args.only.iter().map(|it| example_place(it)).collect();
    let examining = Examining {
        workspace: &workspace,
        compile_only: &compile_only,
        documents: &documents,
        patience: Duration::from_secs(seconds.into()),
        only: &only,
        cancel: &cancel,
    };
    let mut told = |example: &Example| {
        // Nobody who reads a pipe that is closed is a fault.
        let _ = say(&text(example));
    };
    let Examined { examples, answers } =
        examining.run(&mut told, &mut |said| tell(&printable(said)))?;
    // A session is asked for by any of its lines, and tells of each command by its own.
    let is_missed = |(place, _): &(&ExamplePlace, &String)| {
        !examples.examples.iter().any(|it| it.file == place.file)
    };
    let missed: Vec<_> =
        only.iter().zip(&args.only).filter(is_missed).map(|(_, it)| it.as_str()).collect();
    if !missed.is_empty() {
        return Err(Usage(format!("there is no example at {}", missed.join(", "))).into());
    }
    say(&closing(&examples))?;
    if let Some(out) = &args.out {
        views::write_file(out, &format!("{}\n", serde_json::to_string(&examples)?))?;
    }
    if args.accept {
        return accept(&workspace, &examples, &answers);
    }
    Ok(if examples.failed() == 0 { exit::PASS } else { exit::FAIL })
}

/// What the configuration says, or the command line in its place.
struct Settings {
    compile_only: Vec<String>,
    documents: Vec<String>,
    seconds: u32,
}

/// Where the command line has all of them, no file is read.
fn settings(place: &PlaceArgs, args: &ExamplesArgs, workspace: &Workspace) -> Result<Settings> {
    let config = match (&args.compile_only, &args.documents, args.timeout_seconds) {
        (Some(_), Some(_), Some(_)) => PipelineConfig::default(),
        _ => context::config(place, Some(workspace))?.config,
    };
    let compile_only = config.examples.compile_only.iter().map(ToString::to_string);
    let documents = config.docs.files.iter().map(ToString::to_string);
    Ok(Settings {
        compile_only: args.compile_only.as_deref().map_or_else(|| compile_only.collect(), split),
        documents: args.documents.as_deref().map_or_else(|| documents.collect(), split),
        seconds: args.timeout_seconds.unwrap_or(config.examples.timeout_seconds.get()),
    })
}

/// A list as a row of the table has it: commas, and blanks or none.
fn split(list: &str) -> Vec<String> {
    let parts = list.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

fn example_place(text: &str) -> ExamplePlace {
    let parts = text.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?)));
    let (file, line) = parts.map_or((text, None), |(file, line)| (file, Some(line)));
    ExamplePlace { file: file.trim_start_matches("./").to_owned(), line }
}

/// An example with what it came to, harmless for a terminal.
fn text(example: &Example) -> String {
    let what = match example.kind {
        ExampleKind::Program => "example",
        ExampleKind::Code => "code",
        ExampleKind::Command => "command",
    };
    let place = match example.line {
        Some(line) => format!("{}:{line}", example.file),
        None => example.file.clone(),
    };
    let name = match example.kind {
        ExampleKind::Code => String::new(),
        _ => format!(" `{}`", example.name),
    };
    let (sign, why, detail) = match &example.end {
        ExampleEnd::Passed => ("✓", "", String::new()),
        ExampleEnd::NotRun(why) => ("-", why.as_str(), String::new()),
        ExampleEnd::Failed { why, wanted: Some(wanted), printed } => {
            ("✗", why.as_str(), difference(wanted, printed))
        }
        ExampleEnd::Failed { why, wanted: None, printed } => ("✗", why.as_str(), printed.clone()),
    };
    let why = match (sign, why) {
        (_, "") => String::new(),
        ("-", why) => format!(": not run: {why}"),
        (_, why) => format!(": {why}"),
    };
    let mut out = printable_line(&format!("{sign} {what}{name} ({place}){why}")) + "\n";
    for line in detail.lines() {
        out.push_str("    ");
        out.push_str(&printable(line));
        out.push('\n');
    }
    out
}

fn closing(examples: &Examples) -> String {
    let (passed, failed) = (examples.passed(), examples.failed());
    let not_run = examples.examples.len() - passed - failed;
    format!("{failed} failed, {passed} passed, {not_run} not run\n")
}

/// Writes what commands came to into their documents. What fails and cannot be mended so is still a failure.
fn accept(
    workspace: &Workspace,
    examples: &Examples,
    answers: &BTreeMap<String, Vec<Answer>>,
) -> Result<u8> {
    // What a run that was killed had begun is finished before anybody looks at files.
    resume(workspace)?;
    let mut files = Vec::new();
    let mut is_whole = true;
    for (file, answers) in answers {
        let path = workspace.root.join(file);
        let before =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let (after, refused) = accepted(&before, answers);
        for why in refused {
            is_whole = false;
            tell(&printable_line(&format!("{file}: {why}")));
        }
        if after != before {
            tell(&printable_line(&format!("{file} is written")));
            files.push(NewFile { file: file.clone(), before: before.into(), after: after.into() });
        }
    }
    replace(workspace, &files)?;
    // A command that did not come to an end of its own has no answer.
    let is_written = |it: &&Example| {
        let place = it.line.and_then(|line| usize::try_from(line).ok());
        let all = answers.get(&it.file).into_iter().flatten();
        it.kind == ExampleKind::Command && all.clone().any(|answer| Some(answer.line) == place)
    };
    let failed = examples.examples.iter().filter(|it| it.end.is_failed());
    let is_all = failed.clone().count() == failed.filter(is_written).count();
    Ok(if is_whole && is_all { exit::PASS } else { exit::FAIL })
}
