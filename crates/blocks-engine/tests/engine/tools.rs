//! Tools are found where they will do, and installed by a way that works.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::Mutex,
};

use crate::bench::Bench;
use blocks_engine::{
    EngineError, Event, Toolchain, Workspace,
    tools::{Plan, find, find_llvm, install, plan},
};
use blocks_stages::{Install, Tool};

/// A machine whose programs are those of two folders.
struct Machine {
    bench: Bench,
    workspace: Workspace,
    toolchain: Toolchain,
}

impl Machine {
    fn new() -> Self {
        let bench = Bench::new(&[]);
        let mut workspace = bench.workspace.clone();
        let path = std::env::join_paths(["programs", "more"].map(|folder| bench.path(folder)));
        workspace.environment = vec![("PATH".into(), path.expect("a path"))];
        let toolchain = Toolchain {
            rustc: "rustc 1.95.0".to_owned(),
            cargo: "cargo 1.95.0".to_owned(),
            host: "triple".to_owned(),
            // No machine has it, so only the programs of a test can have this major version.
            llvm_major: Some(99),
            sysroot: bench.path("sysroot").display().to_string(),
        };
        Self { bench, workspace, toolchain }
    }

    /// Writes a program; the folder is below the workspace.
    fn program(&self, path: &str, script: &str) -> PathBuf {
        let path = self.bench.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("made executable");
        path
    }

    fn set(&mut self, name: &str, value: &Path) {
        self.workspace.environment.push((name.into(), value.into()));
    }

    fn find(&self, tool: &Tool) -> Option<(String, PathBuf)> {
        find(&self.workspace, &self.toolchain, tool).map(|found| (found.version, found.path))
    }

    fn install(&self, ways: &[&[&str]]) -> (Result<(), EngineError>, Vec<Event>) {
        let way = |way: &&[&str]| {
            way.iter().map(|line| line.split(' ').map(str::to_owned).collect()).collect()
        };
        let ways = ways.iter().map(way).collect();
        let plan = Plan { tool: "cargo-tool".to_owned(), ways, beyond_the_workspace: false };
        let events = Mutex::new(Vec::new());
        let sink = |event| events.lock().expect("events").push(event);
        let result = install(&self.workspace, &plan, &self.bench.cancel, &sink);
        (result, events.into_inner().expect("events"))
    }
}

fn cargo_tool() -> Tool {
    Tool {
        id: "cargo-tool".to_owned(),
        about: String::new(),
        minimum: Some("0.9.100".to_owned()),
        version: Some("0.9.143".to_owned()),
        components: Vec::new(),
        install: Install::Cargo,
        package: None,
        install_with: Vec::new(),
    }
}

fn llvm_tools() -> Tool {
    Tool { id: "llvm-tools".to_owned(), install: Install::Llvm, ..cargo_tool() }
}

const OWN: &str = "target/blocks/tools/bin/cargo-tool";

#[test]
fn a_tool_is_found_on_the_path_when_it_is_new_enough() {
    let machine = Machine::new();
    assert_eq!(machine.find(&cargo_tool()), None);
    machine.program("programs/cargo-tool", "echo cargo-tool 0.9.99");
    assert_eq!(machine.find(&cargo_tool()), None, "too old");
    let path = machine.program("programs/cargo-tool", "echo cargo-tool 0.10.0");
    assert_eq!(machine.find(&cargo_tool()), Some(("0.10.0".to_owned(), path.clone())));
    let any = Tool { minimum: None, ..cargo_tool() };
    machine.program("programs/cargo-tool", "echo cargo-tool 0.0.1");
    assert_eq!(machine.find(&any), Some(("0.0.1".to_owned(), path)));
}

#[test]
fn a_tool_that_an_earlier_run_installed_comes_before_the_path() {
    let machine = Machine::new();
    let path = machine.program("programs/cargo-tool", "echo cargo-tool 0.9.200");
    let own = machine.program(OWN, "echo cargo-tool 0.9.143");
    assert_eq!(machine.find(&cargo_tool()), Some(("0.9.143".to_owned(), own)));
    machine.program(OWN, "echo cargo-tool 0.9.1");
    assert_eq!(machine.find(&cargo_tool()), Some(("0.9.200".to_owned(), path)));
}

