//! Causes that say the same, as one.

use std::collections::HashMap;

use blocks_gates::{Cause, Code, Outcome, Verdict};
use serde::{Deserialize, Serialize};

use crate::words::signature;
use crate::{Fault, Signature};

/// Whose fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The code's: a stage says no.
    Code,
    /// Not the code's: something was killed, ran out of memory, disk or time, is missing, or is not understood. Nothing is
    /// known of the code.
    Machine,
}

/// One reason why stages do not pass.
///
/// Its texts come from tools and tests, and are kept as they are: whoever shows them makes them harmless.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Failure {
    /// By what it is known again.
    pub signature: Signature,
    /// Whose fault it is.
    pub kind: Kind,
    /// What of the machine is at fault; none of the code's, and where that is not known.
    #[serde(default)]
    pub fault: Option<Fault>,
    /// What it is.
    pub code: Code,
    /// The stages that do not pass for it, in the order of the verdicts.
    pub stages: Vec<String>,
    /// The members whose records have it, in the order of their names; none where it is the workspace's.
    pub units: Vec<String>,
    /// What it says, in a line; of several places, at the first.
    pub message: String,
    /// The source file of the first place, relative to the workspace where it is inside.
    pub file: Option<String>,
    /// The line in that file, counted from 1.
    pub line: Option<u32>,
    /// More of what the tool said, bounded.
    pub detail: Option<String>,
    /// The command that asks again.
    pub repeat: Option<String>,
    /// What to do about it, beyond what the message says.
    pub hint: Option<String>,
    /// How many causes it stands for: places that say the same.
    pub count: usize,
}

/// What failed, once for each cause: in the order of the verdicts and their causes. What more causes a verdict has than it
/// lists (`more_causes`) is not here.
pub fn failures(verdicts: &[Verdict]) -> Vec<Failure> {
    let mut all: Vec<Failure> = Vec::new();
    let mut known: HashMap<Signature, usize> = HashMap::new();
    for verdict in verdicts {
        if !matches!(verdict.outcome, Outcome::Fail | Outcome::NoVerdict) {
            continue;
        }
        for cause in &verdict.causes {
            let fault = Fault::of(cause);
            let signature = signature(&verdict.stage, cause, fault);
            let at = *known.entry(signature.clone()).or_insert(all.len());
            match all.get_mut(at) {
                Some(failure) => failure.add(verdict, cause),
                None => all.push(Failure::of(signature, fault, verdict, cause)),
            }
        }
    }
    all
}

/// By what a cause of a stage is known again: the signature of the failure that it is, or is one of.
pub fn signature_of(stage: &str, cause: &Cause) -> Signature {
    signature(stage, cause, Fault::of(cause))
}

impl Failure {
    fn of(signature: Signature, fault: Option<Fault>, verdict: &Verdict, cause: &Cause) -> Self {
        let is_machine = fault.is_some() || cause.code.leaves_no_verdict();
        let Cause { code, message, file, line, detail, repeat, unit, hint } = cause.clone();
        Self {
            signature,
            kind: if is_machine { Kind::Machine } else { Kind::Code },
            fault,
            code,
            stages: vec![verdict.stage.clone()],
            units: unit.into_iter().collect(),
            message,
            file,
            line,
            detail,
            repeat: repeat.or_else(|| verdict.repeat.clone()),
            hint,
            count: 1,
        }
    }

    fn add(&mut self, verdict: &Verdict, cause: &Cause) {
        // The same place in another stage is no other place.
        let is_new_stage = !self.stages.contains(&verdict.stage);
        if is_new_stage {
            self.stages.push(verdict.stage.clone());
        } else {
            self.count += 1;
        }
        if let Some(unit) = &cause.unit
            && let Err(at) = self.units.binary_search(unit)
        {
            self.units.insert(at, unit.clone());
        }
    }
}
