//! `cargo blocks release verify`: whether what is here may be published.

use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::Result;
use blocks_config::{BranchName, Changelog, PipelineConfig};
use blocks_engine::{
    Commit, LoggedTag, TagState, Workspace, current_branch, default_branch, is_on_branch,
    local_tag, remote_tag,
};
use blocks_gates::{Outcome, Verdict};
use blocks_registry::{
    Archive, Check, Member, Planned, Publisher, by_cause, free, licences, locked, overall, readmes,
    sha256, told,
};
use blocks_release::{CHANGELOG, Project, tag_of};
use blocks_stages::{Set, Stage, Table};
use clap::Args;

use super::{
    checks::{closing, json, text},
    gather::{files, places, policy, refused, tag},
    there::{There, ThereArgs},
};
use crate::{
    cli::{PlaceArgs, RecordArgs},
    context::{self, Reading},
    exit,
    judge::judge_all,
    output::{colour, say},
};

/// How many causes of each stage are said; `check` shows them all.
const CAUSES: usize = 3;

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    holds: HoldsArgs,

    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

/// What is asked whether it holds: before a release is made, tagged and published alike.
#[derive(Debug, Args)]
pub(crate) struct HoldsArgs {
    #[command(flatten)]
    pub(super) there: ThereArgs,

    #[command(flatten)]
    records: RecordArgs,

    /// The branch of releases, instead of `release.branch`.
    #[arg(long, value_name = "NAME")]
    branch: Option<String>,

    /// The tag that this is to be the release of, as the one that CI was started by. Another one than the versions ask for does
    /// not hold.
    #[arg(long, value_name = "NAME")]
    tag: Option<String>,
}

/// Says what holds and what does not.
pub(crate) fn run(place: &PlaceArgs, args: &VerifyArgs) -> Result<u8> {
    let there = There::find(place, &args.holds.there)?;
    let _lock = there.lock()?;
    let checks = checks(place, &there, &args.holds)?;
    let shown = || {
        let closing = closing(&checks, "all holds: cargo blocks release publish --execute");
        format!("{}\n{closing}", text(&checks, colour()))
    };
    say(&if args.json { json(&there, &checks) } else { shown() })?;
    Ok(exit::of_outcome(overall(&checks)))
}

/// All that has to hold.
pub(super) fn checks(place: &PlaceArgs, there: &There, args: &HoldsArgs) -> Result<Vec<Check>> {
    let mut checks = vec![tree(there)?, branch(there, args.branch.as_deref())];
    checks.extend(tags(there, args.tag.as_deref())?);
    checks.extend(archives(there));
    checks.push(changelog(there));
    let lock = fs::read_to_string(there.workspace.root.join("Cargo.lock"));
    checks.push(match lock {
        Ok(lock) => locked(&there.members, &lock),
        Err(error) => Check::unknown("versions", format!("Cargo.lock cannot be read: {error}")),
    });
    checks.extend(stages(place, args)?);
    Ok(checks)
}

fn tree(there: &There) -> Result<Check> {
    let own = context::own(&there.config);
    Ok(match Commit::of_unchanged(&there.workspace, &own)? {
        Some(commit) => {
            Check::pass("tree", format!("all files are as commit {} has them", commit.revision))
        }
        None => Check::fail(
            "tree",
            "files differ from the last commit, or there is none: commit them first",
        ),
    })
}

fn branch(there: &There, asked: Option<&str>) -> Check {
    let workspace = &there.workspace;
    let configured = there.config.release.branch.get();
    let wanted = asked.or(configured).map(str::to_owned).or_else(|| default_branch(workspace));
    let Some(wanted) = wanted.filter(|it| BranchName::new(it).is_ok()) else {
        let message =
            "which branch releases are made on is not known: say so with `release.branch`";
        return Check::unknown("branch", message);
    };
    match current_branch(workspace) {
        Some(branch) if branch == wanted => Check::pass("branch", format!("this is `{wanted}`")),
        Some(branch) => {
            let message =
                format!("this is the branch `{branch}`, and releases are made on `{wanted}`");
            Check::fail("branch", message)
        }
        // A tag is checked out as a commit.
        None => match is_on_branch(workspace, &wanted) {
            Ok(true) => Check::pass("branch", format!("this commit is one of `{wanted}`")),
            Ok(false) => Check::fail("branch", format!("this commit is none of `{wanted}`")),
            Err(error) => Check::unknown("branch", error.to_string()),
        },
    }
}

/// The tag of each member, here and where the repository comes from.
fn tags(there: &There, asked: Option<&str>) -> Result<Vec<Check>> {
    let names = tag_names(there)?;
    let mut checks = Vec::new();
    if let Some(asked) = asked.filter(|it| !names.contains_key(*it)) {
        let wanted: Vec<_> = names.keys().map(String::as_str).collect();
        let message = format!("the versions here are released as {}", wanted.join(", "));
        checks.push(Check::fail("tag", message).about(asked));
    }
    for name in names.into_keys() {
        let local = local_tag(&there.workspace, &name);
        checks.push(of_tag("tag", &name, local.map_err(|it| it.to_string()), "here"));
        let remote = remote_tag(&there.workspace, &name);
        checks.push(of_tag(
            "tag-at-origin",
            &name,
            remote.map_err(|it| it.to_string()),
            "at origin",
        ));
    }
    Ok(checks)
}

fn of_tag(id: &'static str, name: &str, state: Result<TagState, String>, place: &str) -> Check {
    let check = match state {
        Ok(TagState::Free) => Check::pass(id, format!("it is free {place}")),
        Ok(TagState::Here) => Check::pass(id, format!("{place} it is of this very commit")),
        Ok(TagState::Elsewhere) => Check::fail(id, format!("{place} it is of another commit")),
        Ok(TagState::NoRemote) => {
            Check::new(id, Outcome::NotApplicable, ["the repository has no origin".to_owned()])
        }
        Ok(TagState::Unknown(why)) => Check::unknown(id, format!("origin cannot be asked: {why}")),
        Err(why) => Check::unknown(id, why),
    };
    check.about(name)
}

