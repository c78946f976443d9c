//! What a report has beside its verdicts, as tables.

use std::fmt::Write as _;

use blocks_evidence::{FileCounts, LineCounts, Outcome as TestOutcome};
use blocks_gates::{Compared, Outcome};

use crate::cost::{CostStatus, statuses};
use crate::escape::escaped;
use crate::number::change;
use crate::performance::{HEAD, cells};
use crate::report::{Report, missed};

/// The most ranges of lines that are told of a file.
const RANGES: usize = 10;

/// Flaky tests, coverage by file, benchmarks and where the time went: of each so many rows at most, and how many more there
/// are. Nothing of what is not known, and no list of none. Gives how many rows are left out.
pub(super) fn push(out: &mut String, report: &Report<'_>, rows: usize) -> usize {
    let flaky = flaky(out, report, rows);
    let coverage = report.lines.map_or(0, |lines| coverage(out, lines, rows));
    let benchmarks = benchmarks(out, report.compared, rows);
    flaky + coverage + benchmarks + time(out, report, rows)
}

/// A table of the first of these, and how many are left; nothing where there are none. `columns` are their titles, and how they
/// are aligned.
fn table(out: &mut String, columns: &[[&str; 2]], all: Vec<Vec<String>>, rows: usize) -> usize {
    if all.is_empty() {
        return 0;
    }
    let more = all.len().saturating_sub(rows);
    let titles = columns.iter().map(|[title, _]| (*title).to_owned()).collect();
    let marks = columns.iter().map(|[_, mark]| (*mark).to_owned()).collect();
    for row in [titles, marks].into_iter().chain(all.into_iter().take(rows)) {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
    if more > 0 {
        let _ = writeln!(out, "\nAnd {more} more.");
    }
    more
}

/// Tests that passed after they had failed.
fn flaky(out: &mut String, report: &Report<'_>, rows: usize) -> usize {
    let tests = report.tests.iter().flat_map(|stage| {
        let tests = stage.units.iter().flat_map(|unit| &unit.tests);
        tests.map(move |test| (&stage.stage, test))
    });
    let of = tests.filter(|(_, test)| test.flaky && test.outcome == TestOutcome::Passed);
    let mut all: Vec<_> = of.map(|(stage, test)| (stage, &test.binary, &test.name)).collect();
    all.sort();
    if all.is_empty() {
        return 0;
    }
    let _ = writeln!(out, "\n**Flaky tests**: {}\n", all.len());
    let row = |(stage, binary, name): (&String, &String, &String)| {
        [stage, binary, name].map(|it| escaped(it)).to_vec()
    };
    let columns = [["Stage", "---"], ["Binary", "---"], ["Test", "---"]];
    table(out, &columns, all.into_iter().map(row).collect(), rows)
}

/// Files with lines that no test runs, most of these first.
fn coverage(out: &mut String, lines: &LineCounts, rows: usize) -> usize {
    let without = |file: &FileCounts| file.lines.iter().filter(|(_, count)| *count == 0).count();
    let mut open: Vec<_> = lines.files.iter().map(|file| (without(file), file)).collect();
    open.retain(|(missed, _)| *missed > 0);
    open.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.file.cmp(&other.file)));
    let count: usize = lines.files.iter().map(|file| file.lines.len()).sum();
    let missed: usize = open.iter().map(|(missed, _)| missed).sum();
    let _ = writeln!(out, "\n**Coverage**: tests run {} of {count} lines\n", count - missed);
    let row = |(missed, file): (usize, &FileCounts)| {
        let run = format!("{}/{}", file.lines.len() - missed, file.lines.len());
        vec![escaped(&file.file), run, ranges(file)]
    };
    let columns = [["File", "---"], ["Run", "---:"], ["Lines that no test runs", "---"]];
    table(out, &columns, open.into_iter().map(row).collect(), rows)
}

/// `3\u{2013}5, 9`.
fn ranges(file: &FileCounts) -> String {
    let mut all = missed(file);
    let told = |[first, last]: [u32; 2]| {
        if first == last { first.to_string() } else { format!("{first}\u{2013}{last}") }
    };
    let mut told: Vec<_> = all.by_ref().take(RANGES).map(told).collect();
    let more = all.count();
    if more > 0 {
        told.push(format!("and {more} more"));
    }
    told.join(", ")
}

/// Benchmarks beside their baseline, those that are not as they should be first.
fn benchmarks(out: &mut String, compared: &[Compared], rows: usize) -> usize {
    if compared.is_empty() {
        return 0;
    }
    let place = |one: &&Compared| match one.standing.outcome() {
        Outcome::Fail => 0,
        Outcome::NoVerdict => 1,
        Outcome::Pass | Outcome::NotApplicable => 2,
    };
    let mut all: Vec<_> = compared.iter().collect();
    all.sort_by_key(place);
    let _ = writeln!(out, "\n**Benchmarks**: {}\n", all.len());
    let columns: Vec<_> = HEAD.iter().map(|title| [*title, "---"]).collect();
    let row = |one: &Compared| cells(one).map(|it| escaped(&it)).to_vec();
    table(out, &columns, all.into_iter().map(row).collect(), rows)
}

/// What stages took, what took most first.
fn time(out: &mut String, report: &Report<'_>, rows: usize) -> usize {
    let costs = statuses(report.costs);
    let all = costs.iter().fold(0.0, |sum, it| sum + it.seconds + it.retried_seconds);
    if all <= 0.0 {
        return 0;
    }
    let _ = writeln!(out, "\n**Where the time went**: {all:.1} seconds\n");
    let row = |cost: &CostStatus<'_>| {
        let trend = cost.seconds_before.map(|before| change(before, cost.seconds));
        vec![
            escaped(cost.stage),
            format!("{:.1}", cost.seconds + cost.retried_seconds),
            format!("{:.0} %", cost.share * 100.0),
            trend.map(|it| escaped(&it)).unwrap_or_default(),
        ]
    };
    let columns =
        [["Stage", "---"], ["Seconds", "---:"], ["Share", "---:"], ["Against before", "---:"]];
    table(out, &columns, costs.iter().map(row).collect(), rows)
}
