use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use blocks_stages::{Install, Tool};

use super::{find::tools_folder, not_found, program::on_path};
use crate::{
    Cancel, EngineError, Event, Sink, Toolchain, Workspace,
    event::SETUP,
    process::{Capture, Limits, Outcome, Run, mark, run},
};

/// The longest that installing one tool may take.
const PATIENCE: Duration = Duration::from_hours(1);

/// How a missing tool can be had on this machine: the ways, the best one first. Each way is
/// commands that run one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The tool.
    pub tool: String,
    /// The ways to get it.
    pub ways: Vec<Vec<Vec<String>>>,
    /// Whether a way changes more than the workspace's own target folder, so that a person at a
    /// terminal is asked first.
    pub beyond_the_workspace: bool,
}

impl Plan {
    /// The best way as a line for a shell.
    pub fn command_line(&self) -> String {
        let line = |command: &Vec<String>| command.join(" ");
        let way = |way: &Vec<Vec<String>>| way.iter().map(line).collect::<Vec<_>>().join(" && ");
        self.ways.iter().map(way).collect::<Vec<_>>().join("   or   ")
    }
}

/// How `tool` can be had.
pub fn plan(workspace: &Workspace, toolchain: &Toolchain, tool: &Tool) -> Plan {
    let ways = match tool.install {
        Install::Cargo => vec![vec![cargo_install(&tools_folder(workspace), tool)]],
        Install::Llvm => llvm_ways(workspace, toolchain),
        Install::Distribution => apt_way(workspace, &tool.id).into_iter().collect(),
        Install::Toolchain => {
            let name = tool.version.clone().unwrap_or_default();
            vec![vec![rustup_install(&[name], &tool.components)]]
        }
        Install::RustVersion => vec![vec![rustup_install(&not_found(workspace, toolchain), &[])]],
    };
    Plan { tool: tool.id.clone(), ways, beyond_the_workspace: tool.install != Install::Cargo }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

/// A profile by which a tool is there in less time. Most ask for one that makes a program a little faster, and takes
/// half as long again to compile.
const PROFILE: [&str; 4] =
    ["--config", "profile.release.lto=false", "--config", "profile.release.codegen-units=16"];

fn cargo_install(root: &Path, tool: &Tool) -> Vec<String> {
    let version = tool.version.as_deref().unwrap_or("*");
    let root = root.to_string_lossy();
    let name = tool.crate_name();
    let command =
        words(&["cargo", "install", "--locked", name, "--version", version, "--root", &root]);
    [command, tool.install_with.clone(), words(&PROFILE)].concat()
}

fn rustup_install(names: &[String], components: &[String]) -> Vec<String> {
    let command = words(&["rustup", "toolchain", "install"]);
    let options = words(&["--profile", "minimal", "--no-self-update"]);
    let add = |component: &String| ["--component".to_owned(), component.clone()];
    let components: Vec<_> = components.iter().flat_map(add).collect();
    [&command, names, &options, &components].concat()
}

/// The toolchain's component where rustup manages it, the distribution's package otherwise.
fn llvm_ways(workspace: &Workspace, toolchain: &Toolchain) -> Vec<Vec<Vec<String>>> {
    let mut ways = Vec::new();
    if let Some((_, name)) = toolchain.sysroot.split_once("/toolchains/") {
        ways.push(vec![words(&["rustup", "component", "add", "llvm-tools", "--toolchain", name])]);
    }
    ways.extend(toolchain.llvm_major.and_then(|it| apt_way(workspace, &format!("llvm-{it}"))));
    ways
}

/// The commands that install a package of Debian's, where there is its package manager.
fn apt_way(workspace: &Workspace, package: &str) -> Option<Vec<Vec<String>>> {
    on_path(workspace, Path::new("apt-get"))?;
    let sudo: &[&str] = if rustix::process::geteuid().is_root() { &[] } else { &["sudo"] };
    let apt = |rest: &[&str]| words(&[sudo, &["apt-get"], rest].concat());
    let install = apt(&["install", "--yes", "--no-install-recommends", package]);
    Some(vec![apt(&["update"]), install])
}

/// Installs a tool by the first way that works; the reason of each that did not otherwise.
pub fn install(
    workspace: &Workspace,
    plan: &Plan,
    cancel: &Cancel,
    sink: Sink<'_>,
) -> Result<(), EngineError> {
    let folder = workspace.blocks();
    fs::create_dir_all(&folder).map_err(EngineError::file("make", &folder))?;
    let mut reasons = Vec::new();
    for way in &plan.ways {
        match go(workspace, way, cancel, sink)? {
            None => return Ok(()),
            Some(reason) => reasons.push(reason),
        }
    }
    if reasons.is_empty() {
        reasons.push("no way to install it is known on this machine".to_owned());
    }
    Err(EngineError::Install { tool: plan.tool.clone(), reason: reasons.join("\n") })
}

/// Runs the commands of a way; the reason where one failed.
fn go(
    workspace: &Workspace,
    way: &[Vec<String>],
    cancel: &Cancel,
    sink: Sink<'_>,
) -> Result<Option<String>, EngineError> {
    for command in way {
        let line = command.join(" ");
        sink(Event::Setup(line.clone()));
        let capture = Capture::default();
        let step = Run {
            command,
            folder: &workspace.root,
            environment: &workspace.environment,
            mark: mark(&workspace.blocks(), SETUP),
            stdout: None,
            stderr: None,
        };
        let tick = || {
            if let Some(text) = capture.new_line() {
                sink(Event::aside(text));
            }
        };
        let limits = Limits { deadline: Instant::now() + PATIENCE, cancel, tick: &tick };
        match run(step, &capture, limits) {
            Ok(Outcome::Exited(0)) => {}
            Ok(Outcome::Cancelled) => return Err(EngineError::Interrupted),
            Ok(_) => return Ok(Some(format!("`{line}` failed:\n{}", last_words(&capture)))),
            Err(error) => return Ok(Some(format!("`{line}`: {error}"))),
        }
    }
    Ok(None)
}

/// The last five lines of a log.
fn last_words(capture: &Capture) -> String {
    let mut log = Vec::new();
    let _ = capture.with_log(|it| it.write_to(&mut log));
    let text = String::from_utf8_lossy(&log);
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(5)..].join("\n")
}
