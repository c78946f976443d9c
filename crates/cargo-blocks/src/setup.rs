use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use anyhow::Result;
use blocks_engine::{Cancel, Event, Sink, Toolchain, Workspace, tools};
use blocks_stages::Tool;

use crate::output::tell;

/// Whether tools may be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consent {
    /// No: say how it would be done.
    Never,
    /// Ask a person at a terminal before the machine itself is changed; where there is none, yes.
    Ask,
    /// Yes.
    Given,
}

/// Installs the tools that are missing, as far as it may and can. What is still missing afterwards
/// is a matter of the stages that need it: they give no verdict.
pub(crate) fn provide(
    workspace: &Workspace,
    toolchain: &Toolchain,
    missing: &[&Tool],
    consent: Consent,
    cancel: &Cancel,
    sink: Sink<'_>,
) -> Result<()> {
    for tool in missing {
        let plan = tools::plan(workspace, toolchain, tool);
        let ways = plan.command_line();
        if consent == Consent::Never {
            tell(&format!("missing: {} ({})\n  to add it: {ways}", tool.id, tool.about));
            continue;
        }
        if plan.beyond_the_workspace && consent == Consent::Ask && !agreed(&tool.id, &ways)? {
            tell(&format!("{} stays missing; to add it: {ways}", tool.id));
            continue;
        }
        sink(Event::Setup(format!("installing {}", tool.id)));
        match tools::install(workspace, &plan, cancel, sink) {
            Err(error @ blocks_engine::EngineError::Interrupted) => return Err(error.into()),
            Err(error) => tell(&error.to_string()),
            Ok(()) => {}
        }
    }
    Ok(())
}

fn agreed(tool: &str, ways: &str) -> Result<bool> {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Ok(true);
    }
    write!(io::stderr().lock(), "{tool} is missing. Run `{ways}`? [Y/n] ")?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}
