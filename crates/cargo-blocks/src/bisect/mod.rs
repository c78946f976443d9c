//! What a stage comes to at a commit, for `bisect`.

mod walk;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use anyhow::Result;
use blocks_config::{Date, PipelineConfig};
use blocks_engine::{
    Cancel, Checkout, Database, EngineError, Event, Sink, Toolchain, Workspace,
    host::{Host, Limits, Lock},
};
use blocks_failures::{Answer, Failure, Kind, Signature, failures, tells_all};
use blocks_gates::{Given, Outcome, Verdict, judge};
use blocks_history::Series;
use blocks_stages::{Stage, Table};
use blocks_views::OUTCOMES;

use crate::{context, engine::expected_by_host};

pub(crate) use walk::Walk;

/// Where its sources and records are, below the folder that Blocks keeps its own files in.
const FOLDER: &str = "bisect";

/// The folder of records below that, one a commit.
const RECORDS: &str = "records";

/// Whoever asks commits.
pub(crate) struct Asker<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(crate) config: &'a PipelineConfig,
    pub(crate) stage: &'static Stage,
    /// The failure that is followed; none where it is any.
    pub(crate) signature: Option<&'a Signature>,
    pub(crate) database: Option<&'a Database>,
    pub(crate) today: Option<Date>,
    pub(crate) cancel: &'a Cancel,
    pub(crate) sink: Sink<'a>,
}

/// What a commit came to.
pub(crate) struct Told {
    pub(crate) answer: Answer,
    /// What fails there.
    pub(crate) failures: Vec<Failure>,
    /// Why there is no answer.
    pub(crate) reason: String,
    /// Whether it was run for it, and not kept.
    pub(crate) is_made: bool,
}

impl Told {
    fn unknown(reason: impl Into<String>, is_made: bool) -> Self {
        Self { answer: Answer::Unknown, failures: Vec::new(), reason: reason.into(), is_made }
    }

    fn of(verdict: &Verdict, signature: Option<&Signature>, is_made: bool) -> Self {
        let failures = failures(std::slice::from_ref(verdict));
        let (answer, reason) = answer(verdict, &failures, signature);
        Self { answer, failures, reason: reason.to_owned(), is_made }
    }
}

/// What a verdict says of the stage, or of a failure, and why it says nothing.
fn answer<'a>(
    verdict: &'a Verdict,
    failures: &[Failure],
    signature: Option<&Signature>,
) -> (Answer, &'a str) {
    let is_there = |it: &Failure| signature.is_none_or(|signature| it.signature == *signature);
    let is_of_code = |it: &Failure| it.kind == Kind::Code && is_there(it);
    match verdict.outcome {
        Outcome::Pass | Outcome::NotApplicable => (Answer::Good, ""),
        Outcome::Fail if failures.iter().any(is_of_code) => (Answer::Bad, ""),
        // It fails, and for another cause.
        Outcome::Fail if signature.is_some() && tells_all(verdict) => (Answer::Good, ""),
        // It fails for the machine's sake, or for a cause that can hide the one that is looked for, or nothing is known.
        Outcome::Fail | Outcome::NoVerdict => (Answer::Unknown, &verdict.summary),
    }
}

impl Asker<'_> {
    /// What the stage comes to at a commit. Its record is kept, and made again only where it would come to something else, or
    /// has no answer.
    pub(crate) fn ask(&self, commit: &str) -> Result<Told> {
        match self.by_host(commit) {
            Ok(told) => Ok(told),
            Err(EngineError::Interrupted) => Err(EngineError::Interrupted.into()),
            // What was no workspace then, or has no lock file that cargo takes, has no answer.
            Err(error) => Ok(Told::unknown(error.to_string(), true)),
        }
    }

    fn by_host(&self, commit: &str) -> Result<Told, EngineError> {
        let folder = self.workspace.blocks().join(FOLDER);
        let checkout = Checkout::at(self.workspace, commit.to_owned(), &folder)?;
        let workspace = checkout.workspace()?;
        let toolchain = Toolchain::of(&workspace)?;
        let _lock = Lock::take(&workspace, self.cancel, self.sink)?;
        workspace.lock_file()?;
        let sources = blocks_engine::fingerprint(&workspace, &context::own(self.config))?;
        let records = records(&folder, commit);
        let host = Host {
            workspace: &workspace,
            toolchain: &toolchain,
            table: Table::in_use(),
            limits: Limits::from(&self.config.resources),
            sources: &sources,
            members: &[],
            again: &[],
            database: self.database,
            settings: &self.config.members,
            program: PathBuf::new(),
            records: records.clone(),
        };
        let is_made = AtomicBool::new(false);
        let watch = |event: Event| {
            if matches!(event, Event::Started { .. }) {
                is_made.store(true, Ordering::Relaxed);
            }
            (self.sink)(event);
        };
        host.run(&[self.stage], self.cancel, &watch)?;
        let expected = expected_by_host(&sources, &[], None);
        let given = Given {
            records: &records,
            expected: &expected,
            config: self.config,
            baseline: None,
            today: self.today,
        };
        let verdict = judge(self.stage, given);
        Ok(Told::of(&verdict, self.signature, is_made.into_inner()))
    }
}

fn records(folder: &Path, commit: &str) -> PathBuf {
    folder.join(RECORDS).join(commit)
}

/// What is kept of commits that a stage passed or failed at. Of one that did both, on whatever machine, nothing is known; of a
/// failure that is followed only that it is not there where the stage passes.
pub(crate) fn known(
    history: &[Series],
    stage: &Stage,
    is_of_failure: bool,
) -> HashMap<String, Answer> {
    let name = format!("{OUTCOMES}{}", stage.id);
    let mut rates: HashMap<&str, Vec<f64>> = HashMap::new();
    for series in history.iter().filter(|it| it.name == name) {
        for point in &series.points {
            rates.entry(&point.revision).or_default().push(point.value);
        }
    }
    let answer = |rates: &[f64]| {
        let all = |wanted: f64| rates.iter().all(|rate| (rate - wanted).abs() < f64::EPSILON);
        match (all(1.0), all(0.0)) {
            (true, _) => Some(Answer::Good),
            (_, true) if !is_of_failure => Some(Answer::Bad),
            _ => None,
        }
    };
    rates
        .iter()
        .filter_map(|(commit, rates)| Some(((*commit).to_owned(), answer(rates)?)))
        .collect()
}
