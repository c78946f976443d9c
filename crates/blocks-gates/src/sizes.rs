//! The gate of sizes: the programs that are shipped, in bytes, compared with those of a baseline one by one.
//!
//! A program that is new is counted, and not judged; so is one that is gone. Programs are told apart by their packages
//! and names.

use crate::case::Case;
use crate::diagnostics::{messages, not_compiled};
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::words::{counted, of_code, raised_percent, size};
use crate::{Cause, Code, Measure};
use blocks_config::Regression;
use blocks_evidence::{BuildMessages, Format, read_file_sizes};
use std::collections::{BTreeMap, BTreeSet};

/// The size of each program in bytes, by the names of its package and its own.
type Sizes = BTreeMap<(String, String), u64>;

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let messages = messages(case)?;
    if case.exit != 0 {
        return Ok(not_compiled(case, &messages, told));
    }
    let now = sizes(case, messages)?;
    if now.is_empty() {
        return Ok(Finding::not_applicable("there is no program"));
    }
    let before: Option<Sizes> = case.before(read)?.map(|all| all.into_iter().flatten().collect());
    let is_of_it = |package: &String| case.members.is_empty() || case.members.contains(package);
    let missing = |from: &Sizes, of: &Sizes| {
        let keys = of.keys().filter(|key| is_of_it(&key.0) && !from.contains_key(*key));
        keys.count() as u64
    };
    let (new, gone) = match &before {
        Some(before) => (missing(before, &now), missing(&now, before)),
        None => (0, 0),
    };
    let causes = before.as_ref().map_or_else(Vec::new, |before| growth(case, &now, before));
    let bytes = now.values().fold(0_u64, |sum, bytes| sum.saturating_add(*bytes));
    let count = now.len() as u64;
    let measure = Measure::Programs { count, bytes, new, gone, is_compared: before.is_some() };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// What a record of the baseline says.
fn read(case: &Case<'_>) -> Result<Sizes, Refusal> {
    let messages = messages(case)?;
    if case.exit != 0 {
        return Err(Refusal::new(Code::BaselineWithoutAnswer, "its code does not compile"));
    }
    sizes(case, messages)
}

/// The programs with their sizes. Each has one, and no other file has.
fn sizes(case: &Case<'_>, messages: BuildMessages) -> Result<Sizes, Refusal> {
    let files = case.read(Format::FileSizes, read_file_sizes)?;
    let of = |path: &str| files.iter().find(|file| file.path == path).map(|file| file.bytes);
    let mut found = Sizes::new();
    let paths: BTreeSet<String> = messages.programs.iter().map(|it| it.path.clone()).collect();
    if paths.len() < messages.programs.len() {
        return Err(case.contradicts("two programs have one file: their names are the same"));
    }
    for program in messages.programs {
        let Some(bytes) = of(&program.path) else {
            return Err(case.contradicts(&format!("{} has no size", program.name)));
        };
        found.insert((program.package, program.name), bytes);
    }
    if paths.len() != files.len() {
        return Err(case.contradicts("a file has a size that is no program"));
    }
    Ok(found)
}

fn growth(case: &Case<'_>, now: &Sizes, before: &Sizes) -> Vec<Cause> {
    let allowed = case.config.performance.size_growth_threshold;
    let mut causes = Vec::new();
    for (key, bytes) in now {
        let Some(was) = before.get(key).filter(|was| grew(*bytes, **was, allowed)) else {
            continue;
        };
        let (package, name) = key;
        let more = raised_percent(bytes - was, *was);
        let message = format!(
            "{package}: the program {name} has {bytes} bytes, {more} more than the {was} at the baseline ({allowed} % \
             allowed)"
        );
        causes.push(Cause::new(Code::SizeGrew, message).about(Some(package)));
    }
    causes
}

/// Whether a size is more than another by more than a share of it, compared exactly.
fn grew(now: u64, was: u64, allowed: Regression) -> bool {
    /// 100 percent, in the units of [`Regression::micros`].
    const WHOLE: u128 = 100_000_000;
    u128::from(now) * WHOLE > u128::from(was) * (WHOLE + u128::from(allowed.micros()))
}

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let errors = of_code(causes, Code::CompileError);
    let errors = (errors > 0).then(|| counted(errors, "compile error", "compile errors"));
    let &Measure::Programs { count, bytes, new, gone, is_compared } = measure else {
        return errors.unwrap_or_else(|| "it does not compile".to_owned());
    };
    let grew = of_code(causes, Code::SizeGrew);
    let programs = counted(usize::try_from(count).unwrap_or(usize::MAX), "program", "programs");
    let parts = [
        errors,
        (grew > 0).then(|| format!("{} larger than allowed", counted(grew, "program", "programs"))),
        Some(format!("{programs}, {}", size(bytes))),
        (new > 0).then(|| format!("{new} new")),
        (gone > 0).then(|| format!("{gone} gone")),
        (!is_compared).then(|| "not compared".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
