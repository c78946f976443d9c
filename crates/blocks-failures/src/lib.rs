//! What failed, once for each cause.
//!
//! A verdict lists causes as its tool found them: a crate that does not compile is one in every stage, and a lint is one
//! for each place. People want to hear of each of these once, and to know it again the next day. So causes that say the
//! same are one [`Failure`], and its [`Signature`] leaves out what changes from run to run: paths, numbers, addresses
//! (`words.rs` has the rule). Where nothing is known of the code, [`Fault`] says what of the machine is at fault.
//!
//! [`Run`] is what somebody else has to know of a run to tell of it: `blocks-notify` reads it from `report.json`.

mod failure;
mod fault;
mod normal;
mod run;
mod search;
mod signature;
mod words;

pub use failure::{Failure, Kind, failures, signature_of};
pub use fault::Fault;
pub use run::{LIMIT, Run, RunError, StageOutcome, tells_all};
pub use search::{Answer, Next, Search};
pub use signature::Signature;
