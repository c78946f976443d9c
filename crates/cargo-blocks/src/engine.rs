use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use blocks_config::PipelineConfig;
use blocks_engine::{
    Cancel, Database, EngineError, Event, Origin, Sink, Toolchain, Workspace,
    host::{Before, Host, Limits, Lock, Unit},
    nix::{self, Nix, Side},
};
use blocks_gates::{Baseline, Expected};
use blocks_stages::{Stage, Table};

use crate::{
    baseline::{self, Maker},
    cli::{CheckArgs, EngineChoice},
    context,
    display::Display,
    exit::Usage,
    setup::{Consent, provide},
};

/// What an engine was to leave: the records, and of which sources.
pub(crate) struct Made {
    pub(crate) expected: Expected,
    /// The records that they are compared with.
    pub(crate) baseline: Option<Baseline>,
    /// The records that were not there before, by stage and unit.
    pub(crate) records: BTreeSet<(String, String)>,
    /// How many were there, and still hold.
    pub(crate) kept: usize,
}

/// Shows what happens, and notes which records were not there before.
struct Watch<'a> {
    display: &'a Display,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    made: BTreeSet<(String, String)>,
    kept: usize,
}

impl<'a> Watch<'a> {
    fn new(display: &'a Display) -> Self {
        Self { display, seen: Mutex::default() }
    }

    fn see(&self, event: &Event) {
        if let Event::Finished { stage, unit, origin, .. } = event {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            if *origin == Origin::Made {
                seen.made.insert((stage.clone(), unit.clone()));
            } else {
                seen.kept += 1;
            }
        }
        self.display.show(event);
    }

    fn seen(self) -> Seen {
        self.seen.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The records that the host engine leaves of these members, none for all, where it compares with a baseline.
pub(crate) fn expected_by_host(
    sources: &str,
    members: &[String],
    baseline: Option<&Baseline>,
) -> Expected {
    let mut expected = Expected::default();
    for stage in &Table::in_use().stages {
        let row = Table::in_use().recorded_by(stage);
        let unit = Unit::of(row, members, sources);
        let unit = match (baseline, &stage.material) {
            (_, None) => unit,
            (Some(baseline), Some(_)) => unit.compared_with(&sources_before(baseline, stage)),
            (None, Some(_)) => continue,
        };
        expected.insert(&row.id, &unit.name, Some(&unit.sources));
    }
    expected
}

/// What identifies the sources of what a stage with a material is compared with.
fn sources_before(baseline: &Baseline, stage: &Stage) -> String {
    let units = baseline.expected.units(Table::in_use().compared_by(stage));
    let told: Vec<_> =
        units.map(|(unit, sources)| format!("{unit} {}", sources.unwrap_or_default())).collect();
    told.join("\n")
}

/// What a run is over.
pub(crate) struct Job<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(crate) config: &'a PipelineConfig,
    pub(crate) stages: &'a [&'static Stage],
    pub(crate) records: PathBuf,
    /// The members that it is over, of the host engine; none for all. Nix makes whatever is not cached.
    pub(crate) members: &'a [String],
}

/// Whether the command line, and what there is, make Nix the engine.
pub(crate) fn is_nix(workspace: &Workspace, args: &CheckArgs) -> Result<bool> {
    let flake = nix::is_flake(&workspace.root);
    let is_nix = match args.engine {
        EngineChoice::Host => false,
        EngineChoice::Auto => flake && nix::is_there(&args.nix),
        EngineChoice::Nix if !flake => {
            let root = workspace.root.display();
            return Err(Usage(format!(
                "{root} has no flake.nix, so there is nothing for Nix to build: use --engine host"
            ))
            .into());
        }
        EngineChoice::Nix => true,
    };
    let named = [("--builders", args.builders.is_some()), ("--max-jobs", args.max_jobs.is_some())];
    if let Some((option, _)) = named.iter().find(|(_, is_there)| *is_there && !is_nix) {
        let why =
            "is about builds of Nix, and the host engine has this machine alone: use --engine nix";
        return Err(Usage(format!("{option} {why}")).into());
    }
    Ok(is_nix)
}

