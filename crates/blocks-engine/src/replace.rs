//! Files that are replaced all together, or not at all.
//!
//! The new files are written beside the old ones. When all are there, a journal is: that is the moment from which on they
//! count. Whoever finds a journal finishes what it lists, and whoever finds only a list of what was being prepared takes
//! that away. So a run that is killed at any moment leaves the old files, or, after the next run, the new ones.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use blocks_records::digest_of;
use serde::{Deserialize, Serialize};

use crate::{EngineError, Workspace};

/// The folder of the journal, in the folder that Blocks keeps its own files in.
const FOLDER: &str = "fixes";
/// What is being prepared.
const PREPARING: &str = "preparing.json";
/// What is prepared, and to be finished.
const JOURNAL: &str = "journal.json";

/// A file and what it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// The file, from the workspace's root.
    pub file: String,
    /// What it has to hold still. Where that is nothing, it need not be there.
    pub before: Vec<u8>,
    /// What it holds after.
    pub after: Vec<u8>,
}

/// What was found of a run that was killed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resumed {
    /// Nothing of it had been replaced, and nothing is.
    Undone,
    /// So many files are replaced now, and these are not, since somebody changed them in between.
    Finished(usize, Vec<String>),
}

/// A line of a journal.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    file: String,
    /// The digests of what it held, and holds after.
    before: String,
    after: String,
}

/// Replaces files. Where one of them is no longer what it was, none is.
pub fn replace(workspace: &Workspace, files: &[NewFile]) -> Result<(), EngineError> {
    let replacing = Replacing::of(workspace);
    replacing.prepare(files)?;
    replacing.finish().map(drop)
}

/// Finishes, or takes away, what a run that was killed left; nothing where there is nothing.
pub fn resume(workspace: &Workspace) -> Result<Option<Resumed>, EngineError> {
    Replacing::of(workspace).resume()
}

struct Replacing {
    root: PathBuf,
    folder: PathBuf,
}

impl Replacing {
    fn of(workspace: &Workspace) -> Self {
        Self { root: workspace.root.clone(), folder: workspace.blocks().join(FOLDER) }
    }

    fn preparing(&self) -> PathBuf {
        self.folder.join(PREPARING)
    }

    fn journal(&self) -> PathBuf {
        self.folder.join(JOURNAL)
    }

    fn resume(&self) -> Result<Option<Resumed>, EngineError> {
        if self.journal().exists() {
            let (count, others) = self.finish()?;
            return Ok(Some(Resumed::Finished(count, others)));
        }
        let list = self.preparing();
        if !list.exists() {
            return Ok(None);
        }
        // A list that is not whole was written before anything else was.
        if let Ok(entries) = entries(&list) {
            self.take_away(&entries)?;
        }
        remove(&list).map_err(EngineError::file("remove", &list))?;
        Ok(Some(Resumed::Undone))
    }

    /// Writes all new files beside the old ones, and then the journal.
    fn prepare(&self, files: &[NewFile]) -> Result<(), EngineError> {
        let (folder, list, journal) = (&self.folder, self.preparing(), self.journal());
        fs::create_dir_all(folder).map_err(EngineError::file("make", folder))?;
        let entries: Vec<Entry> = files.iter().map(entry).collect();
        write_list(&list, &entries).map_err(EngineError::file("write", &list))?;
        let made = files.iter().try_for_each(|file| {
            let path = self.root.join(&file.file);
            beside(&path, file).map_err(EngineError::file("replace", &path))
        });
        // Whoever wrote to one of them meanwhile has not seen what would take its place.
        let made = made.and_then(|()| files.iter().try_for_each(|it| self.is_as_it_was(it)));
        if let Err(error) = made {
            self.take_away(&entries)?;
            remove(&list).map_err(EngineError::file("remove", &list))?;
            return Err(error);
        }
        fs::rename(&list, &journal).map_err(EngineError::file("write", &journal))?;
        sync(folder);
        Ok(())
    }

    fn is_as_it_was(&self, file: &NewFile) -> Result<(), EngineError> {
        let path = self.root.join(&file.file);
        let is_same = read(&path).is_ok_and(|found| found == file.before);
        let changed = || io::Error::other("it changed meanwhile; no file was replaced");
        if is_same { Ok(()) } else { Err(EngineError::file("replace", &path)(changed())) }
    }

