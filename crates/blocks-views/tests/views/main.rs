//! The views, seen from outside.

mod badge;
mod badges;
mod catalogue;
mod causes;
mod cost;
mod fixture;
mod history;
mod junit;
mod lcov;
mod markdown;
mod performance;
mod status;
mod table;
