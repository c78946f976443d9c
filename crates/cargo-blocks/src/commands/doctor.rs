use std::path::Path;

use anyhow::Result;
use blocks_engine::{Cancel, Toolchain, Workspace, nix, tools};
use blocks_stages::{Stage, Table, Tool};
use serde_json::{Value, json};

use crate::{
    cli::{DoctorArgs, PlaceArgs},
    context,
    display::Display,
    exit::{NO_VERDICT, PASS},
    output::say,
    setup::{Consent, provide},
};

/// Says what this machine has and lacks. Exit status: 0 when nothing is missing, 3 otherwise,
/// because the stages that need it would give no verdict.
pub(crate) fn run(place: &PlaceArgs, args: &DoctorArgs) -> Result<u8> {
    let workspace = context::workspace(place)?;
    let toolchain = Toolchain::of(&workspace)?;
    let config = context::config(place, Some(&workspace))?.config;
    let is_asked = |stage: &Stage| config.is_enabled(&stage.id) && workspace.has_use_for(stage);
    let wanted = Table::in_use().tools_where(is_asked);
    if args.install {
        install(&workspace, &toolchain, &wanted, args.yes)?;
    }
    let findings: Vec<Finding> =
        wanted.iter().map(|tool| Finding::of(&workspace, &toolchain, tool)).collect();
    let whole = findings.iter().all(|finding| finding.found.is_some());
    if args.json {
        say(&format!("{:#}\n", report(&toolchain, &findings)))?;
    } else {
        say(&text(&toolchain, &findings))?;
    }
    Ok(if whole { PASS } else { NO_VERDICT })
}

struct Finding {
    tool: &'static Tool,
    found: Option<tools::Found>,
    to_add: String,
}

impl Finding {
    fn of(workspace: &Workspace, toolchain: &Toolchain, tool: &'static Tool) -> Self {
        let found = tools::find(workspace, toolchain, tool);
        let to_add = tools::plan(workspace, toolchain, tool).command_line();
        Self { tool, found, to_add }
    }
}

fn install(
    workspace: &Workspace,
    toolchain: &Toolchain,
    wanted: &[&Tool],
    yes: bool,
) -> Result<()> {
    let lacks = |tool: &&Tool| tools::find(workspace, toolchain, tool).is_none();
    let missing: Vec<&Tool> = wanted.iter().copied().filter(lacks).collect();
    let consent = if yes { Consent::Given } else { Consent::Ask };
    let display = Display::new();
    let cancel = Cancel::on_signals()?;
    provide(workspace, toolchain, &missing, consent, &cancel, &|event| display.show(&event))?;
    display.clear();
    Ok(())
}

fn text(toolchain: &Toolchain, findings: &[Finding]) -> String {
    let mut lines = vec![format!("✓ {}", toolchain.rustc), format!("✓ {}", toolchain.cargo)];
    for Finding { tool, found, to_add } in findings {
        match found {
            Some(found) => {
                lines.push(format!("✓ {} {} ({})", tool.id, found.version, found.path.display()));
            }
            None => lines.push(format!("✗ {}: {}\n  to add it: {to_add}", tool.id, tool.about)),
        }
    }
    lines.push(if has_nix() {
        "✓ nix: `nix flake check` runs the same stages, hermetically".to_owned()
    } else {
        "– no nix: stages run on this machine's own tools".to_owned()
    });
    lines.join("\n") + "\n"
}

fn report(toolchain: &Toolchain, findings: &[Finding]) -> Value {
    let tools: Vec<_> = findings
        .iter()
        .map(|Finding { tool, found, to_add }| {
            json!({
                "tool": tool.id,
                "version": found.as_ref().map(|it| &it.version),
                "path": found.as_ref().map(|it| &it.path),
                "to_add": found.is_none().then_some(to_add),
            })
        })
        .collect();
    json!({
        "rustc": toolchain.rustc,
        "cargo": toolchain.cargo,
        "nix": has_nix(),
        "tools": tools,
    })
}

fn has_nix() -> bool {
    nix::is_there(Path::new("nix"))
}
