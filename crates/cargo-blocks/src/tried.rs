//! What is drafted of records, tried in a copy of the sources.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    time::Duration,
};

use anyhow::Result;
use blocks_config::PipelineConfig;
use blocks_engine::{Cancel, EngineError, Ran, Trial, Workspace};
use blocks_evidence::{Level, read_cargo_messages};
use blocks_fixes::{
    Change, Draft, Drafted, FileChange, Fixes, Part, StageChanges, Suggestion, by_hand, parts,
    update_words,
};
use blocks_gates::AskedUpdate;
use blocks_stages::{Stage, Table};

use crate::output::tell;

/// Where the copy is kept, below the folder that Blocks keeps its own files in.
pub(crate) const FOLDER: &str = "fixes";

/// How often what does not compile is left out, and the rest tried again.
const ROUNDS: usize = 4;

/// The lock file, and how a manifest is called.
const LOCK: &str = "Cargo.lock";
const MANIFEST: &str = "Cargo.toml";

/// How what the patch leaves is built. Nothing may write to the lock file that is not in the patch.
const CHECK: [&str; 7] = [
    "check",
    "--workspace",
    "--all-targets",
    "--keep-going",
    "--locked",
    "--message-format=json",
    "--quiet",
];

/// The words of what is left out because of the build.
const NO_BUILD: &str = "what it leaves does not compile";
const NO_CARGO: &str = "cargo does not accept what it leaves";
/// Why nothing is known of what a patch leaves.
const BROKEN: &str = "the workspace does not compile, with the patch or without it";

/// The stage of a formatter.
pub(crate) struct Formatter {
    pub(crate) stage: &'static Stage,
    /// Whether it is to be mended, whatever else is; others only have to stay green.
    pub(crate) is_red: bool,
}

/// The drafted changes that compile, in the files as the formatters of these stages leave them.
pub(crate) fn fixes(
    workspace: &Workspace,
    config: &PipelineConfig,
    cancel: &Cancel,
    formatters: &[Formatter],
    mut drafted: Drafted,
) -> Result<Fixes> {
    let has_changes = !drafted.draft.stages.is_empty() || !drafted.updates.is_empty();
    if !has_changes && !formatters.iter().any(|it| it.is_red) {
        return Ok(Fixes::of(Vec::new(), drafted, Vec::new()));
    }
    tell("trying the changes in a copy: cargo check");
    let patience = Duration::from_secs(u64::from(config.resources.timeout_minutes.get()) * 60);
    let trial = Trial::of(workspace, &workspace.blocks().join(FOLDER), patience, cancel)?;
    let mut trying = Trying { trial, formatters, more: Vec::new() };
    for _ in 0..ROUNDS {
        let tried = trying.round(&mut drafted)?;
        let Err(broken) = trying.build()? else {
            return Ok(Fixes::of(tried, drafted, trying.more));
        };
        if !trying.leave_out(&mut drafted, &broken)? {
            break;
        }
    }
    let mut tried = trying.round(&mut drafted)?;
    if trying.build()?.is_err() {
        for part in &mut tried {
            part.unchecked = Some(BROKEN.to_owned());
        }
    }
    Ok(Fixes::of(tried, drafted, trying.more))
}

struct Trying<'a> {
    trial: Trial<'a>,
    formatters: &'a [Formatter],
    /// What turned out to be for a person.
    more: Vec<Suggestion>,
}

/// What a build said that did not succeed: errors by their file and message.
#[derive(Debug, Default, PartialEq, Eq)]
struct Broken {
    errors: BTreeSet<(String, String)>,
    /// Whether cargo did not come to compile anything.
    is_refused: bool,
}

