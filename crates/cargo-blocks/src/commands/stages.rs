use anyhow::Result;
use blocks_stages::{Stage, Table};
use blocks_views::catalogue_markdown;
use serde_json::json;

use crate::{
    cli::{PlaceArgs, StagesArgs},
    context,
    exit::PASS,
    output::say,
};

/// Lists the table of stages, and those of the workspace's own.
pub(crate) fn run(place: &PlaceArgs, args: &StagesArgs) -> Result<u8> {
    context::own_stages(place)?;
    if args.markdown {
        say(&catalogue_markdown(Table::in_use()))?;
        return Ok(PASS);
    }
    let stages = &Table::in_use().stages;
    if args.json {
        let list: Vec<_> = stages.iter().map(describe).collect();
        say(&format!("{:#}\n", json!(list)))?;
        return Ok(PASS);
    }
    let width = Table::in_use().id_width() + 1;
    say(&format!("{:<width$} {:<6} {:<7} {}\n", "stage", "set", "layer", "what"))?;
    for stage in stages {
        let set = stage.set.as_str();
        let opt_in = if stage.opt_in { " (opt-in)" } else { "" };
        let line =
            format!("{:<width$} {set:<6} {:<7} {}{opt_in}", stage.id, layer(stage), stage.title);
        say(&format!("{}\n", line.trim_end()))?;
    }
    say("\ngroups of stages, for `check`, `gate` and `explain`\n")?;
    let groups = &Table::in_use().groups;
    let width = groups.iter().map(|group| group.id.len()).max().unwrap_or_default() + 1;
    for group in groups {
        say(&format!("{:<width$} {}\n", group.id, group.title))?;
    }
    Ok(PASS)
}

/// A stage for programs.
pub(crate) fn describe(stage: &Stage) -> serde_json::Value {
    let steps: Vec<_> = stage.steps.iter().map(|step| &step.run).collect();
    let evidence: Vec<_> =
        stage.evidence.iter().map(|it| json!({ "file": it.file, "kind": it.kind })).collect();
    json!({
        "id": stage.id,
        "title": stage.title,
        "why": stage.why,
        "set": stage.set.as_str(),
        "opt_in": stage.opt_in,
        "layer": layer(stage),
        "record": stage.record_stage(),
        "material": stage.material,
        "tools": Table::in_use().recorded_by(stage).tools,
        "steps": steps,
        "evidence": evidence,
        "gate": stage.gate,
        "repeat": stage.repeat_for(&[]),
    })
}

fn layer(stage: &Stage) -> &str {
    &Table::in_use().recorded_by(stage).layer
}
