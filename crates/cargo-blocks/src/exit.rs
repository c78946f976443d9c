//! The exit statuses of `cargo blocks`. They are part of its interface.

use blocks_config::ConfigError;
use blocks_engine::EngineError;
use blocks_gates::Outcome;

/// Every stage that was asked passes, or does not apply.
pub(crate) const PASS: u8 = 0;
/// A gate failed.
pub(crate) const FAIL: u8 = 1;
/// The command line or a configuration file is wrong.
pub(crate) const USAGE: u8 = 2;
/// No gate failed, but at least one had no evidence to judge.
pub(crate) const NO_VERDICT: u8 = 3;
/// A fault of this program, or of the machine that it runs on.
pub(crate) const INTERNAL: u8 = 4;
/// The user ended it: 128 + SIGINT, as shells have it.
pub(crate) const INTERRUPTED: u8 = 130;

/// A mistake of the user: the message is the whole story.
#[derive(Debug)]
pub(crate) struct Usage(pub(crate) String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// The status of a verdict over all stages.
pub(crate) fn of_outcome(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Pass | Outcome::NotApplicable => PASS,
        Outcome::Fail => FAIL,
        Outcome::NoVerdict => NO_VERDICT,
    }
}

/// The status of a run that could not go on.
pub(crate) fn of_error(error: &anyhow::Error) -> u8 {
    if error.is::<Usage>() || error.is::<ConfigError>() {
        return USAGE;
    }
    match error.downcast_ref() {
        Some(EngineError::Interrupted) => INTERRUPTED,
        Some(
            EngineError::Workspace { .. }
            | EngineError::Changes { .. }
            | EngineError::Document(..)
            | EngineError::Documentation { .. }
            | EngineError::Results { .. }
            | EngineError::Example(_)
            | EngineError::Nix(_),
        ) => USAGE,
        _ => INTERNAL,
    }
}
