//! What `nix/tests/promises` says that Nix builds again is what a change is said to concern.

use std::{fs, path::Path};

use blocks_stages::{Stage, Table};

use crate::checkout::Checkout;

/// The workspaces that the promises of Nix are tested on.
const VIRTUAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../nix/tests/workspaces/virtual");
const ROOTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../nix/tests/workspaces/rooted");

const ALL: [&str; 8] =
    ["app", "base", "gen-macros", "lonely", "mid", "plugin-one", "testkit", "unixy"];

/// Copies all but the choice of a compiler: cargo only reads manifests here.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_name() == "rust-toolchain.toml" {
            continue;
        }
        if entry.file_type().expect("a kind").is_dir() {
            copy(&from, &to);
        } else {
            fs::write(to, fs::read(from).expect("read")).expect("written");
        }
    }
}

fn checkout_of(workspace: &str) -> Checkout {
    let checkout = Checkout::empty();
    copy(Path::new(workspace), &checkout.root());
    checkout.git(&["init", "--quiet"]);
    checkout.commit("as it is");
    checkout
}

/// Compares who is affected in each stage after an edit with who should be: in `fmt`, in stages that
/// compile, and in those of them that use tests.
fn promised(
    workspace: &str,
    edit: impl Fn(&Checkout),
    fmt: &[&str],
    others: &[&str],
    of_tests: &[&str],
) {
    let checkout = checkout_of(workspace);
    edit(&checkout);
    // What compares is of its material, too, what is published has prose, what looks for marks reads it, and what is opt-in
    // looks into everything.
    let is_plain = |row: &&Stage| {
        row.record.is_none()
            && row.material.is_none()
            && row.marked.is_empty()
            && !row.packaged
            && !row.opt_in
    };
    for row in Table::embedded().stages.iter().filter(is_plain) {
        let expected = match row.id.as_str() {
            // What compiles nothing is of a member's own.
            _ if row.layer == "none" => fmt,
            _ if row.without_tests => others,
            _ => of_tests,
        };
        let found = checkout.affected(&[&row.id]);
        let names: Vec<_> = found.iter().filter_map(|it| it.split(':').next()).collect();
        assert_eq!(names, expected, "{}: {found:#?}", row.id);
    }
}

/// The same where it is no matter of tests.
fn promised_to_all(edit: impl Fn(&Checkout), fmt: &[&str], others: &[&str]) {
    promised(VIRTUAL, edit, fmt, others, others);
}

fn more(checkout: &Checkout, files: &[&str]) {
    for file in files {
        let path = checkout.root().join(file);
        let text = fs::read_to_string(&path).unwrap_or_default();
        checkout.write(file, &format!("{text}// An edit.\n"));
    }
}

fn replace(checkout: &Checkout, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(checkout.root().join(file)).expect("read");
    assert!(text.contains(from), "{file}: {from}");
    checkout.write(file, &text.replace(from, to));
}

#[test]
fn an_edit_of_a_library_is_for_those_who_need_it() {
    let of = |file: &'static str| move |checkout: &Checkout| more(checkout, &[file]);
    promised_to_all(
        of("crates/base/src/lib.rs"),
        &["base"],
        &["app", "base", "mid", "plugin-one", "testkit"],
    );
    promised_to_all(of("crates/testkit/src/lib.rs"), &["testkit"], &["app", "base", "testkit"]);
    promised_to_all(of("crates/app/plugins/one/src/lib.rs"), &["plugin-one"], &["plugin-one"]);
    let users = ["app", "gen-macros", "mid", "plugin-one"];
    promised_to_all(of("tools/gen/src/lib.rs"), &["gen-macros"], &users);
    promised_to_all(of("vendor/local/src/lib.rs"), &[], &["app", "mid", "plugin-one"]);
    promised_to_all(of("README.md"), &["app"], &["app", "plugin-one"]);
}

#[test]
fn tests_and_benches_are_for_the_stages_that_use_them() {
    for file in ["crates/base/tests/base.rs", "crates/base/benches/speed.rs"] {
        promised(VIRTUAL, |checkout| more(checkout, &[file]), &["base"], &[], &["base"]);
    }
}

