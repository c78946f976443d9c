use std::collections::BTreeSet;

use thiserror::Error;

use crate::packages::PACKAGES;
use crate::place::{BLOCKS, NOW};
use crate::{Scope, Stage, Table};

/// What is wrong with a table.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum TableError {
    /// It is not TOML, or not of the table's form.
    #[error("stages.toml: {0}")]
    Syntax(String),
    /// It is of a form that this program does not know.
    #[error("stages.toml has schema {found}, this program reads schema {known}")]
    Schema {
        /// The number in the file.
        found: u32,
        /// The number of this program.
        known: u32,
    },
    /// Two rows have the same name.
    #[error("stages.toml names {kind} `{id}` twice")]
    Twice {
        /// `stage`, `layer` or `tool`; a group counts as a stage.
        kind: &'static str,
        /// The name.
        id: String,
    },
    /// A row refers to a row that is not there.
    #[error("stage `{stage}` names {kind} `{id}`, which stages.toml does not have")]
    Unknown {
        /// The row that refers.
        stage: String,
        /// `like`, `record`, `material`, `layer`, `compiler`, `tool` or `setting`.
        kind: &'static str,
        /// The name that it refers to.
        id: String,
    },
    /// A group names what is neither a stage nor a group before it.
    #[error(
        "group `{group}` names `{id}`, which is neither a stage of stages.toml nor a group before it"
    )]
    Group {
        /// The group.
        group: String,
        /// The name that it refers to.
        id: String,
    },
    /// A row with steps must have one that decides, which names its unit's packages where there are
    /// several units, and a row without must judge another's record.
    #[error("stage `{stage}` {what}")]
    Shape {
        /// The row.
        stage: String,
        /// What is wrong with it.
        what: &'static str,
    },
}

/// Checks what TOML's types cannot say: that names are unique and found, and rows are whole.
pub(crate) fn check(table: &Table) -> Result<(), TableError> {
    unique("layer", table.layers.iter().map(|layer| &layer.id))?;
    unique("tool", table.tools.iter().map(|tool| &tool.id))?;
    // Records of both lie side by side, and a group is asked for as a stage is.
    unique(
        "stage",
        rows(table).map(|stage| &stage.id).chain(table.groups.iter().map(|it| &it.id)),
    )?;
    groups(table)?;
    rows(table).try_for_each(|stage| refers(table, stage))?;
    table.stages.iter().try_for_each(shape)?;
    table.materials.iter().try_for_each(shape_of_material)
}

fn rows(table: &Table) -> impl Iterator<Item = &Stage> {
    table.stages.iter().chain(&table.materials)
}

fn unique<'a>(kind: &'static str, ids: impl Iterator<Item = &'a String>) -> Result<(), TableError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(TableError::Twice { kind, id: id.clone() });
        }
    }
    Ok(())
}

/// What a group names is there; groups stand before it, so that none is in itself.
fn groups(table: &Table) -> Result<(), TableError> {
    for (index, group) in table.groups.iter().enumerate() {
        let before = &table.groups[..index];
        let is_known = |id: &str| table.stage(id).is_some() || before.iter().any(|it| it.id == id);
        if let Some(id) = group.of.iter().find(|id| !is_known(id)) {
            return Err(TableError::Group { group: group.id.clone(), id: id.clone() });
        }
    }
    Ok(())
}

fn refers(table: &Table, stage: &Stage) -> Result<(), TableError> {
    let unknown =
        |kind, id: &str| TableError::Unknown { stage: stage.id.clone(), kind, id: id.to_owned() };
    let Some(layer) = table.layer(&stage.layer) else {
        return Err(unknown("layer", &stage.layer));
    };
    if !layer.compilers.is_empty() && !layer.compilers.iter().any(|it| it.id == stage.compiler) {
        return Err(unknown("compiler", &stage.compiler));
    }
    if let Some(id) = stage.tools.iter().chain(&layer.tools).find(|id| table.tool(id).is_none()) {
        return Err(unknown("tool", id));
    }
    if let Some(id) = stage.material.as_ref().filter(|id| table.material(id).is_none()) {
        return Err(unknown("material", id));
    }
    match &stage.record {
        Some(id) if table.stage(id).is_none_or(|other| other.record.is_some()) => {
            Err(unknown("record", id))
        }
        _ => Ok(()),
    }
}

fn shape(stage: &Stage) -> Result<(), TableError> {
    let deciding = stage.steps.iter().filter(|step| step.decides).count();
    let what = match (&stage.record, deciding) {
        _ if stage.gate.is_empty() || stage.repeat.is_empty() => {
            "has no gate, or no command for people"
        }
        _ if stage.material.is_some() && !stage.compares => "has a material, and does not compare",
        (Some(_), _) if stage.material.is_some() => "judges another's record, and has a material",
        (Some(_), _) if !stage.steps.is_empty() => "judges another's record, and has steps too",
        _ if stage.everything && stage.scope != Scope::Workspace => {
            "looks into everything, and is of member scope"
        }
        // Any edit would be a reason to ask again, also for who has no use for it.
        _ if stage.everything && stage.tools_where.is_empty() && !stage.opt_in => {
            "looks into everything, and has no `tools_where` and is not opt-in"
        }
        (None, 0) => "has no step that decides",
        (None, 2..) => "has more than one step that decides",
        _ if stage.steps.iter().any(|step| step.run.is_empty()) => "has a step that runs nothing",
        _ if !names_its_packages(stage) => {
            "is of member scope, and its deciding step has no word `{packages}`"
        }
        _ if !stage.host_only && starts_blocks(stage) => {
            "starts Blocks itself, and is not `host_only`"
        }
        _ => return Ok(()),
    };
    Err(TableError::Shape { stage: stage.id.clone(), what })
}

/// A record depends on the program that judges it where nothing else can make it.
fn starts_blocks(stage: &Stage) -> bool {
    stage.steps.iter().flat_map(|step| &step.run).any(|word| word.contains(BLOCKS))
}

/// Nobody judges a material, so that it must not look as if somebody did.
fn shape_of_material(material: &Stage) -> Result<(), TableError> {
    let is_judged = !material.gate.is_empty() || material.compares || material.record.is_some();
    if is_judged || material.material.is_some() || material.opt_in || material.host_only {
        let what = "is a material, and has a gate, a record or a material of another, compares, or is opt-in or `host_only`";
        return Err(TableError::Shape { stage: material.id.clone(), what });
    }
    let as_stage = Stage { gate: "none".to_owned(), repeat: "none".to_owned(), ..material.clone() };
    shape(&as_stage)
}

/// Without the placeholder, each member's record would be of the same packages. What compares the records of a
/// material has one that is of its packages.
fn names_its_packages(stage: &Stage) -> bool {
    let runs_over_members = stage.scope == Scope::Member && stage.record.is_none();
    let mut words = stage.deciding_step().into_iter().flat_map(|step| &step.run);
    !runs_over_members || words.any(|word| word == PACKAGES || word == NOW)
}
