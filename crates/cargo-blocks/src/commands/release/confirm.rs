//! `cargo blocks release confirm`: what is at the registry.

use anyhow::Result;
use blocks_registry::{Check, Confirming, overall};
use clap::Args;

use super::{
    checks::{closing, json, text},
    there::{There, ThereArgs},
};
use crate::{
    cli::PlaceArgs,
    exit,
    output::{colour, say, tell},
};

#[derive(Debug, Args)]
pub(crate) struct ConfirmArgs {
    #[command(flatten)]
    there: ThereArgs,

    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

/// Looks at what is there.
pub(crate) fn run(place: &PlaceArgs, args: &ConfirmArgs) -> Result<u8> {
    let there = There::find(place, &args.there)?;
    let _lock = there.lock()?;
    let checks = match there.client() {
        Ok(client) => {
            let (cargo, registry) = (&there.cargo, there.registry.as_str());
            let confirming = Confirming { cargo, client: &client, registry };
            confirming.confirm(&there.members, &|member| tell(&format!("{} …", member.spec())))?
        }
        Err(error) => {
            let unknown = |it: &blocks_registry::Member| {
                Check::unknown("there", error.to_string()).about(&it.spec())
            };
            there.members.iter().map(unknown).collect()
        }
    };
    let shown = || {
        let closing = closing(&checks, "all that was released is there, and is what was released");
        format!("{}\n{closing}", text(&checks, colour()))
    };
    say(&if args.json { json(&there, &checks) } else { shown() })?;
    Ok(exit::of_outcome(overall(&checks)))
}
