//! Programs of members, compiled by cargo as they are released.

use std::{collections::BTreeMap, ffi::OsString, path::PathBuf, process::Command};

use cargo_metadata::Message;

use crate::Member;
use crate::cargo::{Cargo, CargoError};

/// Programs, by their names, and where they are.
pub type Programs = BTreeMap<String, PathBuf>;

/// The compiler of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiler {
    /// What it calls itself: `rustc 1.95.0 (…)`.
    pub version: String,
    /// The target of the machine that it runs on.
    pub host: String,
}

impl Cargo {
    /// The compiler that the workspace is compiled by.
    pub fn compiler(&self) -> Result<Compiler, CargoError> {
        let mut command = Command::new("rustc");
        command.arg("-vV").current_dir(&self.root).env_clear().envs(self.environment.clone());
        let ran = self.ran(&mut command)?;
        let text = String::from_utf8_lossy(&ran.stdout);
        let line = |start: &str| text.lines().find_map(|line| line.strip_prefix(start));
        match (text.lines().next(), line("host: ")) {
            (Some(version), Some(host)) if ran.is_success => {
                Ok(Compiler { version: version.to_owned(), host: host.to_owned() })
            }
            _ => Err(CargoError::Refused("(rustc -vV)".to_owned(), ran.told)),
        }
    }

    /// Compiles the programs of members by the release profile for a target, and gives those of each member by its name.
    pub fn programs(
        &self,
        members: &[Member],
        target: &str,
    ) -> Result<BTreeMap<String, Programs>, CargoError> {
        let words = ["build", "--release", "--locked", "--bins", "--target", target];
        let mut words: Vec<OsString> = words.map(Into::into).to_vec();
        words.push("--message-format=json-render-diagnostics".into());
        words.extend(["--target-dir".into(), self.folder.join("programs").into()]);
        words.extend(members.iter().flat_map(|it| ["-p".into(), it.spec().into()]));
        let ran = self.run(words)?.or_refused("build")?;
        let mut found: BTreeMap<String, Programs> = BTreeMap::new();
        for message in Message::parse_stream(&ran.stdout[..]) {
            let Ok(Message::CompilerArtifact(artifact)) = message else { continue };
            let member =
                members.iter().find(|it| it.manifest == *artifact.manifest_path.as_std_path());
            if let (Some(member), Some(path)) = (member, artifact.executable)
                && artifact.target.is_bin()
            {
                let name = path.file_name().unwrap_or_default().to_owned();
                found.entry(member.name.clone()).or_default().insert(name, path.into());
            }
        }
        Ok(found)
    }
}
