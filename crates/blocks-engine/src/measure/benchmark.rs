//! One run of one benchmark.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use blocks_evidence::{CriterionFiles, MESSAGE, bounded_tail, read_criterion};

use crate::EngineError;

/// How long a run warms up and measures, in seconds, and how many samples it takes, as criterion's options have it. What
/// the code of a group says holds before these. Runs are many and short, so that both programs meet the same minute.
const OPTIONS: [&str; 9] = [
    "--bench",
    "--exact",
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
        let ran = output(command.env("CRITERION_HOME", &self.home).args(OPTIONS).arg(&self.name));
        Ok(ran.and_then(|_| time(&self.home)))
    }
}

/// The benchmarks of a program, or why it does not list them.
pub(super) fn listed(program: &Path, cwd: &Path) -> Result<Vec<String>, String> {
    let printed = output(command(program, cwd).args(["--bench", "--list"]))?;
    let name = |line: &str| line.strip_suffix(": benchmark").map(str::to_owned);
    Ok(printed.lines().filter_map(name).collect())
}

/// As cargo starts benchmarks.
fn command(program: &Path, cwd: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(cwd).env("CARGO_MANIFEST_DIR", cwd).stdin(Stdio::null());
    // Else it would send its results elsewhere.
    command.env_remove("CARGO_CRITERION_PORT");
    command
}

/// What a program prints, or how it ended and its last words.
fn output(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("it cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let why = format!("it ended with {}: {}", output.status, said.trim());
    Err(bounded_tail(&why, MESSAGE))
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
