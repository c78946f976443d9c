//! What the program knows, and files may tell.

use std::collections::BTreeMap;

use blocks_config::PipelineConfig;
use blocks_evidence::MetadataPackage;
use blocks_stages::Table;

/// What is known of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its members.
    pub members: Vec<Member>,
    /// The badges' names and the files that they are drawn to.
    pub badges: Vec<(String, String)>,
    /// The stages that are on, in the table's order.
    pub stages: Vec<StageRow>,
    /// What programs print about themselves, by the program and its subcommands with a blank between two.
    pub helps: BTreeMap<String, Help>,
}

/// A member of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The package's name.
    pub name: String,
    /// Its folder from the workspace's root; empty for the root itself.
    pub folder: String,
    /// Its version.
    pub version: String,
    /// The minimum Rust version, as its manifest has it.
    pub rust_version: Option<String>,
}

/// A stage in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageRow {
    /// Its name.
    pub id: String,
    /// What it checks.
    pub title: String,
    /// Why.
    pub why: String,
}

/// What a program said when it was asked about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Help {
    /// What it printed, with this status.
    Printed {
        /// How it ended.
        status: i32,
        /// What it printed.
        text: String,
    },
    /// No member has such a program.
    NoProgram,
}

impl Facts {
    /// What `cargo metadata`, the configuration and the table say of a workspace that lies in `root`, and what its
    /// programs do.
    pub fn of(
        (packages, root): (&[MetadataPackage], &str),
        config: &PipelineConfig,
        table: &Table,
        helps: BTreeMap<String, Help>,
    ) -> Self {
        let badges = config.badges.iter();
        let stages = table.stages.iter().filter(|stage| config.is_enabled(&stage.id));
        Self {
            members: packages.iter().map(|package| Member::of(package, root)).collect(),
            badges: badges
                .map(|it| (it.name.as_str().to_owned(), it.path.as_str().to_owned()))
                .collect(),
            stages: stages
                .map(|it| StageRow {
                    id: it.id.clone(),
                    title: it.title.clone(),
                    why: it.why.clone(),
                })
                .collect(),
            helps,
        }
    }

    pub(crate) fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }

    /// The member in whose folder a file lies, the innermost where there are several.
    pub(crate) fn member_of(&self, file: &str) -> Option<&Member> {
        let holds = |member: &&Member| {
            let rest = file.strip_prefix(&member.folder);
            member.folder.is_empty() || rest.is_some_and(|rest| rest.starts_with('/'))
        };
        self.members.iter().filter(holds).max_by_key(|member| member.folder.len())
    }
}

impl Member {
    fn of(package: &MetadataPackage, root: &str) -> Self {
        let folder = package.manifest.strip_suffix("Cargo.toml").unwrap_or(&package.manifest);
        let inside = folder.strip_prefix(root.trim_end_matches('/')).unwrap_or(folder);
        Self {
            name: package.name.clone(),
            folder: inside.trim_matches('/').to_owned(),
            version: package.version.clone(),
            rust_version: package.rust_version.clone(),
        }
    }
}
