//! Readers for what build and test tools print: `JUnit`, coverage, diagnostics, formatting, doctests.
//!
//! A reader takes the bytes of one evidence file and gives typed values, or says what is wrong and
//! where. It never panics, reads no more than its format's [`Format::limit`], and puts no value in
//! the place of one that is missing: evidence that is not understood is an [`EvidenceError`], so
//! that nobody takes it for a good answer.
//!
//! Texts that come from tests and compilers are kept as they are, bounded in length. Whoever prints
//! them to a terminal passes them through [`printable`] or [`printable_line`].

mod advisory_database;
mod book_links;
mod bounds;
mod cargo_deny;
mod cargo_graph;
mod cargo_hack;
mod cargo_messages;
mod cargo_metadata;
mod cargo_mutants;
mod cargo_timings;
mod changelogs;
mod compiler_runs;
mod compiler_text;
mod coverage;
mod criterion;
mod cyclonedx;
mod deadnix_json;
mod diffs;
mod doc_coverage;
mod error;
mod examples;
mod file_list;
mod file_sizes;
mod formatter;
mod framed;
mod gungraun;
mod item_path;
mod junit;
mod lcov;
mod libtest_text;
mod line_counts;
mod line_coverage;
mod lines;
mod llvm_cov;
mod machete_text;
mod miri_text;
mod nixfmt_runs;
mod package_id;
mod package_runs;
mod panic_text;
mod printable;
mod releases;
mod rustfmt_diff;
mod sanitizer_text;
mod semver_text;
mod sources;
mod taplo_text;
mod text;
mod times;
mod typos_json;
mod zizmor_json;

pub use advisory_database::{AdvisoryDatabase, read_advisory_database};
pub use book_links::{BookLink, read_book_links};
pub use bounds::{DETAIL, MESSAGE, NAME, bounded, bounded_tail};
pub use cargo_deny::{Advisory, DeniedCrate, DenyFinding, DenyReport, read_cargo_deny};
pub use cargo_graph::{CargoGraph, GraphPackage, Licence, read_cargo_graph};
pub use cargo_hack::{FeatureRun, read_cargo_builds, read_cargo_hack};
pub use cargo_messages::{
    BuildMessages, BuiltPackage, Diagnostic, Level, Program, read_cargo_messages,
};
pub use cargo_metadata::{LocalDependency, MetadataPackage, read_cargo_metadata};
pub use cargo_mutants::{Mutant, MutantEnd, MutantsReport, read_cargo_mutants};
pub use cargo_timings::{CompiledUnit, read_cargo_timings};
pub use changelogs::{Changelog, read_changelogs};
pub use compiler_runs::{CompilerRun, read_compiler_runs};
pub use compiler_text::{
    CompilerText, DocumentedPackage, TextDiagnostic, read_compiler_text, tells_of_machine,
};
pub use coverage::{Coverage, FileCoverage, Lines};
pub use criterion::{CriterionFiles, CriterionMeasurement, Throughput, read_criterion};
pub use cyclonedx::{Bom, Component, PackageBom, read_cyclonedx};
pub use deadnix_json::{NixFinding, read_deadnix};
pub use diffs::read_diffs;
pub use doc_coverage::{DocCounts, DocCoverage, read_doc_coverage};
pub use error::{EvidenceError, Format};
pub use examples::{Example, ExampleEnd, ExampleKind, Examples, read_examples};
pub use file_list::read_file_list;
pub use file_sizes::{FileSize, read_file_sizes};
pub use formatter::{FormatterError, FormatterReport};
pub use gungraun::{Benchmark, Count, read_gungraun, read_gungraun_summary};
pub use item_path::ItemPath;
pub use junit::{Outcome, Test, TestRun, Totals, Try, read_junit};
pub use lcov::read_lcov;
pub use libtest_text::{DocPlace, LibtestOutcome, LibtestRun, LibtestTest, read_libtest_text};
pub use line_counts::{FileCounts, LineCounts};
pub use llvm_cov::{read_llvm_cov, read_llvm_cov_counts};
pub use machete_text::{UnusedDependencies, read_machete_text};
pub use miri_text::find_miri_report;
pub use nixfmt_runs::read_nixfmt_runs;
pub use package_runs::{PackageError, PackageRun, read_package_runs};
pub use panic_text::{Panic, find_panic};
pub use printable::{printable, printable_line, strip_ansi};
pub use releases::{Release, releases};
pub use rustfmt_diff::{UnformattedFile, read_rustfmt_diff};
pub use sanitizer_text::{ReportKind, SanitizerReport, find_sanitizer_report};
pub use semver_text::{
    BrokenItem, BrokenRule, Bump, Comparison, SemverLibrary, SemverReport, read_semver_text,
};
pub use sources::{SourceFile, read_sources};
pub use taplo_text::read_taplo_text;
pub use text::read_text;
pub use times::{TimedBenchmark, TimedRound, TimedRounds, Times, read_times};
pub use typos_json::{Misspelling, read_typos};
pub use zizmor_json::{WorkflowFinding, read_zizmor};
