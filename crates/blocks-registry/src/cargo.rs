//! Cargo, which packs and publishes, and knows which registries there are.

use std::{
    ffi::{OsStr, OsString},
    fs, io,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use blocks_evidence::tells_of_machine;
use cargo_metadata::{Metadata, MetadataCommand};
use tempfile::TempDir;
use thiserror::Error;

use crate::Token;
use crate::members::{DEFAULT_REGISTRY, Member};
use crate::nobody::Nobody;
use crate::text::{said, told};

/// What says that cargo came to compile code or its documentation, and could not.
const NOT_COMPILED: [&str; 2] = ["could not compile `", "could not document `"];

/// Why cargo gave no answer.
#[derive(Debug, Error)]
pub enum CargoError {
    /// It cannot be run.
    #[error("cannot run cargo: {0}")]
    Program(io::Error),
    /// A file of ours cannot be written or read.
    #[error("cannot {0} {1}: {2}")]
    File(&'static str, PathBuf, io::Error),
    /// It refuses.
    #[error("cargo {0} fails:\n{1}")]
    Refused(String, String),
    /// It does not say where a registry's index is.
    #[error(
        "cargo does not say where the index of the registry `{0}` is; CARGO_REGISTRIES_<NAME>_INDEX or [registries] in \
         its configuration does"
    )]
    NoIndex(String),
}

/// A way to run cargo for a workspace.
#[derive(Debug, Clone)]
pub struct Cargo {
    /// The workspace's root.
    pub root: PathBuf,
    /// A folder that is Blocks' own, for what is made on the way.
    pub folder: PathBuf,
    /// The whole environment that cargo has.
    pub environment: Vec<(OsString, OsString)>,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) is_success: bool,
    /// Whether something killed it or a compiler, or the disk is full.
    pub(crate) is_of_machine: bool,
    pub(crate) stdout: Vec<u8>,
    /// What it told, made harmless.
    pub(crate) told: String,
}

impl Ran {
    /// Whether it says that code does not compile, and not that the machine is at fault.
    pub(crate) fn is_not_compiled(&self) -> bool {
        !self.is_success
            && !self.is_of_machine
            && NOT_COMPILED.iter().any(|it| self.told.contains(it))
    }

    pub(crate) fn or_refused(self, what: &str) -> Result<Self, CargoError> {
        let is_success = self.is_success;
        if is_success { Ok(self) } else { Err(CargoError::Refused(what.to_owned(), self.told)) }
    }
}

impl Cargo {
    /// What cargo knows of the workspace's own packages.
    pub fn metadata(&self) -> Result<Metadata, CargoError> {
        let ran =
            self.run(["metadata", "--no-deps", "--format-version=1"])?.or_refused("metadata")?;
        let text = String::from_utf8_lossy(&ran.stdout);
        let refused = |error: cargo_metadata::Error| {
            CargoError::Refused("metadata".to_owned(), said(&error.to_string()))
        };
        MetadataCommand::parse(text).map_err(refused)
    }

    /// Where the index of a registry is, as cargo's configuration for this workspace has it: `sparse+https://…/`.
    ///
    /// No command of cargo's shows its configuration. But it tells of a dependency where that is from; and of the registry
    /// that it knows by itself, where it would have asked if it could.
    pub fn index(&self, registry: &str) -> Result<String, CargoError> {
        if registry == DEFAULT_REGISTRY {
            self.index_of_its_own()
        } else {
            self.index_named(registry)
        }
    }

    fn index_named(&self, registry: &str) -> Result<String, CargoError> {
        let folder = self.folder.join("asked");
        let manifest = project(
            &folder,
            "asked",
            &format!("version = \"*\", registry = {}", toml_text(registry)),
        )?;
        let words = ["metadata", "--no-deps", "--format-version=1", "--offline", "--manifest-path"];
        let words = words.map(OsStr::new).into_iter().chain([manifest.as_os_str()]);
        let ran = self.run(words)?.or_refused("metadata")?;
        let told: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap_or_default();
        let index = told["packages"][0]["dependencies"][0]["registry"].as_str();
        index.map(str::to_owned).ok_or_else(|| CargoError::NoIndex(registry.to_owned()))
    }