impl Trying<'_> {
    /// Makes all changes in the copy, and says which parts they are.
    fn round(&mut self, drafted: &mut Drafted) -> Result<Vec<Part>> {
        let mut draft = drafted.draft.clone();
        draft.stages.retain(|stage| !stage.is_format);
        let mut made = self.written(&draft)?;
        let updates = self.updates(drafted, &mut made)?;
        let (formatted, ran) = self.formatted(&mut made)?;
        // What a formatter wrote is in the place of what the records say that it would write.
        drafted.draft.stages.retain(|stage| !ran.contains(&stage.stage));
        drafted.draft.left.retain(|left| !ran.contains(&left.stage));
        let by_record = self.by_record(&drafted.draft, &made)?;
        let all = [parts(&draft), updates, formatted, by_record];
        Ok(all.into_iter().flatten().collect())
    }

    /// Writes the changes into the copy; what the files that they touch hold then.
    fn written(&self, draft: &Draft) -> Result<BTreeMap<String, Vec<u8>>> {
        self.trial.reset()?;
        let layers = draft.layers();
        let files = layers.into_iter().flat_map(|(_, files)| files);
        let made: BTreeMap<_, _> = files.map(|file| (file.path, file.after)).collect();
        made.iter().try_for_each(|(file, content)| self.trial.write(file, content))?;
        Ok(made)
    }

    /// Lets cargo update crates that have an advisory. What it cannot do is for a person.
    fn updates(
        &mut self,
        drafted: &mut Drafted,
        made: &mut BTreeMap<String, Vec<u8>>,
    ) -> Result<Vec<Part>> {
        let mut parts: Vec<Part> = Vec::new();
        let asked = std::mem::take(&mut drafted.updates);
        for update in asked {
            let words = update_words(&update.1);
            let words: Vec<_> = words.iter().map(String::as_str).collect();
            let output = self.cargo(&words)?;
            if !output.is_success() {
                self.more.push(by_hand(&update, Some(&last_words(&output))));
                continue;
            }
            let after = fs::read(self.trial.root.join(LOCK))?;
            let before = made.insert(LOCK.to_owned(), after.clone());
            let before = before.map_or_else(|| self.original(LOCK), Ok)?;
            if before != after {
                add(&mut parts, &update, FileChange { path: LOCK.to_owned(), before, after });
            }
            drafted.updates.push(update);
        }
        Ok(parts)
    }

    fn cargo(&self, words: &[&str]) -> Result<Ran> {
        let all: Vec<_> = std::iter::once("cargo").chain(words.iter().copied()).collect();
        Ok(self.trial.run(&all)?)
    }

    /// Lets formatters write what they want, each after the other: those that are red, and those of what is changed.
    fn formatted(&self, made: &mut BTreeMap<String, Vec<u8>>) -> Result<(Vec<Part>, Vec<String>)> {
        let (mut parts, mut ran) = (Vec::new(), Vec::new());
        for Formatter { stage, is_red } in self.formatters {
            if stage.fix.is_empty() || (!is_red && made.is_empty()) {
                continue;
            }
            let words: Vec<_> = stage.fix.iter().map(String::as_str).collect();
            // Without the tool, or where it cannot read a file, what was recorded has to do.
            let is_done = match self.trial.run(&words) {
                Err(EngineError::Interrupted) => return Err(EngineError::Interrupted.into()),
                ran => ran.is_ok_and(|output| output.is_success()),
            };
            let files = self.differing(made)?;
            if !is_done {
                files.iter().try_for_each(|file| self.trial.write(&file.path, &file.before))?;
                continue;
            }
            ran.push(stage.id.clone());
            made.extend(files.iter().map(|file| (file.path.clone(), file.after.clone())));
            if !files.is_empty() {
                let names = files.iter().map(|file| format!("the format of {}", file.path));
                parts.push(part(&stage.id, &stage.title, names.collect(), files));
            }
        }
        Ok((parts, ran))
    }

    /// The files of the copy that are not what the workspace has, and not what was made of it.
    fn differing(&self, made: &BTreeMap<String, Vec<u8>>) -> Result<Vec<FileChange>> {
        let mut found = Vec::new();
        for path in self.trial.files().filter_map(|path| path.to_str()) {
            let place = self.trial.root.join(path);
            if !fs::symlink_metadata(&place).is_ok_and(|it| it.is_file()) {
                continue;
            }
            let after = fs::read(place)?;
            let before = made.get(path).cloned().map_or_else(|| self.original(path), Ok)?;
            if before != after {
                found.push(FileChange { path: path.to_owned(), before, after });
            }
        }
        Ok(found)
    }

    fn original(&self, path: &str) -> Result<Vec<u8>> {
        Ok(self.trial.original(path)?)
    }

    /// What formatters would write, where none ran: as it was recorded, where nobody else changed the file.
    fn by_record(&self, draft: &Draft, made: &BTreeMap<String, Vec<u8>>) -> Result<Vec<Part>> {
        let mut found = parts(draft);
        found.retain(|part| draft.stages.iter().any(|it| it.is_format && it.stage == part.stage));
        for part in &mut found {
            part.files.retain(|file| made.get(&file.path).is_none_or(|it| *it == file.before));
            part.files.iter().try_for_each(|file| self.trial.write(&file.path, &file.after))?;
        }
        found.retain(|part| !part.files.is_empty());
        Ok(found)
    }

    /// Builds what is in the copy.
    fn build(&self) -> Result<Result<(), Broken>> {
        let output = self.cargo(&CHECK)?;
        if output.is_success() {
            return Ok(Ok(()));
        }
        let Ok(messages) = read_cargo_messages(&output.stdout) else {
            return Ok(Err(Broken { is_refused: true, ..Broken::default() }));
        };
        let errors = messages.diagnostics.into_iter().filter(|it| it.level == Level::Error);
        let place = |place: Option<(String, u32)>| place.map(|(file, _)| file).unwrap_or_default();
        let errors: BTreeSet<_> = errors.map(|it| (place(it.place), it.message)).collect();
        Ok(Err(Broken { is_refused: errors.is_empty(), errors }))
    }

    /// Leaves out what a build says no to; whether there was something to leave out.
    fn leave_out(&mut self, drafted: &mut Drafted, broken: &Broken) -> Result<bool> {
        let old = self.without_changes()?;
        let new: BTreeSet<&String> =
            broken.errors.difference(&old.errors).map(|(file, _)| file).collect();
        if broken.is_refused && old.is_refused || !broken.is_refused && new.is_empty() {
            return Ok(false);
        }
        let (left, updates) = (drafted.draft.left.len(), drafted.updates.len());
        if broken.is_refused {
            let is_of_cargo = |file: &&str| *file == LOCK || file.ends_with(MANIFEST);
            drafted.draft.retain(NO_CARGO, |_, change| !change.files().iter().any(is_of_cargo));
        } else {
            let is_there = |file: &&str| new.iter().any(|it| it == file);
            drafted.draft.retain(NO_BUILD, |stage, change| {
                stage.is_format || !change.files().iter().any(is_there)
            });
        }
        if drafted.draft.left.len() == left {
            // What breaks is in another file than what was changed.
            self.give_up(drafted);
        }
        Ok(drafted.draft.left.len() > left || drafted.updates.len() < updates)
    }

    fn give_up(&mut self, drafted: &mut Drafted) {
        let keep = |stage: &StageChanges, _: &Change| stage.is_format;
        drafted.draft.retain(NO_BUILD, keep);
        let updates = std::mem::take(&mut drafted.updates);
        self.more.extend(updates.iter().map(|update| by_hand(update, Some(NO_BUILD))));
    }

    /// What a build of the sources as they are says.
    fn without_changes(&self) -> Result<Broken> {
        self.trial.reset()?;
        Ok(self.build()?.err().unwrap_or_default())
    }
}

/// Adds an update to the part of its stage.
fn add(parts: &mut Vec<Part>, (stage, update): &(String, AskedUpdate), file: FileChange) {
    let AskedUpdate { package, version, mended, advisory } = update;
    let mended = mended.as_deref().unwrap_or_default();
    let what = format!("{package} {version} becomes {mended} ({advisory})");
    if let Some(part) = parts.iter_mut().find(|part| part.stage == *stage) {
        part.changes.push(what);
        for one in &mut part.files {
            one.after.clone_from(&file.after);
        }
        return;
    }
    let row = Table::in_use().stage(stage);
    let title = row.map(|it| it.title.clone()).unwrap_or_default();
    parts.push(part(stage, &title, vec![what], vec![file]));
}

fn part(stage: &str, title: &str, changes: Vec<String>, files: Vec<FileChange>) -> Part {
    Part { stage: stage.to_owned(), title: title.to_owned(), changes, files, unchecked: None }
}

/// The first error of what a command that failed said, or its last line.
fn last_words(output: &Ran) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.clone().find(|line| line.starts_with("error"));
    first.or_else(|| lines.next_back()).unwrap_or("cargo did not say why it cannot").to_owned()
}
