//! Child processes: in groups, with limits, without strays.

mod cancel;
mod child;
mod environment;
mod output;
mod stray;

pub use cancel::Cancel;
pub(crate) use child::{Limits, Outcome, Run, run};
pub use environment::child_environment;
pub(crate) use output::Capture;
pub(crate) use stray::{MARKER, end_strays, mark, mark_of_all};
