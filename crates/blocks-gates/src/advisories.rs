//! The gate of advisories: what is known to be wrong with dependencies, by a database that is not old.
//!
//! What cargo-deny counts as an error fails; `deny.toml` says what it lets pass, by its table `[advisories]`. A database
//! that is older than `verify.advisory_age_days`, or of which nobody knows how old it is, says nothing of what was found
//! since: it passes nothing. What it does know is told all the same.

use crate::case::Case;
use crate::deny;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure};
use blocks_config::Date;
use blocks_evidence::{
    Advisory, AdvisoryDatabase, DETAIL, DenyFinding, Format, bounded, read_advisory_database,
};

/// The exit status of the stage's script where there is no database.
const NO_DATABASE: i32 = 64;

const CHECKS: [(&str, i32); 1] = [("advisories", 1)];

const SECONDS_PER_DAY: u64 = 86_400;

/// How a database is brought up to date, and how it gets a date.
const UPDATE: &str = "`git -C DIR pull` updates it, or by Nix `nix flake update advisory-db`";
const DATED: &str = "give a checkout of git's, or by Nix an input with a revision";

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    if case.exit == NO_DATABASE {
        return Ok(Finding::not_applicable(
            "no advisory database is given: --advisory-db, or `advisory-db` of mkFlake",
        ));
    }
    let database = case.read(Format::AdvisoryDatabase, read_advisory_database)?;
    let date = date_of(case, &database);
    let report = deny::read(case, &CHECKS)?;
    let errors = report.findings.iter().filter(|one| one.is_error);
    let mut causes: Vec<Cause> = errors.map(cause).collect();
    let measure = Measure::Findings { count: causes.len() as u64 };
    let told = told(&measure, &causes);
    let all = counted_advisories(database.advisories);
    match date {
        Ok(date) => Ok(Finding::of(format!("{told} ({all} of {date})"), causes, measure)),
        Err(refusal) if causes.is_empty() => Err(refusal),
        // What was found is true, whatever else an older database does not know.
        Err(refusal) => {
            causes.push(refusal.into());
            Ok(Finding::of(told, causes, measure))
        }
    }
}

/// The day of a database that is not too old.
fn date_of(case: &Case<'_>, database: &AdvisoryDatabase) -> Result<Date, Refusal> {
    if database.advisories == 0 {
        let message = "the advisory database holds no advisory".to_owned();
        return Err(Refusal::new(Code::EvidenceAbsent, message));
    }
    let old = |message: String, advice: &str| {
        let detail = Some(format!("it is {}: {advice}", database.name));
        Refusal { detail, ..Refusal::new(Code::DatabaseOld, message) }
    };
    let Some(seconds) = database.date else {
        return Err(old("nobody knows how old the advisory database is".to_owned(), DATED));
    };
    let days = seconds / SECONDS_PER_DAY;
    let age = u64::from(case.config.verify.advisory_age_days.get());
    let (Some(date), Some(last)) = (Date::from_unix_days(days), Date::from_unix_days(days + age))
    else {
        return Err(old("the advisory database is of no day of the calendar".to_owned(), DATED));
    };
    let today = case.day("the age of the advisory database")?;
    if today > last {
        let message = format!(
            "the advisory database is of {date}, and on {today} older than {age} days \
             (verify.advisory_age_days)"
        );
        return Err(old(message, UPDATE));
    }
    Ok(date)
}

fn counted_advisories(count: u64) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "advisory", "advisories")
}

fn cause(one: &DenyFinding) -> Cause {
    let code = match one.code.as_str() {
        "vulnerability" => Code::AdvisoryVulnerability,
        "unsound" => Code::AdvisoryUnsound,
        "unmaintained" => Code::AdvisoryUnmaintained,
        "notice" => Code::AdvisoryNotice,
        // Such as an ignored advisory that is about nothing, where the rules want no such.
        _ => return deny::cause(one, Code::DependencyDenied),
    };
    let Some(advisory) = &one.advisory else { return deny::cause(one, code) };
    let name = one.crates.first().map_or(&advisory.package, |it| &it.name);
    let message = format!("{name}: {} ({})", advisory.title, advisory.id);
    let mut lines = vec![advice(advisory, name)];
    lines.extend(deny::ways(one));
    lines.extend(advisory.url.clone());
    Cause::new(code, message).with_detail(bounded(&lines.join("\n"), DETAIL))
}

/// What to do: to `name`, a crate with its version.
fn advice(advisory: &Advisory, name: &str) -> String {
    let Advisory { id, patched, .. } = advisory;
    if patched.is_empty() {
        return format!(
            "no version mends it: do without the crate, or accept it in deny.toml (advisories.ignore = [{{ id = \"{id}\", \
             reason = \"…\" }}])"
        );
    }
    let (package, version) = name.split_once(' ').unwrap_or((name, ""));
    let command = match patched.iter().find_map(|it| compatible(it, version)) {
        Some(mended) => format!("cargo update -p {package}@{version} --precise {mended}"),
        None => {
            format!("let those who need it ask for one of these, then cargo update -p {package}")
        }
    };
    format!("mended in {}: {command}", patched.join(" or "))
}

/// The lowest version of a requirement, where cargo can put it in the place of `version` without a change of a manifest.
pub(crate) fn compatible<'a>(requirement: &'a str, version: &str) -> Option<&'a str> {
    let first = requirement.split(',').next()?.trim();
    let lowest = first.strip_prefix(">=").or_else(|| first.strip_prefix('^'))?.trim();
    let (new, old) = (numbers(lowest)?, numbers(version)?);
    let same = if old[0] == 0 { 2 } else { 1 };
    (new[..same] == old[..same] && new > old && new[..2] != [0, 0]).then_some(lowest)
}

/// The three numbers of a release; none of anything else.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let parts: Vec<u64> =
        version.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    parts.try_into().ok()
}

pub(crate) fn told(_: &Measure, causes: &[Cause]) -> String {
    let words = [
        (Code::AdvisoryVulnerability, "vulnerability", "vulnerabilities"),
        (Code::AdvisoryUnsound, "unsound crate", "unsound crates"),
        (Code::AdvisoryUnmaintained, "unmaintained crate", "unmaintained crates"),
        (Code::AdvisoryNotice, "notice", "notices"),
        (Code::DependencyDenied, "finding", "findings"),
    ];
    let counts = words.iter().map(|(code, one, many)| (of_code(causes, *code), one, many));
    let parts: Vec<String> = counts
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    if parts.is_empty() { "nothing is known of dependencies".to_owned() } else { parts.join(", ") }
}
