//! The workspace whose programs are released.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use blocks_assets::{Member as Listed, Told, notes_of};
use blocks_config::PipelineConfig;
use blocks_engine::{Commit, Workspace};
use blocks_registry::{Cargo, Member, with_programs};
use blocks_release::section_text;
use semver::Version;

use super::super::{
    there::cargo,
    verify::{changelog_of, tags_of},
};
use crate::{cli::PlaceArgs, context, exit::Usage};

/// How the names of files begin that say what somebody may do with a program.
const LICENCES: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"];

/// A workspace, and its members with programs that are released, by their names.
pub(super) struct Source {
    pub(super) workspace: Workspace,
    pub(super) config: PipelineConfig,
    pub(super) cargo: Cargo,
    pub(super) members: Vec<Member>,
}

impl Source {
    pub(super) fn find(place: &PlaceArgs) -> Result<Self> {
        let workspace = context::workspace(place)?;
        let config = context::config(place, Some(&workspace))?.config;
        let cargo = cargo(&workspace);
        let named: Vec<_> = config.release.programs.iter().map(ToString::to_string).collect();
        let members =
            with_programs(&cargo.metadata()?, &named).map_err(|error| Usage(error.to_string()))?;
        if members.is_empty() {
            let why =
                "no member that may be published has a program: `release.programs` names others";
            return Err(Usage(why.to_owned()).into());
        }
        Ok(Self { workspace, config, cargo, members })
    }

    /// The tag of each member, by its name; none of what no release is planned of.
    pub(super) fn tags(&self) -> Result<BTreeMap<String, String>> {
        let is_published = |it: &&Member| it.publish.as_ref().is_none_or(|it| !it.is_empty());
        let published: Vec<_> = self.members.iter().filter(is_published).cloned().collect();
        if published.is_empty() {
            return Ok(BTreeMap::new());
        }
        tags_of(&self.workspace, &self.config, &published)
    }

    /// The commit, where all files are as they were then, but for those of a release in a folder.
    pub(super) fn revision(&self, folder: &Path) -> Result<Option<String>> {
        let own = context::own_and(&self.config, &self.workspace, folder);
        let commit = Commit::of_unchanged(&self.workspace, &own)?;
        Ok(commit.map(|it| it.revision))
    }

    pub(super) fn changelog(&self, member: &Member) -> PathBuf {
        changelog_of(&self.workspace, &self.config, member)
    }

    /// What a folder of this commit has to say.
    pub(super) fn told(&self, folder: &Path) -> Result<Told> {
        let tags = self.tags()?;
        let listed = |it: &Member| Listed {
            name: it.name.clone(),
            version: it.version.clone(),
            tag: tags.get(&it.name).cloned(),
        };
        let note = |it: &Member| {
            let text = notes(&self.changelog(it), &it.name, &it.version)?;
            Ok((format!("{} {}", it.name, it.version), text))
        };
        let notes: Vec<_> = self.members.iter().map(note).collect::<Result<_>>()?;
        Ok(Told {
            members: self.members.iter().map(listed).collect(),
            revision: self.revision(folder)?,
            notes: notes_of(&notes),
        })
    }

    /// What goes beside a member's programs, by the names that it has there: its own, or else the workspace's.
    pub(super) fn texts(&self, member: &Member) -> Result<BTreeMap<String, PathBuf>> {
        let folder = member.manifest.parent().unwrap_or(&self.workspace.root);
        let mut found = vec![self.changelog(member)];
        found.extend(member.readme.as_ref().map(|it| folder.join(it)));
        found.extend(member.license_file.as_ref().map(|it| folder.join(it)));
        for folder in [folder, &self.workspace.root] {
            found.extend(
                licences(folder).with_context(|| format!("cannot read {}", folder.display()))?,
            );
        }
        let readme = self.workspace.root.join("README.md");
        found.extend(member.readme.is_none().then_some(readme));
        let mut texts = BTreeMap::new();
        for path in found.into_iter().filter(|it| it.is_file()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            texts.entry(name).or_insert(path);
        }
        Ok(texts)
    }
}

fn licences(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_uppercase();
        if LICENCES.iter().any(|it| name.starts_with(it)) {
            found.push(path);
        }
    }
    Ok(found)
}

/// What a changelog says of a version.
pub(super) fn notes(changelog: &Path, name: &str, version: &Version) -> Result<String> {
    let shown = changelog.display();
    let text = fs::read_to_string(changelog).map_err(|error| {
        Usage(format!("{shown} cannot be read, and a release tells what it brings: {error}"))
    })?;
    let told = section_text(&text, name, version);
    told.ok_or_else(|| {
        let message = format!(
            "{shown} tells nothing of {name} {version}: cargo blocks release prepare makes a section of it"
        );
        Usage(message).into()
    })
}
