//! A record that is fit to be judged, and the way to its evidence.

use crate::gate::Gate;
use crate::{Baseline, Code, refusal::Refusal};
use blocks_config::{Date, PipelineConfig};
use blocks_evidence::{EvidenceError, Format};
use blocks_records::{Record, RecordError};
use blocks_stages::{Evidence, Stage};
use std::path::Path;

/// What a gate judges.
pub(crate) struct Case<'a> {
    /// The stage that is asked for.
    pub(crate) stage: &'a Stage,
    /// The stage that left the record: `stage` or the one that it names.
    pub(crate) recorded_by: &'a Stage,
    pub(crate) gate: Gate,
    /// The members that the record is of; none where it is the whole workspace's.
    pub(crate) members: &'a [String],
    pub(crate) record: &'a Record,
    pub(crate) folder: &'a Path,
    pub(crate) config: &'a PipelineConfig,
    /// What it is compared with, where its gate compares.
    pub(crate) baseline: Option<&'a Baseline>,
    /// The day that it is judged on, where that is known.
    pub(crate) today: Option<Date>,
    pub(crate) exit: i32,
}

impl Case<'_> {
    /// The command that asks the same of a working tree about this unit.
    pub(crate) fn repeat(&self) -> String {
        self.stage.repeat_for(self.members)
    }

    /// The day that decides on `what`; a refusal where it is not known.
    pub(crate) fn day(&self, what: &str) -> Result<Date, Refusal> {
        self.today.ok_or_else(|| {
            let message = format!(
                "today's date decides on {what}, and is not known: say it with --today, or by Nix \
                 with `today` of mkFlake or mkPipeline"
            );
            Refusal::new(Code::DayUnknown, message)
        })
    }

    /// Reads the evidence of a format: absent, changed and malformed evidence is a refusal.
    pub(crate) fn read<T>(
        &self,
        format: Format,
        reader: impl FnOnce(&[u8]) -> Result<T, EvidenceError>,
    ) -> Result<T, Refusal> {
        self.read_where(format, |row| row.kind == format.name(), reader)
    }

    /// The same of the file of a name, where a row has several of the format.
    pub(crate) fn read_file<T>(
        &self,
        file: &str,
        format: Format,
        reader: impl FnOnce(&[u8]) -> Result<T, EvidenceError>,
    ) -> Result<T, Refusal> {
        self.read_where(format, |row| row.kind == format.name() && row.file == file, reader)
    }

    fn read_where<T>(
        &self,
        format: Format,
        is_meant: impl Fn(&Evidence) -> bool,
        reader: impl FnOnce(&[u8]) -> Result<T, EvidenceError>,
    ) -> Result<T, Refusal> {
        let Some(row) = self.recorded_by.evidence.iter().find(|row| is_meant(row)) else {
            let message = format!("stage {} has no {format} evidence", self.recorded_by.id);
            return Err(Refusal::new(Code::EvidenceAbsent, message));
        };
        if !row.is_due(Some(self.exit)) {
            let message =
                format!("{} is absent: the tools ended with status {}", row.file, self.exit);
            return Err(Refusal::new(Code::EvidenceAbsent, message));
        }
        let listed = self.record.evidence.iter().find(|listed| listed.file == row.file);
        let malformed = |error: EvidenceError| {
            Refusal::new(Code::EvidenceMalformed, format!("{}: {error}", row.file))
        };
        if let Some(listed) = listed.filter(|listed| listed.bytes > format.limit() as u64) {
            let bytes = usize::try_from(listed.bytes).unwrap_or(usize::MAX);
            return Err(malformed(EvidenceError::TooLarge { format, bytes }));
        }
        let bytes =
            self.record.read_evidence(self.folder, &row.file).map_err(|error| of_record(&error))?;
        reader(&bytes).map_err(malformed)
    }

    pub(crate) fn contradicts(&self, what: &str) -> Refusal {
        let message = format!("the tools ended with status {}, but {what}", self.exit);
        Refusal::new(Code::EvidenceContradicts, message)
    }

    /// A place with the file relative to the workspace. A place in the standard library is none: it
    /// is not where the reader has to look.
    pub(crate) fn place(&self, place: Option<&(String, u32)>) -> Option<(String, u32)> {
        let (file, line) = place?;
        let is_std = file.starts_with("/rustc/") && file.contains("/library/");
        (!is_std).then(|| (self.relative(file), *line))
    }

    /// Whether an absolute path lies in the folder that the record was made in.
    pub(crate) fn is_in_workspace(&self, file: &str) -> bool {
        self.relative(file).len() < file.len()
    }

    pub(crate) fn relative(&self, file: &str) -> String {
        let root = self.record.root.trim_end_matches('/');
        let inside = file.strip_prefix(root).and_then(|rest| rest.strip_prefix('/'));
        inside.filter(|_| !root.is_empty()).unwrap_or(file).to_owned()
    }
}

/// The refusal that an error of the record's reader is.
pub(crate) fn of_record(error: &RecordError) -> Refusal {
    let code = match error {
        RecordError::Absent { .. } => Code::RecordAbsent,
        RecordError::Malformed { .. } => Code::RecordMalformed,
        RecordError::Newer { .. } => Code::RecordNewer,
        RecordError::EvidenceAbsent { .. } => Code::EvidenceAbsent,
        RecordError::EvidenceChanged { .. } => Code::EvidenceChanged,
    };
    Refusal::new(code, error.to_string())
}
