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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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

/// What a stage comes to, and why.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct VerdictStatus<'a> {
    /// The stage.
    stage: &'a str,
    /// What it is about: `workspace` also where that is all members.
    unit: &'a str,
    /// The answer.
    outcome: Outcome,
    /// The answer in a line.
    summary: &'a str,
    /// How long what was run for it took; null where that is not known.
    #[cfg_attr(test, schemars(with = "Option<f64>"))]
    seconds: f64,
    /// What was counted; null where nothing was.
    measure: Option<&'a Measure>,
    /// The command that asks again; null where nothing failed.
    repeat: Option<&'a str>,
    /// Why it is not a pass.
    causes: Vec<CauseStatus<'a>>,
    /// How many causes are left out.
    more_causes: usize,
    /// What it says of each member, where it is about all.
    units: Vec<UnitStatus<'a>>,
}

impl<'a> VerdictStatus<'a> {
    /// What is said of a verdict with so many of its causes at most.
    pub(crate) fn of(verdict: &'a Verdict, most: usize) -> Self {
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

/// One reason for a verdict.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CauseStatus<'a> {
    /// What it is.
    code: Code,
    /// What it says.
    message: &'a str,
    /// The file, relative to the workspace where it is inside.
    file: Option<&'a str>,
    /// The line in that file, counted from 1.
    line: Option<u32>,
    /// More of what the tool said.
    detail: Option<&'a str>,
    /// The command that asks for this alone.
    repeat: Option<&'a str>,
    /// The member whose record has it.
    unit: Option<&'a str>,
    /// What to do about it.
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

/// What a stage says of one of several members.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct UnitStatus<'a> {
    /// Its name.
    unit: &'a str,
    /// The members that it is made of.
    members: &'a [String],
    /// The answer.
    outcome: Outcome,
    /// The answer in a line.
    summary: &'a str,
    /// How long what was run for it took; null where that is not known.
    #[cfg_attr(test, schemars(with = "Option<f64>"))]
    seconds: f64,
}

impl<'a> UnitStatus<'a> {
    fn of(unit: &'a UnitVerdict) -> Self {
        let UnitVerdict { unit, members, outcome, summary, seconds } = unit;
        Self { unit, members, outcome: *outcome, summary, seconds: *seconds }
    }
}
