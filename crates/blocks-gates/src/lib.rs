//! The verdicts of Blocks: pass, fail, no verdict or not applicable, computed from records.
//!
//! [`judge`] reads records and the configuration, and nothing else: no clock, no network, no
//! tool. What has a date is judged on the day that is [`Given`]. The same records always give the
//! same verdict on the same day.
//!
//! A verdict is `pass` only where everything agrees: each record that is [`Expected`] is there, and is
//! of the stage, of the unit and of the sources that are asked for; its evidence is there, unchanged and
//! understood; and it says the same as the exit status. Anything else is [`Outcome::NoVerdict`], which
//! is never green.
//!
//! Benchmarks that were measured outside of records are [`Compared`] by the same rules: see [`of_criterion`] and
//! [`of_gungraun`].

mod advisories;
mod baseline;
mod bench_results;
mod book;
mod case;
mod cause;
mod causes;
mod changed_lines;
mod closures;
mod code;
mod command;
mod compared_benchmarks;
mod coverage;
mod deny;
mod dependencies;
mod diagnostics;
mod doc_coverage;
mod doctests;
mod examples;
mod expected;
mod features;
mod finding;
mod flaky;
mod folders;
mod formatted_files;
mod formatting;
mod gate;
mod growth;
mod hint;
mod instructions;
mod limits;
mod log;
mod member_coverage;
mod members;
mod memory;
mod migrations;
mod models;
mod msrv;
mod mutants;
mod not_run;
mod packages;
mod patch_coverage;
mod performance;
mod readme;
mod recorded_boms;
mod recorded_cost;
mod recorded_documentation;
mod recorded_evidence;
mod recorded_lines;
mod recorded_numbers;
mod recorded_packages;
mod recorded_pages;
mod recorded_patch;
mod recorded_tests;
mod recorded_wishes;
mod refusal;
mod repeat;
mod sbom;
mod semver;
mod sizes;
mod spelling;
mod tests;
mod text;
mod times;
mod unit;
mod unsafe_code;
mod unused_dependencies;
mod unused_names;
mod verdict;
mod version_change;
mod words;
mod workflows;

pub use baseline::{Baseline, BaselineError};
pub use bench_results::{Left, of_criterion, of_gungraun};
pub use cause::Cause;
pub use closures::Closures;
pub use code::Code;
pub use compared_benchmarks::compared_benchmarks;
pub use expected::{Expected, ExpectedError};
pub use gate::{gate_names, judge, judge_unit, judges_together};
pub use performance::{Compared, Standing, Subject, Unit, expected, outcome_of};
pub use recorded_boms::{RecordedBoms, recorded_boms};
pub use recorded_cost::{StageCost, recorded_cost};
pub use recorded_documentation::recorded_documentation;
pub use recorded_evidence::{UnitEvidence, recorded_evidence};
pub use recorded_lines::{RecordedLines, recorded_lines};
pub use recorded_numbers::{Counted, Number, RecordedNumbers, UnitNumbers, recorded_numbers};
pub use recorded_packages::recorded_packages;
pub use recorded_pages::{RecordedPage, recorded_pages};
pub use recorded_patch::recorded_patch;
pub use recorded_tests::{StageTests, UnitTests, recorded_tests};
pub use recorded_wishes::{
    AskedUpdate, AskedVersion, RecordedInterface, asked_updates, asked_versions,
    recorded_interfaces,
};
pub use times::of_times;
pub use unit::Given;
pub use verdict::{Measure, Outcome, UnitVerdict, Verdict, overall};
pub use version_change::VersionChange;

/// The most causes that a verdict lists; [`Verdict::more_causes`] counts the others. A view may list fewer.
pub const MOST_CAUSES: usize = 5_000;
