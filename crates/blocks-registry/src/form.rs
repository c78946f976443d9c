//! `release-checks.json`: what `cargo blocks release verify` and `confirm` print for programs.

use blocks_gates::Outcome;
use serde::Serialize;

use crate::members::Member;
use crate::{Check, overall};

/// The version of the form.
const SCHEMA: u32 = 1;

/// What had to hold, and what it came to. Texts come from servers, compilers and files, and are as they are.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Form<'a> {
    /// The version of this form.
    schema: u32,
    /// What all comes to: the worst of what is in it.
    outcome: Outcome,
    /// The registry, as cargo names it.
    registry: &'a str,
    /// The members that are released, each behind those that it needs.
    members: Vec<MemberForm<'a>>,
    /// What had to hold.
    checks: Vec<CheckForm<'a>>,
}

/// A member.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct MemberForm<'a> {
    /// The package's name.
    name: &'a str,
    /// The version in its manifest.
    version: String,
}

/// Something that had to hold.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CheckForm<'a> {
    /// What it is, in a word.
    id: &'a str,
    /// What it is about: a package as `NAME@VERSION`, a tag, a stage; none where it is about all.
    about: Option<&'a str>,
    /// What it came to.
    outcome: Outcome,
    /// What there is to say, in lines.
    said: &'a [String],
}

/// A list of checks as JSON, with a line feed at its end.
pub fn release_checks_json(registry: &str, members: &[Member], checks: &[Check]) -> String {
    let member = |it: &'_ Member| it.version.to_string();
    let form = Form {
        schema: SCHEMA,
        outcome: overall(checks),
        registry,
        members: members
            .iter()
            .map(|it| MemberForm { name: &it.name, version: member(it) })
            .collect(),
        checks: checks
            .iter()
            .map(|Check { id, about, outcome, said }| CheckForm {
                id,
                about: about.as_deref(),
                outcome: *outcome,
                said,
            })
            .collect(),
    };
    let text = serde_json::to_string_pretty(&form).unwrap_or_default();
    text + "\n"
}
