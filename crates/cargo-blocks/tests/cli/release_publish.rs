//! `release verify`, `publish`, `confirm` and `yank-plan`, with real cargo, git and a registry on loopback.

use std::process::{Command, Stdio};
use std::sync::mpsc;

use serde_json::Value;

use crate::bench::{Bench, Said, only};
use crate::registry::{Fault, Server, TOKEN};

const MANIFEST: &str = "[package]\nname = \"NAME\"\nversion = \"0.1.0\"\nedition = \"2024\"\nlicense = \"MIT\"\n\
                        description = \"Of a test\"\npublish = [\"loop\"]\n\n[dependencies]\n";

/// Two members, one of which needs the other, that may be published: all is committed, and checked.
fn released(server: &Server) -> Bench {
    let mut bench = Bench::crew(&[("one", ""), ("two", "")]);
    for name in ["one", "two"] {
        let on = match name {
            "two" => "one = { path = \"../one\", version = \"0.1.0\", registry = \"loop\" }\n",
            _ => "",
        };
        bench.write(&format!("crates/{name}/Cargo.toml"), &(MANIFEST.replace("NAME", name) + on));
        bench.write(&format!("crates/{name}/LICENSE"), "As it is.\n");
    }
    bench.write("CHANGELOG.md", "# Changelog\n\n## [0.1.0] - 2026-11-28\n\n### Added\n\n- All.\n");
    bench.write(".gitignore", "/target\n");
    bench.write(
        ".github/pipeline-config.yml",
        &format!("{}release:\n  versions: lockstep\n  branch: main\n", only(&["fmt"])),
    );
    bench.set("CARGO_NET_OFFLINE", "false");
    bench.set("CARGO_REGISTRIES_LOOP_INDEX", server.index());
    bench.set("CARGO_REGISTRIES_LOOP_TOKEN", TOKEN);
    bench.set("GIT_CONFIG_GLOBAL", "/dev/null");
    bench.set("GIT_COMMITTER_NAME", "Test");
    bench.set("GIT_COMMITTER_EMAIL", "test@example.org");
    run(&bench, "cargo", &["generate-lockfile", "--offline"]);
    run(&bench, "git", &["init", "--quiet", "--initial-branch", "main"]);
    commit(&bench);
    bench.check(&["fmt"]).expect(0, &[]);
    bench
}

