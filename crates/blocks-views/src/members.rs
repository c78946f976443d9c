//! Which members a verdict is about.

use blocks_gates::{Cause, UnitVerdict, Verdict};

use crate::outcome::is_open;

/// The members that are named; others are counted.
const NAMED: usize = 3;

/// `a, b, c and 3 more of 30 members`: those whose outcome is the verdict's, where it is not green.
/// `shown` makes a name harmless.
pub(crate) fn members(verdict: &Verdict, shown: fn(&str) -> String) -> Option<String> {
    if !is_open(verdict) {
        return None;
    }
    let is_meant = |unit: &&UnitVerdict| unit.outcome == verdict.outcome;
    let names: Vec<&str> =
        verdict.units.iter().filter(is_meant).map(|unit| unit.unit.as_str()).collect();
    if names.is_empty() {
        return None;
    }
    let named: Vec<String> = names.iter().take(NAMED).map(|name| shown(name)).collect();
    let more = match names.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let word = match verdict.units.len() {
        1 => "member",
        _ if verdict.units.iter().any(UnitVerdict::is_share) => "records",
        _ => "members",
    };
    Some(format!("{}{more} of {} {word}", named.join(", "), verdict.units.len()))
}

/// The member that a cause is about, where its place does not tell: of what is not known.
pub(crate) fn unknown_member(cause: &Cause) -> Option<&str> {
    cause.unit.as_deref().filter(|_| cause.code.leaves_no_verdict())
}
