//! Real workspaces, as cargo sees them: from files to facts and a plan.

mod place;

use blocks_init::{Choices, Facts, LockFile, Plan, State, Toolchain};
use place::Place;

const MEMBER: &str = "[package]\nname = \"NAME\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

fn member(name: &str) -> String {
    MEMBER.replace("NAME", name)
}

/// A virtual workspace of two members, with one that is excluded and one that is a workspace of its own.
fn crew() -> Place {
    let place = Place::new();
    place.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"2\"\nmembers = [\"crates/*\"]\nexclude = [\"fuzz\"]\n",
    );
    place.write(
        "crates/app/Cargo.toml",
        &(member("app") + "rust-version = \"1.70\"\npublish = false\n\n[[bench]]\nname = \"speed\"\nharness = false\n"),
    );
    place.write("crates/app/src/main.rs", "fn main() {}\n");
    place.write("crates/app/benches/speed.rs", "fn main() {}\n");
    place.write(
        "crates/app/tests/reads.rs",
        "#[test]\nfn reads() {\n    read(\"../../data/a.json\");\n}\n",
    );
    place.write("crates/lib/Cargo.toml", &member("lib"));
    place.write("crates/lib/src/lib.rs", "");
    place.write("data/a.json", "{}");
    place.write("fuzz/Cargo.toml", &member("fuzz"));
    place.write("fuzz/src/lib.rs", "");
    place.write("tools/own/Cargo.toml", &(member("own") + "[workspace]\n"));
    place.write("tools/own/src/lib.rs", "");
    place
}

fn texts(facts: &Facts) -> String {
    let plan = Plan::of(facts, &Choices::default()).expect("a plan");
    plan.notes.iter().fold(String::new(), |all, it| {
        all + it.about
            + ": "
            + &it.text
            + "
"
    })
}

#[test]
fn a_virtual_workspace_is_its_members_and_no_others() {
    let facts = crew().look();
    assert!(facts.is_virtual);
    let members: Vec<_> =
        facts.members.iter().map(|it| (it.name.as_str(), it.folder.as_str())).collect();
    assert_eq!(members, [("app", "crates/app"), ("lib", "crates/lib")]);
    assert_eq!(facts.others, ["fuzz/Cargo.toml", "tools/own/Cargo.toml"]);
    let [app, lib] = &*facts.members else { panic!("two members") };
    assert_eq!(
        (app.programs.as_slice(), app.has_library, app.tests),
        (&["app".to_owned()][..], false, 1)
    );
    assert_eq!((app.benches.len(), app.benches[0].harness), (1, None));
    assert_eq!((lib.has_library, lib.is_published, app.is_published), (true, true, false));
    assert_eq!((app.edition.as_str(), app.rust_version.as_deref()), ("2021", Some("1.70.0")));
    assert_eq!(facts.outside["app"][0].path, "data/a.json");
}

#[test]
fn the_plan_names_what_tests_read_elsewhere_and_the_notes_what_is_not_so() {
    let facts = crew().look();
    let plan = Plan::of(&facts, &Choices::default()).expect("a plan");
    let config = plan
        .files
        .iter()
        .find(|it| it.file.ends_with("pipeline-config.yml"))
        .expect("a configuration");
    assert!(
        config.after.contains("# crates/app/tests/reads.rs:3 names it.\n      - data/a.json\n"),
        "{}",
        config.after
    );
    let said = texts(&facts);
    for words in [
        "lock: there is no Cargo.lock",
        "toolchain: no file names the compiler",
        "members: these manifests are of no member, and are not checked: fuzz/Cargo.toml, tools/own/Cargo.toml",
        "package: crates.io refuses a manifest without licence or description, so that the stage, one of the full set, is red for lib;",
        "instructions: benchmarks of app are neither",
        "deps: there is no deny.toml",
        "coverage: nobody knows yet",
    ] {
        assert!(said.contains(words), "no `{words}` in:\n{said}");
    }
    assert!(!said.contains("msrv"), "one member promises a version:\n{said}");
}

