//! What `JUnit` XML says of other tries than the one that a test case is of.

use super::message;
use super::model::Said;
use crate::bounds::{DETAIL, MESSAGE, bounded, bounded_tail};
use crate::panic_text::find_panic;

/// A try of a test that did not pass.
#[derive(Debug, Clone, PartialEq)]
pub struct Try {
    /// Whether it could not be run to an end.
    pub is_error: bool,
    /// What nextest calls the failure: `test failure with exit code 101`.
    pub kind: String,
    /// What the failure says: the panic's message, else the tool's.
    pub message: String,
    /// The end of what it printed to standard output, then to standard error; where neither is kept, what nextest
    /// tells of it.
    pub output: String,
    /// How long it took, in seconds; absent when the file does not say.
    pub seconds: Option<f64>,
}

impl Try {
    pub(super) fn of(run: &Said<'_>) -> Self {
        let text = run.text.as_deref();
        let output = output_of(run.out.as_deref(), run.err.as_deref());
        let told = || bounded(text.unwrap_or_default().trim(), DETAIL);
        Self {
            is_error: run.is_error,
            kind: bounded(run.kind.as_deref().unwrap_or_default(), MESSAGE),
            message: message(text.and_then(find_panic).as_ref(), run.message.as_deref().or(text)),
            output: if output.is_empty() { told() } else { output },
            seconds: run.seconds,
        }
    }
}

/// The ends of what was printed to standard output and to standard error.
pub(super) fn output_of(out: Option<&str>, err: Option<&str>) -> String {
    let parts: Vec<String> = [out, err]
        .into_iter()
        .flatten()
        .map(|text| bounded_tail(text.trim(), DETAIL / 2))
        .filter(|text| !text.is_empty())
        .collect();
    parts.join("\n")
}
