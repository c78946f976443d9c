//! Whether a folder is whole, and whether it is what a workspace would release.

use std::collections::{BTreeMap, BTreeSet};

use blocks_evidence::printable_line;
use blocks_registry::{Archive, Check, sha256};

use crate::folder::{Folder, LIST, NOTES, SUMS};
use crate::list::{File, Kind, List, Member};
use crate::made::{ARCHIVE, BOM};
use crate::{Facts, ProgramError, bom, sums};

/// What a workspace says of its release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The members whose programs are carried, with their tags.
    pub members: Vec<Member>,
    /// The commit that it is at; none where files differ from it.
    pub revision: Option<String>,
    /// What its changelogs say.
    pub notes: String,
}

/// Whether a folder is whole, by itself.
pub fn checks(folder: &Folder) -> Vec<Check> {
    let sums = match sums_of(folder) {
        Ok(sums) => sums,
        Err(why) => return vec![Check::fail("checksums", why)],
    };
    let mut checks = vec![checksums(folder, &sums)];
    match folder.list() {
        Ok(list) => {
            checks.push(listed(&list, folder));
            checks.push(archives(&list, folder));
            checks.push(boms(&list, folder));
        }
        Err(why) => checks.push(Check::fail("list", why)),
    }
    checks
}

fn sums_of(folder: &Folder) -> Result<BTreeMap<String, String>, String> {
    let bytes = folder.files.get(SUMS).ok_or_else(|| format!("{SUMS} is not there"))?;
    sums::parse(bytes).map_err(|error| format!("{SUMS} cannot be read: {error}"))
}

/// Each file has its sum, and there is no other.
fn checksums(folder: &Folder, sums: &BTreeMap<String, String>) -> Check {
    let mut causes: Vec<_> =
        folder.strange.iter().map(|it| format!("{it} is no file that can be carried")).collect();
    for name in folder.files.keys().filter(|it| *it != SUMS && !sums.contains_key(*it)) {
        causes.push(format!("{name} is there, and not in {SUMS}"));
    }
    for (name, sum) in sums {
        match folder.files.get(name) {
            None => causes.push(format!("{name} is in {SUMS}, and not there")),
            Some(bytes) if sha256(bytes) != *sum => {
                causes.push(format!("{name} is another file than {SUMS} says"));
            }
            Some(_) => {}
        }
    }
    Check::of_causes("checksums", format!("all {} files are as {SUMS} says", sums.len()), causes)
}

/// The list has all files, as they are, and each is what its name says.
fn listed(list: &List, folder: &Folder) -> Check {
    let mut causes = Vec::new();
    let is_of_list = |name: &str| name != SUMS && name != LIST;
    let there: BTreeSet<_> =
        folder.files.keys().map(String::as_str).filter(|it| is_of_list(it)).collect();
    let names: Vec<_> = list.files.iter().map(|it| it.name.as_str()).collect();
    if !names.is_sorted_by(|one, two| one < two) {
        causes.push("its files are not sorted, or stand twice".to_owned());
    }
    let known: BTreeSet<_> = names.into_iter().collect();
    causes.extend(known.difference(&there).map(|it| format!("{it} is listed, and not there")));
    causes.extend(there.difference(&known).map(|it| format!("{it} is there, and not listed")));
    for file in &list.files {
        let Some(bytes) = folder.files.get(&file.name) else { continue };
        if bytes.len() as u64 != file.size || sha256(bytes) != file.sha256 {
            causes.push(format!("{} has another size or SHA-256 than is listed", file.name));
        }
        if name_of(list, file).as_deref() != Some(file.name.as_str()) {
            causes.push(format!("{} is not the name of what is listed there", file.name));
        }
    }
    causes.extend(missing(list));
    Check::of_causes("list", format!("{LIST} lists all of them as they are"), causes)
}

/// What a file has to be called.
fn name_of(list: &List, file: &File) -> Option<String> {
    let spec = || {
        let member = list.members.iter().find(|it| file.package.as_ref() == Some(&it.name))?;
        Some(format!("{}-{}", member.name, member.version))
    };
    match (file.kind, &file.target) {
        (Kind::Archive, Some(target)) => Some(format!("{}-{target}{ARCHIVE}", spec()?)),
        (Kind::Bom, None) => Some(format!("{}{BOM}", spec()?)),
        (Kind::Notes, None) => Some(NOTES.to_owned()),
        _ => None,
    }
}

/// What there has to be: an archive of each member for each target, its bill of materials, and notes.
fn missing(list: &List) -> Vec<String> {
    let has = |kind, package: Option<&str>, target: Option<&str>| {
        list.files.iter().any(|it| {
            (it.kind, it.package.as_deref(), it.target.as_deref()) == (kind, package, target)
        })
    };
    let mut causes = Vec::new();
    if list.members.is_empty() || list.builds.is_empty() {
        causes.push("it lists no member, or nothing that was built".to_owned());
    }
    for member in &list.members {
        let name = Some(member.name.as_str());
        for built in list.builds.iter().filter(|it| !has(Kind::Archive, name, Some(&it.target))) {
            causes.push(format!("{} has no archive for {}", member.name, built.target));
        }
        if !has(Kind::Bom, name, None) {
            causes.push(format!("{} has no bill of materials", member.name));
        }
    }
    if !has(Kind::Notes, None, None) {
        causes.push("there are no notes".to_owned());
    }
    causes
}

