//! Commands in documents.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use blocks_evidence::{Example, ExampleEnd, ExampleKind};
use blocks_examples::{
    Answer, CodeBlock, Console, ConsoleCommand, Invocation, Output, Status, Wanted,
};
use tempfile::TempDir;

use super::{
    Examining, Heard,
    built::{Built, Program},
    documents::Document,
};
use crate::{EngineError, listed, process::Streams};

/// What a command keeps of the environment. The rest is of a machine or of a service, and would change what is printed.
const KEPT: [&str; 7] = [
    "CARGO_NET_OFFLINE",
    "LD_LIBRARY_PATH",
    "PATH",
    "RUSTUP_TOOLCHAIN",
    "SSL_CERT_FILE",
    "TMPDIR",
    "TZ",
];

/// How wide a terminal the commands may take for granted, in characters.
const COLUMNS: &str = "100";

/// Runs the sessions of documents, and gives what their commands came to.
pub(super) fn run(
    examining: &Examining<'_>,
    documents: &[Document],
    built: &Built,
    heard: &mut Heard<'_>,
) -> Result<BTreeMap<String, Vec<Answer>>, EngineError> {
    let mut answers: BTreeMap<String, Vec<Answer>> = BTreeMap::new();
    for document in documents {
        for (block, console) in document.sessions() {
            let lines = || {
                let commands =
                    console.as_ref().map(|it| it.commands.as_slice()).unwrap_or_default();
                [block.line].into_iter().chain(commands.iter().map(|it| it.line))
            };
            if !lines().any(|line| examining.is_asked(&document.file, Some(line))) {
                continue;
            }
            let found = match &console {
                Ok(console) if console.is_ignored => {
                    heard.example(whole(
                        document,
                        &block,
                        ExampleEnd::NotRun("it says `ignore`".to_owned()),
                    ));
                    continue;
                }
                Ok(console) => {
                    let Some(session) = Session::start(examining, built, console)? else {
                        let folder = console.folder.as_deref().unwrap_or_default();
                        let why = format!("no file of the workspace lies in {folder}");
                        let end = ExampleEnd::failed(&why, None, "");
                        heard.example(whole(document, &block, end));
                        continue;
                    };
                    session.run(document, heard)?
                }
                Err(why) => {
                    let end =
                        ExampleEnd::failed(&format!("it is no session: {why}"), None, &block.text);
                    heard.example(whole(document, &block, end));
                    continue;
                }
            };
            answers.entry(document.file.clone()).or_default().extend(found);
        }
    }
    Ok(answers)
}

/// A block that is told of as a whole.
fn whole(document: &Document, block: &CodeBlock, end: ExampleEnd) -> Example {
    let first = block.text.lines().next().unwrap_or_default();
    example(document, first.strip_prefix("$ ").unwrap_or(first), block.line, end)
}

fn example(document: &Document, name: &str, line: usize, end: ExampleEnd) -> Example {
    Example {
        kind: ExampleKind::Command,
        member: document.member.clone(),
        name: name.split_whitespace().collect::<Vec<_>>().join(" "),
        file: document.file.clone(),
        line: u32::try_from(line).ok(),
        end,
    }
}

/// What a command came to.
enum Came {
    /// To this end, with what may be written in its place.
    To(ExampleEnd, Option<Answer>),
    /// It was not run.
    Not(String),
}

/// A session that is run: a folder of its own, and the programs of the workspace.
struct Session<'a> {
    examining: &'a Examining<'a>,
    built: &'a Built,
    console: &'a Console,
    environment: Vec<(OsString, OsString)>,
    /// The folder that the commands run in.
    folder: PathBuf,
    /// All folders of the session, which are gone when it ends.
    _scratch: TempDir,
}

impl<'a> Session<'a> {
    /// None where no file lies in the folder that it asks for: what runs in an empty one shows nothing of it.
    fn start(
        examining: &'a Examining<'a>,
        built: &'a Built,
        console: &'a Console,
    ) -> Result<Option<Self>, EngineError> {
        let scratch = TempDir::with_prefix("blocks-examples-")
            .map_err(EngineError::file("make", &std::env::temp_dir()))?;
        // A temporary folder may be named by a link, and a program tells its folder without.
        let root =
            fs::canonicalize(scratch.path()).map_err(EngineError::file("read", scratch.path()))?;
        let [folder, home, programs] = ["work", "home", "bin"].map(|name| root.join(name));
        for it in [&folder, &home, &programs] {
            fs::create_dir(it).map_err(EngineError::file("make", it))?;
        }
        for (name, program) in built.programs() {
            let link = programs.join(name);
            symlink(program, &link).map_err(EngineError::file("write", &link))?;
        }
        if let Some(inner) = &console.folder
            && copy(examining, inner, &folder)? == 0
        {
            return Ok(None);
        }
        let environment = environment(examining, &home, &programs);
        Ok(Some(Self { examining, built, console, environment, folder, _scratch: scratch }))
    }

    /// Runs its commands in their order, and gives what they came to.
    fn run(&self, document: &Document, heard: &mut Heard<'_>) -> Result<Vec<Answer>, EngineError> {
        let mut answers = Vec::new();
        let mut missing: Option<&ConsoleCommand> = None;
        for command in &self.console.commands {
            let came = match missing {
                // What it would come to depends on what was not done.
                Some(before) => Came::Not(format!("line {} before it was not run", before.line)),
                None => self.one(command)?,
            };
            let end = match came {
                Came::To(end, answer) => {
                    answers.extend(answer);
                    end
                }
                Came::Not(why) => {
                    missing = missing.or(Some(command));
                    ExampleEnd::NotRun(why)
                }
            };
            heard.example(example(document, &command.text, command.line, end));
        }
        Ok(answers)
    }

