//! Limits of their own for single benchmarks, or for groups of them.

use crate::Regression;
use crate::key::{Kind, Setting, settings};
use serde::{Deserialize, Deserializer, Serialize};
use std::cmp::Reverse;
use std::fmt;

settings! {
    /// A limit of its own for a benchmark, or for all whose names begin alike.
    pub struct BenchmarkLimit at "performance.limits[]" {
        /// The package that the benchmark is of.
        member: String [""],
        /// The benchmark's name as results show it, or the beginning of names and a `*`. A name itself goes before a
        /// beginning, and a longer beginning before a shorter one. An entry that no benchmark fits leaves no verdict.
        benchmark: BenchmarkName [""],
        /// How much more than at the baseline the benchmark may take, in percent, in place of
        /// `performance.regression_threshold` or `performance.time_threshold`. At most six digits after the point.
        threshold: Regression ["percent of the baseline"],
        /// What is limited: what is counted (`instructions`, which are meant where nothing is said), or `time`.
        #[serde(default)]
        measure: BenchmarkMeasure [""],
    }
}

/// The name of a benchmark, or the beginning of names and a `*`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct BenchmarkName(String);

/// What of a benchmark is measured.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize,
)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum BenchmarkMeasure {
    /// What is counted: instructions and allocations.
    #[default]
    Instructions,
    /// How long it takes.
    Time,
}

impl BenchmarkName {
    /// The name, where one can be of a benchmark; the error says what is wrong with it.
    pub fn new(name: impl Into<String>) -> Result<Self, &'static str> {
        let name = name.into();
        if name.contains(char::is_control) {
            return Err("it has a control character in it");
        }
        if name.is_empty() || name.trim() != name {
            return Err("it is empty, or has a blank at an end");
        }
        if name.strip_suffix('*').unwrap_or(&name).contains('*') {
            return Err("it has a `*` before its end");
        }
        Ok(Self(name))
    }

    /// The name as it is written in the file.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How exactly a benchmark is meant; none where another is. The name itself is more than each beginning.
    fn fits(&self, benchmark: &str) -> Option<usize> {
        match self.0.strip_suffix('*') {
            Some(beginning) => benchmark.starts_with(beginning).then_some(beginning.len()),
            None => (self.0 == benchmark).then_some(usize::MAX),
        }
    }
}

impl BenchmarkLimit {
    /// Whether it is about a benchmark of a package.
    pub fn is_about(&self, member: &str, benchmark: &str, measure: BenchmarkMeasure) -> bool {
        self.fits(member, benchmark, measure).is_some()
    }

    fn fits(&self, member: &str, benchmark: &str, measure: BenchmarkMeasure) -> Option<usize> {
        let is_of_it = self.member == member && self.measure == measure;
        is_of_it.then(|| self.benchmark.fits(benchmark)).flatten()
    }

    /// What tells it from others: no two say the same of the same.
    pub(crate) fn subject(&self) -> String {
        let Self { member, benchmark, measure, .. } = self;
        format!("{member} {benchmark} ({measure})")
    }
}

/// The entry that holds for a benchmark: the one that means it most exactly.
pub(crate) fn limit_of<'a>(
    limits: &'a [BenchmarkLimit],
    (member, benchmark): (&str, &str),
    measure: BenchmarkMeasure,
) -> Option<&'a BenchmarkLimit> {
    let fitting = limits.iter().filter_map(|it| Some((it.fits(member, benchmark, measure)?, it)));
    fitting.max_by_key(|(exactly, _)| *exactly).map(|(_, it)| it)
}

/// The same of a benchmark whose member is not known: of entries that mean it alike exactly, the strictest.
pub(crate) fn strictest_of<'a>(
    limits: &'a [BenchmarkLimit],
    benchmark: &str,
    measure: BenchmarkMeasure,
) -> Option<&'a BenchmarkLimit> {
    let fitting =
        limits.iter().filter_map(|it| Some((it.fits(&it.member, benchmark, measure)?, it)));
    fitting.max_by_key(|(exactly, it)| (*exactly, Reverse(it.threshold))).map(|(_, it)| it)
}

impl BenchmarkMeasure {
    /// The word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Instructions => "instructions",
            Self::Time => "time",
        }
    }
}

