//! What `init` prints.

use std::fmt::Write as _;

use blocks_evidence::{printable, printable_line};
use blocks_fixes::{FileChange, patch};
use blocks_init::{Facts, Note, Plan, PlannedFile};
use serde_json::json;

use super::Fate;

/// The version of what `--json` prints.
const SCHEMA: u32 = 1;

/// What was found, and what would be written, as a diff.
pub(super) fn plan(facts: &Facts, plan: &Plan, is_shown: &dyn Fn(&PlannedFile) -> bool) -> String {
    let mut text = found(facts);
    let changes: Vec<_> = plan.files.iter().filter(|it| is_shown(it)).map(change).collect();
    if !changes.is_empty() {
        let patch = patch(&changes);
        let _ = write!(text, "\n{}", printable(&String::from_utf8_lossy(&patch)));
    }
    text
}

fn change(file: &PlannedFile) -> FileChange {
    FileChange {
        path: file.file.clone(),
        before: file.before.clone().unwrap_or_default(),
        after: file.after.clone().into(),
    }
}

/// A few lines about the workspace.
fn found(facts: &Facts) -> String {
    let count = facts.members.len();
    let names: Vec<_> = facts.members.iter().take(8).map(|it| it.name.as_str()).collect();
    let more = if count > names.len() { ", …" } else { "" };
    let kind = match (facts.is_virtual, count) {
        (_, 1) => "1 member".to_owned(),
        (true, _) => format!("{count} members"),
        (false, _) => format!("{count} members, one of them at the root"),
    };
    let mut text = format!("{kind}: {}{more}\n", names.join(", "));
    let programs: usize = facts.members.iter().map(|it| it.programs.len()).sum();
    let tests: usize = facts.members.iter().map(|it| it.tests).sum();
    let benches: usize = facts.members.iter().map(|it| it.benches.len()).sum();
    let _ = writeln!(text, "{programs} programs, {tests} test targets, {benches} benchmarks");
    if let Some(file) = &facts.toolchain {
        let name = match &file.toolchain {
            blocks_init::Toolchain::Channel(name) | blocks_init::Toolchain::Path(name) => name,
        };
        let _ = writeln!(text, "compiler: {name} ({})", file.file);
    }
    let versions: std::collections::BTreeSet<_> =
        facts.members.iter().filter_map(|it| it.rust_version.as_deref()).collect();
    if !versions.is_empty() {
        let versions: Vec<_> = versions.into_iter().collect();
        let _ = writeln!(text, "promised Rust: {}", versions.join(", "));
    }
    if let Some(origin) = &facts.origin {
        let branch = facts.branch.as_deref().map(|it| format!(", branch {it}")).unwrap_or_default();
        let _ = writeln!(text, "repository: {} at {}{branch}", origin.repository, origin.host);
    }
    text.lines().fold(String::new(), |out, line| out + &printable_line(line) + "\n")
}

/// What became of the files, and what there is to know.
pub(super) fn end(plan: &Plan, fates: &[Fate], is_written: bool) -> String {
    let mut text = "\n".to_owned();
    for (file, fate) in plan.files.iter().zip(fates) {
        let word = match (fate, is_written) {
            (Fate::Written, true) => "written",
            (Fate::Written, false) => "new",
            (Fate::Same, _) => "as it is",
            (Fate::Kept, _) => "kept",
        };
        let how = if *fate == Fate::Kept { replace_hint(&file.file) } else { String::new() };
        let _ = writeln!(text, "{word:8}  {}: {}{how}", file.file, file.what);
    }
    text += "\nto know before the first run\n";
    for it in &plan.notes {
        text += &note(it);
    }
    text += if is_written {
        "\nnext: cargo blocks check\n"
    } else {
        "\nnothing was written: cargo blocks init --write writes these files\n"
    };
    text
}

fn replace_hint(file: &str) -> String {
    format!("; it is there and stays as it is (--write --replace {file})")
}

fn note(note: &Note) -> String {
    let mut text = String::new();
    let mut lines = note.text.lines();
    let first = printable_line(lines.next().unwrap_or_default());
    let _ = writeln!(text, "- {}: {first}", note.about);
    for line in lines {
        let _ = writeln!(text, "    {}", printable_line(line));
    }
    if let Some(command) = &note.command {
        let _ = writeln!(text, "    {}", printable_line(command));
    }
    text
}

/// All of it, for programs.
pub(super) fn json(facts: &Facts, plan: &Plan, fates: &[Fate], is_written: bool) -> String {
    let file = |(file, fate): (&PlannedFile, &Fate)| {
        json!({
            "file": file.file,
            "what": file.what,
            "state": file.state(),
            "written": is_written && *fate == Fate::Written,
            "text": file.after,
        })
    };
    let files: Vec<_> = plan.files.iter().zip(fates).map(file).collect();
    let all = json!({ "schema": SCHEMA, "facts": facts, "files": files, "notes": plan.notes });
    // Maps with keys that are no texts cannot be written; there are none.
    serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
}
