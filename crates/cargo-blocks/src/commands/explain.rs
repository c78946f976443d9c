use anyhow::Result;
use blocks_config::{Key, keys};
use serde_json::json;

use super::stages::describe;
use crate::{
    cli::{ExplainArgs, PlaceArgs},
    context,
    exit::{PASS, Usage},
    explain,
    output::say,
};
use blocks_stages::Table;

/// Says what a stage runs and why, or what a setting is and where its value comes from.
pub(crate) fn run(place: &PlaceArgs, args: &ExplainArgs) -> Result<u8> {
    if let Some(stage) = Table::embedded().stage(&args.what) {
        let text = explain::of_stage(stage);
        let json = || format!("{:#}\n", describe(stage));
        say(&if args.json { json() } else { text })?;
        return Ok(PASS);
    }
    let path = args.what.as_str();
    // A setting has a default also outside a workspace.
    let workspace = context::workspace(place).ok();
    let root = workspace.as_ref().map(|workspace| workspace.root.as_path());
    let loaded = context::config(place, root)?;
    let (Some(key), Some(effective)) = (key_of(path), loaded.effective(path)) else {
        return Err(Usage(unknown(path)).into());
    };
    say(&if args.json {
        let origin = effective.origin.to_string();
        let value = json!({
            "key": path, "value": effective.value, "origin": origin,
            "default": key.default_value(), "unit": key.unit, "meaning": key.meaning,
        });
        format!("{value:#}\n")
    } else {
        explain::of_key(path, key, &effective)
    })?;
    Ok(PASS)
}

/// The row of a setting; `<id>` in a row stands for any stage.
fn key_of(path: &str) -> Option<&'static Key> {
    let fits = |key: &&Key| {
        let (mut row, mut asked) = (key.path.split('.'), path.split('.'));
        row.by_ref().zip(asked.by_ref()).all(|(row, asked)| row == asked || row == "<id>")
            && key.path.split('.').count() == path.split('.').count()
    };
    keys().iter().find(fits)
}

fn unknown(what: &str) -> String {
    let stages: Vec<_> = Table::embedded().stage_ids().collect();
    let settings: Vec<_> = keys().iter().map(|key| key.path).collect();
    format!(
        "`{what}` is neither a stage nor a setting\nstages: {}\nsettings: {}",
        stages.join(", "),
        settings.join(", ")
    )
}