    /// Publishing asks no replacement of a source; so neither does this, in a folder that no configuration is above. It is seen
    /// whom cargo would ask: what it says of that differs from version to version.
    fn index_of_its_own(&self) -> Result<String, CargoError> {
        let place =
            scratch().map_err(|error| CargoError::File("make", std::env::temp_dir(), error))?;
        project(place.path(), "asked", "version = \"*\"")?;
        let mut command = self.command(["fetch"]);
        // The folder has no toolchain of its own by which rustup would know which cargo is meant.
        command.envs(self.toolchain().map(|name| ("RUSTUP_TOOLCHAIN", name)));
        for (name, _) in &self.environment {
            if name.to_str().is_some_and(|it| it.starts_with("CARGO_")) {
                command.env_remove(name);
            }
        }
        let nobody = Nobody::start()
            .map_err(|error| CargoError::File("listen on", "127.0.0.1".into(), error))?;
        command
            .current_dir(place.path())
            .env("CARGO_HOME", place.path().join("home"))
            .env("CARGO_HTTP_PROXY", nobody.address())
            .env("CARGO_NET_RETRY", "0")
            .env_remove("NO_PROXY")
            .env_remove("no_proxy");
        let (ran, asked) = nobody.asked_during(|| self.ran(&mut command));
        ran?;
        let no_index = || CargoError::NoIndex(DEFAULT_REGISTRY.to_owned());
        asked.map(|index| format!("sparse+{index}")).ok_or_else(no_index)
    }

    /// Packs members together, and gives each one's archive. Those that need each other do not have to be anywhere yet.
    ///
    /// Nothing is compiled.
    pub fn pack(
        &self,
        members: &[Member],
        registry: &str,
        offline: bool,
    ) -> Result<Vec<Vec<u8>>, CargoError> {
        let target = self.folder.join("own");
        let mut words: Vec<OsString> =
            ["package", "--no-verify", "--locked", "--registry", registry].map(Into::into).to_vec();
        words.extend(offline.then(|| "--offline".into()));
        words.extend(["--target-dir".into(), target.clone().into()]);
        words.extend(members.iter().flat_map(|it| ["-p".into(), it.spec().into()]));
        let packed = target.join("package");
        // What is left of before could be taken for what is made now.
        match fs::remove_dir_all(&packed) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(CargoError::File("remove", packed, error));
            }
            _ => {}
        }
        self.run(words)?.or_refused("package")?;
        let read = |member: &Member| {
            let path = packed.join(format!("{}.crate", member.folder()));
            fs::read(&path).map_err(|error| CargoError::File("read", path, error))
        };
        members.iter().map(read).collect()
    }

    /// Publishes a member, as `cargo publish` does: it packs it, compiles what it packed, and sends it.
    pub(crate) fn publish(&self, member: &Member, registry: &str) -> Result<Ran, CargoError> {
        let target = self.folder.join("publish");
        let spec = member.spec();
        let words = ["publish", "--locked", "--registry", registry, "-p", &spec, "--target-dir"];
        self.run(words.map(OsStr::new).into_iter().chain([target.as_os_str()]))
    }

    /// A run of cargo at the workspace's root.
    pub(crate) fn run<I: AsRef<OsStr>>(
        &self,
        words: impl IntoIterator<Item = I>,
    ) -> Result<Ran, CargoError> {
        self.ran(&mut self.command(words))
    }

    /// Runs a command to its end. What it tells is without our tokens: a registry may say again what it was shown.
    pub(crate) fn ran(&self, command: &mut Command) -> Result<Ran, CargoError> {
        let output = command.output().map_err(CargoError::Program)?;
        let secrets = self.environment.iter().filter(|(name, _)| is_secret(name));
        let secrets = secrets.filter_map(|(_, value)| Token::new(value.to_str()?));
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let text = secrets.fold(text, |text, secret| secret.hidden_in(&text));
        Ok(Ran {
            is_success: output.status.success(),
            // Before it is cut: a compiler's words stand between what was run and how it ended.
            is_of_machine: output.status.code().is_none() || text.lines().any(tells_of_machine),
            stdout: output.stdout,
            told: told(&text),
        })
    }

    /// The toolchain that the workspace is compiled by, as a folder, by which rustup takes it also elsewhere.
    pub(crate) fn toolchain(&self) -> Option<String> {
        let mut command = Command::new("rustc");
        command.args(["--print", "sysroot"]).current_dir(&self.root).env_clear();
        let output = command.envs(self.environment.iter().cloned()).output().ok()?;
        let folder = String::from_utf8(output.stdout).ok().filter(|_| output.status.success())?;
        Some(folder.trim_end().to_owned())
    }

    pub(crate) fn command<I: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = I>) -> Command {
        let mut command = Command::new("cargo");
        command
            .args(words)
            .current_dir(&self.root)
            .env_clear()
            .envs(self.environment.iter().cloned())
            // Its words are read.
            .env("CARGO_TERM_COLOR", "never")
            .env("CARGO_TERM_PROGRESS_WHEN", "never")
            .env("CARGO_TERM_QUIET", "false");
        command
    }
}

