//! What failed, seen from outside.

mod faults;
mod fixture;
mod run;
mod samples;
mod signatures;
