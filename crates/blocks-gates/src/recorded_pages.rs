//! The pages that a record holds, as they are and as they should be.

use std::collections::{BTreeMap, BTreeSet};

use crate::Code;
use crate::case::Case;
use crate::gate::known;
use crate::refusal::Refusal;
use crate::unit::{Given, Ready, Unit};
use blocks_config::InsidePath;
use blocks_evidence::{Format, MetadataPackage, SourceFile, read_cargo_metadata, read_sources};
use blocks_readme::{Facts, Help, Mistake, Page as Regions, Updated, candidates};
use blocks_stages::{Stage, Table};

/// The evidence of this stage, of which two files are of one format.
const PAGES: &str = "pages.txt";
const HELPS: &str = "helps.txt";

/// A page whose regions should hold something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedPage {
    /// The file, from the workspace's root.
    pub file: String,
    /// What it holds.
    pub before: String,
    /// What it should hold.
    pub after: String,
    /// What stands in the markers of the regions that change.
    pub regions: Vec<String>,
}

/// A page of a record.
pub(crate) struct Page {
    pub(crate) file: String,
    pub(crate) text: String,
    /// How many regions it has.
    pub(crate) regions: usize,
    /// What it should be.
    pub(crate) updated: Result<Updated, Vec<Mistake>>,
}

/// The pages that a stage recorded, and that should hold something else; none where its record cannot be trusted, or where
/// something has to be put right by hand first.
pub fn recorded_pages(stage: &Stage, given: Given<'_>) -> Vec<RecordedPage> {
    let Ok(row) = known(stage, given) else { return Vec::new() };
    let units = given.expected.units(stage).map(|unit| Unit::open(row, given, unit));
    let of_unit = |unit: Unit<'_>| match unit.ready() {
        Ok(Ready::Case(case)) if case.exit == 0 => pages(&case).unwrap_or_default(),
        _ => Vec::new(),
    };
    let changed = |page: Page| {
        let updated = page.updated.ok()?;
        let regions: Vec<_> = updated.stale.into_iter().map(|it| it.name).collect();
        (!regions.is_empty()).then_some(RecordedPage {
            file: page.file,
            before: page.text,
            after: updated.text,
            regions,
        })
    };
    units.flat_map(of_unit).filter_map(changed).collect()
}

/// The pages of a case. What programs were not asked, and what pages are missing, is a refusal.
pub(crate) fn pages(case: &Case<'_>) -> Result<Vec<Page>, Refusal> {
    let mut packages = case.read(Format::CargoMetadata, read_cargo_metadata)?;
    // In a sandbox the workspace has more packages than members, which the record lists.
    let members = &case.record.members;
    packages.retain(|it| members.is_empty() || members.contains(&it.name));
    let texts = case.read_file(PAGES, Format::Sources, read_sources)?;
    let texts = texts.into_iter().map(readable).collect::<Result<Vec<_>, _>>()?;
    // The record was made since a text has a mark.
    if texts.is_empty() {
        let message = "no Markdown file was looked into: git has to know those that have regions";
        return Err(Refusal::new(Code::NoAnswer, message));
    }
    let helps = helps(case.read_file(HELPS, Format::Sources, read_sources)?)?;
    let facts = Facts::of((&packages, &case.record.root), case.config, Table::in_use(), helps);
    check_names(case, &facts, &texts)?;
    texts.into_iter().map(|(file, text)| page(case, (file, text), &packages, &facts)).collect()
}

fn page(
    case: &Case<'_>,
    (file, text): (String, String),
    packages: &[MetadataPackage],
    facts: &Facts,
) -> Result<Page, Refusal> {
    let (regions, updated) = match Regions::of(&file, &text) {
        Err(mistakes) => (0, Err(mistakes)),
        Ok(regions) => {
            let mut facts = facts.clone();
            for asked in regions.helps() {
                let program = asked.split(' ').next().unwrap_or_default();
                let has =
                    |package: &MetadataPackage| package.programs.iter().any(|it| it == program);
                if !packages.iter().any(has) {
                    facts.helps.insert(asked, Help::NoProgram);
                }
            }
            (regions.regions.len(), regions.updated(&facts))
        }
    };
    if let Ok(Updated { unknown, .. }) = &updated
        && let Some(name) = unknown.first()
    {
        return Err(case.contradicts(&format!("nobody asked for what `{name}` of {file} holds")));
    }
    Ok(Page { file, text, regions, updated })
}

fn readable(SourceFile { file, text }: SourceFile) -> Result<(String, String), Refusal> {
    let malformed = || {
        let message = format!("{file} is no text in UTF-8, and so no Markdown");
        Refusal::new(Code::EvidenceMalformed, message)
    };
    let text = String::from_utf8(text).map_err(|_| malformed())?;
    Ok((file, text))
}

/// What programs said, each behind how it ended and what was asked.
fn helps(said: Vec<SourceFile>) -> Result<BTreeMap<String, Help>, Refusal> {
    let help = |SourceFile { file, text }: SourceFile| {
        let malformed =
            || Refusal::new(Code::EvidenceMalformed, format!("{HELPS}: `{file}` is no command"));
        let (status, words) = file.split_once(' ').ok_or_else(malformed)?;
        let status = status.parse().map_err(|_| malformed())?;
        let text = String::from_utf8_lossy(&text).into_owned();
        Ok((words.to_owned(), Help::Printed { status, text }))
    };
    said.into_iter().map(help).collect()
}

/// The record has each page that is configured, and no other than may be one.
fn check_names(case: &Case<'_>, facts: &Facts, texts: &[(String, String)]) -> Result<(), Refusal> {
    let wanted: BTreeSet<String> = candidates(case.config, &facts.members).into_iter().collect();
    let is_there = |file: &str| texts.iter().any(|(it, _)| it == file);
    if let Some((file, _)) = texts.iter().find(|(file, _)| !wanted.contains(file)) {
        return Err(case.contradicts(&format!("{file} is no file that was asked for")));
    }
    let configured = case.config.docs.files.iter().map(InsidePath::as_str);
    match configured.into_iter().find(|file| !is_there(file)) {
        Some(file) => Err(case.contradicts(&format!("{file} is not among the pages"))),
        None => Ok(()),
    }
}
