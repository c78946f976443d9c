use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use blocks_stages::Tool;

use super::{Found, program::on_path};
use crate::{Toolchain, Workspace};

/// The variable by which rustup's stand-ins for cargo and rustc choose a toolchain.
const CHOICE: &str = "RUSTUP_TOOLCHAIN";

/// The variable in which steps find the versions that members promise: see the stage `msrv` of the table.
const PROMISED: &str = "BLOCKS_RUST_VERSIONS";

/// The word there for the workspace's own toolchain.
const OWN: &str = "-";

/// Finds a toolchain that rustup manages, by the channel that the tool's row names.
pub(super) fn find_toolchain(workspace: &Workspace, tool: &Tool) -> Option<Found> {
    let channel = tool.version.as_deref()?;
    let (path, version) = ask(workspace, channel)?;
    let has_all = || has_components(workspace, channel, &tool.components);
    (is_of(channel, &version) && has_all()).then(|| Found {
        version,
        path,
        environment: vec![(OsString::from(CHOICE), channel.into())],
    })
}

/// Finds the toolchains of all versions that members promise; none where one is not on this machine.
pub(super) fn find_promised(workspace: &Workspace, own: &Toolchain) -> Option<Found> {
    let mut lines = Vec::new();
    let mut versions = Vec::new();
    for (version, members) in promised(workspace) {
        let from = name_of(workspace, own, &version)?;
        lines.extend(members.iter().map(|member| format!("{version} {from} {member}")));
        versions.push(format!("{version} of {}", members.join(", ")));
    }
    let version = if versions.is_empty() { "none".to_owned() } else { versions.join("; ") };
    let path = on_path(workspace, Path::new("rustc"))?;
    Some(Found { version, path, environment: vec![(PROMISED.into(), lines.join("\n").into())] })
}

/// The versions that members promise and no toolchain here has.
pub(super) fn not_found(workspace: &Workspace, own: &Toolchain) -> Vec<String> {
    let lacks = |version: &String| name_of(workspace, own, version).is_none();
    promised(workspace).into_iter().map(|(version, _)| version).filter(lacks).collect()
}

/// Each version that is promised, with those who promise it, in the order of the members.
fn promised(workspace: &Workspace) -> Vec<(String, Vec<String>)> {
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for package in &workspace.packages {
        let Some(version) = &package.rust_version else { continue };
        match all.iter_mut().find(|(other, _)| other == version) {
            Some((_, members)) => members.push(package.name.clone()),
            None => all.push((version.clone(), vec![package.name.clone()])),
        }
    }
    all
}

/// What chooses the toolchain of a release: the workspace's own where it is of it, or a name of rustup's, which keeps
/// `1.70.0` and `1.70` apart.
fn name_of(workspace: &Workspace, own: &Toolchain, release: &str) -> Option<String> {
    let is_it = |said: &str| is_of(release, said);
    if own.rustc.strip_prefix("rustc ").is_some_and(is_it) {
        return Some(OWN.to_owned());
    }
    let names = [Some(release), release.strip_suffix(".0")];
    let is_there = |name: &&str| ask(workspace, name).is_some_and(|(_, said)| is_it(&said));
    names.into_iter().flatten().find(is_there).map(str::to_owned)
}

/// Whether a toolchain of rustup's has components. It lists them, each by its name, with `-preview` for some and with
/// the machine's triple for most: `rust-src`, `miri-preview-x86_64-unknown-linux-gnu`.
fn has_components(workspace: &Workspace, name: &str, wanted: &[String]) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let Some((_, sysroot)) = run(workspace, name, &["--print", "sysroot"]) else { return false };
    let list = Path::new(sysroot.trim()).join("lib/rustlib/components");
    let Ok(list) = fs::read_to_string(list) else { return false };
    let is_there = |component: &String| list.lines().any(|line| is_component(line, component));
    wanted.iter().all(is_there)
}

fn is_component(line: &str, component: &str) -> bool {
    let Some(rest) = line.strip_prefix(component) else { return false };
    let rest = rest.strip_prefix("-preview").unwrap_or(rest);
    // A triple has three parts and more; `rust` is no `rust-src`.
    rest.is_empty() || (rest.starts_with('-') && rest.matches('-').count() >= 3)
}

/// The path of rustc, and what it says that it is, where rustup chooses the toolchain of a name.
///
/// A rustc that is not rustup's does not know of the choice, so that its words have to be looked at.
fn ask(workspace: &Workspace, name: &str) -> Option<(PathBuf, String)> {
    let (rustc, said) = run(workspace, name, &["--version"])?;
    Some((rustc, said.trim().strip_prefix("rustc ")?.to_owned()))
}

/// The path of rustc, and what it prints, where rustup chooses the toolchain of a name.
fn run(workspace: &Workspace, name: &str, arguments: &[&str]) -> Option<(PathBuf, String)> {
    let rustc = on_path(workspace, Path::new("rustc"))?;
    let output = Command::new(&rustc)
        .args(arguments)
        .current_dir(&workspace.root)
        .env_clear()
        .envs(workspace.environment.iter().cloned())
        .env(CHOICE, name)
        // Finding out changes nothing; before something is installed a person is asked.
        .env("RUSTUP_AUTO_INSTALL", "0")
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    Some((rustc, String::from_utf8(output.stdout).ok()?))
}

/// Whether a version, such as `1.97.0-nightly (e50aa6fba 2026-05-19)`, is of a channel: `nightly` and `beta`, also
/// with a day, or a release.
fn is_of(channel: &str, version: &str) -> bool {
    let number = version.split(' ').next().unwrap_or_default();
    for moving in ["nightly", "beta"] {
        if channel.starts_with(moving) {
            return number.split('-').nth(1).is_some_and(|it| it.starts_with(moving));
        }
    }
    number == channel || number.strip_prefix(channel).is_some_and(|rest| rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::{is_component, is_of};

    #[test]
    fn a_component_is_told_from_others_of_the_like_name() {
        for (line, component) in [
            ("rust-src", "rust-src"),
            ("miri-preview-x86_64-unknown-linux-gnu", "miri"),
            ("rust-std-aarch64-apple-darwin", "rust-std"),
        ] {
            assert!(is_component(line, component), "{line} {component}");
        }
        for (line, component) in
            [("rust-src", "rust"), ("rust-std-x86_64-unknown-linux-gnu", "rust-src"), ("", "miri")]
        {
            assert!(!is_component(line, component), "{line} {component}");
        }
    }

    #[test]
    fn a_toolchain_is_of_the_channel_that_was_asked_for() {
        let nightly = "1.97.0-nightly (e50aa6fba 2026-05-19)";
        for (channel, version) in [
            ("nightly", nightly),
            ("nightly-2026-05-20", nightly),
            ("beta", "1.96.0-beta.3 (0f8c5b6e9 2026-05-01)"),
            ("1.95.0", "1.95.0 (59807616e 2026-04-14)"),
            ("1.95", "1.95.0 (59807616e 2026-04-14)"),
        ] {
            assert!(is_of(channel, version), "{channel} {version}");
        }
        for (channel, version) in [
            ("nightly", "1.95.0 (59807616e 2026-04-14)"),
            ("beta", nightly),
            ("1.9", "1.95.0 (59807616e 2026-04-14)"),
            ("1.95.0", nightly),
            ("nightly", ""),
        ] {
            assert!(!is_of(channel, version), "{channel} {version}");
        }
    }
}
