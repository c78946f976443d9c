use std::collections::BTreeMap;

use blocks_gates::{Cause, Code, Measure, Outcome, UnitVerdict, Verdict, overall};
use serde::Serialize;

use crate::cost::{Cost, CostStatus, statuses};
use crate::json::pretty;

/// The version of the form of `status.json`. It grows when a key is removed or means another
/// thing; a key that is added does not change it.
pub const STATUS_SCHEMA: u32 = 1;

/// The most causes that a verdict has in the status; the report has them all.
const CAUSES: usize = 50;

/// Where verdicts come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Origin<'a> {
    /// The sources that were asked for, as records name them. A verdict on other sources is "no
    /// verdict".
    pub sources: Option<&'a str>,
    /// What made the records; `None` where that is not known, or not the same for all.
    pub toolchain: Option<Versions<'a>>,
}

/// The versions of what made records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Versions<'a> {
    /// What `rustc --version` prints.
    pub rustc: &'a str,
    /// What `cargo --version` prints.
    pub cargo: &'a str,
    /// Tools beyond the toolchain, with their versions.
    pub tools: &'a BTreeMap<String, String>,
}

/// `status.json`: verdicts for other programs.
///
/// ```json
/// {
///   "schema": 1,
///   "outcome": "fail",                 the overall outcome: pass, fail, no-verdict
///   "sources": "sha256-…",             null where any were accepted
///   "toolchain": {"rustc": "…", "cargo": "…", "tools": {"cargo-nextest": "…"}},   or null
///   "verdicts": [                      in the order that they were given in
///     {
///       "stage": "test", "unit": "workspace",
///       "outcome": "fail",             pass, fail, no-verdict, not-applicable
///       "summary": "…",                one line
///       "seconds": 12.5,               null where it is not known
///       "measure": {"kind": "tests", …},   null where nothing was counted
///       "repeat": "cargo …",           the command that asks again, or null
///       "causes": [{"code": "test-failed", "message": "…", "file": "src/lib.rs", "line": 3,
///                   "detail": "…", "repeat": "cargo …",
///                   "unit": "my-crate",   the member whose record has it
///                   "hint": "…"}],        what to do; file to hint: each or null
///       "more_causes": 0,              causes that are not listed
///       "units": [                     each member, where the verdict is about all; else empty
///         {"unit": "my-crate", "members": ["my-crate"], "outcome": "fail", "summary": "…",
///          "seconds": 2.5}
///       ]
///     }
///   ],
///   "cost": [                          of each stage with records, what took most first
///     {"stage": "test", "seconds": 12.5,   the steps of its records
///      "retried_seconds": 0.0,        tries that came to no answer
///      "share": 0.75,                 of both, of all stages
///      "records": 1,
///      "seconds_before": 11.0}        at an earlier revision; null where nobody looked it up, or kept it
///   ]
/// }
/// ```
///
/// Texts of other programs are written as they are: whoever shows them makes them harmless. All
/// keys are always there, in this order, and a line feed ends the file.
pub fn status_json(verdicts: &[Verdict], origin: &Origin<'_>, costs: &[Cost<'_>]) -> String {
    pretty(&Status {
        schema: STATUS_SCHEMA,
        outcome: overall(verdicts),
        sources: origin.sources,
        toolchain: origin.toolchain,
        verdicts: verdicts.iter().map(|it| VerdictStatus::of(it, CAUSES)).collect(),
        cost: statuses(costs),
    })
}

#[derive(Serialize)]
struct Status<'a> {
    schema: u32,
    outcome: Outcome,
    sources: Option<&'a str>,
    toolchain: Option<Versions<'a>>,
    verdicts: Vec<VerdictStatus<'a>>,
    cost: Vec<CostStatus<'a>>,
}

#[derive(Serialize)]
struct VerdictStatus<'a> {
    stage: &'a str,
    unit: &'a str,
    outcome: Outcome,
    summary: &'a str,
    seconds: f64,
    measure: Option<&'a Measure>,
    repeat: Option<&'a str>,
    causes: Vec<CauseStatus<'a>>,
    more_causes: usize,
    units: Vec<UnitStatus<'a>>,
}

impl<'a> VerdictStatus<'a> {
    /// What is said of a verdict with so many of its causes at most.
    fn of(verdict: &'a Verdict, most: usize) -> Self {
        let listed = verdict.causes.iter().take(most);
        Self {
            stage: &verdict.stage,
            unit: &verdict.unit,
            outcome: verdict.outcome,
            summary: &verdict.summary,
            // A number that is none is written as null.
            seconds: verdict.seconds,
            measure: verdict.measure.as_ref(),
            repeat: verdict.repeat.as_deref(),
            more_causes: verdict.causes.len() - listed.len() + verdict.more_causes,
            causes: listed.map(CauseStatus::of).collect(),
            units: verdict.units.iter().map(UnitStatus::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct CauseStatus<'a> {
    code: Code,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<u32>,
    detail: Option<&'a str>,
    repeat: Option<&'a str>,
    unit: Option<&'a str>,
    hint: Option<&'a str>,
}

impl<'a> CauseStatus<'a> {
    fn of(cause: &'a Cause) -> Self {
        Self {
            code: cause.code,
            message: &cause.message,
            file: cause.file.as_deref(),
            line: cause.line,
            detail: cause.detail.as_deref(),
            repeat: cause.repeat.as_deref(),
            unit: cause.unit.as_deref(),
            hint: cause.hint.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct UnitStatus<'a> {
    unit: &'a str,
    members: &'a [String],
    outcome: Outcome,
    summary: &'a str,
    seconds: f64,
}

impl<'a> UnitStatus<'a> {
    fn of(unit: &'a UnitVerdict) -> Self {
        let UnitVerdict { unit, members, outcome, summary, seconds } = unit;
        Self { unit, members, outcome: *outcome, summary, seconds: *seconds }
    }
}
