//! What the gate of bills of materials says, and what it hands on.

use crate::crew::lines;
use crate::evidence::{BOMS, BOMS_UNLICENSED, GRAPH, GRAPH_UNLICENSED};
use crate::fixture::Fixture;
use blocks_evidence::{PackageBom, read_cyclonedx};
use blocks_gates::{Code, Measure, Outcome, RecordedBoms, Verdict};

const STAGE: &str = "sbom";

fn record(graph: &str, boms: &str) -> Fixture {
    Fixture::new(STAGE, 0, &[("metadata.json", graph), ("boms.txt", boms)])
}

fn of(graph: &str, boms: &str) -> Verdict {
    record(graph, boms).judge()
}

/// Bills of materials, each behind its size.
fn framed(boms: &[(&str, &str)]) -> String {
    let one =
        |(name, text): &(&str, &str)| format!("=== {name} has {} bytes\n{text}\n", text.len());
    boms.iter().map(one).collect()
}

/// The bills of materials with another text in that of a package.
fn edited(package: &str, edit: impl Fn(&str) -> String) -> String {
    let all: Vec<_> = read_cyclonedx(BOMS.as_bytes()).unwrap();
    let texts = all.iter().map(|one| {
        let text = String::from_utf8(one.bom.clone().unwrap().text).unwrap();
        (one.package.as_str(), if one.package == package { edit(&text) } else { text })
    });
    let texts: Vec<(&str, String)> = texts.collect();
    framed(&texts.iter().map(|(name, text)| (*name, text.as_str())).collect::<Vec<_>>())
}

