use blocks_evidence::{BuildMessages, Level, read_cargo_messages};

const ERRORS: &str = include_str!("../samples/clippy-errors.jsonl");
const WARNINGS: &str = include_str!("../samples/clippy-warnings.jsonl");
const DOCS: &str = include_str!("../samples/docs-warnings.jsonl");

fn read(text: &str) -> BuildMessages {
    read_cargo_messages(text.as_bytes()).unwrap()
}

fn reason(text: &str) -> String {
    read_cargo_messages(text.as_bytes()).unwrap_err().to_string()
}

fn short(messages: &BuildMessages) -> Vec<String> {
    let line = |one: &blocks_evidence::Diagnostic| {
        format!(
            "{:?} {:?} {:?} {} fixable={}",
            one.level, one.code, one.place, one.message, one.is_fixable
        )
    };
    messages.diagnostics.iter().map(line).collect()
}

#[test]
fn the_same_finding_of_two_targets_is_read_once() {
    assert_eq!(ERRORS.matches("\"message\":\"mismatched types\"").count(), 2);
    let messages = read(ERRORS);
    insta::assert_debug_snapshot!(short(&messages), @r#"
    [
        "Warning Some(\"clippy::needless_return\") Some((\"a/src/lib.rs\", 19)) unneeded `return` statement fixable=true",
        "Error Some(\"E0308\") Some((\"b/src/lib.rs\", 2)) mismatched types fixable=false",
    ]
    "#);
    assert!(!messages.success);
    assert!(messages.diagnostics.iter().all(|one| one.is_member));
    let names: Vec<_> = messages.diagnostics.iter().map(|one| one.package_name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    assert!(messages.diagnostics[1].rendered.starts_with("error[E0308]: mismatched types"));
}

#[test]
fn documentation_warnings_are_read() {
    let messages = read(DOCS);
    assert!(messages.success && messages.artifacts > 0);
    assert_eq!(messages.diagnostics.len(), 1);
    assert_eq!(messages.diagnostics[0].code.as_deref(), Some("rustdoc::broken_intra_doc_links"));
}

fn message(package: &str, level: &str, message: &str) -> String {
    let target = r#"{"kind":["lib"],"crate_types":["lib"],"name":"a","src_path":"/a.rs","edition":"2024","doc":true,"doctest":true,"test":true}"#;
    format!(
        r#"{{"reason":"compiler-message","package_id":"{package}","manifest_path":"/Cargo.toml","target":{target},"message":{{"message":"{message}","code":null,"level":"{level}","spans":[],"children":[],"rendered":null}}}}"#
    )
}

const END: &str = r#"{"reason":"build-finished","success":true}"#;

#[test]
fn counts_and_notes_are_no_findings() {
    let path = "path+file:///workspace/a#0.1.0";
    let lines = [
        message(path, "error", "aborting due to 2 previous errors"),
        message(path, "warning", "1 warning emitted"),
        message(path, "warning", "12 warnings emitted"),
        message(path, "failure-note", "for more information"),
        message(path, "note", "a note"),
        message(path, "help", "a help"),
        END.to_owned(),
    ];
    assert_eq!(short(&read(&lines.join("\n"))), [""; 0]);
}

#[test]
fn an_error_without_a_place_and_a_broken_compiler_are_findings() {
    let path = "a 0.1.0 (path+file:///workspace/a)";
    let lines = [
        message(path, "error", "linking with `cc` failed"),
        message(path, "error: internal compiler error", "no idea"),
        message(path, "warning", "many warnings emitted"),
        END.to_owned(),
    ];
    let messages = read(&lines.join("\n"));
    let levels: Vec<_> =
        messages.diagnostics.iter().map(|one| (one.level, one.is_member)).collect();
    assert_eq!(levels, [(Level::Error, true), (Level::Error, true), (Level::Warning, true)]);
}

#[test]
fn a_finding_in_a_crate_of_a_registry_is_marked() {
    let text = message("registry+https://example.org/index#a@1.0.0", "error", "no") + "\n" + END;
    assert!(!read(&text).diagnostics[0].is_member);
}

#[test]
fn what_a_macro_prints_is_counted() {
    let messages = read(&format!("hello\n\n[1]\n{WARNINGS}"));
    assert_eq!((messages.other_lines, messages.diagnostics.len()), (2, 1));
}

#[test]
fn a_file_without_its_end_is_malformed() {
    let cut: Vec<&str> = WARNINGS.lines().filter(|line| !line.contains("build-finished")).collect();
    insta::assert_snapshot!(reason(&cut.join("\n")), @"not a whole cargo-messages file: end: no build-finished message");
    insta::assert_snapshot!(reason(""), @"not a whole cargo-messages file: end: no build-finished message");
}

#[test]
fn a_message_that_is_not_cargos_is_malformed() {
    insta::assert_snapshot!(reason("{}"), @"not a whole cargo-messages file: line 1: missing field `reason` at line 1 column 2");
    insta::assert_snapshot!(reason(&format!("{END}\nmore")), @"not a whole cargo-messages file: line 2: text after build-finished");
    assert!(reason(r#"{"reason":"new-thing"}"#).contains("unknown variant"));
}

#[test]
fn a_build_script_that_ran_is_no_finding() {
    let ran = r#"{"reason":"build-script-executed","package_id":"path+file:///a#0.1.0","linked_libs":[],"linked_paths":[],"cfgs":[],"env":[],"out_dir":"/out"}"#;
    let messages = read(&format!("{ran}\n{END}"));
    assert_eq!((messages.artifacts, messages.diagnostics.len()), (0, 0));
}

#[test]
fn long_texts_are_bounded() {
    let text = message("path+file:///a#0.1.0", "error", &"x".repeat(100_000)) + "\n" + END;
    assert!(read(&text).diagnostics[0].message.ends_with("bytes cut)"));
}

#[test]
fn a_package_is_compiled_where_nothing_of_it_but_its_build_script_was_there() {
    let artifact = |id: &str, kind: &str, fresh: bool| {
        let profile = r#"{"opt_level":"3","debuginfo":0,"debug_assertions":false,"overflow_checks":false,"test":false}"#;
        let target = format!(
            r#"{{"kind":["{kind}"],"crate_types":["{kind}"],"name":"a","src_path":"/a.rs","edition":"2024","doc":true,"doctest":true,"test":true}}"#
        );
        format!(
            r#"{{"reason":"compiler-artifact","package_id":"{id}","manifest_path":"/Cargo.toml","target":{target},"profile":{profile},"features":[],"filenames":[],"executable":null,"fresh":{fresh}}}"#
        )
    };
    let lines = [
        artifact("path+file:///w/a#0.1.0", "custom-build", true),
        artifact("path+file:///w/a#0.1.0", "lib", false),
        artifact("path+file:///w/b#other@0.2.0", "lib", true),
        artifact("path+file:///w/b#other@0.2.0", "bin", false),
        artifact("registry+https://example.org/index#a@1.0.0", "lib", false),
        artifact("path+file:///w/script#0.1.0", "custom-build", false),
        END.to_owned(),
    ];
    let messages = read(&lines.join("\n"));
    let found: Vec<_> =
        messages.packages.iter().map(|it| (&*it.name, &*it.version, it.is_compiled)).collect();
    assert_eq!(found, [("a", "0.1.0", true), ("other", "0.2.0", false)]);
}
