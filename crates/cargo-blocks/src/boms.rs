//! Bills of materials as files, one a package.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use blocks_evidence::PackageBom;
use blocks_gates::{Given, RecordedBoms, recorded_boms};
use blocks_stages::Table;

use crate::views::write_bytes;

/// How the name of each file ends: <https://cyclonedx.org/specification/overview/>, "Recognized file patterns".
const ENDS: &str = ".cdx.json";

/// A file that was written.
pub(crate) struct Written {
    pub(crate) file: PathBuf,
    pub(crate) package: String,
    /// How many components the package has.
    pub(crate) components: usize,
}

/// Makes a folder of our own hold the bills of materials that the records have, whatever was asked for now, and no
/// others.
pub(crate) fn refresh(folder: &Path, given: Given<'_>) -> Result<()> {
    let recorded = Table::in_use().stages.iter().filter_map(|stage| recorded_boms(stage, given));
    let found = recorded.flat_map(|boms| match boms {
        RecordedBoms::Found(found) => found,
        RecordedBoms::NotApplicable(_) | RecordedBoms::NoVerdict(_) => Vec::new(),
    });
    replace(folder, &found.collect::<Vec<_>>()).map(drop)
}

/// Writes bills of materials into a folder of our own, and removes those of other packages: they are of a workspace that
/// is no longer so.
pub(crate) fn replace(folder: &Path, boms: &[PackageBom]) -> Result<Vec<Written>> {
    let written = write(folder, boms)?;
    let is_of_now = |path: &Path| written.iter().any(|it| it.file == path);
    for path in files(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        if !is_of_now(&path) {
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(written)
}

/// Writes bills of materials into a folder.
pub(crate) fn write(folder: &Path, boms: &[PackageBom]) -> Result<Vec<Written>> {
    let mut written = Vec::new();
    for PackageBom { package, bom } in boms {
        let Some(bom) = bom else { continue };
        let file = folder.join(format!("{package}{ENDS}"));
        write_bytes(&file, &bom.text)?;
        let (package, components) = (package.clone(), bom.components.len());
        written.push(Written { file, package, components });
    }
    Ok(written)
}

/// The bills of materials in a folder; none where there is no folder.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let paths: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    let is_one = |path: &PathBuf| path.to_string_lossy().ends_with(ENDS);
    Ok(paths.into_iter().filter(is_one).collect())
}
