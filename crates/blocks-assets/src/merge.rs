//! Folders of several targets, as one.

use std::collections::BTreeMap;

use blocks_gates::Outcome;

use crate::folder::{Folder, LIST, SUMS};
use crate::list::{File, List};
use crate::{AssetsError, checks};

/// One folder with all that is in several of the same release. What they have in common has to be the same in each.
pub fn merged(folders: &[Folder]) -> Result<Folder, AssetsError> {
    let mut lists = Vec::new();
    for folder in folders {
        let broken = checks(folder).into_iter().find(|it| it.outcome != Outcome::Pass);
        if let Some(check) = broken {
            return Err(AssetsError::Broken(check.said.join("; ")));
        }
        lists.push(folder.list().map_err(AssetsError::Broken)?);
    }
    let Some(first) = lists.first().cloned() else {
        return Err(AssetsError::Broken("there is no folder to merge".to_owned()));
    };
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut listed: BTreeMap<String, File> = BTreeMap::new();
    let mut builds = BTreeMap::new();
    for (folder, list) in folders.iter().zip(&lists) {
        same("members", &list.members, &first.members)?;
        same("revision", &list.revision, &first.revision)?;
        same("time", &list.time, &first.time)?;
        for built in &list.builds {
            if builds.insert(built.target.clone(), built.clone()).is_some_and(|it| it != *built) {
                return Err(AssetsError::Different(format!("{} is built twice", built.target)));
            }
        }
        for (name, bytes) in folder.files.iter().filter(|(name, _)| !is_made(name)) {
            if files.insert(name.clone(), bytes.clone()).is_some_and(|it| it != *bytes) {
                let why = "what is of no target has to be the same in each folder";
                return Err(AssetsError::Twice(name.clone(), why));
            }
        }
        listed.extend(list.files.iter().map(|it| (it.name.clone(), it.clone())));
    }
    let builds = builds.into_values().collect();
    let list = List { builds, files: listed.into_values().collect(), ..first };
    Ok(Folder::of(files, &list))
}

fn is_made(name: &str) -> bool {
    name == LIST || name == SUMS
}

fn same<T: PartialEq>(what: &str, one: &T, other: &T) -> Result<(), AssetsError> {
    if one == other {
        return Ok(());
    }
    Err(AssetsError::Different(format!("their `{what}` in {LIST} differ")))
}
