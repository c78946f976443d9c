//! One run of one benchmark.

use std::{
    fs, io,
    os::unix::process::ExitStatusExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use blocks_evidence::{CriterionFiles, MESSAGE, bounded_tail, read_criterion};

use crate::EngineError;

/// How long a run warms up and measures, in seconds, and how many samples it takes, as criterion's options have it. What
/// the code of a group says holds before these. Runs are many and short, so that both programs meet the same minute.
const OPTIONS: [&str; 8] = [
    "--bench",
    "--noplot",
    "--warm-up-time=0.05",
    "--measurement-time=0.1",
    "--sample-size=10",
    // What criterion computes of a sample nobody reads.
    "--nresamples=10",
    "--color=never",
    "--",
];

/// A benchmark of both programs.
#[derive(Debug)]
pub(super) struct Benchmark {
    /// Its name.
    pub(super) name: String,
    /// The program of the baseline, and the new one.
    pub(super) programs: [PathBuf; 2],
    /// The folder that they run in.
    pub(super) cwd: PathBuf,
    /// The folder that a run leaves its results in.
    pub(super) home: PathBuf,
}

impl Benchmark {
    /// Runs it with one of its programs, and gives the nanoseconds that an iteration takes, or why it gave none.
    pub(super) fn run(&self, side: usize) -> Result<Result<f64, String>, EngineError> {
        if self.home.exists() {
            fs::remove_dir_all(&self.home).map_err(EngineError::file("remove", &self.home))?;
        }
        let mut command = command(&self.programs[side], &self.cwd);
        let wanted = only(&self.name);
        let ran = output(command.env("CRITERION_HOME", &self.home).args(OPTIONS).arg(wanted))?;
        Ok(ran.and_then(|_| time(&self.home)))
    }
}

/// A regular expression that no other name fits: criterion before 0.5 has no other way to say which one is meant.
fn only(name: &str) -> String {
    let mut expression = String::from("^");
    for c in name.chars() {
        if c.is_ascii_punctuation() {
            expression.push('\\');
        }
        expression.push(c);
    }
    expression + "$"
}

/// The benchmarks of a program, or why it does not list them. The second word is that of criterion before 0.5.
pub(super) fn listed(
    program: &Path,
    cwd: &Path,
) -> Result<Result<Vec<String>, String>, EngineError> {
    let printed = output(command(program, cwd).args(["--bench", "--list"]))?;
    let name = |line: &str| {
        let name = line.strip_suffix(": benchmark").or_else(|| line.strip_suffix(": bench"));
        name.map(str::to_owned)
    };
    Ok(printed.and_then(|printed| {
        let names: Vec<_> = printed.lines().filter_map(name).collect();
        if names.is_empty() { Err("it lists no benchmark".to_owned()) } else { Ok(names) }
    }))
}

/// As cargo starts benchmarks.
fn command(program: &Path, cwd: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(cwd).env("CARGO_MANIFEST_DIR", cwd).stdin(Stdio::null());
    // Else it would send its results elsewhere.
    command.env_remove("CARGO_CRITERION_PORT");
    // What an instrumented program counts would lie in its folder, and be one of the sources.
    command.env("LLVM_PROFILE_FILE", "/dev/null");
    command
}

/// What a program prints, or how it ended and its last words. What a signal ended was most likely ended by the machine, and
/// that is no answer about the program.
fn output(command: &mut Command) -> Result<Result<String, String>, EngineError> {
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => return Ok(Err(format!("it cannot be run: {error}"))),
    };
    if output.status.success() {
        return Ok(Ok(String::from_utf8_lossy(&output.stdout).into_owned()));
    }
    if output.status.signal().is_some_and(|signal| signal == KILLED) {
        let reason = format!("it ended with {}", output.status);
        return Err(EngineError::Program { program: command_name(command), reason });
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let why = format!("it ended with {}: {}", output.status, said.trim());
    Ok(Err(bounded_tail(&why, MESSAGE)))
}

/// The signal by which a system without memory ends programs.
const KILLED: i32 = 9;

fn command_name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// The time in the only result that a run has left: the median of its samples.
fn time(home: &Path) -> Result<f64, String> {
    let mut found = Vec::new();
    results(home, &mut found).map_err(|error| format!("it left no results: {error}"))?;
    let [result] = found.as_slice() else {
        return Err(format!("it left {} results, and not one", found.len()));
    };
    let file = |name| {
        fs::read(result.join(name)).map_err(|error| format!("its {name} cannot be read: {error}"))
    };
    let files = CriterionFiles {
        benchmark: &file("benchmark.json")?,
        estimates: &file("estimates.json")?,
        sample: &file("sample.json")?,
    };
    read_criterion(files).map(|it| it.median).map_err(|error| error.to_string())
}

/// The folders `new` with a result, below a folder.
fn results(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.ends_with("new") && path.join("sample.json").is_file() {
            found.push(path);
        } else if path.is_dir() {
            results(&path, found)?;
        }
    }
    Ok(())
}
