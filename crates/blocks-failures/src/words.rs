//! By which words a cause is known again.

use blocks_gates::{Cause, Code};

use crate::normal::{Numbers, normal};
use crate::{Fault, Signature};

/// What names a cause.
///
/// - What a compiler says is known by its words alone: it says the same in each stage that compiles, be it as an error or a
///   lint, and of each set of features and each version of Rust. Its numbers mean something and stay.
/// - What a test says is known by the stage, what it is, the test's name as it is, and its first line without numbers. The
///   line that it stands in is no part of it.
/// - What is measured is known by the stage and its names, and not by how much.
/// - What happened to a machine as a whole (no disk, no memory, no network, a tool that is not there) is known by that alone;
///   what else kept a stage from an answer by the stage and the words without numbers.
/// - All else is known by the stage, what it is and what its tool says.
pub(crate) fn signature(stage: &str, cause: &Cause, fault: Option<Fault>) -> Signature {
    let id = cause.code.id();
    let message = cause.message.as_str();
    match kind(cause.code) {
        Kind::Compiler => Signature::of(&["", "compiler", &compiler(cause)]),
        Kind::Test => {
            let (name, said) = message.split_once(": ").unwrap_or((message, ""));
            Signature::of(&[stage, id, test(name), &normal(said, Numbers::OfRun)])
        }
        Kind::Run => Signature::of(&[stage, id, &normal(message, Numbers::OfRun)]),
        Kind::Measured => Signature::of(&[stage, id, &normal(message, Numbers::Measured)]),
        Kind::Machine => match fault {
            Some(Fault::OutOfDisk | Fault::OutOfMemory | Fault::Network) => {
                Signature::of(&["", "machine", fault.map_or("", Fault::id)])
            }
            Some(Fault::ToolMissing) => {
                Signature::of(&["", "machine", &normal(message, Numbers::Mean)])
            }
            _ => Signature::of(&[stage, id, &normal(message, Numbers::OfRun)]),
        },
        Kind::Tool => Signature::of(&[stage, id, &normal(message, Numbers::Mean)]),
    }
}

/// Who says it.
enum Kind {
    Compiler,
    Test,
    Run,
    Measured,
    Machine,
    Tool,
}

fn kind(code: Code) -> Kind {
    match code {
        Code::CompileError
        | Code::Lint
        | Code::DocWarning
        | Code::FeatureError
        | Code::MsrvBroken => Kind::Compiler,
        Code::TestFailed
        | Code::TestFlaky
        | Code::DoctestFailed
        | Code::ModelFailed
        | Code::MemoryError
        | Code::MemoryLeak
        | Code::DataRace
        | Code::UndefinedBehavior
        | Code::Deadlock => Kind::Test,
        Code::CommandFailed | Code::ExampleFailed => Kind::Run,
        Code::CoverageBelowThreshold
        | Code::CoverageFell
        | Code::PatchCoverageBelowThreshold
        | Code::DocCoverageBelowThreshold
        | Code::DocCoverageFell
        | Code::UnsafeGrew
        | Code::SizeGrew
        | Code::ClosureGrew
        | Code::InstructionsGrew
        | Code::BenchmarkLimit
        | Code::TimeGrew => Kind::Measured,
        code if code.leaves_no_verdict() => Kind::Machine,
        _ => Kind::Tool,
    }
}

/// What the compiler says, without what stages put before or behind it.
fn compiler(cause: &Cause) -> String {
    let message = match cause.code {
        // Of what it says it: `a with --features x: …`, `a by Rust 1.70: …`.
        Code::FeatureError | Code::MsrvBroken => {
            cause.message.split_once(": ").map_or(&*cause.message, |(_, said)| said)
        }
        _ => &cause.message,
    };
    normal(without_name(message), Numbers::Mean)
}

/// `mismatched types` of `mismatched types (E0308)`: what is read from a text for people has no names of lints, and no package.
fn without_name(message: &str) -> &str {
    let is_name = |it: &str| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':');
        let is_error =
            it.strip_prefix('E').is_some_and(|it| it.bytes().all(|c| c.is_ascii_digit()));
        let is_lint = it.contains(['_', ':']) && !it.contains(|c: char| c.is_ascii_uppercase());
        it.chars().all(is_plain) && (is_error || is_lint)
    };
    let split = message.strip_suffix(')').and_then(|it| it.rsplit_once(" ("));
    match split {
        Some((said, name)) if is_name(name) => said,
        _ => message,
    }
}

/// The name of a test as it is; of an example of the documentation without the line that it stands in.
fn test(name: &str) -> &str {
    let split = name.strip_suffix(')').and_then(|it| it.rsplit_once(" (line "));
    split.filter(|(_, line)| is_number(line)).map_or(name, |(name, _)| name)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
