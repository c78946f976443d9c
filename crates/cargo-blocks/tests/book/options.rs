//! `docs/options.md`: what a flake can give to Blocks, from the table that arguments are compared with.

use std::fmt::Write as _;

use toml::{Table, Value};

use crate::{committed, markdown::escaped, read};

/// Who takes an option, and what that is, in the order in which somebody meets them.
const TAKERS: [(&str, &str); 3] = [
    ("mkFlake", "all outputs of a flake, for each system: `blocks.lib.mkFlake { src = ./.; }`"),
    (
        "mkPipeline",
        "one system of a flake that has outputs of its own: `blocks.lib.mkPipeline { … }`",
    ),
    ("flakeModule", "a flake of flake-parts: `imports = [ inputs.blocks.flakeModules.default ];`"),
];

fn text<'a>(row: &'a Table, key: &str) -> &'a str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn rows<'a>(table: &'a Table, key: &str) -> Vec<&'a Table> {
    let rows = table.get(key).and_then(Value::as_array).expect("rows");
    rows.iter().map(|row| row.as_table().expect("a row")).collect()
}

fn takers(option: &Table) -> Vec<&str> {
    let names = option.get("of").and_then(Value::as_array).expect("who takes it");
    names.iter().map(|name| name.as_str().expect("a name")).collect()
}

/// The section of one option. `wants` says of its type what a value is.
fn section(option: &Table, wants: &str) -> String {
    let mut out = format!("## {}\n\n{}\n\n", text(option, "name"), escaped(text(option, "about")));
    let takers: Vec<String> = takers(option).iter().map(|name| format!("`{name}`")).collect();
    let _ = writeln!(out, "- Of: {}", takers.join(", "));
    let _ = writeln!(out, "- Takes: {}", escaped(wants));
    let default = text(option, "default");
    if default.is_empty() {
        let _ = writeln!(out, "- Has to be given");
    } else if default.starts_with(['"', '[', '{']) || default.contains(':') {
        let _ = writeln!(out, "- Default: `{default}`");
    } else {
        let _ = writeln!(out, "- Default: {}", escaped(default));
    }
    let example = text(option, "example");
    if !example.is_empty() {
        let _ = write!(out, "\n```nix\n{} = {example};\n```\n", text(option, "name"));
    }
    out + "\n"
}

#[test]
fn the_chapter_of_options_is_the_table_of_arguments() {
    let table: Table = read("nix/options.toml").parse().expect("a table");
    let types = rows(&table, "type");
    let options = rows(&table, "option");
    assert!(options.len() > 10, "{options:?}");
    let mut page = "# Options of the flake\n
Written from the table that Blocks compares arguments with. Only who uses Nix needs them, and most flakes need `src` alone. What
the host engine has as well is a setting of [the configuration](configuration.md), and no option.\n\n"
        .to_owned();
    for (name, about) in TAKERS {
        let _ = writeln!(page, "- `{name}`: {about}");
    }
    page.push('\n');
    for option in options {
        let known = takers(option).iter().all(|name| TAKERS.iter().any(|(taker, _)| taker == name));
        assert!(known, "{option:?}");
        let of_type = types.iter().find(|row| text(row, "id") == text(option, "type"));
        page += &section(option, text(of_type.expect("a type of the table"), "wants"));
    }
    committed("options.md", &format!("{}\n", page.trim_end()));
}