#[test]
fn what_is_no_working_program_is_no_tool() {
    let machine = Machine::new();
    for script in ["exit 1", "echo no version", "echo cargo-tool 0.9.143; exit 1"] {
        machine.program("programs/cargo-tool", script);
        assert_eq!(machine.find(&cargo_tool()), None, "{script}");
    }
    let path = machine.program("programs/cargo-tool", "echo 0.9.143");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("no program");
    assert_eq!(machine.find(&cargo_tool()), None, "not executable");
    let more = machine.program("more/cargo-tool", "echo 0.9.143");
    let found = machine.find(&cargo_tool());
    assert_eq!(found, Some(("0.9.143".to_owned(), more)), "nor in the way of one that is");
}

#[test]
fn a_subcommand_is_asked_as_cargo_would() {
    let machine = Machine::new();
    let script = "[ \"$*\" = 'tool --version' ] && echo 0.9.143";
    machine.program("programs/cargo-tool", script);
    assert!(machine.find(&cargo_tool()).is_some());
}

fn nightly() -> Tool {
    Tool {
        id: "rust-nightly".to_owned(),
        minimum: None,
        version: Some("nightly".to_owned()),
        install: Install::Toolchain,
        ..cargo_tool()
    }
}

#[test]
fn a_toolchain_is_one_of_rustups_that_its_steps_then_use() {
    let machine = Machine::new();
    let find = || find(&machine.workspace, &machine.toolchain, &nightly());
    assert_eq!(find(), None, "no rustc");
    machine.program("programs/rustc", "echo rustc 1.95.0 '(59807616e 2026-04-14)'");
    assert_eq!(find(), None, "a rustc that knows of no toolchains");
    let words =
        "[ $RUSTUP_TOOLCHAIN = nightly ] && echo rustc 1.97.0-nightly '(e50aa6fba 2026-05-19)'";
    let path = machine.program("programs/rustc", words);
    let found = find().expect("there");
    assert_eq!(
        (found.version.as_str(), found.path),
        ("1.97.0-nightly (e50aa6fba 2026-05-19)", path)
    );
    assert_eq!(found.environment, [("RUSTUP_TOOLCHAIN".into(), "nightly".into())]);
    let plan = plan(&machine.workspace, &machine.toolchain, &nightly());
    assert!(plan.beyond_the_workspace, "rustup's toolchains are everybody's");
    let line = "rustup toolchain install nightly --profile minimal --no-self-update";
    assert_eq!(plan.command_line(), line);
}

#[test]
fn a_toolchain_without_a_component_is_missing_and_the_command_names_it() {
    let machine = Machine::new();
    let sysroot = machine.bench.path("nightly");
    let script = format!(
        "case $1 in --print) echo {} ;; *) echo rustc 1.97.0-nightly '(e50aa6fba 2026-05-19)' ;; esac",
        sysroot.display()
    );
    machine.program("programs/rustc", &script);
    let components = vec!["miri".to_owned(), "rust-src".to_owned()];
    let miri = Tool { id: "rust-miri".to_owned(), components, ..nightly() };
    let find = || find(&machine.workspace, &machine.toolchain, &miri);
    assert_eq!(find(), None, "a toolchain that lists none");
    let list = sysroot.join("lib/rustlib/components");
    fs::create_dir_all(list.parent().expect("a folder")).expect("a folder");
    fs::write(&list, "rustc-x86_64-unknown-linux-gnu\nrust-src\n").expect("written");
    assert_eq!(find(), None, "only one of two");
    fs::write(&list, "rust-src\nmiri-preview-x86_64-unknown-linux-gnu\n").expect("written");
    assert_eq!(find().expect("there").environment, [("RUSTUP_TOOLCHAIN".into(), "nightly".into())]);
    let line = "rustup toolchain install nightly --profile minimal --no-self-update \
                --component miri --component rust-src";
    let plan = plan(&machine.workspace, &machine.toolchain, &miri);
    assert_eq!(plan.command_line(), line);
}

