//! Folders, made of programs that are compiled here, or that somebody else has compiled.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use blocks_assets::{Folder, Order, Ordered, Packed, made, merged};
use blocks_engine::{Cancel, Commit, host::Lock};
use blocks_gates::{RecordedBoms, judge, recorded_boms};
use blocks_registry::{Compiler, Programs};
use blocks_stages::Table;
use blocks_views::verdict_text;

use super::source::{Source, notes};
use crate::{
    cli::{PlaceArgs, RecordArgs},
    context::Reading,
    exit::Usage,
    output::tell,
};

/// How many causes are shown where there is no verdict.
const CAUSES: usize = 3;

/// The variable that says which time files have: <https://reproducible-builds.org/specs/source-date-epoch/>.
const TIME: &str = "SOURCE_DATE_EPOCH";

/// Compiles the programs of this workspace, and packs them.
pub(super) fn built(
    place: &PlaceArgs,
    records: &RecordArgs,
    target: Option<&str>,
    output: &Path,
) -> Result<Folder> {
    let source = Source::find(place)?;
    let boms = boms(place, records)?;
    let compiler = source.cargo.compiler()?;
    let targets = targets(&source, &compiler, target);
    let revision = source.revision(output)?;
    if revision.is_none() {
        tell(
            "warning: files differ from the last commit, so that nobody will know what these programs are built of",
        );
    }
    let _lock = Lock::take(&source.workspace, &Cancel::default(), &|_| {})?;
    let folders: Vec<_> = targets
        .iter()
        .map(|target| {
            let order = order(&source, &compiler, target, revision.clone())?;
            // What takes minutes comes behind what can be refused at once.
            for it in &order.members {
                notes(&it.changelog, &it.name, &it.version)?;
            }
            let programs = source.cargo.programs(&source.members, target)?;
            packed(&order, &boms, |name| read(programs.get(name).unwrap_or(&Programs::new())))
        })
        .collect::<Result<_>>()?;
    Ok(merged(&folders)?)
}

/// Packs what somebody else has compiled.
pub(super) fn ordered(place: &PlaceArgs, records: &RecordArgs, file: &Path) -> Result<Folder> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let orders: Vec<Order> = serde_json::from_slice(&text)
        .map_err(|error| Usage(format!("{} cannot be read: {error}", file.display())))?;
    let boms = boms(place, records)?;
    let folders: Vec<_> =
        orders.iter().map(|order| of_order(order, &boms)).collect::<Result<_>>()?;
    Ok(merged(&folders)?)
}

fn of_order(order: &Order, boms: &BTreeMap<String, Vec<u8>>) -> Result<Folder> {
    packed(order, boms, |name| {
        let folder = order.programs.join(name);
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        let named = |entry: std::io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok((entry.file_name().to_string_lossy().into_owned(), entry.path()))
        };
        read(&entries.map(named).collect::<Result<_>>()?)
    })
}

/// The target that is asked for; those that the configuration names for this machine; or the compiler's own.
fn targets(source: &Source, compiler: &Compiler, asked: Option<&str>) -> Vec<String> {
    let named = source.config.release.targets.iter().map(ToString::to_string);
    let of_here: Vec<_> = named.filter(|it| is_of(it, &compiler.host)).collect();
    match asked {
        Some(target) => vec![target.to_owned()],
        None if of_here.is_empty() => vec![compiler.host.clone()],
        None => of_here,
    }
}

/// Whether a target has the processor and the system of another.
fn is_of(target: &str, host: &str) -> bool {
    let mut parts = host.split('-');
    let (processor, system) = (parts.next(), parts.nth(1));
    let mut words = target.split('-');
    words.next() == processor && words.any(|it| Some(it) == system)
}

fn order(
    source: &Source,
    compiler: &Compiler,
    target: &str,
    revision: Option<String>,
) -> Result<Order> {
    let tags = source.tags()?;
    let member = |it: &blocks_registry::Member| {
        Ok(Ordered {
            name: it.name.clone(),
            version: it.version.clone(),
            tag: tags.get(&it.name).cloned(),
            texts: source.texts(it)?,
            changelog: source.changelog(it),
        })
    };
    Ok(Order {
        target: target.to_owned(),
        engine: "host".to_owned(),
        rustc: compiler.version.clone(),
        revision,
        time: time(source)?,
        programs: PathBuf::new(),
        members: source.members.iter().map(member).collect::<Result<_>>()?,
    })
}

/// The time of files: that which the environment says, or else that of the commit.
fn time(source: &Source) -> Result<u64> {
    match env::var(TIME) {
        Ok(text) => Ok(text
            .parse()
            .map_err(|_| Usage(format!("{TIME} is `{text}`, and has to be seconds since 1970")))?),
        Err(_) => Ok(Commit::of(&source.workspace).and_then(|it| it.seconds()).unwrap_or(0)),
    }
}

fn read(files: &BTreeMap<String, PathBuf>) -> Result<BTreeMap<String, Vec<u8>>> {
    let one = |(name, path): (&String, &PathBuf)| {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok((name.clone(), bytes))
    };
    files.iter().map(one).collect()
}

fn packed(
    order: &Order,
    boms: &BTreeMap<String, Vec<u8>>,
    programs: impl Fn(&str) -> Result<BTreeMap<String, Vec<u8>>>,
) -> Result<Folder> {
    let member = |it: &Ordered| {
        Ok(Packed {
            programs: programs(&it.name)?,
            texts: read(&it.texts)?,
            notes: notes(&it.changelog, &it.name, &it.version)?,
            bom: boms.get(&it.name).cloned(),
        })
    };
    let packed: Vec<_> = order.members.iter().map(member).collect::<Result<_>>()?;
    Ok(made(order, &packed)?)
}

/// The bills of materials that records hold, by packages. Where there are none, it is said why.
fn boms(place: &PlaceArgs, records: &RecordArgs) -> Result<BTreeMap<String, Vec<u8>>> {
    let reading = Reading::new(place, records)?;
    let given = reading.given();
    let mut found = BTreeMap::new();
    for stage in &Table::in_use().stages {
        match recorded_boms(stage, given) {
            Some(RecordedBoms::Found(boms)) => {
                let bom = |it: blocks_evidence::PackageBom| Some((it.package, it.bom?.text));
                found.extend(boms.into_iter().filter_map(bom));
            }
            Some(RecordedBoms::NoVerdict(_)) => {
                tell(verdict_text(&judge(stage, given), CAUSES, false).trim_end());
            }
            Some(RecordedBoms::NotApplicable(_)) | None => {}
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_of_a_machine_with_its_processor_and_system() {
        let host = "x86_64-unknown-linux-gnu";
        assert!(is_of("x86_64-unknown-linux-musl", host));
        assert!(is_of(host, host));
        assert!(!is_of("aarch64-unknown-linux-musl", host));
        assert!(!is_of("x86_64-apple-darwin", host));
        assert!(is_of("aarch64-apple-darwin", "aarch64-apple-darwin"));
    }
}
