//! The views, seen from outside.

mod badge;
mod badges;
mod catalogue;
mod causes;
mod fixture;
mod junit;
mod lcov;
mod markdown;
mod performance;
mod status;
mod table;
