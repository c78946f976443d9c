use std::path::{Path, PathBuf};

use super::program::{on_path, version_of};
use crate::{Toolchain, Workspace};

/// LLVM's tools that fit the compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LlvmTools {
    /// The path of `llvm-cov`.
    pub cov: PathBuf,
    /// The path of `llvm-profdata`.
    pub profdata: PathBuf,
    /// Their version.
    pub version: String,
}

/// Finds `llvm-cov` and `llvm-profdata` of the compiler's LLVM major version: what `LLVM_COV` and
/// `LLVM_PROFDATA` name, the toolchain's own component, or the distribution's `llvm-cov-<major>`.
///
/// Another major version does not count: it may read the compiler's profiles wrongly, or not at all.
pub fn find_llvm(workspace: &Workspace, toolchain: &Toolchain) -> Option<LlvmTools> {
    let major = toolchain.llvm_major?;
    let major_of = |version: &str| version.split('.').next()?.parse().ok();
    candidates(workspace, toolchain, major).into_iter().find_map(|(cov, profdata)| {
        let version = version_of(workspace, &cov, &[])?;
        let other = version_of(workspace, &profdata, &[])?;
        let fits = [&version, &other].iter().all(|it| major_of(it) == Some(major));
        fits.then_some(LlvmTools { cov, profdata, version })
    })
}

fn candidates(workspace: &Workspace, toolchain: &Toolchain, major: u32) -> Vec<(PathBuf, PathBuf)> {
    let variable = |name: &str| workspace.variable(name).map(PathBuf::from);
    let component =
        Path::new(&toolchain.sysroot).join("lib/rustlib").join(&toolchain.host).join("bin");
    let mut found: Vec<(PathBuf, PathBuf)> =
        variable("LLVM_COV").zip(variable("LLVM_PROFDATA")).into_iter().collect();
    found.push((component.join("llvm-cov"), component.join("llvm-profdata")));
    found.push((format!("llvm-cov-{major}").into(), format!("llvm-profdata-{major}").into()));
    found.push((
        format!("/usr/lib/llvm-{major}/bin/llvm-cov").into(),
        format!("/usr/lib/llvm-{major}/bin/llvm-profdata").into(),
    ));
    found.push(("llvm-cov".into(), "llvm-profdata".into()));
    found
        .into_iter()
        .filter_map(|(cov, profdata)| {
            Some((on_path(workspace, &cov)?, on_path(workspace, &profdata)?))
        })
        .collect()
}
