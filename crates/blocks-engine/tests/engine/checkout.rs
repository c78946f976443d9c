//! A workspace in a checkout of git.

use std::{fs, path::PathBuf, process::Command};

use blocks_config::PipelineConfig;
use blocks_engine::{
    OwnFiles, Workspace,
    changes::{Affected, Changed, affected},
};
use blocks_stages::{Stage, Table};
use tempfile::TempDir;

use crate::bench::environment;

/// A checkout with a workspace of three members, `c` on `b` on `a`, in a folder of it.
pub struct Checkout {
    pub dir: TempDir,
    folder: &'static str,
}

impl Checkout {
    pub fn new(folder: &'static str) -> Self {
        let checkout = Self::without_git(folder);
        checkout.git(&["init", "--quiet", "--initial-branch=main"]);
        checkout.commit("first");
        checkout
    }

    pub fn empty() -> Self {
        Self { dir: TempDir::new().expect("a folder"), folder: "" }
    }

    pub fn without_git(folder: &'static str) -> Self {
        let checkout = Self { folder, ..Self::empty() };
        checkout.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n");
        checkout.write(".gitignore", "/target\n*.tmp\n");
        for (name, on) in
            [("a", ""), ("b", "a = { path = \"../a\" }"), ("c", "b = { path = \"../b\" }")]
        {
            let manifest = format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
                 [dependencies]\n{on}\n"
            );
            checkout.write(&format!("crates/{name}/Cargo.toml"), &manifest);
            checkout.write(&format!("crates/{name}/src/lib.rs"), "");
        }
        checkout.workspace().lock_file().expect("a lock file");
        checkout
    }

    pub fn root(&self) -> PathBuf {
        self.dir.path().canonicalize().expect("a path").join(self.folder)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    pub fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .args(["-c", "user.name=Tester", "-c", "user.email=tester@example.org"])
            .args(arguments)
            .current_dir(self.dir.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .expect("git");
        assert!(output.status.success(), "{output:?}");
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    pub fn workspace(&self) -> Workspace {
        let mut environment = environment();
        environment.push(("CARGO_NET_OFFLINE".into(), "true".into()));
        Workspace::find_in(&self.root(), environment).expect("a workspace")
    }

    pub fn changed(&self, revision: &str) -> Result<Changed, String> {
        let own = OwnFiles {
            files: vec![".github/badges/x.svg".into()],
            results: Some("results".into()),
        };
        Changed::since(&self.workspace(), revision, &own).map_err(|error| error.to_string())
    }

    pub fn files(&self, revision: &str) -> Vec<String> {
        self.changed(revision).expect("a revision").files
    }

    /// Who is affected in the records of these stages, with the reasons in words.
    pub fn affected(&self, stages: &[&str]) -> Vec<String> {
        self.affected_with(stages, &PipelineConfig::default())
    }

    pub fn affected_with(&self, stages: &[&str], config: &PipelineConfig) -> Vec<String> {
        let changed = self.changed("HEAD").expect("a revision");
        let rows: Vec<&Stage> =
            stages.iter().map(|id| Table::embedded().stage(id).expect("a stage")).collect();
        let found = affected(&self.workspace(), config, &changed, &rows).expect("an answer");
        let text = |Affected { member, reasons }| {
            let reasons: Vec<_> = reasons.iter().map(ToString::to_string).collect();
            format!("{member}: {}", reasons.join("; "))
        };
        found.into_iter().map(text).collect()
    }
}
