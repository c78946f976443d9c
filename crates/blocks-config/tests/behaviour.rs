//! What callers rely on: defaults, origins of values, the table of keys, and no panic ever.

#![expect(clippy::unwrap_used, reason = "these are tests, their helpers included")]

use blocks_config::{
    Badge, BadgeName, BadgePath, BenchmarkLimit, BenchmarkMeasure, BenchmarkName, Bounded,
    BranchName, Channel, ConfigFile, Date, FeatureName, GroupName, InsidePath, Issue, Loaded,
    MAX_BYTES, MemberSettings, MembersPerBuild, NotifyConfig, Origin, PipelineConfig, Quarantined,
    StageLayer, StageSettings, TestName, keys,
};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn pipeline(text: &str) -> Loaded<PipelineConfig> {
    Loaded::parse(text, "p.yml").unwrap_or_else(|error| panic!("{error}"))
}

/// A file of this test's own.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn project_file(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::read_to_string(root.join(name)).unwrap()
}

/// The paths of a serialised configuration, as the table of keys writes them.
fn paths(prefix: &str, value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (name, child) in map {
                let name = if matches!(prefix, "stages" | "members") { "<id>" } else { name };
                let dot = if prefix.is_empty() { "" } else { "." };
                paths(&format!("{prefix}{dot}{name}"), child, out);
            }
        }
        Value::Array(list) if list.iter().any(Value::is_object) => {
            for child in list {
                paths(&format!("{prefix}[]"), child, out);
            }
        }
        _ => {
            out.insert(prefix.to_owned());
        }
    }
}

#[test]
fn the_table_has_each_key_of_the_serialised_configuration_once() {
    let mut config = PipelineConfig::default();
    config.stages.insert("fmt".to_owned(), StageSettings::default());
    config.members.insert("a".to_owned(), MemberSettings::default());
    config.test.quarantine.push(quarantined("a tests::flaky", 0));
    config.performance.limits.push(limit("a", "read*", "2.5"));
    let mut written = BTreeSet::new();
    paths("", &serde_json::to_value(config).unwrap(), &mut written);
    paths("", &serde_json::to_value(NotifyConfig::default()).unwrap(), &mut written);
    let mut listed: Vec<_> = keys().iter().map(|key| key.path.to_owned()).collect();
    listed.sort();
    assert_eq!(listed, written.into_iter().collect::<Vec<_>>());
}

#[test]
fn the_table_says_what_each_key_means_and_has_without_a_file() {
    let row = |key: &blocks_config::Key| {
        format!(
            "{} | {} | {} | {} | {}",
            key.path,
            key.unit,
            key.default_value(),
            key.accepts(),
            key.meaning
        )
    };
    let rows: Vec<_> = keys().iter().map(row).collect();
    insta::assert_snapshot!("keys", rows.join("\n"));
}

#[test]
fn the_files_of_this_project_have_all_keys_and_the_default_values() {
    let file = pipeline(&project_file(PipelineConfig::FILE));
    let mut config = file.config.clone();
    config.stages.clear();
    config.members.clear();
    config.examples.compile_only.clear();
    assert_eq!(config, PipelineConfig::default());
    let notify: Loaded<NotifyConfig> =
        Loaded::parse(&project_file(NotifyConfig::FILE), "n.yml").unwrap();
    assert_eq!(notify.config, NotifyConfig::default());
    for key in keys() {
        let found = file.effective(key.path).or_else(|| notify.effective(key.path)).unwrap();
        assert_ne!(found.origin, Origin::Default, "{}", key.path);
    }
}

