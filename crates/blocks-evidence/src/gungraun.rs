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
    /// How often each of these happened, by its name in the tool.
    pub counts: BTreeMap<Count, u64>,
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
        let summary: Summary =
            serde_json::from_slice(held).map_err(|error| malformed(&error.to_string()))?;
        if !matches!(summary.version.as_str(), "6" | "7") {
            return Err(malformed("its schema is neither 6 nor 7"));
        }
        // The script puts what the program calls its file behind the program.
        let (program, _) =
            one.name.split_once("//").ok_or_else(|| malformed("it has no program"))?;
        let benchmark = benchmark(program, summary);
        if benchmark.counts.is_empty() {
            return Err(malformed("neither instructions nor allocations were counted"));
        }
        if found.iter().any(|it| (&it.program, &it.name) == (&benchmark.program, &benchmark.name)) {
            return Err(malformed("the benchmark is there twice"));
        }
        found.push(benchmark);
    }
    Ok(found)
}

fn benchmark(program: &str, summary: Summary) -> Benchmark {
    let mut counts = BTreeMap::new();
    let mut above = Vec::new();
    for Profile { tool, data: Data { total } } in &summary.profiles {
        let of_tool = Count::ALL.iter().filter(|(_, of, _)| of.eq_ignore_ascii_case(tool));
        counts.extend(of_tool.filter_map(|(count, _, name)| Some((*count, number(total, name)?))));
        above.extend(total.regressions.iter().flatten().map(|(kind, it)| limit(kind, it)));
    }
    let name = match summary.id {
        Some(id) => format!("{} {id}", summary.module_path),
        None => summary.module_path,
    };
    Benchmark { program: bounded(program, NAME), name: bounded(&name, NAME), counts, above }
}

fn number(total: &Total, name: &str) -> Option<u64> {
    total.metrics.get(name)?.get("values")?.get("new")?.as_u64()
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
