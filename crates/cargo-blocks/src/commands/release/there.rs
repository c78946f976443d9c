//! Which members of which workspace are meant, and at which registry.

use anyhow::Result;
use blocks_config::PipelineConfig;
use blocks_engine::{Cancel, Workspace, host::Lock};
use blocks_registry::{
    Cargo, Client, Member, OrderError, Patience, Token, chosen, in_order, registry_of, variable,
};
use clap::Args;

use crate::{cli::PlaceArgs, context, exit::Usage};

/// Which members, and where.
#[derive(Debug, Args)]
pub(crate) struct ThereArgs {
    /// The registry, by the name that cargo's configuration has for it; without it the one that `publish` in the manifests
    /// names, and else the one that cargo uses by itself.
    #[arg(long, value_name = "NAME")]
    registry: Option<String>,

    /// A member; all that are published there without any.
    #[arg(long = "package", short, value_name = "NAME")]
    packages: Vec<String>,
}

/// Members, and where they go.
pub(crate) struct There {
    pub(crate) workspace: Workspace,
    pub(crate) config: PipelineConfig,
    pub(crate) cargo: Cargo,
    pub(crate) registry: String,
    /// In the order of publishing.
    pub(crate) members: Vec<Member>,
}

/// Cargo, for releases of a workspace.
pub(super) fn cargo(workspace: &Workspace) -> Cargo {
    Cargo {
        root: workspace.root.clone(),
        folder: workspace.blocks().join("release"),
        environment: workspace.environment.clone(),
    }
}

impl There {
    pub(crate) fn find(place: &PlaceArgs, args: &ThereArgs) -> Result<Self> {
        let workspace = context::workspace(place)?;
        let config = context::config(place, Some(&workspace))?.config;
        let cargo = cargo(&workspace);
        let metadata = cargo.metadata()?;
        let usage = |error: OrderError| Usage(error.to_string());
        let registry = registry_of(&metadata, args.registry.as_deref()).map_err(usage)?;
        let members = in_order(&metadata, &registry).map_err(usage)?;
        let members = chosen(members, &args.packages, &registry).map_err(usage)?;
        Ok(Self { workspace, config, cargo, registry, members })
    }

    /// A client of the registry, with the token that the environment has for it.
    pub(crate) fn client(&self) -> Result<Client> {
        let index = self.cargo.index(&self.registry)?;
        let name = variable(&self.registry, "TOKEN");
        let found = self.cargo.environment.iter().find(|(it, _)| *it == name);
        let token = found.and_then(|(_, value)| Token::new(value.to_str()?));
        Ok(Client::open(&index, token, Patience::default())?)
    }

    /// Keeps others from the folder of what is made on the way, until the lock is dropped.
    pub(crate) fn lock(&self) -> Result<Lock> {
        // Whoever ends this run ends it at once: nothing is lost by it.
        Ok(Lock::take(&self.workspace, &Cancel::default(), &|_| {})?)
    }
}
