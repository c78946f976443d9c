use std::{
    env, fs, io,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

/// How many were made by this run.
static MADE: AtomicU32 = AtomicU32::new(0);

/// How many names are tried: others may have been left by a run that had the same number.
const TRIES: u32 = 1000;

/// A folder where no configuration of a workspace reaches, that nobody else reads, and that is gone afterwards.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new() -> io::Result<Self> {
        let mut last = None;
        for _ in 0..TRIES {
            let number = MADE.fetch_add(1, Ordering::Relaxed);
            let name = format!("blocks-registry-{}-{number}", process::id());
            let path = env::temp_dir().join(name);
            // One that is there is never taken over: it may be somebody else's.
            match fs::DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(last.unwrap_or_else(|| io::ErrorKind::AlreadyExists.into()))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays is a few small files among what the machine removes by itself.
        let _ = fs::remove_dir_all(&self.0);
    }
}
