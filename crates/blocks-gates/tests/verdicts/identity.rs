//! Records of something else, or without an answer.

use crate::evidence;
use crate::fixture::{Fixture, SOURCES};
use blocks_gates::{Code, Expected, Given, Outcome, Verdict, gate_names, judge_unit, overall};
use blocks_records::Ended;
use blocks_stages::{Install, Layer, Table};
use std::collections::BTreeSet;
use std::fs;

fn no_verdict(verdict: &Verdict) -> (Code, &str) {
    assert_eq!(verdict.outcome, Outcome::NoVerdict, "{verdict:?}");
    (verdict.causes[0].code, verdict.summary.as_str())
}

#[test]
fn every_gate_that_the_table_names_is_there_and_every_gate_is_named() {
    let named = Table::embedded().stages.iter().map(|stage| stage.gate.as_str());
    // Stages of a workspace's own have a gate, too.
    let named: BTreeSet<&str> = named.chain(["command"]).collect();
    assert_eq!(gate_names().collect::<BTreeSet<_>>(), named);
}

#[test]
fn no_record_gives_no_verdict_for_any_stage() {
    for stage in Table::embedded().stage_ids() {
        let fixture = Fixture::passing(stage);
        fs::remove_file(fixture.folder().join("record.json")).unwrap();
        assert_eq!(no_verdict(&fixture.judge()).0, Code::RecordAbsent, "{stage}");
        assert!(fixture.judge().seconds.abs() < f64::EPSILON);
    }
}

#[test]
fn a_damaged_record_gives_no_verdict_for_any_stage() {
    for stage in Table::embedded().stage_ids() {
        let fixture = Fixture::passing(stage);
        let path = fixture.folder().join("record.json");
        let whole = fs::read_to_string(&path).unwrap();
        for text in [
            "",
            &whole[..whole.len() / 2],
            &format!("{whole}x"),
            &whole.replace("\"answered\"", "\"fine\""),
        ] {
            fs::write(&path, text).unwrap();
            assert_eq!(no_verdict(&fixture.judge()).0, Code::RecordMalformed, "{stage}");
        }
        fs::write(&path, whole.replace("\"schema\": 1", "\"schema\": 2")).unwrap();
        assert_eq!(no_verdict(&fixture.judge()).0, Code::RecordNewer, "{stage}");
    }
}

#[test]
fn a_record_of_other_sources_gives_no_verdict_for_any_stage() {
    for stage in Table::embedded().stage_ids() {
        let fixture = Fixture::passing(stage);
        let verdict = fixture.judge_as("workspace", Some("nix-other"));
        assert_eq!(
            no_verdict(&verdict),
            (
                Code::OtherSources,
                "no verdict: the record is of sources sha256-00ff, not of nix-other"
            ),
            "{stage}"
        );
        assert_eq!(fixture.judge_as("workspace", None).outcome, Outcome::Pass, "{stage}");
        assert_eq!(no_verdict(&fixture.judge_as("other", Some(SOURCES))).0, Code::RecordAbsent);
    }
}

#[test]
fn a_record_that_was_moved_gives_no_verdict() {
    for (stage, unit) in [("docs", "workspace"), ("clippy", "member")] {
        let mut fixture = Fixture::passing("clippy");
        fixture.record.stage = stage.to_owned();
        fixture.record.unit = unit.to_owned();
        fixture.save();
        assert_eq!(no_verdict(&fixture.judge()).0, Code::OtherStage);
    }
}

#[test]
fn a_stage_without_an_answer_gives_no_verdict() {
    let cases = [
        (Ended::TimedOut, "no verdict: it ran out of time: after 30 min"),
        (Ended::Killed, "no verdict: a signal ended it: after 30 min"),
        (Ended::ToolMissing, "no verdict: a tool is missing: after 30 min"),
        (Ended::ToolFailed, "no verdict: a tool failed: after 30 min"),
        (Ended::Interrupted, "no verdict: it was interrupted: after 30 min"),
    ];
    for (ended, summary) in cases {
        let mut fixture = Fixture::passing("test");
        fixture.record.ended = ended;
        fixture.record.reason = "after 30 min".to_owned();
        fixture.save();
        assert_eq!(no_verdict(&fixture.judge()), (Code::NoAnswer, summary));
        fixture.record.reason.clear();
        fixture.save();
        assert_eq!(no_verdict(&fixture.judge()).1, summary.trim_end_matches(": after 30 min"));
    }
}

#[test]
fn an_exit_status_that_is_no_answer_gives_no_verdict() {
    for (exit, summary) in [
        (Some(2), "no verdict: exit status 2 is no answer"),
        (Some(-1), "no verdict: exit status -1 is no answer"),
        (None, "no verdict: the record has no exit status"),
    ] {
        let mut fixture = Fixture::passing("fmt");
        fixture.record.exit = exit;
        fixture.save();
        assert_eq!(no_verdict(&fixture.judge()), (Code::NoAnswer, summary));
    }
}

