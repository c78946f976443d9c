use anyhow::Result;
use blocks_config::{Effective, Key, keys};
use serde_json::json;

use super::stages::describe;
use crate::{
    cli::{ExplainArgs, PlaceArgs},
    context,
    exit::{PASS, Usage},
    explain,
    output::say,
    rebuild,
};
use blocks_stages::Table;

/// Says what a stage runs and why, whose records of it are of other inputs than before, or what a setting is and where its value comes from.
pub(crate) fn run(place: &PlaceArgs, args: &ExplainArgs) -> Result<u8> {
    context::own_stages(place)?;
    let stage = Table::in_use().stage(&args.what);
    if let Some(revision) = &args.rebuild {
        let of_stages = || Usage(format!("`{}` is no stage: only stages have records", args.what));
        say(&rebuild::explain(place, args, stage.ok_or_else(of_stages)?, revision)?)?;
        return Ok(PASS);
    }
    if let Some(stage) = stage {
        let text = explain::of_stage(stage);
        let json = || format!("{:#}\n", describe(stage));
        say(&if args.json { json() } else { text })?;
        return Ok(PASS);
    }
    if let Some(group) = Table::in_use().group(&args.what) {
        let stages = Table::in_use().named(&group.id).into_iter().map(|stage| &stage.id);
        let json =
            json!({ "id": group.id, "title": group.title, "stages": stages.collect::<Vec<_>>() });
        say(&if args.json { format!("{json:#}\n") } else { explain::of_group(group) })?;
        return Ok(PASS);
    }
    let path = args.what.as_str();
    let Some(key) = key_of(path) else { return Err(Usage(unknown(path)).into()) };
    let Some(effective) = effective(place, path)? else {
        return Err(Usage(unknown(path)).into());
    };
    say(&if args.json {
        let origin = effective.origin.to_string();
        let value = json!({
            "key": path, "value": effective.value, "origin": origin,
            "default": default_of(path, key)?, "unit": key.unit, "meaning": key.meaning,
        });
        format!("{value:#}\n")
    } else {
        explain::of_key(path, key, &effective, &default_of(path, key)?)
    })?;
    Ok(PASS)
}

/// The value of a setting in the file that has it. A setting has a default also outside a
/// workspace.
fn effective(place: &PlaceArgs, path: &str) -> Result<Option<Effective>> {
    let workspace = context::workspace(place).ok();
    if let Some(effective) = context::config(place, workspace.as_ref())?.effective(path) {
        return Ok(Some(effective));
    }
    let root = workspace.as_ref().map(|workspace| workspace.root.as_path());
    Ok(context::notify_config(root)?.effective(path))
}

/// The value where no file sets it. Of a stage that depends on its row in the table.
fn default_of(path: &str, key: &Key) -> Result<String> {
    let of_one = if path == key.path { None } else { context::defaults()?.effective(path) };
    Ok(of_one.map_or_else(|| key.default_value(), |effective| effective.value))
}

/// The row of a setting; `<id>` in a row stands for any stage below `stages`, and for any name of a
/// package below `members`: which packages there are is another workspace's business each time.
fn key_of(path: &str) -> Option<&'static Key> {
    let is_member = path.starts_with("members.");
    let is_known = |id: &str| is_member || id == "<id>" || Table::in_use().stage(id).is_some();
    let fits = |key: &&Key| {
        let (row, asked) = (key.path.split('.'), path.split('.'));
        row.clone().count() == asked.clone().count()
            && row.zip(asked).all(|(row, asked)| row == asked || row == "<id>" && is_known(asked))
    };
    keys().iter().find(fits)
}

fn unknown(what: &str) -> String {
    let stages: Vec<_> = Table::in_use().stage_ids().collect();
    let settings: Vec<_> = keys().iter().map(|key| key.path).collect();
    format!(
        "`{what}` is neither a stage nor a setting\nstages: {}\nsettings: {}",
        stages.join(", "),
        settings.join(", ")
    )
}