#[test]
fn promised_releases_are_toolchains_of_rustups_or_the_workspaces_own() {
    let machine = Machine::new();
    let promised = Tool { install: Install::RustVersion, version: None, ..nightly() };
    let members = |versions: &[Option<&str>]| {
        let mut workspace = machine.workspace.clone();
        let package = |(at, version): (usize, Option<&str>)| blocks_engine::Package {
            name: format!("member-{at}"),
            folder: String::new(),
            authors: Vec::new(),
            rust_version: version.map(str::to_owned),
            features: Vec::new(),
            dependencies: Vec::new(),
        };
        workspace.packages = versions.iter().copied().enumerate().map(package).collect();
        workspace
    };
    let toolchain = Toolchain { rustc: "rustc 1.95.0 (x)".to_owned(), ..machine.toolchain.clone() };
    let words = "case $RUSTUP_TOOLCHAIN in 1.70) echo rustc 1.70.0 '(y)' ;; '') echo rustc 1.95.0 ;; *) exit 1 ;; esac";
    machine.program("programs/rustc", words);
    let several = members(&[Some("1.95.0"), None, Some("1.70.0"), Some("1.95.0")]);
    let found = find(&several, &toolchain, &promised).expect("there");
    assert_eq!(found.version, "1.95.0 of member-0, member-3; 1.70.0 of member-2");
    let lines = "1.95.0 - member-0\n1.95.0 - member-3\n1.70.0 1.70 member-2";
    assert_eq!(found.environment, [("BLOCKS_RUST_VERSIONS".into(), lines.into())]);
    assert_eq!(find(&members(&[None]), &toolchain, &promised).expect("none").version, "none");
    let missing = members(&[Some("1.70.0"), Some("1.60.0")]);
    assert_eq!(find(&missing, &toolchain, &promised), None);
    let line = "rustup toolchain install 1.60.0 --profile minimal --no-self-update";
    assert_eq!(plan(&missing, &toolchain, &promised).command_line(), line);
}

#[test]
fn llvm_of_another_major_version_is_not_taken() {
    let machine = Machine::new();
    let find = || find_llvm(&machine.workspace, &machine.toolchain);
    let cov = machine.program("programs/llvm-cov", "echo LLVM version 98.1.0");
    let profdata = machine.program("programs/llvm-profdata", "echo LLVM version 98.1.0");
    assert_eq!(find(), None);
    machine.program("programs/llvm-cov", "echo LLVM version 99.1.0");
    assert_eq!(find(), None, "a profdata of another major version reads other profiles");
    machine.program("programs/llvm-profdata", "echo LLVM version 99.1.2");
    let found = find().expect("tools that fit");
    assert_eq!((found.cov, found.profdata), (cov, profdata));
    assert_eq!(found.version, "99.1.0");
    let without = Toolchain { llvm_major: None, ..machine.toolchain.clone() };
    assert_eq!(find_llvm(&machine.workspace, &without), None, "a compiler without LLVM");
}

#[test]
fn llvm_is_what_the_variables_name_then_the_component_then_the_distributions() {
    let mut machine = Machine::new();
    let says = "echo LLVM version 99.1.0";
    let add = |machine: &Machine, folder: &str, suffix: &str| {
        machine.program(&format!("{folder}/llvm-profdata{suffix}"), says);
        machine.program(&format!("{folder}/llvm-cov{suffix}"), says)
    };
    let stage = add(&machine, "programs", "-99");
    assert_eq!(machine.find(&llvm_tools()), Some(("99.1.0".to_owned(), stage)));
    let component = add(&machine, "sysroot/lib/rustlib/triple/bin", "");
    assert_eq!(machine.find(&llvm_tools()), Some(("99.1.0".to_owned(), component.clone())));
    let named = add(&machine, "elsewhere", "");
    machine.set("LLVM_COV", &named);
    assert_eq!(machine.find(&llvm_tools()).expect("tools").1, component, "both or none");
    machine.set("LLVM_PROFDATA", &machine.bench.path("elsewhere/llvm-profdata"));
    let found = find(&machine.workspace, &machine.toolchain, &llvm_tools()).expect("tools");
    assert_eq!(found.path, named);
    let expected = [("LLVM_COV", "llvm-cov"), ("LLVM_PROFDATA", "llvm-profdata")]
        .map(|(name, file)| (name.into(), machine.bench.path("elsewhere").join(file).into()));
    assert_eq!(found.environment, expected);
}

#[test]
fn a_cargo_tool_is_installed_into_the_workspaces_target_folder() {
    let machine = Machine::new();
    let plan = plan(&machine.workspace, &machine.toolchain, &cargo_tool());
    let folder = machine.workspace.blocks().join("tools");
    let line =
        format!("cargo install --locked cargo-tool --version 0.9.143 --root {}", folder.display());
    let profile = " --config profile.release.lto=false --config profile.release.codegen-units=16";
    let whole = format!("{line}{profile}");
    assert_eq!((plan.command_line(), plan.beyond_the_workspace), (whole, false));
    let other = Tool {
        package: Some("tool-cli".to_owned()),
        install_with: vec!["--no-default-features".to_owned()],
        ..cargo_tool()
    };
    let other = blocks_engine::tools::plan(&machine.workspace, &machine.toolchain, &other);
    let line = line.replace("cargo-tool", "tool-cli") + " --no-default-features" + profile;
    assert_eq!(other.command_line(), line, "a crate may be called otherwise than its program");
}