#[test]
fn a_value_of_the_file_names_its_line_and_another_the_default() {
    let loaded = pipeline(
        "# comment\ntest:\n\n  coverage_threshold: 97.50\nstages:\n  fmt: {enabled: false}\n",
    );
    let shown = |path: &str| {
        let effective = loaded.effective(path).unwrap();
        format!("{} ({})", effective.value, effective.origin)
    };
    assert_eq!(shown("test.coverage_threshold"), "97.5 (p.yml:4)");
    assert_eq!(shown("test.doc_coverage"), "true (default)");
    assert_eq!(shown("stages.fmt.enabled"), "false (p.yml:6)");
    assert_eq!(shown("stages.docs.enabled"), "true (default)");
    assert_eq!(shown("stages.<id>.enabled"), "fmt: false (p.yml:5)");
    assert_eq!(shown("badges[].name"), "build, tests, coverage (default)");
    assert_eq!(shown("cache.paths"), "target, ~/.cargo/registry, ~/.cargo/git (default)");
}

#[test]
fn a_list_of_the_file_names_the_line_of_its_key() {
    let loaded =
        pipeline("cache:\n  paths:\n    - a\n    - b\nbadges:\n  - name: tests\n    path: t.svg\n");
    let line = |path: &str| loaded.effective(path).unwrap().origin.to_string();
    assert_eq!(line("cache.paths"), "p.yml:2");
    assert_eq!(line("badges[].path"), "p.yml:5");
    assert_eq!(loaded.effective("badges[].path").unwrap().value, "t.svg");
}

#[test]
fn a_path_that_is_no_key_has_no_value() {
    let loaded = pipeline("");
    for path in [
        "",
        "test",
        "tests.x",
        "test.coverage",
        "badges[].color",
        "stages",
        "stages.fmt",
        "stages.fmt.x",
        "stages.<id>.x",
        "verify.",
    ] {
        assert_eq!(loaded.effective(path), None, "{path}");
    }
    let notify: Loaded<NotifyConfig> = Loaded::parse("", "n.yml").unwrap();
    assert_eq!(notify.effective("verify.quick_mode"), None);
    assert_eq!(notify.effective("notifications.channels").unwrap().value, "github_issues, email");
}

#[test]
fn an_empty_document_means_the_defaults() {
    for text in ["", "\n", "# only a comment\n", "---\n", "null\n", "~", "{}", "\u{feff}"] {
        assert_eq!(PipelineConfig::parse(text, "p.yml"), Ok(PipelineConfig::default()), "{text:?}");
        assert_eq!(NotifyConfig::parse(text, "n.yml"), Ok(NotifyConfig::default()), "{text:?}");
    }
}

#[test]
fn a_file_that_does_not_exist_means_the_defaults() {
    let absent = Path::new(env!("CARGO_TARGET_TMPDIR")).join("absent.yml");
    assert_eq!(PipelineConfig::load(&absent), Ok(PipelineConfig::default()));
    assert_eq!(NotifyConfig::load(&absent), Ok(NotifyConfig::default()));
}

#[test]
fn a_file_is_read_and_named_in_errors() {
    let good = file("good.yml", b"notifications:\n  channels: [email]\n");
    assert_eq!(NotifyConfig::load(&good).unwrap().notifications.channels, [Channel::Email]);
    let error = PipelineConfig::load(&good).unwrap_err();
    assert_eq!(error.file, good.display().to_string());
    assert_eq!((error.line(), error.column()), (Some(1), Some(1)));
}

#[test]
fn a_folder_in_place_of_the_file_is_an_error_without_a_line() {
    let error = PipelineConfig::load(Path::new(env!("CARGO_TARGET_TMPDIR"))).unwrap_err();
    assert!(error.message.starts_with("the file cannot be read: "), "{error}");
    assert_eq!((error.line(), error.column()), (None, None));
    let first = format!("error: {}\n --> {}\n  = help: make it a file", error.message, error.file);
    assert!(error.to_string().starts_with(&first), "{error}");
}

#[test]
fn a_path_through_a_file_is_an_error_and_not_an_absent_file() {
    let through = file("plain.yml", b"").join("config.yml");
    let error = NotifyConfig::load(&through).unwrap_err();
    assert!(error.message.starts_with("the file cannot be read: "), "{error}");
}

