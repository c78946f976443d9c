//! `release-plan.json`.

use serde::Serialize;

use crate::{Level, Plan, Planned, Reason, State};

/// The version of the form.
const SCHEMA: u32 = 1;

/// What a release would be. Texts come from commits and paths, and are kept as they are.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Form<'a> {
    /// The version of this form.
    schema: u32,
    /// How far it is.
    state: State,
    /// Members that are released, each behind those that it needs: so they are published.
    members: Vec<MemberForm<'a>>,
    /// Members that are published and not released now.
    unchanged: Vec<UnchangedForm<'a>>,
    /// The files that change, from the workspace's root.
    files: Vec<&'a str>,
    /// The changes, as a unified diff. What is no UTF-8 in it is replaced.
    diff: String,
    /// The message of the release's commit; none where there is nothing to commit.
    message: Option<String>,
    /// What somebody should know.
    notes: &'a [String],
}

/// A member that is released.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct MemberForm<'a> {
    /// The package's name.
    name: &'a str,
    /// The version in its manifest.
    from: String,
    /// The version that it becomes.
    to: String,
    /// The tag that it gets.
    tag: &'a str,
    /// The tag of its last release; none of a first one.
    last: Option<&'a str>,
    /// Why.
    reasons: Vec<ReasonForm<'a>>,
    /// Why nothing is known of its interface, or not all; none where all is, and where it has none.
    interface_unknown: Option<&'a str>,
}

/// A member that is not released.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct UnchangedForm<'a> {
    /// The package's name.
    name: &'a str,
    /// Its version.
    version: String,
    /// The tag of its last release.
    last: Option<&'a str>,
    /// Why nothing is known of its interface.
    interface_unknown: Option<&'a str>,
}

/// Why a member is released as what it is.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "lowercase")]
enum ReasonForm<'a> {
    /// There was no release before.
    First,
    /// A commit.
    Commit {
        /// Its name.
        revision: &'a str,
        /// The first line of its message.
        title: &'a str,
        /// What it asks for.
        level: Option<Level>,
        /// What it says to who upgrades.
        note: Option<&'a str>,
        /// Whether its message has the conventional form.
        conventional: bool,
    },
    /// What the interface breaks or has more.
    Interface {
        /// What it asks for.
        level: Level,
        /// What is broken, an item a line.
        broken: &'a [String],
    },
    /// A member that it needs has a version that it did not ask for.
    Dependency {
        /// The package's name.
        name: &'a str,
        /// Its version.
        version: String,
    },
    /// Another member of the same version is released.
    Together,
    /// The manifest says a later version than the last tag.
    Manifest {
        /// That version.
        version: String,
    },
    /// The last was a pre-release of it.
    Promotion {
        /// That pre-release.
        from: String,
    },
}

/// `release-plan.json`.
pub fn plan_json(plan: &Plan) -> String {
    let form = Form {
        schema: SCHEMA,
        state: plan.state(),
        members: plan.members.iter().map(MemberForm::of).collect(),
        unchanged: plan
            .unchanged
            .iter()
            .map(|it| UnchangedForm {
                name: &it.name,
                version: it.version.to_string(),
                last: it.last.as_deref(),
                interface_unknown: it.unknown.as_deref(),
            })
            .collect(),
        files: plan.files.iter().map(|it| it.path.as_str()).collect(),
        diff: String::from_utf8_lossy(&plan.diff()).into_owned(),
        message: (plan.state() == State::Planned).then(|| plan.message()),
        notes: &plan.notes,
    };
    // Maps with keys that are no texts cannot be written; there are none.
    serde_json::to_string_pretty(&form).unwrap_or_default() + "\n"
}

impl<'a> MemberForm<'a> {
    fn of(member: &'a Planned) -> Self {
        Self {
            name: &member.name,
            from: member.from.to_string(),
            to: member.to.to_string(),
            tag: &member.tag,
            last: member.last.as_deref(),
            reasons: member.reasons.iter().map(ReasonForm::of).collect(),
            interface_unknown: member.unknown.as_deref(),
        }
    }
}

impl<'a> ReasonForm<'a> {
    fn of(reason: &'a Reason) -> Self {
        match reason {
            Reason::First => Self::First,
            Reason::Commit(commit) => Self::Commit {
                revision: &commit.revision,
                title: &commit.title,
                level: commit.level,
                note: commit.note.as_deref(),
                conventional: commit.is_conventional,
            },
            Reason::Interface(level, broken) => Self::Interface { level: *level, broken },
            Reason::Dependency(name, version) => {
                Self::Dependency { name, version: version.to_string() }
            }
            Reason::Together => Self::Together,
            Reason::Manifest(version) => Self::Manifest { version: version.to_string() },
            Reason::Promotion(from) => Self::Promotion { from: from.to_string() },
        }
    }
}
