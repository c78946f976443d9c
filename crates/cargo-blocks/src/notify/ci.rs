//! What a runner of GitHub Actions, or of Forgejo's and Gitea's, says of the run.

use std::{fs::File, io::Read as _};

use anyhow::Result;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::exit::Usage;

/// The most bytes of the event's file that are read: GitHub's own limit is less.
const EVENT: u64 = 64 << 20;

/// How many digits stand for a report that no runner has a name for.
const DIGITS: usize = 16;

/// What is known of a run of CI; nothing outside of it.
#[derive(Debug, Default)]
pub(crate) struct Ci {
    /// Whether this is one.
    pub(crate) runs: bool,
    /// What started it, in the runner's words.
    pub(crate) event: Option<String>,
    /// The branch that it is of, or for which something is proposed; none where it is of a tag.
    pub(crate) branch: Option<String>,
    /// What is proposed is called so, where it is of that: no branch of the repository has it.
    pub(crate) proposal: Option<String>,
    /// The branch that the repository is shown by.
    pub(crate) default_branch: Option<String>,
    /// `owner/name`.
    pub(crate) repository: Option<String>,
    /// Where the server's interface begins.
    pub(crate) api: Option<String>,
    /// Where people see the run.
    pub(crate) link: Option<String>,
    run: Option<String>,
}

impl Ci {
    /// What the environment says.
    pub(crate) fn of(variable: &dyn Fn(&str) -> Option<String>) -> Result<Self> {
        let get = |name: &str| variable(name).filter(|it| !it.is_empty());
        let is = |name: &str| get(name).as_deref() == Some("true");
        if !is("GITHUB_ACTIONS") {
            // Of another CI nothing is known, but that nobody sits before it.
            return Ok(Self {
                runs: is("CI"),
                api: get("GITHUB_API_URL"),
                repository: get("GITHUB_REPOSITORY"),
                ..Self::default()
            });
        }
        let event = get("GITHUB_EVENT_NAME");
        let payload =
            get("GITHUB_EVENT_PATH").map(|file| payload(&file)).transpose()?.unwrap_or_default();
        let text =
            |pointer: &str| payload.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        let is_branch = get("GITHUB_REF_TYPE").as_deref() == Some("branch");
        let named = || get("GITHUB_REF_NAME").filter(|_| is_branch);
        let proposed =
            || get("GITHUB_HEAD_REF").or_else(|| get("GITHUB_REF_NAME")).unwrap_or_default();
        let (branch, proposal) = match event.as_deref() {
            Some("pull_request" | "pull_request_target") => {
                let number = payload["number"].as_u64().map(|it| format!("#{it} "));
                (get("GITHUB_BASE_REF"), Some(number.unwrap_or_default() + &proposed()))
            }
            Some("merge_group") => {
                (text("/merge_group/base_ref").map(|it| of_reference(&it)), Some(proposed()))
            }
            Some("workflow_run") => (text("/workflow_run/head_branch"), foreign(&payload)),
            Some("release") => (text("/release/target_commitish"), None),
            _ => (named(), None),
        };
        let is_scheduled = event.as_deref() == Some("schedule");
        let default_branch = text("/repository/default_branch");
        // Nothing else is run on a schedule.
        let default_branch = default_branch.or_else(|| named().filter(|_| is_scheduled));
        let repository = get("GITHUB_REPOSITORY");
        let run = get("GITHUB_RUN_ID");
        let link = match (get("GITHUB_SERVER_URL"), &repository, &run) {
            (Some(server), Some(repository), Some(run)) => {
                Some(format!("{server}/{repository}/actions/runs/{run}"))
            }
            _ => None,
        };
        let attempt = get("GITHUB_RUN_ATTEMPT").unwrap_or_default();
        let run = run.map(|run| format!("{run}-{attempt}"));
        let api = get("GITHUB_API_URL");
        Ok(Self { runs: true, event, branch, proposal, default_branch, repository, api, link, run })
    }

    /// What tells this run from every other: the runner's name for it, or the report.
    pub(crate) fn run_id(&self, report: &[u8]) -> String {
        let digits = || {
            let all = Sha256::digest(report);
            let all = all.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
            all.chars().take(DIGITS).collect()
        };
        self.run.clone().unwrap_or_else(digits)
    }
}

/// What another workflow was of, where no branch of this repository has it.
fn foreign(payload: &Value) -> Option<String> {
    let run = &payload["workflow_run"];
    let is_proposed = run["event"].as_str().is_some_and(|it| it.starts_with("pull_request"));
    let of = &run["head_repository"]["full_name"];
    let is_own = !of.is_null() && *of == payload["repository"]["full_name"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (is_proposed || !is_own).then(|| format!("{}:{}", text(of), text(&run["head_branch"])))
}

/// `main` of `refs/heads/main`.
fn of_reference(name: &str) -> String {
    name.strip_prefix("refs/heads/").unwrap_or(name).to_owned()
}

fn payload(file: &str) -> Result<Value> {
    let mut text = String::new();
    let mistake = |why: String| Usage(format!("GITHUB_EVENT_PATH: {file}: {why}"));
    let read = File::open(file).and_then(|it| it.take(EVENT).read_to_string(&mut text));
    read.map_err(|error| mistake(error.to_string()))?;
    Ok(serde_json::from_str(&text).map_err(|error| mistake(error.to_string()))?)
}
