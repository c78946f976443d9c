//! Which members a change of what they share concerns: of the workspace's manifest, of the lock file, and
//! of what is asked of crates from elsewhere.

use std::fs;

use crate::checkout::Checkout;

/// A checkout in which what members share says something of each.
fn sharing() -> Checkout {
    let checkout = Checkout::without_git("");
    checkout.write("Cargo.toml", SHARED);
    checkout.write(
        "crates/a/Cargo.toml",
        "[package]\nname = \"a\"\nversion.workspace = true\nedition = \"2024\"\n\
         [features]\nextra = []\n",
    );
    checkout.write(
        "crates/c/Cargo.toml",
        "[package]\nname = \"c\"\nversion = \"0.1.0\"\n[lints]\nworkspace = true\n\
         [dependencies]\na.workspace = true\n",
    );
    checkout.workspace().lock_file().expect("a lock file");
    checkout.git(&["init", "--quiet"]);
    checkout.commit("first");
    checkout
}

const SHARED: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\
    [workspace.package]\nversion = \"0.1.0\"\nlicense = \"MIT\"\n\
    [workspace.dependencies]\na = { path = \"crates/a\" }\nunused = \"1\"\n\
    [workspace.lints.rust]\nunused = \"warn\"\n[profile.dev]\ndebug = false\n";

#[test]
fn the_workspaces_manifest_concerns_those_who_take_what_changed_of_it() {
    let checkout = sharing();
    let (own, all) = ("(its manifest)", "(the workspace's manifest, for all members)");
    let (a, b, c) = ("a: Cargo.toml changed", "b: Cargo.toml changed", "c: Cargo.toml changed");
    let each = |why: &str| vec![format!("{a} {why}"), format!("{b} {why}"), format!("{c} {why}")];
    let through = |it: &str| format!("{it}: depends on a: Cargo.toml changed");
    let features = "(features of crates from elsewhere, which all members share)";
    let cases: [(&str, &str, Vec<String>); 8] = [
        ("license = \"MIT\"", "license = \"ISC\"", vec![]),
        ("unused = \"1\"", "unused = \"2\"", vec![]),
        ("[profile.dev]", "[workspace.metadata]\nx = 1\n[profile.dev]", vec![]),
        ("debug = false", "debug = true", each(all)),
        ("resolver = \"3\"", "resolver = \"2\"", each(all)),
        ("unused = \"warn\"", "unused = \"deny\"", vec![format!("{c} {own}")]),
        (
            "version = \"0.1.0\"",
            "version = \"0.1.1\"",
            vec![format!("{a} {own}"), through("b"), through("c")],
        ),
        (
            "path = \"crates/a\" }",
            "path = \"crates/a\", features = [\"extra\"] }",
            vec![
                format!("{a} {features}"),
                format!("{b} {features}"),
                format!("{c} {own}; Cargo.toml changed {features}"),
            ],
        ),
    ];
    for (from, to, expected) in cases {
        assert!(SHARED.contains(from), "{from}");
        checkout.write("Cargo.toml", &SHARED.replace(from, to));
        assert_eq!(checkout.affected(&["clippy"]), expected, "{to}");
    }
}

#[test]
fn the_lock_file_concerns_all_only_where_crates_from_elsewhere_changed() {
    let checkout = sharing();
    checkout.write("crates/d/Cargo.toml", "[package]\nname = \"d\"\nversion = \"0.1.0\"\n");
    checkout.write("crates/d/src/lib.rs", "");
    let lock = fs::read_to_string(checkout.root().join("Cargo.lock")).expect("read");
    let with = |entry: &str| checkout.write("Cargo.lock", &format!("{lock}\n[[package]]\n{entry}"));
    with("name = \"d\"\nversion = \"0.1.0\"\n");
    let found = checkout.affected(&["clippy"]);
    let expected = "d: crates/d/Cargo.toml changed (its manifest); crates/d/src/lib.rs changed (its own \
                    source); Cargo.lock changed (the lock file)";
    assert_eq!(found.len(), 1, "{found:?}");
    for reason in expected.trim_start_matches("d: ").split("; ") {
        assert!(found[0].contains(reason), "{found:?}");
    }
    with("name = \"x\"\nversion = \"1.0.0\"\nsource = \"registry+https://example.org\"\n");
    let found = checkout.affected(&["fmt"]);
    assert!(found.len() == 4 && found[1] == "b: Cargo.lock changed (the lock file)", "{found:?}");
}

#[test]
fn features_that_one_member_asks_of_a_crate_are_for_all() {
    let checkout = sharing();
    let path = "crates/b/Cargo.toml";
    let manifest = fs::read_to_string(checkout.root().join(path)).expect("read");
    let asking = |features: &str| {
        let line = format!("x = {{ version = \"1\", optional = true, features = [{features}] }}\n");
        checkout.write(path, &format!("{manifest}{line}"));
    };
    asking("\"one\"");
    checkout.commit("asks for one");
    let found = |checkout: &Checkout| checkout.affected(&["clippy"]).len();
    asking("\"one\", \"two\"");
    assert_eq!(found(&checkout), 3);
    // Somebody asked for it already.
    checkout.write(
        "crates/c/Cargo.toml",
        &format!(
            "{}{}",
            manifest.replace("\"b\"", "\"c\""),
            "x = { version = \"1\", optional = true, features = [\"one\", \"two\"] }\n"
        ),
    );
    checkout.commit("asks for both");
    asking("\"one\"");
    assert_eq!(found(&checkout), 1, "only `b` itself");
    checkout.write(path, &format!("{manifest}[package.metadata]\nx = 1\n"));
    checkout.commit("asks for none");
    checkout.write(path, &manifest);
    assert_eq!(found(&checkout), 1);
}
