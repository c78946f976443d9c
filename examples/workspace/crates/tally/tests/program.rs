//! The program, as users start it.

use std::{
    io::{self, Write as _},
    process::{Command, Stdio},
};

#[test]
fn words_are_counted() -> io::Result<()> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tally"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(b"b a b")?;
    }
    let output = child.wait_with_output()?;
    assert!(output.status.success());
    assert_eq!(output.stdout, b"a 1\nb 2\n");
    Ok(())
}
