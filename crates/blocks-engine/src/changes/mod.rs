//! Which members a change concerns, and why.
//!
//! A member's answers depend on its own files, on the libraries of the packages that it needs, and on
//! a few files that are the same for all. The rules, which are those of the Nix functions below
//! `nix/workspace`, say of a file what it is to whom:
//!
//! | A file | concerns |
//! | --- | --- |
//! | in a package's folder | the package, and all who need its library |
//! | in its `tests`, `benches` or `examples` | the package alone |
//! | a text or documentation at the top of its folder | as its code that names it; else nobody |
//! | outside of its folder, that its code includes | as that code |
//! | that `members.<name>.files` names | the member, and all who need its library |
//! | `Cargo.lock`, `.cargo/config*`, `rust-toolchain*`, the settings | all members |
//! | the workspace's `Cargo.toml` | all members |
//! | that a stage's tool reads (`reads` of its row) | all members, for that stage |
//! | anything else | nobody |

mod code;
mod files;
mod graph;
mod includes;
mod paths;
mod reason;
mod rules;
#[cfg(test)]
mod rules_tests;

use std::{collections::BTreeSet, fs};

use blocks_config::PipelineConfig;
use blocks_stages::Stage;

use crate::{EngineError, Workspace};

use code::Code;
pub use files::Changed;
use graph::Graph;
use reason::Reach;
pub use reason::{Affected, Input, Reason};
use rules::{Concern, Rules};

/// The members whose records of these rows are of other inputs than before, in alphabetical order.
///
/// A row that compiles nothing (its layer is `none`) asks of a member's own files only.
pub fn affected(
    workspace: &Workspace,
    config: &PipelineConfig,
    changed: &Changed,
    rows: &[&Stage],
) -> Result<Vec<Affected>, EngineError> {
    if changed.files.is_empty() {
        return Ok(Vec::new());
    }
    let graph = Graph::of(workspace, &manifest(workspace)?)?;
    let rules = rules(workspace, config, rows, &graph)?;
    let mut concerns: Vec<(Concern, &str)> = Vec::new();
    for file in &changed.files {
        concerns.extend(rules.concerns(file).into_iter().map(|it| (it, file.as_str())));
    }
    // A crate from elsewhere may need a package that stands for another.
    for (concern, _) in &mut concerns {
        if let Some((package, Reach::Library)) = &concern.package
            && graph.patched.contains(package)
        {
            *concern = Concern::all(Input::Workspace);
        }
    }
    let compiles = rows.iter().any(|row| row.layer != "none");
    let mut members: Vec<&String> = workspace.members.iter().collect();
    members.sort();
    let of = |member: &String| {
        let needs = if compiles { graph.needs(member) } else { BTreeSet::new() };
        let reasons = reasons(member, &needs, &concerns);
        (!reasons.is_empty()).then(|| Affected { member: member.clone(), reasons })
    };
    Ok(members.into_iter().filter_map(of).collect())
}

fn manifest(workspace: &Workspace) -> Result<toml::Table, EngineError> {
    let path = workspace.root.join("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(EngineError::file("read", &path))?;
    text.parse().map_err(EngineError::file("read", &path))
}

fn rules<'a>(
    workspace: &Workspace,
    config: &'a PipelineConfig,
    rows: &'a [&Stage],
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
    })
}

/// Why a member's answers may be others: what is for all, what concerns the member itself, and the
/// first reason of each package that it needs.
fn reasons(member: &str, needs: &BTreeSet<&str>, concerns: &[(Concern, &str)]) -> Vec<Reason> {
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
                if told.insert(name) {
                    through.insert(reason(Some(name)));
                }
            }
            Some(_) => {}
        }
    }
    own.into_iter().chain(through).collect()
}
