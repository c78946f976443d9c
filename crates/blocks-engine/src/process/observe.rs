use std::{
    ffi::OsString,
    io::{self, Read},
    path::Path,
    process::Stdio,
    thread,
};

use super::{
    Limits, Outcome,
    child::{command, end, group_of},
};

/// The most of a stream that is kept, in bytes. What comes behind it is read and forgotten, so that nobody waits.
const KEPT: u64 = 1024 * 1024;

/// A program whose output is looked at as a whole.
pub(crate) struct Watched<'a> {
    /// The program and its arguments.
    pub(crate) command: &'a [String],
    /// Where it runs.
    pub(crate) folder: &'a Path,
    /// Its whole environment.
    pub(crate) environment: &'a [(OsString, OsString)],
    /// What marks its processes (see [`super::mark`]).
    pub(crate) mark: &'a OsString,
    /// How its streams are kept.
    pub(crate) streams: Streams,
}

/// How the two streams of output are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Streams {
    /// Each for itself.
    Apart,
    /// In one, in the order in which they are written, as a terminal shows them.
    Together,
}

/// What a program printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Observed {
    /// How it ended.
    pub(crate) outcome: Outcome,
    /// Its standard output, or both streams.
    pub(crate) stdout: Vec<u8>,
    /// Its standard error; nothing where that is in the other.
    pub(crate) stderr: Vec<u8>,
    /// Whether it printed more than is kept.
    pub(crate) is_cut: bool,
}

/// Runs a program to its end, and all that it started.
pub(crate) fn observe(watched: &Watched<'_>, limits: Limits<'_>) -> io::Result<Observed> {
    let Watched { command: words, folder, environment, mark, streams } = *watched;
    let mut command = command(words, folder, environment, mark)?;
    let (mut child, readers) = match streams {
        Streams::Apart => {
            let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
            let readers = [child.stdout.take().map(reader), child.stderr.take().map(reader)];
            (child, readers)
        }
        Streams::Together => {
            let (out, into) = io::pipe()?;
            let child = command.stdout(into.try_clone()?).stderr(into).spawn()?;
            (child, [Some(reader(out)), None])
        }
    };
    // It holds the other ends of the pipe, which else would never end.
    drop(command);
    let group = group_of(&child);
    let outcome = end(&mut child, group, mark, limits)?;
    let [stdout, stderr] = readers.map(|it| it.map_or_else(|| Ok((Vec::new(), false)), joined));
    let ((stdout, cut), (stderr, other_cut)) = (stdout?, stderr?);
    Ok(Observed { outcome, stdout, stderr, is_cut: cut || other_cut })
}

type Reader = thread::JoinHandle<io::Result<(Vec<u8>, bool)>>;

fn reader(mut stream: impl Read + Send + 'static) -> Reader {
    thread::spawn(move || {
        let mut kept = Vec::new();
        stream.by_ref().take(KEPT).read_to_end(&mut kept)?;
        let more = io::copy(&mut stream, &mut io::sink())?;
        Ok((kept, more > 0))
    })
}

fn joined(reader: Reader) -> io::Result<(Vec<u8>, bool)> {
    reader.join().unwrap_or_else(|_| Err(io::Error::other("a reader of output panicked")))
}
