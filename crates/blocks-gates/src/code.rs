//! What a cause is, in one word that programs can compare.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a verdict is not a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// See [`Code::description`], as for all others.
    Unformatted,
    /// A file that its formatter cannot read.
    SyntaxError,
    /// A crate that does not compile.
    CompileError,
    /// A lint.
    Lint,
    /// A lint of rustdoc.
    DocWarning,
    /// A test.
    TestFailed,
    /// A test that failed and then passed.
    TestFlaky,
    /// An example in documentation.
    DoctestFailed,
    /// An example that is a program, or stands in a document.
    ExampleFailed,
    /// Lines that no test runs.
    CoverageBelowThreshold,
    /// A share of lines that is less than before.
    CoverageFell,
    /// Changed lines that no test runs.
    PatchCoverageBelowThreshold,
    /// Items without documentation.
    DocCoverageBelowThreshold,
    /// A share of documented items that is less than before.
    DocCoverageFell,
    /// More uses of unsafe code than before.
    UnsafeGrew,
    /// Memory that is used wrongly.
    MemoryError,
    /// Memory that is lost.
    MemoryLeak,
    /// Threads without an order between them.
    DataRace,
    /// A rule of the language that is broken.
    UndefinedBehavior,
    /// Threads that wait for each other.
    Deadlock,
    /// A model that an order of its threads breaks.
    ModelFailed,
    /// An error of a combination of features.
    FeatureError,
    /// A member that does not compile with the Rust that it promises.
    MsrvBroken,
    /// A change of code that no test notices.
    MutantMissed,
    /// A dependency that the workspace's rules refuse.
    DependencyDenied,
    /// A crate in more versions than before.
    DuplicateVersions,
    /// A known vulnerability of a dependency.
    AdvisoryVulnerability,
    /// A dependency that is known to be unsound.
    AdvisoryUnsound,
    /// A dependency that nobody maintains.
    AdvisoryUnmaintained,
    /// Something else that is known of a dependency.
    AdvisoryNotice,
    /// A dependency that no code names.
    UnusedDependency,
    /// A manifest that a registry would refuse.
    ManifestIncomplete,
    /// A package that cargo refuses, or that does not compile by itself.
    PackageRefused,
    /// A package in a bill of materials without a licence.
    SbomLicenceMissing,
    /// A program that is larger than before.
    SizeGrew,
    /// A program that is larger than before together with all that it names.
    ClosureGrew,
    /// A benchmark that takes more than before.
    InstructionsGrew,
    /// A benchmark that is above a limit of its own.
    BenchmarkLimit,
    /// A benchmark that takes longer than before.
    TimeGrew,
    /// A part of a page that holds something else than it should.
    RegionStale,
    /// A marker in a page that nobody understands.
    RegionMalformed,
    /// A part of a book that is not there.
    BookIncomplete,
    /// A link that leads nowhere.
    BrokenLink,
    /// A misspelled word.
    Misspelled,
    /// A name of a Nix file that nothing uses.
    UnusedName,
    /// Something in a workflow that others could misuse.
    WorkflowFinding,
    /// A change that breaks who uses a library.
    SemverBreak,
    /// A break that the changelog does not tell of.
    MigrationUndocumented,
    /// A command of a stage of the workspace's own.
    CommandFailed,
    /// No record.
    RecordAbsent,
    /// A record that cannot be read.
    RecordMalformed,
    /// A record of a newer program.
    RecordNewer,
    /// A record of other sources.
    OtherSources,
    /// A record of another stage or unit.
    OtherStage,
    /// A record without an answer.
    NoAnswer,
    /// No evidence file.
    EvidenceAbsent,
    /// An evidence file that was changed.
    EvidenceChanged,
    /// An evidence file that is not understood.
    EvidenceMalformed,
    /// Evidence that does not agree.
    EvidenceContradicts,
    /// Nothing to compare with, where there is a baseline.
    BaselineWithoutAnswer,
    /// A benchmark that was expected, and did not run.
    BenchmarkMissing,
    /// An advisory database that is too old.
    DatabaseOld,
    /// No day to judge an entry with a date on.
    DayUnknown,
    /// Times that differ by more than what is to be told.
    NoiseTooLarge,
    /// A benchmark that cannot be measured.
    BenchmarkBroken,
}

