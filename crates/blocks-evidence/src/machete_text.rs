//! What cargo-machete prints: the dependencies of each package that its code does not name.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};

/// A package with dependencies that it does not use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedDependencies {
    /// The package's name.
    pub package: String,
    /// Its manifest, as the tool found it: `./crates/a/Cargo.toml`.
    pub manifest: String,
    /// The dependencies, as the manifest calls them.
    pub dependencies: Vec<String>,
}

/// How the line begins that is before what was found, and how the one that stands alone where nothing was.
const FOUND: &str = "cargo-machete found the following unused dependencies in ";
const NONE: &str = "cargo-machete didn't find any unused dependencies in ";

/// Reads what was found, in the order of the text. The text has to say that something was, or that nothing was.
pub fn read_machete_text(bytes: &[u8]) -> Result<Vec<UnusedDependencies>, EvidenceError> {
    let format = Format::MacheteText;
    format.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    let mut lines = (1..).zip(text.lines());
    match lines.next() {
        Some((_, line)) if line.starts_with(NONE) => return end(format, &mut lines),
        Some((_, line)) if line.starts_with(FOUND) => {}
        _ => return Err(format.malformed_line(1, "it does not say whether something was found")),
    }
    let mut found: Vec<UnusedDependencies> = Vec::new();
    for (number, line) in lines {
        if let Some(dependency) = line.strip_prefix('\t') {
            let package = found.last_mut();
            let package =
                package.ok_or_else(|| format.malformed_line(number, "this is of no package"))?;
            package.dependencies.push(bounded(dependency, NAME));
        } else if line.is_empty() {
            // What follows is advice.
            let is_whole = found.iter().all(|package| !package.dependencies.is_empty());
            let none = || format.malformed_line(number, "a package has no dependency");
            return if is_whole && !found.is_empty() { Ok(found) } else { Err(none()) };
        } else {
            let package = line.strip_suffix(':').and_then(|line| line.split_once(" -- "));
            let (package, manifest) =
                package.ok_or_else(|| format.malformed_line(number, "this is no package"))?;
            let (package, manifest) = (bounded(package, NAME), bounded(manifest, NAME));
            found.push(UnusedDependencies { package, manifest, dependencies: Vec::new() });
        }
    }
    Err(format.malformed("end", "the list does not end"))
}

/// Nothing, where nothing follows.
fn end<'a>(
    format: Format,
    lines: &mut impl Iterator<Item = (usize, &'a str)>,
) -> Result<Vec<UnusedDependencies>, EvidenceError> {
    match lines.find(|(_, line)| !line.trim().is_empty()) {
        Some((number, _)) => {
            Err(format.malformed_line(number, "nothing was found, and this follows"))
        }
        None => Ok(Vec::new()),
    }
}
