//! The text of `cargo blocks explain`.

use blocks_config::{Effective, Key};
use blocks_stages::{Group, Stage, Table};

/// What a stage runs and why.
pub(crate) fn of_stage(stage: &Stage) -> String {
    let row = Table::in_use().recorded_by(stage);
    let mut lines =
        vec![format!("{}: {}", stage.id, stage.title), format!("  {}", stage.why), String::new()];
    if row.id != stage.id {
        lines.push(format!("runs nothing; it judges what `{}` left:", row.id));
    } else if let Some(material) =
        stage.material.as_ref().and_then(|id| Table::in_use().material(id))
    {
        lines.push(format!("records `{}`, of the workspace and of the baseline:", material.id));
        lines.extend(material.steps.iter().map(|step| format!("  {}", step.run.join(" "))));
        lines.push("runs, to compare the two:".to_owned());
    } else {
        lines.push("runs:".to_owned());
    }
    lines.extend(row.steps.iter().map(|step| format!("  {}", step.run.join(" "))));
    lines.push("leaves, as evidence:".to_owned());
    lines.extend(row.evidence.iter().map(|it| format!("  {} ({})", it.file, it.kind)));
    if !row.tools.is_empty() {
        lines.push(format!("needs: {}", row.tools.join(", ")));
    }
    if let Some(layer) = Table::in_use().layer(&row.layer) {
        lines.push(format!("builds on the layer `{}`: {}", layer.id, layer.about));
    }
    lines.push(format!("the same by hand: {}", stage.repeat_for(&[])));
    let switched = if stage.opt_in { "opt-in, switched on by" } else { "switched by" };
    lines.push(format!("{switched}: stages.{}.enabled", stage.id));
    lines.join("\n") + "\n"
}

/// Which stages a group stands for.
pub(crate) fn of_group(group: &Group) -> String {
    let stages = Table::in_use().named(&group.id);
    let width = Table::in_use().id_width() + 1;
    let stages = stages.iter().map(|stage| format!("  {:<width$} {}\n", stage.id, stage.title));
    format!("{}: {}\nstands for:\n{}", group.id, group.title, stages.collect::<String>())
}

/// What a setting means, and where its value comes from.
pub(crate) fn of_key(path: &str, key: &Key, effective: &Effective, default: &str) -> String {
    format!(
        "{path} = {} ({})\n  {}\n  takes {}; default {}; unit: {}\n",
        or_none(&effective.value),
        effective.origin,
        key.meaning,
        key.accepts(),
        or_none(default),
        or_none(key.unit),
    )
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}
