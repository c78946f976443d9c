use std::{
    collections::BTreeSet,
    io::{self, BufRead as _, IsTerminal as _, Write as _},
    path::Path,
};

use anyhow::Result;
use blocks_engine::{
    Cancel, Commit, EngineError, NewFile, Resumed, Workspace, fingerprint, host::Lock, listed,
    replace, resume,
};
use blocks_evidence::printable_line;
use blocks_fixes::{
    Drafted, FileChange, Fixes, Sources, WHOLE, draft, fixes_json, fixes_markdown, is_absent,
    is_of_format, patch, patch_name,
};
use blocks_gates::{Outcome, judge};
use blocks_stages::{Stage, Table};

use crate::{
    cli::{FixArgs, PlaceArgs},
    context::{self, Reading},
    exit::{NO_VERDICT, PASS, Usage},
    fixes_text::{part_text, rest_text},
    judge::judge_all,
    output::{colour, say, tell},
    tried::{self, Formatter},
    views::{remove_file, write_bytes, write_file},
};

/// Shows what can be done about what failed, and does it.
pub(crate) fn run(place: &PlaceArgs, args: &FixArgs) -> Result<u8> {
    let workspace = context::workspace(place)?;
    let cancel = Cancel::on_signals()?;
    let _lock = Lock::take(&workspace, &cancel, &|_| {})?;
    told_of(resume(&workspace)?);
    let reading = Reading::new(place, &args.records)?;
    let is_asking = !args.dry_run && !args.yes && io::stdin().is_terminal();
    let is_applying = !args.dry_run && (args.yes || is_asking);
    if is_applying {
        check_clean(&workspace, &reading, args.allow_dirty)?;
    }
    let mut refused = BTreeSet::new();
    let (fixes, wanted) = loop {
        let fixes = of_workspace(&workspace, &reading, args, &refused, &cancel)?;
        show(&fixes)?;
        if !is_asking || fixes.parts.is_empty() {
            break (fixes, is_applying);
        }
        let no = ask(&fixes, &cancel)?;
        if no.is_empty() {
            break (fixes, true);
        }
        // What was made on a part that is refused is made again without it, and is another part then.
        refused.extend(no);
        if fixes.parts.iter().all(|part| refused.contains(&part.stage)) {
            break (fixes, false);
        }
    };
    if let Some(folder) = &args.out {
        write(folder, &fixes)?;
    }
    if wanted && !fixes.parts.is_empty() {
        apply(&workspace, &reading, &fixes)?;
    } else if !is_applying && !fixes.parts.is_empty() {
        tell("nothing was changed: --yes applies all of it, and a terminal asks");
    }
    Ok(status(&fixes, args))
}

/// Records that cannot be used count where somebody named their stage, or where there are no others.
fn status(fixes: &Fixes, args: &FixArgs) -> u8 {
    let is_named = |stage: &String| args.stages.contains(stage);
    let is_refused = fixes.refused.iter().any(|it| is_named(&it.stage));
    let is_all = fixes.is_empty() && fixes.refused.iter().any(|it| !is_absent(it));
    if is_refused || is_all { NO_VERDICT } else { PASS }
}

fn drafted(
    reading: &Reading,
    args: &FixArgs,
    sources: &Sources,
    refused: &BTreeSet<String>,
) -> Result<Drafted> {
    let given = reading.given();
    let mut stages = asked(reading, args)?;
    stages.retain(|stage| !refused.contains(&stage.id));
    let verdicts = judge_all(&stages, given);
    Ok(draft(&stages, &verdicts, given, sources))
}

/// The stages that are named; where none is, those that a check asks by itself, and those that somebody asked all the same:
/// which is known of these sources by what failed.
fn asked(reading: &Reading, args: &FixArgs) -> Result<Vec<&'static Stage>> {
    let own = reading.stages(&args.stages)?;
    if !args.stages.is_empty() {
        return Ok(own);
    }
    let others = Table::in_use().stages.iter().filter(|stage| {
        let is_recorded = || reading.given().records.join(stage.record_stage()).exists();
        !own.iter().any(|it| it.id == stage.id) && is_recorded()
    });
    let others: Vec<_> = others.collect();
    let verdicts = judge_all(&others, reading.given());
    let has_failed =
        |id: &str| verdicts.iter().any(|it| it.stage == id && it.outcome == Outcome::Fail);
    Ok(own.into_iter().chain(others.into_iter().filter(|it| has_failed(&it.id))).collect())
}

fn of_workspace(
    workspace: &Workspace,
    reading: &Reading,
    args: &FixArgs,
    refused: &BTreeSet<String>,
    cancel: &Cancel,
) -> Result<Fixes> {
    let sources = Sources::new(&workspace.root, listed(workspace)?);
    let drafted = drafted(reading, args, &sources, refused)?;
    let formatters = formatters(reading, args, refused)?;
    tried::fixes(workspace, &reading.config, cancel, &formatters, drafted)
}

