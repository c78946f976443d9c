//! The table that is shipped is whole, and a table that is not is refused with a reason.

use std::path::Path;

use blocks_stages::{Database, Install, Places, Set, Table, feature_words, shell_word};
use proptest::prelude::*;

/// A table with one stage, to which a test adds.
fn small(rows: &str) -> String {
    format!("schema = 1\ntool = []\n[[layer]]\nid = \"none\"\nabout = \"\"\nfolder = \"\"\n{rows}")
}

fn stage(id: &str, extra: &str) -> String {
    format!(
        "[[stage]]\nid = \"{id}\"\ntitle = \"\"\nwhy = \"\"\nscope = \"workspace\"\nset = \"quick\"\ngate = \"g\"\nrepeat = \"r\"\n{extra}\n"
    )
}

const STEP: &str = "[[stage.step]]\nrun = [\"true\"]\nanswers = [0]\ndecides = true\n";

fn refusal(text: &str) -> String {
    Table::parse(text).expect_err("a table that is not whole").to_string()
}

#[test]
fn the_shipped_table_is_whole() {
    let table = Table::parse(Table::TEXT).expect("the shipped table");
    assert_eq!(&table, Table::embedded());
    assert!(table.stage_ids().count() >= 6);
}

#[test]
fn every_stage_leads_to_a_record_with_evidence() {
    let table = Table::embedded();
    for stage in &table.stages {
        let recorded = table.recorded_by(stage);
        assert!(recorded.deciding_step().is_some(), "{}", stage.id);
        assert!(!recorded.evidence.is_empty(), "{}", stage.id);
    }
}

#[test]
fn each_redirected_stream_is_evidence_so_that_its_digest_is_kept() {
    for stage in &Table::embedded().stages {
        let streams = stage.steps.iter().flat_map(|step| step.stdout.iter().chain(&step.stderr));
        for file in streams {
            assert!(stage.evidence.iter().any(|it| &it.file == file), "{}: {file}", stage.id);
        }
    }
}

#[test]
fn each_tool_is_used_and_tells_its_versions() {
    let table = Table::embedded();
    for tool in &table.tools {
        assert!(table.stages.iter().any(|stage| stage.tools.contains(&tool.id)), "{}", tool.id);
        // A channel is what it is.
        let has_minimum = tool.version.is_some() && tool.install != Install::Toolchain;
        assert_eq!(tool.minimum.is_some(), has_minimum, "{}", tool.id);
    }
}

#[test]
fn a_newer_schema_is_refused_in_words() {
    let text = small(&stage("a", STEP)).replace("schema = 1", "schema = 7");
    assert_eq!(refusal(&text), "stages.toml has schema 7, this program reads schema 1");
}

#[test]
fn a_name_that_stands_twice_is_refused() {
    let text = small(&(stage("a", STEP) + &stage("a", STEP)));
    assert_eq!(refusal(&text), "stages.toml names stage `a` twice");
}

#[test]
fn a_reference_to_nothing_is_refused() {
    for (extra, kind, id) in [
        ("layer = \"gone\"", "layer", "gone"),
        ("tools = [\"gone\"]", "tool", "gone"),
        ("record = \"gone\"", "record", "gone"),
        ("material = \"gone\"", "material", "gone"),
    ] {
        let expected = format!("stage `a` names {kind} `{id}`, which stages.toml does not have");
        assert_eq!(refusal(&small(&stage("a", extra))), expected);
    }
}

#[test]
fn a_row_that_is_like_another_has_what_it_does_not_say_itself() {
    let more = "[[stage]]\nid = \"b\"\nlike = \"a\"\nset = \"proofs\"\nenv = { MORE = \"1\" }\n";
    let text = small(&(stage("a", &format!("env = {{ LESS = \"1\" }}\n{STEP}")) + more));
    let table = Table::parse(&text).expect("whole");
    let [a, b] = ["a", "b"].map(|id| table.stage(id).expect("a row"));
    assert_eq!((&b.steps, &b.gate), (&a.steps, &a.gate));
    assert_eq!((a.set, b.set), (Set::Quick, Set::Proofs));
    assert_eq!(b.env.keys().collect::<Vec<_>>(), ["MORE"], "of its own, and not of both");
    for gone in ["gone", "b"] {
        let refused = format!("stage `b` names like `{gone}`, which stages.toml does not have");
        assert_eq!(refusal(&text.replace("like = \"a\"", &format!("like = \"{gone}\""))), refused);
    }
}

#[test]
fn a_row_without_an_answer_is_refused() {
    for (extra, what) in [
        (String::new(), "has no step that decides"),
        (STEP.repeat(2), "has more than one step that decides"),
        (STEP.replace("\"true\"", ""), "has a step that runs nothing"),
    ] {
        assert_eq!(refusal(&small(&stage("a", &extra))), format!("stage `a` {what}"));
    }
    let both = small(&(stage("a", STEP) + &stage("b", &format!("record = \"a\"\n{STEP}"))));
    assert_eq!(refusal(&both), "stage `b` judges another's record, and has steps too");
}

