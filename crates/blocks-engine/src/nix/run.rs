use std::{
    io::{self, BufRead, BufReader, Read as _, Write as _},
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

/// The longest line that is taken whole, in bytes: more of it means nothing to anybody, and a program that
/// ends no line must not fill the memory.
const LONGEST: usize = 1 << 20;

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
    line: impl FnMut(&str) + Send,
) -> io::Result<Option<Ran>> {
    feed(command, None, cancel, line)
}

/// The same for a program that reads its standard input.
pub(super) fn feed(
    command: &mut Command,
    input: Option<&str>,
    cancel: &Cancel,
    mut line: impl FnMut(&str) + Send,
) -> io::Result<Option<Ran>> {
    let mut child = command
        .process_group(0)
        .stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        // One that reads no more has ended, or will: its status says how.
        scope.spawn(move || stdin.map(|mut it| it.write_all(input.unwrap_or_default().as_bytes())));
        let answer = scope.spawn(move || {
            let mut all = Vec::new();
            stdout.map_or(Ok(0), |mut stream| stream.read_to_end(&mut all)).map(|_| all)
        });
        scope.spawn(move || {
            stderr.map_or(Ok(()), |it| {
                each_line(BufReader::new(it), |text| line(&String::from_utf8_lossy(text)))
            })
        });
        let Some(status) = wait(&mut child, cancel)? else { return Ok(None) };
        let stdout = answer
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("a reader of output panicked")))?;
        Ok(Some(Ran { status, stdout }))
    })
}

/// Gives each line without its end, and of a long one only its beginning.
fn each_line(mut stream: impl BufRead, mut take: impl FnMut(&[u8])) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        let some = match stream.fill_buf() {
            Ok(some) => some,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = some.iter().position(|&byte| byte == b'\n');
        let part = &some[..end.unwrap_or(some.len())];
        line.extend(part.iter().take(LONGEST - line.len()));
        let used = part.len() + usize::from(end.is_some());
        let is_over = used == 0;
        stream.consume(used);
        if end.is_some() || (is_over && !line.is_empty()) {
            take(&line);
            line.clear();
        }
        if is_over {
            return Ok(());
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> Vec<Vec<u8>> {
        let mut all = Vec::new();
        // As small as pipes can be.
        each_line(BufReader::with_capacity(3, text), |line| all.push(line.to_owned()))
            .expect("read");
        all
    }

    #[test]
    fn lines_are_taken_without_their_ends() {
        assert!(lines(b"").is_empty());
        assert_eq!(lines(b"\n"), [b""]);
        assert_eq!(lines(b"abc\n\n\xff\0d"), [&b"abc"[..], b"", b"\xff\0d"]);
        assert_eq!(lines(b"abcdef\nabc\n"), [&b"abcdef"[..], b"abc"]);
    }

    #[test]
    fn the_end_of_a_long_line_is_not_kept() {
        let text = [&vec![b'x'; 2 * LONGEST][..], b"\nnext\n"].concat();
        let lines = lines(&text);
        assert_eq!(lines.iter().map(Vec::len).collect::<Vec<_>>(), [LONGEST, 4]);
    }
}
