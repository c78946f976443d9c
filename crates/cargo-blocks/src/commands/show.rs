use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;
use blocks_config::closest;
use blocks_evidence::{Outcome as TestOutcome, Try, printable_line};
use blocks_gates::{Outcome, Verdict, judge, judge_unit, recorded_tests};
use blocks_records::{Record, folder};
use blocks_stages::{Stage, Table, typed_word};
use blocks_views::{ShownRecord, ShownTest, find_tests, record_text, test_text};
use serde_json::{Value, json};

use super::gate::has_not;
use crate::{
    cli::{CheckArgs, NIX, PlaceArgs, ShowArgs},
    context::Reading,
    exit::{PASS, Usage},
    judge::judge_all,
    output::{colour, say},
};

/// How many records of a stage are shown where nobody named one.
const RECORDS: usize = 3;

/// How many names a message lists.
const NAMES: usize = 20;

/// Shows one stage or one test, red or green.
pub(crate) fn run(place: &PlaceArgs, args: &ShowArgs) -> Result<u8> {
    let reading = Reading::new(place, &args.records)?;
    let text = match stage_of(args) {
        Some((stage, unit)) => {
            let unit = unit.map(|unit| known_unit(&reading, stage, unit)).transpose()?;
            of_stage(&reading, stage, unit, args.json)
        }
        None => of_test(&reading, args)?,
    };
    say(&text)?;
    Ok(PASS)
}

/// The command that shows a stage of what a check left, compared with `baseline`; but for the stage's name.
///
/// Without the words that the check itself was told, it would look at other records, ask no Nix or another one for their
/// sources, judge on another day, or say that nothing is compared.
pub(crate) fn command(place: &PlaceArgs, args: &CheckArgs, baseline: Option<&str>) -> String {
    let path = |path: &Path| path.display().to_string();
    let options = [
        ("--workspace", place.workspace.as_deref().map(path)),
        ("--manifest-path", place.manifest_path.as_deref().map(path)),
        ("--toolchain", place.toolchain.clone()),
        ("--config", place.config.as_deref().map(path)),
        ("--records", args.out.as_deref().map(|out| path(&out.join("records")))),
        ("--baseline", baseline.map(str::to_owned)),
        ("--today", args.today.word()),
        ("--nix", Some(path(&args.nix)).filter(|it| it != NIX)),
    ];
    let words = options.into_iter().filter_map(|(option, value)| Some((option, value?)));
    let words = words.map(|(option, value)| format!(" {option} {}", typed_word(&value)));
    format!("cargo blocks show{}", words.collect::<String>())
}

/// The stage that is named, and the unit behind it or of the option.
fn stage_of(args: &ShowArgs) -> Option<(&'static Stage, Option<&str>)> {
    let table = Table::in_use();
    if let Some(stage) = table.stage(&args.what) {
        return Some((stage, args.package.as_deref()));
    }
    // An example's name begins with its file, which may lie in a folder of that name; it has blanks, and no package's does.
    let (stage, unit) = args.what.split_once('/').filter(|(_, unit)| !unit.contains(' '))?;
    Some((table.stage(stage)?, Some(unit)))
}

/// A unit of a stage. On the host that is the workspace, also where somebody names a member.
fn known_unit<'a>(reading: &'a Reading, stage: &'static Stage, name: &str) -> Result<&'a str> {
    let found = reading.expected.units(stage).find(|(unit, _)| *unit == name);
    found.map(|(unit, _)| unit).ok_or_else(|| has_not(reading, &printable_line(name), &[stage]))
}

/// What there is of a unit.
struct Found<'a> {
    unit: &'a str,
    folder: PathBuf,
    record: Result<Record, String>,
    log: String,
}

impl<'a> Found<'a> {
    fn of(records: &Path, stage: &Stage, unit: &'a str) -> Self {
        let folder = folder(records, stage.record_stage(), unit);
        let record = Record::load(&folder).map_err(|error| error.to_string());
        // Of no log there is nothing to show.
        let log = fs::read(folder.join("log")).unwrap_or_default();
        Self { unit, folder, record, log: String::from_utf8_lossy(&log).into_owned() }
    }

    fn shown(&self) -> ShownRecord<'_> {
        ShownRecord {
            unit: self.unit,
            folder: &self.folder,
            record: self.record.as_ref().map_err(Clone::clone),
            log: &self.log,
        }
    }

    fn json(&self) -> Value {
        json!({
            "unit": self.unit,
            "folder": self.folder,
            "record": self.record.as_ref().ok(),
            "why": self.record.as_ref().err(),
            "log": self.log,
        })
    }
}

