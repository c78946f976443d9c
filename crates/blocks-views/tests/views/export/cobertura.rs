use blocks_evidence::{FileCounts, LineCounts};
use blocks_views::cobertura;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use roxmltree::{Document, Node, ParsingOptions};

use crate::fixture::hostile_text;
use crate::hostile_run;

fn counts(files: &[(&str, &[(u32, u64)])]) -> LineCounts {
    let of = |(file, lines): &(&str, &[(u32, u64)])| FileCounts {
        file: (*file).to_owned(),
        lines: lines.to_vec(),
    };
    files.iter().map(of).collect()
}

/// The files that a reader finds, with their lines.
fn read(xml: &str) -> Vec<(String, Vec<(u32, u64)>)> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(xml, options).expect("XML");
    let number = |node: &Node<'_, '_>, name: &str| node.attribute(name).expect(name).to_owned();
    let line = |node: Node<'_, '_>| {
        (
            number(&node, "number").parse().expect("a line"),
            number(&node, "hits").parse().expect("hits"),
        )
    };
    let class = |node: Node<'_, '_>| {
        let lines = node.descendants().filter(|it| it.has_tag_name("line")).map(line);
        (number(&node, "filename"), lines.collect())
    };
    document.descendants().filter(|it| it.has_tag_name("class")).map(class).collect()
}

#[test]
fn folders_are_packages_and_files_are_classes() {
    let all = counts(&[
        ("src/lib.rs", &[(3, 12), (9, 0)]),
        ("build.rs", &[(1, 1)]),
        ("src/main.rs", &[(7, 0)]),
    ]);
    insta::assert_snapshot!(cobertura(&all), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
    <coverage line-rate="0.5000" branch-rate="0" lines-covered="2" lines-valid="4" branches-covered="0" branches-valid="0" complexity="0" version="blocks" timestamp="0">
    <sources><source>.</source></sources>
    <packages>
    <package name="" line-rate="1" branch-rate="0" complexity="0"><classes>
    <class name="build.rs" filename="build.rs" line-rate="1" branch-rate="0" complexity="0"><methods/><lines>
    <line number="1" hits="1"/>
    </lines></class>
    </classes></package>
    <package name="src" line-rate="0.3333" branch-rate="0" complexity="0"><classes>
    <class name="lib.rs" filename="src/lib.rs" line-rate="0.5000" branch-rate="0" complexity="0"><methods/><lines>
    <line number="3" hits="12"/>
    <line number="9" hits="0"/>
    </lines></class>
    <class name="main.rs" filename="src/main.rs" line-rate="0.0000" branch-rate="0" complexity="0"><methods/><lines>
    <line number="7" hits="0"/>
    </lines></class>
    </classes></package>
    </packages>
    </coverage>
    "#);
}

#[test]
fn hostile_names_stay_names() {
    let run = hostile_run::Run::new();
    let lines = run.report().lines.expect("lines");
    let read = read(&cobertura(lines));
    assert_eq!(read.len(), lines.files.len());
    assert!(read.iter().all(|(_, lines)| *lines == [(1, 0), (2, 1)]));
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        files in btree_map(hostile_text(), vec((1..u32::MAX, any::<u64>()), 0..4), 0..4),
    ) {
        let all: LineCounts =
            files.into_iter().map(|(file, lines)| FileCounts { file, lines }).collect();
        // White space in an attribute is kept; what XML has no way to write is left out.
        let without = |name: &str| -> String {
            name.chars().filter(|c| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')).collect()
        };
        let mut wanted: Vec<_> = all.files.iter().map(|it| (without(&it.file), it.lines.clone())).collect();
        let mut found = read(&cobertura(&all));
        wanted.sort();
        found.sort();
        prop_assert_eq!(found, wanted);
    }
}