#[test]
fn what_looks_into_everything_says_where_and_is_of_the_workspace() {
    let with = |extra: &str| small(&stage("a", &format!("everything = true\n{extra}\n{STEP}")));
    Table::parse(&with("tools_where = [\"rules.toml\"]")).expect("whole");
    Table::parse(&with("opt_in = true")).expect("whole");
    let refused = "stage `a` looks into everything, and has no `tools_where` and is not opt-in";
    assert_eq!(refusal(&with("")), refused);
    for extra in ["tools_where = [\"rules.toml\"]", "opt_in = true"] {
        let members = with(extra).replace("\"workspace\"", "\"member\"");
        let refused = "stage `a` looks into everything, and is of member scope";
        assert_eq!(refusal(&members), refused);
    }
}

#[test]
fn rules_at_the_root_let_a_stage_read_everything() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut row = Table::embedded().stage("spelling").expect("a row").clone();
    assert!(!row.reads_everything(root), "no rules here");
    row.tools_where.push("Cargo.toml".to_owned());
    assert!(row.reads_everything(root));
    row.tools_where.clear();
    assert!(row.reads_everything(root), "no file decides");
    row.everything = false;
    assert!(!row.reads_everything(root));
}

#[test]
fn tools_of_opt_in_stages_that_are_off_are_not_wanted() {
    let tool = |id| format!("[[tool]]\nid = \"{id}\"\nabout = \"it\"\ninstall = \"cargo\"\n");
    let with = |tools: &str| format!("opt_in = true\ntools = {tools}\n{STEP}");
    let rows = stage("a", &with("[\"one\"]")) + &stage("b", &with("[\"one\", \"two\"]"));
    let tools = ["one", "two", "three"].map(tool).concat();
    let text = small(&(rows + &tools)).replace("tool = []\n", "");
    let table = Table::parse(&text).expect("whole");
    assert_eq!(table.opt_in_ids().collect::<Vec<_>>(), ["a", "b"]);
    let wanted = |on: &str| {
        let tools = table.tools_where(|stage| stage.id == on);
        tools.into_iter().map(|tool| tool.id.as_str()).collect::<Vec<_>>()
    };
    // No stage needs the last: a layer may.
    assert_eq!(wanted(""), ["three"]);
    assert_eq!(wanted("a"), ["one", "three"]);
    assert_eq!(wanted("b"), ["one", "two", "three"]);
}

#[test]
fn an_unknown_field_is_refused_with_its_line() {
    let message = refusal(&small(&stage("a", "colour = \"red\"")));
    assert!(message.contains("colour") && message.contains("line 15"), "{message}");
}

#[test]
fn a_compiler_is_one_of_the_layer() {
    let layer = "[[layer]]\nid = \"l\"\nabout = \"\"\nfolder = \"\"\n[[layer.compiler]]\nid = \"rustc\"\nprepare = []\n";
    let with = |compiler: &str| {
        small(&format!("{layer}{}", stage("a", &format!("layer = \"l\"\n{compiler}\n{STEP}"))))
    };
    Table::parse(&with("")).expect("rustc is what a row means that names none");
    assert_eq!(
        refusal(&with("compiler = \"gone\"")),
        "stage `a` names compiler `gone`, which stages.toml does not have"
    );
}

#[test]
fn settings_stand_in_the_texts_of_the_rows_that_list_them() {
    let row = "env = { N = \"{verify.n}\" }\n[[stage.file]]\nname = \"f\"\ntext = \"n={verify.n}\"\n\
               [[stage.step]]\nrun = [\"echo\", \"{verify.n}x\"]\nanswers = [0]\ndecides = true\n";
    let listed = stage("a", &format!("settings = [\"verify.n\"]\n{row}"));
    let listed = listed.replace("repeat = \"r\"", "repeat = \"N={verify.n} r\"");
    let table = Table::parse(&small(&(listed + &stage("b", row)))).expect("a table");
    let value = |key: &str| (key == "verify.n").then(|| "7".to_owned());
    let filled = table.with_settings(value).expect("a value");
    let [a, b] = filled.stages.as_slice() else { panic!("two stages") };
    assert_eq!((a.env["N"].as_str(), a.files[0].text.as_str()), ("7", "n=7"));
    assert_eq!(
        (&a.steps[0].run[..], &*a.repeat),
        (&["echo".to_owned(), "7x".to_owned()][..], "N=7 r")
    );
    assert_eq!(b, &table.stages[1], "what lists no setting has no place for it");
    assert_eq!(
        table.with_settings(|_| None).expect_err("no value").to_string(),
        "stage `a` names setting `verify.n`, which stages.toml does not have"
    );
}

