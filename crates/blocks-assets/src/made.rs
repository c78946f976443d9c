//! A folder, made of what is to be carried.

use std::collections::BTreeMap;

use blocks_registry::sha256;

use crate::folder::{Folder, NOTES};
use crate::list::{Built, File, Kind, List, Member, Program, SCHEMA};
use crate::order::{Order, Packed};
use crate::pack::{Entry, packed};
use crate::sums::is_name;
use crate::{AssetsError, Facts, bom};

/// How the name of an archive ends.
pub(crate) const ARCHIVE: &str = ".tar.gz";

/// How the name of a bill of materials ends: <https://cyclonedx.org/specification/overview/>, "Recognized file patterns".
pub(crate) const BOM: &str = ".cdx.json";

/// The folder of an order. `packed` is what has been read of each member, in their order.
pub fn made(order: &Order, read: &[Packed]) -> Result<Folder, AssetsError> {
    let mut files = BTreeMap::new();
    let mut listed = Vec::new();
    let mut add = |name: String, bytes: Vec<u8>, file: File| {
        if !is_name(&name) {
            return Err(AssetsError::Name(name));
        }
        listed.push(File {
            name: name.clone(),
            size: bytes.len() as u64,
            sha256: sha256(&bytes),
            ..file
        });
        match files.insert(name.clone(), bytes) {
            None => Ok(()),
            Some(_) => Err(AssetsError::Twice(name, "members of one name have none of their own")),
        }
    };
    let mut notes = Vec::new();
    for (member, read) in order.members.iter().zip(read) {
        let (name, version) = (member.name.as_str(), member.version.to_string());
        let bytes = read.bom.clone().ok_or_else(|| AssetsError::NoBom(name.to_owned()))?;
        if let Some(why) = bom::wrong(&bytes, name, &version) {
            return Err(AssetsError::Bom(name.to_owned(), why));
        }
        let (bytes_of_archive, archive) = archive(order, name, &version, read)?;
        add(format!("{name}-{version}-{}{ARCHIVE}", order.target), bytes_of_archive, archive)?;
        let of_bom = file(Kind::Bom, Some(name));
        add(format!("{name}-{version}{BOM}"), bytes, of_bom)?;
        notes.push((format!("{name} {version}"), read.notes.clone()));
    }
    add(NOTES.to_owned(), notes_of(&notes).into_bytes(), file(Kind::Notes, None))?;
    listed.sort_by(|one, two| one.name.cmp(&two.name));
    let member = |it: &crate::Ordered| Member {
        name: it.name.clone(),
        version: it.version.clone(),
        tag: it.tag.clone(),
    };
    let mut members: Vec<_> = order.members.iter().map(member).collect();
    members.sort();
    let Order { target, engine, rustc, .. } = order.clone();
    let list = List {
        schema: SCHEMA,
        members,
        revision: order.revision.clone(),
        time: order.time,
        builds: vec![Built { target, engine, rustc }],
        files: listed,
    };
    Ok(Folder::of(files, &list))
}

/// A file of which the rest is not known yet.
fn file(kind: Kind, package: Option<&str>) -> File {
    let package = package.map(str::to_owned);
    let (name, sha256) = (String::new(), String::new());
    File { name, kind, size: 0, sha256, package, target: None, programs: Vec::new() }
}

/// The notes of a release, of what is told of each member: once where that is the same of all, and else each below its name
/// and version.
pub fn notes_of(told: &[(String, String)]) -> String {
    let mut texts: Vec<_> = told.iter().map(|(_, text)| text.trim()).collect();
    texts.dedup();
    if let [text] = texts[..] {
        return format!("{text}\n");
    }
    let of = |(name, text): &(String, String)| format!("## {name}\n\n{}\n", text.trim());
    told.iter().map(of).collect::<Vec<_>>().join("\n")
}

fn archive(
    order: &Order,
    name: &str,
    version: &str,
    read: &Packed,
) -> Result<(Vec<u8>, File), AssetsError> {
    let target = &order.target;
    if read.programs.is_empty() {
        return Err(AssetsError::NoProgram(name.to_owned(), target.clone()));
    }
    let mut entries = BTreeMap::new();
    let programs = read.programs.iter().map(|it| (it, true));
    for ((name, bytes), is_program) in programs.chain(read.texts.iter().map(|it| (it, false))) {
        if !is_name(name) {
            return Err(AssetsError::Name(name.clone()));
        }
        if entries.insert(name.as_str(), Entry { bytes, is_program }).is_some() {
            let why = "a program and a text beside it, which cannot lie in one folder";
            return Err(AssetsError::Twice(name.clone(), why));
        }
    }
    let program = |(name, bytes): (&String, &Vec<u8>)| {
        let refused = |error| AssetsError::Program(name.clone(), error);
        let needs = Facts::of(bytes).map_err(refused)?;
        needs.check().map_err(refused)?;
        Ok(Program { name: name.clone(), size: bytes.len() as u64, sha256: sha256(bytes), needs })
    };
    let programs = read.programs.iter().map(program).collect::<Result<_, AssetsError>>()?;
    let folder = format!("{name}-{version}-{target}");
    let bytes = packed(&folder, &entries, order.time)
        .map_err(|error| AssetsError::Broken(format!("{folder} cannot be packed: {error}")))?;
    let target = Some(target.clone());
    Ok((bytes, File { target, programs, ..file(Kind::Archive, Some(name)) }))
}