fn of_stage(reading: &Reading, stage: &Stage, unit: Option<&str>, as_json: bool) -> String {
    let given = reading.given();
    let units: Vec<_> = reading.expected.units(stage).collect();
    let sources = |name: &str| units.iter().find(|(it, _)| *it == name).and_then(|(_, it)| *it);
    let verdict = match unit {
        Some(unit) => judge_unit(stage, given, unit, sources(unit)),
        None => judge(stage, given),
    };
    let all: Vec<&str> = match unit {
        Some(unit) => vec![unit],
        None => units.iter().map(|(name, _)| *name).collect(),
    };
    let shown = if unit.is_some() || as_json { all.clone() } else { worth_showing(&verdict, &all) };
    let found: Vec<_> = shown.iter().map(|unit| Found::of(&reading.records, stage, unit)).collect();
    if as_json {
        let records: Vec<_> = found.iter().map(Found::json).collect();
        return format!("{:#}\n", json!({ "verdict": verdict, "records": records }));
    }
    let records: Vec<_> = found.iter().map(Found::shown).collect();
    let text = record_text(&verdict, &records, colour());
    let others: Vec<_> = all.iter().filter(|unit| !shown.contains(unit)).collect();
    let Some(example) = others.first() else { return text };
    let named = printable_line(&format!("{}/{example}", stage.id));
    format!("{text}\n{} more records, such as: cargo blocks show {named}\n", others.len())
}

/// The units whose records are shown: those that are not green, or else the first, and never many.
fn worth_showing<'a>(verdict: &Verdict, all: &[&'a str]) -> Vec<&'a str> {
    let is_open = |name: &&&str| {
        let mut units = verdict.units.iter().filter(|unit| unit.unit == ***name);
        units.any(|unit| matches!(unit.outcome, Outcome::Fail | Outcome::NoVerdict))
    };
    let open: Vec<_> = all.iter().filter(is_open).copied().collect();
    let of = if open.is_empty() { all } else { &open };
    of.iter().take(RECORDS).copied().collect()
}

fn of_test(reading: &Reading, args: &ShowArgs) -> Result<String> {
    let given = reading.given();
    let stages = reading.stages(&[])?;
    let tests: Vec<_> = stages.iter().filter_map(|stage| recorded_tests(stage, given)).collect();
    let verdicts = judge_all(&stages, given);
    let mut found = find_tests(&tests, &verdicts, &args.what);
    found.retain(|shown| args.package.as_ref().is_none_or(|name| is_of(shown, name)));
    let mut names: Vec<String> = found.iter().map(ShownTest::name).collect();
    names.dedup();
    match names.as_slice() {
        [_] => {}
        [] => {
            let all = find_tests(&tests, &verdicts, "");
            return Err(unknown(&args.what, &all.iter().map(ShownTest::name).collect::<Vec<_>>()));
        }
        several => return Err(ambiguous(&args.what, several)),
    }
    if args.json {
        let all: Vec<_> = found.iter().map(json_of).collect();
        return Ok(format!("{:#}\n", json!(all)));
    }
    let texts: Vec<_> = found.iter().map(|shown| test_text(shown, colour())).collect();
    Ok(texts.join("\n"))
}

/// Whether a test is of a package: its unit is, or what holds the test is named after the package.
fn is_of(shown: &ShownTest<'_>, package: &str) -> bool {
    let binary = shown.test.binary.split("::").next().unwrap_or_default();
    shown.unit == package || binary == package
}

fn unknown(what: &str, names: &[String]) -> anyhow::Error {
    let stages: Vec<_> = Table::in_use().stage_ids().collect();
    let bare = names.iter().map(|name| name.split_once(' ').map_or(name.as_str(), |(_, it)| it));
    let known = stages.iter().copied().chain(names.iter().map(String::as_str)).chain(bare);
    let known: Vec<_> = known.collect();
    let meant = closest(what, &known).map(|it| format!("; did you mean `{}`?", printable_line(it)));
    let count = names.len();
    let what = printable_line(what);
    Usage(format!(
        "there is no stage `{what}`, and no test of that name in the records ({count} tests){}",
        meant.unwrap_or_default()
    ))
    .into()
}

fn ambiguous(what: &str, names: &[String]) -> anyhow::Error {
    let listed: Vec<_> =
        names.iter().take(NAMES).map(|name| format!("  {}", printable_line(name))).collect();
    let more = match names.len().saturating_sub(NAMES) {
        0 => String::new(),
        more => format!("\n  and {more} more"),
    };
    let (count, what) = (names.len(), printable_line(what));
    Usage(format!("`{what}` is a part of {count} names; say one:\n{}{more}", listed.join("\n")))
        .into()
}

fn json_of(shown: &ShownTest<'_>) -> Value {
    let test = shown.test;
    let outcome = match test.outcome {
        TestOutcome::Passed => "passed",
        TestOutcome::Failed | TestOutcome::Error => "failed",
        TestOutcome::Skipped => "skipped",
    };
    let tried = |it: &Try| json!({ "kind": it.kind, "message": it.message, "output": it.output, "seconds": it.seconds });
    json!({
        "stage": shown.stage,
        "unit": shown.unit,
        "binary": test.binary,
        "name": test.name,
        "outcome": outcome,
        "flaky": test.flaky,
        "seconds": test.seconds,
        "file": test.place.as_ref().map(|(file, _)| file),
        "line": test.place.as_ref().map(|(_, line)| line),
        "kind": test.kind,
        "message": test.message,
        "output": test.output,
        "tries": test.tries.iter().map(tried).collect::<Vec<_>>(),
        "hint": shown.cause.and_then(|it| it.hint.as_ref()),
        "repeat": shown.cause.and_then(|it| it.repeat.as_ref()),
    })
}