#[test]
fn what_docs_files_names_is_read_by_the_rows_that_list_it() {
    let row =
        "reads = [\"rules\"]\n[[stage.step]]\nrun = [\"echo\"]\nanswers = [0]\ndecides = true\n";
    let listed = stage("a", &format!("settings = [\"docs.files\"]\n{row}"));
    let table = Table::parse(&small(&(listed + &stage("b", row)))).expect("a table");
    let reads = |value: &str| {
        let filled = table.with_settings(|_| Some(value.to_owned())).expect("a value");
        filled.stages.into_iter().map(|stage| stage.reads).collect::<Vec<_>>()
    };
    assert_eq!(reads(""), [["rules"], ["rules"]]);
    assert_eq!(
        reads("README.md, docs/a b.md"),
        [&["rules", "README.md", "docs/a b.md"][..], &["rules"]]
    );
}

#[test]
fn a_file_is_due_by_the_status_of_the_deciding_step() {
    let test = Table::embedded().stage("test").expect("a row");
    let junit = test.evidence.iter().find(|it| it.kind == "junit").expect("evidence");
    assert!(junit.is_due(Some(0)) && junit.is_due(Some(100)));
    assert!(!junit.is_due(Some(101)) && !junit.is_due(None));
    let docs = Table::embedded().stage("docs").expect("a row");
    assert!(docs.evidence[0].is_due(Some(101)));
    assert!(!docs.outputs[0].is_due(Some(101)));
    assert!(test.steps[0].is_due(None));
}

#[test]
fn a_killed_compiler_is_told_from_a_test_that_prints_the_same_words() {
    let faults = &Table::embedded().faults;
    let said =
        |line: &str| faults.iter().find(|it| it.is_said_by(line)).map(|it| it.ended.as_str());
    let killed =
        "  process didn't exit successfully: `rustc --crate-name a` (signal: 9, SIGKILL: kill)";
    assert_eq!(said(killed), Some("killed"));
    assert_eq!(said("my test says (signal: 9, SIGKILL: kill)"), None);
    assert_eq!(
        said("error: failed to write x: No space left on device (os error 28)"),
        Some("tool-failed")
    );
}

#[test]
fn a_row_of_member_scope_names_its_packages() {
    let member = |extra: &str| small(&stage("a", extra).replace("\"workspace\"", "\"member\""));
    assert_eq!(
        refusal(&member(STEP)),
        "stage `a` is of member scope, and its deciding step has no word `{packages}`"
    );
    assert!(refusal(&member(&STEP.replace("true\"", "x{packages}\""))).contains("{packages}"));
    let named = STEP.replace("\"true\"", "\"true\", \"{packages}\"");
    Table::parse(&member(&named)).expect("a table that is whole");
    // A row that judges another's record runs nothing.
    let judges = stage("b", "record = \"a\"").replace("\"workspace\"", "\"member\"");
    Table::parse(&(member(&named) + &judges)).expect("a table that is whole");
}

#[test]
fn a_row_says_which_files_of_the_root_its_tools_read() {
    let text = small(&stage("a", &format!("reads = [\"clippy.toml\"]\n{STEP}")));
    let table = Table::parse(&text).expect("a table that is whole");
    assert_eq!(table.stages[0].reads, ["clippy.toml"]);
    assert!(Table::parse(&small(&stage("a", STEP))).expect("whole").stages[0].reads.is_empty());
}

