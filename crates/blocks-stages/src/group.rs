use serde::Deserialize;

use crate::{Stage, Table};

/// A name that stands for several stages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The name.
    pub id: String,
    /// What it is called in lists.
    pub title: String,
    /// The stages, and groups that stand before it in the table.
    pub of: Vec<String>,
}

impl Table {
    /// The row of a group.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The stages that a name stands for, in the order of the table: itself, or those of a group. None where there is
    /// neither a stage nor a group of the name.
    ///
    /// ```
    /// let table = blocks_stages::Table::embedded();
    /// let ids: Vec<_> = table.named("verify_documentation").iter().map(|stage| &stage.id).collect();
    /// assert_eq!(ids, ["doctest", "docs", "doc-coverage", "readme"]);
    /// ```
    pub fn named(&self, name: &str) -> Vec<&Stage> {
        self.stages.iter().filter(|stage| self.is_in(&stage.id, name)).collect()
    }

    /// Groups name those before them only, so that this ends.
    fn is_in(&self, stage: &str, name: &str) -> bool {
        let of = self.group(name).map_or(&[][..], |group| &group.of);
        stage == name || of.iter().any(|part| self.is_in(stage, part))
    }
}
