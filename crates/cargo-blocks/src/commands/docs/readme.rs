//! `cargo blocks docs readme`: regions of Markdown files that the program writes.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use anyhow::Result;
use blocks_config::PipelineConfig;
use blocks_engine::{Asking, Cancel, NewFile, Workspace, host::Lock, listed, replace, resume};
use blocks_evidence::{
    MetadataPackage, printable, printable_line, read_cargo_messages, read_cargo_metadata,
};
use blocks_fixes::{FileChange, Sources, Unfit, patch};
use blocks_readme::{Facts, Help, Mistake, Page, Updated, candidates};
use blocks_stages::Table;
use clap::Args;

use crate::{
    cli::PlaceArgs,
    context,
    exit::{FAIL, PASS, Usage},
    output::{say, tell},
};

#[derive(Debug, Args)]
pub(crate) struct ReadmeArgs {
    /// Writes nothing: shows what would change, and ends with 1 where something would.
    #[arg(long)]
    check: bool,
}

/// A Markdown file.
struct Text {
    file: String,
    text: String,
}

/// Writes the regions of all files, or shows what would change.
pub(crate) fn run(place: &PlaceArgs, args: &ReadmeArgs) -> Result<u8> {
    let workspace = context::workspace(place)?;
    let cancel = Cancel::on_signals()?;
    let _lock = Lock::take(&workspace, &cancel, &|_| {})?;
    // What a run that was killed had begun is finished before anybody looks at files.
    resume(&workspace)?;
    let config = context::config(place, Some(&workspace))?.config;
    let packages = read_cargo_metadata(&workspace.metadata()?)?;
    let root = workspace.root.to_string_lossy();
    let facts = Facts::of((&packages, &root), &config, Table::in_use(), BTreeMap::new());
    let texts = texts(&workspace, &config, &facts)?;
    let pages = collected(&texts, |text| Page::of(&text.file, &text.text))?;
    let helps: BTreeSet<String> = pages.iter().flat_map(Page::helps).collect();
    let facts = Facts { helps: asked(&workspace, &config, (&packages, &helps), &cancel)?, ..facts };
    let updated = collected(&pages, |page| page.updated(&facts))?;
    let regions: usize = pages.iter().map(|page| page.regions.len()).sum();
    if regions == 0 {
        tell(
            "no file has a region: `<!-- blocks: version -->` and `<!-- /blocks -->` are one's markers",
        );
        return Ok(PASS);
    }
    let changed: Vec<_> =
        pages.iter().zip(&updated).filter(|(_, it)| !it.stale.is_empty()).collect();
    if changed.is_empty() {
        tell(&told(regions, "region is as it should be", "regions are as they should be"));
        return Ok(PASS);
    }
    show(&changed, args.check)?;
    if args.check {
        tell("cargo blocks docs readme writes them");
        return Ok(FAIL);
    }
    let new = |(page, updated): &(&Page<'_>, &Updated)| NewFile {
        file: page.file.to_owned(),
        before: page.text.into(),
        after: updated.text.clone().into(),
    };
    replace(&workspace, &changed.iter().map(new).collect::<Vec<_>>())?;
    Ok(PASS)
}

/// The files that may have regions, and that git knows.
fn texts(workspace: &Workspace, config: &PipelineConfig, facts: &Facts) -> Result<Vec<Text>> {
    let sources = Sources::new(&workspace.root, listed(workspace)?);
    let mut texts = Vec::new();
    for file in candidates(config, &facts.members) {
        let bytes = match sources.read_generated(&file) {
            Ok(bytes) => bytes,
            // Of files that nobody named, those that are there are meant.
            Err(Unfit::NoSource | Unfit::Link) if config.docs.files.is_empty() => continue,
            Err(unfit) => return Err(Usage(format!("{}: {unfit}", printable_line(&file))).into()),
        };
        let text = String::from_utf8(bytes)
            .map_err(|_| Usage(format!("{}: it is no text in UTF-8", printable_line(&file))))?;
        texts.push(Text { file, text });
    }
    Ok(texts)
}