    /// Puts what is prepared in the place of the old files, and says how many and which not.
    fn finish(&self) -> Result<(usize, Vec<String>), EngineError> {
        let journal = self.journal();
        let entries = entries(&journal)?;
        let mut others = Vec::new();
        for entry in &entries {
            if !self.finish_one(entry)? {
                others.push(entry.file.clone());
            }
        }
        self.take_away(&entries)?;
        remove(&journal).map_err(EngineError::file("remove", &journal))?;
        Ok((entries.len() - others.len(), others))
    }

    /// Replaces a file, unless it is replaced already; whether it holds then what it shall.
    fn finish_one(&self, entry: &Entry) -> Result<bool, EngineError> {
        let path = self.root.join(&entry.file);
        let part = part(&path);
        let is = |path: &Path, digest: &str| fs::read(path).is_ok_and(|it| digested(&it) == digest);
        if is(&path, &entry.after) {
            return Ok(true);
        }
        let was = read(&path).is_ok_and(|it| digested(&it) == entry.before);
        if !was || !is(&part, &entry.after) {
            return Ok(false);
        }
        fs::rename(&part, &path).map_err(EngineError::file("replace", &path))?;
        if let Some(folder) = path.parent() {
            sync(folder);
        }
        Ok(true)
    }

    fn take_away(&self, entries: &[Entry]) -> Result<(), EngineError> {
        for entry in entries {
            let part = part(&self.root.join(&entry.file));
            remove(&part).map_err(EngineError::file("remove", &part))?;
        }
        Ok(())
    }
}

fn entries(list: &Path) -> Result<Vec<Entry>, EngineError> {
    let parsed = |text: Vec<u8>| serde_json::from_slice(&text).map_err(io::Error::from);
    fs::read(list).and_then(parsed).map_err(EngineError::file("read", list))
}

/// What a file holds: nothing, where it is not there.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read,
    }
}

fn entry(file: &NewFile) -> Entry {
    let (before, after) = (digested(&file.before), digested(&file.after));
    Entry { file: file.file.clone(), before, after }
}

fn digested(bytes: &[u8]) -> String {
    // Bytes in memory are always read.
    digest_of(bytes).map(|digest| digest.sha256).unwrap_or_default()
}

/// Where a file's new content is until it is the file.
fn part(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.blocks-part"))
}

fn beside(path: &Path, file: &NewFile) -> io::Result<()> {
    let meta = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && file.before.is_empty() => None,
        meta => Some(meta?),
    };
    if meta.as_ref().is_some_and(|meta| !meta.is_file()) {
        return Err(io::Error::other("it is no plain file"));
    }
    let part = part(path);
    if let (None, Some(folder)) = (&meta, path.parent()) {
        fs::create_dir_all(folder)?;
    }
    remove(&part)?;
    let mut new = File::create_new(&part)?;
    new.write_all(&file.after)?;
    if let Some(meta) = meta {
        new.set_permissions(meta.permissions())?;
    }
    new.sync_all()
}

fn write_list(path: &Path, entries: &[Entry]) -> io::Result<()> {
    let mut file = File::create(path)?;
    serde_json::to_writer(&mut file, entries)?;
    file.sync_all()
}

