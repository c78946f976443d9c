use std::{
    ffi::{OsStr, OsString},
    path::Path,
    time::{Duration, Instant},
};

use super::Examining;
use crate::{
    EngineError,
    process::{Limits, Observed, Outcome, Streams, Watched, mark, observe},
};

/// How long a compiler may take: whoever started this ends it before.
const DAY: Duration = Duration::from_hours(24);

/// The stage whose processes these are. What a stage's own processes are marked with is the beginning of it, so that these end
/// with the stage, and the stage does not end with one of these.
const STAGE: &str = "examples";
const OWN: &str = "own#";

/// Why a program did not come to an end of its own.
pub(super) type Stopped = String;

impl Examining<'_> {
    /// Runs a tool to its end, and gives its status.
    pub(super) fn tool(
        &self,
        command: &[String],
        folder: &Path,
        environment: &[(OsString, OsString)],
    ) -> Result<(i32, Observed), EngineError> {
        let observed = self.observe(command, (folder, environment), Streams::Apart, DAY)?;
        let refused = |reason: String| {
            let program = command.first().cloned().unwrap_or_default();
            Err(EngineError::Program { program, reason })
        };
        match observed.outcome {
            Outcome::Exited(status) => Ok((status, observed)),
            Outcome::Signalled(signal) => refused(format!("signal {signal} ended it")),
            Outcome::TimedOut => refused("it did not come to an end".to_owned()),
            Outcome::Cancelled => Err(EngineError::Interrupted),
        }
    }

    /// Runs an example, and gives its status or why it has none.
    pub(super) fn example(
        &self,
        command: &[String],
        place: (&Path, &[(OsString, OsString)]),
        streams: Streams,
    ) -> Result<(Result<i32, Stopped>, Observed), EngineError> {
        let observed = self.observe(command, place, streams, self.patience)?;
        let status = match observed.outcome {
            Outcome::Exited(status) => Ok(status),
            Outcome::Signalled(signal) => Err(format!("signal {signal} ended it")),
            Outcome::TimedOut => {
                Err(format!("it was not done after {} seconds", self.patience.as_secs()))
            }
            Outcome::Cancelled => return Err(EngineError::Interrupted),
        };
        Ok((status, observed))
    }

    fn observe(
        &self,
        command: &[String],
        (folder, environment): (&Path, &[(OsString, OsString)]),
        streams: Streams,
        patience: Duration,
    ) -> Result<Observed, EngineError> {
        let mut mark = mark(&self.workspace.blocks(), STAGE);
        mark.push(OWN);
        let watched = Watched { command, folder, environment, mark: &mark, streams };
        let limits =
            Limits { deadline: Instant::now() + patience, cancel: self.cancel, tick: &|| {} };
        let refused = |error: std::io::Error| EngineError::Program {
            program: command.first().cloned().unwrap_or_default(),
            reason: error.to_string(),
        };
        observe(&watched, limits).map_err(refused)
    }

    /// The workspace's environment with some variables of their own.
    pub(super) fn environment(&self, own: &[(&str, &OsStr)]) -> Vec<(OsString, OsString)> {
        let mut all = self.workspace.environment.clone();
        all.retain(|(name, _)| own.iter().all(|(own, _)| name != own));
        all.extend(own.iter().map(|(name, value)| ((*name).into(), (*value).to_owned())));
        all
    }
}

/// Words as a command has them.
pub(super) fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