#[test]
fn a_file_that_is_not_utf8_shows_the_line_of_the_first_wrong_byte() {
    let latin = file("latin.yml", b"# gr\xc3\xbcn\n# \xc3\xbc gr\xfcn\n");
    let error = PipelineConfig::load(&latin).unwrap_err();
    assert_eq!(error.message, "the file is not UTF-8");
    assert_eq!((error.line(), error.column()), (Some(2), Some(7)));
}

#[test]
fn a_file_over_the_limit_is_refused_and_one_at_the_limit_is_read() {
    let text = "#".repeat(MAX_BYTES);
    assert_eq!(
        PipelineConfig::load(&file("limit.yml", text.as_bytes())),
        Ok(PipelineConfig::default())
    );
    let more = text + "#";
    let message = format!("the file is larger than {MAX_BYTES} bytes");
    assert_eq!(
        PipelineConfig::load(&file("over.yml", more.as_bytes())).unwrap_err().message,
        message
    );
    assert_eq!(PipelineConfig::parse(&more, "p.yml").unwrap_err().message, message);
}

#[test]
fn many_values_and_long_texts_are_refused_with_a_short_message() {
    let many = format!("cache:\n  paths: [{}]\n", "a,".repeat(20_000));
    let long = format!("verify:\n  quick_mode: {}\n", "x".repeat(500_000));
    let unknown = format!("{}: 1\n", "x".repeat(100));
    let twice = format!("a{0}: 1\na{0}: 1\n", "x".repeat(500));
    for text in [many, long, unknown, twice] {
        let shown = PipelineConfig::parse(&text, "p.yml").unwrap_err().to_string();
        assert!(shown.len() < 1_000, "{shown}");
    }
}

