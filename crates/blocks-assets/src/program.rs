//! What a program needs of the machine that it runs on, read of the program itself.

use std::collections::BTreeSet;

use blocks_evidence::printable_line;
use object::{
    Endianness, FileKind, elf,
    macho::MachHeader64,
    read::{
        elf::{FileHeader, ProgramHeader as _, SectionTable},
        macho::{LoadCommandVariant, MachHeader as _},
    },
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Where the store of Nix is, on every machine that has one.
const STORE: &str = "/nix/store/";

/// The most names that are read of a program. What is meant well has a tenth of it.
const MOST: usize = 1000;

/// How the versions of the C library are called that programs of Linux may ask for.
const GLIBC: &str = "GLIBC_";

/// Why a program is not carried.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ProgramError {
    /// It is nothing that is known here.
    #[error("it is no program of Linux (ELF) or macOS (Mach-O)")]
    Unknown,
    /// What it needs cannot be read, and so nobody knows where it runs.
    #[error("what it needs of a machine cannot be read: {0}")]
    Malformed(String),
    /// It runs where this store is, and nowhere else.
    #[error(
        "it needs {0}, and so runs on no machine but one that has this in its store: build it for a target that needs \
         nothing (`release.targets: [x86_64-unknown-linux-musl]`), or outside of Nix"
    )]
    Store(String),
}

/// What a program needs of a machine. Paths and names are as the program has them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Facts {
    /// What kind of file it is: `elf` or `mach-o`.
    pub format: String,
    /// The program that loads it; none where it needs none.
    pub interpreter: Option<String>,
    /// The libraries that it is linked to when it starts.
    pub libraries: Vec<String>,
    /// Where these are looked for, beside the machine's own places.
    pub library_paths: Vec<String>,
    /// The least version of the GNU C library that it runs with, as `2.34`; none where it needs none.
    pub glibc: Option<String>,
}

impl Facts {
    /// Reads a program.
    pub fn of(bytes: &[u8]) -> Result<Self, ProgramError> {
        match FileKind::parse(bytes).map_err(|_| ProgramError::Unknown)? {
            FileKind::Elf32 => elf::<elf::FileHeader32<Endianness>>(bytes),
            FileKind::Elf64 => elf::<elf::FileHeader64<Endianness>>(bytes),
            FileKind::MachO64 => mach(bytes),
            _ => Err(ProgramError::Unknown),
        }
    }

    /// Refuses what needs the store of Nix.
    pub fn check(&self) -> Result<(), ProgramError> {
        let parts = self.interpreter.iter().chain(&self.libraries).chain(&self.library_paths);
        match parts.into_iter().find(|it| it.contains(STORE)) {
            Some(path) => Err(ProgramError::Store(printable_line(path))),
            None => Ok(()),
        }
    }
}

fn malformed(error: object::Error) -> ProgramError {
    ProgramError::Malformed(error.to_string())
}

fn text(bytes: &[u8]) -> Result<String, ProgramError> {
    let text = std::str::from_utf8(bytes);
    text.map(str::to_owned).map_err(|_| ProgramError::Malformed("a name is no UTF-8".to_owned()))
}

fn add(names: &mut Vec<String>, bytes: &[u8]) -> Result<(), ProgramError> {
    if names.len() == MOST {
        return Err(ProgramError::Malformed(format!("it names more than {MOST} libraries")));
    }
    names.push(text(bytes)?);
    Ok(())
}

fn elf<Header: FileHeader<Endian = Endianness>>(bytes: &[u8]) -> Result<Facts, ProgramError> {
    let header = Header::parse(bytes).map_err(malformed)?;
    let endian = header.endian().map_err(malformed)?;
    let sections = header.sections(endian, bytes).map_err(malformed)?;
    let mut facts = Facts { format: "elf".to_owned(), ..Facts::default() };
    let mut is_dynamic = false;
    for segment in header.program_headers(endian, bytes).map_err(malformed)? {
        is_dynamic |= segment.p_type(endian) == elf::PT_DYNAMIC;
        if let Some(path) = segment.interpreter(endian, bytes).map_err(malformed)? {
            facts.interpreter = Some(text(path)?);
        }
    }
    let table = sections.dynamic_table(endian, bytes).map_err(malformed)?;
    // What starts it goes by segments, and is not told by sections that somebody took away.
    if is_dynamic && table.is_empty() {
        return Err(ProgramError::Malformed("its sections were taken away".to_owned()));
    }
    for entry in &table {
        let names = match entry.tag {
            elf::DT_NEEDED => &mut facts.libraries,
            elf::DT_RPATH | elf::DT_RUNPATH => &mut facts.library_paths,
            _ => continue,
        };
        add(names, table.string(entry).map_err(malformed)?)?;
    }
    facts.glibc = glibc(&sections, endian, bytes)?;
    Ok(facts)
}

