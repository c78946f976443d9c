//! `cargo blocks cache`: the binary cache of a workspace.

use std::{env, fmt::Write as _, path::PathBuf};

use anyhow::Result;
use blocks_config::{PipelineConfig, StoreAddress};
use blocks_engine::{
    Cancel, EngineError, Workspace,
    nix::{Cache, Contents, Farm, KINDS, Nix, Plan, Side, Verified, is_flake},
};
use blocks_evidence::printable_line;
use blocks_stages::Table;
use clap::{Args, Subcommand};

use crate::{
    cli::{NIX, PlaceArgs},
    context,
    display::Display,
    exit::{FAIL, NO_VERDICT, PASS, Usage},
    output::say,
};

/// Names the file of the secret key that paths are signed with on their way to a folder or a bucket.
const KEY_FILE: &str = "BLOCKS_CACHE_KEY_FILE";

/// How many paths are listed of each thing that is wrong; the rest is counted.
const LISTED: usize = 10;

#[derive(Debug, Args)]
pub(crate) struct CacheArgs {
    #[command(subcommand)]
    command: CacheCommand,
}

#[derive(Debug, Subcommand)]
enum CacheCommand {
    /// Shows what is worth pushing, how large it is, and what the cache has of it. Builds and pushes nothing.
    ///
    /// Worth it are the program that judges, the layers of crates from elsewhere, members' libraries and records; verdicts,
    /// views and sources are not. Exit status: 0 shown, 3 nothing of it is here or there.
    Plan(PlaceOfCache),
    /// Pushes what the plan has to push, with what it names, and nothing else.
    ///
    /// What may write there is taken from the environment: `CACHIX_AUTH_TOKEN` and `CACHIX_SIGNING_KEY`, what `attic login` left,
    /// `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, or the file netrc of Nix. `BLOCKS_CACHE_KEY_FILE` names the file of the secret
    /// key that paths are signed with on their way to a folder, a bucket or a server that takes them as they are.
    ///
    /// Exit status: 0 pushed, or all was there; 3 nothing was built here; 4 the cache did not take it.
    Push(PlaceOfCache),
    /// Reads back what the cache says of all that was built here, and of all that this names: whether it is there, and signed
    /// by one of `cache.public_keys` where there are some.
    ///
    /// Exit status: 0 all is there, 1 something is missing, unsigned or changed, 3 there was nothing to look for, 4 the
    /// cache did not answer.
    Verify(VerifyArgs),
}

#[derive(Debug, Args)]
struct PlaceOfCache {
    /// The cache, instead of `cache.store`.
    #[arg(long, value_name = "ADDRESS")]
    store: Option<String>,

    /// Looks at this kind only; may be given more than once. Records are small; a layer brings its toolchain.
    #[arg(long, value_name = "KIND", value_parser = KINDS)]
    only: Vec<String>,

