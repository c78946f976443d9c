//! The folder in which all is kept that has to be known at the next run.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// A folder that one run at a time works in. Others wait until it is dropped, or its process ends, however it ends.
///
/// ```text
/// lock            taken by who works in it
/// state.json      what is known of each branch, and what is to be put into the spool
/// sent.jsonl      what a server has accepted: a line for each message and recipient
/// spool/          messages that are to be sent, a file each
/// dead/           messages that were refused for good, with the reason
/// ```
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

/// Why something could not be kept, or not be read.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A file or folder could not be read or written.
    #[error("cannot {what} {path}: {reason}")]
    File {
        /// What was tried: `read`, `write`, ….
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// A file has more bytes than are read of one.
    #[error(
        "{path} has more than {limit} bytes, which this program did not write: move it elsewhere"
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// How many are read.
        limit: usize,
    },
}

impl Folder {
    /// Takes the folder, which need not be there yet. Waits while another run has it.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, FolderError> {
        let path = path.into();
        fs::create_dir_all(&path).map_err(failed("make", &path))?;
        let lock = path.join("lock");
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&lock)
            .map_err(failed("open", &lock))?;
        file.lock().map_err(failed("lock", &lock))?;
        Ok(Self { path, _lock: file })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path of something in it.
    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

/// The text of a file of ours; none where it is not there.
pub(crate) fn read(path: &Path, limit: usize) -> Result<Option<String>, FolderError> {
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(failed("open", path))?,
    };
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    file.take(most).read_to_end(&mut bytes).map_err(failed("read", path))?;
    if bytes.len() > limit {
        return Err(FolderError::TooLarge { path: path.to_owned(), limit });
    }
    // What is no text is nothing that we wrote; whoever parses it says so, as it still has the damage in it.
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Writes a file as a whole: whoever reads it, also after a crash, finds all of the old text or all of the new one.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), FolderError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed("make", folder))?;
    let beside = path.with_extension("new");
    let mut file = File::create(&beside).map_err(failed("write", &beside))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(failed("write", &beside))?;
    fs::rename(&beside, path).map_err(failed("rename", &beside))?;
    sync(folder)
}

/// Removes a file; one that is not there is removed.
pub(crate) fn remove(path: &Path) -> Result<(), FolderError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(failed("remove", path)),
    }
}

/// Names in a folder reach the disk with the folder, and not with the files. Only Unix opens one as a file.
fn sync(folder: &Path) -> Result<(), FolderError> {
    if cfg!(unix) {
        File::open(folder).and_then(|it| it.sync_all()).map_err(failed("write", folder))?;
    }
    Ok(())
}

/// For `map_err` on the result of a file operation.
pub(crate) fn failed(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    let path = path.to_owned();
    move |error| FolderError::File { what, path, reason: error.to_string() }
}