/// The highest version of the C library that some symbol is asked of.
fn glibc<Header: FileHeader<Endian = Endianness>>(
    sections: &SectionTable<'_, Header>,
    endian: Endianness,
    bytes: &[u8],
) -> Result<Option<String>, ProgramError> {
    let needs = sections.gnu_verneed(endian, bytes).map_err(malformed)?;
    let Some((mut needs, link)) = needs else { return Ok(None) };
    let strings = sections.strings(endian, bytes, link).map_err(malformed)?;
    let mut versions = BTreeSet::new();
    while let Some((_, mut asked)) = needs.next().map_err(malformed)? {
        while let Some(version) = asked.next().map_err(malformed)? {
            let name = text(version.name(endian, strings).map_err(malformed)?)?;
            let numbers = name.strip_prefix(GLIBC).map(|it| it.split('.').map(str::parse::<u32>));
            // A name without numbers, such as that of private symbols, is no version.
            versions.extend(numbers.and_then(|it| it.collect::<Result<Vec<_>, _>>().ok()));
        }
    }
    let shown = |it: Vec<u32>| it.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
    Ok(versions.pop_last().map(shown))
}

fn mach(bytes: &[u8]) -> Result<Facts, ProgramError> {
    let header = MachHeader64::<Endianness>::parse(bytes, 0).map_err(malformed)?;
    let endian = header.endian().map_err(malformed)?;
    let mut facts = Facts { format: "mach-o".to_owned(), ..Facts::default() };
    let mut commands = header.load_commands(endian, bytes, 0).map_err(malformed)?;
    while let Some(command) = commands.next().map_err(malformed)? {
        let string = |it| command.string(endian, it).map_err(malformed);
        match command.variant().map_err(malformed)? {
            LoadCommandVariant::Dylib(it) => add(&mut facts.libraries, string(it.dylib.name)?)?,
            LoadCommandVariant::Rpath(it) => add(&mut facts.library_paths, string(it.path)?)?,
            LoadCommandVariant::LoadDylinker(it) => {
                facts.interpreter = Some(text(string(it.name)?)?);
            }
            _ => {}
        }
    }
    Ok(facts)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A program of macOS that consists of commands to whoever loads it.
    pub(crate) fn mac(commands: &[(u32, u32, &str)]) -> Vec<u8> {
        let mut body = Vec::new();
        for (command, head, text) in commands {
            let size = (*head as usize + text.len() + 1).next_multiple_of(8);
            let mut one = vec![0; size];
            one[..4].copy_from_slice(&command.to_le_bytes());
            one[4..8].copy_from_slice(&u32::try_from(size).unwrap().to_le_bytes());
            one[8..12].copy_from_slice(&head.to_le_bytes());
            one[*head as usize..][..text.len()].copy_from_slice(text.as_bytes());
            body.extend(one);
        }
        let counts = [commands.len(), body.len()].map(|it| u32::try_from(it).unwrap());
        let header = [0xfeed_facf, 0x0100_000c, 0, 2, counts[0], counts[1], 0, 0];
        let header: Vec<u8> = header.iter().flat_map(|it: &u32| it.to_le_bytes()).collect();
        [header, body].concat()
    }

    #[test]
    fn a_program_of_macos_names_its_libraries() {
        let system = (0xc, 24, "/usr/lib/libSystem.B.dylib");
        let facts = Facts::of(&mac(&[(0xe, 12, "/usr/lib/dyld"), system])).unwrap();
        assert_eq!(facts.interpreter.as_deref(), Some("/usr/lib/dyld"));
        assert_eq!(facts.libraries, ["/usr/lib/libSystem.B.dylib"]);
        assert_eq!(facts.check(), Ok(()));
        let store = "/nix/store/0-libiconv/lib/libiconv.2.dylib";
        for commands in [&[(0xc, 24, store)][..], &[system, (0x8000_001c, 12, store)]] {
            let found = Facts::of(&mac(commands)).unwrap().check();
            assert_eq!(found, Err(ProgramError::Store(store.to_owned())));
        }
    }

    #[test]
    fn this_very_program_is_read_and_runs_elsewhere() {
        let program = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        let facts = Facts::of(&program).unwrap();
        assert!(!facts.libraries.is_empty(), "{facts:?}");
        // By Nix, tests are linked to what is in the store.
        let is_of_store = facts.interpreter.as_deref().is_some_and(|it| it.contains(STORE));
        assert_eq!(
            facts.check().is_err(),
            is_of_store || facts.library_paths.iter().any(|it| it.contains(STORE))
        );
    }

    #[test]
    fn what_is_no_program_or_is_cut_is_an_error() {
        assert_eq!(Facts::of(b"#!/bin/sh\n"), Err(ProgramError::Unknown));
        assert_eq!(Facts::of(b""), Err(ProgramError::Unknown));
        let program = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        // The table of sections is at its end, so that nobody could say what it needs.
        let cut = Facts::of(&program[..program.len() / 2]);
        assert!(matches!(cut, Err(ProgramError::Malformed(_))), "{cut:?}");
        let whole = mac(&[(0xc, 24, "/usr/lib/libSystem.B.dylib")]);
        let cut = Facts::of(&whole[..40]);
        assert!(matches!(cut, Err(ProgramError::Malformed(_))), "{cut:?}");
    }
}
