use blocks_gates::{Outcome, Verdict};

/// An outcome in words, without a capital: `no verdict`.
pub fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::NoVerdict => "no verdict",
        Outcome::NotApplicable => "not applicable",
    }
}

/// A sign for an outcome. No two are the same without colour.
pub(crate) fn sign(outcome: Outcome) -> char {
    match outcome {
        Outcome::Pass => '\u{2713}',
        Outcome::Fail => '\u{2717}',
        Outcome::NoVerdict => '?',
        Outcome::NotApplicable => '-',
    }
}

/// Whether someone has to act on it.
pub(crate) fn is_open(verdict: &Verdict) -> bool {
    matches!(verdict.outcome, Outcome::Fail | Outcome::NoVerdict)
}

/// A verdict's stage; with its unit where that is not the whole workspace.
pub(crate) fn name(verdict: &Verdict) -> String {
    match verdict.unit.as_str() {
        "workspace" => verdict.stage.clone(),
        unit => format!("{}/{unit}", verdict.stage),
    }
}

/// Seconds to a tenth; nothing that is not a length of time.
pub(crate) fn seconds(verdict: &Verdict) -> String {
    if verdict.seconds.is_finite() && verdict.seconds >= 0.0 {
        format!("{:.1}", verdict.seconds)
    } else {
        "-".to_owned()
    }
}