pub fn run(bench: &Bench, program: &str, words: &[&str]) {
    let names = [
        "PATH",
        "HOME",
        "CARGO_HOME",
        "CARGO_REGISTRIES_LOOP_INDEX",
        "RUSTUP_HOME",
        "RUSTUP_TOOLCHAIN",
    ];
    let environment = names.iter().filter_map(|name| Some((*name, bench.variable(name)?)));
    let mut command = Command::new(program);
    command.args(words).current_dir(bench.root()).env_clear().envs(environment);
    let output = command.output().expect("a program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

pub fn commit(bench: &Bench) {
    run(bench, "git", &["add", "--all"]);
    let who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"];
    run(bench, "git", &[&who[..], &["commit", "--quiet", "-m", "feat: all"]].concat());
}

fn release(bench: &Bench, words: &[&str]) -> Said {
    bench.run(&[&["release"], words].concat())
}

/// What a check of `verify --json` came to.
fn outcome(bench: &Bench, id: &str) -> String {
    let found = release(bench, &["verify", "--json"]).json();
    let checks = found["checks"].as_array().expect("checks");
    let check = checks.iter().find(|it| it["id"] == id).expect("a check");
    check["outcome"].as_str().expect("text").to_owned()
}

#[test]
fn a_release_is_verified_published_and_confirmed() {
    let server = Server::start();
    let bench = released(&server);
    release(&bench, &["verify"]).expect(0, &["✓ tree", "✓ stage fmt", "- stage test", "all holds"]);
    release(&bench, &["verify", "--tag", "v0.1.0"]).expect(0, &["all holds"]);
    let words = ["✗ tag v0.2.0", "the versions here are released as v0.1.0"];
    release(&bench, &["verify", "--tag", "v0.2.0"]).expect(1, &words);
    let plan = release(&bench, &["publish"]);
    plan.expect(0, &["one@0.1.0 is published", "nothing was published"]);
    assert!(server.kept().published.is_empty(), "a plan sends nothing");
    release(&bench, &["confirm"]).expect(1, &["✗ there one@0.1.0"]);
    release(&bench, &["publish", "--execute"]).expect(0, &["two@0.1.0 is there"]);
    assert_eq!(server.kept().published, ["one", "two"]);
    release(&bench, &["publish", "--execute"]).expect(0, &["one@0.1.0 is there already"]);
    let confirmed = release(&bench, &["confirm", "--json"]);
    confirmed.expect(0, &[]);
    assert_eq!(confirmed.json()["checks"].as_array().map(Vec::len), Some(10));
    let plan = release(&bench, &["yank-plan"]);
    plan.expect(0, &["cargo yank --registry loop one@0.1.0", "one@0.1.0 is needed by two@0.1.0"]);
    let at = |word: &str| plan.out.find(word).expect("a command");
    assert!(at("loop two@0.1.0") < at("loop one@0.1.0"), "{}", plan.out);
}

/// What git prints, without the line feed at its end.
fn git(bench: &Bench, folder: &str, words: &[&str]) -> String {
    let output = Command::new("git").args(words).current_dir(bench.path(folder)).output();
    String::from_utf8(output.expect("git").stdout).expect("UTF-8").trim().to_owned()
}

#[test]
fn tags_are_made_of_what_holds_and_pushed_together() {
    let server = Server::start();
    let bench = released(&server);
    release(&bench, &["tag", "--push"]).expect(2, &["git remote add origin"]);
    assert_eq!(git(&bench, ".", &["tag"]), "", "nothing is made before it can be pushed");
    release(&bench, &["tag"]).expect(0, &["v0.1.0 is made", "nothing was pushed"]);
    let said =
        git(&bench, ".", &["for-each-ref", "--format=%(objecttype) %(contents)", "refs/tags"]);
    assert_eq!(said, "tag v0.1.0\n\none 0.1.0\ntwo 0.1.0");
    run(&bench, "git", &["init", "--quiet", "--bare", "target/origin"]);
    run(&bench, "git", &["remote", "add", "origin", "target/origin"]);
    release(&bench, &["tag", "--push"])
        .expect(0, &["v0.1.0 is there already", "origin has v0.1.0"]);
    let of = |folder: &str| git(&bench, folder, &["rev-parse", "v0.1.0"]);
    assert_eq!(of("target/origin"), of("."));
    // Who has not fetched it makes no other one, which origin would refuse.
    run(&bench, "git", &["tag", "--delete", "v0.1.0"]);
    release(&bench, &["tag", "--push"])
        .expect(0, &["✓ tag-at-origin v0.1.0", "origin has v0.1.0 already"]);
    assert_eq!(git(&bench, ".", &["tag"]), "");
}

#[test]
fn what_does_not_hold_is_not_tagged() {
    let server = Server::start();
    let bench = released(&server);
    bench.write("crates/one/src/lib.rs", "//! Another.\n");
    release(&bench, &["tag"]).expect(1, &["✗ tree", "nothing is tagged"]);
    assert_eq!(git(&bench, ".", &["tag"]), "");
}

#[test]
fn what_does_not_hold_is_named_and_nothing_is_published() {
    let server = Server::start();
    let bench = released(&server);
    // A change that no record is of.
    bench.write("crates/one/src/lib.rs", "//! Another.\n");
    assert_eq!(outcome(&bench, "tree"), "fail");
    commit(&bench);
    assert_eq!(outcome(&bench, "tree"), "pass");
    release(&bench, &["publish", "--execute"]).expect(3, &["? stage fmt", "nothing is published"]);
    bench.check(&["fmt"]).expect(0, &[]);
    bench.write("crates/one/src/lib.rs", "//! One.\nfn  one() {}\n");
    commit(&bench);
    bench.check(&["fmt"]).expect(1, &[]);
    release(&bench, &["publish", "--execute"]).expect(1, &["✗ stage fmt", "nothing is published"]);
    bench.write("crates/one/src/lib.rs", "//! One.\n");
    let last = |bench: &Bench, id: &str, wanted: &str| {
        commit(bench);
        bench.check(&["fmt"]).expect(0, &[]);
        assert_eq!(outcome(bench, id), wanted, "{id}");
        let code = if wanted == "fail" { 1 } else { 3 };
        release(bench, &["publish", "--execute"]).expect(code, &["nothing is published"]);
    };
    bench.write("crates/one/LICENSE", "");
    last(&bench, "licences", "fail");
    bench.write("crates/one/LICENSE", "As it is.\n");
    bench.write("CHANGELOG.md", "# Changelog\n\n## [0.1.0]\n\n- All.\n");
    last(&bench, "changelog", "fail");
    bench.write("CHANGELOG.md", "# Changelog\n\n## [0.1.0] - 2026-11-28\n\n- All.\n");
    commit(&bench);
    bench.check(&["fmt"]).expect(0, &[]);
    assert_eq!(outcome(&bench, "version-free"), "pass");
    server.put("two", "0.1.0", b"another");
    assert_eq!(outcome(&bench, "version-free"), "fail");
    server.kept().index.clear();
    run(&bench, "git", &["tag", "v0.1.0"]);
    assert_eq!(outcome(&bench, "tag"), "pass");
    run(&bench, "git", &["tag", "--force", "v0.1.0", "HEAD~1"]);
    assert_eq!(outcome(&bench, "tag"), "fail");
    run(&bench, "git", &["tag", "--delete", "v0.1.0"]);
    run(&bench, "git", &["remote", "add", "origin", "/nowhere"]);
    assert_eq!(outcome(&bench, "tag-at-origin"), "no-verdict");
    run(&bench, "git", &["remote", "remove", "origin"]);
    run(&bench, "git", &["switch", "--quiet", "--create", "other"]);
    assert_eq!(outcome(&bench, "branch"), "fail");
    run(&bench, "git", &["switch", "--quiet", "--detach", "main"]);
    assert_eq!(outcome(&bench, "branch"), "pass");
    assert!(server.kept().published.is_empty());
}

#[test]
fn a_registry_that_gives_no_answer_is_no_yes() {
    let server = Server::start();
    let bench = released(&server);
    server.script(|_, path| path.ends_with("config.json").then(|| Fault::status(403)));
    assert_eq!(outcome(&bench, "version-free"), "no-verdict");
    server.script(|_, path| path.ends_with("config.json").then_some(Fault::Endless(1 << 30)));
    assert_eq!(outcome(&bench, "version-free"), "no-verdict");
    let said = release(&bench, &["publish", "--execute"]);
    said.expect(3, &["? version-free", "nothing is published"]);
    assert!(!format!("{said:?}").contains(TOKEN), "{said:?}");
    let confirmed = release(&bench, &["confirm", "--json"]);
    assert_eq!(confirmed.code, Some(3));
    assert_eq!(confirmed.json()["outcome"], Value::from("no-verdict"));
}

#[test]
fn a_run_that_is_killed_between_two_members_goes_on() {
    let server = Server::start();
    let bench = released(&server);
    let (sent, came) = mpsc::channel();
    let mut count = 0;
    server.script(move |method, _| {
        count += u32::from(method == "PUT");
        if method == "PUT" && count == 2 {
            let _ = sent.send(());
            // It is done, and nobody hears of it.
            return Some(Fault::Unanswered);
        }
        None
    });
    let mut command = bench.command(&["release", "publish", "--execute"]);
    let mut child =
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program");
    came.recv().expect("the second member is sent");
    child.kill().expect("killed");
    child.wait().expect("an end");
    server.script(|_, _| None);
    release(&bench, &["publish", "--execute"]).expect(0, &["one@0.1.0 is there already"]);
    assert_eq!(server.kept().published, ["one", "two"]);
    release(&bench, &["confirm"]).expect(0, &["✓ builds two@0.1.0"]);
}
