//! `cargo blocks release tag`: the tags of what is here.

use std::collections::BTreeMap;

use anyhow::Result;
use blocks_engine::{TagState, local_tag, make_tag, push_tags, remote_tag};
use blocks_gates::Outcome;
use blocks_registry::overall;
use clap::Args;

use super::{
    checks::{closing, text},
    there::There,
    verify::{self, VerifyArgs, tag_names},
};
use crate::{
    cli::PlaceArgs,
    exit::{self, PASS, Usage},
    output::{colour, say, tell},
};

#[derive(Debug, Args)]
pub(crate) struct TagArgs {
    #[command(flatten)]
    verify: VerifyArgs,

    /// Pushes the tags to origin: all of them, or none.
    #[arg(long)]
    push: bool,
}

/// Makes the tags that are not there yet.
pub(crate) fn run(place: &PlaceArgs, args: &TagArgs) -> Result<u8> {
    let there = There::find(place, &args.verify.there)?;
    let _lock = there.lock()?;
    let checks = verify::checks(place, &there, &args.verify)?;
    say(&text(&checks, colour()))?;
    let outcome = overall(&checks);
    if outcome != Outcome::Pass {
        say(&format!("\nnothing is tagged: {}", closing(&checks, "")))?;
        return Ok(exit::of_outcome(outcome));
    }
    let tags = tag_names(&there)?;
    if args.push {
        check_origin(&there, &tags)?;
    }
    for (tag, members) in &tags {
        if local_tag(&there.workspace, tag)? == TagState::Here {
            tell(&format!("{tag} is there already"));
            continue;
        }
        make_tag(&there.workspace, tag, &message(tag, members))?;
        tell(&format!("{tag} is made"));
    }
    push(&there, args, &tags)?;
    Ok(PASS)
}

/// Pushes what is asked for; what origin has of this very commit stays as it is.
fn push(there: &There, args: &TagArgs, tags: &BTreeMap<String, Vec<String>>) -> Result<()> {
    if !args.push {
        tell("nothing was pushed: --push does it");
        return Ok(());
    }
    let names: Vec<_> = tags.keys().cloned().collect();
    push_tags(&there.workspace, &names)?;
    tell(&format!("origin has {}", names.join(", ")));
    Ok(())
}

/// Refuses before anything is made.
fn check_origin(there: &There, tags: &BTreeMap<String, Vec<String>>) -> Result<()> {
    let Some(tag) = tags.keys().next() else { return Ok(()) };
    if remote_tag(&there.workspace, tag)? == TagState::NoRemote {
        let message = "the repository has no origin to push to: git remote add origin URL";
        return Err(Usage(message.to_owned()).into());
    }
    Ok(())
}

/// What a tag says: what is released by it.
fn message(tag: &str, members: &[String]) -> String {
    format!("{tag}\n\n{}\n", members.join("\n"))
}
