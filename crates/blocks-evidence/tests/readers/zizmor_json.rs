use blocks_evidence::{WorkflowFinding, read_zizmor};

const SAMPLE: &str = include_str!("../samples/workflows.json");

fn reason(text: &str) -> String {
    read_zizmor(text.as_bytes()).unwrap_err().to_string()
}

fn one() -> WorkflowFinding {
    WorkflowFinding {
        audit: "artipacked".to_owned(),
        about: "credential persistence through GitHub Actions artifacts".to_owned(),
        url: "https://docs.zizmor.sh/audits/#artipacked".to_owned(),
        severity: "Medium".to_owned(),
        annotation: "does not set persist-credentials: false".to_owned(),
        place: ("./.github/workflows/ci.yml".to_owned(), 7),
    }
}

#[test]
fn each_finding_has_its_audit_and_the_place_that_it_is_about() {
    let found = read_zizmor(SAMPLE.as_bytes()).unwrap();
    let told: Vec<_> = found.iter().map(|it| (it.audit.as_str(), it.place.1)).collect();
    // The last is told with the step that it is in, which is no place to look at.
    let expected = [
        ("artipacked", 7),
        ("excessive-permissions", 4),
        ("dangerous-triggers", 2),
        ("template-injection", 10),
    ];
    assert_eq!(told, expected);
    assert_eq!(found[0], one());
    assert!(read_zizmor(b"[]").unwrap().is_empty());
}

#[test]
fn newer_versions_call_the_path_otherwise() {
    let newer =
        SAMPLE.replace("\"prefix\": \".\",", "").replace("\"given_path\"", "\"verbatim_path\"");
    assert_ne!(newer, SAMPLE);
    assert_eq!(read_zizmor(newer.as_bytes()).unwrap()[0], one());
}

#[test]
fn what_is_meant_is_left_out() {
    let meant = SAMPLE.replacen("\"ignored\": false", "\"ignored\": true", 1);
    assert_eq!(read_zizmor(meant.as_bytes()).unwrap().len(), 3);
}

#[test]
fn what_is_cut_of_no_place_or_of_another_kind_is_refused() {
    assert!(reason("").contains("line 1: "));
    assert!(reason("{}").contains("line 1: "));
    assert!(reason(SAMPLE.trim_end().trim_end_matches(']')).contains("EOF"));
    let nowhere = r#"[{"ident":"a","desc":"b","url":"c","determinations":{"severity":"Low"},"locations":[],"ignored":false}]"#;
    assert!(reason(nowhere).contains("a: it is nowhere"));
    assert!(reason(&SAMPLE.replace("\"row\"", "\"line\"")).contains("missing field `row`"));
}
