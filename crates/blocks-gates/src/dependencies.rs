//! The gate of dependencies: what cargo-deny found in them by the workspace's own rules (`deny.toml`).
//!
//! Beside these, a crate that is there in more versions than at the baseline is a failure, where the rules tell of such
//! crates at all (`bans.multiple-versions`), and more of them are than `verify.duplicate_growth` allows.

use crate::case::Case;
use crate::deny;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure};
use blocks_evidence::{DenyFinding, DenyReport};
use std::collections::BTreeMap;

/// The exit status of the stage's script where the workspace has no rules.
const NO_RULES: i32 = 64;

/// The checks that are made, and the bit of the exit status by which cargo-deny says that one found errors.
const CHECKS: [(&str, i32); 3] = [("bans", 2), ("licenses", 4), ("sources", 8)];

/// What cargo-deny calls a crate that is there in several versions.
const DUPLICATE: &str = "duplicate";

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    if case.exit == NO_RULES {
        return Ok(Finding::not_applicable("there is no deny.toml"));
    }
    let report = deny::read(case, &CHECKS)?;
    let errors = report.findings.iter().filter(|one| one.is_error);
    let mut causes: Vec<Cause> =
        errors.map(|one| deny::cause(one, Code::DependencyDenied)).collect();
    let before = case.before(|case| {
        if case.exit == NO_RULES { Ok(None) } else { deny::read(case, &CHECKS).map(Some) }
    })?;
    let before: Option<Vec<DenyReport>> = before.and_then(|all| all.into_iter().collect());
    if let Some(before) = &before {
        let doubled = doubled(&report, before);
        if doubled.len() > case.config.verify.duplicate_growth.get() as usize {
            causes.extend(doubled);
        }
    }
    let measure = Measure::Findings { count: causes.len() as u64 };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// Crates in more versions than before. What is an error already is told as such.
fn doubled(now: &DenyReport, before: &[DenyReport]) -> Vec<Cause> {
    let was: BTreeMap<&str, usize> =
        before.iter().flat_map(duplicates).map(|(name, _, count)| (name, count)).collect();
    let grew = |(name, one, count): (&str, &DenyFinding, usize)| {
        // What was there once was no double.
        let was = was.get(name).copied().unwrap_or(1);
        (!one.is_error && count > was).then(|| {
            let mut cause = deny::cause(one, Code::DuplicateVersions);
            cause.message = format!("{name} is there in {count} versions ({was} at the baseline)");
            cause
        })
    };
    duplicates(now).filter_map(grew).collect()
}

/// Each crate that is there in several versions, with its finding and the number of versions.
fn duplicates(report: &DenyReport) -> impl Iterator<Item = (&str, &DenyFinding, usize)> {
    let of_duplicates = report.findings.iter().filter(|one| one.code == DUPLICATE);
    of_duplicates.filter_map(|one| {
        let name = one.crates.first()?.name.split(' ').next()?;
        Some((name, one, one.crates.len()))
    })
}

pub(crate) fn told(_: &Measure, causes: &[Cause]) -> String {
    let words = [
        (Code::DependencyDenied, "finding", "findings"),
        (Code::DuplicateVersions, "crate in more versions", "crates in more versions"),
    ];
    let counts = words.iter().map(|(code, one, many)| (of_code(causes, *code), one, many));
    let parts: Vec<String> = counts
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    if parts.is_empty() {
        "bans, licences and sources are as they should be".to_owned()
    } else {
        parts.join(", ")
    }
}
