//! What cargo-semver-checks prints of each library that is compared, between lines that the stage's script adds:
//! `=== name` before it, `=== name ended with 100` after it, `=== name is new` for one that was not there; and before all of them
//! `=== feature package/name is new` for a feature that the libraries of now alone are described with.
//!
//! It is asked for all rules, whatever the versions say (`--release-type patch`), and for what it needs of each
//! (`--verbose`).
//!
//! The tool has no output for programs (<https://github.com/obi1kenobi/cargo-semver-checks/issues/1421>).

use crate::bounds::{MESSAGE, NAME, bounded};
use crate::error::{EvidenceError, Format};
use crate::item_path::ItemPath;
use semver::Version;

/// The libraries of a unit, in the order in which they were compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SemverReport {
    /// The name of each library's crate, and what was found.
    pub libraries: Vec<(String, SemverLibrary)>,
    /// The features that only the libraries of now are described with, as the baseline does not have them: each the name
    /// of its package and its own.
    pub new_features: Vec<(String, String)>,
}

impl SemverReport {
    /// Whether a rule is broken.
    pub fn is_broken(&self) -> bool {
        let is_broken = |library: &SemverLibrary| match library {
            SemverLibrary::New => false,
            SemverLibrary::Compared(found) => !found.broken.is_empty(),
        };
        self.libraries.iter().any(|(_, library)| is_broken(library))
    }
}

/// What there is to say of a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SemverLibrary {
    /// The baseline does not have it.
    New,
    /// Its interface was compared.
    Compared(Comparison),
}

/// What was found by comparing the two interfaces of a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The version of the baseline.
    pub before: Version,
    /// The version now.
    pub now: Version,
    /// How many rules were checked.
    pub checks: u64,
    /// The rules that are broken, whether the versions allow it or not.
    pub broken: Vec<BrokenRule>,
}

/// How much a version has to grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// To one that has more, and breaks nobody.
    Minor,
    /// To one that is not compatible.
    Major,
}

/// A rule of semantic versioning that a change breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenRule {
    /// The name of the lint.
    pub lint: String,
    /// How much the version has to grow where it is broken.
    pub needs: Bump,
    /// The rule, in a few words.
    pub title: String,
    /// The rule, in a sentence or two.
    pub description: String,
    /// Where it is explained.
    pub reference: Option<String>,
    /// The items that break it.
    pub items: Vec<BrokenItem>,
}

/// An item that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenItem {
    /// What it is, in the tool's words: `function a::b, previously in file src/lib.rs:8`.
    pub text: String,
    /// Names of which each tells which item it is; none where the text has none that is known.
    pub names: Vec<ItemPath>,
    /// The file and the line, where these are of the sources that are checked, and not of the baseline.
    pub place: Option<(String, u32)>,
}

/// What the lines that follow belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Nothing that is kept.
    Other,
    Description,
    Items,
}

/// What is known of a library that is being read.
#[derive(Default)]
struct Draft {
    versions: Option<(Version, Version)>,
    /// How many rules there are, and how many of these the tool says are broken.
    counts: Option<(u64, u64)>,
    /// What the tool says that the lints need which found something.
    needs: Vec<(String, Bump)>,
    broken: Vec<BrokenRule>,
}

struct Reader {
    found: SemverReport,
    /// The library that is being read.
    open: Option<(String, Draft)>,
    /// Whether what is being read is a rule that is broken, and no warning.
    is_failure: bool,
    part: Part,
}

/// The line before what the script ran says how it ended.
const ENDED: &str = " ended with ";

/// Reads what was printed. An empty text is of no libraries.
///
/// Of each library that was compared the text must say that all its rules were checked, how it ended, and as many
/// broken rules as the tool counts.
pub fn read_semver_text(bytes: &[u8]) -> Result<SemverReport, EvidenceError> {
    let format = Format::SemverText;
    format.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    let mut reader =
        Reader { found: SemverReport::default(), open: None, is_failure: false, part: Part::Other };
    for (number, line) in (1..).zip(text.lines()) {
        reader.take(line).map_err(|reason| format.malformed_line(number, reason))?;
    }
    match reader.open {
        Some((name, _)) => {
            Err(format.malformed("its end", format_args!("{name} has begun, and has not ended")))
        }
        None => Ok(reader.found),
    }
}

