//! The gate of formatting: what `cargo fmt -- --check` left.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::words::{counted, of_code, ranges};
use crate::{Cause, Code, Measure};
use blocks_evidence::{
    Format, TextDiagnostic, UnformattedFile, read_compiler_text, read_rustfmt_diff,
};

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let files = case.read(Format::RustfmtDiff, read_rustfmt_diff)?;
    let text = case.read(Format::CompilerText, read_compiler_text)?;
    let errors: Vec<&TextDiagnostic> = text.errors().filter(|one| is_about_sources(one)).collect();
    let mut causes: Vec<Cause> = files.iter().map(|file| unformatted(case, file)).collect();
    causes.extend(errors.iter().map(|one| {
        Cause::new(Code::SyntaxError, &*one.message).at(case.place(one.place.as_ref()))
    }));
    let measure = Measure::Findings { count: causes.len() as u64 };
    let summary = told(&measure, &causes);
    match (case.exit, causes.is_empty()) {
        (0, false) => return Err(case.contradicts(&format!("rustfmt says: {summary}"))),
        (1.., true) => return Err(case.contradicts("rustfmt names no file")),
        _ => {}
    }
    Ok(Finding::of(summary, causes, measure))
}

/// What rustfmt cannot read has a place or is a module without its file. Anything else (cargo cannot
/// be started, a manifest is locked) is no answer about formatting.
fn is_about_sources(one: &TextDiagnostic) -> bool {
    one.place.is_some() || one.message.starts_with("failed to resolve mod ")
}

fn unformatted(case: &Case<'_>, file: &UnformattedFile) -> Cause {
    let mut cause = Cause::new(Code::Unformatted, "the file is not formatted");
    cause.file = Some(case.relative(&file.file));
    cause.line = file.lines.first().copied();
    match file.lines.as_slice() {
        [] => cause.with_detail("only the kind of line end differs"),
        [_] => cause,
        lines => cause.with_detail(format!("lines {}", ranges(lines))),
    }
}

pub(crate) fn told(_: &Measure, causes: &[Cause]) -> String {
    let [files, errors] = [Code::Unformatted, Code::SyntaxError].map(|code| of_code(causes, code));
    let files =
        (files > 0).then(|| counted(files, "file is not formatted", "files are not formatted"));
    let errors = (errors > 0).then(|| counted(errors, "syntax error", "syntax errors"));
    let parts: Vec<String> = errors.into_iter().chain(files).collect();
    if parts.is_empty() { "all files are formatted".to_owned() } else { parts.join(", ") }
}