impl Code {
    /// All codes, in the order in which they are declared.
    pub const ALL: [Self; 65] = [
        Self::Unformatted,
        Self::SyntaxError,
        Self::CompileError,
        Self::Lint,
        Self::DocWarning,
        Self::TestFailed,
        Self::TestFlaky,
        Self::DoctestFailed,
        Self::ExampleFailed,
        Self::CoverageBelowThreshold,
        Self::CoverageFell,
        Self::PatchCoverageBelowThreshold,
        Self::DocCoverageBelowThreshold,
        Self::DocCoverageFell,
        Self::UnsafeGrew,
        Self::MemoryError,
        Self::MemoryLeak,
        Self::DataRace,
        Self::UndefinedBehavior,
        Self::Deadlock,
        Self::ModelFailed,
        Self::FeatureError,
        Self::MsrvBroken,
        Self::MutantMissed,
        Self::DependencyDenied,
        Self::DuplicateVersions,
        Self::AdvisoryVulnerability,
        Self::AdvisoryUnsound,
        Self::AdvisoryUnmaintained,
        Self::AdvisoryNotice,
        Self::UnusedDependency,
        Self::ManifestIncomplete,
        Self::PackageRefused,
        Self::SbomLicenceMissing,
        Self::SizeGrew,
        Self::ClosureGrew,
        Self::InstructionsGrew,
        Self::BenchmarkLimit,
        Self::TimeGrew,
        Self::RegionStale,
        Self::RegionMalformed,
        Self::BookIncomplete,
        Self::BrokenLink,
        Self::Misspelled,
        Self::UnusedName,
        Self::WorkflowFinding,
        Self::SemverBreak,
        Self::MigrationUndocumented,
        Self::CommandFailed,
        Self::RecordAbsent,
        Self::RecordMalformed,
        Self::RecordNewer,
        Self::OtherSources,
        Self::OtherStage,
        Self::NoAnswer,
        Self::EvidenceAbsent,
        Self::EvidenceChanged,
        Self::EvidenceMalformed,
        Self::EvidenceContradicts,
        Self::BaselineWithoutAnswer,
        Self::BenchmarkMissing,
        Self::DatabaseOld,
        Self::DayUnknown,
        Self::NoiseTooLarge,
        Self::BenchmarkBroken,
    ];

