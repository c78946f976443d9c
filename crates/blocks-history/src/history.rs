//! What a store holds.

use crate::line::read_lines;
use crate::{Damage, FILE_LIMIT, Measurement, Series, Warning, series};

/// All that was measured, and what of the store is passed over.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    measurements: Vec<Measurement>,
    warnings: Vec<Warning>,
}

impl History {
    /// Reads files of a store, by their names from its folder. The same lines in whatever files and order give the same
    /// measurements.
    pub fn read(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut history = Self::default();
        for (name, bytes) in files {
            history.add(&name, &bytes);
        }
        history.sort();
        history
    }

    pub(crate) fn add(&mut self, name: &str, bytes: &[u8]) {
        if bytes.len() > FILE_LIMIT {
            let what =
                format!("{} bytes are more than the {FILE_LIMIT} that are read", bytes.len());
            self.warn(name, None, Damage::File(what));
            return;
        }
        for (line, read) in read_lines(bytes) {
            match read {
                Ok(measurement) => self.measurements.push(measurement),
                Err(damage) => self.warn(name, Some(line), damage),
            }
        }
    }

    pub(crate) fn warn(&mut self, file: &str, line: Option<usize>, damage: Damage) {
        self.warnings.push(Warning { file: file.to_owned(), line, damage });
    }

    pub(crate) fn sort(&mut self) {
        self.measurements.sort_by(series::order);
        self.measurements.dedup_by(|b, a| a.is_same(b));
    }

    /// What was measured, by series, machine, unit and date; each once.
    pub fn measurements(&self) -> &[Measurement] {
        &self.measurements
    }

    /// What is passed over.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// What was measured as series, in the order of their names.
    pub fn series(&self) -> Vec<Series> {
        series::of(&self.measurements)
    }
}
