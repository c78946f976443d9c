//! What of a machine kept a stage from an answer.

use blocks_gates::{Cause, Code};
use serde::{Deserialize, Serialize};

/// What of a machine is at fault, where that is known. What is not known is not claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Something ended a tool or a test from outside (SIGKILL, SIGTERM), as the kernel does where memory runs out.
    Killed,
    /// A tool says that it got no more memory.
    OutOfMemory,
    /// The disk is full.
    OutOfDisk,
    /// It took longer than it may.
    TimedOut,
    /// A tool is not on the machine.
    ToolMissing,
    /// Something could not be fetched.
    Network,
    /// What a stage left is absent, changed, or not understood.
    Evidence,
}

/// What is said of faults by the rows `fault` of the table, by both engines, by cargo and by compilers: the first that is found.
const WORDS: [(&str, Fault); 21] = [
    ("No space left on device", Fault::OutOfDisk),
    ("the disk is full", Fault::OutOfDisk),
    ("memory allocation of ", Fault::OutOfMemory),
    ("Cannot allocate memory", Fault::OutOfMemory),
    ("LLVM ERROR: out of memory", Fault::OutOfMemory),
    ("failed to download ", Fault::Network),
    ("failed to fetch ", Fault::Network),
    ("failed to get `", Fault::Network),
    ("download of ", Fault::Network),
    ("Could not resolve host", Fault::Network),
    ("it ran out of time", Fault::TimedOut),
    ("a tool is missing", Fault::ToolMissing),
    ("(signal: 9", Fault::Killed),
    ("(signal: 15", Fault::Killed),
    ("terminated with signal 9", Fault::Killed),
    ("was ended by signal 9", Fault::Killed),
    ("was ended by signal 15", Fault::Killed),
    ("exit status 137, which is no answer", Fault::Killed),
    ("exit status 143, which is no answer", Fault::Killed),
    ("a compiler was killed", Fault::Killed),
    ("was killed, most likely", Fault::Killed),
];

/// What nextest says of a test that something ended from outside. One that uses memory wrongly gets SIGSEGV, and one that
/// aborts SIGABRT: those are faults of the code.
const KILLED: [&str; 2] = ["process aborted with signal 9", "process aborted with signal 15"];

impl Fault {
    /// The fault as it is written in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::OutOfMemory => "out-of-memory",
            Self::OutOfDisk => "out-of-disk",
            Self::TimedOut => "timed-out",
            Self::ToolMissing => "tool-missing",
            Self::Network => "network",
            Self::Evidence => "evidence",
        }
    }

    /// What of the machine a cause is about.
    pub(crate) fn of(cause: &Cause) -> Option<Self> {
        match cause.code {
            Code::NoAnswer => said(&cause.message),
            // What the tools said instead of it is told of elsewhere.
            Code::EvidenceAbsent => {
                (!cause.message.contains("the tools ended with status")).then_some(Self::Evidence)
            }
            Code::EvidenceChanged
            | Code::EvidenceMalformed
            | Code::EvidenceContradicts
            | Code::RecordMalformed => Some(Self::Evidence),
            // A test that fails by itself has a place: that it prints these words says nothing.
            Code::TestFailed | Code::ModelFailed if cause.file.is_none() => {
                let (_, message) = cause.message.split_once(": ")?;
                KILLED.iter().any(|words| is_said(message, words)).then_some(Self::Killed)
            }
            _ => None,
        }
    }
}

fn said(message: &str) -> Option<Fault> {
    WORDS.iter().find(|(words, _)| message.contains(words)).map(|(_, fault)| *fault)
}

/// Whether a message is these words, or goes on after them as nextest does: `… 9 (SIGKILL)`.
fn is_said(message: &str, words: &str) -> bool {
    message.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
}
