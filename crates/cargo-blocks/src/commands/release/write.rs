//! `cargo blocks release bump` and `changelog`: a part of what `prepare` makes, and no commit.

use anyhow::Result;
use blocks_engine::{Cancel, host::Lock, resume};
use blocks_fixes::FileChange;
use blocks_release::{CHANGELOG, State};
use clap::Args;

use super::{
    gather::{Gathered, WhichArgs, gather},
    plan::shown,
    prepare::write,
};
use crate::{
    cli::PlaceArgs,
    context,
    exit::PASS,
    output::{say, tell},
};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Manifests and the lock file.
    Versions,
    /// Changelogs.
    Changelogs,
}

impl Part {
    fn has(self, file: &FileChange) -> bool {
        let is_changelog = file.path.rsplit('/').next() == Some(CHANGELOG);
        is_changelog == (self == Self::Changelogs)
    }
}

#[derive(Debug, Args)]
pub(crate) struct WriteArgs {
    #[command(flatten)]
    which: WhichArgs,
}

/// Writes the files of the part; what is as planned already stays.
pub(crate) fn run(place: &PlaceArgs, args: &WriteArgs, part: Part) -> Result<u8> {
    let workspace = context::workspace(place)?;
    let cancel = Cancel::on_signals()?;
    let _lock = Lock::take(&workspace, &cancel, &|_| {})?;
    resume(&workspace)?;
    let Gathered { workspace, mut plan, .. } = gather(place, &args.which)?;
    plan.files.retain(|it| part.has(it));
    if plan.state() != State::Planned {
        tell("nothing was changed");
        return Ok(PASS);
    }
    say(&shown(&plan))?;
    write(&workspace, &plan)?;
    for file in &plan.files {
        tell(&format!("{} is written", file.path));
    }
    Ok(PASS)
}