#[test]
fn what_does_not_apply_says_why() {
    let mut fixture = Fixture::passing("test");
    fixture.record.ended = Ended::NotApplicable;
    fixture.record.reason = "no member has tests".to_owned();
    fixture.save();
    let verdict = fixture.judge();
    assert_eq!(
        (verdict.outcome, verdict.summary.as_str()),
        (Outcome::NotApplicable, "no member has tests")
    );
}

#[test]
fn a_stage_that_is_switched_off_needs_no_record() {
    let mut fixture = Fixture::failing("clippy");
    fixture.config.stages.insert(
        "clippy".to_owned(),
        blocks_config::StageSettings { enabled: false, ..Default::default() },
    );
    assert_eq!(fixture.judge().outcome, Outcome::NotApplicable);
    assert_eq!(fixture.judge().summary, "switched off: stages.clippy.enabled is false");
}

#[test]
fn a_row_that_this_program_does_not_know_gives_no_verdict() {
    let fixture = Fixture::passing("clippy");
    let records = fixture.folder().join("../..");
    let judged = |change: fn(&mut blocks_stages::Stage)| {
        let mut stage = fixture.stage.clone();
        change(&mut stage);
        let expected = Expected::default();
        let (records, config) = (records.as_path(), &fixture.config);
        let given = Given { records, expected: &expected, config, baseline: None, today: None };
        judge_unit(&stage, given, "workspace", None)
    };
    let verdict = judged(|stage| stage.gate = "new".to_owned());
    assert_eq!(
        no_verdict(&verdict),
        (Code::OtherStage, "no verdict: this program has no gate new")
    );
    let verdict = judged(|stage| stage.record = Some("clippy".to_owned()));
    assert_eq!(verdict.outcome, Outcome::Pass);
    let verdict = judged(|stage| stage.evidence.clear());
    assert_eq!(no_verdict(&verdict).0, Code::EvidenceAbsent);
    let verdict = judged(|stage| stage.steps.clear());
    assert_eq!(no_verdict(&verdict).0, Code::NoAnswer);
}

#[test]
fn a_record_of_a_stage_that_the_table_does_not_have_gives_no_verdict() {
    let mut fixture = Fixture::passing("clippy");
    let gone = fixture.folder().join("../../gone/workspace");
    fs::create_dir_all(&gone).unwrap();
    fixture.record.stage = "gone".to_owned();
    fixture.record.save(&gone).unwrap();
    let mut stage = fixture.stage.clone();
    stage.record = Some("gone".to_owned());
    let records = fixture.folder().join("../..");
    let (expected, config) = (Expected::default(), &fixture.config);
    let given =
        Given { records: &records, expected: &expected, config, baseline: None, today: None };
    let verdict = judge_unit(&stage, given, "workspace", None);
    assert_eq!(
        no_verdict(&verdict),
        (Code::OtherStage, "no verdict: this program has no stage gone")
    );
}

#[test]
fn together_a_failure_outweighs_what_is_unknown_and_that_outweighs_a_pass() {
    let pass = Fixture::passing("fmt").judge();
    let fail = Fixture::failing("fmt").judge();
    let unknown = Fixture::new("fmt", 1, &evidence::passing("fmt").1).judge();
    let off = Verdict { outcome: Outcome::NotApplicable, ..pass.clone() };
    assert_eq!(overall(&[pass.clone(), unknown.clone(), fail]), Outcome::Fail);
    assert_eq!(overall(&[pass.clone(), unknown, off.clone()]), Outcome::NoVerdict);
    assert_eq!(overall(&[pass, off]), Outcome::Pass);
    assert_eq!(overall(&[]), Outcome::NoVerdict);
}

#[test]
fn long_names_of_sources_are_shortened() {
    let expected = format!("sha256-{}", "0123456789abcdef".repeat(4));
    let verdict = Fixture::passing("fmt").judge_as("workspace", Some(&expected));
    assert!(verdict.summary.ends_with(", not of sha256-0123456789ab…"), "{}", verdict.summary);
}

#[test]
fn a_tool_that_stopped_before_its_evidence_says_why() {
    let mut fixture = Fixture::new("clippy", 101, &[("clippy.jsonl", "")]);
    fixture.put("log", b"  Compiling a\nerror: rustc is too old\n\nneeds 1.96\n");
    let verdict = fixture.judge();
    assert_eq!(verdict.outcome, Outcome::NoVerdict);
    assert_eq!(verdict.causes[0].detail.as_deref(), Some("error: rustc is too old\nneeds 1.96"));
}

#[test]
fn the_layers_of_a_workspaces_own_stages_are_those_of_the_table() {
    let key = blocks_config::keys().iter().find(|key| key.path == "stages.<id>.layer").unwrap();
    let is_toolchain = |id: &String| {
        matches!(
            Table::embedded().tool(id).unwrap().install,
            Install::Toolchain | Install::RustVersion
        )
    };
    // In another layer cargo compiles other code than in a working tree.
    let with_its_own =
        |layer: &&Layer| !layer.tools.iter().any(is_toolchain) && layer.env.is_empty();
    let layers = Table::embedded().layers.iter().filter(with_its_own);
    let layers: Vec<_> = layers.map(|layer| layer.id.as_str()).collect();
    assert_eq!(key.accepts(), format!("one of {}", layers.join(", ")));
}
