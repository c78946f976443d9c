//! The `summary.json` of gungraun, one a benchmark, as the script of `instructions` puts them together (see `framed.rs`).
//!
//! The schema is that of versions 6 and 7 (<https://docs.rs/gungraun-summary>). Of what valgrind's tools count only
//! numbers are read that are the same in each run of the same code: what callgrind counts of instructions and of caches
//! that it simulates, and what DHAT counts of allocations.

use crate::bounds::{MESSAGE, NAME, bounded};
use crate::error::{EvidenceError, Format};
use crate::framed::read_framed;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A benchmark that ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Benchmark {
    /// The path of the program that has it.
    pub program: String,
    /// What it is called: `file::group::function`, and behind a blank what it is called among those of one function.
    pub name: String,
    /// How often each of these happened.
    pub counts: BTreeMap<Count, u64>,
    /// How often each happened in the run that gungraun compared with; none where there was no such run.
    pub before: BTreeMap<Count, u64>,
    /// The limits of its own that it is above, in words.
    pub above: Vec<String>,
}

/// What is counted of a benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// Instructions that were run.
    Instructions,
    /// An estimate of processor cycles, from instructions and misses of caches.
    Cycles,
    /// Accesses that the last cache did not have.
    CacheMisses,
    /// Allocations.
    Allocations,
    /// The bytes of all allocations.
    AllocatedBytes,
}

impl Count {
    /// All of them, each with the tool that counts it, and its name there.
    const ALL: [(Self, &str, &str); 6] = [
        // Where both tools count, the number of the second stays.
        (Self::Instructions, "Cachegrind", "Ir"),
        (Self::Instructions, "Callgrind", "Ir"),
        (Self::Cycles, "Callgrind", "EstimatedCycles"),
        (Self::CacheMisses, "Callgrind", "RamHits"),
        (Self::Allocations, "DHAT", "TotalBlocks"),
        (Self::AllocatedBytes, "DHAT", "TotalBytes"),
    ];

    /// What it counts, in words: `instructions`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Instructions => "instructions",
            Self::Cycles => "estimated cycles",
            Self::CacheMisses => "cache misses",
            Self::Allocations => "allocations",
            Self::AllocatedBytes => "allocated bytes",
        }
    }
}

#[derive(Deserialize)]
struct Summary {
    version: String,
    benchmark_exe: Option<String>,
    module_path: String,
    id: Option<String>,
    profiles: Vec<Profile>,
}

#[derive(Deserialize)]
struct Profile {
    tool: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    total: Total,
}

#[derive(Deserialize)]
struct Total {
    /// Of tools that count nothing there is another form.
    metrics: serde_json::Value,
    regressions: Vec<BTreeMap<String, serde_json::Value>>,
}

/// Reads all of them. Each must have a number of instructions or of allocations.
pub fn read_gungraun(bytes: &[u8]) -> Result<Vec<Benchmark>, EvidenceError> {
    let format = Format::GungraunSummaries;
    let mut found: Vec<Benchmark> = Vec::new();
    for one in read_framed(format, "benchmark", bytes)? {
        let malformed = |reason: &str| format.malformed(one.name, reason);
        let held = one.bytes.ok_or_else(|| malformed("there is no such file"))?;
        // The script puts what the program calls its file behind the program.
        let (program, _) =
            one.name.split_once("//").ok_or_else(|| malformed("it has no program"))?;
        let benchmark = Benchmark {
            program: bounded(program, NAME),
            ..of_summary(held).map_err(|reason| malformed(&reason))?
        };
        if found.iter().any(|it| (&it.program, &it.name) == (&benchmark.program, &benchmark.name)) {
            return Err(malformed("the benchmark is there twice"));
        }
        found.push(benchmark);
    }
    Ok(found)
}

/// Reads one of them, as gungraun itself leaves it below `target/gungraun`.
pub fn read_gungraun_summary(bytes: &[u8]) -> Result<Benchmark, EvidenceError> {
    let format = Format::GungraunSummaries;
    format.check_size(bytes.len())?;
    of_summary(bytes).map_err(|reason| format.malformed("summary.json", reason))
}

fn of_summary(bytes: &[u8]) -> Result<Benchmark, String> {
    let summary: Summary = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    if !matches!(summary.version.as_str(), "6" | "7") {
        return Err("its schema is neither 6 nor 7".to_owned());
    }
    let benchmark = benchmark(summary);
    if benchmark.counts.is_empty() {
        return Err("neither instructions nor allocations were counted".to_owned());
    }
    Ok(benchmark)
}

fn benchmark(summary: Summary) -> Benchmark {
    let (mut counts, mut before) = (BTreeMap::new(), BTreeMap::new());
    let mut above = Vec::new();
    for Profile { tool, data: Data { total } } in &summary.profiles {
        for (count, _, name) in Count::ALL.iter().filter(|(_, of, _)| of.eq_ignore_ascii_case(tool))
        {
            counts.extend(number(total, name, "new").map(|it| (*count, it)));
            before.extend(number(total, name, "old").map(|it| (*count, it)));
        }
        above.extend(total.regressions.iter().flatten().map(|(kind, it)| limit(kind, it)));
    }
    let name = match summary.id {
        Some(id) => format!("{} {id}", summary.module_path),
        None => summary.module_path,
    };
    let program = bounded(summary.benchmark_exe.as_deref().unwrap_or_default(), NAME);
    Benchmark { program, name: bounded(&name, NAME), counts, before, above }
}

/// The number of a run, `new` or `old`.
fn number(total: &Total, name: &str, run: &str) -> Option<u64> {
    total.metrics.get(name)?.get("values")?.get(run)?.as_u64()
}

/// `Ir: 2478 (at most 2000)`
fn limit(kind: &str, of: &serde_json::Value) -> String {
    let text = |key: &str| match of.get(key) {
        Some(serde_json::Value::String(text)) => text.clone(),
        // A number, or a name or number below the name of its kind: `{"Callgrind": "Ir"}`.
        Some(serde_json::Value::Object(inner)) => inner
            .values()
            .next()
            .map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned))
            .unwrap_or_default(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let (metric, new, limit) = (text("metric"), text("new"), text("limit"));
    let told = match kind {
        "Soft" => {
            format!("{metric}: {new}, {} % more than before (at most {limit} %)", text("diff_pct"))
        }
        _ => format!("{metric}: {new} (at most {limit})"),
    };
    bounded(&told, MESSAGE)
}
