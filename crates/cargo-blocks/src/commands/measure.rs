use anyhow::{Context as _, Result};
use blocks_engine::Measuring;
use blocks_evidence::printable_line;

use crate::{
    cli::{MeasureArgs, PlaceArgs},
    context, exit, views,
};

/// Measures both sides' benchmarks and writes their times. What they say is up to a gate.
pub(crate) fn run(place: &PlaceArgs, args: &MeasureArgs) -> Result<u8> {
    let workspace = context::workspace(place)?;
    let work = tempdir(&args.out)?;
    let measuring = Measuring {
        workspace: &workspace,
        before: &args.before,
        now: &args.now,
        work: &work,
        rounds: args.rounds,
    };
    let measured = measuring.run(&mut |line| eprintln!("{}", printable_line(line)));
    std::fs::remove_dir_all(&work).with_context(|| format!("cannot remove {}", work.display()))?;
    let text = serde_json::to_string(&measured?)?;
    views::write_file(&args.out, &format!("{text}\n"))?;
    Ok(exit::PASS)
}

/// An empty folder beside a file.
fn tempdir(file: &std::path::Path) -> Result<std::path::PathBuf> {
    let folder = file.with_extension("work");
    let failed = || format!("cannot make {}", folder.display());
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(failed)?;
    }
    std::fs::create_dir_all(&folder).with_context(failed)?;
    Ok(std::path::absolute(folder)?)
}
