//! Verdicts from records as the engines leave them, whole and damaged.

#![expect(clippy::unwrap_used, reason = "the helpers of a test stop it like the test itself does")]

mod answers;
mod codes;
mod damage;
mod evidence;
mod fixture;
mod hostile;
mod identity;
