use blocks_evidence::{Bom, EvidenceError, PackageBom, read_cyclonedx};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../samples/boms.txt");

fn read(text: &str) -> Result<Vec<PackageBom>, EvidenceError> {
    read_cyclonedx(text.as_bytes())
}

/// One of a package, behind its size.
fn framed(name: &str, text: &str) -> String {
    format!("=== {name} has {} bytes\n{text}\n", text.len())
}

const SMALL: &str = r#"{"bomFormat":"CycloneDX","specVersion":"1.5","metadata":{"component":{"bom-ref":"a","name":"a","version":"1.0.0"}},"components":[{"bom-ref":"b","name":"b","version":"2.0.0","purl":"pkg:cargo/b@2.0.0"}],"dependencies":[{"ref":"a","dependsOn":["b"]},{"ref":"b"}]}"#;

#[test]
fn each_package_has_what_it_is_built_of() {
    let found = read(SAMPLE).unwrap();
    let names: Vec<_> = found.iter().map(|it| &*it.package).collect();
    assert_eq!(names, ["inner", "shapes", "tool"]);
    let tool: &Bom = found[2].bom.as_ref().unwrap();
    assert!(tool.components.iter().all(|it| it.is_related));
    assert!(!tool.subject.has_licence);
    assert_eq!((&*tool.subject.name, &*tool.subject.version), ("tool", "0.1.0"));
    assert_eq!(tool.subject.purl.as_deref(), Some("pkg:cargo/tool@0.1.0?download_url=file://."));
    let parts: Vec<_> = tool
        .components
        .iter()
        .map(|it| (&*it.name, &*it.version, it.purl.as_deref(), it.has_licence))
        .collect();
    assert_eq!(
        parts,
        [
            ("shapes", "1.2.0", Some("pkg:cargo/shapes@1.2.0?download_url=file://../shapes"), true),
            (
                "local",
                "0.3.0",
                Some("pkg:cargo/local@0.3.0?download_url=file://../vendor/local"),
                true
            ),
            ("itoa", "1.0.19", Some("pkg:cargo/itoa@1.0.19"), true),
        ]
    );
    let shapes = found[1].bom.as_ref().unwrap();
    assert_eq!(shapes.components, []);
    assert!(shapes.text.starts_with(b"{\n  \"bomFormat\"") && shapes.text.ends_with(b"}"));
}

#[test]
fn what_the_tool_has_not_written_is_none() {
    let found = read(&format!("=== gone has none\n{}", framed("a", SMALL))).unwrap();
    assert_eq!((&*found[0].package, &found[0].bom), ("gone", &None));
    assert!(found[1].bom.is_some());
}

#[test]
fn what_nothing_is_said_of_is_told_from_what_needs_nothing() {
    let text = framed("a", &SMALL.replace(",{\"ref\":\"b\"}", ""));
    let found = read(&text).unwrap();
    let bom = found[0].bom.as_ref().unwrap();
    assert_eq!((bom.subject.is_related, bom.components[0].is_related), (true, false));
}

#[test]
fn a_name_that_leads_elsewhere_is_refused() {
    for name in ["../a", "a/b", "/a", ".", "..", "a b", "a.cdx", "a\\b"] {
        let error = read(&framed(name, SMALL)).unwrap_err().to_string();
        assert_eq!(
            error,
            format!("not a whole cyclonedx file: {name}: that is no name of a package")
        );
    }
    assert!(read(&framed("größe_2-a", SMALL)).is_ok());
}

#[test]
fn what_is_not_whole_or_of_another_version_is_refused_with_its_package() {
    let other = |from: &str, to: &str| framed("a", &SMALL.replacen(from, to, 1));
    for (text, why) in [
        (String::new(), "its begin: there is nothing"),
        ("garbage\n".to_owned(), "byte 0: this is no bill of materials"),
        (framed("a", &SMALL[..SMALL.len() / 2]), "a: EOF while parsing"),
        (framed("a", "{}"), "a: missing field"),
        (
            format!("{}{}", framed("a", SMALL), framed("a", SMALL)),
            "byte 282: the bill of materials of a is there twice",
        ),
        (other("1.5", "1.6"), "a: it is CycloneDX 1.6, and not CycloneDX 1.5"),
        (other("CycloneDX", "Other"), "a: it is Other 1.5, and not CycloneDX 1.5"),
        (other("\"bom-ref\":\"b\"", "\"bom-ref\":\"a\""), "a: a is there twice"),
        (other("{\"ref\":\"b\"}", "{\"ref\":\"a\"}"), "a: what a needs is there twice"),
        (other("{\"ref\":\"b\"}", "{\"ref\":\"c\"}"), "a: it knows no c"),
        (other("[\"b\"]", "[\"c\"]"), "a: it knows no c"),
        (other("\"components\"", "\"others\""), "a: missing field `components`"),
        (other("\"dependencies\"", "\"others\""), "a: missing field `dependencies`"),
    ] {
        let error = read(&text).unwrap_err().to_string();
        assert!(error.starts_with(&format!("not a whole cyclonedx file: {why}")), "{error}");
    }
}

proptest! {
    #[test]
    fn each_text_is_kept_as_it_was(names in prop::collection::btree_set("[a-z]{1,6}", 1..4), more in "[ \n]{0,9}") {
        let text = format!("{SMALL}{more}");
        let written: String = names.iter().map(|name| framed(name, &text)).collect();
        let found = read(&written).unwrap();
        let read: Vec<_> = found.iter().map(|it| it.package.clone()).collect();
        prop_assert_eq!(read, names.into_iter().collect::<Vec<_>>());
        for one in found {
            prop_assert_eq!(one.bom.unwrap().text, text.as_bytes());
        }
    }
}
