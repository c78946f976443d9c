//! Child processes: in groups, with limits, without strays.

mod cancel;
mod child;
mod environment;
mod observe;
mod output;
mod stray;

pub use cancel::Cancel;
pub(crate) use child::{Limits, Outcome, Run, run};
pub use environment::child_environment;
pub(crate) use observe::{Observed, Streams, Watched, observe};
pub(crate) use output::Capture;
pub(crate) use stray::{MARKER, end_strays, mark, mark_of_all};
