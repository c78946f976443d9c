//! What somebody else has to know of a run.

use blocks_gates::{Code, Outcome, Verdict};
use serde::Deserialize;
use serde::de::IgnoredAny;
use thiserror::Error;

use crate::Failure;

/// The largest `report.json` that is read, in bytes.
pub const LIMIT: usize = 256 << 20;

/// The version of the form of `report.json` that is understood.
const SCHEMA: u32 = 1;

/// A run, as `report.json` tells of it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Run {
    /// What the workspace is called.
    pub name: String,
    /// The commit that the records are of, where that is known.
    pub revision: Option<String>,
    /// What all comes to.
    pub outcome: Outcome,
    /// What each stage comes to.
    #[serde(rename = "verdicts")]
    pub stages: Vec<StageOutcome>,
    /// What failed, once for each cause.
    pub failures: Vec<Failure>,
}

/// What a stage comes to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StageOutcome {
    /// The stage.
    pub stage: String,
    /// The answer.
    pub outcome: Outcome,
    /// The answer in a line.
    pub summary: String,
    /// The codes of its causes.
    #[serde(default)]
    causes: Vec<CauseCode>,
    /// How many causes it does not list.
    #[serde(default)]
    pub more_causes: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct CauseCode {
    code: Code,
}

/// Why a text is no report that is understood.
#[derive(Debug, Error)]
pub enum RunError {
    /// It is larger than [`LIMIT`].
    #[error("the report has more than {} MiB", LIMIT >> 20)]
    TooLarge,
    /// It is of another version.
    #[error("the report is of version {found}, and this program understands version {SCHEMA}")]
    Version {
        /// The version that it says.
        found: u32,
    },
    /// It is of this version, and of a program that did not list failures yet.
    #[error(
        "the report lists no failures: an older cargo blocks wrote it, so write it again with this one"
    )]
    Older,
    /// It is not of the form of a report.
    #[error("this is no report.json of cargo blocks: {0}")]
    Malformed(#[from] serde_json::Error),
}

impl Run {
    /// Reads `report.json`.
    pub fn parse(text: &[u8]) -> Result<Self, RunError> {
        #[derive(Deserialize)]
        struct Version {
            schema: u32,
            failures: Option<IgnoredAny>,
        }
        if text.len() > LIMIT {
            return Err(RunError::TooLarge);
        }
        let Version { schema, failures } = serde_json::from_slice(text)?;
        if schema != SCHEMA {
            return Err(RunError::Version { found: schema });
        }
        if failures.is_none() {
            return Err(RunError::Older);
        }
        Ok(serde_json::from_slice(text)?)
    }

    /// Whether a failure of these stages, that is not among those of this run, is over: each of the stages was asked and has
    /// told all that it has to tell.
    pub fn would_tell_of(&self, stages: &[String]) -> bool {
        let tells = |id: &String| self.stages.iter().any(|it| it.stage == *id && it.tells_all());
        !stages.is_empty() && stages.iter().all(tells)
    }
}

impl StageOutcome {
    fn tells_all(&self) -> bool {
        is_told(self.outcome, self.more_causes, self.causes.iter().map(|it| it.code))
    }
}

/// Whether a failure that is not among a verdict's causes is not there: nothing kept the stage from finding all that there is.
pub fn tells_all(verdict: &Verdict) -> bool {
    is_told(verdict.outcome, verdict.more_causes, verdict.causes.iter().map(|it| it.code))
}

/// What does not compile is not tested, either.
fn is_told(outcome: Outcome, left_out: usize, mut codes: impl Iterator<Item = Code>) -> bool {
    match outcome {
        Outcome::Pass | Outcome::NotApplicable => true,
        Outcome::NoVerdict => false,
        Outcome::Fail => {
            let hides = |code: Code| code == Code::CompileError || code.leaves_no_verdict();
            left_out == 0 && !codes.any(hides)
        }
    }
}