    /// The code as it is written in JSON and shown to people.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Unformatted => "unformatted",
            Self::SyntaxError => "syntax-error",
            Self::CompileError => "compile-error",
            Self::Lint => "lint",
            Self::DocWarning => "doc-warning",
            Self::TestFailed => "test-failed",
            Self::TestFlaky => "test-flaky",
            Self::DoctestFailed => "doctest-failed",
            Self::ExampleFailed => "example-failed",
            Self::CoverageBelowThreshold => "coverage-below-threshold",
            Self::CoverageFell => "coverage-fell",
            Self::PatchCoverageBelowThreshold => "patch-coverage-below-threshold",
            Self::DocCoverageBelowThreshold => "doc-coverage-below-threshold",
            Self::DocCoverageFell => "doc-coverage-fell",
            Self::UnsafeGrew => "unsafe-grew",
            Self::MemoryError => "memory-error",
            Self::MemoryLeak => "memory-leak",
            Self::DataRace => "data-race",
            Self::UndefinedBehavior => "undefined-behavior",
            Self::Deadlock => "deadlock",
            Self::ModelFailed => "model-failed",
            Self::FeatureError => "feature-error",
            Self::MsrvBroken => "msrv-broken",
            Self::MutantMissed => "mutant-missed",
            Self::DependencyDenied => "dependency-denied",
            Self::DuplicateVersions => "duplicate-versions",
            Self::AdvisoryVulnerability => "advisory-vulnerability",
            Self::AdvisoryUnsound => "advisory-unsound",
            Self::AdvisoryUnmaintained => "advisory-unmaintained",
            Self::AdvisoryNotice => "advisory-notice",
            Self::UnusedDependency => "unused-dependency",
            Self::ManifestIncomplete => "manifest-incomplete",
            Self::PackageRefused => "package-refused",
            Self::SbomLicenceMissing => "sbom-licence-missing",
            Self::SizeGrew => "size-grew",
            Self::ClosureGrew => "closure-grew",
            Self::InstructionsGrew => "instructions-grew",
            Self::BenchmarkLimit => "benchmark-limit",
            Self::TimeGrew => "time-grew",
            Self::RegionStale => "region-stale",
            Self::RegionMalformed => "region-malformed",
            Self::BookIncomplete => "book-incomplete",
            Self::BrokenLink => "broken-link",
            Self::Misspelled => "misspelled",
            Self::UnusedName => "unused-name",
            Self::WorkflowFinding => "workflow-finding",
            Self::SemverBreak => "semver-break",
            Self::MigrationUndocumented => "migration-undocumented",
            Self::CommandFailed => "command-failed",
            Self::RecordAbsent => "record-absent",
            Self::RecordMalformed => "record-malformed",
            Self::RecordNewer => "record-newer",
            Self::OtherSources => "other-sources",
            Self::OtherStage => "other-stage",
            Self::NoAnswer => "no-answer",
            Self::EvidenceAbsent => "evidence-absent",
            Self::EvidenceChanged => "evidence-changed",
            Self::EvidenceMalformed => "evidence-malformed",
            Self::EvidenceContradicts => "evidence-contradicts",
            Self::BaselineWithoutAnswer => "baseline-without-answer",
            Self::BenchmarkMissing => "benchmark-missing",
            Self::DatabaseOld => "database-old",
            Self::DayUnknown => "day-unknown",
            Self::NoiseTooLarge => "noise-too-large",
            Self::BenchmarkBroken => "benchmark-broken",
        }
    }

    /// Whether it says why there is no verdict, and nothing about the code that was asked about.
    pub const fn leaves_no_verdict(self) -> bool {
        matches!(
            self,
            Self::RecordAbsent
                | Self::RecordMalformed
                | Self::RecordNewer
                | Self::OtherSources
                | Self::OtherStage
                | Self::NoAnswer
                | Self::EvidenceAbsent
                | Self::EvidenceChanged
                | Self::EvidenceMalformed
                | Self::EvidenceContradicts
                | Self::BaselineWithoutAnswer
                | Self::BenchmarkMissing
                | Self::DatabaseOld
                | Self::DayUnknown
                | Self::NoiseTooLarge
                | Self::BenchmarkBroken
        )
    }

    /// What the code means, and what to do.
    #[expect(clippy::too_many_lines, reason = "it is a table, with an entry a code")]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Unformatted => {
                "The file is not as its formatter writes it: rustfmt, of TOML taplo, of Nix nixfmt. Format it."
            }
            Self::SyntaxError => {
                "The file cannot be read as what it is (Rust, TOML, Nix), so its tool says nothing else of it. Mend what it \
                 names."
            }
            Self::CompileError => {
                "A crate does not compile, so nothing that needs it was asked. Mend the first error: others often follow \
                 from it."
            }
            Self::Lint => {
                "A warning of the compiler or of clippy. Change the code, or expect the lint with a reason."
            }
            Self::DocWarning => {
                "A warning of rustdoc, for example a link that leads nowhere. Correct the text, or expect the lint with \
                 a reason."
            }
            Self::TestFailed => {
                "A test did not pass. `cargo blocks show` with its name has what it printed, and how to repeat it."
            }
            Self::TestFlaky => {
                "A test failed and then passed, so its answer is chance. Make it reliable, or let it \
                 be so until a day by test.quarantine."
            }
            Self::DoctestFailed => {
                "An example in the documentation does not compile or does not pass. Mend it, or say what it is \
                 (`no_run`, `ignore`, `compile_fail`)."
            }
            Self::ExampleFailed => {
                "An example does not compile or ends otherwise than it should, or a command in a document prints something \
                 else than stands there. Mend it, or write what it prints (`cargo blocks docs examples --accept`)."
            }
            Self::CoverageBelowThreshold => {
                "Tests run fewer lines than the configuration wants. Test the lines that are listed, or want less: \
                 test.coverage_threshold, test.file_coverage_threshold, members.<id>.coverage_threshold."
            }
            Self::CoverageFell => {
                "Tests run a smaller share of lines than at the baseline. Test what is new, or allow a drop \
                 by test.coverage_drop."
            }
            Self::PatchCoverageBelowThreshold => {
                "Tests run fewer of the lines that are new or changed since the baseline than \
                 test.patch_coverage_threshold wants. Test these."
            }
            Self::DocCoverageBelowThreshold => {
                "A member has fewer of its items documented than the configuration wants. \
                 `#![warn(missing_docs)]` shows them."
            }
            Self::DocCoverageFell => {
                "A member has a smaller share of its items documented than at the baseline. Document what \
                 is new, or set test.doc_coverage to false."
            }
            Self::UnsafeGrew => {
                "A member has more uses of unsafe code than at the baseline. Do without them, or allow them by \
                 verify.unsafe_growth."
            }
            Self::MemoryError => {
                "A test reads or writes memory that is not there, or no longer there. The stacks say where it was \
                 used, and where it was freed: begin with the first frame that is your own."
            }
            Self::MemoryLeak => {
                "A test ends while it holds memory that nothing refers to. Where that is meant, list the function in \
                 a file that LSAN_OPTIONS=suppressions=FILE names."
            }
            Self::DataRace => {
                "Threads use the same memory or locks without an order between them. The stacks say where. Give them one, \
                 by a lock, a channel or atomics."
            }
            Self::UndefinedBehavior => {
                "A test breaks a rule that unsafe code has to keep, so that a compiler may make anything of it. Mend the \
                 unsafe code at the place that Miri names."
            }
            Self::Deadlock => {
                "Threads of a test wait for each other, and will do so for ever. Let all take their locks in one order."
            }
            Self::ModelFailed => {
                "Some order of threads breaks a model. LOOM_LOG=trace LOOM_LOCATION=1 shows the one."
            }
            Self::FeatureError => {
                "A package does not compile with some of its features. Those who use it choose other features than \
                 its own tests do. Mend it, or let the feature turn on what it needs."
            }
            Self::MsrvBroken => {
                "A member does not compile with the Rust that its manifest promises. Do without what is newer, or \
                 raise rust-version."
            }
            Self::MutantMissed => {
                "Code that is new or changed can be changed again, and no test of its package fails. Test what it does, or \
                 leave the function out (#[mutants::skip], .cargo/mutants.toml)."
            }
            Self::DependencyDenied => {
                "A dependency is not as deny.toml wants it. Do without it, or allow it there, with the reason."
            }
            Self::DuplicateVersions => {
                "A crate is there in more versions than at the baseline. Bring those who need it to one version, or \
                 accept it in deny.toml (bans.skip) or by verify.duplicate_growth."
            }
            Self::AdvisoryVulnerability => {
                "A version of a dependency has a known vulnerability. Update it, or accept the advisory in deny.toml \
                 (advisories.ignore), with the reason."
            }
            Self::AdvisoryUnsound => {
                "Safe code can have undefined behaviour by a dependency. Update it, or accept the advisory in \
                 deny.toml (advisories.ignore, advisories.unsound)."
            }
            Self::AdvisoryUnmaintained => {
                "Nobody mends what will be found in a dependency. Replace it, or accept the advisory in deny.toml \
                 (advisories.ignore, advisories.unmaintained)."
            }
            Self::AdvisoryNotice => {
                "Something is known of a dependency that whoever uses it has to know. Read it, and accept the advisory \
                 in deny.toml (advisories.ignore)."
            }
            Self::UnusedDependency => {
                "No code of a package names a normal dependency of its manifest. Remove it, or, where a macro or a feature \
                 needs it, list it in the manifest (package.metadata.cargo-machete.ignored)."
            }
            Self::ManifestIncomplete => {
                "A manifest lacks what crates.io asks for, or needs a package that is not there. Complete it, or say \
                 that the package is not published (publish = false)."
            }
            Self::PackageRefused => {
                "Cargo refuses to make a package, or what is in it does not compile without the workspace: a file that \
                 lies elsewhere or is left out, a dependency without a version."
            }
            Self::SbomLicenceMissing => {
                "A package that others get, or a part of it from elsewhere, does not say under which licence it is \
                 (license or license-file in its manifest). Add it, or ask its authors, or do without the package."
            }
            Self::SizeGrew => {
                "A program is larger than at the baseline by more than performance.size_growth_threshold. Do without \
                 what made it grow, or allow it there."
            }
            Self::ClosureGrew => {
                "What a store has to hold for a program to run, the program and all paths of the store that it and these \
                 name, is larger than at the baseline by more than performance.size_growth_threshold. Look at what it \
                 names, do without, or allow it there."
            }
            Self::InstructionsGrew => {
                "A benchmark takes more instructions or allocations than at the baseline, by more than \
                 performance.regression_threshold or its own limit. Do without what made it take more, or allow it \
                 there, or for it alone in performance.limits."
            }
            Self::BenchmarkLimit => {
                "A benchmark is above a limit that it has itself. Do without what made it take more, or raise the limit \
                 beside the benchmark."
            }
            Self::TimeGrew => {
                "A benchmark takes longer than with the program of the baseline, by more than performance.time_threshold, \
                 and did so when it was measured again. Do without what made it slower, or allow it there."
            }
            Self::RegionStale => {
                "A part of a Markdown file that Blocks writes holds something else than what is known now. Let it be written \
                 (`cargo blocks docs readme`)."
            }
            Self::RegionMalformed => {
                "A marker in a Markdown file is not one of Blocks, or asks for what is not there. Correct it: `cargo blocks \
                 docs readme --help` has the kinds."
            }
            Self::BookIncomplete => {
                "mdBook could not make a part of the book, or doubts that it is right: most often a file that is included is not \
                 there. Mend what it names."
            }
            Self::BrokenLink => {
                "A link or a picture of the book leads to a page, a heading or a file that is not there. Mend it where it \
                 stands: headings are in lower case with hyphens, and other parts of a repository are no part of its book."
            }
            Self::Misspelled => {
                "A word is misspelled, or a name looks as if it was. Correct it (`typos --write-changes`), or list it in \
                 typos.toml (default.extend-words, default.extend-identifiers)."
            }
            Self::UnusedName => {
                "A Nix file has a binding, an argument or an input that nothing uses. Remove it (`deadnix --edit`), begin \
                 an argument's name with `_`, or say above it that it is meant (# deadnix: skip)."
            }
            Self::WorkflowFinding => {
                "A workflow does something that others could misuse. The page about the audit says what to do; where it \
                 is meant, say so beside it (`# zizmor: ignore[AUDIT]`) or in zizmor.yml."
            }
            Self::SemverBreak => {
                "A change breaks who uses a library, and the version of its package does not say so. Undo it, or \
                 raise the version in its manifest."
            }
            Self::MigrationUndocumented => {
                "A new version breaks an item that its changelog does not name as code. Tell who upgrades what to do, or \
                 set verify.migrations to false."
            }
            Self::CommandFailed => {
                "The command of a stage of the workspace's own did not end with 0. Its last lines say why."
            }
            Self::RecordAbsent => "The stage has not run, or its record was removed. Run it.",
            Self::RecordMalformed => {
                "The record's description cannot be read. Run the stage again."
            }
            Self::RecordNewer => "The record is of a newer version of cargo-blocks. Update it.",
            Self::OtherSources => {
                "The record is of other sources than the ones that are asked for. Run the stage again."
            }
            Self::OtherStage => {
                "The record is of another stage or unit than its folder says. Run the stage again."
            }
            Self::NoAnswer => {
                "The stage came to no answer: a fault of the machine or of a tool. Run it again."
            }
            Self::EvidenceAbsent => {
                "A file that the verdict needs is not there. Run the stage again."
            }
            Self::EvidenceChanged => {
                "A file is not the one that the tool left. Run the stage again."
            }
            Self::EvidenceMalformed => {
                "A file is cut off or not of its format. Run the stage again."
            }
            Self::EvidenceContradicts => {
                "The evidence and the exit status do not agree, so neither is believed. Run the stage again; where it \
                 stays so, its log says more (`cargo blocks show`)."
            }
            Self::BaselineWithoutAnswer => {
                "The records of the baseline are absent, or its sources do not build, so that nothing can be \
                 compared. Choose another baseline, or none."
            }
            Self::BenchmarkMissing => {
                "A benchmark that was expected did not run: an entry of performance.limits is about none that did, or a \
                 result of before has none of now beside it. Run it, or correct or remove what expects it."
            }
            Self::DatabaseOld => {
                "The advisory database is older than verify.advisory_age_days, or nobody knows how old, and says nothing \
                 of what was found since. Update it."
            }
            Self::NoiseTooLarge => {
                "The machine's noise hides whether a benchmark takes longer than performance.time_threshold allows. \
                 Allow more, measure more (performance.time_rounds), or measure where less else runs."
            }
            Self::BenchmarkBroken => {
                "A benchmark could not be measured. Run it by itself with `cargo bench`, and see what it says."
            }
            Self::DayUnknown => {
                "An entry of the configuration holds until a day, and the day of the run is not \
                 known. Say it with --today, or by Nix with the argument `today`."
            }
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
