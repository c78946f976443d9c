//! The gate of documentation coverage: how many items rustdoc counted, and how many of them are documented.
//!
//! Each package is judged for itself, whether the record is of one or of all: a package that is documented
//! well does not make up for another.

use crate::case::Case;
use crate::finding::Finding;
use crate::folders::Folders;
use crate::refusal::Refusal;
use crate::words::{counted, floored_percent, of_code};
use crate::{Cause, Code, Measure, tests};
use blocks_evidence::{
    CompilerText, DETAIL, DocCounts, DocCoverage, Format, TextDiagnostic, bounded,
    read_compiler_text, read_doc_coverage,
};
use std::collections::BTreeMap;

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let counts = case.read(Format::DocCoverage, read_doc_coverage)?;
    let text = case.read(Format::CompilerText, read_compiler_text)?;
    if case.exit != 0 {
        return not_built(case, text);
    }
    let now = packages(case, &text, counts)?;
    if now.is_empty() {
        return Ok(Finding::not_applicable("there is nothing to document"));
    }
    let before = if case.config.test.doc_coverage { case.before(read)? } else { None };
    let before = before.map(|all| all.into_iter().flatten().collect());
    Ok(finding(case, &text, &now, before.as_ref()))
}

/// What a record says of the packages that it is of.
pub(crate) fn read(case: &Case<'_>) -> Result<BTreeMap<String, DocCounts>, Refusal> {
    let counts = case.read(Format::DocCoverage, read_doc_coverage)?;
    let text = case.read(Format::CompilerText, read_compiler_text)?;
    if case.exit != 0 {
        let message = "its documentation is not built";
        return Err(Refusal::new(Code::BaselineWithoutAnswer, message));
    }
    let packages = packages(case, &text, counts)?;
    Ok(packages.into_iter().map(|(name, files)| (name.to_owned(), sum(&files))).collect())
}

/// A package's files with their counts.
type Files = BTreeMap<String, DocCounts>;

/// The files of each package: those in its folder, but for what lies in another's below it.
fn packages<'a>(
    case: &Case<'_>,
    text: &'a CompilerText,
    counts: DocCoverage,
) -> Result<BTreeMap<&'a str, Files>, Refusal> {
    if text.has_pages {
        // Then it took pages that were there for what it was to make, and rustdoc did not run.
        return Err(case.contradicts("cargo made pages, which is no count"));
    }
    // cargo announces a package once, and each of its crates leaves counts.
    let announced = text.documented.len();
    if counts.crates < announced || (announced == 0 && counts.crates > 0) {
        let what = format!("{} of {announced} packages have left counts", counts.crates);
        return Err(case.contradicts(&what));
    }
    let mut folders = Folders::default();
    for package in &text.documented {
        folders.add(case, &package.folder, &package.name);
    }
    let mut found: BTreeMap<&str, Files> = BTreeMap::new();
    let mut is_of_none = false;
    for (file, counts) in counts.files {
        let file = case.relative(&file);
        let owner = folders.owner(&file);
        // A file from elsewhere, by `#[path]`, is of the one package that there is, if any.
        is_of_none |= owner.is_none();
        let package = owner.or(folders.packages().next()).unwrap_or_default();
        *found.entry(package).or_default().entry(file).or_default() += counts;
    }
    // Another package's second crate does not stand for one whose counts are gone. A crate may lie outside of
    // its package's folder, and then it is not known whose it is.
    match folders.packages().find(|name| !is_of_none && !found.contains_key(name)) {
        Some(name) => Err(case.contradicts(&format!("{name} has left no counts"))),
        None => Ok(found),
    }
}

fn finding(
    case: &Case<'_>,
    text: &CompilerText,
    packages: &BTreeMap<&str, Files>,
    before: Option<&BTreeMap<String, DocCounts>>,
) -> Finding {
    let wanted = case.config.test.doc_coverage_threshold;
    let missing = missing(case, text);
    let mut all = DocCounts::default();
    let mut causes = Vec::new();
    for (package, files) in packages {
        let counts = sum(files);
        all += counts;
        if !wanted.is_met_by(counts.documented, counts.items) {
            let wanted = format!("{wanted} % wanted");
            let code = Code::DocCoverageBelowThreshold;
            causes.push(cause(code, package, files, &missing, &wanted));
        }
        // A package that is new has nothing that could have fallen.
        let before = before.and_then(|before| before.get(*package));
        if let Some(before) = before.filter(|before| is_less(counts, **before)) {
            let was = floored_percent(before.documented, before.items);
            let was = format!("{} of {}, {was} at the baseline", before.documented, before.items);
            causes.push(cause(Code::DocCoverageFell, package, files, &missing, &was));
        }
    }
    let measure = Measure::Documentation {
        documented: all.documented,
        count: all.items,
        with_examples: all.with_examples,
        example_items: all.example_items,
        threshold: wanted.as_f64(),
        is_compared: before.is_some(),
    };
    Finding::of(told(&measure, &causes), causes, measure)
}

