use std::path::PathBuf;

use anyhow::Result;
use blocks_config::PipelineConfig;
use blocks_engine::{
    Cancel, Sink, Toolchain, Workspace,
    host::{Host, Limits, Lock, Unit},
    nix::{self, Nix},
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
}

/// The records that the host engine leaves of these members; none for all.
fn expected_by_host(sources: &str, members: &[String]) -> Expected {
    let mut expected = Expected::default();
    for stage in &Table::embedded().stages {
        let row = Table::embedded().recorded_by(stage);
        let unit = Unit::of(row, members, sources);
        expected.insert(&row.id, &unit.name, Some(&unit.sources));
    }
    expected
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
    Ok(match args.engine {
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
    })
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
            .filter_map(|id| Some(Table::embedded().stage(id)?.record_stage().to_owned()))
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
        let sink = |event| display.show(&event);
        let _lock = Lock::take(self.workspace, cancel, &sink)?;
        let nix = Nix {
            workspace: self.workspace,
            table: Table::embedded(),
            program: args.nix.clone(),
            again,
            baseline: None,
            records: self.records.clone(),
        };
        let sources = nix.run(self.stages, cancel, &sink)?;
        let baseline = self.baseline(args, Maker::Nix(&args.nix), cancel, &sink)?;
        Ok(Made { expected: context::expected_of(&sources), baseline })
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
        let host = Host {
            workspace: self.workspace,
            toolchain: &toolchain,
            table: Table::embedded(),
            limits: Limits::from(&self.config.resources),
            sources: &sources,
            members: self.members,
            again,
            records: self.records.clone(),
        };
        let consent = match (args.no_install, args.yes) {
            (true, _) => Consent::Never,
            (false, true) => Consent::Given,
            (false, false) => Consent::Ask,
        };
        let missing = host.missing_tools(self.stages);
        provide(self.workspace, &toolchain, &missing, consent, cancel, &sink)?;
        host.run(self.stages, cancel, &sink)?;
        // Those that Nix left of other members are still what they were.
        if self.members.is_empty() {
            for stage in self.stages {
                nix::unlink(&self.records, stage.record_stage())?;
            }
        }
        let baseline = self.baseline(args, Maker::Host, cancel, &sink)?;
        Ok(Made { expected: expected_by_host(&sources, self.members), baseline })
    }

    /// The records that the command line wants to compare with.
    fn baseline(
        &self,
        args: &CheckArgs,
        maker: Maker<'_>,
        cancel: &Cancel,
        sink: Sink<'_>,
    ) -> Result<Option<Baseline>> {
        let Some(revision) = &args.baseline else { return Ok(None) };
        baseline::make(self, revision, maker, cancel, sink)
    }
}