impl fmt::Display for BenchmarkName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for BenchmarkMeasure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for BenchmarkName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl Setting for BenchmarkName {
    const KIND: Kind = Kind::Text("the name of a benchmark, or the beginning of names and a `*`");
    fn show(&self) -> String {
        self.to_string()
    }
}

impl Setting for BenchmarkMeasure {
    const KIND: Kind = Kind::Choice(&["instructions", "time"]);
    fn show(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
impl schemars::JsonSchema for BenchmarkName {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "BenchmarkName".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let end = r"[^*\s\u0000-\u001f\u007f-\u009f]";
        let any = r"[^*\u0000-\u001f\u007f-\u009f]*";
        let pattern = format!(r"^({end}({any}{end})?|({end}{any})?\*)$");
        schemars::json_schema!({ "type": "string", "pattern": pattern })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(member: &str, benchmark: &str, measure: BenchmarkMeasure) -> BenchmarkLimit {
        let benchmark = BenchmarkName::new(benchmark).unwrap();
        let threshold = Regression::whole::<2>();
        BenchmarkLimit { member: member.to_owned(), benchmark, threshold, measure }
    }

    #[test]
    fn a_benchmark_is_named_or_its_beginning() {
        for name in ["read", "a::b c:1", "group/read*", "*", "lines *"] {
            assert_eq!(BenchmarkName::new(name).unwrap().as_str(), name);
        }
        for (name, part) in [
            ("", "empty"),
            (" read", "blank"),
            ("read ", "blank"),
            ("re*d", "`*`"),
            ("*read", "`*`"),
            ("read**", "`*`"),
            ("read\n", "control"),
        ] {
            let error = BenchmarkName::new(name).unwrap_err();
            assert!(error.contains(part), "{name:?}: {error}");
        }
    }

    #[test]
    fn the_entry_that_means_a_benchmark_most_exactly_holds() {
        const COUNTS: BenchmarkMeasure = BenchmarkMeasure::Instructions;
        const TIME: BenchmarkMeasure = BenchmarkMeasure::Time;
        let names = ["*", "read/lines/1", "read/*", "read/lines*"];
        let mut limits: Vec<_> = names.map(|name| limit("app", name, COUNTS)).into();
        limits.push(limit("app", "read/lines/1/*", TIME));
        limits.push(limit("shapes", "read/files", COUNTS));
        // Whatever the order of the file.
        for _ in 0..2 {
            limits.reverse();
            for (member, name, measure, wants) in [
                ("app", "read/lines/1", COUNTS, Some("read/lines/1")),
                ("app", "read/lines/10", COUNTS, Some("read/lines*")),
                ("app", "read/files", COUNTS, Some("read/*")),
                ("app", "read", COUNTS, Some("*")),
                ("app", "", COUNTS, Some("*")),
                ("app", "read/lines/1/2", TIME, Some("read/lines/1/*")),
                ("app", "read/lines/1", TIME, None),
                ("shapes", "read/files", COUNTS, Some("read/files")),
                ("shapes", "read/files/2", COUNTS, None),
                ("other", "read/files", COUNTS, None),
            ] {
                let found = limit_of(&limits, (member, name), measure);
                assert_eq!(found.map(|it| it.benchmark.as_str()), wants, "{member} {name}");
            }
        }
    }

    #[test]
    fn where_the_member_is_not_known_the_strictest_entry_holds() {
        const TIME: BenchmarkMeasure = BenchmarkMeasure::Time;
        let threshold = |text: &str| text.parse().unwrap();
        let mut limits = vec![
            BenchmarkLimit { threshold: threshold("5"), ..limit("a", "read/*", TIME) },
            BenchmarkLimit { threshold: threshold("4"), ..limit("b", "read/*", TIME) },
            BenchmarkLimit { threshold: threshold("9"), ..limit("c", "read/lines", TIME) },
            BenchmarkLimit { threshold: threshold("1"), ..limit("d", "*", TIME) },
        ];
        for _ in 0..2 {
            limits.reverse();
            for (name, wants) in [("read/files", "b"), ("read/lines", "c"), ("write", "d")] {
                let found = strictest_of(&limits, name, TIME);
                assert_eq!(found.map(|it| it.member.as_str()), Some(wants), "{name}");
            }
        }
        assert_eq!(strictest_of(&limits, "write", BenchmarkMeasure::Instructions), None);
    }
}