fn replaced(from: &str, to: &str) -> String {
    edited("tool", |text| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

fn names(boms: &RecordedBoms) -> Vec<&str> {
    let RecordedBoms::Found(found) = boms else { panic!("{boms:?}") };
    found.iter().map(|one: &PackageBom| one.package.as_str()).collect()
}

#[test]
fn components_are_counted_once_and_what_only_tests_need_is_none() {
    let verdict = Fixture::passing(STAGE).judge();
    assert_eq!((verdict.outcome, &*verdict.summary), (Outcome::Pass, "3 components of 2 packages"));
    let measure = Measure::Components { packages: 2, components: 3, unlicensed: 0 };
    assert_eq!(verdict.measure, Some(measure));
}

#[test]
fn what_has_no_licence_is_told_with_its_manifest_and_private_members_need_none() {
    let verdict = Fixture::failing(STAGE).judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    assert_eq!(verdict.causes[0].unit.as_deref(), Some("shapes"));
    assert_eq!(verdict.causes[0].code, Code::SbomLicenceMissing);
}

/// The text of a component's licences, as the tool writes them.
const LICENCES: &str = ",\n      \"licenses\": [\n        {\n          \"expression\": \"MIT OR Apache-2.0\"\n        }\n      ]";

#[test]
fn of_what_a_registry_has_there_is_no_file_to_look_at() {
    let bare = GRAPH.replacen("\"license\":\"MIT OR Apache-2.0\"", "\"license\":\" \"", 1);
    let boms = edited("tool", |text| {
        let at = text.rfind(LICENCES).unwrap();
        format!("{}{}", &text[..at], &text[at + LICENCES.len()..])
    });
    let verdict = of(&bare, &boms);
    assert_eq!((verdict.outcome, verdict.causes.len()), (Outcome::Fail, 1), "{verdict:?}");
    let said = "itoa@1.0.19: its manifest has no license or license-file (a part of tool)";
    assert_eq!((&*verdict.causes[0].message, &verdict.causes[0].file), (said, &None));
    assert_eq!(verdict.summary, "3 components of 2 packages, 1 without a licence");
}

#[test]
fn a_licence_in_a_file_that_is_not_there_is_none() {
    let boms = edited("tool", |text| {
        let start = text.find("\"licenses\": [\n        {\n          \"license\": {").unwrap();
        let end = start + text[start..].find("],").unwrap() + 2;
        format!("{}{}", &text[..start], &text[end..])
    });
    let verdict = of(GRAPH, &boms);
    let said = "local@0.3.0: the file that its license-file names is not there, or is no text (a part of tool)";
    assert_eq!((verdict.outcome, &*verdict.causes[0].message), (Outcome::Fail, said));
    assert_eq!(verdict.causes[0].file.as_deref(), Some("vendor/local/Cargo.toml"));
}

#[test]
fn licences_that_are_told_otherwise_than_by_manifests_are_no_verdict() {
    for (graph, boms, package) in
        [(GRAPH, BOMS_UNLICENSED, "shapes 1.2.0"), (GRAPH_UNLICENSED, BOMS, "local 0.3.0")]
    {
        let verdict = of(graph, boms);
        let said = format!("does not tell the licence of {package} as its manifest does");
        assert!(verdict.summary.ends_with(&said), "{verdict:?}");
        assert_eq!(verdict.outcome, Outcome::NoVerdict);
    }
}

#[test]
fn what_nobody_ships_is_not_asked() {
    // Libraries that are not published, as all members.
    let private = GRAPH_UNLICENSED
        .replace("\"publish\":null", "\"publish\":[]")
        .replace("\"kind\":[\"bin\"]", "\"kind\":[\"lib\"]");
    let verdict = of(&private, BOMS_UNLICENSED);
    assert_eq!(verdict.outcome, Outcome::NotApplicable, "{verdict:?}");
    assert_eq!(verdict.summary, "no member is published, or has a program");
    let boms = record(&private, BOMS_UNLICENSED).recorded_boms().unwrap();
    assert_eq!(boms, RecordedBoms::NotApplicable(verdict.summary));
}

#[test]
fn a_library_for_other_languages_is_shipped() {
    let linked = GRAPH.replacen("\"kind\":[\"lib\"]", "\"kind\":[\"staticlib\"]", 1);
    assert_eq!(of(&linked, BOMS).summary, "3 components of 3 packages");
}

#[test]
fn a_list_that_is_not_what_cargo_resolves_is_no_verdict() {
    let itoa = "\"name\": \"itoa\",\n      \"version\": \"1.0.19\"";
    let url = "\"purl\": \"pkg:cargo/itoa@1.0.19\"";
    let needs = "{\n      \"ref\": \"registry+https://example.org/index#itoa@1.0.19\"\n    }";
    for (boms, why) in [
        (
            replaced(&format!(",\n    {needs}"), ""),
            "the bill of materials of tool does not say what itoa 1.0.19 needs",
        ),
        (
            replaced(url, "\"purl\": \"pkg:cargo/itoa@1.0.1\""),
            "the bill of materials of tool does not call itoa 1.0.19 by its package URL",
        ),
        (
            replaced(url, "\"cpe\": \"pkg:cargo/itoa@1.0.19\""),
            "the bill of materials of tool does not call itoa 1.0.19 by its package URL",
        ),
        (
            replaced(itoa, "\"name\": \"itoa\",\n      \"version\": \"1.0.20\"")
                .replace("pkg:cargo/itoa@1.0.19", "pkg:cargo/itoa@1.0.20"),
            "the bill of materials of tool lacks itoa 1.0.19, which cargo resolves for it",
        ),
        (
            edited("tool", |text| text.replace("0.1.0", "0.2.0")),
            "the bill of materials of tool is of tool 0.2.0",
        ),
        (BOMS[..BOMS.find("=== tool").unwrap()].to_owned(), "tool has no bill of materials"),
        (
            format!("{}=== tool has none\n", &BOMS[..BOMS.find("=== tool").unwrap()]),
            "tool has no bill of materials",
        ),
        (BOMS.replace("=== inner", "=== other"), "inner has no bill of materials"),
        (format!("{BOMS}=== other has none\n"), "other is no member, and has a bill of materials"),
    ] {
        let verdict = of(GRAPH, &boms);
        assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts, "{why} {verdict:?}");
        let said = format!("no verdict: the tools ended with status 0, but {why}");
        assert_eq!((verdict.outcome, verdict.summary), (Outcome::NoVerdict, said));
        let boms = record(GRAPH, &boms).recorded_boms().unwrap();
        assert!(matches!(boms, RecordedBoms::NoVerdict(causes) if causes.len() == 1), "{why}");
    }
}

#[test]
fn what_cargo_does_not_resolve_is_no_component() {
    // A dependency becomes one of tests.
    let of_tests = GRAPH.replacen(
        "{\"name\":\"itoa\",\"pkg\":\"registry+https://example.org/index#itoa@1.0.19\",\"dep_kinds\":[{\"kind\":null",
        "{\"name\":\"itoa\",\"pkg\":\"registry+https://example.org/index#itoa@1.0.19\",\"dep_kinds\":[{\"kind\":\"dev\"",
        1,
    );
    assert_ne!(of_tests, GRAPH);
    let said =
        "the bill of materials of tool lists itoa 1.0.19, which cargo does not resolve for it";
    assert!(of(&of_tests, BOMS).summary.ends_with(said));
}

#[test]
fn one_version_from_two_places_is_there_twice() {
    // The same name and version, from a repository.
    let id = "registry+https://example.org/index#itoa@1.0.19";
    let other = "git+https://example.org/itoa#0123abc";
    let start = GRAPH.find("{\"name\":\"itoa\",\"version\"").unwrap();
    let end = start + GRAPH[start..].find("{\"name\":\"local\",\"version\"").unwrap();
    let twin = GRAPH[start..end].replace(id, other);
    let edge = format!(
        "{{\"name\":\"itoa\",\"pkg\":\"{id}\",\"dep_kinds\":[{{\"kind\":null,\"target\":null}}]}}"
    );
    let node = format!("{{\"id\":\"{id}\",\"dependencies\":[],\"deps\":[],\"features\":[]}}");
    let graph = GRAPH
        .replacen(&GRAPH[start..end], &format!("{}{twin}", &GRAPH[start..end]), 1)
        .replacen(&edge, &format!("{edge},{}", edge.replace(id, other)), 1)
        .replacen(&node, &format!("{node},{}", node.replace(id, other)), 1);
    let verdict = of(&graph, BOMS);
    let said = "lacks itoa 1.0.19, which cargo resolves for it";
    assert!(verdict.summary.ends_with(said), "{verdict:?}");
    let both = edited("tool", |text| {
        let purl = "pkg:cargo/itoa@1.0.19?vcs_url=git%2Bhttps://example.org/itoa%400123abc";
        let listed = format!(
            "\"components\": [{{\"bom-ref\":\"{other}\",\"name\":\"itoa\",\"version\":\"1.0.19\",\"licenses\":[{{}}],\"purl\":\"{purl}\"}},\n    {{\n      \"type\": \"library\",\n      \"bom-ref\": \"path+file:///shapes"
        );
        let first = "\"components\": [\n    {\n      \"type\": \"library\",\n      \"bom-ref\": \"path+file:///shapes";
        assert!(text.contains(first));
        let needs = format!("\"dependencies\": [{{\"ref\":\"{other}\"}},");
        text.replacen(first, &listed, 1).replacen("\"dependencies\": [", &needs, 1)
    });
    assert_eq!(of(&graph, &both).summary, "4 components of 2 packages");
    let said = "lists itoa 1.0.19 more often than cargo resolves it";
    assert!(of(GRAPH, &both).summary.ends_with(said));
}

#[test]
fn the_package_that_a_sandbox_adds_is_no_member() {
    let mut fixture = Fixture::passing(STAGE);
    // The record lists the members, and the workspace has one more.
    fixture.record.members = vec!["shapes".to_owned(), "tool".to_owned()];
    fixture.put("boms.txt", edited_without("inner").as_bytes());
    fixture.save();
    assert_eq!(fixture.judge().summary, "3 components of 2 packages");
    assert_eq!(names(&fixture.recorded_boms().unwrap()), ["tool", "shapes"]);
}

fn edited_without(package: &str) -> String {
    let at = BOMS.find(&format!("=== {package} ")).unwrap();
    let rest = &BOMS[at + 1..];
    format!("{}{}", &BOMS[..at], &rest[rest.find("=== ").unwrap()..])
}

#[test]
fn a_version_with_a_plus_sign_is_called_by_it_encoded_or_not() {
    let graph = GRAPH.replace("\"version\":\"0.3.0\"", "\"version\":\"0.3.0+b.1\"");
    for plus in ["+", "%2B"] {
        let boms = edited("tool", |text| {
            text.replace("\"version\": \"0.3.0\"", "\"version\": \"0.3.0+b.1\"")
                .replace("cargo/local@0.3.0", &format!("cargo/local@0.3.0{plus}b.1"))
        });
        assert_eq!(of(&graph, &boms).outcome, Outcome::Pass, "{plus}");
    }
}

#[test]
fn bills_of_materials_are_handed_on_as_they_are_when_the_stage_is_red_too() {
    let fixture = Fixture::failing(STAGE);
    assert_eq!(fixture.judge().outcome, Outcome::Fail);
    let boms = fixture.recorded_boms().unwrap();
    assert_eq!(names(&boms), ["tool", "shapes"]);
    let RecordedBoms::Found(found) = boms else { panic!("none") };
    let text = String::from_utf8(found.into_iter().next().unwrap().bom.unwrap().text).unwrap();
    assert!(BOMS_UNLICENSED.contains(&text) && text.contains("\"name\": \"local\""), "{text}");
}

#[test]
fn a_record_that_is_not_the_one_asked_for_shows_nothing() {
    let mut fixture = Fixture::passing(STAGE);
    "others".clone_into(&mut fixture.record.sources);
    fixture.save();
    let boms = fixture.recorded_boms().unwrap();
    assert!(
        matches!(boms, RecordedBoms::NoVerdict(causes) if causes[0].code == Code::OtherSources)
    );
    assert_eq!(Fixture::passing("package").recorded_boms(), None);
    let mut off = Fixture::passing(STAGE);
    off.config.stages.entry(STAGE.to_owned()).or_default().enabled = false;
    let boms = off.recorded_boms().unwrap();
    assert!(matches!(boms, RecordedBoms::NotApplicable(why) if why.starts_with("switched off")));
}
