//! Runs, as `report.json` tells of them.

use blocks_failures::Run;
use blocks_notify::{Scene, Told};
use serde_json::{Value, json};

/// A time in the middle of a day, in seconds since 1970.
pub const NOON: u64 = 20_000 * DAY + DAY / 2;
pub const DAY: u64 = 24 * 60 * 60;

pub const FAILURES: Told = Told { on_failure: true, on_success: false };
pub const ALL: Told = Told { on_failure: true, on_success: true };

pub const SCENE: Scene<'static> = Scene {
    name: "shop",
    repository: "example/shop",
    branch: "main",
    revision: Some("0123456789abcdef0123456789abcdef01234567"),
    link: Some("https://ci.example.org/runs/1"),
};

/// A failure of a stage, told from others by a number.
pub fn failure(number: u64, stage: &str, code: &str, message: &str) -> Value {
    let kind = if matches!(code, "no-answer" | "record-absent") { "machine" } else { "code" };
    json!({
        "signature": format!("{number:016x}"), "kind": kind, "code": code, "stages": [stage],
        "units": ["app"], "message": message, "file": "crates/app/src/lib.rs", "line": 12,
        "detail": "left: 1\nright: 2", "repeat": "cargo nextest run -p app", "hint": null, "count": 1,
    })
}

/// A run with these failures, and these stages that pass.
pub fn run(passing: &[&str], failures: &[Value]) -> Run {
    let mut verdicts: Vec<Value> = Vec::new();
    for stage in passing {
        verdicts.push(json!({"stage": stage, "outcome": "pass", "summary": "all well"}));
    }
    for failure in failures {
        let outcome = if failure["kind"] == "machine" { "no-verdict" } else { "fail" };
        for stage in failure["stages"].as_array().unwrap() {
            verdicts.retain(|it| it["stage"] != *stage);
            verdicts.push(json!({
                "stage": stage, "outcome": outcome, "summary": "not well",
                "causes": [{"code": failure["code"]}],
            }));
        }
    }
    let is = |outcome| verdicts.iter().any(|it| it["outcome"] == outcome);
    let outcome = if is("fail") {
        "fail"
    } else if is("no-verdict") {
        "no-verdict"
    } else {
        "pass"
    };
    parsed(&json!({
        "schema": 1, "name": "shop", "revision": SCENE.revision, "outcome": outcome,
        "verdicts": verdicts, "failures": failures,
    }))
}

pub fn parsed(report: &Value) -> Run {
    Run::parse(report.to_string().as_bytes()).unwrap()
}
