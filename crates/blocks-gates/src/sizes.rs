//! The gate of sizes: the programs that are shipped, in bytes, compared with those of a baseline one by one; and, where
//! that was measured, each with all that it names in a store, its closure.
//!
//! A program that is new is counted, and not judged; so is one that is gone. Programs are told apart by their packages
//! and names. Closures are compared where both records measured them.

use crate::case::Case;
use crate::diagnostics::{messages, not_compiled};
use crate::finding::Finding;
use crate::growth::{OfPackages, came_and_went, grew};
use crate::refusal::Refusal;
use crate::words::{counted, of_code, raised_percent, size};
use crate::{Cause, Closures, Code, Measure};
use blocks_evidence::{BuildMessages, FileSize, Format, read_file_sizes};
use std::collections::BTreeSet;

/// Where there is no store this file is empty: nothing was measured.
const CLOSURES: &str = "closures.txt";

/// How large a program is, in bytes.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) program: u64,
    /// With all that it names; none where that was not measured.
    pub(crate) closure: Option<u64>,
}

/// The sizes of each program.
pub(crate) type Sizes = OfPackages<Size>;

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
    let (new, gone) = came_and_went(case, &now, before.as_ref());
    let causes = before.as_ref().map_or_else(Vec::new, |before| growth(case, &now, before));
    let measure = Measure::Programs {
        count: now.len() as u64,
        bytes: sum(now.values().map(|size| size.program)),
        new,
        gone,
        is_compared: before.is_some(),
        closures: Closures {
            bytes: now.values().map(|size| size.closure).collect::<Option<Vec<_>>>().map(sum),
            is_one_sided: before.is_some_and(|before| is_one_sided(&now, &before)),
        },
    };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// What a record of the baseline says.
pub(crate) fn read(case: &Case<'_>) -> Result<Sizes, Refusal> {
    let messages = messages(case)?;
    if case.exit != 0 {
        return Err(Refusal::new(Code::BaselineWithoutAnswer, "its code does not compile"));
    }
    sizes(case, messages)
}

/// The programs with their sizes. Each has one, and no other file has.
fn sizes(case: &Case<'_>, messages: BuildMessages) -> Result<Sizes, Refusal> {
    let files = case.read(Format::FileSizes, read_file_sizes)?;
    let closures = closures(case, &files)?;
    let mut found = Sizes::new();
    let paths: BTreeSet<String> = messages.programs.iter().map(|it| it.path.clone()).collect();
    if paths.len() < messages.programs.len() {
        return Err(case.contradicts("two programs have one file: their names are the same"));
    }
    for program in messages.programs {
        let Some(bytes) = of(&files, &program.path) else {
            return Err(case.contradicts(&format!("{} has no size", program.name)));
        };
        let closure = closures.as_deref().and_then(|all| of(all, &program.path));
        found.insert((program.package, program.name), Size { program: bytes, closure });
    }
    if paths.len() != files.len() {
        return Err(case.contradicts("a file has a size that is no program"));
    }
    Ok(found)
}

/// What these programs take with all that they name; none where that was not measured. Each has a size, which is not
/// less than its own, and nothing else has.
fn closures(case: &Case<'_>, programs: &[FileSize]) -> Result<Option<Vec<FileSize>>, Refusal> {
    let closures = case.read_file(CLOSURES, Format::FileSizes, read_file_sizes)?;
    if closures.is_empty() {
        return Ok(None);
    }
    for program in programs {
        let what = match of(&closures, &program.path) {
            None => "has no size together with what it names",
            Some(bytes) if bytes < program.bytes => "is larger than together with what it names",
            Some(_) => continue,
        };
        return Err(case.contradicts(&format!("{} {what}", program.path)));
    }
    if closures.len() != programs.len() {
        let what = "what has no size of its own has one together with what it names";
        return Err(case.contradicts(what));
    }
    Ok(Some(closures))
}

fn of(files: &[FileSize], path: &str) -> Option<u64> {
    files.iter().find(|file| file.path == path).map(|file| file.bytes)
}

fn sum(all: impl IntoIterator<Item = u64>) -> u64 {
    all.into_iter().fold(0, u64::saturating_add)
}

/// Whether the closure of a program that is on both sides was measured on one alone.
fn is_one_sided(now: &Sizes, before: &Sizes) -> bool {
    let mut both = now.iter().filter_map(|(key, size)| Some((size, before.get(key)?)));
    both.any(|(size, was)| size.closure.is_some() != was.closure.is_some())
}

fn growth(case: &Case<'_>, now: &Sizes, before: &Sizes) -> Vec<Cause> {
    let allowed = case.config.performance.size_growth_threshold;
    let mut causes = Vec::new();
    for (key, size) in now {
        let Some(was) = before.get(key) else { continue };
        let (package, name) = key;
        let sizes = |now: u64, was: u64| {
            let more = raised_percent(now - was, was);
            format!("{now} bytes, {more} more than the {was} at the baseline ({allowed} % allowed)")
        };
        if grew(size.program, was.program, allowed) {
            let sizes = sizes(size.program, was.program);
            let message = format!("{package}: the program {name} has {sizes}");
            causes.push(Cause::new(Code::SizeGrew, message).about(Some(package)));
        }
        let closures = size.closure.zip(was.closure);
        if let Some((now, was)) = closures.filter(|(now, was)| grew(*now, *was, allowed)) {
            let sizes = sizes(now, was);
            let message =
                format!("{package}: the program {name} and all that it names have {sizes}");
            causes.push(Cause::new(Code::ClosureGrew, message).about(Some(package)));
        }
    }
    causes
}

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let errors = of_code(causes, Code::CompileError);
    let errors = (errors > 0).then(|| counted(errors, "compile error", "compile errors"));
    let &Measure::Programs { count, bytes, new, gone, is_compared, closures } = measure else {
        return errors.unwrap_or_else(|| "it does not compile".to_owned());
    };
    let grew = of_code(causes, Code::SizeGrew);
    let closures_grew = of_code(causes, Code::ClosureGrew);
    let programs = counted(usize::try_from(count).unwrap_or(usize::MAX), "program", "programs");
    let parts = [
        errors,
        (grew > 0).then(|| format!("{} larger than allowed", counted(grew, "program", "programs"))),
        (closures_grew > 0).then(|| {
            format!("{} larger than allowed", counted(closures_grew, "closure", "closures"))
        }),
        Some(format!("{programs}, {}", size(bytes))),
        closures.bytes.map(|bytes| format!("{} with all that they name", size(bytes))),
        (new > 0).then(|| format!("{new} new")),
        (gone > 0).then(|| format!("{gone} gone")),
        (!is_compared).then(|| "not compared".to_owned()),
        closures
            .is_one_sided
            .then(|| "closures measured on one side only, not compared".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
