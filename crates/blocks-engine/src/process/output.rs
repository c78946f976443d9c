use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use blocks_records::log::BoundedLog;
use blocks_stages::Fault;

/// The longest line that is shown as progress, in bytes; the log keeps longer ones whole.
const SHOWN: u64 = 4096;

/// Where the output of a step goes.
#[derive(Clone, Default)]
pub(crate) struct Capture {
    log: Arc<Mutex<BoundedLog>>,
    line: Arc<Mutex<Option<String>>>,
    fault: Arc<Mutex<Option<Fault>>>,
    faults: Arc<[Fault]>,
}

impl Capture {
    /// Everything into one log, where lines that say one of `faults` are noticed.
    pub(crate) fn watching(faults: &[Fault]) -> Self {
        Self { faults: faults.into(), ..Self::default() }
    }

    /// The last line, if there is one since the last call.
    pub(crate) fn new_line(&self) -> Option<String> {
        held(&self.line).take()
    }

    /// The last fault that a line said.
    pub(crate) fn fault(&self) -> Option<Fault> {
        held(&self.fault).clone()
    }

    /// Runs `read` on the log.
    pub(crate) fn with_log<T>(&self, read: impl FnOnce(&mut BoundedLog) -> T) -> T {
        read(&mut held(&self.log))
    }

    /// Takes a stream to its end, into the log and, where given, into a file as well.
    pub(crate) fn take(&self, stream: impl Read, mut file: Option<File>) -> io::Result<()> {
        let mut reader = BufReader::new(stream);
        let mut part = Vec::new();
        loop {
            part.clear();
            if reader.by_ref().take(SHOWN).read_until(b'\n', &mut part)? == 0 {
                return Ok(());
            }
            self.with_log(|log| log.push(&part));
            self.notice(String::from_utf8_lossy(&part).trim_end());
            if let Some(file) = &mut file {
                file.write_all(&part)?;
            }
        }
    }

    fn notice(&self, line: &str) {
        if let Some(said) = self.faults.iter().find(|it| it.is_said_by(line)) {
            *held(&self.fault) = Some(said.clone());
        }
        if !line.is_empty() {
            *held(&self.line) = Some(line.to_owned());
        }
    }
}

/// What a lock holds, also after a thread that held it panicked: text has no broken state.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
