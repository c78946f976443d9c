use std::{
    fs::{File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
    time::{Duration, Instant},
};

use blocks_records::{Ended, EvidenceFile, Record, Retry, SCHEMA, StepRun, digest_of_file};
use blocks_stages::{Engine, Places, Step};

use super::{Host, place, plan::Plan};
use crate::{
    Cancel, EngineError, Event, Sink, machine_class,
    process::{Capture, Limits, Outcome, Run, mark, run},
};

/// How a try of a stage ended.
struct Try {
    ended: Ended,
    reason: String,
    exit: Option<i32>,
    steps: Vec<StepRun>,
}

/// Makes a record, trying again while there is no answer, and puts it into its place.
pub(super) fn make(
    host: &Host<'_>,
    plan: &Plan,
    cancel: &Cancel,
    sink: Sink<'_>,
) -> Result<(Ended, f64), EngineError> {
    let mut retries = Vec::new();
    let begun = Instant::now();
    loop {
        let part = place::part_of(&plan.place).map_err(EngineError::file("make", &plan.place))?;
        let started = Instant::now();
        let (tried, cut) =
            attempt(host, plan, &part, cancel, sink).map_err(EngineError::file("write", &part))?;
        if tried.ended == Ended::Interrupted {
            // The record of before, if any, is still true of its sources.
            place::remove(&part).map_err(EngineError::file("remove", &part))?;
            return Err(EngineError::Interrupted);
        }
        let tries = retries.len() + 1;
        let again = matches!(tried.ended, Ended::TimedOut | Ended::Killed | Ended::ToolFailed);
        if again && tries < host.limits.attempts {
            let (stage, unit) = (plan.row.id.clone(), plan.unit.name.clone());
            sink(Event::Retry { stage, unit, reason: tried.reason.clone() });
            retries.push(Retry {
                ended: tried.ended,
                reason: tried.reason,
                seconds: started.elapsed().as_secs_f64(),
            });
            continue;
        }
        let ended = tried.ended;
        let record = record(host, plan, &part, tried, retries, cut)
            .map_err(EngineError::file("read", &part))?;
        record.save(&part).map_err(EngineError::file("write", &part))?;
        place::put(&part, &plan.place).map_err(EngineError::file("write", &plan.place))?;
        return Ok((ended, begun.elapsed().as_secs_f64()));
    }
}

/// Runs the steps once. Gives how they ended, and how many bytes of the log were cut.
fn attempt(
    host: &Host<'_>,
    plan: &Plan,
    part: &Path,
    cancel: &Cancel,
    sink: Sink<'_>,
) -> io::Result<(Try, u64)> {
    if let Err(why) = &plan.asked {
        File::create(part.join("log"))?;
        let (ended, reason) = (Ended::NotApplicable, why.clone());
        return Ok((Try { ended, reason, exit: None, steps: Vec::new() }, 0));
    }
    let packages = plan.packages();
    let places = plan.places(part, &packages);
    for file in &plan.row.files {
        write(&part.join(&file.name), &places.fill(&file.text), file.executable)?;
    }
    let capture = Capture::watching(&host.table.faults);
    let tick = || {
        if let Some(text) = capture.new_line() {
            let (stage, unit) = (plan.row.id.clone(), plan.unit.name.clone());
            sink(Event::Line { stage, unit, text });
        }
    };
    let mut tried = steps(host, plan, part, &capture, cancel, &tick)?;
    // Also of a step that only helps: what it could not do would be missing from the evidence.
    if tried.ended == Ended::Answered
        && tried.steps.iter().any(|step| step.exit != Some(0))
        && let Some(said) = capture.fault()
    {
        tried.ended = ended_word(&said.ended);
        tried.reason = said.reason;
    }
    capture.with_log(|log| log.write_to(File::create(part.join("log"))?))?;
    if tried.ended == Ended::Answered {
        outputs(plan, part, &places, tried.exit)?;
    }
    Ok((tried, capture.with_log(|log| log.bytes_cut())))
}

/// Writes a file that steps read, or run.
fn write(path: &Path, text: &str, is_program: bool) -> io::Result<()> {
    let mode = if is_program { 0o755 } else { 0o644 };
    // With its mode from the start, and closed before it is run: a program that is open cannot be.
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(path)?;
    file.write_all(text.as_bytes())
}

/// A fault's word; one that this program does not know is a failed tool.
fn ended_word(word: &str) -> Ended {
    serde_json::from_value(word.into()).unwrap_or(Ended::ToolFailed)
}

fn steps(
    host: &Host<'_>,
    plan: &Plan,
    part: &Path,
    capture: &Capture,
    cancel: &Cancel,
    tick: &dyn Fn(),
) -> io::Result<Try> {
    let mut tried =
        Try { ended: Ended::Answered, reason: String::new(), exit: None, steps: Vec::new() };
    if let Some(tool) = plan.missing.first() {
        tried.ended = Ended::ToolMissing;
        tried.reason =
            format!("{tool} is not on this machine: `cargo blocks doctor` says how to add it");
        return Ok(tried);
    }
    let limits = Limits { deadline: Instant::now() + host.limits.timeout, cancel, tick };
    for step in &plan.row.steps {
        if step.engine == Some(Engine::Nix) || !step.is_due(tried.exit) {
            continue;
        }
        let (command, outcome, seconds) = one_step(host, plan, part, step, capture, limits)?;
        let exit = match outcome {
            Ok(Outcome::Exited(exit)) => Some(exit),
            _ => None,
        };
        if step.decides {
            tried.exit = exit;
        }
        let program = command.first().cloned().unwrap_or_default();
        tried.steps.push(StepRun { command, exit, seconds });
        if let Some((ended, reason)) = fault_of(&program, &outcome, step, host.limits.timeout) {
            tried.ended = ended;
            tried.reason = reason;
            break;
        }
    }
    Ok(tried)
}

type Ran = (Vec<String>, io::Result<Outcome>, f64);

fn one_step(
    host: &Host<'_>,
    plan: &Plan,
    part: &Path,
    step: &Step,
    capture: &Capture,
    limits: Limits<'_>,
) -> io::Result<Ran> {
    let packages = plan.packages();
    let places = plan.places(part, &packages);
    let command = places.fill_words(&step.run);
    let open =
        |file: &Option<String>| file.as_ref().map(|file| File::create(part.join(file))).transpose();
    let (stdout, stderr) = (open(&step.stdout)?, open(&step.stderr)?);
    let started = Instant::now();
    let outcome = run(
        Run {
            command: &command,
            folder: &host.workspace.root,
            environment: &plan.environment,
            mark: mark(&host.workspace.blocks(), &plan.row.id),
            stdout,
            stderr,
        },
        capture,
        limits,
    );
    Ok((command, outcome, started.elapsed().as_secs_f64()))
}

/// Why a step's end is no answer; nothing if it is one.
fn fault_of(
    program: &str,
    outcome: &io::Result<Outcome>,
    step: &Step,
    timeout: Duration,
) -> Option<(Ended, String)> {
    Some(match outcome {
        Ok(Outcome::Exited(exit)) if step.answers.contains(exit) => return None,
        Ok(Outcome::Exited(exit)) => (
            Ended::ToolFailed,
            format!(
                "`{}` ended with status {exit}, which is no answer: see its log",
                step.run.join(" ")
            ),
        ),
        Ok(Outcome::Signalled(signal)) => {
            (Ended::Killed, format!("`{program}` was ended by signal {signal}"))
        }
        Ok(Outcome::TimedOut) => (
            Ended::TimedOut,
            format!("not done after {timeout:?}, the limit of resources.timeout_minutes"),
        ),
        Ok(Outcome::Cancelled) => (Ended::Interrupted, "interrupted".to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            (Ended::ToolMissing, format!("`{program}` is not on this machine"))
        }
        Err(error) => (Ended::ToolFailed, format!("cannot run `{program}`: {error}")),
    })
}

fn outputs(plan: &Plan, part: &Path, places: &Places<'_>, exit: Option<i32>) -> io::Result<()> {
    for output in plan.row.outputs.iter().filter(|output| output.is_due(exit)) {
        let from = places.fill(&output.from);
        // A workspace without a library has no documentation, for example.
        if Path::new(&from).exists() {
            place::copy(Path::new(&from), &part.join(&output.name))?;
        }
    }
    Ok(())
}

fn record(
    host: &Host<'_>,
    plan: &Plan,
    part: &Path,
    tried: Try,
    retries: Vec<Retry>,
    log_bytes_cut: u64,
) -> io::Result<Record> {
    let mut evidence = Vec::new();
    for file in plan.row.evidence.iter().filter(|it| it.is_due(tried.exit)).map(|it| &it.file) {
        let path = part.join(file);
        if path.is_file() {
            let digest = digest_of_file(&path)?;
            evidence.push(EvidenceFile {
                file: file.clone(),
                bytes: digest.bytes,
                sha256: digest.sha256,
            });
        }
    }
    Ok(Record {
        schema: SCHEMA,
        stage: plan.row.id.clone(),
        unit: plan.unit.name.clone(),
        members: plan.unit.members.clone(),
        sources: plan.unit.sources.clone(),
        key: plan.key.clone(),
        attempt: plan.attempt.clone(),
        machine: machine_class(host.workspace),
        toolchain: plan.versions.clone(),
        root: host.workspace.root.to_string_lossy().into_owned(),
        ended: tried.ended,
        reason: tried.reason,
        exit: tried.exit,
        steps: tried.steps,
        retries,
        evidence,
        log_bytes_cut,
    })
}
