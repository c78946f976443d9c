//! Which members a change concerns, and why.
//!
//! A member's answers depend on its own files, on the libraries of the packages that it needs, and on
//! a few files that are the same for all. The rules, which are those of the Nix functions below
//! `nix/workspace`, say of a file what it is to whom:
//!
//! | A file | concerns |
//! | --- | --- |
//! | in a package's folder | the package, and all who need its library |
//! | in its `tests`, `benches` or `examples` | the package alone, for stages that use them |
//! | a text or documentation at the top of its folder | as its code that names it; else nobody |
//! | outside of its folder, that its code includes | as that code |
//! | that `members.<name>.files` names | the member, and all who need its library |
//! | `.cargo/config*`, `rust-toolchain*`, the settings | all members |
//! | `Cargo.lock` | all members, where crates from elsewhere changed; else whose entry did |
//! | the workspace's `Cargo.toml` | who takes what changed in it; all, for profiles, patches and the like |
//! | any `Cargo.toml` by which other features of crates are asked for | all members, for they share them |
//! | that a stage's tool reads (`reads` of its row) | all members, for that stage |
//! | a text that a stage reads (`texts` of its row), at the top of a member's folder | the member, for that stage |
//! | the same at the root | all members, for that stage |
//! | any text or documentation at the top of its folder | the member, for a stage of what is published (`packaged`) |
//! | the licence of a package that is no member | all members, for such a stage that compiles nothing |
//! | any, where a stage looks into all files (`everything` of its row) | all members, for that stage |
//! | anything else | nobody |

mod code;
mod features;
mod files;
mod graph;
mod includes;
mod manifests;
mod paths;
mod reason;
mod rules;
#[cfg(test)]
mod rules_tests;
mod shared;

use std::{collections::BTreeSet, fs};

use blocks_config::PipelineConfig;
use blocks_stages::Stage;

use crate::{EngineError, Workspace};

use code::Code;
pub use files::Changed;
use graph::Graph;
use manifests::{Manifests, manifest_in};
use reason::Reach;
pub use reason::{Affected, Input, Reason};
use rules::{Concern, Rules};
use shared::Shared;

/// The members whose records of these rows are of other inputs than before, in alphabetical order.
///
/// A row that compiles nothing (its layer is `none`) asks of a member's own files, and of no more than
/// the manifests of the packages that it needs.
pub fn affected(
    workspace: &Workspace,
    config: &PipelineConfig,
    changed: &Changed,
    rows: &[&Stage],
) -> Result<Vec<Affected>, EngineError> {
    if changed.files.is_empty() {
        return Ok(Vec::new());
    }
    let graph = Graph::of(workspace, &manifest(workspace)?);
    let mut concerns = concerns(workspace, config, changed, rows, &graph)?;
    // What only tests need is nothing to a stage that has no use for tests.
    if rows.iter().all(|row| row.without_tests) {
        let is_of_tests =
            |it: &Concern| matches!(it.package, Some((_, Reach::Own))) && it.input != Input::Read;
        concerns.retain(|(it, _)| !is_of_tests(it));
    }
    let compiles = rows.iter().any(|row| row.layer != "none");
    let mut members: Vec<&String> = workspace.members.iter().collect();
    members.sort();
    let of = |member: &String| {
        let reasons = reasons(member, &graph.needs(member), &concerns, compiles);
        (!reasons.is_empty()).then(|| Affected { member: member.clone(), reasons })
    };
    Ok(members.into_iter().filter_map(of).collect())
}