/// What is made of each of them; all that is wrong is told at once, each with its place.
fn collected<'a, T: Named, U>(
    all: &'a [T],
    make: impl Fn(&'a T) -> Result<U, Vec<Mistake>>,
) -> Result<Vec<U>> {
    let mut made = Vec::new();
    let mut wrong = Vec::new();
    for one in all {
        match make(one) {
            Ok(it) => made.push(it),
            Err(mistakes) => wrong.extend(mistakes.into_iter().map(|Mistake { line, wrong }| {
                format!("{}:{line}: {wrong}", printable_line(one.file()))
            })),
        }
    }
    if wrong.is_empty() { Ok(made) } else { Err(Usage(wrong.join("\n")).into()) }
}

trait Named {
    fn file(&self) -> &str;
}

impl Named for Text {
    fn file(&self) -> &str {
        &self.file
    }
}

impl Named for Page<'_> {
    fn file(&self) -> &str {
        self.file
    }
}

/// What the programs print about themselves that pages ask for. They are built first, as `cargo build` does.
fn asked(
    workspace: &Workspace,
    config: &PipelineConfig,
    (packages, helps): (&[MetadataPackage], &BTreeSet<String>),
    cancel: &Cancel,
) -> Result<BTreeMap<String, Help>> {
    let patience = Duration::from_secs(u64::from(config.resources.timeout_minutes.get()) * 60);
    let asking = Asking::of(workspace, patience, cancel)?;
    let known: BTreeSet<&str> =
        packages.iter().flat_map(|it| &it.programs).map(String::as_str).collect();
    let first = |words: &str| words.split(' ').next().unwrap_or_default().to_owned();
    let wanted: BTreeSet<String> = helps.iter().map(|it| first(it)).collect();
    let wanted: Vec<_> = wanted.iter().filter(|it| known.contains(it.as_str())).collect();
    let built = if wanted.is_empty() { BTreeMap::new() } else { build(&asking, &wanted)? };
    let mut found = BTreeMap::new();
    for words in helps {
        let help = match built.get(&first(words)) {
            None => Help::NoProgram,
            Some(path) => {
                let subcommands: Vec<_> = words.split(' ').skip(1).collect();
                let ran = asking.help(path, &subcommands)?;
                let text = String::from_utf8_lossy(&ran.stdout).into_owned();
                Help::Printed { status: ran.status, text }
            }
        };
        found.insert(words.clone(), help);
    }
    Ok(found)
}

/// Builds programs, and gives the path of each.
fn build(asking: &Asking<'_>, programs: &[&String]) -> Result<BTreeMap<String, String>> {
    tell("building what is asked for its help: cargo build");
    let mut words =
        vec!["cargo", "build", "--workspace", "--message-format=json-render-diagnostics"];
    for program in programs {
        words.extend(["--bin", program.as_str()]);
    }
    let ran = asking.run(&words)?;
    if !ran.is_success() {
        let told = printable(&String::from_utf8_lossy(&ran.stderr));
        let message = format!("what is asked for its help does not compile:\n{}", told.trim_end());
        return Err(Usage(message).into());
    }
    let messages = read_cargo_messages(&ran.stdout)?;
    Ok(messages.programs.into_iter().map(|it| (it.name, it.path)).collect())
}

/// The regions that change, and, where nothing is written, how.
fn show(changed: &[(&Page<'_>, &Updated)], is_check: bool) -> Result<()> {
    if is_check {
        let change = |(page, updated): &(&Page<'_>, &Updated)| FileChange {
            path: page.file.to_owned(),
            before: page.text.into(),
            after: updated.text.clone().into(),
        };
        let patch = patch(&changed.iter().map(change).collect::<Vec<_>>());
        say(&printable(&String::from_utf8_lossy(&patch)))?;
    }
    for (page, updated) in changed {
        for stale in &updated.stale {
            let verb = if is_check { "is stale" } else { "is written anew" };
            tell(&printable_line(&format!(
                "{}:{}: `{}` {verb}",
                page.file, stale.line, stale.name
            )));
        }
    }
    Ok(())
}

fn told(count: usize, one: &str, several: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {several}") }
}
