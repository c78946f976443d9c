use std::ffi::{OsStr, OsString};

/// Variables that a program run by cargo, nextest or cargo-llvm-cov inherits from them, and that
/// would make another cargo run under it behave as if it were part of theirs.
const INHERITED: &[&str] = &[
    "CARGO",
    "CARGO_BIN_",
    "CARGO_CRATE_NAME",
    "CARGO_LLVM_COV",
    "CARGO_MANIFEST_",
    "CARGO_PKG_",
    "CARGO_PRIMARY_PACKAGE",
    "CARGO_TARGET_TMPDIR",
    "LLVM_PROFILE_FILE",
    "NEXTEST",
    "OUT_DIR",
    "RUSTUP_TOOLCHAIN",
    "__CARGO_LLVM_COV_",
];

/// Variables by which git, where it runs a hook or a command of a rebase, says of which repository it is. What runs there and makes
/// repositories of its own, as tests do, would write into that one; git finds the workspace's by its folder.
const GIT: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_WORK_TREE",
];

/// The environment of the tools that a stage runs, made from `parent`.
///
/// What an outer cargo or test runner left is taken away, so that a workspace's own toolchain file
/// and configuration decide; `toolchain` is what the user asked for instead. Colours and progress
/// bars are switched off, because the output becomes a record.
pub fn child_environment(
    parent: impl Iterator<Item = (OsString, OsString)>,
    toolchain: Option<&str>,
) -> Vec<(OsString, OsString)> {
    let all: Vec<_> = parent.collect();
    let under_llvm_cov =
        all.iter().any(|(name, _)| name.to_string_lossy().starts_with("__CARGO_LLVM_COV_"));
    let mut kept: Vec<_> = all
        .into_iter()
        .filter(|(name, _)| !is_inherited(name))
        .filter(|(name, _)| !(under_llvm_cov && name == "RUSTC_WRAPPER"))
        .map(|(name, value)| {
            let value = if name == "LD_LIBRARY_PATH" { without_cargos(&value) } else { value };
            (name, value)
        })
        .filter(|(name, value)| !(name == "LD_LIBRARY_PATH" && value.is_empty()))
        .collect();
    let mut set = |name: &str, value: &str| {
        kept.retain(|(other, _)| other != name);
        kept.push((name.into(), value.into()));
    };
    set("CARGO_TERM_COLOR", "never");
    set("CARGO_TERM_PROGRESS_WHEN", "never");
    if let Some(toolchain) = toolchain {
        set("RUSTUP_TOOLCHAIN", toolchain);
    }
    kept
}

fn is_inherited(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    GIT.contains(&&*name)
        || INHERITED.iter().any(|it| match *it {
            "CARGO" | "OUT_DIR" | "RUSTUP_TOOLCHAIN" => name == *it,
            prefix => name.starts_with(prefix),
        })
}

/// `cargo run` puts its target folder and the toolchain's libraries in front of the loader's path.
fn without_cargos(path: &OsStr) -> OsString {
    let kept = std::env::split_paths(path).filter(|entry| {
        let entry = entry.to_string_lossy();
        !entry.contains("/target/") && !entry.contains("/toolchains/") && !entry.is_empty()
    });
    std::env::join_paths(kept).unwrap_or_default()
}
