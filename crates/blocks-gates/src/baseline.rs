//! The records of other sources, which gates compare with.

use crate::case::Case;
use crate::refusal::Refusal;
use crate::unit::{Ready, Unit};
use crate::{Code, Expected, ExpectedError};
use blocks_records::UNIT_WORKSPACE;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The records of other sources of the same workspace: of the commit that a change begins at, or of the
/// last release. They are made as all records are.
///
/// In a folder they lie as [`Baseline::open`] says.
#[derive(Debug, Clone)]
pub struct Baseline {
    /// What the sources are called, for people: `main (1a2b3c4)`.
    pub name: String,
    /// The folder of the records.
    pub records: PathBuf,
    /// The records that there have to be.
    pub expected: Expected,
}

/// Why a folder is no baseline.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// A file of it cannot be read.
    #[error("{file} of the baseline cannot be read: {error}")]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Its list of records is none.
    #[error("{file}: {error}")]
    Expected {
        /// The file.
        file: PathBuf,
        /// Why.
        error: ExpectedError,
    },
}

impl Baseline {
    /// The file with the name, below a baseline's folder.
    pub const NAME: &str = "name";
    /// The list of the records that there have to be, below a baseline's folder.
    pub const EXPECTED: &str = "expected.json";
    /// The folder of the records, below a baseline's folder.
    pub const RECORDS: &str = "records";

    /// The baseline in a folder: `records/<stage>/<unit>`, `expected.json` and `name`.
    pub fn open(folder: &Path) -> Result<Self, BaselineError> {
        let read = |name: &str| {
            let file = folder.join(name);
            fs::read_to_string(&file).map_err(|error| BaselineError::File { file, error })
        };
        let expected = Expected::parse(&read(Self::EXPECTED)?).map_err(|error| {
            BaselineError::Expected { file: folder.join(Self::EXPECTED), error }
        })?;
        let name = read(Self::NAME)?.trim().to_owned();
        Ok(Self { name, records: folder.join(Self::RECORDS), expected })
    }

    fn refusal(&self, why: &str) -> Refusal {
        let message = format!("it cannot be compared with the baseline, {}: {why}", self.name);
        Refusal::new(Code::BaselineWithoutAnswer, message)
    }
}

impl Case<'_> {
    /// The refusal of a gate whose record says that the baseline cannot be compared with.
    pub(crate) fn not_comparable(&self, why: &str) -> Refusal {
        match self.baseline {
            Some(baseline) => baseline.refusal(why),
            None => Refusal::new(Code::BaselineWithoutAnswer, why),
        }
    }

    /// What `read` finds in the records of the baseline that are of this case's members; none where there
    /// is no baseline, or where it had none of the members.
    ///
    /// A baseline's record that is absent, malformed or without an answer, and one that `read` refuses, is a
    /// refusal: what was not compared has not passed.
    pub(crate) fn before<T>(
        &self,
        read: impl Fn(&Case<'_>) -> Result<T, Refusal>,
    ) -> Result<Option<Vec<T>>, Refusal> {
        let Some(baseline) = self.baseline else { return Ok(None) };
        read_all(baseline, &self.units_before(baseline)?, read).map(Some)
    }

    /// The same of all records of the stage that the baseline has, whoever's they are.
    pub(crate) fn all_before<T>(
        &self,
        read: impl Fn(&Case<'_>) -> Result<T, Refusal>,
    ) -> Result<Option<Vec<T>>, Refusal> {
        let Some(baseline) = self.baseline else { return Ok(None) };
        read_all(baseline, &self.all_units_before(baseline)?, read).map(Some)
    }

    /// The baseline's unit of the same name; else that of the whole workspace; else those with members of
    /// this case, which members that came or went may have put into other groups.
    fn units_before<'b>(&'b self, baseline: &'b Baseline) -> Result<Vec<Unit<'b>>, Refusal> {
        let of = |name: &str| baseline.expected.units(self.stage).find(|(it, _)| *it == name);
        if let Some(unit) = of(&self.record.unit).or_else(|| of(UNIT_WORKSPACE)) {
            return Ok(vec![Unit::before(self, baseline, unit)]);
        }
        let all = self.all_units_before(baseline)?;
        let is_of_these = |unit: &Unit<'_>| {
            self.members.is_empty()
                || unit.is_unknown_group()
                || unit.members.iter().any(|it| self.members.contains(it))
        };
        Ok(all.into_iter().filter(is_of_these).collect())
    }

    fn all_units_before<'b>(&'b self, baseline: &'b Baseline) -> Result<Vec<Unit<'b>>, Refusal> {
        let units = baseline.expected.units(self.stage);
        let all: Vec<_> = units.map(|unit| Unit::before(self, baseline, unit)).collect();
        if all.is_empty() {
            let why = format!("no record of {} is expected there", self.recorded_by.id);
            return Err(baseline.refusal(&why));
        }
        Ok(all)
    }
}

fn read_all<T>(
    baseline: &Baseline,
    units: &[Unit<'_>],
    read: impl Fn(&Case<'_>) -> Result<T, Refusal>,
) -> Result<Vec<T>, Refusal> {
    let mut found = Vec::new();
    for unit in units {
        match unit.ready().map_err(|refusal| baseline.refusal(&refusal.message))? {
            Ready::Case(case) => {
                found.push(read(&case).map_err(|refusal| baseline.refusal(&refusal.message))?);
            }
            Ready::NotApplicable(_) => {}
        }
    }
    Ok(found)
}
