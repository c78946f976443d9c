use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::Result;
use blocks_config::{Channel, Loaded, NotifyConfig};
use blocks_failures::Run;

use crate::{
    cli::{NotifyArgs, PlaceArgs},
    context,
    exit::{INTERNAL, PASS, Usage},
    notify::{Ci, Occasion, Task, Told, issues, messages, shown},
    output::say,
};

/// Tells people of a report, by each channel, though another failed.
pub(crate) fn run(place: &PlaceArgs, args: &NotifyArgs) -> Result<u8> {
    let workspace = context::workspace(place).ok();
    let root = workspace.as_ref().map(|it| it.root.as_path());
    let config = config(root, args)?;
    let report = report(workspace.as_ref().map(blocks_engine::Workspace::blocks), args)?;
    let text = read(&report)?;
    let run = Run::parse(&text).map_err(|error| mistake(&report, &error))?;
    let ci = Ci::of(&|name| std::env::var(name).ok())?;
    let sends = args.send || (ci.runs && !args.dry_run);
    let occasion = Occasion::of(&ci, &config, workspace.as_ref(), args.branch.as_deref());
    let mut told = Told::new(&run, occasion.branch(), sends);
    match occasion {
        Occasion::Silent { why, .. } => told.silent = Some(why),
        Occasion::Unknown(why) => return Err(Usage(why).into()),
        Occasion::Of { branch, branches } => {
            let task = Task {
                config: &config,
                workspace: workspace.as_ref(),
                run: &run,
                id: ci.run_id(&text),
                ci: &ci,
                branch,
                branches,
                proposal: ci.proposal.clone().filter(|_| args.branch.is_none()),
                state: state(root, args),
                sends,
                now: now(),
            };
            channels(&task, args, &mut told);
        }
    }
    say(&if args.json { shown::json(&told) } else { shown::table(&told) })?;
    Ok(if told.has_problem() { INTERNAL } else { PASS })
}

fn channels(task: &Task<'_>, args: &NotifyArgs, told: &mut Told) {
    let is_asked = |it: &&Channel| {
        args.channel.is_empty() || args.channel.iter().any(|name| name == it.as_str())
    };
    let channels: Vec<_> =
        task.config.notifications.channels.iter().copied().filter(|it| is_asked(&it)).collect();
    if channels.is_empty() {
        told.silent = Some("notifications.channels names no channel that is asked for".to_owned());
    }
    if channels.contains(&Channel::GithubIssues) {
        told.channels.push(issues::tell(task));
    }
    told.channels.extend(messages::tell(task, &channels));
}

fn config(root: Option<&Path>, args: &NotifyArgs) -> Result<NotifyConfig> {
    let loaded = match &args.notify_config {
        Some(file) if !file.is_file() => {
            return Err(Usage(format!("there is no configuration at {}", file.display())).into());
        }
        Some(file) => Loaded::load(file)?,
        None => context::notify_config(root)?,
    };
    Ok(loaded.config)
}

fn report(blocks: Option<PathBuf>, args: &NotifyArgs) -> Result<PathBuf> {
    let own = blocks.map(|it| it.join("report/report.json"));
    let why = "say with --report which report it is: there is no workspace";
    args.report.clone().or(own).ok_or_else(|| Usage(why.to_owned()).into())
}

/// The text of a report; of one that is too large no more than shows that it is.
fn read(file: &Path) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    let most = u64::try_from(blocks_failures::LIMIT)?.saturating_add(1);
    File::open(file).and_then(|it| it.take(most).read_to_end(&mut text)).map_err(|error| {
        let what = "run `cargo blocks check` first, or `cargo blocks report`";
        Usage(format!("{}: {error}; {what}", file.display()))
    })?;
    Ok(text)
}

fn mistake(file: &Path, error: &blocks_failures::RunError) -> Usage {
    Usage(format!("{}: {error}", file.display()))
}

fn state(root: Option<&Path>, args: &NotifyArgs) -> PathBuf {
    let own = || root.unwrap_or(Path::new(".")).join("target/blocks/notify");
    args.state.clone().unwrap_or_else(own)
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs())
}
