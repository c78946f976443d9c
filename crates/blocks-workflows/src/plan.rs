//! What the workflows of a workspace have to be.

use blocks_config::{CiEngine, PipelineConfig, Store, System, Workflow};

use crate::action::{NIX_URL, action};
use crate::mark::marked;
use crate::template::{Names, PlanError, Value, rendered};

/// What there is to know of a workspace beside its configuration.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and none follows from others"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Whether it has a `flake.nix`.
    pub has_flake: bool,
    /// Whether it has Blocks as a member, so that `cargo blocks` is its alias.
    pub is_blocks: bool,
    /// How many members have programs that are released.
    pub programs: usize,
    /// Whether a member may go to a registry.
    pub has_crates: bool,
    /// Whether all that is released has one version.
    pub has_one_version: bool,
    /// The version of Blocks that is installed where it is no member.
    pub version: String,
}

/// A file that is to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its place, from the root of the repository.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// What the workflows of a workspace have to be.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    config: &'a PipelineConfig,
    facts: &'a Facts,
}

impl<'a> Plan<'a> {
    /// The plan of a configuration, and of what there is.
    pub fn of(config: &'a PipelineConfig, facts: &'a Facts) -> Self {
        Self { config, facts }
    }

    /// All files, in the order of their places.
    pub fn files(&self) -> Result<Vec<File>, PlanError> {
        let mut files = Vec::new();
        for workflow in Workflow::ALL.iter().filter(|it| self.has(**it)) {
            let text = marked(&rendered(template(*workflow), self)?);
            files.push(File { path: format!(".github/workflows/{workflow}.yml"), text });
        }
        for (name, text, is_needed) in self.scripts() {
            if is_needed {
                files.push(File { path: format!(".github/scripts/{name}"), text: marked(text) });
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    fn scripts(&self) -> [(&'static str, &'static str, bool); 3] {
        let has = |workflow| self.has(workflow);
        let serves = has(Workflow::Docs)
            || (has(Workflow::Ci) && self.has_badges())
            || (has(Workflow::Performance) && self.results_branch().is_some());
        let drafts = has(Workflow::Release) && self.facts.programs > 0;
        [
            ("draft", include_str!("../templates/scripts/draft"), drafts),
            ("newer", include_str!("../templates/scripts/newer"), has(Workflow::Update)),
            ("served", include_str!("../templates/scripts/served"), serves),
        ]
    }

    fn has(&self, workflow: Workflow) -> bool {
        self.config.ci.workflows.contains(&workflow)
    }

    fn is_nix(&self) -> bool {
        match self.config.ci.engine {
            CiEngine::Auto => self.facts.has_flake,
            CiEngine::Nix => true,
            CiEngine::Host => false,
        }
    }

    fn has_badges(&self) -> bool {
        self.config.ci.badges_branch.get().is_some() && !self.config.badges.is_empty()
    }

    fn results_branch(&self) -> Option<&str> {
        let performance = &self.config.performance;
        performance.results_branch.get().filter(|_| performance.store_results)
    }

    /// Whether a job can push: who logs in at a server of Attic is not known to a workflow, and a folder is of one machine.
    fn pushes(&self) -> bool {
        let is_reached = match self.config.cache.store.store() {
            Some(Store::Cachix(_)) => true,
            Some(Store::Nix(url)) => !url.starts_with("file:"),
            Some(Store::Attic { .. }) | None => false,
        };
        self.is_nix() && is_reached
    }

    fn cachix(&self) -> Option<&str> {
        match self.config.cache.store.store() {
            Some(Store::Cachix(name)) => Some(name),
            _ => None,
        }
    }

    /// What Nix is told: of a cache without a key nothing could be verified, so it is not asked.
    fn nix_config(&self) -> String {
        let keys: Vec<_> =
            self.config.cache.public_keys.iter().filter_map(|key| key.get()).collect();
        let store = match self.config.cache.store.store() {
            Some(Store::Cachix(name)) => Some(format!("https://{name}.cachix.org")),
            Some(Store::Nix(url)) if !url.starts_with("file:") => Some(url.to_owned()),
            _ => None,
        };
        let mut lines = vec!["sandbox = true".to_owned()];
        if let Some(store) = store.filter(|_| !keys.is_empty()) {
            lines.push(format!("extra-substituters = {store}"));
            lines.push(format!("extra-trusted-public-keys = {}", keys.join(" ")));
        }
        lines.join("\n")
    }

    /// Tags of releases as patterns of GitHub's, in which a plus means something.
    fn tags(&self) -> Vec<String> {
        let own = if self.facts.has_one_version { "v{version}" } else { "{name}-v{version}" };
        let tag = self.config.release.tag.get().unwrap_or(own);
        let version = "[0-9]+.[0-9]+.[0-9]+*";
        vec![tag.replace('+', "\\+").replace("{name}", "*").replace("{version}", version)]
    }

    fn first(&self) -> System {
        self.config.ci.systems.first().copied().unwrap_or(System::X86Linux)
    }

    fn systems(&self) -> Vec<String> {
        let row = |system: &System| {
            let first = if *system == self.first() { ", is_first: true" } else { "" };
            format!("{{ system: {system}, runner: {}{first} }}", runner(*system))
        };
        self.config.ci.systems.iter().map(row).collect()
    }

    /// The jobs that `ci.yml` has beside the one that looks at them.
    fn jobs(&self) -> Vec<String> {
        let all = [
            ("check", true),
            ("full", true),
            ("notify", true),
            ("badges", self.has_badges()),
            ("cache", self.pushes()),
        ];
        all.iter().filter(|(_, is_there)| *is_there).map(|(name, _)| (*name).to_owned()).collect()
    }
}

impl Names for Plan<'_> {
    fn value(&self, name: &str) -> Option<Value> {
        let ci = &self.config.ci;
        let text = |text: Option<&str>| text.map(|it| Value::Text(it.to_owned()));
        let word = |word: &str| Some(Value::Word(word.to_owned()));
        if let Some(action) = action(name) {
            return word(&format!("{}@{} # {}", action.name, action.commit, action.version));
        }
        match name {
            "branch" => text(ci.branch.get()),
            "badges_branch" => text(ci.badges_branch.get()),
            "results_branch" => text(self.results_branch()),
            "results_folder" => text(Some(self.config.performance.results_folder.as_str())),
            "schedule" => text(ci.schedule.get()),
            "update_schedule" => text(ci.update_schedule.get()),
            "cache_environment" => text(ci.cache_environment.get()),
            "notify_environment" => text(ci.notify_environment.get()),
            "release_environment" => text(ci.release_environment.get()),
            "docs_environment" => text(ci.docs_environment.get()),
            "install" => text(Some(ci.install.get().unwrap_or_default())),
            "version" => text(Some(&self.facts.version)),
            "cache_key" => text(Some(&self.config.cache.key)),
            "cache_paths" => text(Some(&self.config.cache.paths.join("\n"))),
            "cachix" => text(self.cachix()),
            "nix_config" => text(Some(&self.nix_config())),
            "nix_url" => word(NIX_URL),
            "timeout" => word(&ci.timeout_minutes.get().to_string()),
            "first_runner" => word(runner(self.first())),
            "first_system" => word(self.first().as_str()),
            "systems" => Some(Value::Rows(self.systems())),
            "tags" => Some(Value::List(self.tags())),
            "required" => Some(Value::List(self.jobs())),
            "wanted" => text(Some(&self.jobs().join(" "))),
            _ => None,
        }
    }

    fn holds(&self, condition: &str) -> Option<bool> {
        Some(match condition {
            "nix" => self.is_nix(),
            "own" => self.facts.is_blocks,
            "schedule" => self.config.ci.schedule.get().is_some(),
            "update_schedule" => self.config.ci.update_schedule.get().is_some(),
            "badges" => self.has_badges(),
            "pushes" => self.pushes(),
            "cachix" => self.cachix().is_some(),
            "results_branch" => self.results_branch().is_some(),
            "results_folder" => {
                self.config.performance.store_results && self.results_branch().is_none()
            }
            "programs" => self.facts.programs > 0,
            "one_program" => self.facts.programs == 1,
            "crates" => self.facts.has_crates,
            "docs" => self.has(Workflow::Docs),
            _ => return None,
        })
    }

    fn part(&self, name: &str) -> Option<&'static str> {
        Some(match name {
            "checkout" => include_str!("../templates/parts/checkout.yml"),
            "checkout-history" => include_str!("../templates/parts/checkout-history.yml"),
            "nix" => include_str!("../templates/parts/nix.yml"),
            "kept" => include_str!("../templates/parts/kept.yml"),
            "install" => include_str!("../templates/parts/install.yml"),
            "ready" => include_str!("../templates/parts/ready.yml"),
            "database" => include_str!("../templates/parts/database.yml"),
            _ => return None,
        })
    }
}

fn template(workflow: Workflow) -> &'static str {
    match workflow {
        Workflow::Ci => include_str!("../templates/ci.yml"),
        Workflow::Performance => include_str!("../templates/performance.yml"),
        Workflow::Release => include_str!("../templates/release.yml"),
        Workflow::Docs => include_str!("../templates/docs.yml"),
        Workflow::Update => include_str!("../templates/update.yml"),
    }
}

/// The machine of GitHub's that a system is.
fn runner(system: System) -> &'static str {
    match system {
        System::X86Linux => "ubuntu-24.04",
        System::ArmLinux => "ubuntu-24.04-arm",
        System::ArmDarwin => "macos-15",
        System::X86Darwin => "macos-15-intel",
    }
}
