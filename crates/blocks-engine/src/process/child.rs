use std::{
    ffi::OsString,
    fs::File,
    io,
    os::unix::process::{CommandExt as _, ExitStatusExt as _},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process_group};

use super::{Cancel, Capture, MARKER, end_strays};

/// How long a group may take to end by itself after `SIGTERM`.
const GRACE: Duration = Duration::from_secs(5);

/// How often a running child is looked at.
const POLL: Duration = Duration::from_millis(20);

/// A command to run.
pub(crate) struct Run<'a> {
    /// The program and its arguments.
    pub(crate) command: &'a [String],
    /// Where it runs.
    pub(crate) folder: &'a Path,
    /// Its whole environment.
    pub(crate) environment: &'a [(OsString, OsString)],
    /// What marks its processes (see [`super::mark`]).
    pub(crate) mark: OsString,
    /// The file that takes its standard output, instead of the log.
    pub(crate) stdout: Option<File>,
    /// The file that takes its standard error, beside the log.
    pub(crate) stderr: Option<File>,
}

/// What ends a command before its time.
#[derive(Clone, Copy)]
pub(crate) struct Limits<'a> {
    /// When it must have ended.
    pub(crate) deadline: Instant,
    /// Whether the user asked to stop.
    pub(crate) cancel: &'a Cancel,
    /// Called while the command runs, many times a second.
    pub(crate) tick: &'a dyn Fn(),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// By itself, with this status.
    Exited(i32),
    /// By a signal that was not ours.
    Signalled(i32),
    /// By us: it was past its deadline.
    TimedOut,
    /// By us: the user asked to stop.
    Cancelled,
}

/// Runs a command in a process group of its own until it and all that it started have ended.
pub(crate) fn run(run: Run<'_>, capture: &Capture, limits: Limits<'_>) -> io::Result<Outcome> {
    let mut child = spawn(&run)?;
    let stdout = child.stdout.take();
    let stderr = child.stderr.take();
    let group = group_of(&child);
    let readers = [
        stdout.map(|stream| reader(capture, stream, None)),
        stderr.map(|stream| reader(capture, stream, run.stderr)),
    ];
    let outcome = end(&mut child, group, &run.mark, limits)?;
    for reader in readers.into_iter().flatten() {
        reader.join().unwrap_or_else(|_| Err(io::Error::other("a reader of output panicked")))?;
    }
    Ok(outcome)
}

fn spawn(run: &Run<'_>) -> io::Result<Child> {
    let stdout = match &run.stdout {
        Some(file) => Stdio::from(file.try_clone()?),
        None => Stdio::piped(),
    };
    let mut command = command(run.command, run.folder, run.environment, &run.mark)?;
    command.stdout(stdout).stderr(Stdio::piped()).spawn()
}

/// A command in a process group of its own, whose streams are still to be said.
pub(super) fn command(
    words: &[String],
    folder: &Path,
    environment: &[(OsString, OsString)],
    mark: &OsString,
) -> io::Result<Command> {
    let [program, arguments @ ..] = words else {
        return Err(io::Error::other("a step runs nothing"));
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .env(MARKER, mark)
        .stdin(Stdio::null())
        .process_group(0);
    Ok(command)
}

/// The process group of a child that has one of its own.
pub(super) fn group_of(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}

/// Waits for a child to end, and ends all that it left.
pub(super) fn end(
    child: &mut Child,
    group: Option<Pid>,
    mark: &OsString,
    limits: Limits<'_>,
) -> io::Result<Outcome> {
    let outcome = wait(child, group, limits);
    // Whoever still lives could hold the pipes open, and would belong to nobody.
    if let Some(group) = group {
        let _ = kill_process_group(group, Signal::KILL);
    }
    end_strays(mark);
    outcome
}

fn reader(
    capture: &Capture,
    stream: impl io::Read + Send + 'static,
    file: Option<File>,
) -> thread::JoinHandle<io::Result<()>> {
    let capture = capture.clone();
    thread::spawn(move || capture.take(stream, file))
}

fn wait(child: &mut Child, group: Option<Pid>, limits: Limits<'_>) -> io::Result<Outcome> {
    loop {
        if let Some(status) = child.try_wait()? {
            // A signal that we sent to ourselves as well reaches the child first.
            if limits.cancel.is_set() {
                return Ok(Outcome::Cancelled);
            }
            return Ok(outcome(status));
        }
        let ended = if limits.cancel.is_set() {
            Outcome::Cancelled
        } else if Instant::now() >= limits.deadline {
            Outcome::TimedOut
        } else {
            (limits.tick)();
            thread::sleep(POLL);
            continue;
        };
        terminate(child, group)?;
        return Ok(ended);
    }
}

fn outcome(status: ExitStatus) -> Outcome {
    match (status.code(), status.signal()) {
        (Some(code), _) => Outcome::Exited(code),
        (None, signal) => Outcome::Signalled(signal.unwrap_or_default()),
    }
}

/// Asks the group to end, and kills it when it does not.
fn terminate(child: &mut Child, group: Option<Pid>) -> io::Result<()> {
    if let Some(group) = group {
        let _ = kill_process_group(group, Signal::TERM);
    }
    let patience = Instant::now() + GRACE;
    while Instant::now() < patience {
        if child.try_wait()?.is_some() {
            return Ok(());
        }
        thread::sleep(POLL);
    }
    child.kill()?;
    child.wait().map(drop)
}
