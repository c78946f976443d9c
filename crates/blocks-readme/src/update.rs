//! A file as it should be.

use crate::facts::Facts;
use crate::mistake::{Mistake, Wrong};
use crate::page::{Lines, Page, Region};
use crate::render::rendered;

/// A region that holds something else than it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The line that its first marker stands on, counted from 1.
    pub line: u32,
    /// What stands in its marker, such as `version my-crate`.
    pub name: String,
    /// What it holds.
    pub before: String,
    /// What it should hold.
    pub after: String,
}

/// A file as it should be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Updated {
    /// What it holds then.
    pub text: String,
    /// The regions that change.
    pub stale: Vec<Stale>,
    /// The regions whose content is not known, since nobody asked the program.
    pub unknown: Vec<String>,
}

impl Page<'_> {
    /// The file as it should be. The error has each region for which there is nothing to write.
    pub fn updated(&self, facts: &Facts) -> Result<Updated, Vec<Mistake>> {
        let mut updated = Updated::default();
        let mut mistakes = Vec::new();
        let mut written = 0;
        let mut all = Vec::new();
        for region in &self.regions {
            let wanted = match rendered(&region.kind, self.file, facts) {
                Some(Ok(text)) => laid_out(&text, region.lines.as_ref()),
                Some(Err(wrong)) => {
                    mistakes.push(Mistake { line: region.line, wrong });
                    continue;
                }
                None => {
                    updated.unknown.push(region.name.clone());
                    self.held(region).to_owned()
                }
            };
            let held = self.held(region);
            updated.text.push_str(self.text.get(written..region.range.start).unwrap_or_default());
            updated.text.push_str(&wanted);
            written = region.range.end;
            if held != wanted {
                let (line, name) = (region.line, region.name.clone());
                let (before, after) = (held.to_owned(), wanted.clone());
                updated.stale.push(Stale { line, name, before, after });
            }
            all.push((region, wanted));
        }
        updated.text.push_str(self.text.get(written..).unwrap_or_default());
        if mistakes.is_empty() {
            mistakes.extend(self.lost(&updated.text, &all));
        }
        if mistakes.is_empty() { Ok(updated) } else { Err(mistakes) }
    }

    /// The first region that would not be found again in what is written, holding what was written, so that the next run
    /// would change it again, or could not read it at all: HTML may go on over it, in which a fence is no code.
    fn lost(&self, text: &str, all: &[(&Region, String)]) -> Option<Mistake> {
        let again = Page::of(self.file, text);
        let found = again.as_ref().map_or(&[][..], |page| &page.regions);
        let is_found = |at: usize, region: &Region, wanted: &str| {
            let held = found.get(at).filter(|it| it.name == region.name);
            held.and_then(|it| text.get(it.held())) == Some(wanted)
        };
        let lost = (0..).zip(all).find(|(at, (region, wanted))| !is_found(*at, region, wanted));
        let last = || all.last().filter(|_| found.len() > all.len());
        let (region, _) = lost.map(|(_, one)| one).or_else(last)?;
        Some(Mistake { line: region.line, wrong: Wrong::Unstable })
    }
}

/// Lines as a region has them: indented as its marker is, and ended as the marker's line is. Within a line there is one,
/// without an end.
fn laid_out(text: &str, lines: Option<&Lines>) -> String {
    let Some(Lines { indent, end }) = lines else {
        return text.trim_end().to_owned();
    };
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        if !line.is_empty() {
            out.push_str(indent);
        }
        out.push_str(line);
        out.push_str(end);
    }
    out
}
