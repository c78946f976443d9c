//! Runs, and who tells of them.

use std::time::Duration;

use blocks_config::BaseUrl;
use blocks_failures::Run;
use blocks_notify::issues::{At, Client, Done, Patience, Settings, Token};
use serde_json::{Value, json};

use crate::server::{Server, TOKEN};

/// A cause: its stage, and what it says.
pub fn code(stage: &str, says: &str) -> Value {
    failure(stage, says, "code", "test-failed")
}

/// A fault of a machine.
pub fn machine(stage: &str, says: &str) -> Value {
    failure(stage, says, "machine", "no-answer")
}

fn failure(stage: &str, says: &str, kind: &str, code: &str) -> Value {
    json!({
        "signature": signature(&format!("{stage} {says}")), "kind": kind, "code": code,
        "stages": [stage], "units": ["app"], "message": says, "file": "src/lib.rs", "line": 3,
        "detail": null, "repeat": format!("cargo blocks check {stage}"), "hint": null, "count": 1,
    })
}

/// Sixteen digits of a text (FNV-1a).
fn signature(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// A run of these stages.
pub fn run_of(stages: &[&str], failures: &[Value], revision: &str) -> Run {
    let verdict = |stage: &&str| {
        let own: Vec<_> = failures.iter().filter(|it| it["stages"][0] == **stage).collect();
        let outcome = match own.first() {
            None => "pass",
            Some(it) if it["kind"] == "machine" => "no-verdict",
            Some(_) => "fail",
        };
        let causes: Vec<_> = own.iter().map(|it| json!({ "code": it["code"] })).collect();
        json!({ "stage": stage, "outcome": outcome, "summary": "so", "causes": causes, "more_causes": 0 })
    };
    let verdicts: Vec<_> = stages.iter().map(verdict).collect();
    let outcome = if failures.is_empty() { "pass" } else { "fail" };
    let report = json!({
        "schema": 1, "name": "app", "revision": revision, "outcome": outcome, "verdicts": verdicts,
        "failures": failures,
    });
    Run::parse(report.to_string().as_bytes()).unwrap()
}

/// A run of all stages.
pub fn run(failures: &[Value], revision: &str) -> Run {
    run_of(&["fmt", "clippy", "test"], failures, revision)
}

pub fn settings(server: &Server) -> Settings {
    Settings {
        api: BaseUrl::new(server.url.clone()).unwrap(),
        repository: "owner/name".to_owned(),
        labels: vec!["blocks".to_owned()],
        digest_above: 5,
        close: true,
        on_failure: true,
    }
}

/// A run of the branch `main`.
pub fn at(id: &str) -> At {
    At {
        branch: "main".to_owned(),
        branches: vec!["main".to_owned(), "next".to_owned()],
        id: id.to_owned(),
    }
}

/// As patient as a test can be.
pub const PATIENCE: Patience = Patience {
    whole: Duration::from_secs(20),
    between: Duration::ZERO,
    first: Duration::from_millis(1),
    limit: Duration::from_millis(1),
    tries: 4,
};

/// Of those who do not try again.
pub const ONCE: Patience = Patience { tries: 1, ..PATIENCE };

pub fn client(settings: Settings, patience: Patience) -> Client {
    Client::new(settings, Token::new(TOKEN), patience).unwrap()
}

/// Tells of a run, as each start of the program does.
pub fn tell(server: &Server, run: &Run, id: &str) -> Done {
    client(settings(server), PATIENCE).tell(run, &at(id))
}

/// The same, where all has to go well.
pub fn told(server: &Server, run: &Run, id: &str) -> Vec<&'static str> {
    let done = tell(server, run, id);
    assert!(done.errors.is_empty(), "{:?}", done.errors);
    done.lines.iter().map(|it| it.step).collect()
}
