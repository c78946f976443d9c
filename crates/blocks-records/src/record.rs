use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::Path,
};

use serde::{Deserialize, Serialize};

use crate::{RecordError, digest_of};

/// The schema of the records that this program writes, and the newest that it reads.
pub const SCHEMA: u32 = 1;

/// The most that `record.json` may have, in bytes; a larger one is malformed.
const RECORD_LIMIT: u64 = 16 * 1024 * 1024;

/// `record.json`: what ran, how it ended, and what it left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The version of this form.
    pub schema: u32,
    /// The stage that made it.
    pub stage: String,
    /// What it ran over, as the folder of the record is called: [`crate::UNIT_WORKSPACE`], the name of a
    /// member's package, or the name of a group of members.
    pub unit: String,
    /// The members that the unit is made of, in alphabetical order; none where it is all of them.
    #[serde(default)]
    pub members: Vec<String>,
    /// What identifies the sources that it ran over. Two records with the same text are of the
    /// same sources; the text means nothing else.
    pub sources: String,
    /// What else it depends on, as a digest: the row, the toolchain, the environment. The host
    /// engine keeps a record while this and `sources` stay the same. Nix knows that by itself, and
    /// leaves it empty.
    #[serde(default)]
    pub key: String,
    /// What `--again` made new: a counter on the host, a time by Nix; empty at first.
    #[serde(default)]
    pub attempt: String,
    /// The class of the machine that it ran on, of machines that take about the same time for the same work; empty where
    /// that is not known, as of what Nix makes.
    #[serde(default)]
    pub machine: String,
    /// What compiled and ran.
    pub toolchain: Toolchain,
    /// The workspace's folder at that time; file names in the evidence may begin with it.
    pub root: String,
    /// How it ended.
    pub ended: Ended,
    /// Why, in words, for everything but [`Ended::Answered`].
    #[serde(default)]
    pub reason: String,
    /// The deciding step's exit status.
    pub exit: Option<i32>,
    /// What ran, in order.
    pub steps: Vec<StepRun>,
    /// Earlier tries of the same record that came to no answer.
    #[serde(default)]
    pub retries: Vec<Retry>,
    /// The files that the gate reads, with their digests.
    pub evidence: Vec<EvidenceFile>,
    /// How many bytes of the log were left out.
    #[serde(default)]
    pub log_bytes_cut: u64,
}

/// The versions of what made a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toolchain {
    /// What `rustc --version` prints.
    pub rustc: String,
    /// What `cargo --version` prints.
    pub cargo: String,
    /// Tools beyond the toolchain, with their versions.
    #[serde(default)]
    pub tools: BTreeMap<String, String>,
}

/// How a stage ended. Everything but [`Ended::Answered`] and [`Ended::NotApplicable`] is a fault
/// of the machine, and never a verdict about the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// The tools ran to an answer, be it yes or no.
    Answered,
    /// There is nothing to ask.
    NotApplicable,
    /// It took longer than `timeout_minutes`.
    TimedOut,
    /// A signal ended a tool or a compiler.
    Killed,
    /// A tool is not on this machine.
    ToolMissing,
    /// A tool ended with a status that is no answer.
    ToolFailed,
    /// The user ended it.
    Interrupted,
}

/// A command that ran.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepRun {
    /// The program and its arguments.
    pub command: Vec<String>,
    /// Its exit status; none where a signal ended it.
    pub exit: Option<i32>,
    /// Its wall time, in seconds.
    pub seconds: f64,
}

/// A try that came to no answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Retry {
    /// How it ended.
    pub ended: Ended,
    /// Why, in words.
    pub reason: String,
    /// Its wall time, in seconds.
    pub seconds: f64,
}

/// An evidence file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceFile {
    /// Its name in the record's folder.
    pub file: String,
    /// Its size, in bytes.
    pub bytes: u64,
    /// Its SHA-256 digest, in hexadecimal digits of lower case.
    pub sha256: String,
}

/// Only the field that says whether the rest can be read.
#[derive(Deserialize)]
struct Versioned {
    schema: u64,
}

impl Record {
    /// Reads `record.json` of a record's folder.
    pub fn load(folder: &Path) -> Result<Self, RecordError> {
        let path = folder.join("record.json");
        let file = path.display().to_string();
        let malformed = |reason: String| RecordError::Malformed { file: file.clone(), reason };
        match fs::metadata(&path) {
            Ok(meta) if meta.len() > RECORD_LIMIT => {
                return Err(malformed(format!("it has more than {RECORD_LIMIT} bytes")));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(RecordError::Absent { folder: folder.display().to_string() });
            }
            _ => {}
        }
        let text = fs::read(&path).map_err(|error| malformed(error.to_string()))?;
        let version: Versioned =
            serde_json::from_slice(&text).map_err(|error| malformed(error.to_string()))?;
        if version.schema > u64::from(SCHEMA) {
            return Err(RecordError::Newer { file, found: version.schema, known: SCHEMA });
        }
        serde_json::from_slice(&text).map_err(|error| malformed(error.to_string()))
    }

    /// Writes `record.json` into a record's folder, through a temporary file, so that a reader
    /// finds it whole or not at all.
    pub fn save(&self, folder: &Path) -> io::Result<()> {
        let part = folder.join(".record.json.part");
        let mut file = fs::File::create(&part)?;
        serde_json::to_writer_pretty(&mut file, self)?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        fs::rename(part, folder.join("record.json"))
    }

    /// The bytes of an evidence file, if they are the ones that the stage left.
    pub fn read_evidence(&self, folder: &Path, file: &str) -> Result<Vec<u8>, RecordError> {
        let absent = || RecordError::EvidenceAbsent { file: file.to_owned() };
        let changed = |what: String| RecordError::EvidenceChanged { file: file.to_owned(), what };
        let listed = self.evidence.iter().find(|it| it.file == file).ok_or_else(absent)?;
        let path = folder.join(file);
        let size = fs::metadata(&path).map_err(|_| absent())?.len();
        if size != listed.bytes {
            return Err(changed(format!("it has {size} bytes, the record says {}", listed.bytes)));
        }
        let bytes = fs::read(&path).map_err(|_| absent())?;
        match digest_of(bytes.as_slice()) {
            Ok(digest) if digest.sha256 == listed.sha256 => Ok(bytes),
            Ok(digest) => Err(changed(format!("its SHA-256 is {}", digest.sha256))),
            Err(error) => Err(changed(error.to_string())),
        }
    }

    /// How long its steps took together, earlier tries included, in seconds.
    pub fn seconds(&self) -> f64 {
        let steps = self.steps.iter().map(|step| step.seconds);
        let retries = self.retries.iter().map(|retry| retry.seconds);
        // The sum of no numbers is -0.0, and would be shown so.
        steps.chain(retries).fold(0.0, |sum, seconds| sum + seconds)
    }

    /// Whether the stage came to an answer, so that the record may be kept and judged.
    pub fn is_answer(&self) -> bool {
        matches!(self.ended, Ended::Answered | Ended::NotApplicable)
    }
}
