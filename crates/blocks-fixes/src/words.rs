//! What is to do where no patch can do it.

use blocks_evidence::{DETAIL, MESSAGE, bounded};
use blocks_gates::{Cause, Code, Verdict};
use serde::Serialize;

/// Something for a person to do.
///
/// Its texts come from tools and tests, and are kept as they are, bounded: whoever shows them makes them harmless.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Suggestion {
    /// The stage that asks for it.
    pub stage: String,
    /// What is wrong, in a line.
    pub what: String,
    /// What to do, or why no patch does it.
    pub why: Option<String>,
    /// The places, or what a tool says of them.
    pub detail: Option<String>,
    /// The file, relative to the workspace where it is inside.
    pub file: Option<String>,
    /// The line in that file, counted from 1.
    pub line: Option<u32>,
    /// A command: what asks again for this alone, or what does what is to be done.
    pub command: Option<String>,
    /// The setting in `pipeline-config.yml` that decides on it.
    pub setting: Option<String>,
}

/// What is to do about a cause, and the setting that decides on it.
struct Advice {
    code: Code,
    words: &'static str,
    setting: Option<&'static str>,
}

const fn advice(code: Code, words: &'static str, setting: Option<&'static str>) -> Advice {
    Advice { code, words, setting }
}

/// By the causes that have no patch. Of a code that is not here, its own words tell.
const ADVICE: [Advice; 27] = [
    advice(Code::TestFailed, "run this test alone, and mend the code or what it asks of it", None),
    advice(
        Code::TestFlaky,
        "find what the test leaves to chance; until then, name it with an issue and a last day",
        Some("test.quarantine"),
    ),
    advice(Code::DoctestFailed, "run the example alone, and mend it or the code", None),
    advice(
        Code::ExampleFailed,
        "run the example alone, and mend it, or write what it prints now",
        Some("examples.compile_only"),
    ),
    advice(
        Code::CoverageBelowThreshold,
        "write tests that run these lines, or remove the lines",
        Some("test.coverage_threshold"),
    ),
    advice(Code::CoverageFell, "write tests that run these lines", Some("test.coverage_drop")),
    advice(
        Code::PatchCoverageBelowThreshold,
        "write tests that run what changed",
        Some("test.patch_coverage_threshold"),
    ),
    advice(
        Code::DocCoverageBelowThreshold,
        "document these places",
        Some("test.doc_coverage_threshold"),
    ),
    advice(Code::DocCoverageFell, "document these places", Some("test.doc_coverage")),
    advice(Code::UnsafeGrew, "do without the new unsafe code", Some("verify.unsafe_growth")),
    advice(Code::MemoryError, "run this test alone with the sanitizer", None),
    advice(Code::MemoryLeak, "run this test alone with the sanitizer", None),
    advice(Code::DataRace, "run this test alone with the sanitizer", None),
    advice(Code::UndefinedBehavior, "run this test alone in Miri", Some("verify.miri_seeds")),
    advice(Code::ModelFailed, "run this model alone", Some("verify.loom_preemptions")),
    advice(Code::MutantMissed, "write a test that fails with this change", None),
    advice(
        Code::DependencyDenied,
        "do without the dependency, or change the rules in deny.toml",
        None,
    ),
    advice(
        Code::DuplicateVersions,
        "let all who need the crate take the same version: cargo tree --duplicates tells who they are",
        Some("verify.duplicate_growth"),
    ),
    advice(
        Code::SizeGrew,
        "look at what is new in the program",
        Some("performance.size_growth_threshold"),
    ),
    advice(
        Code::ClosureGrew,
        "look at what is new in the program",
        Some("performance.size_growth_threshold"),
    ),
    advice(
        Code::InstructionsGrew,
        "look at what the benchmark runs more than before",
        Some("performance.regression_threshold"),
    ),
    advice(
        Code::BenchmarkLimit,
        "look at what the benchmark runs more than before",
        Some("performance.limits"),
    ),
    advice(
        Code::TimeGrew,
        "look at what takes longer than before",
        Some("performance.time_threshold"),
    ),
    advice(
        Code::MigrationUndocumented,
        "say in the changelog what others have to do",
        Some("verify.migrations"),
    ),
    advice(Code::CommandFailed, "run the command of the stage", None),
    advice(Code::FeatureError, "build with these features alone, and mend the code", None),
    advice(
        Code::MsrvBroken,
        "do without what is newer, or raise rust-version in the manifest",
        None,
    ),
];

/// What there is for a person to do about the causes of a verdict, but for those of which patches or other words tell.
pub(crate) fn of_causes(verdict: &Verdict, is_told: impl Fn(&Cause) -> bool) -> Vec<Suggestion> {
    let causes = verdict.causes.iter().filter(|cause| !is_told(cause));
    causes.map(|cause| of_cause(verdict, cause)).collect()
}

fn of_cause(verdict: &Verdict, cause: &Cause) -> Suggestion {
    let known = ADVICE.iter().find(|it| it.code == cause.code);
    let words = known.map(|it| it.words.to_owned());
    let repeat = cause.repeat.as_ref().or(verdict.repeat.as_ref());
    Suggestion {
        stage: verdict.stage.clone(),
        what: bounded(&cause.message, MESSAGE),
        why: cause.hint.clone().or(words),
        detail: cause.detail.as_deref().map(|detail| bounded(detail, DETAIL)),
        file: cause.file.clone(),
        line: cause.line,
        command: repeat.cloned(),
        setting: known.and_then(|it| it.setting).map(str::to_owned),
    }
}
