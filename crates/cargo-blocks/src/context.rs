use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use blocks_config::{
    ConfigFile as _, Date, Loaded, NotifyConfig, PipelineConfig, StageSet, StageSettings,
};
use blocks_engine::{
    Cancel, OwnFiles, Workspace,
    changes::{self, Affected, Changed},
    fingerprint,
    nix::{self, Farm, Nix, Side, UnitSources},
};
use blocks_gates::{Baseline, Expected, Given};
use blocks_records::Record;
use blocks_stages::{Own, Set, Stage, Table};

use crate::{
    cli::{PlaceArgs, RecordArgs},
    engine::expected_by_host,
    exit::Usage,
    links,
};

/// Where the configuration is, below the workspace's root.
pub(crate) const CONFIG: &str = ".github/pipeline-config.yml";

/// Where the configuration of messages to people is.
const NOTIFY: &str = ".github/notify-config.yml";

/// The workspace that the command line points at.
pub(crate) fn workspace(place: &PlaceArgs) -> Result<Workspace> {
    let here = env::current_dir().context("cannot tell the current folder")?;
    let start = place.workspace.clone().or_else(|| place.manifest_path.clone()).unwrap_or(here);
    Ok(Workspace::find(&start, place.toolchain.as_deref())?)
}

/// The configuration: the file that the command line names, or the workspace's own.
/// Names in it are compared with the stages that there are, and with the workspace's members.
pub(crate) fn config(
    place: &PlaceArgs,
    workspace: Option<&Workspace>,
) -> Result<Loaded<PipelineConfig>> {
    let path = match (&place.config, workspace) {
        (Some(file), _) if !file.is_file() => {
            return Err(Usage(format!("there is no configuration at {}", file.display())).into());
        }
        (Some(file), _) => file.clone(),
        (None, Some(workspace)) => workspace.root.join(CONFIG),
        (None, None) => {
            let loaded = defaults()?;
            // The values of settings stand in the table's texts.
            use_own_stages(&loaded.config)?;
            return Ok(loaded);
        }
    };
    let loaded = Loaded::load(&path)?.with_opt_in(Table::embedded().opt_in_ids());
    let known: Vec<_> = Table::embedded().stage_ids().collect();
    let materials: Vec<_> = Table::embedded().materials.iter().map(|it| it.id.as_str()).collect();
    loaded.check_stages(&known, &materials)?;
    use_own_stages(&loaded.config)?;
    if let Some(workspace) = workspace {
        let members: Vec<_> = workspace.members.iter().map(String::as_str).collect();
        loaded.check_members(&members)?;
        loaded
            .check_features(|member, feature| has_feature(workspace, member, feature.as_str()))?;
        let is_file = |path: PathBuf| path.symlink_metadata().is_ok_and(|it| it.is_file());
        loaded.check_files(
            |file| workspace.root.join(file).exists(),
            |file| is_file(workspace.root.join(file)),
        )?;
    }
    Ok(loaded)
}

/// This program.
pub(crate) fn program() -> Result<PathBuf> {
    env::current_exe().context("cannot tell where this program is")
}

/// What holds without a file.
pub(crate) fn defaults() -> Result<Loaded<PipelineConfig>> {
    Ok(Loaded::parse("", CONFIG)?.with_opt_in(Table::embedded().opt_in_ids()))
}

fn has_feature(workspace: &Workspace, member: &str, feature: &str) -> bool {
    let package = workspace.packages.iter().find(|package| package.name == member);
    package.is_some_and(|package| package.features.iter().any(|it| it == feature))
}

/// Reads the configuration for the sake of the workspace's own stages. Outside of a workspace there are none.
pub(crate) fn own_stages(place: &PlaceArgs) -> Result<()> {
    let workspace = workspace(place).ok();
    config(place, workspace.as_ref()).map(drop)
}

