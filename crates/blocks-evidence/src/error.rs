//! What is wrong with an evidence file, and where.

use crate::bounds::{MESSAGE, bounded};
use std::fmt;

const MIB: usize = 1024 * 1024;

/// The formats that are read; their names are the `kind` of an evidence file in `stages.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `JUnit` XML as cargo-nextest writes it.
    Junit,
    /// The JSON of `llvm-cov export`.
    LlvmCov,
    /// LCOV, which no row leaves: others write it, and a view does.
    Lcov,
    /// The lines of cargo's `--message-format=json`.
    CargoMessages,
    /// What `rustfmt --check` prints to its standard output.
    RustfmtDiff,
    /// What compilers and cargo print to standard error for people.
    CompilerText,
    /// What libtest prints to standard output for people.
    LibtestText,
    /// The JSON of `rustdoc --show-coverage`, a line a crate.
    DocCoverage,
    /// The JSON of `cargo metadata`.
    CargoMetadata,
    /// What cargo-semver-checks prints for people, with lines between the libraries.
    SemverText,
    /// Whatever a program prints.
    Text,
    /// The lines of `cargo deny --format json`.
    CargoDeny,
    /// The lines of cargo's `--message-format=json`, of several runs.
    CargoBuilds,
    /// What `cargo hack` prints to standard error.
    CargoHack,
    /// The list of runs of several compilers that the stage `msrv` makes.
    CompilerRuns,
    /// What cargo-machete prints to standard output.
    MacheteText,
    /// Which advisory database was asked.
    AdvisoryDatabase,
    /// Changelogs, each behind a line that says where it lies and how long it is.
    Changelogs,
    /// Source files, each behind a line that says which it is and how long.
    Sources,
    /// The list of runs of `cargo package`, one a member.
    PackageRuns,
    /// How large files are, a line a file.
    FileSizes,
    /// The lines of `typos --format json`.
    TyposJson,
    /// The files that a tool looked into, a line each.
    FileList,
    /// What `taplo fmt --check` prints to standard error.
    TaploText,
    /// What `diff -u` prints of several files, each behind a line with its name.
    Diffs,
    /// The `outcomes.json` of cargo-mutants.
    CargoMutants,
    /// The JSON of `zizmor --format json`.
    ZizmorJson,
    /// What nixfmt says, a run a file, each behind a line with its end.
    NixfmtRuns,
    /// The lines of `deadnix --output-format json`.
    DeadnixJson,
    /// The links of a book that lead nowhere, a line each.
    BookLinks,
    /// The JSON of `cargo metadata` with dependencies.
    CargoGraph,
    /// Bills of materials as `CycloneDX`, each behind a line that says whose it is and how long.
    CycloneDx,
    /// The `summary.json` files of gungraun, each behind a line that says whose it is and how long.
    GungraunSummaries,
    /// The times of benchmarks, as `cargo blocks measure` writes them.
    Times,
    /// What criterion leaves of a measurement: three files.
    Criterion,
    /// The page of `cargo build --timings`.
    CargoTimings,
    /// What examples came to, as `cargo blocks docs examples` writes it.
    Examples,
}