/// Whether a smaller share is documented, compared exactly.
fn is_less(now: DocCounts, before: DocCounts) -> bool {
    let share = |documented: u64, items: u64| u128::from(documented) * u128::from(items);
    share(now.documented, before.items) < share(before.documented, now.items)
}

fn sum(files: &Files) -> DocCounts {
    files.values().fold(DocCounts::default(), |mut sum, counts| {
        sum += *counts;
        sum
    })
}

/// The items without documentation: file, line, and what rustdoc says of it. A crate that allows the lint has
/// none here.
type Missing = Vec<(String, u32, String)>;

fn missing(case: &Case<'_>, text: &CompilerText) -> Missing {
    let is_lint = |one: &&TextDiagnostic| one.message.starts_with("missing documentation for ");
    let lints = text.diagnostics.iter().filter(is_lint);
    let placed = lints.filter_map(|one| {
        let (file, line) = one.place.as_ref()?;
        Some((case.relative(file), *line, one.message.clone()))
    });
    let mut all: Missing = placed.collect();
    all.sort();
    all
}

/// What is wrong with a package's documentation, at the first item that lacks it in the file that lacks most.
fn cause(code: Code, package: &str, files: &Files, missing: &Missing, why: &str) -> Cause {
    let DocCounts { items, documented, .. } = sum(files);
    let lacks = |counts: &DocCounts| counts.items - counts.documented;
    let mut short: Vec<_> = files.iter().filter(|(_, counts)| lacks(counts) > 0).collect();
    short.sort_by_key(|(_, counts)| std::cmp::Reverse(lacks(counts)));
    let mut lines = Vec::new();
    for (file, counts) in &short {
        let before = lines.len();
        let here = missing.iter().filter(|(other, ..)| other == *file);
        lines.extend(here.map(|(file, line, said)| format!("{file}:{line}: {said}")));
        if lines.len() == before {
            lines.push(format!(
                "{file}: {} of {} items without documentation",
                lacks(counts),
                counts.items
            ));
        }
    }
    let share = floored_percent(documented, items);
    let message =
        format!("{package}: {documented} of {items} items are documented, {share} ({why})");
    let mut cause = Cause::new(code, message).about(Some(package));
    cause.file = short.first().map(|(file, _)| (*file).clone());
    cause.line = missing
        .iter()
        .find(|(file, ..)| cause.file.as_ref() == Some(file))
        .map(|(_, line, _)| *line);
    cause.with_detail(bounded(&lines.join("\n"), DETAIL))
}

fn not_built(case: &Case<'_>, text: CompilerText) -> Result<Finding, Refusal> {
    let causes = tests::compile_errors(case, &text);
    if let Some(fault) = text.fault {
        return Err(Refusal::new(Code::NoAnswer, fault));
    }
    if causes.is_empty() {
        return Err(case.contradicts("no error was printed"));
    }
    let measure = Measure::Findings { count: causes.len() as u64 };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let errors = of_code(causes, Code::CompileError);
    let errors = (errors > 0).then(|| counted(errors, "compile error", "compile errors"));
    let &Measure::Documentation {
        documented,
        count,
        with_examples,
        example_items,
        threshold,
        is_compared,
    } = measure
    else {
        return format!("the documentation is not built: {}", errors.unwrap_or_default());
    };
    let members = |code| {
        let found = of_code(causes, code);
        (found > 0).then(|| counted(found, "member", "members"))
    };
    let below = members(Code::DocCoverageBelowThreshold);
    let fell = members(Code::DocCoverageFell);
    let parts = [
        errors,
        below.map(|below| format!("{below} below {threshold} %")),
        fell.map(|fell| format!("{fell} with less than at the baseline")),
        Some(format!("{} of items documented", floored_percent(documented, count))),
        (example_items > 0)
            .then(|| format!("{} with examples", floored_percent(with_examples, example_items))),
        (!is_compared).then(|| "not compared".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
