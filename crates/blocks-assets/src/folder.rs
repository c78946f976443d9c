//! A folder of what a release carries.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read as _},
    path::Path,
};

use blocks_registry::sha256;

use crate::list::List;
use crate::sums::{self, is_name};

/// What is in the folder, for programs.
pub const LIST: &str = "release.json";
/// What the changelog says of the release.
pub const NOTES: &str = "release-notes.md";
/// The checksums of all other files.
pub const SUMS: &str = "SHA256SUMS";

/// The most files that are read.
const FILES: usize = 10_000;

/// The most bytes of one file. What a forge takes of one is of this size.
const SIZE: u64 = 1 << 31;

/// The files of a folder, by their names, and what else is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folder {
    /// The bytes of each.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What is there and is no file that can be carried: folders, links, and names that nobody should have to write.
    pub strange: Vec<String>,
}

impl Folder {
    /// Reads all that is in a folder. Links are not followed.
    pub fn read(path: &Path) -> io::Result<Self> {
        let mut folder = Self::default();
        for (count, entry) in fs::read_dir(path)?.enumerate() {
            if count >= FILES {
                let message = format!("there are more than {FILES} files");
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
            }
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_file() && is_name(&name) {
                folder.files.insert(name, bounded(&entry.path())?);
            } else {
                folder.strange.push(name);
            }
        }
        folder.strange.sort();
        Ok(folder)
    }

    /// Writes all into a folder that is empty or not there. The checksums come last: without them nothing is whole.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)?;
        if fs::read_dir(path)?.next().is_some() {
            let message = "it is there, and is not empty: say another folder, or remove it";
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
        let (last, others): (Vec<_>, Vec<_>) =
            self.files.iter().partition(|(name, _)| *name == SUMS);
        for (name, bytes) in others.into_iter().chain(last) {
            fs::write(path.join(name), bytes)?;
        }
        Ok(())
    }

    /// A folder of files, with a list of them and their checksums.
    pub(crate) fn of(mut files: BTreeMap<String, Vec<u8>>, list: &List) -> Self {
        files.insert(LIST.to_owned(), list.json().into_bytes());
        let sums = files.iter().map(|(name, bytes)| (name.clone(), sha256(bytes))).collect();
        files.insert(SUMS.to_owned(), sums::text(&sums).into_bytes());
        Self { files, strange: Vec::new() }
    }

    /// The same with the tags of members in its list, by their names.
    pub fn with_tags(mut self, tags: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut list = self.list()?;
        for member in &mut list.members {
            member.tag = tags.get(&member.name).cloned().or_else(|| member.tag.take());
        }
        self.files.retain(|name, _| name != LIST && name != SUMS);
        Ok(Self::of(self.files, &list))
    }

    /// What the list says; the error is why it cannot be read.
    pub fn list(&self) -> Result<List, String> {
        let bytes = self.files.get(LIST).ok_or_else(|| format!("{LIST} is not there"))?;
        List::parse(bytes).map_err(|error| format!("{LIST} cannot be read: {error}"))
    }
}

fn bounded(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let count = fs::File::open(path)?.take(SIZE + 1).read_to_end(&mut bytes)? as u64;
    if count > SIZE {
        let message = format!("{} has more than {SIZE} bytes", path.display());
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}
