//! The gate of coverage: what `llvm-cov` counted while the tests ran.
//!
//! Lines that one member's tests run in another count, so that members are judged together: a line is
//! covered where the tests of any run it. Failing tests do not change this verdict: that they fail is the
//! verdict of the tests.

use crate::case::Case;
use crate::finding::Finding;
use crate::folders::Folders;
use crate::gate::Joint;
use crate::not_run::not_run;
use crate::patch_coverage::{Patch, Sources, is_judged};
use crate::refusal::Refusal;
use crate::words::floored_percent;
use crate::{Cause, Code, Measure, member_coverage};
use blocks_config::Percent;
use blocks_evidence::{
    Coverage, DETAIL, EvidenceError, FileCounts, FileCoverage, Format, LineCounts, Lines,
    MetadataPackage, bounded, read_junit, read_llvm_cov, read_llvm_cov_counts,
};
use std::fmt::Write as _;

pub(crate) fn judge(cases: &[Case<'_>]) -> Joint {
    let floors = member_coverage::floors(cases);
    let mut all = All::default();
    let mut refused = Vec::new();
    for (place, case) in cases.iter().enumerate() {
        if let Err(refusal) = all.add(place, case, !floors.is_empty()) {
            refused.push((place, refusal));
        }
    }
    let finding = finding(cases, &floors, &all).unwrap_or_else(Finding::no_verdict);
    Joint { finding, refused }
}

/// The lines that are new or changed since the baseline, also where nothing is wanted of them; none where that is not known.
pub(crate) fn patch(cases: &[Case<'_>]) -> Option<Coverage> {
    let first = cases.first()?;
    let mut all = All::default();
    for (place, case) in cases.iter().enumerate() {
        all.add(place, case, false).ok()?;
    }
    all.patch(first).ok().flatten().map(Patch::into_lines)
}

/// What the records say together.
#[derive(Default)]
struct All {
    coverage: Coverage,
    /// The packages that the record of each case knows, where members have floors.
    packages: Vec<(usize, Vec<MetadataPackage>)>,
    /// The files that were counted, where there is a baseline.
    sources: Sources,
    /// Why these are not known, where that decides nothing.
    unknown: Option<Refusal>,
}

impl All {
    fn add(&mut self, place: usize, case: &Case<'_>, has_floors: bool) -> Result<(), Refusal> {
        self.coverage.merge(read(case)?);
        if has_floors {
            self.packages.push((place, member_coverage::packages(case)?));
        }
        if case.baseline.is_none() {
            return Ok(());
        }
        match Sources::of(case).and_then(|sources| self.sources.add(sources)) {
            Err(refusal) if is_judged(wanted_of_patch(case)) => Err(refusal),
            Err(refusal) => {
                self.unknown.get_or_insert(refusal);
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// The lines that are not as they were; none where nothing is compared.
    fn patch(&self, case: &Case<'_>) -> Result<Option<Patch>, Refusal> {
        if let Some(refusal) = &self.unknown {
            return Err(refusal.clone());
        }
        let Some(records) = case.all_before(Sources::of)? else { return Ok(None) };
        let mut before = Sources::default();
        for sources in records {
            before.add(sources).map_err(|refusal| case.not_comparable(&refusal.message))?;
        }
        let wanted = wanted_of_patch(case);
        Patch::of(&self.coverage, &self.sources, &before, wanted).map(Some)
    }
}

fn wanted_of_patch(case: &Case<'_>) -> Percent {
    case.config.test.patch_coverage_threshold
}

/// What tests ran at the baseline; none where nothing is compared.
fn before(cases: &[Case<'_>]) -> Result<Option<Coverage>, Refusal> {
    let compares = |case: &&Case<'_>| case.config.test.coverage_drop < Percent::whole::<100>();
    let Some(case) = cases.first().filter(compares) else { return Ok(None) };
    Ok(case.all_before(read)?.map(|records| records.into_iter().collect()))
}

/// The coverage of one record, with files as they are called in the workspace: folders of sandboxes
/// differ.
fn read(case: &Case<'_>) -> Result<Coverage, Refusal> {
    let coverage = evidence(case, read_llvm_cov)?;
    let renamed = |file: FileCoverage| FileCoverage { file: case.relative(&file.file), ..file };
    Ok(coverage.files.into_iter().map(renamed).collect())
}

/// The same with how often lines ran.
pub(crate) fn counts(case: &Case<'_>) -> Result<LineCounts, Refusal> {
    let counts = evidence(case, read_llvm_cov_counts)?;
    let renamed = |file: FileCounts| FileCounts { file: case.relative(&file.file), ..file };
    Ok(counts.files.into_iter().map(renamed).collect())
}

/// What was counted, which is nothing where there was nothing to run.
fn evidence<T: Default>(
    case: &Case<'_>,
    reader: impl FnOnce(&[u8]) -> Result<T, EvidenceError>,
) -> Result<T, Refusal> {
    match case.read(Format::LlvmCov, reader) {
        Err(_) if is_without_tests(case) => Ok(T::default()),
        found => found,
    }
}

/// Whether there was nothing to run, so that nothing was counted: the record lists no coverage, and says
/// that there is no test.
fn is_without_tests(case: &Case<'_>) -> bool {
    let rows = case.recorded_by.evidence.iter().filter(|row| row.kind == Format::LlvmCov.name());
    let mut files = rows.map(|row| &row.file);
    let is_listed = files.any(|file| case.record.evidence.iter().any(|it| &it.file == file));
    case.exit == 0
        && !is_listed
        && case.read(Format::Junit, read_junit).is_ok_and(|run| run.tests.is_empty())
}

fn finding(cases: &[Case<'_>], floors: &[(&str, Percent)], all: &All) -> Result<Finding, Refusal> {
    let before = before(cases)?;
    let coverage = &all.coverage;
    let of_members = of_members(cases, floors, all)?;
    let now @ Lines { covered, count } = coverage.lines();
    let Some(case) = cases.first().filter(|_| count > 0) else {
        return Ok(Finding::not_applicable("there are no lines of code that can be counted"));
    };
    let wanted = case.config.test.coverage_threshold;
    let drop = case.config.test.coverage_drop;
    let mut causes = of_files(case, coverage);
    causes.extend(of_members);
    let mut summary = format!("{} of lines ({wanted} % wanted", floored_percent(covered, count));
    if let Some(before) = before {
        let was = before.lines();
        let _ = write!(summary, ", {} at the baseline", floored_percent(was.covered, was.count));
        if is_less(now, was, drop) {
            causes.push(fall(coverage, &before, drop));
        }
    }
    summary.push(')');
    match all.patch(case) {
        Err(refusal) if is_judged(wanted_of_patch(case)) => return Err(refusal),
        Err(refusal) => {
            let _ = write!(summary, "; changed lines: not known, {}", refusal.message);
        }
        Ok(Some(patch)) => {
            let _ = write!(summary, "; {}", patch.told());
            causes.extend(patch.cause());
        }
        Ok(None) if is_judged(wanted_of_patch(case)) => summary += "; changed lines: not compared",
        Ok(None) => {}
    }
    let measure = Measure::Coverage { covered, count, threshold: wanted.as_f64() };
    Ok(Finding::of(summary, causes, measure))
}

/// The members below their floors.
fn of_members(
    cases: &[Case<'_>],
    floors: &[(&str, Percent)],
    all: &All,
) -> Result<Vec<Cause>, Refusal> {
    let mut folders = Folders::default();
    for (place, packages) in &all.packages {
        member_coverage::add(&mut folders, &cases[*place], packages);
    }
    member_coverage::causes(floors, &all.coverage, &folders)
}

/// The files below their floor, and where the sum is below its own, those with lines that are not run.
fn of_files(case: &Case<'_>, coverage: &Coverage) -> Vec<Cause> {
    let wanted = case.config.test.coverage_threshold;
    let of_each = case.config.test.file_coverage_threshold;
    let Lines { covered, count } = coverage.lines();
    let is_met = wanted.is_met_by(covered, count);
    let of_file = |file: &FileCoverage| {
        let Lines { covered, count } = file.lines();
        if !of_each.is_met_by(covered, count) {
            Some(cause(file, &format!(" ({of_each} % of each file wanted)")))
        } else if !is_met && !file.uncovered.is_empty() {
            Some(cause(file, ""))
        } else {
            None
        }
    };
    coverage.files.iter().filter_map(of_file).collect()
}

/// Whether the share is less by more than a drop in percentage points, compared exactly.
fn is_less(now: Lines, was: Lines, drop: Percent) -> bool {
    /// 100 percent, in the units of [`Percent::micros`].
    const WHOLE: u128 = 100_000_000;
    let [of_now, in_now, of_was, in_was] =
        [now.covered, now.count, was.covered, was.count].map(u128::from);
    let less = (of_was * in_now).saturating_sub(of_now * in_was);
    less * WHOLE > u128::from(drop.micros()) * in_now * in_was
}

/// The fall, at the first file of which less is run than before.
fn fall(now: &Coverage, before: &Coverage, drop: Percent) -> Cause {
    let share = |Lines { covered, count }| floored_percent(covered, count);
    let message = format!(
        "tests run {} of lines, {} at the baseline: at most {drop} percentage points less are allowed",
        share(now.lines()),
        share(before.lines())
    );
    let mut cause = Cause::new(Code::CoverageFell, message);
    let mut fallen = Vec::new();
    for file in &now.files {
        let was = before.files.iter().find(|it| it.file == file.file).map(FileCoverage::lines);
        let is = file.lines();
        // Of a file that is new, all that is not run is less than before.
        let was_whole = Lines { covered: is.count, count: is.count };
        if !is_less(is, was.unwrap_or(was_whole), Percent::whole::<0>()) {
            continue;
        }
        let was = was.map_or("new".to_owned(), |was| {
            format!("{} of {} at the baseline", was.covered, was.count)
        });
        fallen.push(format!("{}: {} of {} lines, {was}", file.file, is.covered, is.count));
        if cause.file.is_none() {
            cause.file = Some(file.file.clone());
            cause.line = file.uncovered.first().copied();
        }
    }
    cause.with_detail(bounded(&fallen.join("\n"), DETAIL))
}

/// What is not run of a file, and why that is too much.
fn cause(file: &FileCoverage, why: &str) -> Cause {
    let Lines { covered, count } = file.lines();
    let message = format!("tests run {covered} of {count} lines{why}");
    let mut cause = Cause::new(Code::CoverageBelowThreshold, message);
    cause.file = Some(file.file.clone());
    cause.line = file.uncovered.first().copied();
    cause.with_detail(not_run([file]))
}