#[test]
fn llvm_comes_from_rustup_and_from_the_distribution_as_far_as_they_are_there() {
    let mut machine = Machine::new();
    let plan_of = |machine: &Machine| plan(&machine.workspace, &machine.toolchain, &llvm_tools());
    assert_eq!(plan_of(&machine).command_line(), "");
    assert!(plan_of(&machine).beyond_the_workspace);
    machine.toolchain.sysroot = "/home/u/.rustup/toolchains/1.95.0-x".to_owned();
    let rustup = "rustup component add llvm-tools --toolchain 1.95.0-x";
    assert_eq!(plan_of(&machine).command_line(), rustup);
    machine.program("programs/apt-get", "");
    let line = plan_of(&machine).command_line().replace("sudo ", "");
    let apt = "apt-get update && apt-get install --yes --no-install-recommends llvm-99";
    assert_eq!(line, format!("{rustup}   or   {apt}"));
}

#[test]
fn a_program_of_the_distribution_is_taken_from_path_or_from_its_package() {
    let machine = Machine::new();
    let tool = Tool {
        id: "blocks-no-such-program".to_owned(),
        install: Install::Distribution,
        minimum: None,
        version: None,
        ..llvm_tools()
    };
    let plan_of = || plan(&machine.workspace, &machine.toolchain, &tool);
    assert_eq!(plan_of().ways.len(), 0, "no package manager that is known");
    machine.program("programs/apt-get", "");
    let line = plan_of().command_line().replace("sudo ", "");
    let apt =
        "apt-get update && apt-get install --yes --no-install-recommends blocks-no-such-program";
    assert_eq!(line, apt);
    assert!(plan_of().beyond_the_workspace);
    let path = machine.program("programs/blocks-no-such-program", "echo program-3.19.0");
    assert_eq!(machine.find(&tool), Some(("3.19.0".to_owned(), path)));
}

#[test]
fn a_way_that_fails_is_followed_by_the_next() {
    let machine = Machine::new();
    machine.program("programs/bad", "echo no network >&2; exit 7");
    machine.program("programs/good", "echo fetched; echo \"$@\" > got");
    let (result, events) = machine.install(&[&["bad one", "good not-reached"], &["good two"]]);
    result.expect("installed");
    assert_eq!(fs::read_to_string(machine.bench.path("got")).expect("read"), "two\n");
    let setups: Vec<_> =
        events.into_iter().filter(|event| matches!(event, Event::Setup(_))).collect();
    assert_eq!(setups, [Event::Setup("bad one".to_owned()), Event::Setup("good two".to_owned())]);
}

#[test]
fn all_commands_of_a_way_run_in_order() {
    let machine = Machine::new();
    machine.program(
        "programs/note",
        "echo \"$1\" >> notes; i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done",
    );
    machine.install(&[&["note first", "note second"], &["note third"]]).0.expect("installed");
    assert_eq!(fs::read_to_string(machine.bench.path("notes")).expect("read"), "first\nsecond\n");
}

#[test]
fn when_no_way_works_the_reason_of_each_is_told() {
    let machine = Machine::new();
    let words = "for i in 1 2 3 4 5 6; do echo line $i >&2; done; exit 7";
    machine.program("programs/bad", words);
    let (result, _) = machine.install(&[&["bad one"], &["no-such-program two"]]);
    let error = result.expect_err("no way").to_string();
    assert!(error.contains("`bad one` failed:\nline 2\n"), "the last five lines: {error}");
    assert!(error.contains("`no-such-program two`: No such file"), "{error}");
    let (result, _) = machine.install(&[]);
    let error = result.expect_err("no way").to_string();
    assert!(error.ends_with("no way to install it is known on this machine"), "{error}");
}

#[test]
fn an_installation_can_be_interrupted() {
    let machine = Machine::new();
    machine.program("programs/slow", "while :; do :; done");
    machine.bench.cancel.set();
    let (result, _) = machine.install(&[&["slow"], &["slow"]]);
    assert!(matches!(result, Err(EngineError::Interrupted)), "{result:?}");
}
