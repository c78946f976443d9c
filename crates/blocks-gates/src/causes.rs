//! The causes of several units, each once.

use crate::unit::Unit;
use crate::{Cause, hint};
use std::collections::HashMap;

/// The causes of units, each with the unit whose record has it.
///
/// A dependency that does not compile is a cause in the records of all members that need it. Those that
/// say the same of different units are one: that of the package which it is about, where there is one.
pub(crate) fn of_units<'a>(
    causes: impl IntoIterator<Item = (&'a Unit<'a>, Vec<Cause>)>,
) -> Vec<Cause> {
    let mut all: Vec<(&str, bool, Cause)> = Vec::new();
    for (unit, causes) in causes {
        all.extend(causes.into_iter().map(|cause| {
            let is_own = cause.unit.as_ref().is_some_and(|it| unit.members.contains(it));
            (unit.name, is_own, of_unit(unit, cause))
        }));
    }
    all.sort_by_key(|(_, is_own, _)| !is_own);
    let mut first: HashMap<_, &str> = HashMap::new();
    let said_first: Vec<bool> = all
        .iter()
        .map(|(unit, _, cause)| {
            let Cause { code, message, file, line, detail, .. } = cause;
            first.entry((code, message, file, line, detail)).or_insert(unit) == unit
        })
        .collect();
    let kept = all.into_iter().zip(said_first).filter(|(_, kept)| *kept);
    kept.map(|((_, _, cause), _)| cause).collect()
}

fn of_unit(unit: &Unit<'_>, cause: Cause) -> Cause {
    let hint = cause.hint.clone().or_else(|| hint::of(unit, &cause));
    let member = match unit.members.as_slice() {
        [only] => Some(only.clone()),
        // Of several members it is the one that it is about, where its tool says so.
        _ => cause.unit,
    };
    Cause { unit: member, hint, ..cause }
}
