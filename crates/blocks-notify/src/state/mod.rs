//! What is known of each branch from one run to the next.

mod branch;
mod change;
mod day;
mod file;
mod known;
mod outgoing;

pub use branch::Branch;
pub use change::{Change, Told, What};
pub use day::Day;
pub use file::{Fault, STATE_LIMIT, State, StateError};
pub use known::{Known, MOST};
pub use outgoing::{Outgoing, Via};
