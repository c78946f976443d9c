//! What workflows are, of this repository and of others.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use blocks_config::PipelineConfig;
use blocks_workflows::{ACTIONS, Facts, File, MARK, Plan, PlanError, scalar};
use proptest::prelude::*;
use serde_json::Value;

/// A configuration that turns each part on or off.
const CONFIGS: [&str; 5] = [
    "",
    "cache:\n  store: cachix:blocks\n  public_keys: [\"a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"]\n",
    "cache:\n  store: s3://bucket\nperformance:\n  results_branch: results\n",
    "ci:\n  engine: nix\n  badges_branch: \"\"\n  schedule: \"\"\n  update_schedule: \"\"\n",
    "ci:\n  engine: host\n  install: https://example.org/a/blocks\nperformance:\n  store_results: false\n",
];

fn facts() -> Facts {
    Facts {
        has_flake: true,
        is_blocks: true,
        programs: 1,
        has_crates: true,
        has_one_version: true,
        version: "0.1.0".to_owned(),
    }
}

/// Facts of other workspaces: without a flake, without programs, without crates.
fn all_facts() -> Vec<Facts> {
    let other = Facts { has_flake: false, is_blocks: false, ..facts() };
    vec![
        facts(),
        Facts { programs: 0, has_crates: false, ..other.clone() },
        Facts { programs: 3, has_one_version: false, ..other.clone() },
        Facts { programs: 0, has_flake: true, ..other },
    ]
}

fn config(text: &str) -> PipelineConfig {
    PipelineConfig::parse(text, "test.yml").expect("what a test has")
}

/// All files of all workspaces.
fn each(mut look: impl FnMut(&File)) {
    for text in CONFIGS {
        for facts in all_facts() {
            let config = config(text);
            Plan::of(&config, &facts).files().expect("what a test has").iter().for_each(&mut look);
        }
    }
}

fn parsed(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn each_workflow(mut look: impl FnMut(&str, &Value, &str)) {
    each(|file| {
        if Path::new(&file.path).extension().is_some_and(|it| it == "yml") {
            look(&file.path, &parsed(&file.text), &file.text);
        }
    });
}

fn jobs(workflow: &Value) -> impl Iterator<Item = (&String, &Value)> {
    workflow["jobs"].as_object().expect("what a test has").iter()
}

fn steps(job: &Value) -> impl Iterator<Item = &Value> {
    job["steps"].as_array().into_iter().flatten()
}

#[test]
fn the_workflows_of_this_repository_are_those_that_are_made() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let config =
        PipelineConfig::load(&root.join(".github/pipeline-config.yml")).expect("what a test has");
    for File { path, text } in Plan::of(&config, &facts()).files().expect("what a test has") {
        let there = root.join(&path);
        if std::env::var_os("BLOCKS_ACCEPT").is_some() {
            std::fs::create_dir_all(there.parent().expect("what a test has"))
                .expect("what a test has");
            std::fs::write(&there, &text).expect("what a test has");
        }
        assert_eq!(std::fs::read_to_string(&there).unwrap_or_default(), text, "{path}");
    }
}

#[test]
fn every_file_says_who_made_it() {
    each(|file| {
        let line = usize::from(file.path.starts_with(".github/scripts/"));
        assert!(
            file.text.lines().nth(line).expect("what a test has").starts_with(MARK),
            "{}",
            file.path
        );
        assert!(!file.text.contains("#if ") && !file.text.contains("#include "), "{}", file.path);
    });
}

#[test]
fn no_job_has_rights_time_or_words_that_nobody_gave_it() {
    each_workflow(|path, workflow, text| {
        assert_eq!(workflow["permissions"], serde_json::json!({}), "{path}");
        assert!(workflow["concurrency"]["group"].is_string(), "{path}");
        for (id, job) in jobs(workflow) {
            assert!(job["permissions"].is_object(), "{path}: {id}");
            if job["uses"].is_null() {
                assert!(job["timeout-minutes"].is_u64(), "{path}: {id}\n{text}");
            }
            for step in steps(job) {
                let run = step["run"].as_str().unwrap_or_default();
                assert!(!run.contains("${{"), "{path}: {id}: {run}");
                if step["uses"].as_str().is_some_and(|it| it.starts_with("actions/checkout@")) {
                    assert_eq!(step["with"]["persist-credentials"], false, "{path}: {id}");
                }
            }
        }
    });
}