#[test]
fn a_single_crate_is_a_workspace_of_one() {
    let place = Place::new();
    place.write("Cargo.toml", &(member("single") + "license = \"MIT\"\ndescription = \"One.\"\n"));
    place.write("src/lib.rs", "");
    place.write("rust-toolchain", "nightly\r\n");
    place.write("deny.toml", "");
    place.write("LICENSE-MIT", "");
    place.write(".gitignore", "target\r\nCargo.lock\r\n");
    place.write(".github/workflows/ci.yml", "jobs:\n  a:\n    steps:\n      - run: cargo test\n");
    let facts = place.look();
    assert!(!facts.is_virtual && facts.others.is_empty());
    assert_eq!(facts.members[0].folder, "");
    assert_eq!(facts.lock, LockFile::AbsentAndIgnored);
    assert_eq!(
        facts.toolchain.as_ref().map(|it| &it.toolchain),
        Some(&Toolchain::Channel("nightly".to_owned()))
    );
    assert_eq!(facts.licences, ["LICENSE-MIT"]);
    let said = texts(&facts);
    assert!(said.contains("ci: .github/workflows/ci.yml (GitHub Actions) runs what stages ask, too:\n4: run: cargo test → test"), "{said}");
    assert!(
        said.contains("rust-toolchain names `nightly`") && said.contains("git ignores Cargo.lock"),
        "{said}"
    );
    assert!(!said.contains("deps:") && !said.contains("package:"), "{said}");
    let plan = Plan::of(&facts, &Choices::default()).expect("a plan");
    let ignored = plan.files.iter().find(|it| it.file == ".gitignore").expect("a file");
    assert_eq!(ignored.state(), State::Different);
    assert!(ignored.is_addition);
    assert_eq!(ignored.after, "target\r\nCargo.lock\r\n/result\r\n/result-*\r\n/.direnv/\r\n");
}

#[test]
fn what_crates_want_is_read_of_the_lock_file() {
    let place = crew();
    place.write(
        "Cargo.lock",
        "version = 4\n\n[[package]]\nname = \"openssl-sys\"\nversion = \"0.9.0\"\n",
    );
    let facts = place.look();
    assert_eq!(facts.needs.iter().map(|it| it.krate).collect::<Vec<_>>(), ["openssl-sys"]);
    let plan = Plan::of(&facts, &Choices::default()).expect("a plan");
    assert!(
        plan.files[0].after.contains("buildInputs = [ pkgs.openssl ];"),
        "{}",
        plan.files[0].after
    );
}

#[test]
fn files_that_are_broken_are_lessons() {
    let place = crew();
    place.write("Cargo.lock", "version = \n");
    let error = place.try_look().expect_err("no lock file").to_string();
    assert!(
        error.starts_with("Cargo.lock: ") && error.contains("cargo generate-lockfile"),
        "{error}"
    );
    let place = crew();
    place.write("rust-toolchain.toml", "channel\n");
    let error = place.try_look().expect_err("no toolchain file").to_string();
    assert!(error.starts_with("rust-toolchain.toml: "), "{error}");
}

#[test]
fn cargo_s_own_settings_that_matter_elsewhere_are_told() {
    let place = crew();
    place.write(".cargo/config.toml", "[build]\ntarget = \"wasm32-wasip1\"\njobs = 1\n[registries.own]\nindex = \"https://example.org\"\n");
    assert_eq!(place.look().cargo_config, ["registries", "build.target"]);
}

#[test]
fn what_a_flake_that_is_there_does_not_give_to_crates_is_told() {
    let place = crew();
    place.write(
        "Cargo.lock",
        "version = 4\n\n[[package]]\nname = \"openssl-sys\"\nversion = \"0.9.0\"\n",
    );
    place.write("flake.nix", "{ outputs = { blocks, ... }: blocks.lib.mkFlake { src = ./.; }; }\n");
    let said = texts(&place.look());
    assert!(said.contains("flake.nix does not name: openssl-sys (pkg-config, openssl);"), "{said}");
    place.write(
        "flake.nix",
        "{ outputs = { blocks, ... }: blocks.lib.mkFlake { }; } # openssl pkg-config\n",
    );
    let said = texts(&place.look());
    assert!(!said.contains("needs: "), "{said}");
}
