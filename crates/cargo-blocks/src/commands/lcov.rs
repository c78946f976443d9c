use std::{fmt::Display, fs, path::Path};

use anyhow::Result;
use blocks_evidence::{FileCounts, LineCounts, Lines, read_lcov};
use blocks_gates::{RecordedLines, judge, recorded_lines};
use blocks_stages::Table;
use blocks_views::{lcov, verdict_text};
use serde_json::json;

use crate::{
    cli::{LcovArgs, PlaceArgs},
    context::Reading,
    exit::{NO_VERDICT, PASS, Usage},
    output::{say, tell},
    views,
};

/// How many causes are shown where there is no verdict.
const CAUSES: usize = 3;

/// Writes which lines tests ran how often, also where they are too few. Without records that can be trusted nothing is
/// written, and what was is removed: part of the tests would show lines as not run that others run.
pub(crate) fn run(place: &PlaceArgs, args: &LcovArgs) -> Result<u8> {
    let LcovArgs { view: args, with } = args;
    let reading = Reading::new(place, &args.records)?;
    let given = reading.given();
    let own = reading.workspace.as_ref().map(|workspace| workspace.blocks().join("lcov"));
    let Some(folder) = args.out.clone().or(own) else {
        let why = "say with --out where lcov.info goes: there is no workspace";
        return Err(Usage(why.to_owned()).into());
    };
    let file = folder.join("lcov.info");
    let root = reading.workspace.as_ref().map(|workspace| workspace.root.as_path());
    let added: Vec<_> = with.iter().map(|file| added(file, root)).collect::<Result<_>>()?;
    let (mut all, mut nothing, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    for stage in &Table::in_use().stages {
        match recorded_lines(stage, given) {
            None => {}
            Some(RecordedLines::Found(counts)) => all.extend(counts.files),
            Some(RecordedLines::NotApplicable(why)) => nothing.push(why),
            Some(RecordedLines::NoVerdict(_)) => unknown.push(judge(stage, given)),
        }
    }
    all.extend(added.into_iter().flatten());
    let counts = (unknown.is_empty() && !all.is_empty()).then(|| all.into_iter().collect());
    match &counts {
        Some(counts) => views::write_file(&file, &lcov(counts))?,
        None => views::remove_file(&file)?,
    }
    show(&file, counts.as_ref(), &nothing, args.json)?;
    for verdict in &unknown {
        tell(verdict_text(verdict, CAUSES, false).trim_end());
    }
    Ok(if unknown.is_empty() { PASS } else { NO_VERDICT })
}

/// What a file says of runs elsewhere, with names from the workspace's root.
fn added(path: &Path, root: Option<&Path>) -> Result<Vec<FileCounts>> {
    let named = |what: &dyn Display| Usage(format!("--with {}: {what}", path.display()));
    let bytes = fs::read(path).map_err(|error| named(&error))?;
    let mut files = read_lcov(&bytes).map_err(|error| named(&error))?.files;
    for file in &mut files {
        let inner = root.and_then(|root| Path::new(&file.file).strip_prefix(root).ok());
        if let Some(inner) = inner.and_then(Path::to_str) {
            file.file = inner.to_owned();
        }
    }
    Ok(files)
}

fn show(file: &Path, counts: Option<&LineCounts>, nothing: &[String], as_json: bool) -> Result<()> {
    let Some(counts) = counts else {
        let told: Vec<_> = nothing.iter().map(|why| format!("no coverage: {why}\n")).collect();
        return if as_json { say("null\n") } else { say(&told.concat()) };
    };
    let (files, Lines { covered, count }) = (counts.files.len(), counts.coverage().lines());
    if as_json {
        let of = json!({ "file": file, "files": files, "covered": covered, "count": count });
        return say(&format!("{of:#}\n"));
    }
    say(&format!("{}: {covered} of {count} lines of {files} files\n", file.display()))
}
