//! Which records there have to be, and what they must be of.

use blocks_records::UNIT_WORKSPACE;
use blocks_stages::{Stage, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form of the JSON that this program reads and writes.
const SCHEMA: u32 = 1;

/// The units of each stage that leaves records, and the sources that these records must be of.
///
/// A stage that judges another's record (`coverage` that of `test`) has the units of that other one. A
/// stage that is not listed has no known units, and so no verdict: where nothing is asked for, nothing
/// is known to be good.
///
/// ```
/// use blocks_gates::Expected;
///
/// let mut expected = Expected::default();
/// expected.insert("fmt", "app", Some("sha256-00ff"));
/// expected.insert("fmt", "tool", None);
/// let text = expected.to_json();
/// assert_eq!(Expected::parse(&text)?, expected);
/// # Ok::<(), blocks_gates::ExpectedError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    stages: BTreeMap<String, Units>,
}

/// Units by name, each with its sources; none accepts any.
type Units = BTreeMap<String, Option<String>>;

/// Why a text does not say which records are expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExpectedError {
    /// It is no JSON, or not of this form.
    #[error(
        "not a list of expected records: {0}; it has the form \
         {{\"schema\": 1, \"stages\": {{\"fmt\": {{\"package\": \"sources, or null for any\"}}}}}}"
    )]
    Form(String),
    /// It is of a form that this program does not know.
    #[error("the list has schema {found}, this program reads schema {SCHEMA}: update cargo-blocks")]
    Schema {
        /// The number in the text.
        found: u64,
    },
    /// A name that cannot be that of a folder.
    #[error("`{0}` is no name of a stage or unit: it must be a single name of a path")]
    Name(String),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    schema: u32,
    stages: BTreeMap<String, Units>,
}

/// Only the field that says whether the rest can be read.
#[derive(Deserialize)]
struct Versioned {
    schema: u64,
}

impl Expected {
    /// The whole workspace as the one unit of each stage, with the same sources; none accepts any.
    pub fn workspace<'a>(
        stages: impl IntoIterator<Item = &'a Stage>,
        sources: Option<&str>,
    ) -> Self {
        let mut expected = Self::default();
        for stage in stages {
            expected.insert(stage.record_stage(), UNIT_WORKSPACE, sources);
        }
        expected
    }

    /// Adds a unit of a stage that leaves records, or replaces what was known of it.
    pub fn insert(&mut self, stage: &str, unit: &str, sources: Option<&str>) {
        let units = self.stages.entry(stage.to_owned()).or_default();
        units.insert(unit.to_owned(), sources.map(str::to_owned));
    }

    /// Reads JSON: `{"schema": 1, "stages": {"fmt": {"a": "nix-…", "b": null}}}`.
    pub fn parse(text: &str) -> Result<Self, ExpectedError> {
        let form = |error: serde_json::Error| ExpectedError::Form(error.to_string());
        let version: Versioned = serde_json::from_str(text).map_err(form)?;
        if version.schema != u64::from(SCHEMA) {
            return Err(ExpectedError::Schema { found: version.schema });
        }
        let Form { stages, .. } = serde_json::from_str(text).map_err(form)?;
        let units = stages.values().flat_map(BTreeMap::keys);
        match stages.keys().chain(units).find(|name| !is_name(name)) {
            Some(name) => Err(ExpectedError::Name(name.clone())),
            None => Ok(Self { stages }),
        }
    }

    /// The same as JSON, with a line feed at the end.
    pub fn to_json(&self) -> String {
        let form = Form { schema: SCHEMA, stages: self.stages.clone() };
        // Only maps with keys that are no strings, and values that refuse, cannot be written.
        let text = serde_json::to_string_pretty(&form)
            .unwrap_or_else(|error| unreachable!("maps of strings: {error}"));
        text + "\n"
    }

    /// The units whose records `stage` judges, in the order of their names, with their sources; none
    /// where it is not known which there are.
    pub fn units(&self, stage: &Stage) -> impl Iterator<Item = (&str, Option<&str>)> {
        let units = self.stages.get(stage.record_stage()).into_iter().flatten();
        units.map(|(unit, sources)| (unit.as_str(), sources.as_deref()))
    }

    /// The sources that all units of all stages must be of, where these are the same. What a stage with a material
    /// compares is of other sources, too, and does not count.
    pub fn sources(&self) -> Option<&str> {
        let table = Table::in_use();
        let compares = |id: &str| table.stage(id).is_some_and(|stage| stage.material.is_some());
        let stages = self.stages.iter().filter(|(id, _)| !compares(id));
        let mut all = stages.flat_map(|(_, units)| units.values());
        let first = all.next()?;
        first.as_deref().filter(|_| all.all(|other| other == first))
    }
}

/// Whether it stays what it is as a part of a path.
fn is_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains(['/', '\0'])
}
