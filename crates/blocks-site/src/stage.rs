//! How what is new takes the place of what is old, entry by entry of a folder.
//!
//! All that is new is made in one folder below the site, which then gets another name: from that moment on it counts. Whoever
//! finds it by the first name takes it away, and by the second finishes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::SiteError;

/// What is being made.
const MAKING: &str = ".blocks-site-making";
/// What is made, and takes the place of what was there.
const READY: &str = ".blocks-site-ready";
/// In either: what is new, what was there, and what shall go.
const NEW: &str = "new";
const OLD: &str = "old";
const GOING: &str = "going";

/// Whether an entry of a site is of a run that goes on or was killed.
pub(crate) fn is_of_run(name: &str) -> bool {
    matches!(name, MAKING | READY)
}

/// What is made for a site.
pub(crate) struct Stage {
    root: PathBuf,
    /// The order in which what was made takes its place: what leads to others comes behind them.
    last: &'static [&'static str],
}

impl Stage {
    /// Begins with nothing, after a run that was killed is finished or undone.
    pub(crate) fn begin(root: &Path, last: &'static [&'static str]) -> Result<Self, SiteError> {
        let stage = Self { root: root.to_owned(), last };
        stage.recover()?;
        let (new, going) = (stage.new_folder(), stage.making().join(GOING));
        fs::create_dir_all(&new).map_err(SiteError::file("make", &new))?;
        fs::create_dir_all(&going).map_err(SiteError::file("make", &going))?;
        Ok(stage)
    }

    /// Finishes or undoes what a run that was killed left.
    pub(crate) fn recover(&self) -> Result<(), SiteError> {
        remove(&self.making())?;
        if self.ready().exists() { self.finish(usize::MAX) } else { Ok(()) }
    }

    /// Where what is new is made.
    pub(crate) fn new_folder(&self) -> PathBuf {
        self.making().join(NEW)
    }

    /// Lets an entry go with the rest.
    pub(crate) fn let_go(&self, name: &str) -> Result<(), SiteError> {
        let path = self.making().join(GOING).join(name);
        fs::write(&path, "").map_err(SiteError::file("write", &path))
    }

    /// Takes away what was begun.
    pub(crate) fn undo(&self) -> Result<(), SiteError> {
        remove(&self.making())
    }

    /// From here on what is new counts.
    pub(crate) fn commit(&self) -> Result<(), SiteError> {
        self.ready_up()?;
        self.finish(usize::MAX)
    }

    fn ready_up(&self) -> Result<(), SiteError> {
        let ready = self.ready();
        fs::rename(self.making(), &ready).map_err(SiteError::file("write", &ready))
    }

    /// Puts all in its place; at most so many steps of it, for tests.
    fn finish(&self, most: usize) -> Result<(), SiteError> {
        let (new, going) = (self.ready().join(NEW), self.ready().join(GOING));
        let mut names = entries(&new)?;
        names.sort_by_key(|name| self.last.iter().position(|it| it == name).map_or(0, |at| at + 1));
        let puts = names.iter().map(|name| (name, true));
        let gone = entries(&going)?;
        for (name, is_put) in puts.chain(gone.iter().map(|name| (name, false))).take(most) {
            self.move_away(name)?;
            if is_put {
                let (from, to) = (new.join(name), self.root.join(name));
                fs::rename(&from, &to).map_err(SiteError::file("write", &to))?;
            } else {
                remove(&going.join(name))?;
            }
        }
        if most == usize::MAX { remove(&self.ready()) } else { Ok(()) }
    }

    /// A folder cannot take the place of another that holds something.
    fn move_away(&self, name: &str) -> Result<(), SiteError> {
        let (path, old) = (self.root.join(name), self.ready().join(OLD));
        if fs::symlink_metadata(&path).is_err() {
            return Ok(());
        }
        fs::create_dir_all(&old).map_err(SiteError::file("make", &old))?;
        let old = old.join(name);
        remove(&old)?;
        fs::rename(&path, &old).map_err(SiteError::file("move away", &path))
    }

    fn making(&self) -> PathBuf {
        self.root.join(MAKING)
    }

    fn ready(&self) -> PathBuf {
        self.root.join(READY)
    }
}

fn entries(folder: &Path) -> Result<Vec<String>, SiteError> {
    let read = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = match read {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        read => read.map_err(SiteError::file("read", folder))?,
    };
    let names = entries.iter().map(|it| it.file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.collect();
    names.sort();
    Ok(names)
}

/// That something is not there is as good as that it was removed.
fn remove(path: &Path) -> Result<(), SiteError> {
    let removed = match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(SiteError::file("remove", path)(error))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAST: &[&str] = &["index"];

    /// A folder with `a/`, `gone/` and `index`, of which all is to be another.
    fn begun() -> (tempfile::TempDir, Stage) {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["a", "gone", "mine"] {
            fs::create_dir(dir.path().join(folder)).unwrap();
            fs::write(dir.path().join(folder).join("file"), "old").unwrap();
        }
        fs::write(dir.path().join("index"), "old").unwrap();
        let stage = Stage::begin(dir.path(), LAST).unwrap();
        let new = stage.new_folder();
        for folder in ["a", "b"] {
            fs::create_dir(new.join(folder)).unwrap();
            fs::write(new.join(folder).join("file"), "new").unwrap();
        }
        fs::write(new.join("index"), "new").unwrap();
        stage.let_go("gone").unwrap();
        (dir, stage)
    }

    fn found(dir: &tempfile::TempDir) -> Vec<String> {
        let mut all = Vec::new();
        for name in entries(dir.path()).unwrap() {
            let path = dir.path().join(&name);
            let file = if path.is_dir() { path.join("file") } else { path };
            all.push(format!("{name} {}", fs::read_to_string(file).unwrap_or_default()));
        }
        all
    }

    const BEFORE: [&str; 4] = ["a old", "gone old", "index old", "mine old"];
    const AFTER: [&str; 4] = ["a new", "b new", "index new", "mine old"];

    #[test]
    fn all_takes_its_place_and_nothing_is_left_beside() {
        let (dir, stage) = begun();
        stage.commit().unwrap();
        assert_eq!(found(&dir), AFTER);
    }

    #[test]
    fn what_was_killed_while_it_was_made_leaves_what_was_there() {
        let (dir, stage) = begun();
        stage.recover().unwrap();
        assert_eq!(found(&dir), BEFORE);
        let (dir, stage) = begun();
        stage.undo().unwrap();
        assert_eq!(found(&dir), BEFORE);
    }

    #[test]
    fn what_was_killed_after_it_was_made_is_finished() {
        for steps in 0..=4 {
            let (dir, stage) = begun();
            stage.ready_up().unwrap();
            stage.finish(steps).unwrap();
            stage.recover().unwrap();
            assert_eq!(found(&dir), AFTER, "{steps}");
        }
        // Between the two moves of one entry.
        let (dir, stage) = begun();
        stage.ready_up().unwrap();
        stage.move_away("a").unwrap();
        stage.recover().unwrap();
        assert_eq!(found(&dir), AFTER);
    }
}
