//! The gate of minimum supported Rust versions: each member that promises one has to compile with it.
//!
//! Cargo of that version may already refuse, because of a manifest, the lock file or a dependency that asks for a newer
//! one: that breaks the promise as well. What else keeps it from compiling says nothing about the promise.

use crate::case::Case;
use crate::diagnostics;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure};
use blocks_evidence::{
    BuildMessages, CompilerRun, Format, Level, MESSAGE, TextDiagnostic, bounded, read_compiler_runs,
};
use blocks_stages::shell_word;

/// What cargo says where it is too old for what it reads. Of
/// <https://github.com/rust-lang/cargo/blob/master/src/cargo>: `core/workspace.rs`, `ops/cargo_compile`,
/// `util/toml` and `core/resolver/encode.rs` of the last years.
const TOO_OLD: [&str; 7] = [
    " is not supported by the following package",
    " because it requires rustc ",
    "lock file version ",
    "failed to parse manifest at ",
    "failed to parse lock file at ",
    "failed to parse the `edition` key",
    "failed to load manifest for workspace member ",
];

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let messages = case.read(Format::CargoBuilds, |bytes| Ok(bytes.to_vec()))?;
    let said = case.read(Format::CompilerText, |bytes| Ok(bytes.to_vec()))?;
    let runs =
        case.read(Format::CompilerRuns, |bytes| read_compiler_runs(bytes, &messages, &said))?;
    let failed = runs.iter().filter(|run| run.exit != 0).count();
    match (case.exit, failed) {
        (0, 1..) => return Err(case.contradicts("a member does not compile")),
        (1.., 0) => return Err(case.contradicts("each member compiles")),
        _ => {}
    }
    if runs.is_empty() {
        return Ok(Finding::not_applicable("no member has a rust-version"));
    }
    let mut causes = Vec::new();
    for run in &runs {
        causes.extend(of_run(case, run)?);
    }
    let measure = Measure::Promises { asked: runs.len() as u64, broken: failed as u64 };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

fn of_run(case: &Case<'_>, run: &CompilerRun) -> Result<Vec<Cause>, Refusal> {
    let contradicts = |what: &str| {
        let message = format!(
            "{} by Rust {} ended with status {}, but {what}",
            run.package, run.version, run.exit
        );
        Err(Refusal::new(Code::EvidenceContradicts, message))
    };
    let errors = run.build.iter().flat_map(errors_of).collect::<Vec<_>>();
    match (run.exit, &run.build) {
        (0, Some(build)) if build.success && errors.is_empty() => return Ok(Vec::new()),
        (0, _) => return contradicts("cargo's messages say otherwise"),
        (_, Some(build)) if build.success => return contradicts("cargo's messages say otherwise"),
        _ => {}
    }
    let found: Vec<_> = if errors.is_empty() {
        run.said.errors().filter(|one| is_too_old(one)).map(|one| refused(case, run, one)).collect()
    } else {
        errors.iter().map(|one| cause(run, diagnostics::cause(case, one))).collect()
    };
    if found.is_empty() {
        let why = run
            .said
            .fault
            .clone()
            .or_else(|| run.said.errors().next().map(|one| one.message.clone()));
        let why = why.unwrap_or_else(|| "cargo said no reason".to_owned());
        let message = format!("{} was not compiled by Rust {}: {why}", run.package, run.version);
        return Err(Refusal::new(Code::NoAnswer, bounded(&message, MESSAGE)));
    }
    Ok(found)
}

fn errors_of(build: &BuildMessages) -> impl Iterator<Item = &blocks_evidence::Diagnostic> {
    build.diagnostics.iter().filter(|one| one.level == Level::Error)
}

fn is_too_old(one: &TextDiagnostic) -> bool {
    TOO_OLD.iter().any(|words| one.message.contains(words))
}

fn refused(case: &Case<'_>, run: &CompilerRun, one: &TextDiagnostic) -> Cause {
    let cause = Cause::new(Code::MsrvBroken, one.message.clone());
    self::cause(run, cause.at(case.place(one.place.as_ref())))
}

/// A cause that says whose promise it breaks.
fn cause(run: &CompilerRun, mut cause: Cause) -> Cause {
    cause.code = Code::MsrvBroken;
    cause.message =
        bounded(&format!("{} by Rust {}: {}", run.package, run.version, cause.message), MESSAGE);
    let is_plain = run.version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    cause.repeat = is_plain
        .then(|| format!("cargo +{} check --package {}", run.version, shell_word(&run.package)));
    cause.about(Some(&run.package))
}

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let (asked, broken) = match measure {
        Measure::Promises { asked, broken } => (*asked, *broken),
        _ => (0, 0),
    };
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let members = counted(count(asked), "member", "members");
    if broken == 0 {
        return format!("{members} compiled by the oldest Rust");
    }
    let errors = counted(of_code(causes, Code::MsrvBroken), "error", "errors");
    format!("{broken} of {members} not compiled by the oldest Rust, {errors}")
}
