//! `cargo blocks release assets`: what a release carries beside the crates.

mod make;
mod source;
mod verify;

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use blocks_assets::{AssetsError, Folder, merged};
use clap::Args;

use self::source::Source;
use crate::{
    cli::{PlaceArgs, RecordArgs},
    exit::{NO_VERDICT, PASS, Usage},
    output::{say, tell},
};

#[derive(Debug, Args)]
pub(crate) struct AssetsArgs {
    /// Where they go: a folder that is empty, or not there.
    #[arg(long, alias = "out", value_name = "DIR", required_unless_present = "verify")]
    output: Option<PathBuf>,

    /// Looks at a folder instead, and changes nothing: whether each file is there as it is listed, and no other; whether archives
    /// are whole and lead nowhere; and whether it is of this commit, these versions and this changelog.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["output", "merge", "order", "target"])]
    verify: Option<PathBuf>,

    /// Makes one folder of those that several systems made of one commit, and builds nothing.
    #[arg(long, value_name = "DIR", num_args = 1.., conflicts_with_all = ["order", "target"])]
    merge: Vec<PathBuf>,

    /// Packs programs that are built already, as a file says: JSON, as the flake's `release`
    /// writes it.
    #[arg(long, value_name = "FILE", conflicts_with = "target")]
    order: Option<PathBuf>,

    /// The target to build for, instead of those of `release.targets` that are of this machine.
    #[arg(long, value_name = "TRIPLE")]
    target: Option<String>,

    #[command(flatten)]
    records: RecordArgs,
}

/// Makes a folder, or looks at one.
pub(crate) fn run(place: &PlaceArgs, args: &AssetsArgs) -> Result<u8> {
    if let Some(folder) = &args.verify {
        return verify::run(place, folder);
    }
    let Some(output) = &args.output else {
        return Err(Usage("say with --output where they go".to_owned()).into());
    };
    // What takes minutes comes behind what can be refused at once.
    if output.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        let message =
            format!("{} is there, and is not empty: name another folder", output.display());
        return Err(Usage(message).into());
    }
    let made = match &args.order {
        _ if !args.merge.is_empty() => merge(place, &args.merge),
        Some(order) => make::ordered(place, &args.records, order),
        None => make::built(place, &args.records, args.target.as_deref(), output),
    };
    let folder = match made {
        Ok(folder) => folder,
        Err(error) => return refused(error),
    };
    folder.write(output).with_context(|| format!("cannot write {}", output.display()))?;
    for (name, bytes) in &folder.files {
        say(&format!("{}: {} bytes\n", output.join(name).display(), bytes.len()))?;
    }
    Ok(PASS)
}

/// What is not known has no verdict; what is wrong with a workspace or a folder is nobody's fault here.
fn refused(error: anyhow::Error) -> Result<u8> {
    match error.downcast_ref() {
        Some(AssetsError::NoBom(_)) => {
            tell(&format!("error: {error}"));
            Ok(NO_VERDICT)
        }
        Some(_) => Err(Usage(error.to_string()).into()),
        None => Err(error),
    }
}

fn merge(place: &PlaceArgs, folders: &[PathBuf]) -> Result<Folder> {
    let read = |path: &PathBuf| {
        Folder::read(path).with_context(|| format!("cannot read {}", path.display()))
    };
    let folders: Vec<_> = folders.iter().map(read).collect::<Result<_>>()?;
    let folder = merged(&folders)?;
    let tags = Source::find(place)?.tags()?;
    Ok(folder.with_tags(&tags).map_err(AssetsError::Broken)?)
}
