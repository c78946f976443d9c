//! What a gate answers.

use crate::Cause;
use serde::{Deserialize, Serialize};

/// The answer about one stage of one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Everything that was asked for holds.
    Pass,
    /// Something does not.
    Fail,
    /// It is not known: evidence is absent, not understood or of something else. Never green.
    NoVerdict,
    /// There is nothing to ask.
    NotApplicable,
}

/// A number that a stage measured.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Measure {
    /// Tests, each counted in `passed`, `failed` or `skipped`.
    Tests {
        /// Tests that passed, flaky ones too.
        passed: u64,
        /// Tests that did not.
        failed: u64,
        /// Tests of which one try passed and another did not; they are also counted above.
        flaky: u64,
        /// Tests that were not run.
        skipped: u64,
    },
    /// Findings of a tool.
    Findings {
        /// How many; a verdict may list fewer.
        count: u64,
    },
    /// Lines that tests ran.
    Coverage {
        /// Lines that a test ran.
        covered: u64,
        /// Lines that hold code.
        count: u64,
        /// The percentage that is wanted; for showing, verdicts compare exactly.
        threshold: f64,
    },
}

/// The verdict about one stage of one unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The stage that was asked for.
    pub stage: String,
    /// What it ran over.
    pub unit: String,
    /// The answer.
    pub outcome: Outcome,
    /// The answer in a few words: "412 passed", "97.3 % of lines (95 % wanted)".
    pub summary: String,
    /// Why it is not a pass, by file and line; at most [`crate::MOST_CAUSES`].
    pub causes: Vec<Cause>,
    /// How many causes are left out.
    pub more_causes: usize,
    /// What was measured.
    pub measure: Option<Measure>,
    /// The command that asks the same of a working tree; of a failure only.
    pub repeat: Option<String>,
    /// The wall time of what was run for it, in seconds. A stage that judges another's record
    /// took none.
    pub seconds: f64,
}

/// The answer to several verdicts together: a failure outweighs what is not known, and that
/// outweighs a pass. No verdicts at all are no verdict, because where nothing was asked, nothing is
/// known to be good.
pub fn overall(verdicts: &[Verdict]) -> Outcome {
    let any = |outcome| verdicts.iter().any(|verdict| verdict.outcome == outcome);
    if any(Outcome::Fail) {
        Outcome::Fail
    } else if verdicts.is_empty() || any(Outcome::NoVerdict) {
        Outcome::NoVerdict
    } else {
        Outcome::Pass
    }
}