    /// The program that stands for nix.
    #[arg(long, value_name = "PROGRAM", env = "BLOCKS_NIX", default_value = NIX)]
    nix: PathBuf,

    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct VerifyArgs {
    #[command(flatten)]
    place: PlaceOfCache,

    /// Looks for all that is worth pushing, also for what nobody built here.
    #[arg(long)]
    all: bool,

    /// Fetches all contents, too, and compares them with their hashes.
    #[arg(long)]
    contents: bool,
}

/// Runs the subcommand and gives the exit status.
pub(crate) fn run(place: &PlaceArgs, args: &CacheArgs) -> Result<u8> {
    let workspace = context::workspace(place)?;
    let config = context::config(place, Some(&workspace))?.config;
    match &args.command {
        CacheCommand::Plan(own) => with(&workspace, &config, own, |cache, cancel, display| {
            let plan = cache.plan(cancel, &|event| display.show(&event))?;
            display.clear();
            say(&if own.json { plan.to_json() } else { plan_text(&plan) })?;
            Ok(if plan.is_of_anything() { PASS } else { NO_VERDICT })
        }),
        CacheCommand::Push(own) => with(&workspace, &config, own, |cache, cancel, display| {
            let sink = |event| display.show(&event);
            let plan = cache.plan(cancel, &sink)?;
            cache.push(&plan, cancel, &sink)?;
            display.clear();
            say(&if own.json { plan.to_json() } else { pushed_text(&plan) })?;
            Ok(if plan.is_of_anything() { PASS } else { NO_VERDICT })
        }),
        CacheCommand::Verify(own) => {
            with(&workspace, &config, &own.place, |cache, cancel, display| {
                let contents = if own.contents { Contents::Read } else { Contents::Trusted };
                let verified =
                    cache.verify(own.all, contents, cancel, &|event| display.show(&event))?;
                display.clear();
                say(&if own.place.json { verified.to_json() } else { verified_text(&verified) })?;
                Ok(match (verified.looked_for, verified.is_good()) {
                    (0, _) => NO_VERDICT,
                    (_, true) => PASS,
                    (_, false) => FAIL,
                })
            })
        }
    }
}

fn with(
    workspace: &Workspace,
    config: &PipelineConfig,
    own: &PlaceOfCache,
    work: impl FnOnce(&Cache<'_>, &Cancel, &Display) -> Result<u8>,
) -> Result<u8> {
    let address = address(config, own)?;
    if !is_flake(&workspace.root) {
        let root = workspace.root.display();
        return Err(Usage(format!(
            "{root} has no flake.nix, and only what Nix makes is kept in a binary cache"
        ))
        .into());
    }
    let key = env::var_os(KEY_FILE).map(PathBuf::from);
    if let Some(missing) = key.as_deref().filter(|file| !file.is_file()) {
        let message = format!(
            "{KEY_FILE} names {}, which is no file: it has to hold the secret key",
            missing.display()
        );
        return Err(Usage(message).into());
    }
    let nix = Nix {
        workspace,
        table: Table::in_use(),
        program: own.nix.clone(),
        again: &[],
        baseline: None,
        database: None,
        farm: Farm::default(),
        side: Side::Now,
        records: workspace.records(),
    };
    // Nix runs in the workspace's folder.
    let key = key.map(std::path::absolute).transpose()?;
    let keys = &config.cache.public_keys;
    let cache =
        Cache { nix: &nix, address: &address, keys, only: &own.only, signing_key: key.as_deref() };
    let cancel = Cancel::on_signals()?;
    let display = Display::new();
    let result = work(&cache, &cancel, &display);
    display.clear();
    result.map_err(|error| match error.downcast_ref() {
        Some(EngineError::Program { program, reason }) => Usage(format!(
            "cannot run `{program}`: {reason}; a binary cache holds what Nix makes: install Nix, or name it with --nix"
        ))
        .into(),
        _ => error,
    })
}

fn address(config: &PipelineConfig, own: &PlaceOfCache) -> Result<StoreAddress> {
    let address = match &own.store {
        None => config.cache.store.clone(),
        Some(text) => {
            StoreAddress::new(text.clone()).map_err(|why| Usage(format!("--store: {why}")))?
        }
    };
    if address.get().is_some() {
        return Ok(address);
    }
    Err(Usage(
        "no binary cache is named: write its address to `cache.store` in .github/pipeline-config.yml (`cargo blocks explain \
         cache.store`), or give it with --store"
            .to_owned(),
    )
    .into())
}

fn plan_text(plan: &Plan) -> String {
    let mut out = String::new();
    let rows: Vec<[String; 5]> = plan
        .items
        .iter()
        .map(|item| {
            let size = |bytes: Option<u64>| bytes.map_or_else(|| "-".to_owned(), size);
            let name = printable_line(&item.name);
            [
                item.kind.to_owned(),
                name,
                size(item.bytes),
                size(item.closure_bytes),
                item.state.words().to_owned(),
            ]
        })
        .collect();
    let head = ["kind", "name", "size", "with what it names", "where"].map(str::to_owned);
    let width = |at: usize| {
        let all = rows.iter().chain([&head]).map(|row| row[at].chars().count());
        all.max().unwrap_or_default()
    };
    let widths = [0, 1, 2, 3].map(width);
    for [kind, name, size, closure, place] in [&head].into_iter().chain(&rows) {
        let [a, b, c, d] = widths;
        let _ = writeln!(out, "{kind:a$}  {name:b$}  {size:>c$}  {closure:>d$}  {place}");
    }
    let _ = writeln!(out, "\n{}", sum(plan, "to push"));
    for left in &plan.left_out {
        let _ = writeln!(out, "left out: {}: {}", left.what, left.why);
    }
    out
}

fn pushed_text(plan: &Plan) -> String {
    if !plan.is_of_anything() {
        return "nothing is pushed: nothing of it was built here (`cargo blocks check --engine nix` does)\n".to_owned();
    }
    format!("{}\n", sum(plan, "pushed"))
}

fn sum(plan: &Plan, what: &str) -> String {
    let count = plan.to_push().count();
    if count == 0 {
        return format!(
            "{what}: nothing; {}",
            if plan.is_of_anything() {
                "the cache has all that was built here"
            } else {
                "nothing was built here"
            }
        );
    }
    let copied = plan.copied;
    let mut text = format!(
        "{what}: {count} of {}, with what they name {} and {}, to {}",
        plan.items.len(),
        paths(copied.paths),
        size(copied.bytes),
        plan.store
    );
    if plan.of_nixos.paths > 0 {
        let _ = write!(
            text,
            "; {} and {} of it have been in cache.nixos.org, which Cachix and Attic leave out",
            paths(plan.of_nixos.paths),
            size(plan.of_nixos.bytes)
        );
    }
    text
}

fn verified_text(verified: &Verified) -> String {
    let mut out = String::new();
    for (what, all) in [
        ("missing", &verified.missing),
        ("without a signature by cache.public_keys", &verified.unsigned),
        ("changed", &verified.corrupt),
    ] {
        for path in all.iter().take(LISTED) {
            let _ = writeln!(out, "{what}: {}", printable_line(path));
        }
        if all.len() > LISTED {
            let _ = writeln!(out, "{what}: {} more", all.len() - LISTED);
        }
    }
    if verified.looked_for == 0 {
        out.push_str(
            "nothing was looked for: nothing of it was built here (--all looks for all)\n",
        );
        return out;
    }
    let signed = if verified.signatures {
        "signatures verified"
    } else {
        "no signatures asked for (cache.public_keys)"
    };
    let read = if verified.contents { ", contents read" } else { "" };
    let _ = writeln!(
        out,
        "{}: {} of this workspace; {} with what they name are there, {} missing; {signed}{read}",
        verified.store,
        paths(verified.looked_for),
        verified.found,
        verified.missing.len()
    );
    out
}

fn paths(count: usize) -> String {
    format!("{count} {}", if count == 1 { "path" } else { "paths" })
}

/// Bytes in a unit in which they are a short number.
fn size(bytes: u64) -> String {
    let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    match units.into_iter().find(|(_, unit)| bytes >= *unit) {
        Some((name, unit)) => format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit),
        None => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short_numbers() {
        assert_eq!(
            [0, 999, 1_000, 1_950, 627_758_624, 2_000_000_000].map(size),
            ["0 B", "999 B", "1.0 kB", "1.9 kB", "627.7 MB", "2.0 GB"]
        );
    }
}
