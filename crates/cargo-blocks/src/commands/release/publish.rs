//! `cargo blocks release publish`: the members go to the registry.

use std::{fmt::Write as _, time::Duration};

use anyhow::Result;
use blocks_gates::Outcome;
use blocks_registry::{Member, Planned, Publisher, Step, There as At, overall};
use clap::Args;

use super::{
    checks::{closing, text},
    there::There,
    verify::{self, HoldsArgs},
};
use crate::{
    cli::PlaceArgs,
    exit::{self, PASS},
    output::{colour, say, tell},
};

#[derive(Debug, Args)]
pub(crate) struct PublishArgs {
    #[command(flatten)]
    holds: HoldsArgs,

    /// Publishes. What is published stays: a version can be yanked, and never be replaced.
    #[arg(long)]
    execute: bool,

    /// Shows what would be done; so it is without --execute.
    #[arg(long, conflicts_with = "execute")]
    dry_run: bool,
}

/// Publishes, or shows what would be published.
pub(crate) fn run(place: &PlaceArgs, args: &PublishArgs) -> Result<u8> {
    let there = There::find(place, &args.holds.there)?;
    let _lock = there.lock()?;
    let checks = verify::checks(place, &there, &args.holds)?;
    say(&text(&checks, colour()))?;
    let outcome = overall(&checks);
    if outcome != Outcome::Pass {
        let closing = closing(&checks, "");
        say(&format!("\nnothing is published: {closing}"))?;
        return Ok(exit::of_outcome(outcome));
    }
    let client = there.client()?;
    let publisher = Publisher { cargo: &there.cargo, client: &client, registry: &there.registry };
    let planned = publisher.plan(there.members.clone())?;
    say(&format!("\n{}", shown(&planned, &there.registry)))?;
    if !args.execute {
        say("nothing was published: --execute does it\n")?;
        return Ok(PASS);
    }
    publisher.publish(&planned, &|member, step| tell(&progress(member, step)))?;
    say(&format!(
        "all {} are published: cargo blocks release confirm looks at them\n",
        planned.len()
    ))?;
    Ok(PASS)
}

fn shown(planned: &[Planned], registry: &str) -> String {
    let mut text = format!("to `{registry}`, in this order:\n");
    for one in planned {
        let what = match one.there {
            At::Nothing => "is published",
            _ => "is there already",
        };
        let _ = writeln!(text, "  {} {what} (SHA-256 {})", one.member.spec(), one.sha256);
    }
    text
}

fn progress(member: &Member, step: Step) -> String {
    let spec = member.spec();
    match step {
        Step::Kept => format!("{spec} is there already"),
        Step::Sends => format!("{spec} is packed, compiled and sent by cargo …"),
        Step::Awaits => format!("{spec} was sent by an earlier run: waiting for the index …"),
        Step::Waits => format!("{spec} was sent: waiting for the index …"),
        Step::Arrived => format!("{spec} arrived, though cargo got no answer"),
        Step::Limited(wait) => limited(&spec, wait),
        Step::There => format!("{spec} is there"),
    }
}

/// A wait of minutes is told with its end, for nothing is printed until then.
fn limited(spec: &str, wait: Duration) -> String {
    let seconds = wait.as_secs();
    let (minutes, rest) = (seconds / 60, seconds % 60);
    format!(
        "{spec} has to wait: the registry takes no more for {minutes} min {rest:02} s (429). It is sent again then; one that \
         stops this command loses nothing, and goes on by the same command"
    )
}
