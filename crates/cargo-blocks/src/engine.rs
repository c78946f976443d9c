use std::path::PathBuf;

use anyhow::Result;
use blocks_config::PipelineConfig;
use blocks_engine::{
    Cancel, Toolchain, Workspace,
    host::{Host, Limits, Lock},
    nix::{self, Nix},
};
use blocks_gates::Expected;
use blocks_stages::{Stage, Table};

use crate::{
    cli::{CheckArgs, EngineChoice},
    context,
    display::Display,
    exit::Usage,
    setup::{Consent, provide},
};

/// What an engine was to leave: the records, and of which sources.
pub(crate) struct Made {
    pub(crate) expected: Expected,
}

impl Made {
    /// Of the whole workspace.
    fn of(sources: &str) -> Self {
        Self { expected: Expected::workspace(&Table::embedded().stages, Some(sources)) }
    }
}

/// What a run is over.
pub(crate) struct Job<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(crate) config: &'a PipelineConfig,
    pub(crate) stages: &'a [&'static Stage],
    pub(crate) records: PathBuf,
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
        let result = if self.is_nix(args)? {
            self.nix(args, &again, &cancel, &display)
        } else {
            self.host(args, &again, &cancel, &display)
        };
        display.clear();
        result
    }

    fn is_nix(&self, args: &CheckArgs) -> Result<bool> {
        let flake = nix::is_flake(&self.workspace.root);
        Ok(match args.engine {
            EngineChoice::Host => false,
            EngineChoice::Auto => flake && nix::is_there(&args.nix),
            EngineChoice::Nix if !flake => {
                let root = self.workspace.root.display();
                return Err(Usage(format!("{root} has no flake.nix, so there is nothing for Nix to build: use --engine host")).into());
            }
            EngineChoice::Nix => true,
        })
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
            records: self.records.clone(),
        };
        let sources = nix.run(self.stages, cancel, &sink)?;
        Ok(Made { expected: context::expected_of(&sources) })
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
        for stage in self.stages {
            nix::unlink(&self.records, stage.record_stage())?;
        }
        Ok(Made::of(&sources))
    }
}