/// The tag of each release, and the members that it is of, as `NAME VERSION`.
pub(super) fn tag_names(there: &There) -> Result<BTreeMap<String, Vec<String>>> {
    let tags = tags_of(&there.workspace, &there.config, &there.members)?;
    let mut names = BTreeMap::<_, Vec<_>>::new();
    for it in &there.members {
        let name = tags.get(&it.name).cloned().unwrap_or_default();
        names.entry(name).or_default().push(format!("{} {}", it.name, it.version));
    }
    Ok(names)
}

/// The tag that each member's release has, by its name.
pub(super) fn tags_of(
    workspace: &Workspace,
    config: &PipelineConfig,
    members: &[Member],
) -> Result<BTreeMap<String, String>> {
    // No day is asked for: only names follow from it.
    let policy = policy(config, None, String::new());
    let places = places(workspace, config);
    let files = files(workspace, &places)?;
    let project = Project::read(places, files).map_err(|error| refused(&error))?;
    let tags: Vec<_> = LoggedTag::all(workspace)?.into_iter().map(tag).collect();
    let is_one = project.units(&policy, &tags).map_err(|error| refused(&error))?.len() == 1;
    let name = |it: &Member| tag_of(policy.tag.as_deref(), is_one, &it.name, &it.version);
    Ok(members.iter().map(|it| (it.name.clone(), name(it))).collect())
}

/// What is in the archives, and whether the registry has other ones of these versions.
fn archives(there: &There) -> Vec<Check> {
    let packed = there.cargo.pack(&there.members, &there.registry, true);
    // What is not on this machine yet is fetched by cargo, where there is a network.
    let packed = packed.or_else(|_| there.cargo.pack(&there.members, &there.registry, false));
    let packed = match packed {
        Ok(packed) => packed,
        Err(error) => {
            let why = error.to_string();
            let unknown = |id| {
                Check::new(
                    id,
                    Outcome::NoVerdict,
                    why.lines().map(str::to_owned).collect::<Vec<_>>(),
                )
            };
            return ["licences", "readme", "version-free"].map(unknown).to_vec();
        }
    };
    let read: Vec<_> = there
        .members
        .iter()
        .zip(&packed)
        .map(|(member, bytes)| (member, Archive::read(bytes, &member.folder())))
        .collect();
    let sums: Vec<_> = packed.iter().map(|it| sha256(it)).collect();
    vec![licences(&read), readmes(&read), version_free(there, sums)]
}

fn version_free(there: &There, sums: Vec<String>) -> Check {
    let unknown = |why: String| Check::unknown("version-free", why);
    let client = match there.client() {
        Ok(client) => client,
        Err(error) => return unknown(error.to_string()),
    };
    let publisher = Publisher { cargo: &there.cargo, client: &client, registry: &there.registry };
    match publisher.look(there.members.clone(), sums) {
        Ok(planned) => free(planned.iter().map(|Planned { member, there, .. }| (member, there))),
        Err(error) => unknown(error.to_string()),
    }
}

/// Where the changelog of a member is, or would be.
pub(super) fn changelog_of(
    workspace: &Workspace,
    config: &PipelineConfig,
    member: &Member,
) -> PathBuf {
    let is_own = config.release.changelog == Changelog::Member;
    let beside = member.manifest.with_file_name(CHANGELOG);
    if is_own { beside } else { workspace.root.join(CHANGELOG) }
}

fn changelog(there: &There) -> Check {
    let root = &there.workspace.root;
    let mut causes = Vec::new();
    for member in &there.members {
        let path = changelog_of(&there.workspace, &there.config, member);
        let shown = path.strip_prefix(root).unwrap_or(&path).display().to_string();
        let cause = match fs::read_to_string(&path) {
            Ok(text) => told(&text, &member.name, &member.version),
            Err(error) => Some(format!("it cannot be read: {error}")),
        };
        causes.extend(cause.map(|it| (member.spec(), format!("{shown}: {it}"))));
    }
    Check::of_causes("changelog", "it tells of each version, with a day", by_cause(causes))
}

/// Every stage of the full set, by the records of this very tree.
fn stages(place: &PlaceArgs, args: &HoldsArgs) -> Result<Vec<Check>> {
    let reading = Reading::new(place, &args.records)?;
    let all: Vec<&Stage> = Table::in_use().stages.iter().filter(|it| it.set <= Set::Full).collect();
    let (on, off): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|it| reading.config.is_enabled(&it.id));
    let on = context::answered(on, &[], reading.given());
    let verdicts = judge_all(&on, reading.given());
    let off = off.iter().map(|it| {
        let message = "the configuration switches it off, or does not switch it on";
        Check::new("stage", Outcome::NotApplicable, [message.to_owned()]).about(&it.id)
    });
    Ok(verdicts.iter().map(of_stage).chain(off).collect())
}

fn of_stage(verdict: &Verdict) -> Check {
    let mut said = vec![verdict.summary.clone()];
    // One cause alone may be the whole summary.
    let causes = verdict.causes.iter().filter(|it| !verdict.summary.ends_with(&it.message));
    said.extend(causes.take(CAUSES).map(|it| it.message.clone()));
    if matches!(verdict.outcome, Outcome::Fail | Outcome::NoVerdict) {
        said.push(format!("cargo blocks check {}", verdict.stage));
    }
    Check::new("stage", verdict.outcome, said).about(&verdict.stage)
}
