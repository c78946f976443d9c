//! Values of the configuration in the texts of a row.

use crate::{Stage, Table, TableError};

/// The key of files that a row reads which lists it, so that they are sources of its record.
const DOCS: &str = "docs.files";

impl Stage {
    /// The row with the values of the keys that it lists in the place of `{key}`: in the words of its steps, in its
    /// environment, in its files and in the command for people. A key without a value is an error.
    pub fn with_settings(
        &self,
        setting: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, TableError> {
        let mut row = self.clone();
        for key in &self.settings {
            let unknown =
                || TableError::Unknown { stage: self.id.clone(), kind: "setting", id: key.clone() };
            let value = setting(key).ok_or_else(unknown)?;
            if key == DOCS {
                let files = value.split(", ").filter(|file| !file.is_empty());
                row.reads.extend(files.map(str::to_owned));
            }
            let place = format!("{{{key}}}");
            let words = row.steps.iter_mut().flat_map(|step| &mut step.run);
            let texts = row.env.values_mut().chain(row.files.iter_mut().map(|file| &mut file.text));
            for text in words.chain(texts).chain([&mut row.repeat]) {
                *text = text.replace(&place, &value);
            }
        }
        Ok(row)
    }
}

impl Table {
    /// The same table, each row with the values of the settings that it lists.
    pub fn with_settings(
        &self,
        setting: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, TableError> {
        let mut table = self.clone();
        for row in table.stages.iter_mut().chain(&mut table.materials) {
            *row = row.with_settings(&setting)?;
        }
        Ok(table)
    }
}