/// Lets the names in a folder outlast a loss of power. Where a file system cannot, nothing more can be done.
fn sync(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// That something is not there is as good as that it was removed.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Place {
        dir: tempfile::TempDir,
        replacing: Replacing,
        files: Vec<NewFile>,
    }

    fn place() -> Place {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("root");
        fs::create_dir_all(root.join("src")).unwrap();
        let names = ["a", "src/b c\"\n.rs", "src/ü"];
        let files: Vec<_> = names
            .map(|file| NewFile {
                file: file.to_owned(),
                before: b"old".into(),
                after: b"new".into(),
            })
            .into();
        for it in &files {
            fs::write(root.join(&it.file), &it.before).unwrap();
        }
        let replacing = Replacing { folder: dir.path().join("blocks"), root };
        Place { dir, replacing, files }
    }

    impl Place {
        fn contents(&self) -> Vec<Vec<u8>> {
            let root = &self.replacing.root;
            self.files.iter().map(|it| fs::read(root.join(&it.file)).unwrap()).collect()
        }

        /// How many files there are beside those that were there.
        fn others(&self) -> usize {
            let count = |folder: &Path| fs::read_dir(folder).unwrap().count();
            let root = &self.replacing.root;
            count(root) + count(&root.join("src")) - 4 + count(&self.dir.path().join("blocks"))
        }
    }

    #[test]
    fn all_files_are_replaced_and_nothing_is_left_beside() {
        let place = place();
        place.replacing.prepare(&place.files).unwrap();
        assert_eq!(place.replacing.finish().unwrap(), (3, Vec::new()));
        assert!(place.contents().iter().all(|it| it == b"new"));
        assert_eq!(place.others(), 0);
    }

    #[test]
    fn a_file_that_is_not_there_is_made() {
        let mut place = place();
        let new = NewFile { file: "new".to_owned(), before: Vec::new(), after: b"new".into() };
        place.files.push(new);
        place.replacing.prepare(&place.files).unwrap();
        assert_eq!(place.replacing.finish().unwrap(), (4, Vec::new()));
        assert!(place.contents().iter().all(|it| it == b"new"));
        // One that somebody wrote meanwhile is not what was looked at.
        let error = place.replacing.prepare(&place.files[3..]).unwrap_err();
        assert!(error.to_string().contains("it changed meanwhile"), "{error}");
        place.files[3].file = "src/other".to_owned();
        place.files[3].before = b"old".into();
        assert!(place.replacing.prepare(&place.files[3..]).is_err());
    }

    #[test]
    fn a_file_in_a_folder_that_is_not_there_is_made_with_it() {
        let place = place();
        let new =
            NewFile { file: "far/away/new".to_owned(), before: Vec::new(), after: b"new".into() };
        place.replacing.prepare(std::slice::from_ref(&new)).unwrap();
        assert_eq!(place.replacing.finish().unwrap(), (1, Vec::new()));
        assert_eq!(fs::read(place.replacing.root.join(&new.file)).unwrap(), b"new");
    }

    #[test]
    fn where_one_changed_meanwhile_none_is_replaced() {
        let mut place = place();
        place.files[1].before = b"older".into();
        let error = place.replacing.prepare(&place.files).unwrap_err();
        assert!(error.to_string().contains("it changed meanwhile"), "{error}");
        assert!(place.contents().iter().all(|it| it == b"old"));
        assert_eq!(place.others(), 0);
    }

    #[test]
    fn what_was_killed_while_it_prepared_is_taken_away() {
        let place = place();
        let entries: Vec<_> = place.files.iter().map(entry).collect();
        fs::create_dir_all(&place.replacing.folder).unwrap();
        for prepared in 0..=place.files.len() {
            write_list(&place.replacing.preparing(), &entries).unwrap();
            for file in &place.files[..prepared] {
                beside(&place.replacing.root.join(&file.file), file).unwrap();
            }
            assert_eq!(place.replacing.resume().unwrap(), Some(Resumed::Undone));
            assert!(place.contents().iter().all(|it| it == b"old"));
            assert_eq!(place.others(), 0);
        }
        fs::write(place.replacing.preparing(), "[{").unwrap();
        assert_eq!(place.replacing.resume().unwrap(), Some(Resumed::Undone));
        assert_eq!(place.replacing.resume().unwrap(), None);
    }

    #[test]
    fn what_was_killed_while_it_replaced_is_finished() {
        for replaced in 0..=3 {
            let place = place();
            place.replacing.prepare(&place.files).unwrap();
            let entries = entries(&place.replacing.journal()).unwrap();
            for entry in &entries[..replaced] {
                assert!(place.replacing.finish_one(entry).unwrap());
            }
            assert_eq!(place.replacing.resume().unwrap(), Some(Resumed::Finished(3, Vec::new())));
            assert!(place.contents().iter().all(|it| it == b"new"));
            assert_eq!(place.others(), 0);
            assert_eq!(place.replacing.resume().unwrap(), None);
        }
    }

    #[test]
    fn what_somebody_changed_in_between_stays_and_is_told() {
        let place = place();
        place.replacing.prepare(&place.files).unwrap();
        fs::write(place.replacing.root.join("a"), "mine").unwrap();
        let others = vec!["a".to_owned()];
        assert_eq!(place.replacing.resume().unwrap(), Some(Resumed::Finished(2, others)));
        assert_eq!(place.contents(), [&b"mine"[..], b"new", b"new"]);
        assert_eq!(place.others(), 0);
    }
}
