//! The table of stages as a page.

use std::fmt::Write as _;

use blocks_stages::{Scope, Stage, Table};

use crate::escape::escaped;

/// The catalogue of all stages as Markdown (GitHub flavour): a table, and of each stage why one asks, what runs, what
/// it leaves as evidence, and which gate judges that. Texts of a workspace's own stages stay texts.
pub fn catalogue_markdown(table: &Table) -> String {
    let mut out = String::from("# Stages\n\n");
    out.push_str(
        "Written by `cargo blocks stages --markdown`, from the table that both engines run.\n\n",
    );
    out.push_str("| Stage | What | Set | Asked of | Layer | Tools | Gate |\n");
    out.push_str("| --- | --- | --- | --- | --- | --- | --- |\n");
    for stage in &table.stages {
        let row = table.recorded_by(stage);
        let _ = writeln!(
            out,
            "| [{}](#{}) | {} | {} | {} | {} | {} | {} |",
            stage.id,
            stage.id,
            escaped(&stage.title),
            set(stage),
            scope(stage.scope),
            escaped(&row.layer),
            tools(table, stage),
            escaped(&stage.gate),
        );
    }
    out.push_str("\nNames that stand for several of them:\n\n| Group | What | Stages |\n| --- | --- | --- |\n");
    for group in &table.groups {
        let stages =
            table.named(&group.id).into_iter().map(|it| format!("[{}](#{})", it.id, it.id));
        let stages = stages.collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "| {} | {} | {stages} |", code(&group.id), escaped(&group.title));
    }
    for stage in &table.stages {
        push_stage(&mut out, table, stage);
    }
    out
}

fn push_stage(out: &mut String, table: &Table, stage: &Stage) {
    let row = table.recorded_by(stage);
    let _ = writeln!(
        out,
        "\n## {}\n\n**{}.** {}\n",
        stage.id,
        escaped(&stage.title),
        escaped(&stage.why)
    );
    let material = stage.material.as_deref().and_then(|id| table.material(id));
    if let Some(material) = material {
        let _ =
            writeln!(out, "Of the workspace and of the baseline, each once (`{}`):\n", material.id);
        push_steps(out, material);
        out.push_str("\nTo compare the two:\n\n");
        push_steps(out, row);
    } else if row.id == stage.id {
        out.push_str("Runs:\n\n");
        push_steps(out, row);
    } else {
        let _ = writeln!(out, "Runs nothing: it judges what [{}](#{}) left.", row.id, row.id);
    }
    let files = row.evidence.iter().map(|it| format!("{} ({})", code(&it.file), escaped(&it.kind)));
    let files: Vec<_> = files.collect();
    let _ = writeln!(
        out,
        "\nEvidence: {}; judged by the gate {}.",
        files.join(", "),
        code(&stage.gate)
    );
    if stage.compares {
        out.push_str("Where there is a baseline, it is compared with that.\n");
    }
    let _ = writeln!(
        out,
        "\nBy hand: {}. {} {}.",
        code(&stage.repeat_for(&[])),
        if stage.opt_in { "Opt-in: switched on by" } else { "Switched by" },
        code(&format!("stages.{}.enabled", stage.id))
    );
}

/// What a row runs, with the places of settings as the table has them: which setting counts says more than its value.
fn push_steps(out: &mut String, row: &Stage) {
    let table = Table::embedded();
    let row = table.stage(&row.id).or_else(|| table.material(&row.id)).unwrap_or(row);
    for step in &row.steps {
        let engine = match step.engine {
            Some(blocks_stages::Engine::Host) => " (on the host)",
            Some(blocks_stages::Engine::Nix) => " (by Nix)",
            None => "",
        };
        let _ = writeln!(out, "- {}{engine}", code(&step.run.join(" ")));
    }
    // Only rows of the table have files, and their texts hold no fence.
    for file in &row.files {
        let language = file.name.rsplit_once('.').map_or("sh", |(_, extension)| extension);
        let _ = write!(out, "\n`{{record}}/{}`:\n\n```{language}\n{}", file.name, file.text);
        out.push_str("```\n");
    }
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

fn tools(table: &Table, stage: &Stage) -> String {
    let row = table.recorded_by(stage);
    let material = stage.material.as_deref().and_then(|id| table.material(id));
    let all = row.tools.iter().chain(material.into_iter().flat_map(|it| &it.tools));
    let all: Vec<_> = all.map(|tool| escaped(tool)).collect();
    if all.is_empty() { "–".to_owned() } else { all.join(", ") }
}

fn set(stage: &Stage) -> String {
    let opt_in = if stage.opt_in { ", opt-in" } else { "" };
    format!("{}{opt_in}", stage.set.as_str())
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Workspace => "the workspace",
        Scope::Member => "each member",
    }
}
