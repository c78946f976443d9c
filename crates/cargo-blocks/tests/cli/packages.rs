//! `check package`: what real cargo packs.

use std::process::Command;

use crate::bench::{Bench, only, real};

/// A member, and one that needs it: of crates.io, and of a registry that no configuration knows.
fn members(rest: &str) -> Bench {
    let bench = Bench::crew(&[("one", ""), ("two", "")]);
    let about = "version = \"0.1.0\"\nedition = \"2024\"\n";
    let public = "license = \"MIT\"\ndescription = \"Of a test\"\n";
    let one = format!("[package]\nname = \"one\"\n{about}{public}");
    bench.write("crates/one/Cargo.toml", &one);
    let needs = "[dependencies]\none = { path = \"../one\", version = \"0.1.0\" }\n";
    let two =
        format!("[package]\nname = \"two\"\n{about}publish = [\"in-house\"]\n{rest}\n{needs}");
    bench.write("crates/two/Cargo.toml", &two);
    bench.write(".github/pipeline-config.yml", &only(&["package"]));
    let lock = Command::new(real("cargo"))
        .args(["generate-lockfile", "--offline", "--quiet"])
        .current_dir(bench.root())
        .status();
    assert!(lock.expect("cargo").success());
    bench
}

#[test]
fn members_of_several_registries_are_packed_each_for_its_own() {
    let bench = members("");
    bench.check(&["package"]).expect(0, &["2 packages can be published"]);
}

#[test]
fn what_cargo_refuses_of_another_registry_fails_too() {
    let bench = members("readme = \"NOPE.md\"");
    bench.check(&["package"]).expect(1, &["readme `NOPE.md` does not appear to exist"]);
}