/// Lets the table have the stages of the workspace's own.
fn use_own_stages(config: &PipelineConfig) -> Result<()> {
    let row = |(id, settings): (&str, &StageSettings)| {
        let files: Vec<_> = settings.files.iter().map(ToString::to_string).collect();
        let (title, run, layer) = (&*settings.title, &*settings.run, settings.layer.as_str());
        let set = match settings.set {
            StageSet::Quick => Set::Quick,
            StageSet::Full => Set::Full,
            StageSet::Proofs => Set::Proofs,
        };
        Own { id, title, run, layer, files: &files, set }.row()
    };
    Ok(Table::use_with(config.own_stages().map(row).collect(), |key| config.show(key))?)
}

/// Who hears of runs, as the workspace's own file says.
pub(crate) fn notify_config(root: Option<&Path>) -> Result<Loaded<NotifyConfig>> {
    Ok(match root {
        Some(root) => Loaded::load(&root.join(NOTIFY))?,
        None => Loaded::parse("", NOTIFY)?,
    })
}

/// The stages that are asked for, or all that the configuration leaves on.
///
/// A stage that is named is asked for in any case, and says that it is off where it is; one of a group or a set that is named
/// is asked for only where the configuration does not switch it off. A set has those of the quicker ones, too.
pub(crate) fn stages(named: &[String], config: &PipelineConfig) -> Result<Vec<&'static Stage>> {
    let table = Table::in_use();
    if named.is_empty() {
        let last = match (config.verify.quick_mode, config.verify.full_proofs) {
            (_, true) => Set::Proofs,
            (true, false) => Set::Quick,
            (false, false) => Set::Full,
        };
        let on = |stage: &&Stage| config.is_enabled(&stage.id) && stage.set <= last;
        return Ok(table.stages.iter().filter(on).collect());
    }
    let mut stages: Vec<&Stage> = Vec::new();
    for name in named {
        let is_asked = |it: &&Stage| it.id == *name || config.is_enabled(&it.id);
        let mut found = table.named(name);
        if let (true, Some(last)) = (found.is_empty(), set_named(name)) {
            found = table.stages.iter().filter(|it| it.set <= last).collect();
        }
        if found.is_empty() {
            return Err(unknown_stage(name));
        }
        let found: Vec<_> = found.into_iter().filter(is_asked).collect();
        if found.is_empty() {
            let message = format!(
                "all stages of the group `{name}` are switched off (`stages.<id>.enabled`)"
            );
            return Err(Usage(message).into());
        }
        let is_new = |it: &&Stage| !stages.iter().any(|known| known.id == it.id);
        let found: Vec<_> = found.into_iter().filter(is_new).collect();
        stages.extend(found);
    }
    Ok(stages)
}

/// The set of that name.
fn set_named(name: &str) -> Option<Set> {
    [Set::Quick, Set::Full, Set::Proofs].into_iter().find(|it| it.as_str() == name)
}

/// Those of `stages` that have an answer by whoever left the records: what measures a machine has none by Nix, and is then
/// shown to nobody who did not name it.
pub(crate) fn answered<'a>(
    mut stages: Vec<&'a Stage>,
    named: &[String],
    given: Given<'_>,
) -> Vec<&'a Stage> {
    stages.retain(|it| {
        let is_due = given.baseline.is_none() || given.expected.units(it).next().is_some();
        !it.host_only || is_due || named.contains(&it.id)
    });
    stages
}

/// A stage by its name.
pub(crate) fn stage(id: &str) -> Result<&'static Stage> {
    Table::in_use().stage(id).ok_or_else(|| unknown_stage(id))
}

fn unknown_stage(id: &str) -> anyhow::Error {
    let table = Table::in_use();
    let known: Vec<_> = table.stage_ids().collect();
    let groups: Vec<_> = table.groups.iter().map(|group| group.id.as_str()).collect();
    Usage(format!(
        "there is no stage `{id}`; there are: {}; and groups of them: {}",
        known.join(", "),
        groups.join(", ")
    ))
    .into()
}

