//! Whose records of a stage are of other inputs than before, and why: `explain STAGE --rebuild`.

use anyhow::Result;
use blocks_engine::{
    Workspace,
    changes::{Affected, Changed},
};
use blocks_evidence::printable;
use blocks_stages::Stage;
use serde_json::json;

use crate::{
    cli::{ExplainArgs, PlaceArgs},
    context,
    exit::Usage,
};

/// Files of the root that only Nix reads.
const OF_NIX: [&str; 2] = ["flake.nix", "flake.lock"];

/// What is said of a stage since a revision.
struct Rebuild<'a> {
    stage: &'a Stage,
    changed: Changed,
    affected: Vec<Affected>,
    /// The members that are asked about, in alphabetical order.
    members: Vec<String>,
}

/// The text, or JSON, that answers the command line.
pub(crate) fn explain(
    place: &PlaceArgs,
    args: &ExplainArgs,
    stage: &Stage,
    revision: &str,
) -> Result<String> {
    let workspace = context::workspace(place)?;
    let config = context::config(place, Some(&workspace))?.config;
    let members = members(&workspace, args.member.as_deref())?;
    let (changed, mut affected) = context::affected(&workspace, &config, &[stage], revision)?;
    affected.retain(|it| members.contains(&it.member));
    let rebuild = Rebuild { stage, changed, affected, members };
    Ok(if args.json { rebuild.json() } else { rebuild.text() })
}

fn members(workspace: &Workspace, named: Option<&str>) -> Result<Vec<String>> {
    let mut all = workspace.members.clone();
    all.sort();
    let Some(name) = named else { return Ok(all) };
    if all.iter().any(|member| member == name) {
        return Ok(vec![name.to_owned()]);
    }
    Err(Usage(format!("there is no member `{name}`; there are: {}", all.join(", "))).into())
}

impl Rebuild<'_> {
    fn text(&self) -> String {
        let Self { stage, changed, affected, members } = self;
        let (count, all, short) = (affected.len(), members.len(), &changed.short);
        let mut lines = vec![match all {
            1 => format!(
                "{}: {count} of 1 member has a record of other inputs than at {short}",
                stage.id
            ),
            _ => format!(
                "{}: {count} of {all} members have a record of other inputs than at {short}",
                stage.id
            ),
        }];
        let width = affected.iter().map(|it| it.member.len()).max().unwrap_or_default();
        for Affected { member, reasons } in affected {
            for (n, reason) in reasons.iter().enumerate() {
                let name = if n == 0 { member } else { "" };
                lines.push(format!("  {name:<width$}  {}", printable(&reason.to_string())));
            }
        }
        match all - count {
            0 => {}
            1 => lines.push("1 member is the same".to_owned()),
            same => lines.push(format!("{same} members are the same")),
        }
        let of_nix: Vec<_> = self.of_nix().collect();
        if !of_nix.is_empty() {
            lines.push(format!("by Nix, more may be made again: {} changed", of_nix.join(" and ")));
        }
        lines.join("\n") + "\n"
    }

    fn json(&self) -> String {
        let is_same = |member: &&String| self.affected.iter().all(|it| it.member != **member);
        let value = json!({
            "stage": self.stage.id,
            "record": self.stage.record_stage(),
            "commit": self.changed.commit,
            "affected": self.affected,
            "same": self.members.iter().filter(is_same).collect::<Vec<_>>(),
            "nix": self.of_nix().collect::<Vec<_>>(),
        });
        format!("{value:#}\n")
    }

    /// The files that changed and that only Nix reads.
    fn of_nix(&self) -> impl Iterator<Item = &'static str> {
        OF_NIX.into_iter().filter(|name| self.changed.files.iter().any(|file| file == name))
    }
}
