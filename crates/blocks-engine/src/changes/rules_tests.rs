//! The rules, as a table of files and whom they concern.

use super::{
    code::Code,
    graph::Graph,
    reason::Reach,
    rules::{Concern, Rules},
};
use crate::Package;

fn package(name: &str, folder: &str) -> Package {
    Package {
        name: name.to_owned(),
        folder: folder.to_owned(),
        authors: Vec::new(),
        rust_version: None,
        features: Vec::new(),
        dependencies: Vec::new(),
    }
}

/// What a file is, to whom: `a` for the package alone, `a+` with all who need its library, `*` for all.
///
/// A `|` stands for a slash: code that names a folder of tests, as this would, is taken to need it.
fn told(packages: &[Package], code: &[(&str, &[(&str, &str)])], file: &str) -> Vec<String> {
    let graph = Graph::new(packages, &[]);
    let code = code.iter().map(|(name, files)| {
        let files =
            files.iter().map(|(path, text)| (path.replace('|', "/"), text.replace('|', "/")));
        (*name, Code::new(&graph.packages[*name].folder, files.collect()))
    });
    let rules = Rules {
        graph: &graph,
        code: code.collect(),
        named: vec![("b", "data/b"), ("b", "one.txt")],
        reads: vec!["clippy.toml", ".config/tool"],
        texts: vec!["CHANGES.md"],
        packaged: false,
        licences: vec!["crates/b/TERMS".to_owned(), "crates/b/COPYING".to_owned()],
        everything: false,
    };
    let text = |Concern { package, input }| match package {
        None => format!("* {input:?}"),
        Some((name, Reach::Own)) => format!("{name} {input:?}"),
        Some((name, Reach::Library)) => format!("{name}+ {input:?}"),
    };
    rules.concerns(&file.replace('|', "/")).into_iter().map(text).collect()
}

fn holds(packages: &[Package], code: &[(&str, &[(&str, &str)])], cases: &[(&str, &[&str])]) {
    for (file, expected) in cases {
        assert_eq!(told(packages, code, file), *expected, "{file}");
    }
}

#[test]
fn a_file_concerns_whom_the_rules_say() {
    let packages = [package("a", "crates/a"), package("b", "crates/b"), package("c", "crates/a/c")];
    let code: &[(&str, &[(&str, &str)])] = &[
        (
            "a",
            &[
                ("crates/a/src/lib.rs", "#![doc = include_str!(\"../README.md\")]"),
                ("crates/a/src/data.rs", "include_bytes!(\"../../../data/a.bin\")"),
                ("crates/a/tests|it.rs", "CHANGELOG.md include_str!(\"../../../data/test.txt\")"),
            ],
        ),
        ("b", &[("crates/b/src/lib.rs", "#[path = \"../tests|common.rs\"] mod common;")]),
    ];
    let cases: &[(&str, &[&str])] = &[
        ("crates/a/src/lib.rs", &["a+ Source"]),
        ("crates/a/build.rs", &["a+ Source"]),
        ("crates/a/fixtures/any.md", &["a+ Source"]),
        ("crates/a/rustfmt.toml", &["a+ Source"]),
        ("crates/a/Cargo.toml", &["a+ Manifest"]),
        ("crates/a/c/src/lib.rs", &["c+ Source"]),
        ("crates/a/tests|it.rs", &["a Tests"]),
        ("crates/a/benches|x/y.rs", &["a Tests"]),
        ("crates/a/examples|x.rs", &["a Tests"]),
        ("crates/a/src/tests|x.rs", &["a+ Source"]),
        ("crates/b/tests|common.rs", &["b+ Tests"]),
        ("crates/a/README.md", &["a+ Text"]),
        ("crates/a/CHANGELOG.md", &["a Text"]),
        ("crates/a/NOTICE", &[]),
        ("crates/b/COPYING", &["* Read"]),
        ("crates/b/TERMS", &["* Read", "b+ Source"]),
        ("crates/a/CHANGES.md", &["a Read"]),
        ("crates/a/c/CHANGES.md", &["c Read"]),
        ("crates/a/src/CHANGES.md", &["a+ Source"]),
        ("crates/other/CHANGES.md", &[]),
        ("CHANGES.md", &["* Read"]),
        ("crates/a/LICENSE-MIT", &[]),
        ("crates/a/.gitignore", &[]),
        ("crates/a/flake.lock", &[]),
        ("crates/a/default.nix", &[]),
        ("crates/a/docs/guide.rs", &[]),
        ("crates/a/src/docs/guide.md", &["a+ Source"]),
        ("crates/a/target/debug/x", &[]),
        ("data/a.bin", &["a+ Included"]),
        ("data/test.txt", &["a Included"]),
        ("data/b/deep/x", &["b+ Named"]),
        ("one.txt", &["b+ Named"]),
        ("one.txt.old", &[]),
        (".cargo/config.toml", &["* Flags"]),
        (".cargo/config", &["* Flags"]),
        ("crates/.cargo/config.toml", &[]),
        ("rust-toolchain", &["* Toolchain"]),
        ("rust-toolchain.toml", &["* Toolchain"]),
        (".github/pipeline-config.yml", &["* Settings"]),
        (".github/workflows/ci.yml", &[]),
        ("clippy.toml", &["* Tool"]),
        (".config/tool/x.toml", &["* Tool"]),
        ("rustfmt.toml", &[]),
        ("README.md", &[]),
        ("flake.nix", &[]),
        ("crates/other/src/lib.rs", &[]),
    ];
    holds(&packages, code, cases);
}

#[test]
fn a_package_at_the_root_has_what_no_other_has() {
    let packages = [package("root", ""), package("b", "crates/b")];
    let code: &[(&str, &[(&str, &str)])] =
        &[("root", &[("src/lib.rs", "include_str!(\"../crates/b/notes.txt\")")])];
    let cases: &[(&str, &[&str])] = &[
        ("src/lib.rs", &["root+ Source"]),
        ("tests|it.rs", &["root Tests"]),
        ("crates/b/notes.txt", &["b+ Source", "root+ Included"]),
        ("crates/lists.txt", &["root+ Source"]),
        ("README.md", &[]),
        ("flake.nix", &[]),
        (".github/workflows/ci.yml", &[]),
        ("Cargo.toml", &[]),
        ("Cargo.lock", &[]),
        (".cargo/config.toml", &["* Flags"]),
        ("clippy.toml", &["* Tool", "root+ Source"]),
        ("CHANGES.md", &["* Read"]),
        ("crates/b/CHANGES.md", &["b Read"]),
    ];
    holds(&packages, code, cases);
}