#[test]
fn every_action_is_one_of_the_table_by_its_commit() {
    for action in ACTIONS {
        let is_hex =
            action.commit.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        assert!(is_hex && action.commit.len() == 40, "{action:?}");
    }
    each_workflow(|path, _, text| {
        for line in text.lines().filter_map(|it| it.trim().strip_prefix("uses: ")) {
            let is_known = |it: &blocks_workflows::Action| {
                line == format!("{}@{} # {}", it.name, it.commit, it.version)
            };
            let is_local = line.starts_with("./.github/workflows/");
            assert!(is_local || ACTIONS.iter().any(is_known), "{path}: {line}");
        }
    });
}

#[test]
fn no_job_with_a_secret_runs_code_of_the_workspace_with_it() {
    each_workflow(|path, workflow, _| {
        for (id, job) in jobs(workflow) {
            let has_secret = job.to_string().contains("secrets.");
            assert!(!has_secret || job["environment"].is_string(), "{path}: {id}");
            for step in steps(job).filter(|it| it.to_string().contains("secrets.")) {
                let run = step["run"].as_str().expect("what a test has");
                for word in ["nix build", "nix develop", "nix flake", "cargo "] {
                    assert!(!run.contains(word), "{path}: {id}: {run}");
                }
            }
        }
    });
}

#[test]
fn what_is_needed_is_there_and_the_required_job_needs_all() {
    each_workflow(|path, workflow, _| {
        let names: Vec<_> = jobs(workflow).map(|(id, _)| id.as_str()).collect();
        for (id, job) in jobs(workflow) {
            let needs = match &job["needs"] {
                Value::String(one) => vec![one.as_str()],
                Value::Array(all) => {
                    all.iter().map(|it| it.as_str().expect("what a test has")).collect()
                }
                _ => Vec::new(),
            };
            assert!(needs.iter().all(|it| names.contains(it)), "{path}: {id}: {needs:?}");
            if path.ends_with("/ci.yml") && id == "required" {
                let mut others: Vec<_> =
                    names.iter().copied().filter(|it| *it != "required").collect();
                let mut needs = needs;
                others.sort_unstable();
                needs.sort_unstable();
                assert_eq!(needs, others);
                assert_eq!(job["if"], "always()");
            }
        }
    });
}

