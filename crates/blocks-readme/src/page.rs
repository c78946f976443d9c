//! The regions of a file.

use std::ops::Range;

use crate::kind::{Kind, KindRow};
use crate::marker::{BLANKS, Marker, Says, markers};
use crate::mistake::{Mistake, Wrong};
use crate::text::line_of;

/// A file with its regions.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// The file, from the workspace's root.
    pub file: &'a str,
    /// What it holds.
    pub text: &'a str,
    /// Its regions, in their order.
    pub regions: Vec<Region>,
}

/// A region of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// The line that its first marker stands on, counted from 1.
    pub line: u32,
    /// What belongs there.
    pub kind: Kind,
    /// What stands in its marker, such as `version my-crate`.
    pub name: String,
    /// Where what belongs there is in the file: between the markers, or their lines.
    pub(crate) range: Range<usize>,
    /// How it stands there; none where it stands within a line.
    pub(crate) lines: Option<Lines>,
}

impl Region {
    /// Where what belongs there is in the file, in bytes.
    pub fn held(&self) -> Range<usize> {
        self.range.clone()
    }
}

/// How the lines of a region begin and end: like those of its markers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lines {
    pub(crate) indent: String,
    pub(crate) end: &'static str,
}

impl<'a> Page<'a> {
    /// Finds the regions of a file. The error has all that is wrong with its markers, of which none counts then.
    pub fn of(file: &'a str, text: &'a str) -> Result<Self, Vec<Mistake>> {
        let mut regions = Vec::new();
        let mut mistakes = Vec::new();
        let mut open: Option<(Marker<'a>, &str)> = None;
        for marker in markers(text) {
            let line = line_of(text, marker.at.start);
            let mut wrong = |wrong| mistakes.push(Mistake { line, wrong });
            match (marker.says, open.take()) {
                (Says::Begin(said), None) => open = Some((marker, said)),
                (Says::Begin(_), Some((first, said))) => {
                    wrong(Wrong::Nested { outer: line_of(text, first.at.start) });
                    open = Some((first, said));
                }
                (Says::End, Some((first, said))) => match region(text, (&first, said), &marker) {
                    Ok(region) => regions.push(region),
                    Err(mistake) => mistakes.push(mistake),
                },
                (Says::End, None) => wrong(Wrong::NoBegin),
                (Says::Other, before) => {
                    wrong(Wrong::End);
                    open = before;
                }
            }
        }
        if let Some((first, said)) = open {
            let line = line_of(text, first.at.start);
            mistakes.push(Mistake { line, wrong: Wrong::NoEnd { kind: said.to_owned() } });
        }
        if mistakes.is_empty() { Ok(Self { file, text, regions }) } else { Err(mistakes) }
    }

    /// What programs have to be asked: each with its subcommands, a blank between two words.
    pub fn helps(&self) -> impl Iterator<Item = String> {
        self.regions.iter().filter_map(|region| match &region.kind {
            Kind::Help(words) => Some(words.join(" ")),
            _ => None,
        })
    }

    /// What stands in a region.
    pub(crate) fn held(&self, region: &Region) -> &'a str {
        self.text.get(region.range.clone()).unwrap_or_default()
    }
}

fn region(
    text: &str,
    (first, said): (&Marker<'_>, &str),
    last: &Marker<'_>,
) -> Result<Region, Mistake> {
    let line = line_of(text, first.at.start);
    let mistake = |wrong| Mistake { line, wrong };
    let (kind, row) = Kind::read(said).map_err(mistake)?;
    let name = said.split(BLANKS).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let between = first.at.end..last.at.start;
    let lines = match text.get(between.clone()) {
        Some(held) if held.contains('\n') => {
            let lines = lines(text, first, last).ok_or_else(|| mistake(Wrong::NotAlone))?;
            return Ok(Region { line, kind, name, range: lines.1, lines: Some(lines.0) });
        }
        _ => None,
    };
    check_line(row).map_err(mistake)?;
    Ok(Region { line, kind, name, range: between, lines })
}

fn check_line(row: &KindRow) -> Result<(), Wrong> {
    if row.is_line { Ok(()) } else { Err(Wrong::SeveralLines { kind: row.name }) }
}

/// How the lines between two markers are, and where; none where a marker is not alone on its line.
fn lines(text: &str, first: &Marker<'_>, last: &Marker<'_>) -> Option<(Lines, Range<usize>)> {
    let before = text.get(..first.at.start)?;
    let indent = before.get(before.rfind('\n').map_or(0, |at| at + 1)..)?;
    let rest = text.get(first.at.end..last.at.start)?;
    let (behind, _) = rest.split_once('\n')?;
    let start = first.at.end + behind.len() + 1;
    let end = first.at.end + rest.rfind('\n')? + 1;
    let after = text.get(last.at.end..)?;
    let after = after.split('\n').next()?;
    let others = [indent, behind, text.get(end..last.at.start)?, after];
    let is_alone = others.iter().all(|it| it.trim().is_empty());
    let ends = if behind.ends_with('\r') { "\r\n" } else { "\n" };
    is_alone.then(|| (Lines { indent: indent.to_owned(), end: ends }, start..end))
}
