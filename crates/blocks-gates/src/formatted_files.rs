//! The gate of the format of files: those that a formatter would write otherwise.

use crate::case::Case;
use crate::finding::Finding;
pub(crate) use crate::formatting::told;
use crate::refusal::Refusal;
use crate::text::looked_into;
use crate::words::ranges;
use crate::{Cause, Code, Measure};
use blocks_evidence::{
    EvidenceError, Format, FormatterError, FormatterReport, UnformattedFile, read_diffs,
    read_nixfmt_runs, read_taplo_text,
};

/// The exit status of a stage's script where there is nothing to ask.
const NOTHING: i32 = 64;

/// A formatter, known by what it leaves.
struct Formatter {
    name: &'static str,
    /// What its files are written in.
    language: &'static str,
    /// Why there is nothing to ask.
    nothing: &'static str,
    format: Format,
    reader: fn(&[u8]) -> Result<FormatterReport, EvidenceError>,
}

const FORMATTERS: [Formatter; 2] = [
    Formatter {
        name: "taplo",
        language: "TOML",
        nothing: "there is no taplo.toml",
        format: Format::TaploText,
        reader: read_taplo_text,
    },
    Formatter {
        name: "nixfmt",
        language: "Nix",
        nothing: "there is no Nix file",
        format: Format::NixfmtRuns,
        reader: read_nixfmt_runs,
    },
];

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let formatter = formatter(case)?;
    if case.exit == NOTHING {
        return Ok(Finding::not_applicable(formatter.nothing));
    }
    let diffs = case.read(Format::Diffs, read_diffs)?;
    let report = case.read(formatter.format, formatter.reader)?;
    let Formatter { name, language, .. } = formatter;
    if let Some(failure) = report.failures.first() {
        let message = format!("{name} could not do all: {failure}");
        return Err(Refusal::new(Code::NoAnswer, message));
    }
    let files = looked_into(name, usize::try_from(report.files).unwrap_or(usize::MAX))?;
    let errors = report.errors.into_iter().map(unreadable);
    let causes: Vec<Cause> = errors.chain(diffs.into_iter().map(unformatted)).collect();
    let measure = Measure::Findings { count: causes.len() as u64 };
    let told = told(&measure, &causes);
    if causes.is_empty() != (case.exit == 0) {
        return Err(case.contradicts(&format!("{name} says: {told}")));
    }
    let summary = if causes.is_empty() { format!("{told}, {files} of {language}") } else { told };
    Ok(Finding::of(summary, causes, measure))
}

fn formatter(case: &Case<'_>) -> Result<&'static Formatter, Refusal> {
    let left = |format: Format| case.recorded_by.evidence.iter().any(|it| it.kind == format.name());
    FORMATTERS.iter().find(|it| left(it.format)).ok_or_else(|| {
        let message = format!("stage {} has no evidence of a formatter", case.recorded_by.id);
        Refusal::new(Code::EvidenceAbsent, message)
    })
}

fn unreadable(FormatterError { message, file, line }: FormatterError) -> Cause {
    let mut cause = Cause::new(Code::SyntaxError, message);
    cause.file = file;
    cause.line = line;
    cause
}

fn unformatted(UnformattedFile { file, lines }: UnformattedFile) -> Cause {
    let mut cause = Cause::new(Code::Unformatted, "the file is not formatted");
    cause.line = lines.first().copied();
    cause.file = Some(file);
    cause.with_detail(if lines.len() > 1 {
        format!("lines {}", ranges(&lines))
    } else {
        String::new()
    })
}
