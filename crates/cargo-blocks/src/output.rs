//! What is printed, to whom.

use std::io::{self, IsTerminal as _, Write as _};

use anyhow::Result;
use blocks_evidence::printable;

/// Prints what was asked for. A reader that closed the pipe has read enough: that is no fault.
pub(crate) fn say(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

/// Prints what is said beside the answer, on standard error. Nobody listening is no fault.
pub(crate) fn tell(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Prints why the program could not go on.
pub(crate) fn complain(error: &anyhow::Error) {
    let text = format!("{error:#}");
    let lines: Vec<_> = text.lines().map(printable).collect();
    let text = lines.join("\n");
    // Some messages already begin like this, because they show a place as rustc would.
    if text.starts_with("error") { tell(&text) } else { tell(&format!("error: {text}")) }
}

/// Whether standard output may be coloured: a terminal that nobody asked to be plain.
/// The rule is that of <https://no-color.org>.
pub(crate) fn colour() -> bool {
    let asked_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !asked_plain
}