/// What the required job comes to: whether it is green, and what it says.
fn required(event: &str, results: &[(&str, &str)]) -> (bool, String) {
    let config = config(CONFIGS[1]);
    let facts = facts();
    let files = Plan::of(&config, &facts).files().expect("what a test has");
    let ci = files.iter().find(|it| it.path.ends_with("/ci.yml")).expect("what a test has");
    let step = parsed(&ci.text)["jobs"]["required"]["steps"][0].clone();
    let needs: serde_json::Map<_, _> = results
        .iter()
        .map(|(job, result)| {
            ((*job).to_owned(), serde_json::json!({ "result": result, "outputs": {} }))
        })
        .collect();
    // As the runner starts what has no shell of its own.
    let mut bash = Command::new("bash")
        .args(["--noprofile", "--norc", "-e", "/dev/stdin"])
        .env("EVENT", event)
        .env("NEEDS", serde_json::to_string_pretty(&needs).expect("what a test has"))
        .env("WANTED", step["env"]["WANTED"].as_str().expect("what a test has"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("what a test has");
    let script = step["run"].as_str().expect("what a test has");
    bash.stdin
        .take()
        .expect("what a test has")
        .write_all(script.as_bytes())
        .expect("what a test has");
    let ended = bash.wait_with_output().expect("what a test has");
    let said = [ended.stdout, ended.stderr].concat();
    (ended.status.success(), String::from_utf8(said).expect("what a test has"))
}

/// The jobs that an event lets be skipped.
const IDLE: [(&str, &[&str]); 5] = [
    ("pull_request", &["full", "notify", "badges", "cache"]),
    ("merge_group", &["full", "notify", "badges", "cache"]),
    ("push", &["full"]),
    ("schedule", &["badges", "cache"]),
    ("workflow_dispatch", &["notify", "badges", "cache"]),
];

const JOBS: [&str; 5] = ["check", "full", "notify", "badges", "cache"];

/// All that have to run did, and the others did not; but for one.
fn usual<'a>(idle: &[&str], but: Option<(&'a str, &'a str)>) -> Vec<(&'a str, &'a str)> {
    let usual = |job: &'a str| (job, if idle.contains(&job) { "skipped" } else { "success" });
    let mut all: Vec<_> = JOBS.iter().map(|job| usual(job)).collect();
    if let Some((job, result)) = but {
        all.retain(|it| it.0 != job);
        if result != "missing" {
            all.push((job, result));
        }
    }
    all
}

#[test]
fn the_required_job_is_red_for_what_failed_was_ended_or_was_skipped_though_it_had_to_run() {
    for (event, idle) in IDLE {
        let (is_green, said) = required(event, &usual(idle, None));
        assert!(is_green, "{event}: {said}");
        for job in JOBS {
            let is_told = ["notify", "badges", "cache"].contains(&job);
            for (result, expected) in [
                ("success", true),
                ("failure", is_told),
                ("cancelled", is_told),
                ("skipped", idle.contains(&job)),
                ("missing", false),
                ("strange", is_told),
            ] {
                let (is_green, said) = required(event, &usual(idle, Some((job, result))));
                assert_eq!(is_green, expected, "{event}: {job}: {result}: {said}");
                let is_silent = matches!(result, "success" | "skipped") && expected;
                assert!(is_silent || said.contains("::"), "{event}: {job}: {result}: {said}");
            }
        }
    }
}

#[test]
fn the_required_job_is_red_for_an_event_that_nobody_thought_of_and_for_no_answer() {
    let (is_green, said) = required("repository_dispatch", &usual(&["full"], None));
    assert!(!is_green, "{said}");
    assert!(!required("pull_request", &[]).0);
}

#[test]
fn what_would_be_evaluated_is_refused_with_its_place() {
    let config = config("cache:\n  key: \"a-${{ secrets.X }}\"\n");
    let facts = Facts { has_flake: false, ..facts() };
    let refused = Plan::of(&config, &facts).files().unwrap_err();
    assert!(matches!(&refused, PlanError::Expression { place, .. } if place == "cache_key"));
    assert!(refused.to_string().contains("which GitHub would evaluate"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_scalar_is_read_back_as_it_was(text in any::<String>()) {
        match scalar(&text) {
            None => prop_assert!(text.contains("${{")),
            Some(scalar) => {
                prop_assert!(!scalar.contains('\n'));
                let read = parsed(&format!("a: {scalar}\nb: 1\n"));
                prop_assert_eq!(&read["a"], &Value::String(text));
                prop_assert_eq!(&read["b"], 1);
                prop_assert_eq!(read.as_object().expect("what a test has").len(), 2);
            }
        }
    }

    #[test]
    fn a_key_of_the_cache_changes_its_own_place_and_nothing_else(
        key in "[ -~äß€😀]{1,30}".prop_filter("a text", |it| !it.trim().is_empty())
    ) {
        let facts = Facts { has_flake: false, ..facts() };
        let mut config = PipelineConfig::default();
        let plain = Plan::of(&config, &facts).files().expect("what a test has");
        config.cache.key = key.clone();
        let made = Plan::of(&config, &facts).files();
        if key.contains("${{") {
            prop_assert!(made.is_err());
            return Ok(());
        }
        for (plain, made) in plain.iter().zip(made.expect("what a test has")) {
            // What has no place for it is the same, byte for byte.
            if plain.text == made.text { continue; }
            let mut wanted = parsed(&plain.text);
            replace(&mut wanted, &key);
            prop_assert_eq!(parsed(&made.text), wanted);
        }
    }
}

/// Puts a key into each place that has the default one.
fn replace(value: &mut Value, key: &str) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                if name == "KEPT_AS" {
                    *value = Value::String(key.to_owned());
                }
                replace(value, key);
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|it| replace(it, key)),
        _ => {}
    }
}