/// What identifies the sources of the workspace now.
pub(crate) fn sources(workspace: &Workspace, config: &PipelineConfig) -> Result<String> {
    Ok(fingerprint(workspace, &own(config))?)
}

/// What Blocks itself writes into the workspace.
pub(crate) fn own(config: &PipelineConfig) -> OwnFiles {
    OwnFiles {
        files: config.badges.iter().map(|badge| badge.path.as_str().into()).collect(),
        results: Some(config.performance.results_folder.as_str().into()),
    }
}

/// The same, and what is made in a folder that somebody named.
pub(crate) fn own_and(config: &PipelineConfig, workspace: &Workspace, made: &Path) -> OwnFiles {
    let mut own = own(config);
    let path = std::path::absolute(made).unwrap_or_else(|_| made.to_owned());
    let inside = path.strip_prefix(&workspace.root).ok();
    // The root itself would leave out all there is.
    own.files.extend(inside.filter(|path| !path.as_os_str().is_empty()).map(Path::to_owned));
    own
}

/// What changed in the workspace since a revision, and whose records of these stages it concerns.
pub(crate) fn affected(
    workspace: &Workspace,
    config: &PipelineConfig,
    stages: &[&Stage],
    revision: &str,
) -> Result<(Changed, Vec<Affected>)> {
    let changed = Changed::since(workspace, revision, &own(config))?;
    let found = changes::affected(workspace, config, &changed, &rows(stages))?;
    Ok((changed, found))
}

/// Whose records it concerns, texts for people left out of account that only some of these stages read.
pub(crate) fn affected_without_texts(
    workspace: &Workspace,
    config: &PipelineConfig,
    stages: &[&Stage],
    changed: &Changed,
) -> Result<Vec<Affected>> {
    let without = |row: &Stage| Stage { texts: Vec::new(), packaged: false, ..row.clone() };
    let rows: Vec<_> = rows(stages).into_iter().map(without).collect();
    Ok(changes::affected(workspace, config, changed, &rows.iter().collect::<Vec<_>>())?)
}

/// The rows that make the records which stages judge, and what these are compared with.
fn rows<'a>(stages: &[&'a Stage]) -> Vec<&'a Stage> {
    let table = Table::in_use();
    let of = |stage: &&'a Stage| [table.recorded_by(stage), table.compared_by(stage)];
    stages.iter().flat_map(of).collect()
}

/// Whether a record of this stage, of whatever unit, is there, and is of sources as Nix identifies them; `None` where there is
/// no record.
fn is_by_nix(records: &Path, stage: &str) -> Option<bool> {
    let units = fs::read_dir(records.join(stage)).into_iter().flatten().flatten();
    let found = units.filter_map(|entry| Record::load(&entry.path()).ok());
    found.map(|record| record.sources.starts_with("nix-")).reduce(|one, other| one || other)
}

/// The stages that either engine has a record of here, by its id and whether that is Nix.
fn engines(records: &Path) -> BTreeMap<&'static str, bool> {
    let ids = Table::in_use().stage_ids();
    ids.filter_map(|id| Some((id, is_by_nix(records, id)?))).collect()
}

/// The records that Nix has been asked for, or would be now.
pub(crate) fn expected_of(sources: &UnitSources) -> Expected {
    let mut expected = Expected::default();
    for (stage, units) in sources {
        for (unit, sources) in units {
            expected.insert(stage, unit, Some(sources));
        }
    }
    expected
}

