use std::{collections::BTreeSet, path::Path};

use anyhow::Result;
use blocks_config::closest;
use blocks_history::{History, Series, machine_folder};
use blocks_views::{history_csv, history_json, history_svg, history_table};

use crate::{
    cli::{HistoryArgs, PlaceArgs},
    context,
    exit::{PASS, Usage},
    history::{Store, warn},
    output::{colour, say},
    views,
};

/// How many warnings are shown; the rest is counted.
const WARNINGS: usize = 10;

/// How many names of series a message lists.
const NAMES: usize = 20;

/// Shows what was kept of earlier revisions. That nothing was is no fault.
pub(crate) fn run(place: &PlaceArgs, args: &HistoryArgs) -> Result<u8> {
    let workspace = context::workspace(place)?;
    let config = context::config(place, Some(&workspace))?.config;
    let store = Store { workspace: &workspace, config: &config };
    let history = store.read()?;
    warn_of(&history);
    let all = history.series();
    let is_empty = all.is_empty();
    let series = if is_empty { all } else { chosen(all, args)? };
    if let Some(file) = &args.plot {
        views::write_file(file, &history_svg(&series))?;
    }
    if args.json {
        say(&history_json(&series))?;
    } else if args.csv {
        say(&history_csv(&series))?;
    } else if is_empty {
        say(&nothing(&store))?;
    } else if let Some(file) = &args.plot {
        say(&drawn(file, &series))?;
    } else {
        say(&history_table(&series, colour()))?;
    }
    Ok(PASS)
}

fn warn_of(history: &History) {
    for warning in history.warnings().iter().take(WARNINGS) {
        warn(&warning.to_string());
    }
    let more = history.warnings().len().saturating_sub(WARNINGS);
    if more > 0 {
        warn(&format!("{more} more of these"));
    }
}

/// The series that the command line asks for, with the points that it asks for.
fn chosen(all: Vec<Series>, args: &HistoryArgs) -> Result<Vec<Series>> {
    let mut series = match &args.machine {
        Some(machine) => of_machine(all, machine)?,
        None => all,
    };
    for prefix in &args.series {
        if !series.iter().any(|one| one.name.starts_with(prefix)) {
            return Err(unknown(prefix, &series));
        }
    }
    let is_asked = |one: &Series| args.series.iter().any(|prefix| one.name.starts_with(prefix));
    series.retain(|one| args.series.is_empty() || is_asked(one));
    if let Some(last) = args.last {
        for one in &mut series {
            let more = one.points.len().saturating_sub(last.get());
            one.points.drain(..more);
        }
    }
    Ok(series)
}

/// Those of a class of machines, by its name or that of its folder.
fn of_machine(all: Vec<Series>, machine: &str) -> Result<Vec<Series>> {
    let known: BTreeSet<String> = all.iter().map(|one| one.machine.clone()).collect();
    let is_it = |one: &Series| one.machine == machine || machine_folder(&one.machine) == machine;
    let found: Vec<_> = all.into_iter().filter(is_it).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let known: Vec<_> = known.into_iter().collect();
    let known = known.join("\n  ");
    Err(Usage(format!("nothing is kept of the machine `{machine}`; there are:\n  {known}")).into())
}

fn unknown(prefix: &str, series: &[Series]) -> anyhow::Error {
    let kinds = series.iter().filter_map(|one| one.name.split_once('/')).map(|(kind, _)| kind);
    let names = series.iter().map(|one| one.name.as_str());
    let known: BTreeSet<&str> = names.chain(kinds.clone()).collect();
    let known: Vec<_> = known.into_iter().collect();
    let meant = closest(prefix, &known).map(|name| format!(" did you mean `{name}`?"));
    let kinds: BTreeSet<&str> = kinds.collect();
    let kinds: Vec<_> = kinds.into_iter().take(NAMES).collect();
    let meant = meant.unwrap_or_default();
    Usage(format!(
        "no series begins with `{prefix}`;{meant} there are series of: {}",
        kinds.join(", ")
    ))
    .into()
}

fn nothing(store: &Store<'_>) -> String {
    let how = if store.config.performance.store_results {
        "`cargo blocks check` keeps those of a commit where no file differs from it"
    } else {
        "`performance.store_results` is false"
    };
    format!("no results are kept yet in {}: {how}\n", store.place())
}

fn drawn(file: &Path, series: &[Series]) -> String {
    format!("{}: {} series\n", file.display(), series.len())
}
