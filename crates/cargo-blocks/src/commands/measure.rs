use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use blocks_engine::{Measuring, Workspace};
use blocks_evidence::{Times, printable_line};

use crate::{
    baseline::remove,
    cli::{MeasureArgs, PlaceArgs},
    context, exit,
    output::tell,
    views,
};

/// Measures both sides' benchmarks and writes their times. What they say is up to a gate.
pub(crate) fn run(place: &PlaceArgs, args: &MeasureArgs) -> Result<u8> {
    let workspace = context::workspace(place)?;
    let work = args.out.with_extension("work");
    let times = measured(&workspace, [&args.before, &args.now], args.rounds, &work)?;
    views::write_file(&args.out, &format!("{}\n", serde_json::to_string(&times)?))?;
    Ok(exit::PASS)
}

/// The times of the programs in two folders, those of the baseline and the new ones; `work` is a folder that is made for
/// it and removed.
pub(crate) fn measured(
    workspace: &Workspace,
    [before, now]: [&PathBuf; 2],
    rounds: usize,
    work: &Path,
) -> Result<Times> {
    let work = empty(work)?;
    let measuring = Measuring { workspace, before, now, work: &work, rounds };
    let times = measuring.run(&mut |line| tell(&printable_line(line)));
    remove(&work)?;
    Ok(times?)
}

fn empty(folder: &Path) -> Result<PathBuf> {
    remove(folder)?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(std::path::absolute(folder)?)
}