    fn one(&self, command: &ConsoleCommand) -> Result<Came, EngineError> {
        if command.wanted.status == Status::Skipped {
            return Ok(Came::Not("it says `? skipped`".to_owned()));
        }
        let invocation = match Invocation::of(&command.text) {
            Ok(invocation) => invocation,
            Err(why) => return Ok(Came::Not(why.to_string())),
        };
        let name = program(&invocation);
        let path = match self.built.program(&name) {
            None => {
                let named =
                    if invocation.program == "cargo" { name.replacen('-', " ", 1) } else { name };
                return Ok(Came::Not(format!("`{named}` is no program of the workspace")));
            }
            Some(Program::Off(features)) => {
                let why = format!("`{name}` needs features that are off: {}", features.join(", "));
                return Ok(Came::Not(why));
            }
            Some(Program::Broken(said)) => {
                let why = format!("its program {name} does not compile");
                return Ok(Came::To(ExampleEnd::failed(&why, None, &said), None));
            }
            Some(Program::At(path)) => path,
        };
        let words: Vec<_> = [path.to_owned()].into_iter().chain(invocation.arguments).collect();
        let mut environment = self.environment.clone();
        for (name, value) in invocation.variables {
            environment.retain(|(it, _)| *it != *name);
            environment.push((name.into(), value.into()));
        }
        let (status, observed) =
            self.examining.example(&words, (&self.folder, &environment), Streams::Together)?;
        let output = Output::of(&observed.stdout, &self.folder);
        let status = match status {
            Ok(status) if observed.is_cut => {
                let why =
                    format!("it ended with status {status}, and printed more than is compared");
                return Ok(Came::To(ExampleEnd::failed(&why, None, &output.towards("")), None));
            }
            Ok(status) => status,
            Err(why) => {
                return Ok(Came::To(ExampleEnd::failed(&why, None, &output.towards("")), None));
            }
        };
        let end = end(&command.wanted, status, &output);
        Ok(Came::To(end, Some(Answer { line: command.line, status, output })))
    }
}

/// The name of the program that is meant: of `cargo x` it is `cargo-x`.
fn program(invocation: &Invocation) -> String {
    match (invocation.program.as_str(), invocation.arguments.first()) {
        ("cargo", Some(subcommand)) => format!("cargo-{subcommand}"),
        (program, _) => program.to_owned(),
    }
}

/// What a command came to that ended with a status.
fn end(wanted: &Wanted, status: i32, output: &Output) -> ExampleEnd {
    if !wanted.status.is(status) {
        let why = format!("it ended with status {status}, and not {}", wanted.status);
        return ExampleEnd::failed(&why, Some(&wanted.output), &output.towards(&wanted.output));
    }
    if output.is(&wanted.output) {
        return ExampleEnd::Passed;
    }
    ExampleEnd::failed(
        "it prints something else",
        Some(&wanted.output),
        &output.towards(&wanted.output),
    )
}

/// The environment of commands: the same wherever they run, but for where programs are.
fn environment(
    examining: &Examining<'_>,
    home: &Path,
    programs: &Path,
) -> Vec<(OsString, OsString)> {
    let workspace = examining.workspace;
    let mut all: Vec<(OsString, OsString)> = KEPT
        .iter()
        .filter_map(|name| Some(((*name).into(), workspace.variable(name)?.to_owned())))
        .filter(|(name, _)| name != "PATH")
        .collect();
    let path = workspace.variable("PATH").unwrap_or_default();
    let path = [programs.to_owned()].into_iter().chain(std::env::split_paths(path));
    // A path with a colon in it cannot be named there, and then there is none.
    all.push(("PATH".into(), std::env::join_paths(path).unwrap_or_default()));
    // Another home would hide from cargo and rustup what they have.
    let old = workspace.variable("HOME").map(Path::new);
    for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        let own = workspace.variable(name).map(OsStr::to_owned);
        let value = own.or_else(|| old.map(|it| it.join(folder).into_os_string()));
        all.extend(value.map(|value| (name.into(), value)));
    }
    let fixed = [
        ("COLUMNS", COLUMNS),
        ("LC_ALL", "C.UTF-8"),
        ("NO_COLOR", "1"),
        ("TERM", "dumb"),
        ("LLVM_PROFILE_FILE", "/dev/null"),
    ];
    all.extend(fixed.map(|(name, value)| (name.into(), value.into())));
    all.push(("HOME".into(), home.into()));
    all
}

/// Copies the sources in a folder of the workspace.
fn copy(examining: &Examining<'_>, inner: &str, to: &Path) -> Result<usize, EngineError> {
    let mut count = 0;
    let workspace = examining.workspace;
    for file in listed(workspace)? {
        let Ok(rest) = file.strip_prefix(inner) else { continue };
        let (from, to) = (workspace.root.join(&file), to.join(rest));
        // A link may lead anywhere, and git may know of what is gone.
        if !fs::symlink_metadata(&from).is_ok_and(|it| it.is_file()) {
            continue;
        }
        let parent = to.parent().unwrap_or(&to);
        fs::create_dir_all(parent).map_err(EngineError::file("make", parent))?;
        fs::copy(&from, &to).map_err(EngineError::file("copy", &from))?;
        count += 1;
    }
    Ok(count)
}
