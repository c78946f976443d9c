//! `cargo verify-performance`, which is `cargo blocks verify-performance` by a name of its own.

use std::{
    env,
    ffi::OsString,
    os::unix::process::CommandExt as _,
    path::PathBuf,
    process::{Command, ExitCode},
};

/// A fault of this program, or of the machine that it runs on: the status that `cargo blocks` has for it.
const INTERNAL: u8 = 4;

const COMMAND: &str = "verify-performance";

fn main() -> ExitCode {
    let program = sibling().unwrap_or_else(|| "cargo-blocks".into());
    let mut words: Vec<OsString> = env::args_os().skip(1).collect();
    // Cargo says what it was asked for, as it does of each subcommand.
    if words.first().is_some_and(|word| word == COMMAND) {
        words.remove(0);
    }
    // The other program takes the place of this one, so that signals and its end are its own.
    let error = Command::new(&program).arg(COMMAND).args(words).exec();
    eprintln!("error: cannot run {}: {error}; install cargo-blocks", program.display());
    ExitCode::from(INTERNAL)
}

/// The program that was installed with this one.
fn sibling() -> Option<PathBuf> {
    let path = env::current_exe().ok()?.with_file_name("cargo-blocks");
    path.is_file().then_some(path)
}
