//! The verdicts of Blocks: pass, fail, no verdict or not applicable, computed from records.
//!
//! [`judge`] reads a record and the configuration, and nothing else: no clock, no network, no
//! tool. The same record always gives the same verdict.
//!
//! A verdict is `pass` only where everything agrees: the record is of the stage, of the unit and of
//! the sources that are asked for; its evidence is there, unchanged and understood; and it says
//! the same as the exit status. Anything else is [`Outcome::NoVerdict`], which is never green.

mod case;
mod cause;
mod code;
mod coverage;
mod diagnostics;
mod doctests;
mod finding;
mod formatting;
mod gate;
mod log;
mod repeat;
mod tests;
mod verdict;
mod words;

pub use cause::Cause;
pub use code::Code;
pub use gate::{gate_names, judge};
pub use verdict::{Measure, Outcome, Verdict, overall};

/// The most causes that a verdict lists; [`Verdict::more_causes`] counts the others.
pub const MOST_CAUSES: usize = 50;