impl Reader {
    fn take(&mut self, line: &str) -> Result<(), String> {
        if let Some(marker) = line.strip_prefix("=== ") {
            return self.mark(marker);
        }
        let Some((_, draft)) = &mut self.open else {
            return match line.trim() {
                "" => Ok(()),
                _ => Err("this is of no library".to_owned()),
            };
        };
        if let Some(rule) = line.strip_prefix("--- ") {
            self.part = Part::Other;
            self.is_failure = rule.starts_with("failure ");
            if let Some((lint, title)) =
                rule.strip_prefix("failure ").and_then(|it| it.split_once(": "))
            {
                let title = title.strip_suffix(" ---").unwrap_or(title);
                draft.broken.push(draft.rule(lint, title)?);
            }
            return Ok(());
        }
        match status(line) {
            Some(("Checking", rest)) => {
                draft.versions = Some(versions(rest).ok_or("this tells no two versions")?);
            }
            // Of a rule's own text no line is meant.
            Some(("FAIL", rest)) if draft.counts.is_none() => {
                draft.needs.push(need(rest).ok_or("this does not say what a rule needs")?);
            }
            Some(("Checked", rest)) => {
                draft.counts = Some(counts(rest).ok_or("this is no count of checks")?);
            }
            Some(("ref:", rest)) => {
                if let Some(rule) = draft.broken.last_mut().filter(|_| self.is_failure) {
                    rule.reference = Some(bounded(rest, MESSAGE));
                }
                self.part = Part::Other;
            }
            _ => self.text(line),
        }
        Ok(())
    }

    /// A line of the script.
    fn mark(&mut self, marker: &str) -> Result<(), String> {
        let ended = marker.rsplit_once(ENDED);
        match (self.open.take(), ended) {
            (Some((name, draft)), Some((ending, status))) if name == ending => {
                let compared = draft.end(&name, status)?;
                self.found.libraries.push((name, SemverLibrary::Compared(compared)));
                Ok(())
            }
            (Some((name, _)), _) => Err(format!("{name} has begun, and has not ended")),
            (None, Some((name, _))) => Err(format!("{name} has not begun")),
            (None, None) => {
                if let Some((package, feature)) = new_feature(marker) {
                    let feature = (bounded(package, NAME), bounded(feature, NAME));
                    self.found.new_features.push(feature);
                    return Ok(());
                }
                let is_new = marker.strip_suffix(" is new");
                let name = is_new.unwrap_or(marker);
                if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
                    return Err("this is no name of a crate".to_owned());
                }
                if self.found.libraries.iter().any(|(other, _)| other == name) {
                    return Err(format!("{name} is there twice"));
                }
                if is_new.is_some() {
                    self.found.libraries.push((name.to_owned(), SemverLibrary::New));
                } else {
                    self.open = Some((name.to_owned(), Draft::default()));
                    self.part = Part::Other;
                }
                Ok(())
            }
        }
    }

    /// A line of a rule's description, or an item that breaks it.
    fn text(&mut self, line: &str) {
        let Some(rule) = self.open.as_mut().and_then(|(_, it)| it.broken.last_mut()) else {
            return;
        };
        if !self.is_failure {
            return;
        }
        match (line, self.part) {
            ("Description:", _) => self.part = Part::Description,
            ("Failed in:", _) => self.part = Part::Items,
            ("", _) => self.part = Part::Other,
            (line, Part::Description) => {
                if !rule.description.is_empty() {
                    rule.description.push(' ');
                }
                rule.description =
                    bounded(&(std::mem::take(&mut rule.description) + line), MESSAGE);
            }
            (line, Part::Items) => {
                if let Some(text) = line.strip_prefix("  ").filter(|it| !it.starts_with(' ')) {
                    rule.items.push(item(text));
                }
            }
            (_, Part::Other) => {}
        }
    }
}

