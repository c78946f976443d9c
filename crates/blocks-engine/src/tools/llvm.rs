use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Toolchain, Workspace, tools::version_in};

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
    candidates(workspace, toolchain, major).into_iter().find_map(|(cov, profdata)| {
        let version = version_of(&cov)?;
        let fits = version.split('.').next() == Some(major.to_string().as_str());
        (fits && version_of(&profdata).is_some()).then_some(LlvmTools { cov, profdata, version })
    })
}

fn candidates(workspace: &Workspace, toolchain: &Toolchain, major: u32) -> Vec<(PathBuf, PathBuf)> {
    let variable = |name: &str| {
        workspace.environment.iter().find(|(it, _)| it == name).map(|(_, value)| value.into())
    };
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
        .filter_map(|(cov, profdata)| Some((on_path(&cov)?, on_path(&profdata)?)))
        .collect()
}

/// The absolute path of a program, found as a shell would.
pub(crate) fn on_path(program: &Path) -> Option<PathBuf> {
    if program.components().count() > 1 {
        return program.is_file().then(|| program.to_owned());
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn version_of(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    output.status.success().then(|| version_in(&String::from_utf8_lossy(&output.stdout)))?
}