/// The records that there have to be of the workspace as it is now.
///
/// Records that Nix made are compared with what it would make now, where there is a Nix to ask; those that the machine's own tools
/// made are what they have to be of the sources as they are, whoever made those of other stages.
pub(crate) fn expected(
    workspace: &Workspace,
    config: &PipelineConfig,
    baseline: Option<&Baseline>,
    args: &RecordArgs,
    records: &Path,
) -> Result<Expected> {
    let by_host = || Ok(expected_by_host(&sources(workspace, config)?, &[], baseline));
    let engines = engines(records);
    if engines.values().any(|is_by_nix| *is_by_nix) && nix::is_there(&args.nix) {
        // What a check leaves of a baseline has its sources beside its records.
        let tree = args.baseline.as_ref().map(|folder| folder.join(crate::baseline::TREE));
        let tree = tree.map(std::path::absolute).transpose()?;
        let nix = Nix {
            workspace,
            table: Table::in_use(),
            program: args.nix.clone(),
            again: &[],
            baseline: tree.as_deref().filter(|tree| tree.join("Cargo.toml").is_file()),
            database: None,
            farm: Farm::default(),
            side: Side::Now,
            records: records.to_owned(),
        };
        let mut by_nix = nix.sources(&Cancel::on_signals()?)?;
        let is_of_host = |stage: &str| engines.get(stage) == Some(&false);
        by_nix.retain(|stage, _| !is_of_host(stage));
        let mut expected = expected_of(&by_nix);
        let by_host: Expected = by_host()?;
        for stage in Table::in_use().stages.iter().filter(|it| is_of_host(&it.id)) {
            for (unit, sources) in by_host.units(stage) {
                expected.insert(&stage.id, unit, sources);
            }
        }
        return Ok(expected);
    }
    by_host()
}

/// The records that there have to be, as a file lists them.
fn read_expected(file: &Path) -> Result<Expected> {
    let mistake = |why: String| Usage(format!("{}: {why}", file.display()));
    let text = fs::read_to_string(file).map_err(|error| mistake(error.to_string()))?;
    Ok(Expected::parse(&text).map_err(|error| mistake(error.to_string()))?)
}

/// The records that are read, and the configuration that they are judged by.
pub(crate) struct Reading {
    /// The records' folder.
    pub(crate) records: PathBuf,
    /// The records that there have to be.
    pub(crate) expected: Expected,
    /// The configuration.
    pub(crate) config: PipelineConfig,
    /// What the records are compared with.
    pub(crate) baseline: Option<Baseline>,
    /// The day that entries of the configuration with a date are judged on.
    pub(crate) today: Option<Date>,
    /// The workspace, unless the command line gave all that one would be asked for.
    pub(crate) workspace: Option<Workspace>,
}

impl Reading {
    /// In a sandbox there is neither a workspace nor cargo: there, the command line gives both the
    /// records and those that there have to be.
    pub(crate) fn new(place: &PlaceArgs, args: &RecordArgs) -> Result<Self> {
        if let (Some(list), Some(records)) = (&args.link, &args.records) {
            links::make(list, records)?;
        }
        let today = args.today.day();
        let listed = args.expect.as_deref().map(read_expected).transpose()?;
        let baseline = args.baseline.as_deref().map(Baseline::open).transpose();
        let baseline = baseline.map_err(|error| Usage(error.to_string()))?;
        if let (Some(records), Some(expected)) = (&args.records, &listed) {
            return Ok(Self {
                records: records.clone(),
                expected: expected.clone(),
                config: config(place, None)?.config,
                baseline,
                today,
                workspace: None,
            });
        }
        let workspace = workspace(place)?;
        let config = config(place, Some(&workspace))?.config;
        let records = args.records.clone().unwrap_or_else(|| workspace.records());
        let expected = match listed {
            Some(expected) => expected,
            None => expected(&workspace, &config, baseline.as_ref(), args, &records)?,
        };
        Ok(Self { records, expected, config, baseline, today, workspace: Some(workspace) })
    }

    /// The stages that are judged: see [`stages`] and [`answered`].
    pub(crate) fn stages(&self, named: &[String]) -> Result<Vec<&'static Stage>> {
        Ok(answered(stages(named, &self.config)?, named, self.given()))
    }

    /// What verdicts are computed from.
    pub(crate) fn given(&self) -> Given<'_> {
        Given {
            records: &self.records,
            expected: &self.expected,
            config: &self.config,
            baseline: self.baseline.as_ref(),
            today: self.today,
        }
    }
}
