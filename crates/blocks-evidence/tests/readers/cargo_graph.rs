use blocks_evidence::{CargoGraph, EvidenceError, Licence, read_cargo_graph};
use proptest::prelude::*;
use std::collections::BTreeSet;

const SAMPLE: &str = include_str!("../samples/graph.json");

fn read(text: &str) -> Result<CargoGraph, EvidenceError> {
    read_cargo_graph(text.as_bytes())
}

/// The names of what a package needs, directly or not.
fn needs<'a>(graph: &'a CargoGraph, name: &str) -> Vec<&'a str> {
    let place = graph.packages.iter().position(|it| it.name == name).unwrap();
    graph.closure(place).into_iter().map(|it| &*graph.packages[it].name).collect()
}

#[test]
fn packages_are_told_apart_by_what_comes_of_them() {
    let graph = read(SAMPLE).unwrap();
    let found: Vec<_> = graph
        .packages
        .iter()
        .map(|it| {
            (&*it.name, &*it.version, it.is_local, it.licence, it.is_publishable, it.is_linked)
        })
        .collect();
    assert_eq!(
        found,
        [
            ("inner", "0.1.0", true, Licence::None, false, false),
            ("itoa", "1.0.19", false, Licence::Named, true, false),
            ("local", "0.3.0", true, Licence::InFile, true, false),
            ("ryu", "1.0.18", false, Licence::Named, true, false),
            ("shapes", "1.2.0", true, Licence::Named, true, false),
            ("tool", "0.1.0", true, Licence::None, false, true),
        ]
    );
    let members: Vec<_> = graph.members.iter().map(|it| &*graph.packages[*it].name).collect();
    assert_eq!(members, ["tool", "shapes", "inner"]);
    assert_eq!(graph.packages[2].manifest, "/workspace/vendor/local/Cargo.toml");
}

#[test]
fn what_builds_need_is_followed_and_what_tests_need_is_not() {
    let graph = read(SAMPLE).unwrap();
    assert_eq!(needs(&graph, "tool"), ["itoa", "local", "shapes"]);
    assert_eq!(needs(&graph, "inner"), ["shapes"]);
    assert_eq!(needs(&graph, "shapes"), [""; 0]);
    // What is needed by what is needed.
    let far = SAMPLE.replacen(
        r#"{"id":"path+file:///workspace/shapes#1.2.0","dependencies":[],"deps":[]"#,
        r#"{"id":"path+file:///workspace/shapes#1.2.0","dependencies":[],"deps":[{"pkg":"registry+https://example.org/index#ryu@1.0.18","dep_kinds":[{"kind":"build"},{"kind":"dev"}]}]"#,
        1,
    );
    assert_eq!(needs(&read(&far).unwrap(), "inner"), ["ryu", "shapes"]);
}

#[test]
fn packages_that_need_each_other_have_an_end() {
    let round = SAMPLE.replacen(
        r#"{"id":"path+file:///workspace/shapes#1.2.0","dependencies":[],"deps":[]"#,
        r#"{"id":"path+file:///workspace/shapes#1.2.0","dependencies":[],"deps":[{"pkg":"path+file:///workspace/tool#0.1.0","dep_kinds":[{"kind":null}]}]"#,
        1,
    );
    assert_eq!(needs(&read(&round).unwrap(), "shapes"), ["itoa", "local", "tool"]);
}

#[test]
fn libraries_for_other_languages_are_linked() {
    let text = SAMPLE.replacen(r#""kind":["lib"]"#, r#""kind":["rlib","cdylib"]"#, 1);
    assert!(read(&text).unwrap().packages[0].is_linked);
}

#[test]
fn what_is_not_whole_or_does_not_hold_together_is_refused_with_its_place() {
    let cut = &SAMPLE[..SAMPLE.len() / 2];
    let no_graph = SAMPLE.replace("\"resolve\":{", "\"resolve\":null,\"other\":{");
    let node =
        r#"{"id":"path+file:///workspace/shapes#1.2.0","dependencies":[],"deps":[],"features":[]}"#;
    for (text, why) in [
        ("", "line 1: EOF"),
        (cut, "line 1: EOF"),
        (&SAMPLE.replace("\"version\":1,", "\"version\":2,"), "version: 2 is not known, only 1"),
        (&no_graph, "resolve: there is no graph"),
        (
            &SAMPLE.replacen(
                "path+file:///workspace/inner#0.1.0",
                "path+file:///workspace/tool#0.1.0",
                1,
            ),
            "path+file:///workspace/tool#0.1.0: it is there twice",
        ),
        (
            &SAMPLE.replace("\"pkg\":\"path+file:///workspace/shapes#1.2.0\"", "\"pkg\":\"gone\""),
            "gone: there is no such package",
        ),
        (
            &SAMPLE.replacen("workspace_members\":[", "workspace_members\":[\"gone\",", 1),
            "gone: there is no such package",
        ),
        (
            &SAMPLE.replacen(node, &format!("{node},{node}"), 1),
            "path+file:///workspace/shapes#1.2.0: it is in the graph twice",
        ),
        (
            &SAMPLE.replacen(&format!("{node},"), "", 1),
            "path+file:///workspace/shapes#1.2.0: it is not in the graph",
        ),
    ] {
        let error = read(text).unwrap_err().to_string();
        assert!(error.starts_with(&format!("not a whole cargo-graph file: {why}")), "{error}");
    }
}

proptest! {
    /// Of any graph, all that can be reached is found, and nothing else.
    #[test]
    fn a_closure_is_what_can_be_reached(edges in prop::collection::vec((0_usize..6, 0_usize..6), 0..14)) {
        let package = |place: usize| format!(
            r#"{{"name":"p{place}","version":"1.0.0","id":"{place}","manifest_path":"/p","targets":[]}}"#
        );
        let node = |place: usize| {
            let of_it = edges.iter().filter(|edge| edge.0 == place);
            let deps: Vec<_> = of_it
                .map(|edge| format!(r#"{{"pkg":"{}","dep_kinds":[{{"kind":null}}]}}"#, edge.1))
                .collect();
            format!(r#"{{"id":"{place}","deps":[{}]}}"#, deps.join(","))
        };
        let (packages, nodes): (Vec<_>, Vec<_>) = (0..6).map(|it| (package(it), node(it))).unzip();
        let text = format!(
            r#"{{"packages":[{}],"workspace_members":["0"],"resolve":{{"nodes":[{}]}},"version":1}}"#,
            packages.join(","), nodes.join(",")
        );
        let graph = read(&text).unwrap();
        let mut reached: BTreeSet<(usize, usize)> = edges.iter().copied().collect();
        for via in 0..6 {
            let through: Vec<_> = reached
                .iter()
                .filter(|edge| edge.1 == via)
                .flat_map(|a| reached.iter().filter(|b| b.0 == via).map(|b| (a.0, b.1)))
                .collect();
            reached.extend(through);
        }
        for from in 0..6 {
            let found: Vec<_> = graph.closure(from).into_iter().collect();
            let wanted: Vec<_> = (0..6).filter(|to| reached.contains(&(from, *to)) && *to != from).collect();
            prop_assert_eq!(found, wanted);
        }
    }
}