impl Draft {
    /// A rule that is broken, with what the tool has said that it needs.
    fn rule(&self, lint: &str, title: &str) -> Result<BrokenRule, String> {
        let lint = bounded(lint, NAME);
        let Some((_, needs)) = self.needs.iter().find(|(it, _)| *it == lint) else {
            return Err(format!("it is not told which version {lint} needs"));
        };
        Ok(BrokenRule {
            lint,
            needs: *needs,
            title: bounded(title, MESSAGE),
            description: String::new(),
            reference: None,
            items: Vec::new(),
        })
    }

    fn end(self, name: &str, status: &str) -> Result<Comparison, String> {
        let Self { versions, counts, needs, broken } = self;
        let Some((checks, failed)) = counts else {
            return Err(format!("{name} was not checked"));
        };
        let Some((before, now)) = versions else {
            return Err(format!("the versions of {name} are not told"));
        };
        let told = broken.len() as u64;
        if failed != told {
            return Err(format!("{failed} rules are broken, and {told} are told"));
        }
        if needs.len() as u64 != failed {
            let needs = needs.len();
            return Err(format!(
                "{failed} rules are broken, and {told} are told, of {needs} that found something"
            ));
        }
        match (failed, status) {
            (0, "0") | (1.., "100") => Ok(Comparison { before, now, checks, broken }),
            _ => Err(format!("{failed} rules are broken, and the tool ended with {status}")),
        }
    }
}

/// `feature package/name is new`: the package and the name.
fn new_feature(marker: &str) -> Option<(&str, &str)> {
    marker.strip_prefix("feature ")?.strip_suffix(" is new")?.split_once('/')
}

/// A line that begins with a word of cargo's kind: in a column of twelve, with its end at the right.
fn status(line: &str) -> Option<(&str, &str)> {
    let (word, rest) = line.trim_start().split_once(' ')?;
    (line.len() - line.trim_start().len() + word.len() == 12).then_some((word, rest))
}

/// `name v1.0.0 -> v2.0.0 (assume patch change)`: the two versions. What is in brackets is what was asked for.
fn versions(text: &str) -> Option<(Version, Version)> {
    let (before, now) = text.split_once(" -> v")?;
    let (_, before) = before.rsplit_once(" v")?;
    let now = now.split(' ').next()?;
    Some((before.parse().ok()?, now.parse().ok()?))
}

/// `[   0.005s]       major        function_missing`: a lint that found something, and what it needs.
fn need(text: &str) -> Option<(String, Bump)> {
    let (_, text) = text.split_once("] ")?;
    let (needs, lint) = text.trim().split_once(' ')?;
    let needs = match needs {
        "major" => Bump::Major,
        "minor" => Bump::Minor,
        _ => return None,
    };
    Some((bounded(lint.trim(), NAME), needs))
}

/// `[   0.029s] 202 checks: 200 pass, 2 fail, 0 warn, 58 skip`: how many checks there were, and how many failed.
fn counts(text: &str) -> Option<(u64, u64)> {
    let (_, text) = text.split_once("] ")?;
    let (checks, parts) = text.split_once(" checks: ")?;
    let of = |word: &str| {
        let mut parts = parts.split(", ").filter_map(|part| part.split_once(' '));
        parts.find(|(_, it)| *it == word).map(|(count, _)| count.parse::<u64>())
    };
    of("pass")?.ok()?;
    let failed = of("fail").transpose().ok()?.unwrap_or_default();
    Some((checks.parse().ok()?, failed))
}

/// An item's text; the file and the line at its end are apart. Of an item that is gone these are the baseline's, and
/// stay where they are.
fn item(text: &str) -> BrokenItem {
    let names = ItemPath::of_told(text);
    let Some((item, place)) = text.rsplit_once(" in ") else {
        return BrokenItem { text: bounded(text, MESSAGE), names, place: None };
    };
    let place = place.strip_prefix("file ").unwrap_or(place).rsplit_once(':');
    let place = place.and_then(|(file, line)| Some((bounded(file, NAME), line.parse().ok()?)));
    let (text, place) = match place {
        Some(place) if !item.ends_with("previously") => (item.trim_end_matches(','), Some(place)),
        _ => (text, None),
    };
    BrokenItem { text: bounded(text, MESSAGE), names, place }
}
