//! The members that a change concerns, for `check --affected`.

use std::fmt::Write as _;

use anyhow::Result;
use blocks_config::PipelineConfig;
use blocks_engine::{Workspace, changes::Affected};
use blocks_evidence::printable;
use blocks_gates::{Outcome, Verdict, judges_together};
use blocks_records::UNIT_WORKSPACE;
use blocks_stages::Stage;

use crate::{cli::CheckArgs, context, engine::is_nix, output::tell};

/// The most groups of members that are named, and the most names of a group.
const SHOWN: usize = 6;

/// What of a workspace is checked.
pub(crate) enum Part {
    /// All of it.
    Whole,
    /// These members, in alphabetical order.
    Members(Vec<String>),
    /// Nothing; why.
    Nothing(String),
}

/// Stages, and what of the workspace they are asked about.
pub(crate) struct Group {
    pub(crate) part: Part,
    pub(crate) stages: Vec<&'static Stage>,
}

impl Group {
    /// What the command line asks for. Who is checked is told, and why.
    ///
    /// A changelog, which nearly every change edits, is for the stages that read it, and for no other: where it concerns
    /// more members than the code does, these stages are asked for themselves. So are those that look into all files of
    /// the workspace, which any change concerns.
    pub(crate) fn all(
        args: &CheckArgs,
        workspace: &Workspace,
        config: &PipelineConfig,
        stages: Vec<&'static Stage>,
    ) -> Result<Vec<Self>> {
        let Some(revision) = &args.affected else {
            return Ok(vec![Self { part: Part::Whole, stages }]);
        };
        // Without one, the run itself would be what changes it.
        workspace.lock_file()?;
        let (all_over, stages): (Vec<_>, Vec<_>) =
            stages.into_iter().partition(|stage| stage.everything);
        let mut groups = if stages.is_empty() {
            Vec::new()
        } else {
            Self::of_members(args, workspace, config, stages, revision)?
        };
        if all_over.is_empty() {
            return Ok(groups);
        }
        let is_asked = |group: &Self| !matches!(group.part, Part::Nothing(_));
        let of_all_files = if groups.iter().any(is_asked) {
            None
        } else {
            context::affected(workspace, config, &all_over, revision)?.1.into_iter().next()
        };
        if let Some(first) = of_all_files {
            let file = first.reasons.first().map_or("", |reason| &reason.file);
            let names: Vec<_> = all_over.iter().map(|stage| stage.id.as_str()).collect();
            tell(&printable(&format!("by {}, for all files: {file}", names.join(", "))));
            groups.push(Self { part: Part::Whole, stages: all_over });
        } else if let Some(group) = groups.iter_mut().max_by_key(|group| is_asked(group)) {
            // A record of the workspace is of all of it, whatever members the others are asked about.
            group.stages.extend(all_over);
        } else {
            let why =
                format!("nothing changed since {revision} that is looked into: nothing to check");
            groups.push(Self { part: Part::Nothing(why), stages: all_over });
        }
        Ok(groups)
    }

    /// Stages that are asked about members.
    fn of_members(
        args: &CheckArgs,
        workspace: &Workspace,
        config: &PipelineConfig,
        stages: Vec<&'static Stage>,
        revision: &str,
    ) -> Result<Vec<Self>> {
        let (changed, found) = context::affected(workspace, config, &stages, revision)?;
        let by_code = context::affected_without_texts(workspace, config, &stages, &changed)?;
        let is_same = found.iter().map(|it| &it.member).eq(by_code.iter().map(|it| &it.member));
        let (readers, others): (Vec<_>, Vec<_>) =
            stages.iter().copied().partition(|stage| stage.reads_texts());
        let part = |found| Part::of(args, workspace, revision, found);
        if is_same || others.is_empty() {
            return Ok(vec![Self { part: part(found)?, stages }]);
        }
        let others = Self { part: part(by_code)?, stages: others };
        if matches!(others.part, Part::Whole) {
            return Ok(vec![Self { part: Part::Whole, stages }]);
        }
        let names: Vec<_> = readers.iter().map(|stage| stage.id.as_str()).collect();
        tell(&format!("by {}, for a text that changed:", names.join(", ")));
        Ok(vec![others, Self { part: part(found)?, stages: readers }])
    }
}

impl Part {
    fn of(
        args: &CheckArgs,
        workspace: &Workspace,
        revision: &str,
        found: Vec<Affected>,
    ) -> Result<Self> {
        if found.is_empty() {
            return Ok(Self::Nothing(format!(
                "no member is affected by what changed since {revision}: nothing to check"
            )));
        }
        let all = workspace.members.len();
        tell(&announcement(&found, all));
        if found.len() == all {
            return Ok(Self::Whole);
        }
        if is_nix(workspace, args)? {
            tell("by Nix all members are asked for: the others' records are there already");
            return Ok(Self::Whole);
        }
        Ok(Self::Members(found.into_iter().map(|it| it.member).collect()))
    }

    /// The members that the host engine runs over; none for all.
    pub(crate) fn members(&self) -> &[String] {
        match self {
            Self::Members(members) => members,
            Self::Whole | Self::Nothing(_) => &[],
        }
    }

