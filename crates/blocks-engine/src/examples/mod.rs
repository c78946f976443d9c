//! Runs examples: programs, and what documents have of code and of commands.
//!
//! All is built by one command of cargo; what then runs has a time limit, and leaves no process. What an example comes to is
//! evidence, and judged by a gate.

mod built;
mod code;
mod commands;
mod documents;
mod members;
mod programs;
mod run;

use std::{collections::BTreeMap, time::Duration};

use blocks_evidence::{Example, Examples};
use blocks_examples::Answer;

use built::Built;
use documents::documents;
use members::{Member, members};

use crate::{Cancel, EngineError, Workspace};

/// Which examples are run, and how.
pub struct Examining<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// The programs that are compiled and not run, each as `member/name`.
    pub compile_only: &'a [String],
    /// Documents beside the READMEs and what lies in `docs/`, by their paths from the workspace's root.
    pub documents: &'a [String],
    /// How long one may take.
    pub patience: Duration,
    /// The places of those that are asked for; none for all.
    pub only: &'a [ExamplePlace],
    /// Whether the user asked to stop.
    pub cancel: &'a Cancel,
}

/// Where an example stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExamplePlace {
    /// Its file, from the workspace's root.
    pub file: String,
    /// Its line; none for all in the file.
    pub line: Option<usize>,
}

/// What examples came to.
#[derive(Debug)]
pub struct Examined {
    /// The evidence.
    pub examples: Examples,
    /// What the commands of each document came to, those that were not run left out.
    pub answers: BTreeMap<String, Vec<Answer>>,
}

impl Examining<'_> {
    /// Runs them. `told` gets each example as soon as it is known, and `said` what cargo says.
    pub fn run(
        &self,
        told: &mut dyn FnMut(&Example),
        said: &mut dyn FnMut(&str),
    ) -> Result<Examined, EngineError> {
        let members = members(self.workspace)?;
        self.check_names(&members)?;
        let documents = documents(self, &members)?;
        let mut heard = Heard { told, said, examples: Vec::new() };
        let built = Built::of(self, &members, &documents, &mut heard)?;
        programs::run(self, &members, &built, &mut heard)?;
        code::run(self, &members, &documents, &mut heard)?;
        let answers = commands::run(self, &documents, &built, &mut heard)?;
        let examples = Examples {
            schema: Examples::SCHEMA,
            documents: documents.len(),
            examples: heard.examples,
        };
        Ok(Examined { examples, answers })
    }

    /// That what is compiled only is there: else a name with a mistake in it would be nobody's.
    fn check_names(&self, members: &[Member]) -> Result<(), EngineError> {
        let is_there = |name: &str| members.iter().any(|it| it.has_example(name));
        let wrong = self.compile_only.iter().find(|name| !is_there(name));
        wrong.map_or(Ok(()), |name| Err(EngineError::Example(name.clone())))
    }

    /// Whether what stands at a place is asked for. A program is its whole file.
    fn is_asked(&self, file: &str, line: Option<usize>) -> bool {
        let is_it = |place: &ExamplePlace| {
            place.file == file && (place.line.is_none() || place.line == line)
        };
        self.only.is_empty() || self.only.iter().any(is_it)
    }
}

/// Keeps what is known, and passes it on.
struct Heard<'a> {
    told: &'a mut dyn FnMut(&Example),
    said: &'a mut dyn FnMut(&str),
    examples: Vec<Example>,
}

impl Heard<'_> {
    fn example(&mut self, example: Example) {
        (self.told)(&example);
        self.examples.push(example);
    }

    fn said(&mut self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        if !text.trim().is_empty() {
            (self.said)(text.trim_end());
        }
    }
}