impl Job<'_> {
    /// Lets the engine that the command line asks for make the records.
    pub(crate) fn run(&self, args: &CheckArgs) -> Result<Made> {
        for id in &args.again {
            context::stage(id)?;
        }
        let again: Vec<String> = args
            .again
            .iter()
            .filter_map(|id| Some(Table::in_use().stage(id)?.record_stage().to_owned()))
            .collect();
        let cancel = Cancel::on_signals()?;
        let display = Display::new();
        let result = if is_nix(self.workspace, args)? {
            self.nix(args, &again, &cancel, &display)
        } else {
            self.host(args, &again, &cancel, &display)
        };
        display.clear();
        result
    }

    fn nix(
        &self,
        args: &CheckArgs,
        again: &[String],
        cancel: &Cancel,
        display: &Display,
    ) -> Result<Made> {
        let is_named = |it: &&&Stage| it.host_only && args.stages.contains(&it.id);
        if let Some(Stage { id, .. }) = self.stages.iter().find(is_named) {
            let message = format!(
                "the stage `{id}` measures a machine, which Nix does not: use --engine host"
            );
            return Err(Usage(message).into());
        }
        let sink = |event| display.show(&event);
        let _lock = Lock::take(self.workspace, cancel, &sink)?;
        let database = self.named_database(args)?;
        let before = self.baseline(args, Maker::Nix(&args.nix, args.farm()), cancel, &sink)?;
        let root = before.as_ref().and_then(|it| it.root.as_deref());
        let mut stages = self.asked(root.is_some());
        if let Some(Stage { id, .. }) = stages.iter().find(|it| it.host_only) {
            let told = format!("not asked by Nix: {id}, which measures a machine (--engine host)");
            sink(Event::Told(told));
        }
        stages.retain(|it| !it.host_only);
        let is_asked = |id: &&String| stages.iter().any(|it| it.record_stage() == **id);
        let again: Vec<_> = again.iter().filter(is_asked).cloned().collect();
        let nix = Nix {
            workspace: self.workspace,
            table: Table::in_use(),
            program: args.nix.clone(),
            again: &again,
            baseline: root.filter(|_| self.has_material()),
            database: database.as_ref(),
            farm: args.farm(),
            side: Side::Now,
            records: self.records.clone(),
        };
        let watch = Watch::new(display);
        let sources = nix.run(&stages, cancel, &|event| watch.see(&event))?;
        let baseline = before.map(|it| it.baseline);
        let expected = context::expected_of(&sources);
        let Seen { made, kept } = watch.seen();
        Ok(Made { expected, baseline, records: made, kept })
    }

    /// The stages that leave a record: those with a material where there is something to compare with.
    fn asked(&self, compares: bool) -> Vec<&'static Stage> {
        self.stages.iter().copied().filter(|it| compares || it.material.is_none()).collect()
    }

    /// The advisory database of the host engine: the one that the command line names, or that this machine keeps.
    fn database(&self, args: &CheckArgs) -> Result<Option<Database>> {
        Ok(match self.named_database(args)? {
            None if self.wants_database() => Database::usual(self.workspace)?,
            named => named,
        })
    }

    fn named_database(&self, args: &CheckArgs) -> Result<Option<Database>> {
        let named = args.advisory_db.as_deref().filter(|_| self.wants_database());
        let mistake = |error: EngineError| Usage(format!("--advisory-db: {error}"));
        let open = |folder| Database::open(self.workspace, folder).map_err(mistake);
        Ok(named.map(open).transpose()?)
    }

    fn wants_database(&self) -> bool {
        self.stages.iter().any(|stage| Table::in_use().recorded_by(stage).database)
    }

    fn has_material(&self) -> bool {
        self.stages.iter().any(|stage| stage.material.is_some())
    }

    fn host(
        &self,
        args: &CheckArgs,
        again: &[String],
        cancel: &Cancel,
        display: &Display,
    ) -> Result<Made> {
        let sink = |event| display.show(&event);
        let toolchain = Toolchain::of(self.workspace)?;
        let _lock = Lock::take(self.workspace, cancel, &sink)?;
        self.workspace.lock_file()?;
        let sources = context::sources(self.workspace, self.config)?;
        let database = self.database(args)?;
        let host = Host {
            workspace: self.workspace,
            toolchain: &toolchain,
            table: Table::in_use(),
            limits: Limits::from(&self.config.resources),
            sources: &sources,
            members: self.members,
            again,
            database: database.as_ref(),
            settings: &self.config.members,
            program: context::program()?,
            records: self.records.clone(),
        };
        let consent = match (args.no_install, args.yes) {
            (true, _) => Consent::Never,
            (false, true) => Consent::Given,
            (false, false) => Consent::Ask,
        };
        let stages = self.asked(args.baseline.is_some());
        let missing = host.missing_tools(&stages);
        provide(self.workspace, &toolchain, &missing, consent, cancel, &sink)?;
        // What a baseline leaves is no record of the workspace.
        let watch = Watch::new(display);
        let own = |event| watch.see(&event);
        host.run(&stages, cancel, &own)?;
        let before = self.baseline(args, Maker::Host, cancel, &sink)?;
        let baseline = before.map(|it| it.baseline);
        if let Some(baseline) = &baseline {
            self.compare(&host, baseline, cancel, &own)?;
        }
        // Those that Nix left of other members are still what they were.
        if self.members.is_empty() {
            for stage in stages {
                nix::unlink(&self.records, stage.record_stage())?;
            }
        }
        let expected = expected_by_host(&sources, self.members, baseline.as_ref());
        let Seen { made, kept } = watch.seen();
        Ok(Made { expected, baseline, records: made, kept })
    }

    /// Makes the records of the stages with a material.
    fn compare(
        &self,
        host: &Host<'_>,
        baseline: &Baseline,
        cancel: &Cancel,
        sink: Sink<'_>,
    ) -> Result<()> {
        for stage in self.stages.iter().filter(|it| it.material.is_some()) {
            let sources = sources_before(baseline, stage);
            let before = Before { records: &baseline.records, sources };
            host.compare(stage, &before, cancel, sink)?;
        }
        Ok(())
    }

    /// The records that the command line wants to compare with.
    fn baseline(
        &self,
        args: &CheckArgs,
        maker: Maker<'_>,
        cancel: &Cancel,
        sink: Sink<'_>,
    ) -> Result<Option<baseline::Made>> {
        let Some(revision) = &args.baseline else { return Ok(None) };
        baseline::make(self, revision, maker, cancel, sink)
    }
}
