//! The text of `cargo blocks explain`.

use blocks_config::{Effective, Key};
use blocks_stages::{Stage, Table};

/// What a stage runs and why.
pub(crate) fn of_stage(stage: &Stage) -> String {
    let row = Table::embedded().recorded_by(stage);
    let mut lines =
        vec![format!("{}: {}", stage.id, stage.title), format!("  {}", stage.why), String::new()];
    if row.id == stage.id {
        lines.push("runs:".to_owned());
    } else {
        lines.push(format!("runs nothing; it judges what `{}` left:", row.id));
    }
    lines.extend(row.steps.iter().map(|step| format!("  {}", step.run.join(" "))));
    lines.push("leaves, as evidence:".to_owned());
    lines.extend(row.evidence.iter().map(|it| format!("  {} ({})", it.file, it.kind)));
    if !row.tools.is_empty() {
        lines.push(format!("needs: {}", row.tools.join(", ")));
    }
    if let Some(layer) = Table::embedded().layer(&row.layer) {
        lines.push(format!("builds on the layer `{}`: {}", layer.id, layer.about));
    }
    lines.push(format!("the same by hand: {}", stage.repeat_for(&[])));
    lines.push(format!("switched by: stages.{}.enabled", stage.id));
    lines.join("\n") + "\n"
}

/// What a setting means, and where its value comes from.
pub(crate) fn of_key(path: &str, key: &Key, effective: &Effective) -> String {
    format!(
        "{path} = {} ({})\n  {}\n  takes {}; default {}; unit: {}\n",
        or_none(&effective.value),
        effective.origin,
        key.meaning,
        key.accepts(),
        or_none(&key.default_value()),
        or_none(key.unit),
    )
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}
