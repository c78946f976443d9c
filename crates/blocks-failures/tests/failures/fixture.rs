//! Verdicts to find failures in.

use blocks_failures::{Failure, failures};
use blocks_gates::{Cause, Code, Outcome, Verdict};

pub fn cause(code: Code, message: &str) -> Cause {
    Cause {
        code,
        message: message.to_owned(),
        file: None,
        line: None,
        detail: None,
        repeat: None,
        unit: None,
        hint: None,
    }
}

pub fn verdict(stage: &str, causes: Vec<Cause>) -> Verdict {
    let unknown = causes.iter().all(|it| it.code.leaves_no_verdict());
    Verdict {
        stage: stage.to_owned(),
        unit: "workspace".to_owned(),
        outcome: if unknown { Outcome::NoVerdict } else { Outcome::Fail },
        summary: "in short".to_owned(),
        causes,
        more_causes: 0,
        measure: None,
        repeat: None,
        seconds: 0.0,
        units: Vec::new(),
    }
}

/// The failure that one cause of a stage is.
pub fn failure(stage: &str, cause: Cause) -> Failure {
    let mut all = failures(&[verdict(stage, vec![cause])]);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// The signature of what a stage says.
pub fn signature(stage: &str, code: Code, message: &str) -> String {
    failure(stage, cause(code, message)).signature.to_string()
}