/// A record depends on the program that judges it where nothing else can make it, and nowhere else.
#[test]
fn only_a_stage_of_machines_starts_blocks_itself() {
    let starts = "[[stage.step]]\nrun = [\"sh\", \"{blocks}\"]\nanswers = [0]\ndecides = true\n";
    assert!(refusal(&small(&stage("a", starts))).contains("starts Blocks itself"));
    let table = Table::parse(&small(&stage("a", &format!("host_only = true\n{starts}"))));
    assert!(table.expect("whole").stages[0].host_only);
    let of_machines: Vec<_> = Table::embedded().stages.iter().filter(|it| it.host_only).collect();
    assert_eq!(
        of_machines.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(),
        ["examples", "time"]
    );
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

#[test]
fn placeholders_become_paths_and_packages() {
    let table = Table::embedded();
    let row = |id: &str| table.stage(id).expect("a row");
    let packages = row("docs").package_words(&words(&["a"]));
    let (record, target) = (Path::new("/r"), Path::new("/t"));
    let features = feature_words([("a", "x"), ("a", "y"), ("b", "x")]);
    let (compared, database) = (None, None);
    let (packages, features, program) = (&packages[..], &features[..], Path::new("/bin/blocks"));
    let places = Places { record, target, compared, database, packages, features, program };
    assert_eq!(places.fill("{blocks} {record}"), "/bin/blocks /r");
    assert_eq!(places.fill("{record}/a {target}/doc {other}"), "/r/a /t/doc {other}");
    assert_eq!(
        places.fill_words(&words(&["cargo", "{packages}", "--x={packages}", "{record}/a"])),
        ["cargo", "--package", "a", "--x={packages}", "/r/a"]
    );
    assert_eq!(
        places.fill_words(&words(&["cargo", "{features}", "{features}="])),
        ["cargo", "--features=a/x,a/y,b/x", "{features}="]
    );
    assert!(feature_words([]).is_empty());
    let words_of_it = words(&["{database}", "{database-name} of {database-date}", "{now}"]);
    assert_eq!(places.fill_words(&words_of_it), words_of_it, "of who looks nothing up");
    let database = Some(Database { folder: "/db", name: "abc", date: "7" });
    let looking = Places { database, ..places };
    assert_eq!(looking.fill_words(&words_of_it), ["/db", "abc of 7", "{now}"]);
    let none = Places { database: Some(Database::default()), ..places };
    assert_eq!(none.fill_words(&words_of_it), ["", " of ", "{now}"]);
    let nothing = Places { packages: &[], features: &[], ..places };
    assert_eq!(nothing.fill_words(&words(&["{packages}", "{features}", "x"])), ["x"]);
    assert_eq!(row("docs").package_words(&[]), ["--workspace"]);
    assert_eq!(row("fmt").package_words(&[]), ["--all"], "rustfmt has a word of its own");
    assert_eq!(
        row("docs").package_words(&words(&["a", "b"])),
        ["--package", "a", "--package", "b"]
    );
}

#[test]
fn a_row_is_repeated_for_a_unit() {
    let mut stage = Table::embedded().stage("docs").expect("a row").clone();
    stage.repeat = "cargo doc {packages} --no-deps".to_owned();
    let repeat = |members: &[&str]| stage.repeat_for(&words(members));
    assert_eq!(repeat(&[]), "cargo doc --workspace --no-deps");
    assert_eq!(repeat(&["my-crate_2"]), "cargo doc --package my-crate_2 --no-deps");
    assert_eq!(repeat(&["it's; ü"]), r"cargo doc --package 'it'\''s; ü' --no-deps");
    assert_eq!(repeat(&["a", ""]), "cargo doc --package a --package '' --no-deps");
    stage.repeat = "cargo fmt --all".to_owned();
    assert_eq!(stage.repeat_for(&words(&["a"])), "cargo fmt --all");
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,200}") {
        let _ = Table::parse(&text);
    }

    #[test]
    fn a_shell_word_is_read_back_by_a_shells_rules(text in "[^\u{0}]*") {
        let word = shell_word(&text);
        let inner = word.strip_prefix('\'').and_then(|w| w.strip_suffix('\'')).expect("quotes");
        prop_assert!(inner.split(r"'\''").all(|part| !part.contains('\'')));
        prop_assert_eq!(inner.replace(r"'\''", "'"), text);
    }
}

fn group(id: &str, of: &str) -> String {
    format!("[[group]]\nid = \"{id}\"\ntitle = \"\"\nof = [{of}]\n")
}

#[test]
fn a_group_stands_for_its_stages_and_those_of_its_groups_once() {
    let stages = ["a", "b", "c"].map(|id| stage(id, STEP)).concat();
    let groups = group("inner", r#""c", "a""#) + &group("outer", r#""inner", "a""#);
    let table = Table::parse(&small(&(stages + &groups))).expect("a table");
    let named = |name| table.named(name).iter().map(|stage| stage.id.as_str()).collect::<Vec<_>>();
    assert_eq!(named("outer"), ["a", "c"]);
    assert_eq!(named("b"), ["b"]);
    assert!(named("d").is_empty());
}

#[test]
fn a_group_of_what_is_not_there_or_of_itself_is_refused() {
    for (groups, id) in [
        (group("one", r#""b""#), "b"),
        (group("one", r#""one""#), "one"),
        (group("one", r#""two""#) + &group("two", r#""a""#), "two"),
    ] {
        let text = small(&(stage("a", STEP) + &groups));
        let said = refusal(&text);
        assert_eq!(
            said,
            format!(
                "group `one` names `{id}`, which is neither a stage of stages.toml nor a group before it"
            )
        );
    }
    let taken = small(&(stage("a", STEP) + &group("a", "")));
    assert_eq!(refusal(&taken), "stages.toml names stage `a` twice");
}

#[test]
fn each_group_of_the_shipped_table_has_stages() {
    let table = Table::embedded();
    for group in &table.groups {
        assert!(!table.named(&group.id).is_empty(), "{}", group.id);
    }
}
