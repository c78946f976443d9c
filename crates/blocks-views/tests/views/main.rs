//! The views, seen from outside.

mod badge;
mod badges;
mod big_run;
mod bisected;
mod catalogue;
mod causes;
mod closing;
mod cost;
mod export;
mod failure;
mod fixture;
mod history;
mod hostile_run;
mod junit;
mod lcov;
mod markdown;
mod performance;
mod report;
mod show;
mod site;
mod site_run;
mod status;
mod status_page;
mod table;