impl Format {
    /// The name of the format in `stages.toml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Junit => "junit",
            Self::LlvmCov => "llvm-cov",
            Self::Lcov => "lcov",
            Self::CargoMessages => "cargo-messages",
            Self::RustfmtDiff => "rustfmt-diff",
            Self::CompilerText => "compiler-text",
            Self::LibtestText => "libtest-text",
            Self::DocCoverage => "doc-coverage",
            Self::CargoMetadata => "cargo-metadata",
            Self::SemverText => "semver-checks-text",
            Self::Text => "text",
            Self::CargoDeny => "cargo-deny-json",
            Self::CargoBuilds => "cargo-builds",
            Self::CargoHack => "cargo-hack-text",
            Self::CompilerRuns => "compiler-runs",
            Self::MacheteText => "machete-text",
            Self::AdvisoryDatabase => "advisory-database",
            Self::Changelogs => "changelogs",
            Self::Sources => "sources",
            Self::PackageRuns => "package-runs",
            Self::FileSizes => "file-sizes",
            Self::TyposJson => "typos-json",
            Self::FileList => "file-list",
            Self::TaploText => "taplo-text",
            Self::Diffs => "diffs",
            Self::CargoMutants => "cargo-mutants-json",
            Self::ZizmorJson => "zizmor-json",
            Self::NixfmtRuns => "nixfmt-runs",
            Self::DeadnixJson => "deadnix-json",
            Self::BookLinks => "book-links",
            Self::CargoGraph => "cargo-graph",
            Self::CycloneDx => "cyclonedx",
            Self::GungraunSummaries => "gungraun-summaries",
            Self::Times => "times-json",
            Self::Criterion => "criterion",
            Self::CargoTimings => "cargo-timings",
            Self::Examples => "examples-json",
        }
    }

    /// The most bytes of one file that are read; a larger file is an error, never read in part.
    ///
    /// The limits are ten times and more what workspaces of hundreds of crates leave, and keep a
    /// test that prints without end from taking all memory.
    pub const fn limit(self) -> usize {
        match self {
            Self::Junit
            | Self::LlvmCov
            | Self::Lcov
            | Self::CargoMessages
            | Self::CargoBuilds
            | Self::CycloneDx
            | Self::Sources => 256 * MIB,
            Self::RustfmtDiff
            | Self::CompilerText
            | Self::LibtestText
            | Self::DocCoverage
            | Self::CargoMetadata
            | Self::CargoGraph
            | Self::SemverText
            | Self::Text
            | Self::CargoDeny
            | Self::CargoHack
            | Self::CompilerRuns
            | Self::MacheteText
            | Self::Changelogs
            | Self::PackageRuns
            | Self::CargoMutants
            | Self::TyposJson
            | Self::FileList
            | Self::BookLinks
            | Self::TaploText
            | Self::Diffs
            | Self::ZizmorJson
            | Self::NixfmtRuns
            | Self::DeadnixJson
            | Self::GungraunSummaries
            | Self::Times
            | Self::Criterion
            | Self::CargoTimings
            | Self::Examples => 64 * MIB,
            Self::AdvisoryDatabase | Self::FileSizes => MIB,
        }
    }

    pub(crate) fn check_size(self, bytes: usize) -> Result<(), EvidenceError> {
        if bytes > self.limit() {
            return Err(EvidenceError::TooLarge { format: self, bytes });
        }
        Ok(())
    }

    pub(crate) fn malformed(
        self,
        place: impl fmt::Display,
        reason: impl fmt::Display,
    ) -> EvidenceError {
        EvidenceError::Malformed {
            format: self,
            place: bounded(&place.to_string(), MESSAGE),
            reason: bounded(&reason.to_string(), MESSAGE),
        }
    }

    pub(crate) fn malformed_line(self, line: usize, reason: impl fmt::Display) -> EvidenceError {
        self.malformed(format_args!("line {line}"), reason)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why an evidence file gives no values. Such a file gives no verdict.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceError {
    /// The file is larger than [`Format::limit`].
    #[error("{bytes} bytes are more than the {} that are read of a {format} file", format.limit())]
    TooLarge {
        /// What the file should be.
        format: Format,
        /// Its size.
        bytes: usize,
    },
    /// The file is cut off, altered, or of another format.
    #[error("not a whole {format} file: {place}: {reason}")]
    Malformed {
        /// What the file should be.
        format: Format,
        /// The line, the element or the key.
        place: String,
        /// What is wrong there.
        reason: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_above_the_limit_is_refused_with_both_numbers() {
        let error = Format::LibtestText.check_size(64 * MIB + 1).unwrap_err();
        assert_eq!(
            error.to_string(),
            "67108865 bytes are more than the 67108864 that are read of a libtest-text file"
        );
        assert_eq!(Format::LibtestText.check_size(64 * MIB), Ok(()));
    }

    #[test]
    fn a_malformed_file_is_described_with_its_place() {
        let error = Format::Junit.malformed_line(3, "no end");
        assert_eq!(error.to_string(), "not a whole junit file: line 3: no end");
    }
}
