//! Records of members by Nix, with a few lines of shell that stand for it.

use std::{fs, path::PathBuf};

use serde_json::{Map, json};

use crate::bench::Bench;

/// A workspace whose formatting Nix has a record of, for each of these members.
struct Members {
    bench: Bench,
}

impl Members {
    fn new() -> Self {
        let mut bench = Bench::green();
        bench.write("flake.nix", "{ }");
        bench.check(&["fmt"]).expect(0, &[]);
        let host = bench.path("target/blocks/records/fmt/workspace");
        fs::rename(host, bench.path("target/made")).expect("moved");
        // An evaluation gives the answer; a build only says that it was asked for.
        bench.program("nix", "case \" $* \" in *' build '*) touch built ;; *) cat answer ;; esac");
        bench.set("BLOCKS_NIX", "nix");
        let members = Self { bench };
        members.answer(&["a", "b"]);
        members
    }

    fn store(&self, unit: &str) -> PathBuf {
        self.bench.path(&format!("target/store/h-record-fmt-{unit}"))
    }

    /// Puts a record into the store.
    fn make(&self, unit: &str) {
        let store = self.store(unit);
        fs::create_dir_all(&store).expect("a folder");
        for file in fs::read_dir(self.bench.path("target/made")).expect("a record") {
            let file = file.expect("a file");
            fs::copy(file.path(), store.join(file.file_name())).expect("copied");
        }
        let mut record = blocks_records::Record::load(&store).expect("a record");
        unit.clone_into(&mut record.unit);
        record.members = vec![unit.to_owned()];
        record.sources = format!("nix-{unit}");
        record.save(&store).expect("written");
    }

    /// Lets the flake have records of these members.
    fn answer(&self, units: &[&str]) {
        let of = |unit: &&str| {
            let record = json!({"path": self.store(unit), "sources": format!("nix-{unit}")});
            ((*unit).to_owned(), record)
        };
        let units: Map<_, _> = units.iter().map(of).collect();
        self.bench.write("answer", &json!({ "fmt": units }).to_string());
    }
}

#[test]
fn a_verdict_is_over_the_records_of_all_members() {
    let members = Members::new();
    members.make("a");
    members.make("b");
    let said = members.bench.run(&["check", "fmt"]);
    said.expect(0, &["fmt    ✓ pass", "fmt           all 2 unchanged, their records are kept"]);
    assert!(!members.bench.path("built").exists());
    let status = members.bench.run(&["check", "fmt", "--json"]).json();
    assert_eq!(status["verdicts"][0]["units"].as_array().expect("units").len(), 2, "{status:#}");
    assert!(status["toolchain"]["rustc"].as_str().expect("a version").starts_with("rustc 1."));
    for command in ["gate", "status"] {
        let status = members.bench.run(&[command, "--json"]).json();
        assert_eq!(status["verdicts"][0]["outcome"], "pass", "{status:#}");
        assert!(status["toolchain"]["rustc"].is_string(), "{status:#}");
    }
}

#[test]
fn a_member_without_a_record_leaves_no_verdict_and_is_named() {
    let members = Members::new();
    members.make("a");
    let said = members.bench.run(&["check", "fmt"]);
    let words = ["fmt/b         came to no answer after 0.0 s", "1 of 2 unchanged", "? no verdict"];
    said.expect(3, &words);
    assert!(said.out.contains("fmt/b"), "{}", said.out);
    assert!(members.bench.path("built").exists());
    members.bench.run(&["gate", "fmt"]).expect(3, &["? no verdict fmt", "record-absent", "fmt/b"]);
    members.bench.run(&["gate", "fmt", "--unit", "a"]).expect(0, &["✓ pass fmt"]);
}

#[test]
fn the_command_that_a_check_ends_with_asks_the_same_nix_on_the_same_day() {
    let mut members = Members::new();
    members.make("a");
    members.bench.program("our-nix", "case \" $* \" in *' build '*) ;; *) cat answer ;; esac");
    members.bench.set("BLOCKS_NIX", "no-such-nix");
    let told = ["--today", "unknown", "--nix", "our-nix"];
    let said = members.bench.run(&[&["check", "fmt"], &told[..]].concat());
    said.expect(3, &["\nmore: cargo blocks show --today unknown --nix our-nix fmt\n"]);
    let shown = members.bench.run(&[&["show"], &told[..], &["fmt"]].concat());
    shown.expect(0, &["? no verdict fmt", "record-absent", "record of b: "]);
}

#[test]
fn a_member_that_is_gone_leaves_no_record() {
    let members = Members::new();
    members.make("a");
    members.make("b");
    members.bench.run(&["check", "fmt"]).expect(0, &[]);
    members.answer(&["a"]);
    members
        .bench
        .run(&["check", "fmt"])
        .expect(0, &["fmt           unchanged, its record is kept"]);
    assert!(!members.bench.path("target/blocks/records/fmt/b").is_symlink());
    members.bench.run(&["gate", "fmt", "--unit", "b"]).expect(2, &["there is no unit `b` of fmt"]);
}

#[test]
fn the_host_takes_over_from_nix_and_nix_from_the_host() {
    let members = Members::new();
    members.make("a");
    members.make("b");
    members.bench.run(&["check", "fmt"]).expect(0, &[]);
    members.bench.check(&["fmt"]).expect(0, &["fmt          done after"]);
    let folder = |unit: &str| members.bench.path(&format!("target/blocks/records/fmt/{unit}"));
    assert!(!folder("a").exists() && folder("workspace").is_dir());
    members.bench.run(&["gate", "fmt"]).expect(0, &["✓ pass fmt"]);
    members.bench.run(&["check", "fmt"]).expect(0, &["all 2 unchanged"]);
    assert!(folder("a").is_symlink() && !folder("workspace").exists());
}

#[test]
fn each_stage_is_asked_of_the_engine_that_made_its_record() {
    let members = Members::new();
    members.make("a");
    members.make("b");
    members.bench.run(&["check", "fmt"]).expect(0, &[]);
    members.bench.check(&["doc-coverage"]).expect(0, &["✓ pass"]);
    members.bench.run(&["gate", "doc-coverage"]).expect(0, &["✓ pass doc-coverage"]);
    members.bench.run(&["gate", "fmt"]).expect(0, &["✓ pass fmt"]);
    // Of other sources neither is.
    members.bench.replace("#[cfg(test)]", "// Edited.\n\n#[cfg(test)]");
    members.bench.run(&["gate", "doc-coverage"]).expect(3, &["other-sources"]);
}
