//! What a plan of a release is made of.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
};

use anyhow::{Context as _, Result};
use blocks_config::{Changelog, ChangelogCommits, PipelineConfig, Versions};
use blocks_engine::{Checkout, LoggedCommit, LoggedTag, Workspace};
use blocks_gates::{Baseline, RecordedInterface, recorded_interfaces};
use blocks_release::{
    Interface, Level, Logs, Past, Place, Plan, PlanError, Policy, Pre, Project, RawCommit, Tag,
    Tells, Unit,
};
use blocks_stages::Table;
use clap::{Args, ValueEnum};

use crate::{
    baseline::FOLDER,
    cli::{PlaceArgs, RecordArgs},
    context::{self, Reading},
    exit::Usage,
};

/// Which release is meant.
#[derive(Debug, Args)]
pub(crate) struct WhichArgs {
    /// Plans a pre-release, and not the release.
    #[arg(long, value_enum, value_name = "WORD")]
    pre: Option<PreChoice>,

    #[command(flatten)]
    records: RecordArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PreChoice {
    Alpha,
    Beta,
    Rc,
}

/// A plan, and of what it is.
pub(crate) struct Gathered {
    pub(crate) workspace: Workspace,
    pub(crate) config: PipelineConfig,
    pub(crate) plan: Plan,
}

/// The plan of the workspace as it is now.
pub(crate) fn gather(place: &PlaceArgs, args: &WhichArgs) -> Result<Gathered> {
    let workspace = context::workspace(place)?;
    let config = context::config(place, Some(&workspace))?.config;
    let Some(day) = args.records.today.day() else {
        return Err(Usage("a release has a day: name it with --today".to_owned()).into());
    };
    let policy = policy(&config, args.pre, day.to_string());
    let places = places(&workspace, &config);
    let files = files(&workspace, &places)?;
    let project = Project::read(places, files).map_err(|error| refused(&error))?;
    let tags: Vec<_> = LoggedTag::all(&workspace)?.into_iter().map(tag).collect();
    let units = project.units(&policy, &tags).map_err(|error| refused(&error))?;
    let logs = logs(&workspace, &units)?;
    let (interfaces, unknown) = interfaces(place, &workspace, &args.records);
    let past = Past { logs: &logs, interfaces: &interfaces, unknown: &unknown };
    let plan = Plan::of(&project, &units, past, &policy).map_err(|error| refused(&error))?;
    Ok(Gathered { workspace, config, plan })
}

/// What is wrong with manifests or with what was asked for is not this program's fault.
pub(super) fn refused(error: &PlanError) -> anyhow::Error {
    Usage(error.to_string()).into()
}

pub(super) fn policy(config: &PipelineConfig, pre: Option<PreChoice>, day: String) -> Policy {
    let release = &config.release;
    Policy {
        is_lockstep: release.versions == Versions::Lockstep,
        tag: release.tag.get().map(str::to_owned),
        has_member_changelogs: release.changelog == Changelog::Member,
        tells: match release.changelog_commits {
            ChangelogCommits::Auto => Tells::Auto,
            ChangelogCommits::Always => Tells::Always,
            ChangelogCommits::Never => Tells::Never,
        },
        pre: pre.map(|pre| match pre {
            PreChoice::Alpha => Pre::Alpha,
            PreChoice::Beta => Pre::Beta,
            PreChoice::Rc => Pre::Rc,
        }),
        day,
    }
}

pub(super) fn places(workspace: &Workspace, config: &PipelineConfig) -> Vec<Place> {
    let of = |package: &blocks_engine::Package| {
        let settings = config.members.get(&package.name);
        Place {
            name: package.name.clone(),
            folder: package.folder.clone(),
            files: config.member_files(&package.name).iter().map(ToString::to_string).collect(),
            group: settings.and_then(|it| it.release_group.get()).map(str::to_owned),
            has_library_file: workspace.root.join(&package.folder).join("src/lib.rs").exists(),
        }
    };
    workspace.packages.iter().map(of).collect()
}

pub(super) fn files(workspace: &Workspace, places: &[Place]) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for file in Project::files_of(places) {
        match fs::read(workspace.root.join(&file)) {
            Ok(bytes) => drop(files.insert(file, bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("{file} cannot be read")),
        }
    }
    Ok(files)
}

pub(super) fn tag(LoggedTag { name, revision, is_ancestor }: LoggedTag) -> Tag {
    Tag { name, revision, is_ancestor }
}

fn logs(workspace: &Workspace, units: &[Unit]) -> Result<Logs> {
    let bases: BTreeSet<_> = units.iter().flat_map(Unit::bases).collect();
    let log = |base: Option<String>| {
        let commits = LoggedCommit::since(workspace, base.as_deref())?;
        let raw = commits.into_iter().map(|it| RawCommit {
            revision: it.revision,
            parents: it.parents,
            message: it.message,
            files: it.files,
        });
        Ok((base, raw.collect()))
    };
    bases.into_iter().map(log).collect()
}

/// What the records of stages which compare say of interfaces, by the member, and why they say nothing of others.
fn interfaces(
    place: &PlaceArgs,
    workspace: &Workspace,
    args: &RecordArgs,
) -> (BTreeMap<String, Interface>, String) {
    let folder = args.baseline.clone().unwrap_or_else(|| workspace.blocks().join(FOLDER));
    let hint = "`cargo blocks check semver --baseline TAG` compares it with its last release";
    if let Err(error) = Baseline::open(&folder) {
        let why =
            if folder.exists() { error.to_string() } else { "no record compares it".to_owned() };
        return (BTreeMap::new(), format!("{why}: {hint}"));
    }
    let args = RecordArgs { baseline: Some(folder.clone()), ..args.clone() };
    let reading = match Reading::new(place, &args) {
        Ok(reading) => reading,
        Err(error) => return (BTreeMap::new(), format!("{error:#}")),
    };
    let revision = Checkout::commit_of(&folder);
    let stages = Table::in_use().stages.iter().filter(|it| it.compares);
    let found = stages.flat_map(|stage| recorded_interfaces(stage, reading.given()));
    let interface = |it: RecordedInterface| {
        let level = match (it.is_major, it.is_minor) {
            (true, _) => Some(Level::Major),
            (false, true) => Some(Level::Minor),
            (false, false) => None,
        };
        let RecordedInterface { package, before, broken, .. } = it;
        (package, Interface { before, revision: revision.clone(), level, broken })
    };
    let found = found.map(interface).collect();
    (found, format!("no record of these sources compares it: {hint}"))
}
