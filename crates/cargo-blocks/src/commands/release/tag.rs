//! `cargo blocks release tag`: the tags of what is here.

use anyhow::Result;
use blocks_engine::{TagState, local_tag, make_tag, push_tags, remote_tag};
use blocks_gates::Outcome;
use blocks_registry::overall;
use clap::Args;

use super::{
    checks::{closing, text},
    there::There,
    verify::{self, HoldsArgs, tag_names},
};
use crate::{
    cli::PlaceArgs,
    exit::{self, PASS, Usage},
    output::{colour, say, tell},
};

#[derive(Debug, Args)]
pub(crate) struct TagArgs {
    #[command(flatten)]
    holds: HoldsArgs,

    /// Pushes the tags to origin: all of them, or none.
    #[arg(long)]
    push: bool,
}

/// Makes the tags that are not there yet.
pub(crate) fn run(place: &PlaceArgs, args: &TagArgs) -> Result<u8> {
    let there = There::find(place, &args.holds.there)?;
    let _lock = there.lock()?;
    let checks = verify::checks(place, &there, &args.holds)?;
    say(&text(&checks, colour()))?;
    let outcome = overall(&checks);
    if outcome != Outcome::Pass {
        say(&format!("\nnothing is tagged: {}", closing(&checks, "")))?;
        return Ok(exit::of_outcome(outcome));
    }
    let tags = tag_names(&there)?;
    let mut left = Vec::new();
    for tag in tags.keys() {
        let state = if args.push { remote_tag(&there.workspace, tag)? } else { TagState::Free };
        match state {
            // Refused before anything is made.
            TagState::NoRemote => {
                let message = "the repository has no origin to push to: git remote add origin URL";
                return Err(Usage(message.to_owned()).into());
            }
            // One that is made here would be another object, which origin refuses.
            TagState::Here => tell(&format!("origin has {tag} already")),
            _ => left.push(tag.clone()),
        }
    }
    for tag in &left {
        if local_tag(&there.workspace, tag)? == TagState::Here {
            tell(&format!("{tag} is there already"));
            continue;
        }
        make_tag(&there.workspace, tag, &message(tag, &tags[tag]))?;
        tell(&format!("{tag} is made"));
    }
    push(&there, args, &left)?;
    Ok(PASS)
}

/// Pushes what is asked for and is not there.
fn push(there: &There, args: &TagArgs, tags: &[String]) -> Result<()> {
    if !args.push {
        tell("nothing was pushed: --push does it");
    } else if !tags.is_empty() {
        push_tags(&there.workspace, tags)?;
        tell(&format!("origin has {}", tags.join(", ")));
    }
    Ok(())
}

/// What a tag says: what is released by it.
fn message(tag: &str, members: &[String]) -> String {
    format!("{tag}\n\n{}\n", members.join("\n"))
}