#[test]
fn prose_and_workflows_are_for_nobody() {
    let files = [
        "crates/base/README.md",
        "docs/notes.md",
        "crates/lonely/CHANGELOG.md",
        ".github/workflows/ci.yml",
        "flake.nix",
    ];
    promised_to_all(|checkout| more(checkout, &files), &[], &[]);
    let checkout = checkout_of(VIRTUAL);
    more(&checkout, &files);
    let why = "base: crates/base/README.md changed (a text that the stage reads)";
    assert_eq!(checkout.affected(&["readme"]), [why]);
}

#[test]
fn the_licence_of_a_package_that_is_no_member_is_for_what_reads_it() {
    let files = ["vendor/local/LICENSE"];
    promised_to_all(|checkout| more(checkout, &files), &[], &[]);
    let checkout = checkout_of(VIRTUAL);
    more(&checkout, &files);
    assert_eq!(checkout.affected(&["package"]), [""; 0]);
    let found = checkout.affected(&["sbom"]);
    assert_eq!(found.len(), ALL.len(), "{found:?}");
}

#[test]
fn a_new_member_and_what_one_manifest_says_of_it_are_for_that_member() {
    let new = |checkout: &Checkout| {
        checkout.write(
            "crates/new/Cargo.toml",
            "[package]\nname = \"new\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\
             [dependencies]\nbase.workspace = true\nmemchr.workspace = true\n",
        );
        checkout.write("crates/new/src/lib.rs", "//! New.\n");
        let entry = "[[package]]\nname = \"new\"\nversion = \"0.1.0\"\ndependencies = [\n \"base\",\n \"memchr\",\n]\n\n";
        let before = "[[package]]\nname = \"plugin-one\"";
        replace(checkout, "Cargo.lock", before, &format!("{entry}{before}"));
    };
    promised_to_all(new, &["new"], &["new"]);
    let described = |checkout: &Checkout| {
        let name = "name = \"lonely\"";
        replace(
            checkout,
            "crates/lonely/Cargo.toml",
            name,
            &format!("{name}\ndescription = \"Alone\""),
        );
    };
    promised_to_all(described, &["lonely"], &["lonely"]);
}

#[test]
fn what_is_shared_is_for_those_who_share_it() {
    let memchr = "memchr = \"2\"";
    let unused = |checkout: &Checkout| {
        replace(checkout, "Cargo.toml", memchr, &format!("{memchr}\nunused = \"1\""));
    };
    promised_to_all(unused, &[], &[]);
    let feature = |checkout: &Checkout| {
        let with = "memchr = { workspace = true, features = [\"libc\"] }";
        replace(checkout, "crates/lonely/Cargo.toml", "memchr.workspace = true", with);
    };
    promised_to_all(feature, &ALL, &ALL);
    let checkout = checkout_of(VIRTUAL);
    checkout.write("clippy.toml", "msrv = \"1.80\"\n");
    assert_eq!(checkout.affected(&["clippy"]).len(), ALL.len());
    assert_eq!(checkout.affected(&["fmt", "test", "doctest", "docs"]), <[&str; 0]>::default());
}

#[test]
fn a_package_at_the_root_is_a_member_like_others() {
    let cases: [(&str, &[&str], &[&str]); 6] = [
        ("src/lib.rs", &["rooted"], &["outer", "rooted"]),
        ("words.txt", &["rooted"], &["outer", "rooted"]),
        ("inner/src/lib.rs", &["inner"], &["inner", "outer", "rooted"]),
        ("tools/outer/src/lib.rs", &["outer"], &["outer"]),
        ("vendor/itoa/src/lib.rs", &[], &["inner", "outer", "rooted"]),
        ("README.md", &[], &[]),
    ];
    for (file, fmt, others) in cases {
        promised(ROOTED, |checkout| more(checkout, &[file]), fmt, others, others);
    }
    let tests = |checkout: &Checkout| more(checkout, &["tests/all/main.rs"]);
    promised(ROOTED, tests, &["rooted"], &[], &["rooted"]);
}
