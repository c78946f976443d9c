//! Who has to have mail.

use std::{
    collections::BTreeMap,
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use blocks_config::{MailAddress, Owners};
use blocks_engine::{Workspace, folder_in_repository};
use blocks_notify::{CODEOWNERS, CODEOWNERS_LIMIT, CodeOwners, Recipients};

use super::Task;

/// Who has mail of a run, as the configuration says; or why that is not known.
pub(super) fn recipients(task: &Task<'_>) -> Result<Recipients, String> {
    let email = &task.config.email;
    let always = email.to.iter().filter_map(MailAddress::get).map(str::to_owned).collect();
    let mut recipients = Recipients { always, ..Recipients::default() };
    let workspace = || {
        task.workspace.ok_or_else(|| {
            format!("email.owners is `{}`, and there is no workspace to ask for them", email.owners)
        })
    };
    match email.owners {
        Owners::None => {}
        Owners::Codeowners => recipients.owners = Some(codeowners(workspace()?)?),
        Owners::Authors => recipients.authors = authors(workspace()?),
    }
    Ok(recipients)
}

fn authors(workspace: &Workspace) -> BTreeMap<String, Vec<String>> {
    let of = |it: &blocks_engine::Package| (it.name.clone(), it.authors.clone());
    workspace.packages.iter().map(of).collect()
}

/// The file, which is of the whole repository.
fn codeowners(workspace: &Workspace) -> Result<CodeOwners, String> {
    let repository = top(workspace);
    let found = CODEOWNERS.iter().map(|name| repository.join(name)).find(|file| file.is_file());
    let Some(file) = found else {
        return Err(format!(
            "email.owners is `codeowners`, and there is no such file: write one of {}",
            CODEOWNERS.join(", ")
        ));
    };
    let failed = |why: String| format!("{}: {why}", file.display());
    let text = read(&file).map_err(|error| failed(error.to_string()))?;
    let owners = CodeOwners::parse(&text).map_err(|error| failed(error.to_string()))?;
    Ok(owners.with_workspace_in(&folder_in_repository(workspace)))
}

fn read(file: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    let most = u64::try_from(CODEOWNERS_LIMIT).unwrap_or(u64::MAX).saturating_add(1);
    File::open(file)?.take(most).read_to_string(&mut text)?;
    Ok(text)
}

/// The folder of the repository that the workspace is in.
fn top(workspace: &Workspace) -> PathBuf {
    let depth = Path::new(&folder_in_repository(workspace)).components().count();
    workspace.root.ancestors().nth(depth).unwrap_or(&workspace.root).to_owned()
}
