use std::{collections::HashMap, path::PathBuf};

use anyhow::Result;
use blocks_engine::{
    Cancel, Database, Event, Line, LineCommit, Toolchain,
    host::{Host, Limits, Lock},
};
use blocks_failures::Answer;
use blocks_history::History;
use blocks_stages::{Stage, Table};
use blocks_views::{bisected_json, bisected_text};

use crate::{
    bisect::{Asker, Walk, known},
    cli::{BisectArgs, PlaceArgs},
    context,
    display::Display,
    exit::{NO_VERDICT, PASS, Usage},
    history::{Store, warn},
    output::{colour, say},
    setup::{Consent, provide},
};

/// Finds the commit that turned a stage red.
pub(crate) fn run(place: &PlaceArgs, args: &BisectArgs) -> Result<u8> {
    let workspace = context::workspace(place)?;
    let config = context::config(place, Some(&workspace))?.config;
    let stage = stage(&args.stage)?;
    let store = Store { workspace: &workspace, config: &config };
    let history = store.read().unwrap_or_else(|error| {
        warn(&format!("what is kept of commits is not known: {error:#}"));
        History::default()
    });
    let known = known(&history.series(), stage, args.signature.is_some());
    let line = Line::to(&workspace, &args.bad)?;
    let line = match &args.good {
        Some(good) => line.since(&workspace, good)?,
        None => since_known(line, &known, stage)?,
    };
    let cancel = Cancel::on_signals()?;
    let display = Display::new();
    let sink = |event: Event| display.show(&event);
    let _lock = Lock::take(&workspace, &cancel, &sink)?;
    let row = Table::in_use().recorded_by(stage);
    let database = if row.database { Database::usual(&workspace)? } else { None };
    let asker = Asker {
        workspace: &workspace,
        config: &config,
        stage,
        signature: args.signature.as_ref(),
        database: database.as_ref(),
        today: args.today.day(),
        cancel: &cancel,
        sink: &sink,
    };
    has_tools(&asker)?;
    let mut walk = Walk { asker, commits: &line.commits, known, told: HashMap::new() };
    let found = walk.search();
    display.clear();
    let Some((first, last)) = found? else { return Ok(NO_VERDICT) };
    let failures = walk.new_with(last);
    display.clear();
    let failures = failures?;
    let search = walk.bisected(args, (first, last), failures.as_deref());
    say(&if args.json { bisected_json(&search) } else { bisected_text(&search, colour()) })?;
    Ok(if search.is_found() { PASS } else { NO_VERDICT })
}

/// A stage that can be asked of a commit alone.
fn stage(id: &str) -> Result<&'static Stage> {
    let stage = context::stage(id)?;
    if stage.material.is_some() || stage.host_only {
        let message = format!(
            "the stage `{id}` compares with an earlier commit, so that no commit alone is good or bad: use \
             `cargo blocks check {id} --baseline REV`"
        );
        return Err(Usage(message).into());
    }
    Ok(stage)
}

/// The line from the last commit on of which it is known that it is good.
fn since_known(mut line: Line, known: &HashMap<String, Answer>, stage: &Stage) -> Result<Line> {
    let is_good = |it: &LineCommit| known.get(&it.revision) == Some(&Answer::Good);
    let Some(at) = line.commits.iter().rposition(is_good) else {
        let message = format!(
            "of no commit it is kept that `{}` passed there: name one with --good REV, and it is asked",
            stage.id
        );
        return Err(Usage(message).into());
    };
    line.commits.drain(..at);
    Ok(line)
}

/// That the tools of the stage are there: without one no commit would have an answer.
fn has_tools(asker: &Asker<'_>) -> Result<()> {
    let Asker { workspace, config, stage, cancel, sink, .. } = *asker;
    let toolchain = Toolchain::of(workspace)?;
    let host = Host {
        workspace,
        toolchain: &toolchain,
        table: Table::in_use(),
        limits: Limits::from(&config.resources),
        sources: "",
        members: &[],
        again: &[],
        database: asker.database,
        settings: &config.members,
        program: PathBuf::new(),
        records: workspace.records(),
    };
    let missing = host.missing_tools(&[stage]);
    if missing.is_empty() {
        return Ok(());
    }
    provide(workspace, &toolchain, &missing, Consent::Never, cancel, sink)?;
    let names: Vec<_> = missing.iter().map(|it| it.id.as_str()).collect();
    Err(Usage(format!("the stage `{}` needs {}", stage.id, names.join(", "))).into())
}