/// The formatters of what is looked at anyway: what others change has to be as these want it.
fn formatters(
    reading: &Reading,
    args: &FixArgs,
    refused: &BTreeSet<String>,
) -> Result<Vec<Formatter>> {
    let asked = asked(reading, args)?;
    let named: BTreeSet<_> = asked.iter().map(|it| &it.id).collect();
    let of_stage = |stage: &'static Stage| match judge(stage, reading.given()).outcome {
        Outcome::Pass => Some(Formatter { stage, is_red: false }),
        // One that is red already, and not asked for, may stay so.
        Outcome::Fail => named.contains(&stage.id).then_some(Formatter { stage, is_red: true }),
        _ => None,
    };
    let all = reading.stages(&[])?.into_iter().chain(asked.iter().copied());
    let mut stages: Vec<_> = all.filter(|it| is_of_format(it)).collect();
    let mut seen = BTreeSet::new();
    stages.retain(|it| seen.insert(&it.id) && !refused.contains(&it.id));
    Ok(stages.into_iter().filter_map(of_stage).collect())
}

/// Refuses to write over what nobody could get back.
fn check_clean(workspace: &Workspace, reading: &Reading, allow_dirty: bool) -> Result<()> {
    if allow_dirty || Commit::of_unchanged(workspace, &context::own(&reading.config))?.is_some() {
        return Ok(());
    }
    let message = "files differ from the last commit, or there is none: commit them first, or say --allow-dirty \
                   (--dry-run shows what would be done)";
    Err(Usage(message.to_owned()).into())
}

/// Shows the parts, and what is no patch.
fn show(fixes: &Fixes) -> Result<()> {
    for part in &fixes.parts {
        say(&part_text(part, colour()))?;
    }
    say(&rest_text(fixes, colour()))
}

/// Asks part by part; the stages whose part is refused. Who says nothing says no.
fn ask(fixes: &Fixes, cancel: &Cancel) -> Result<Vec<String>> {
    let mut refused = Vec::new();
    for part in &fixes.parts {
        write!(io::stderr().lock(), "apply {}? [y/N] ", printable_line(&part.stage))?;
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer)?;
        if cancel.is_set() {
            return Err(EngineError::Interrupted.into());
        }
        if !matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
            refused.push(part.stage.clone());
        }
    }
    Ok(refused)
}

/// Replaces the files, all together.
fn apply(workspace: &Workspace, reading: &Reading, fixes: &Fixes) -> Result<()> {
    let now = fingerprint(workspace, &context::own(&reading.config))?;
    if reading
        .expected
        .sources()
        .is_some_and(|sources| sources != now && !sources.starts_with("nix-"))
    {
        return Err(Usage("files changed meanwhile: check again".to_owned()).into());
    }
    let mut files: Vec<NewFile> = Vec::new();
    for FileChange { path, before, after } in fixes.parts.iter().flat_map(|part| &part.files) {
        match files.iter_mut().find(|file| file.file == *path) {
            Some(file) => file.after.clone_from(after),
            None => files.push(NewFile {
                file: path.clone(),
                before: before.clone(),
                after: after.clone(),
            }),
        }
    }
    replace(workspace, &files)?;
    let count = files.len();
    let files = if count == 1 { "1 file was".to_owned() } else { format!("{count} files were") };
    tell(&format!("{files} changed: cargo blocks check says what is left"));
    Ok(())
}

fn told_of(resumed: Option<Resumed>) {
    match resumed {
        None => {}
        Some(Resumed::Undone) => tell("an earlier run was killed before it changed anything"),
        Some(Resumed::Finished(count, others)) => {
            tell(&format!(
                "an earlier run was killed while it changed files: {count} are as it wanted them now"
            ));
            for file in others {
                tell(&format!("{} was changed since, and stays as it is", printable_line(&file)));
            }
        }
    }
}

/// Writes the patch, a patch a part, and what there is to know of them.
fn write(folder: &Path, fixes: &Fixes) -> Result<()> {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        // Parts of before are not of now.
        if entry.path().extension().is_some_and(|it| it == "patch") {
            remove_file(&entry.path())?;
        }
    }
    let all: Vec<FileChange> = fixes.parts.iter().flat_map(|part| part.files.clone()).collect();
    if !all.is_empty() {
        write_bytes(&folder.join(WHOLE), &patch(&all))?;
    }
    for (at, part) in fixes.parts.iter().enumerate() {
        write_bytes(&folder.join(patch_name(at, part)), &patch(&part.files))?;
    }
    write_file(&folder.join("fixes.json"), &fixes_json(fixes))?;
    write_file(&folder.join("fixes.md"), &fixes_markdown(fixes))
}
