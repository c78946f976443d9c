//! A workspace to publish, with real cargo and a home of its own.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use blocks_registry::{Cargo, Client, Confirming, Member, Publisher, Token, in_order};
use tempfile::TempDir;

use crate::client::QUICK;
use crate::server::{Server, TOKEN};

/// The name by which cargo knows the registry of the test.
pub const NAME: &str = "loop";

/// Variables that a run of these tests by cargo leaves to the cargo that they run.
const KEPT: [&str; 5] = ["PATH", "RUSTUP_HOME", "TMPDIR", "LD_LIBRARY_PATH", "HOME"];

pub struct Workspace {
    _place: TempDir,
    pub cargo: Cargo,
    pub server: Server,
}

impl Workspace {
    /// Three members, each of which needs the one before it, and whose tests lead back.
    pub fn new() -> Self {
        let place = TempDir::new().unwrap();
        let server = Server::start();
        let root = place.path().join("work");
        let lead = |name: &str, path: &str| {
            format!(
                "{name} = {{ path = \"../{path}\", version = \"0.1.0\", registry = \"{NAME}\" }}\n"
            )
        };
        let back = "[dev-dependencies]\nthree = { path = \"../three\" }\n".to_owned();
        member(&root, "one", &back, "/// One.\npub fn one() -> u8 {\n    1\n}\n");
        let needs = format!("[dependencies]\n{}", lead("one", "one"));
        member(&root, "two", &needs, "/// Two.\npub fn two() -> u8 {\n    one::one() + 1\n}\n");
        let needs = format!("[dependencies]\n{}{}", lead("one", "one"), lead("two", "two"));
        member(
            &root,
            "three",
            &needs,
            "/// Three.\npub fn three() -> u8 {\n    two::two() + 1\n}\n",
        );
        fs::write(
            root.join("Cargo.toml"),
            "[workspace]\nresolver = \"3\"\nmembers = [\"one\", \"two\", \"three\"]\n",
        )
        .unwrap();
        fs::write(root.join(".gitignore"), "target\n").unwrap();
        let cargo = Cargo {
            root: root.clone(),
            folder: root.join("target/blocks/release"),
            environment: environment(place.path(), &server),
        };
        let workspace = Self { _place: place, cargo, server };
        workspace.run("cargo", &["generate-lockfile", "--offline"]);
        workspace.run("git", &["init", "--quiet"]);
        workspace.commit("feat: three");
        workspace
    }

    pub fn commit(&self, title: &str) {
        self.run("git", &["add", "--all"]);
        let who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"];
        self.run("git", &[&who[..], &["commit", "--quiet", "--allow-empty", "-m", title]].concat());
    }

    pub fn write(&self, file: &str, text: &str) {
        fs::write(self.cargo.root.join(file), text).unwrap();
    }

    pub fn run(&self, program: &str, words: &[&str]) {
        let mut command = Command::new(program);
        command.args(words).current_dir(&self.cargo.root).env_clear();
        let output = command.envs(self.cargo.environment.iter().cloned()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    pub fn client(&self) -> Client {
        Client::open(&self.server.index(), Token::new(TOKEN), QUICK).unwrap()
    }

    pub fn members(&self) -> Vec<Member> {
        in_order(&self.cargo.metadata().unwrap(), NAME).unwrap()
    }

    pub fn publisher<'a>(&'a self, client: &'a Client) -> Publisher<'a> {
        Publisher { cargo: &self.cargo, client, registry: NAME }
    }

    pub fn confirming<'a>(&'a self, client: &'a Client) -> Confirming<'a> {
        Confirming { cargo: &self.cargo, client, registry: NAME }
    }
}

fn member(root: &Path, name: &str, rest: &str, code: &str) {
    let folder: PathBuf = root.join(name).join("src");
    fs::create_dir_all(&folder).unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\ndescription = \"Of a test\"\n\
         license = \"MIT\"\npublish = [\"{NAME}\"]\n\n{rest}"
    );
    fs::write(root.join(name).join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("lib.rs"), format!("//! Of a test.\n\n{code}")).unwrap();
    fs::write(root.join(name).join("LICENSE-MIT"), "As it is.\n").unwrap();
}

/// The environment of a machine that knows one registry more, and has nothing of others' configuration.
fn environment(place: &Path, server: &Server) -> Vec<(OsString, OsString)> {
    let mut all: Vec<_> =
        std::env::vars_os().filter(|(name, _)| KEPT.iter().any(|it| *name == **it)).collect();
    let toolchain = Command::new("rustc").args(["--print", "sysroot"]).output().unwrap().stdout;
    let toolchain = String::from_utf8(toolchain).unwrap().trim().to_owned();
    let home = place.join("home").into_os_string();
    let rustup = std::env::var_os("RUSTUP_HOME").unwrap_or_else(|| {
        PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".rustup").into()
    });
    all.retain(|(name, _)| name != "RUSTUP_HOME" && name != "HOME");
    all.extend([
        ("CARGO_HOME".into(), home.clone()),
        ("HOME".into(), home),
        ("RUSTUP_HOME".into(), rustup),
        ("RUSTUP_TOOLCHAIN".into(), toolchain.into()),
        ("CARGO_REGISTRIES_LOOP_INDEX".into(), server.index().into()),
        ("CARGO_REGISTRIES_LOOP_TOKEN".into(), TOKEN.into()),
    ]);
    all
}