/// Whom each file concerns.
fn concerns<'a>(
    workspace: &Workspace,
    config: &PipelineConfig,
    changed: &'a Changed,
    rows: &[&Stage],
    graph: &Graph,
) -> Result<Vec<(Concern, &'a str)>, EngineError> {
    let now = Manifests::now(workspace, graph);
    let mut rules = rules(workspace, config, rows, graph)?;
    if rows.iter().any(|row| row.packaged && row.layer == "none") {
        rules.licences = licences(workspace, graph, &now);
    }
    let then = now.then(workspace, changed);
    let shared = Shared { graph, then: &then, now: &now };
    let mut concerns = Vec::new();
    for file in &changed.files {
        let mut found = rules.concerns(file);
        match file.as_str() {
            "Cargo.toml" => found.extend(shared.of_root()),
            "Cargo.lock" => found.extend(shared.of_lock()),
            _ => {}
        }
        if paths::name(file) == "Cargo.toml" && features::differ(&then, &now, file) {
            found.push(Concern::all(Input::Features));
        }
        concerns.extend(found.into_iter().map(|it| (it, file.as_str())));
    }
    Ok(concerns)
}

fn manifest(workspace: &Workspace) -> Result<toml::Table, EngineError> {
    let path = workspace.root.join("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(EngineError::file("read", &path))?;
    text.parse().map_err(EngineError::file("read", &path))
}

fn rules<'a>(
    workspace: &Workspace,
    config: &'a PipelineConfig,
    rows: &[&'a Stage],
    graph: &'a Graph,
) -> Result<Rules<'a>, EngineError> {
    let folders: BTreeSet<&str> = graph.packages.values().map(|it| it.folder.as_str()).collect();
    let is_package = |folder: &str| folders.contains(folder);
    let read = |package: &'a crate::Package| {
        let code = Code::read(&workspace.root, &package.folder, &is_package);
        let folder = workspace.root.join(&package.folder);
        Ok((package.name.as_str(), code.map_err(EngineError::file("read", &folder))?))
    };
    let files = |name: &'a String| {
        config.member_files(name).iter().map(move |file| (name.as_str(), file.as_str()))
    };
    Ok(Rules {
        graph,
        code: graph.packages.values().map(read).collect::<Result<_, EngineError>>()?,
        named: config.members.keys().flat_map(files).collect(),
        reads: rows.iter().flat_map(|row| &row.reads).map(String::as_str).collect(),
        texts: rows.iter().flat_map(|row| &row.texts).map(String::as_str).collect(),
        packaged: rows.iter().any(|row| row.packaged),
        licences: Vec::new(),
        everything: rows.iter().any(|row| row.reads_everything(&workspace.root)),
    })
}

/// The files that packages which are no members name for their licence, as paths from the root.
fn licences(workspace: &Workspace, graph: &Graph, manifests: &Manifests) -> Vec<String> {
    let others = graph.packages.values().filter(|it| !workspace.members.contains(&it.name));
    let named = others.filter_map(|package| {
        let manifest = manifests.packages.get(&manifest_in(&package.folder))?;
        let file = manifest.get("package")?.get("license-file")?.as_str()?;
        paths::normal(&format!("{}/{file}", package.folder))
    });
    named.collect()
}

/// Why a member's answers may be others: what is for all, what concerns the member itself, and the
/// first reason of each package that it needs.
fn reasons(
    member: &str,
    needs: &BTreeSet<&str>,
    concerns: &[(Concern, &str)],
    compiles: bool,
) -> Vec<Reason> {
    let mut own = BTreeSet::new();
    let mut through = BTreeSet::new();
    let mut told = BTreeSet::new();
    for (Concern { package, input }, file) in concerns {
        let reason = |through: Option<&String>| Reason {
            through: through.cloned(),
            input: *input,
            file: (*file).to_owned(),
        };
        match package {
            None => drop(own.insert(reason(None))),
            Some((name, _)) if name == member => drop(own.insert(reason(None))),
            Some((name, Reach::Library)) if needs.contains(name.as_str()) => {
                if (compiles || *input == Input::Manifest) && told.insert(name) {
                    through.insert(reason(Some(name)));
                }
            }
            Some(_) => {}
        }
    }
    own.into_iter().chain(through).collect()
}
