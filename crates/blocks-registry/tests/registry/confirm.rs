//! What is at a registry is looked at as anybody would get it.

use std::collections::BTreeMap;

use blocks_gates::Outcome;
use blocks_registry::{Check, sha256};

use crate::workspace::Workspace;

/// Publishes all members with cargo alone.
fn published(workspace: &Workspace, is_verified: bool) {
    for name in ["one", "two", "three"] {
        let mut words = vec!["publish", "--quiet", "--registry", "loop", "-p", name];
        words.extend((!is_verified).then_some("--no-verify"));
        workspace.run("cargo", &words);
    }
}

/// What each look came to, by package and id.
fn confirmed(workspace: &Workspace) -> BTreeMap<(String, &'static str), Check> {
    let client = workspace.client();
    let checks = workspace.confirming(&client).confirm(&workspace.members(), &|_| {}).unwrap();
    checks.into_iter().map(|it| ((it.about.clone().unwrap_or_default(), it.id), it)).collect()
}

fn outcome(
    found: &BTreeMap<(String, &'static str), Check>,
    name: &str,
    id: &'static str,
) -> Outcome {
    found[&(format!("{name}@0.1.0"), id)].outcome
}

#[test]
fn a_release_that_is_as_it_was_made_passes() {
    let workspace = Workspace::new();
    published(&workspace, true);
    let found = confirmed(&workspace);
    assert_eq!(found.len(), 15);
    assert!(found.values().all(|it| it.outcome == Outcome::Pass), "{found:#?}");
}

#[test]
fn of_another_commit_only_what_names_other_packages_cannot_be_compared() {
    let workspace = Workspace::new();
    published(&workspace, true);
    workspace.commit("docs: nothing");
    let found = confirmed(&workspace);
    assert_eq!(outcome(&found, "one", "own"), Outcome::Pass);
    // Its lock file has the checksum of the archive of `one`, which names the commit.
    let own = &found[&("two@0.1.0".to_owned(), "own")];
    assert_eq!(own.outcome, Outcome::NoVerdict, "{own:?}");
    assert!(own.said[0].contains("of commit"), "{own:?}");
}

#[test]
fn an_archive_that_was_tampered_with_is_found() {
    let workspace = Workspace::new();
    published(&workspace, true);
    // The archive of somebody else, and the index as it was.
    let other = workspace.server.kept().archives[&("one".to_owned(), "0.1.0".to_owned())].clone();
    let key = ("two".to_owned(), "0.1.0".to_owned());
    workspace.server.kept().archives.insert(key.clone(), other);
    let found = confirmed(&workspace);
    assert_eq!(outcome(&found, "two", "checksum"), Outcome::Fail);
    assert_eq!(outcome(&found, "two", "own"), Outcome::Fail);
    assert!(!found.contains_key(&("two@0.1.0".to_owned(), "builds")));
    assert_eq!(outcome(&found, "three", "checksum"), Outcome::Pass);
    // Nobody could compile it with such an archive.
    assert_ne!(outcome(&found, "three", "builds"), Outcome::Pass);
}

#[test]
fn an_archive_and_an_index_that_were_both_changed_are_found_by_our_own() {
    let workspace = Workspace::new();
    published(&workspace, true);
    workspace.write("one/src/lib.rs", "//! Changed.\n");
    workspace.commit("feat!: nothing is left");
    let found = confirmed(&workspace);
    assert_eq!(outcome(&found, "one", "checksum"), Outcome::Pass);
    let own = &found[&("one@0.1.0".to_owned(), "own")];
    assert_eq!(own.outcome, Outcome::Fail);
    assert!(own.said.iter().any(|it| it == "src/lib.rs"), "{own:?}");
    assert!(own.said[0].contains("of commit"), "{own:?}");
}

#[test]
fn one_that_is_missing_or_gives_no_archive_is_found() {
    let workspace = Workspace::new();
    published(&workspace, true);
    workspace.server.kept().index.remove("three");
    let archive = workspace.server.kept().archives.remove(&("two".to_owned(), "0.1.0".to_owned()));
    assert!(archive.is_some_and(|it| sha256(&it).len() == 64));
    let found = confirmed(&workspace);
    assert_eq!(outcome(&found, "three", "there"), Outcome::Fail);
    assert_eq!(outcome(&found, "two", "checksum"), Outcome::Fail);
    assert_eq!(outcome(&found, "one", "builds"), Outcome::Pass);
}

#[test]
fn one_that_does_not_compile_from_there_is_found() {
    let workspace = Workspace::new();
    // A file that only the workspace has.
    workspace.write("two/src/lib.rs", "//! Two.\ninclude!(\"../../shared.rs\");\n");
    workspace.write("shared.rs", "/// Shared.\npub fn two() -> u8 {\n    2\n}\n");
    workspace.commit("feat: shared");
    published(&workspace, false);
    let found = confirmed(&workspace);
    assert_eq!(outcome(&found, "two", "own"), Outcome::Pass);
    assert_eq!(outcome(&found, "two", "builds"), Outcome::Fail);
    assert_eq!(outcome(&found, "one", "builds"), Outcome::Pass);
}

#[test]
fn documentation_that_is_not_made_from_there_is_found() {
    let workspace = Workspace::new();
    // Lints are no reason: cargo caps those of crates from elsewhere.
    let code = "//! One.\n#[cfg(doc)]\ncompile_error!(\"nobody can read this\");\n\n/// One.\npub fn one() -> u8 {\n    \
                1\n}\n";
    workspace.write("one/src/lib.rs", code);
    workspace.commit("docs: one");
    published(&workspace, true);
    let found = confirmed(&workspace);
    assert_eq!(outcome(&found, "one", "builds"), Outcome::Pass);
    assert_eq!(outcome(&found, "one", "docs"), Outcome::Fail);
    // What needs it does not make its documentation.
    assert_eq!(outcome(&found, "two", "docs"), Outcome::Pass);
}

#[test]
fn what_has_only_programs_is_installed() {
    for (program, wanted) in [
        ("fn main() {\n    two::two();\n}\n", Outcome::Pass),
        ("fn main() {\n    two::nothing();\n}\n", Outcome::Fail),
    ] {
        let workspace = Workspace::new();
        std::fs::remove_file(workspace.cargo.root.join("three/src/lib.rs")).unwrap();
        workspace.write("three/src/main.rs", program);
        workspace.commit("feat: a program");
        published(&workspace, false);
        let found = confirmed(&workspace);
        assert_eq!(outcome(&found, "three", "builds"), wanted, "{found:#?}");
    }
}

#[test]
fn an_archive_that_would_write_elsewhere_is_not_what_was_released() {
    let workspace = Workspace::new();
    published(&workspace, true);
    let mut tar =
        tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    let mut header = tar::Header::new_gnu();
    header.set_size(1);
    let path = b"one-0.1.0/../../outside";
    header.as_old_mut().name[..path.len()].copy_from_slice(path);
    header.set_cksum();
    tar.append(&header, &b"x"[..]).unwrap();
    let archive = tar.into_inner().unwrap().finish().unwrap();
    // The index agrees with it.
    workspace.server.kept().index.remove("one");
    workspace.server.put("one", "0.1.0", &archive);
    let found = confirmed(&workspace);
    assert_eq!(outcome(&found, "one", "checksum"), Outcome::Pass);
    let own = &found[&("one@0.1.0".to_owned(), "own")];
    assert_eq!(own.outcome, Outcome::Fail, "{own:?}");
    assert!(own.said[0].contains("not below"), "{own:?}");
}

#[test]
fn a_registry_that_cannot_be_asked_has_no_verdict() {
    let workspace = Workspace::new();
    published(&workspace, true);
    let client = workspace.client();
    workspace.server.script(|_, _| Some(crate::server::Fault::status(503)));
    let members = workspace.members();
    let checks = workspace.confirming(&client).confirm(&members, &|_| {}).unwrap();
    assert!(checks.iter().all(|it| it.outcome == Outcome::NoVerdict), "{checks:#?}");
    assert_eq!(blocks_registry::overall(&checks), Outcome::NoVerdict);
}