/// Whether a variable has a token of a registry.
fn is_secret(name: &OsStr) -> bool {
    name.to_str().is_some_and(|it| it.starts_with("CARGO_") && it.ends_with("_TOKEN"))
}

/// A project that needs a crate, and nothing else; its manifest.
pub(crate) fn project(folder: &Path, of: &str, dependency: &str) -> Result<PathBuf, CargoError> {
    let source = folder.join("src");
    fs::create_dir_all(&source).map_err(|error| CargoError::File("make", source.clone(), error))?;
    let manifest = folder.join("Cargo.toml");
    let text = format!(
        "[package]\nname = \"blocks-scratch\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[dependencies]\n{of} = {{ \
         {dependency} }}\n\n[workspace]\n"
    );
    for (path, text) in [(manifest.clone(), text.as_str()), (source.join("lib.rs"), "")] {
        fs::write(&path, text).map_err(|error| CargoError::File("write", path, error))?;
    }
    Ok(manifest)
}

/// A text as TOML has it.
pub(crate) fn toml_text(text: &str) -> String {
    // Strings of JSON are strings of TOML.
    serde_json::Value::from(text).to_string()
}

/// A folder where no configuration of a workspace reaches, that nobody else reads, and that is gone afterwards.
pub(crate) fn scratch() -> io::Result<TempDir> {
    let own = fs::Permissions::from_mode(0o700);
    tempfile::Builder::new().prefix("blocks-registry-").permissions(own).tempdir()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Builds a project by a compiler that this does in place of compiling.
    fn built_by(does: &str) -> Ran {
        let place = scratch().unwrap();
        fs::create_dir(place.path().join("src")).unwrap();
        fs::write(place.path().join("src/lib.rs"), "").unwrap();
        let wrapper = place.path().join("wrapper");
        let script = format!(
            "#!/bin/sh\ncase \"$*\" in *'--crate-name blocks_scratch'*) {does} ;; esac\nexec \"$@\"\n"
        );
        fs::write(&wrapper, script).unwrap();
        fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(
            place.path().join("Cargo.toml"),
            "[package]\nname = \"blocks-scratch\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[workspace]\n",
        )
        .unwrap();
        let own = [("RUSTC_WRAPPER".into(), wrapper.into_os_string())];
        let environment = std::env::vars_os().filter(|(name, _)| name != "CARGO_TARGET_DIR");
        let environment = environment.chain(own).collect();
        let root = place.path().to_owned();
        Cargo { folder: root.join("own"), root, environment }.run(["build", "--offline"]).unwrap()
    }

    #[test]
    fn a_compiler_that_something_killed_is_no_code_that_does_not_compile() {
        assert!(built_by("exit 1").is_not_compiled());
        for does in
            ["kill -9 $$", "echo 'error: No space left on device (os error 28)' >&2; exit 1"]
        {
            let ran = built_by(does);
            assert!(ran.told.contains(NOT_COMPILED[0]) && !ran.is_not_compiled(), "{}", ran.told);
        }
    }
}
