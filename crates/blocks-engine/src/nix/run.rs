use std::{
    io::{self, BufRead as _, BufReader, Read as _},
    os::unix::process::CommandExt as _,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::Cancel;

/// How often a running Nix is looked at.
const POLL: Duration = Duration::from_millis(50);

/// How long Nix may take to end by itself after `SIGINT`.
const GRACE: Duration = Duration::from_secs(5);

/// What Nix left.
pub(super) struct Ran {
    pub(super) status: ExitStatus,
    pub(super) stdout: Vec<u8>,
}

/// Runs Nix in a process group of its own to its end, and gives `line` each line of its standard
/// error. Nothing comes back where the user asked to stop.
pub(super) fn run(
    command: &mut Command,
    cancel: &Cancel,
    mut line: impl FnMut(&str) + Send,
) -> io::Result<Option<Ran>> {
    let mut child = command
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        let answer = scope.spawn(move || {
            let mut all = Vec::new();
            stdout.map_or(Ok(0), |mut stream| stream.read_to_end(&mut all)).map(|_| all)
        });
        scope.spawn(move || {
            for text in stderr.into_iter().flat_map(|it| BufReader::new(it).split(b'\n')) {
                let Ok(text) = text else { break };
                line(&String::from_utf8_lossy(&text));
            }
        });
        let Some(status) = wait(&mut child, cancel)? else { return Ok(None) };
        let stdout = answer
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("a reader of output panicked")))?;
        Ok(Some(Ran { status, stdout }))
    })
}

fn wait(child: &mut Child, cancel: &Cancel) -> io::Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if cancel.is_set() {
            return end(child).map(|()| None);
        }
        thread::sleep(POLL);
    }
}

/// Asks Nix to end, and kills it, with all that it started, when it does not: whoever still lives
/// would hold the pipes open.
fn end(child: &mut Child) -> io::Result<()> {
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let send = |signal| group.map(|group| kill_process_group(group, signal));
    send(Signal::INT);
    let patience = Instant::now() + GRACE;
    while Instant::now() < patience && child.try_wait()?.is_none() {
        thread::sleep(POLL);
    }
    send(Signal::KILL);
    child.wait().map(drop)
}
