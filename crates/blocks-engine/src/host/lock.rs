use std::{
    fs::{self, File, TryLockError},
    io::{Read as _, Seek as _, Write as _},
    path::Path,
    thread,
    time::Duration,
};

use crate::{
    Cancel, EngineError, Event, Sink, Workspace,
    process::{end_strays, mark_of_all},
};

/// How often a taken lock is tried again.
const POLL: Duration = Duration::from_millis(200);

/// By which others know a folder that holds nothing of worth (<https://bford.info/cachedir/>). Cargo leaves it in target
/// folders that it makes itself.
const TAG: (&str, &str) = ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n");

fn tag(target: &Path) -> Result<(), EngineError> {
    let file = target.join(TAG.0);
    fs::write(&file, TAG.1).map_err(EngineError::file("write", &file))
}

/// Holds the workspace's records for one run; the system lets it go when the process ends, however
/// it ends.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "held, not read")] File);

impl Lock {
    /// Waits until no other run is at work in the workspace. What a run that was killed left
    /// running is ended first, so that it cannot disturb this one.
    pub fn take(
        workspace: &Workspace,
        cancel: &Cancel,
        sink: Sink<'_>,
    ) -> Result<Self, EngineError> {
        let folder = workspace.blocks();
        let is_new = !workspace.target.exists();
        fs::create_dir_all(&folder).map_err(EngineError::file("make", &folder))?;
        if is_new {
            tag(&workspace.target)?;
        }
        let path = folder.join("lock");
        let failed = |error: std::io::Error| EngineError::file("lock", &path)(error);
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        let mut told = false;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(error)) => return Err(failed(error)),
                Err(TryLockError::WouldBlock) if cancel.is_set() => {
                    return Err(EngineError::Interrupted);
                }
                Err(TryLockError::WouldBlock) => {
                    if !told {
                        let mut holder = String::new();
                        let _ = file.read_to_string(&mut holder);
                        sink(Event::Setup(format!(
                            "waiting for another run (process {})",
                            holder.trim()
                        )));
                        told = true;
                    }
                    thread::sleep(POLL);
                }
            }
        }
        file.set_len(0).and_then(|()| file.rewind()).map_err(failed)?;
        write!(file, "{}", std::process::id()).map_err(failed)?;
        let strays = end_strays(&mark_of_all(&folder));
        if strays > 0 {
            sink(Event::Setup(format!("ended {strays} processes of a run that was killed")));
        }
        Ok(Self(file))
    }
}
