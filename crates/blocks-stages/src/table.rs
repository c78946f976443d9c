use std::sync::LazyLock;

use serde::Deserialize;

use crate::{Fault, Group, Layer, Stage, TableError, Tool, check, like};

/// The schema of the table that this program reads.
const SCHEMA: u32 = 1;

/// All layers, tools and stages, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The version of the table's form.
    pub schema: u32,
    /// The artifact layers.
    #[serde(rename = "layer")]
    pub layers: Vec<Layer>,
    /// The tools.
    #[serde(rename = "tool")]
    pub tools: Vec<Tool>,
    /// What says that there is no answer.
    #[serde(default, rename = "fault")]
    pub faults: Vec<Fault>,
    /// The stages.
    #[serde(default, rename = "stage")]
    pub stages: Vec<Stage>,
    /// What is recorded of a workspace only to be compared with the same of a baseline by the steps of a stage. No
    /// gate judges it.
    #[serde(default, rename = "material")]
    pub materials: Vec<Stage>,
    /// Names that stand for several stages.
    #[serde(default, rename = "group")]
    pub groups: Vec<Group>,
}

static EMBEDDED: LazyLock<Table> = LazyLock::new(|| {
    Table::parse(Table::TEXT).unwrap_or_else(|error| unreachable!("tested: {error}"))
});

impl Table {
    /// The text of the table that this program was built with.
    pub const TEXT: &str = include_str!("../stages.toml");

    /// The table that this program was built with.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads a table and checks that its rows are whole and refer to rows that are there.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let syntax = |error: toml::de::Error| TableError::Syntax(error.to_string());
        let mut rows: toml::Table = toml::from_str(text).map_err(syntax)?;
        let is_completed = like::complete(&mut rows)?;
        // What is wrong with a text is told with its line.
        let table = if is_completed { Self::deserialize(rows) } else { toml::from_str(text) };
        let table = table.map_err(syntax)?;
        if table.schema != SCHEMA {
            return Err(TableError::Schema { found: table.schema, known: SCHEMA });
        }
        check::check(&table)?;
        Ok(table)
    }

    /// The row of a stage.
    pub fn stage(&self, id: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    /// The row of a material.
    pub fn material(&self, id: &str) -> Option<&Stage> {
        self.materials.iter().find(|material| material.id == id)
    }

    /// The row that makes the record which `stage` judges. A material makes its own.
    pub fn recorded_by<'a>(&'a self, stage: &'a Stage) -> &'a Stage {
        let Some(id) = &stage.record else { return stage };
        self.stage(id).unwrap_or_else(|| unreachable!("`parse` checks that `record` names a row"))
    }

    /// The row whose record of a baseline `stage` is compared with: its material, or the row of its own record.
    pub fn compared_by<'a>(&'a self, stage: &'a Stage) -> &'a Stage {
        let Some(id) = &stage.material else { return self.recorded_by(stage) };
        self.material(id)
            .unwrap_or_else(|| unreachable!("`parse` checks that `material` names a row"))
    }

    /// The row of a layer.
    pub fn layer(&self, id: &str) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.id == id)
    }

    /// The row of a tool.
    pub fn tool(&self, id: &str) -> Option<&Tool> {
        self.tools.iter().find(|tool| tool.id == id)
    }

    /// The names of the stages that are asked only where the configuration says so.
    pub fn opt_in_ids(&self) -> impl Iterator<Item = &str> {
        self.stages.iter().filter(|stage| stage.opt_in).map(|stage| stage.id.as_str())
    }

    /// The tools, but for those that only opt-in stages need which are off, so that nobody installs what nobody uses.
    pub fn tools_where(&self, is_on: impl Fn(&Stage) -> bool) -> Vec<&Tool> {
        let needs = |tool: &Tool, stage: &Stage| stage.tools.contains(&tool.id);
        let is_idle = |tool: &&Tool| {
            let mut stages = self.stages.iter().filter(|stage| needs(tool, stage)).peekable();
            stages.peek().is_some() && stages.all(|stage| stage.opt_in && !is_on(stage))
        };
        self.tools.iter().filter(|tool| !is_idle(tool)).collect()
    }

    /// How many characters the longest name of a stage has, for columns of names.
    pub fn id_width(&self) -> usize {
        self.stage_ids().map(str::len).max().unwrap_or_default()
    }

    /// The names of all stages, in the order of the table.
    pub fn stage_ids(&self) -> impl Iterator<Item = &str> {
        self.stages.iter().map(|stage| stage.id.as_str())
    }
}