    /// The stages that have an answer about this part: all, but for those that judge all members
    /// together, where they were not asked for by name.
    pub(crate) fn askable(
        &self,
        named: &[String],
        stages: Vec<&'static Stage>,
    ) -> Vec<&'static Stage> {
        let leaves = |stage: &Stage| self.leaves_out(stage, named);
        let (left, kept): (Vec<_>, _) = stages.into_iter().partition(|stage| leaves(stage));
        for Stage { id, .. } in left {
            tell(&format!(
                "{id} is left out: of some members it says little; `check --affected {id}` asks anyway"
            ));
        }
        kept
    }

    fn leaves_out(&self, stage: &Stage, named: &[String]) -> bool {
        matches!(self, Self::Members(_)) && judges_together(stage) && !named.contains(&stage.id)
    }
}

/// The verdicts where there is nothing to ask.
pub(crate) fn nothing_to_ask(stages: &[&Stage], why: &str) -> Vec<Verdict> {
    let verdict = |stage: &&Stage| Verdict {
        stage: stage.id.clone(),
        unit: UNIT_WORKSPACE.to_owned(),
        outcome: Outcome::NotApplicable,
        summary: why.to_owned(),
        causes: Vec::new(),
        more_causes: 0,
        measure: None,
        repeat: None,
        seconds: 0.0,
        units: Vec::new(),
    };
    stages.iter().map(verdict).collect()
}

/// `checking 3 of 30 members: a (crates/a/src/lib.rs), b, c (depend on a)`
fn announcement(found: &[Affected], all: usize) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for affected in found {
        let why = why(affected);
        match groups.iter_mut().find(|(other, _)| *other == why) {
            Some((_, members)) => members.push(&affected.member),
            None => groups.push((why, vec![&affected.member])),
        }
    }
    let shown = groups.iter().take(SHOWN).map(|(why, members)| {
        let why =
            if members.len() == 1 { why.replacen("depend ", "depends ", 1) } else { why.clone() };
        format!("{} ({why})", few(members))
    });
    let shown: Vec<_> = shown.collect();
    let hidden: usize = groups.iter().skip(SHOWN).map(|(_, members)| members.len()).sum();
    let count = found.len();
    let mut text = if count == all {
        format!("checking all {all} members: {}", shown.join(", "))
    } else {
        format!("checking {count} of {all} members: {}", shown.join(", "))
    };
    if hidden > 0 {
        let _ = write!(text, ", and {hidden} more");
    }
    printable(&text)
}

/// What concerns a member itself, else the packages that it needs.
fn why(affected: &Affected) -> String {
    let through: Vec<_> =
        affected.reasons.iter().filter_map(|reason| reason.through.as_deref()).collect();
    let own: Vec<_> = affected
        .reasons
        .iter()
        .filter(|reason| reason.through.is_none())
        .map(|reason| reason.file.as_str())
        .collect();
    match own.as_slice() {
        [] => format!("depend on {}", few(&through)),
        [only] => (*only).to_owned(),
        [first, others @ ..] => format!("{first} and {} more", others.len()),
    }
}

fn few(names: &[&str]) -> String {
    match names.split_at_checked(SHOWN) {
        Some((shown, [_, ..])) => {
            format!("{} and {} more", shown.join(", "), names.len() - SHOWN)
        }
        _ => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use blocks_engine::changes::{Input, Reason};

    fn affected(member: &str, reasons: &[(&str, &str)]) -> Affected {
        let reason = |(through, file): &(&str, &str)| Reason {
            through: (!through.is_empty()).then(|| (*through).to_owned()),
            input: Input::Source,
            file: (*file).to_owned(),
        };
        Affected { member: member.to_owned(), reasons: reasons.iter().map(reason).collect() }
    }

    #[test]
    fn members_are_named_with_why_and_those_of_one_reason_together() {
        let found = [
            affected("a", &[("", "a/src/lib.rs")]),
            affected("b", &[("a", "a/src/lib.rs")]),
            affected("c", &[("", "c/x.rs"), ("", "c/y.rs"), ("a", "a/src/lib.rs")]),
            affected("d", &[("a", "a/src/lib.rs")]),
            affected("e", &[("a", "a/src/lib.rs"), ("c", "c/x.rs")]),
        ];
        assert_eq!(
            announcement(&found, 30),
            "checking 5 of 30 members: a (a/src/lib.rs), b, d (depend on a), \
             c (c/x.rs and 1 more), e (depends on a, c)"
        );
    }

    #[test]
    fn many_members_are_counted() {
        let names: Vec<_> = (0..9).map(|n| format!("m{n}")).collect();
        let same: Vec<_> = names.iter().map(|name| affected(name, &[("", "Cargo.lock")])).collect();
        assert_eq!(
            announcement(&same, 9),
            "checking all 9 members: m0, m1, m2, m3, m4, m5 and 3 more (Cargo.lock)"
        );
        let each: Vec<_> = names.iter().map(|name| affected(name, &[("", name)])).collect();
        assert!(announcement(&each, 10).ends_with("m5 (m5), and 3 more"));
    }
}