#[test]
fn the_first_unknown_stage_of_the_file_is_shown_with_the_one_meant() {
    let loaded = pipeline(
        "stages:\n  test:\n    enabled: false\n  doctests:\n    enabled: true\n  clipy:\n    enabled: true\n",
    );
    let error = loaded.check_stages(&["fmt", "clippy", "test", "doctest"], &[]).unwrap_err();
    insta::assert_snapshot!(error, @r"
    error: unknown stage `doctests`
      --> p.yml:4:3
       |
     4 |   doctests:
       |   ^^^^^^^^
       = help: did you mean `doctest`? known stages here: fmt, clippy, test, doctest
    ");
    assert_eq!(loaded.check_stages(&["test", "doctests", "clipy"], &[]), Ok(()));
}

#[test]
fn a_badge_of_no_number_and_no_stage_is_shown_with_the_one_meant() {
    let of = |name| pipeline(&format!("badges:\n  - name: {name}\n    path: a.svg\n"));
    let error = of("clipy").check_stages(&["fmt", "clippy"], &[]).unwrap_err();
    insta::assert_snapshot!(error, @r"
    error: there is no badge `clipy`
      --> p.yml:2:5
       |
     2 |   - name: clipy
       |     ^^^^
       = help: did you mean `clippy`? known badges here: build, tests, coverage, docs, api, msrv, license, performance, version, fmt, clippy
    ");
    for known in ["clippy", "docs", "version"] {
        assert_eq!(of(known).check_stages(&["fmt", "clippy"], &[]), Ok(()), "{known}");
    }
}

#[test]
fn the_first_unknown_member_of_the_file_is_shown_with_the_one_meant() {
    let loaded = pipeline("members:\n  app:\n    files: [assets]\n  shapes_: {}\n  x: {}\n");
    let error = loaded.check_members(&["app", "shapes", "survey"]).unwrap_err();
    insta::assert_snapshot!(error, @r"
    error: unknown member `shapes_`
      --> p.yml:4:3
       |
     4 |   shapes_: {}
       |   ^^^^^^^
       = help: did you mean `shapes`? known members here: app, shapes, survey
    ");
    assert_eq!(loaded.check_members(&["x", "shapes_", "app"]), Ok(()));
}

#[test]
fn a_member_has_the_files_that_are_written_and_none_otherwise() {
    let loaded = pipeline("members:\n  app:\n    files: [assets, README.md]\n  lib: {}\n");
    let files = |name| loaded.config.member_files(name).iter().map(InsidePath::as_str);
    assert_eq!(files("app").collect::<Vec<_>>(), ["assets", "README.md"]);
    assert_eq!(files("lib").chain(files("other")).count(), 0);
    let shown = |path: &str| {
        let effective = loaded.effective(path).unwrap();
        format!("{} ({})", effective.value, effective.origin)
    };
    assert_eq!(shown("members.app.files"), "assets, README.md (p.yml:3)");
    assert_eq!(shown("members.other.files"), " (default)");
    assert_eq!(shown("members.<id>.files"), "app: assets, README.md, lib:  (p.yml:1)");
}

#[test]
fn a_feature_that_the_member_does_not_have_is_shown_with_its_line() {
    let text = "members:\n  app:\n    interface_features:\n      - serde\n      - sedre\n  lib:\n    interface_all_features: true\n";
    let loaded = pipeline(text);
    let app = &loaded.config.members["app"];
    assert_eq!(app.interface_features.len(), 2);
    assert!(!app.interface_all_features && loaded.config.members["lib"].interface_all_features);
    let error = loaded.check_features(|_, feature| feature.as_str() == "serde").unwrap_err();
    insta::assert_snapshot!(error, @r"
    error: `app` has no feature `sedre`
      --> p.yml:5:9
       |
     5 |       - sedre
       |         ^^^^^
       = help: name features of this member's own manifest
    ");
    assert_eq!(loaded.check_features(|member, _| member == "app"), Ok(()));
}

#[test]
fn quarantined_tests_are_read_and_shown_with_the_line_of_their_list() {
    let entry = "    - test: a tests::flaky\n      issue: \"#12\"\n      until: 1970-01-02\n";
    let other = "    - test: b x\n      issue: o/r#1\n      until: 2027-01-31\n";
    let loaded = pipeline(&format!("test:\n  quarantine:\n{entry}{other}"));
    let entries = &loaded.config.test.quarantine;
    assert_eq!((entries.len(), entries[0].until), (2, Date::from_unix_days(1).unwrap()));
    assert_eq!((entries[0].test.as_str(), entries[0].issue.as_str()), ("a tests::flaky", "#12"));
    let shown = |key: &str| {
        let effective = loaded.effective(&format!("test.quarantine[].{key}")).unwrap();
        format!("{} ({})", effective.value, effective.origin)
    };
    assert_eq!(shown("test"), "a tests::flaky, b x (p.yml:2)");
    assert_eq!(shown("until"), "1970-01-02, 2027-01-31 (p.yml:2)");
    assert_eq!(loaded.effective("test.quarantine[].days"), None);
    assert_eq!(loaded.effective("test.quarantine"), None);
}

#[test]
fn limits_of_benchmarks_are_read_and_hold_for_what_they_name() {
    let entry = "    - member: app\n      benchmark: read*\n      threshold: 0.5\n";
    let other =
        "    - member: app\n      benchmark: \"*\"\n      threshold: 10\n      measure: time\n";
    let text = format!("performance:\n  regression_threshold: 2\n  limits:\n{entry}{other}");
    let loaded = pipeline(&text);
    let allowed = |member: &str, name: &str, measure| {
        let performance = &loaded.config.performance;
        let (allowed, entry) = performance.allowed((member, name), measure);
        (allowed.to_string(), entry.map(|it| it.benchmark.to_string()))
    };
    let of = |name: &str| Some(name.to_owned());
    let (counts, time) = (BenchmarkMeasure::Instructions, BenchmarkMeasure::Time);
    assert_eq!(allowed("app", "read/1", counts), ("0.5".to_owned(), of("read*")));
    assert_eq!(allowed("app", "read/1", time), ("10".to_owned(), of("*")));
    assert_eq!(allowed("app", "write", counts), ("2".to_owned(), None));
    assert_eq!(allowed("shapes", "read/1", counts), ("2".to_owned(), None));
    assert_eq!(allowed("shapes", "read/1", time), ("3".to_owned(), None));
    let shown = loaded.effective("performance.limits[].measure").unwrap();
    let shown = format!("{} ({})", shown.value, shown.origin);
    assert_eq!(shown, "instructions, time (p.yml:3)");
}

#[test]
fn a_limit_of_a_member_that_there_is_not_is_shown_with_its_line() {
    let entry = "    - member: shapse\n      benchmark: read\n      threshold: 1\n";
    let loaded = pipeline(&format!("performance:\n  limits:\n{entry}"));
    let error = loaded.check_members(&["app", "shapes"]).unwrap_err().to_string();
    assert!(error.contains("unknown member `shapse`"), "{error}");
    assert!(error.contains("p.yml:3") && error.contains("did you mean `shapes`?"), "{error}");
    assert_eq!(loaded.check_members(&["app", "shapse"]), Ok(()));
}

#[test]
fn how_many_members_a_build_has_is_chosen_or_counted() {
    let of = |text: &str| {
        let text = format!("cache: {{members_per_build: {text}}}");
        pipeline(&text).config.cache.members_per_build
    };
    assert_eq!(of("auto"), MembersPerBuild::Auto);
    assert_eq!(of("\"auto\""), MembersPerBuild::Auto);
    assert_eq!(of("1000"), MembersPerBuild::Count(Bounded::of::<1000>()));
    assert_eq!(PipelineConfig::default().cache.members_per_build, MembersPerBuild::Auto);
}

#[test]
fn a_stage_is_on_unless_it_is_switched_off() {
    let config = pipeline("stages: {fmt: {enabled: false}, docs: {}}").config;
    assert_eq!(["fmt", "docs", "test"].map(|id| config.is_enabled(id)), [false, true, true]);
}

#[test]
fn an_opt_in_stage_is_off_unless_it_is_switched_on() {
    let loaded = pipeline("stages:\n  a: {enabled: true}\n  b: {}\n  c: {enabled: false}\n");
    let loaded = loaded.with_opt_in(["a", "b", "c", "d"]);
    let on = ["a", "b", "c", "d", "test"].map(|id| loaded.config.is_enabled(id));
    assert_eq!(on, [true, false, false, false, true]);
    let shown = |path: &str| {
        let effective = loaded.effective(path).unwrap();
        format!("{} ({})", effective.value, effective.origin)
    };
    assert_eq!(shown("stages.a.enabled"), "true (p.yml:2)");
    assert_eq!(shown("stages.d.enabled"), "false (default)");
}

fn member(files: impl IntoIterator<Item = String>) -> MemberSettings {
    let files = files.into_iter().map(|it| InsidePath::new(it).unwrap()).collect();
    let coverage_threshold = "97.25".parse().unwrap();
    let interface_features = vec![FeatureName::new("serde").unwrap()];
    MemberSettings {
        files,
        coverage_threshold,
        test_shards: Bounded::of::<3>(),
        interface_features,
        interface_all_features: false,
        release_group: GroupName::new("core").unwrap(),
    }
}

fn quarantined(test: &str, days: u64) -> Quarantined {
    Quarantined {
        test: TestName::new(test).unwrap(),
        issue: Issue::new("owner/repository#12").unwrap(),
        until: Date::from_unix_days(days).unwrap(),
    }
}

fn limit(member: &str, benchmark: &str, threshold: &str) -> BenchmarkLimit {
    BenchmarkLimit {
        member: member.to_owned(),
        benchmark: BenchmarkName::new(benchmark).unwrap(),
        threshold: threshold.parse().unwrap(),
        measure: BenchmarkMeasure::Time,
    }
}

fn config() -> impl Strategy<Value = PipelineConfig> {
    let text = "[!-~]([ -~]{0,20}[!-~])?";
    let switches = proptest::collection::btree_map("[a-z]{1,9}", any::<bool>(), 0..4);
    let paths = proptest::collection::vec(text, 0..4);
    let numbers = (1..=256_u64, 1..=1440_u64, 1..=10_u64);
    let files = proptest::collection::btree_set("[a-z]{1,9}/[a-z]{1,9}", 0..4);
    let members = proptest::collection::btree_map("[a-z]{1,9}", files, 0..3);
    let per_build = proptest::option::of(1..=1000_u64);
    let tests = proptest::collection::btree_map("[a-z:-]{1,9} [!-)+-~]{1,9}", 0..40_000_u64, 0..3);
    let members = (members, per_build, tests);
    let percent = ("[0-9]{1,2}(\\.[0-9]{1,6})?", "[0-9]{1,3}(\\.[0-9]{1,6})?");
    (switches, paths, text, numbers, percent, any::<[bool; 4]>(), members).prop_map(
        |(switches, paths, key, numbers, percent, truths, (members, per_build, tests))| {
            let switches = switches
                .into_iter()
                .map(|(id, enabled)| (id, StageSettings { enabled, ..StageSettings::default() }));
            let mut config =
                PipelineConfig { stages: switches.collect(), ..PipelineConfig::default() };
            config.cache.paths = paths;
            config.cache.key = key;
            config.cache.members_per_build = per_build.map_or(MembersPerBuild::Auto, |count| {
                MembersPerBuild::Count(Bounded::new(count).unwrap())
            });
            config.members =
                members.into_iter().map(|(name, files)| (name, member(files))).collect();
            config.test.quarantine =
                tests.iter().map(|(test, days)| quarantined(test, *days)).collect();
            config.performance.limits =
                tests.keys().map(|name| limit("a", name, &percent.1)).collect();
            config.performance.results_branch = BranchName::new("a/b").unwrap();
            config.resources.max_parallel_jobs = Bounded::new(numbers.0).unwrap();
            config.resources.timeout_minutes = Bounded::new(numbers.1).unwrap();
            config.resources.max_attempts = Bounded::new(numbers.2).unwrap();
            config.test.coverage_threshold = percent.0.parse().unwrap();
            config.performance.regression_threshold = percent.1.parse().unwrap();
            config.badges =
                vec![Badge { name: BadgeName::Tests, path: BadgePath::new("t.svg").unwrap() }];
            let flags = [
                &mut config.verify.quick_mode,
                &mut config.verify.full_proofs,
                &mut config.test.doc_coverage,
                &mut config.performance.store_results,
            ];
            flags.into_iter().zip(truths).for_each(|(flag, truth)| *flag = truth);
            config
        },
    )
}

/// Text that is near to what the reader expects: lines of keys, values and YAML's own signs.
fn near_yaml() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        proptest::sample::select(vec![
            "verify",
            "test",
            "badges",
            "stages",
            "members",
            "files",
            "members_per_build",
            "quarantine",
            "issue",
            "until",
            "2027-01-31",
            "performance",
            "limits",
            "benchmark",
            "threshold",
            "measure",
            "results_branch",
            "cache",
            "paths",
            "name",
            "path",
            "quick_mode",
            "coverage_threshold",
            ": ",
            ":",
            "- ",
            "\n",
            "\n  ",
            "\n    ",
            "\t",
            "\r\n",
            "\r",
            "95",
            "true",
            "null",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "&a ",
            "*a",
            "<<: ",
            "!!str ",
            "!x ",
            "|",
            ">-",
            "\"",
            "'",
            "#",
            "---",
            "...",
            "? ",
            "%YAML 1.2\n",
            "\u{feff}",
            "\u{85}",
            "\u{2028}",
            "é",
            ".nan",
            "1e9",
        ])
        .prop_map(str::to_owned),
        ".{0,3}",
    ];
    proptest::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

fn reads_or_explains(text: &str) -> Result<(), TestCaseError> {
    let lines = text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count();
    let check = |error: blocks_config::ConfigError| {
        let line = usize::try_from(error.line().unwrap_or(1)).unwrap();
        // A document that ends too early is wrong on the line after its last.
        prop_assert!((1..=lines + 1).contains(&line), "line {line} of {lines}: {error}");
        prop_assert!(error.to_string().contains("= help: "));
        Ok(())
    };
    PipelineConfig::parse(text, "p.yml").map_or_else(check, |_| Ok(()))?;
    NotifyConfig::parse(text, "n.yml").map_or_else(check, |_| Ok(()))
}

proptest! {
    #[test]
    fn a_configuration_written_as_json_reads_back_the_same(config in config()) {
        let text = serde_json::to_string_pretty(&config).unwrap();
        let loaded = Loaded::<PipelineConfig>::parse(&text, "p.json");
        prop_assert_eq!(loaded.map(|loaded| loaded.config), Ok(config));
    }

    #[test]
    fn arbitrary_text_is_read_or_explained(text in any::<String>()) {
        reads_or_explains(&text)?;
    }

    #[test]
    fn text_that_is_nearly_yaml_is_read_or_explained(text in near_yaml()) {
        reads_or_explains(&text)?;
    }

    #[test]
    fn a_damaged_file_is_read_or_explained(at in any::<prop::sample::Index>(), put in ".{0,2}", cut in 0..3_usize) {
        let mut letters: Vec<char> = include_str!("corpus/valid/all-keys.yml").chars().collect();
        let start = at.index(letters.len());
        let end = (start + cut).min(letters.len());
        letters.splice(start..end, put.chars());
        reads_or_explains(&letters.into_iter().collect::<String>())?;
    }
}

fn with_own(text: &str) -> Loaded<PipelineConfig> {
    Loaded::parse(&format!("stages:\n  mine:\n{text}"), "f.yml").unwrap()
}

#[test]
fn a_stage_with_a_command_is_of_the_workspaces_own() {
    let loaded = with_own(
        "    run: [grep, -q, 7, \"{packages}\"]\n    layer: build\n  fmt:\n    enabled: false\n",
    );
    let own: Vec<_> = loaded.config.own_stages().collect();
    assert_eq!(own.len(), 1);
    assert_eq!((own[0].0, own[0].1.layer), ("mine", StageLayer::Build));
    assert_eq!(own[0].1.run, ["grep", "-q", "7", "{packages}"]);
    loaded.check_stages(&["fmt"], &["interface"]).unwrap();
    let error = loaded.check_stages(&["fmt"], &["mine"]).unwrap_err().to_string();
    assert!(error.contains("`mine` is a stage already"), "{error}");
    assert_eq!(loaded.effective("stages.mine.layer").unwrap().value, "build");
}

#[test]
fn a_file_that_a_stage_reads_and_is_not_there_is_refused_with_its_line() {
    let loaded = with_own("    run: [x]\n    files:\n      - docs\n      - gone\n");
    loaded.check_files(|_| true, |_| false).unwrap();
    let error = loaded.check_files(|it| it.as_str() == "docs", |_| true).unwrap_err().to_string();
    assert!(error.contains("f.yml:6") && error.contains("`gone` is not there"), "{error}");
}

#[test]
fn a_page_that_is_no_file_is_refused_with_its_line() {
    let text = "docs:\n  files:\n    - README.md\n    - docs\n";
    let loaded: Loaded<PipelineConfig> = Loaded::parse(text, "f.yml").unwrap();
    loaded.check_files(|_| true, |_| true).unwrap();
    let error = loaded.check_files(|_| true, |it| it.as_str() != "docs").unwrap_err().to_string();
    assert!(error.contains("f.yml:4") && error.contains("`docs` is a folder or a link"), "{error}");
    let text = "docs:\n  files: ['a, b.md']\n";
    let loaded: Loaded<PipelineConfig> = Loaded::parse(text, "f.yml").unwrap();
    let error = loaded.check_files(|_| true, |_| true).unwrap_err().to_string();
    assert!(error.contains("has a comma and a blank in it"), "{error}");
}
