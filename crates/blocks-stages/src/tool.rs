use serde::Deserialize;

/// A tool that stages need beyond a Rust toolchain with rustfmt and clippy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// The name of the program where `install` is [`Install::Cargo`] or [`Install::Distribution`]; a name of our own for the rest.
    pub id: String,
    /// What it is for, in a sentence.
    pub about: String,
    /// The oldest version (`major.minor.patch`) that is taken from the machine.
    #[serde(default)]
    pub minimum: Option<String>,
    /// The version that is installed where the machine has none; of a toolchain, its channel.
    #[serde(default)]
    pub version: Option<String>,
    /// Of a toolchain, the components that it has to have beyond compiler, standard library and cargo.
    #[serde(default)]
    pub components: Vec<String>,
    /// How it is found and installed.
    pub install: Install,
    /// The name of its crate, where that is not the program's.
    #[serde(default, rename = "crate")]
    pub package: Option<String>,
    /// Words for cargo by which the crate is installed without what no stage uses, so that it compiles in less time.
    #[serde(default)]
    pub install_with: Vec<String>,
}

impl Tool {
    /// The name of its crate.
    pub fn crate_name(&self) -> &str {
        self.package.as_deref().unwrap_or(&self.id)
    }
}

/// How a tool is found and installed on a machine without Nix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Install {
    /// A crate: `cargo install --locked`, into a folder of the workspace's target folder.
    Cargo,
    /// LLVM's own tools, of the compiler's major version: from `LLVM_COV` and `LLVM_PROFDATA`, the
    /// toolchain's component, or the distribution.
    Llvm,
    /// Another Rust toolchain than the workspace's own: rustup's, of the channel that `version` names, and by Nix
    /// rust-overlay's. Steps that use it have its cargo and compiler in the place of the workspace's.
    Toolchain,
    /// A program that is no crate, in a package that distributions call like it: on `PATH`, or by `apt-get`. By Nix it is
    /// the package of nixpkgs of that name.
    Distribution,
    /// The toolchains that the `rust-version` of members' manifests name, found as that of a channel is.
    RustVersion,
}