/// Archives hold one folder with the listed programs, which run on machines without a store.
fn archives(list: &List, folder: &Folder) -> Check {
    let mut causes = Vec::new();
    let mut count = 0;
    for file in list.files.iter().filter(|it| it.kind == Kind::Archive) {
        let Some(bytes) = folder.files.get(&file.name) else { continue };
        count += 1;
        let root = file.name.strip_suffix(ARCHIVE).unwrap_or(&file.name);
        match Archive::read_whole(bytes, root) {
            Err(error) => causes.push(format!("{}: {error}", file.name)),
            Ok(archive) => {
                causes.extend(programs(file, &archive).map(|why| format!("{}: {why}", file.name)));
            }
        }
    }
    Check::of_causes(
        "archives",
        format!("{count} hold the listed programs, which need no store"),
        causes,
    )
}

/// The first thing that is wrong with the programs of an archive.
fn programs(file: &File, archive: &Archive) -> Option<String> {
    if file.programs.is_empty() {
        return Some("it is listed with no program".to_owned());
    }
    let wrong = |program: &crate::Program| {
        let name = &program.name;
        let Some(bytes) = archive.text(name) else { return Some(format!("{name} is not in it")) };
        if bytes.len() as u64 != program.size || sha256(bytes) != program.sha256 {
            return Some(format!("{name} has another size or SHA-256 than is listed"));
        }
        if !archive.files.get(name).is_some_and(|it| it.is_executable) {
            return Some(format!(
                "{name} cannot be run by who unpacks it: its mode does not say so"
            ));
        }
        match Facts::of(bytes).and_then(|needs| needs.check().map(|()| needs)) {
            Err(error) => Some(format!("{name}: {error}")),
            Ok(needs) if needs != program.needs => {
                Some(format!("{name} needs something else than is listed"))
            }
            Ok(_) => None,
        }
    };
    file.programs.iter().find_map(wrong).or_else(|| unlisted(file, archive))
}

/// What somebody would run, or find in a folder, that the list does not name.
fn unlisted(file: &File, archive: &Archive) -> Option<String> {
    let is_listed = |path: &str| file.programs.iter().any(|it| it.name == path);
    let is_text = |path: &str| {
        let read = archive.text(path).map(Facts::of);
        !path.contains('/') && matches!(read, Some(Err(ProgramError::Unknown)))
    };
    let found = archive.files.keys().find(|path| !is_listed(path) && !is_text(path))?;
    Some(format!("it holds {}, which is no text and is not listed", printable_line(found)))
}

fn boms(list: &List, folder: &Folder) -> Check {
    let mut causes = Vec::new();
    for member in &list.members {
        let name = format!("{}-{}{BOM}", member.name, member.version);
        let Some(bytes) = folder.files.get(&name) else { continue };
        let wrong = bom::wrong(bytes, &member.name, &member.version.to_string());
        causes.extend(wrong.map(|why| format!("{name}: {why}")));
    }
    Check::of_causes("boms", "each bill of materials is of its member", causes)
}

/// Whether a list is of this workspace as it is now. `notes` are those of the folder.
pub fn compared(list: &List, notes: &[u8], told: &Told) -> Vec<Check> {
    let mut causes = Vec::new();
    let shown = |it: &Member| format!("{} {}", it.name, it.version);
    let versions = |members: &[Member]| members.iter().map(shown).collect::<Vec<_>>().join(", ");
    let (there, wanted) = (versions(&list.members), versions(&told.members));
    if there != wanted {
        causes.push(format!("it lists {there}; the workspace releases {wanted}"));
    }
    for (one, other) in list.members.iter().zip(&told.members) {
        if let (Some(tag), Some(wanted)) = (&one.tag, &other.tag)
            && tag != wanted
        {
            causes.push(format!("{} is listed with the tag {tag}, and has {wanted}", one.name));
        }
    }
    let versions = Check::of_causes("versions", format!("it is {wanted}"), causes);
    let notes = if notes == told.notes.as_bytes() {
        Check::pass("notes", "they are what the changelog says")
    } else {
        Check::fail("notes", "they are not what the changelog says now")
    };
    vec![versions, revision(list.revision.as_deref(), told.revision.as_deref()), notes]
}

fn revision(there: Option<&str>, now: Option<&str>) -> Check {
    match (there, now) {
        (_, None) => {
            Check::fail("revision", "files here differ from the last commit, or there is none")
        }
        (None, Some(_)) => Check::fail(
            "revision",
            "it was made of files that differ from a commit, so that nobody can say what it is of",
        ),
        (Some(there), Some(now)) if there == now => {
            Check::pass("revision", format!("it is of commit {now}"))
        }
        (Some(there), Some(now)) => {
            Check::fail("revision", format!("it is of commit {there}, and this is {now}"))
        }
    }
}
