//! Examples of a small workspace, built and run by cargo and rustdoc themselves.

use crate::bench::Bench;
use blocks_engine::{Cancel, Examined, Examining, ExamplePlace};
use blocks_evidence::{Example, ExampleEnd, ExampleKind, read_examples};
use std::{fs, path::Path, time::Duration};

const LIB: &str = "//! Small.\n\n/// One.\npub fn one() -> u32 {\n    1\n}\n";
/// A program that does what it is asked.
const SAY: &str = r#"fn main() {
    let words: Vec<_> = std::env::args().skip(1).collect();
    match words.first().map(String::as_str) {
        Some("here") => println!("{}", std::env::current_dir().unwrap().display()),
        Some("env") => println!("{}", std::env::var(&words[1]).unwrap_or_default()),
        Some("both") => {
            println!("one");
            eprintln!("two");
            println!("three");
        }
        Some("write") => std::fs::write(&words[1], "").unwrap(),
        Some("list") => {
            let mut all: Vec<_> = std::fs::read_dir(".").unwrap().map(|it| it.unwrap().file_name()).collect();
            all.sort();
            println!("{all:?}");
        }
        Some("fail") => std::process::exit(3),
        Some("wait") => std::thread::sleep(std::time::Duration::from_secs(600)),
        Some("spawn") => {
            let mut left = std::process::Command::new("setsid");
            println!("{}", left.args(["sleep", "600"]).spawn().unwrap().id());
        }
        Some("flood") => loop {
            println!("{}", "x".repeat(1000));
        },
        _ => println!("say {}", words.join(" ")),
    }
}
"#;

fn write(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("written");
}

/// A workspace with these files beside its library.
fn bench(files: &[(&str, &str)]) -> Bench {
    let bench = Bench::new(&[]);
    write(bench.root(), "src/lib.rs", LIB);
    for (file, text) in files {
        write(bench.root(), file, text);
    }
    bench
}

fn examined(bench: &Bench, compile_only: &[&str], only: &[(&str, Option<usize>)]) -> Examined {
    let compile_only: Vec<_> = compile_only.iter().map(|it| (*it).to_owned()).collect();
    let only: Vec<_> = only
        .iter()
        .map(|(file, line)| ExamplePlace { file: (*file).to_owned(), line: *line })
        .collect();
    let cancel = Cancel::default();
    let has_guide = bench.root().join("GUIDE.md").exists();
    let documents: Vec<_> = has_guide.then(|| "GUIDE.md".to_owned()).into_iter().collect();
    let examining = Examining {
        workspace: &bench.workspace,
        compile_only: &compile_only,
        documents: &documents,
        patience: Duration::from_secs(3),
        only: &only,
        cancel: &cancel,
    };
    let mut told = Vec::new();
    let found = examining.run(&mut |it| told.push(it.clone()), &mut |_| {}).expect("examples");
    assert_eq!(told, found.examples.examples);
    // What is written is what a gate reads.
    let text = serde_json::to_vec(&found.examples).expect("text");
    assert_eq!(read_examples(&text).expect("evidence"), found.examples);
    found
}

fn all(bench: &Bench) -> Vec<Example> {
    examined(bench, &[], &[]).examples.examples
}

/// What an example came to, in a line.
fn end(example: &Example) -> String {
    match &example.end {
        ExampleEnd::Passed => "passed".to_owned(),
        ExampleEnd::NotRun(why) => format!("not run: {why}"),
        ExampleEnd::Failed { why, .. } => format!("failed: {why}"),
    }
}

fn ends(examples: &[Example]) -> Vec<String> {
    examples.iter().map(|it| format!("{}: {}", it.name, end(it))).collect()
}

fn printed(example: &Example) -> (Option<&str>, &str) {
    match &example.end {
        ExampleEnd::Failed { wanted, printed, .. } => (wanted.as_deref(), printed),
        other => panic!("{other:?}"),
    }
}

#[test]
fn programs_are_compiled_and_run_in_the_folder_of_their_package() {
    let bench = bench(&[
        (
            "examples/good.rs",
            "fn main() {\n    assert_eq!(small::one(), 1);\n    assert!(std::path::Path::new(\"Cargo.toml\").exists());\n}\n",
        ),
        ("examples/bad.rs", "fn main() {\n    panic!(\"no {}\", small::one());\n}\n"),
        ("examples/broken.rs", "fn main() {\n    small::two();\n}\n"),
        (
            "examples/slow.rs",
            "fn main() {\n    std::thread::sleep(std::time::Duration::from_secs(600));\n}\n",
        ),
        (
            "examples/served.rs",
            "fn main() {\n    std::thread::sleep(std::time::Duration::from_secs(600));\n}\n",
        ),
        (
            "examples/tells/main.rs",
            "fn main() {\n    println!(\"took {} ms\", std::process::id());\n}\n",
        ),
        ("examples/tells.stdout", "took [..] ms\n"),
        ("examples/other.rs", "fn main() {\n    println!(\"b\");\n}\n"),
        ("examples/other.stdout", "a\n"),
    ]);
    let examples = examined(&bench, &["small/served"], &[]).examples.examples;
    assert_eq!(
        ends(&examples),
        [
            "bad: failed: it ended with status 101",
            "broken: failed: it does not compile",
            "good: passed",
            "other: failed: it prints something else",
            "served: not run: it is compiled only: examples.compile_only names it",
            "slow: failed: it was not done after 3 seconds",
            "tells: passed",
        ]
    );
    assert!(printed(&examples[0]).1.contains("no 1"), "{examples:?}");
    assert!(printed(&examples[1]).1.contains("cannot find function `two`"), "{examples:?}");
    assert_eq!(printed(&examples[3]), (Some("a\n"), "b\n"));
    assert!(
        examples
            .iter()
            .all(|it| it.kind == ExampleKind::Program && it.member.as_deref() == Some("small"))
    );
    assert_eq!(examples[6].file, "examples/tells/main.rs");
    // Only one that is asked for.
    let one = examined(&bench, &[], &[("examples/good.rs", None)]).examples.examples;
    assert_eq!(ends(&one), ["good: passed"]);
}

#[test]
fn an_example_without_its_features_is_not_run_and_not_passed() {
    let manifest = "[package]\nname = \"small\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[features]\nextra = []\n[[example]]\nname = \"more\"\nrequired-features = [\"extra\"]\n";
    let bench = bench(&[("Cargo.toml", manifest), ("examples/more.rs", "fn main() {}\n")]);
    assert_eq!(ends(&all(&bench)), ["more: not run: it needs features that are off: extra"]);
    // Where the features are on, it is an example like others.
    let on = manifest.replace("extra = []", "extra = []\ndefault = [\"extra\"]");
    fs::write(bench.root().join("Cargo.toml"), on).expect("written");
    fs::write(bench.root().join("examples/more.rs"), "fn main() {\n    nothing();\n}\n")
        .expect("written");
    assert_eq!(ends(&all(&bench)), ["more: failed: it does not compile"]);
}

#[test]
fn code_in_documents_is_tried_with_what_its_package_can_use() {
    let readme = "# Small\n\n```rust\nassert_eq!(small::one(), 1);\n```\n\n```\nany text\n```\n\n```rust,should_panic\nassert_eq!(small::one(), 2);\n```\n\n```rust,ignore\nnonsense\n```\n";
    let notes = "```rust\nassert_eq!(small::one(), 2);\n```\n\n```rust,no_run\nloop {}\n```\n\n```rust\nlet x: u8 = \"a\";\n```\n";
    let bench = bench(&[
        ("README.md", readme),
        ("docs/deep/notes.md", notes),
        ("NOTES.md", "```rust\nx\n```\n"),
        ("GUIDE.md", "```rust\nlet x = 1;\n```\n"),
    ]);
    let examples = all(&bench);
    let told: Vec<_> = examples.iter().map(|it| (&*it.file, it.line.unwrap(), end(it))).collect();
    // A document that somebody names is one, wherever it lies.
    assert_eq!((told[0].0, &*told[0].2), ("GUIDE.md", "passed"));
    let [passed, panicked, ignored, unequal, compiled, wrong] = &told[1..] else {
        panic!("{told:?}")
    };
    assert_eq!((passed.0, passed.1, &*passed.2), ("README.md", 3, "passed"));
    assert_eq!((panicked.1, &*panicked.2), (11, "passed"));
    assert_eq!((ignored.1, &*ignored.2), (15, "not run: it says `ignore`"));
    assert_eq!((unequal.0, unequal.1), ("docs/deep/notes.md", 1));
    assert_eq!(unequal.2, "failed: assertion `left == right` failed");
    assert_eq!((compiled.1, &*compiled.2), (5, "passed"));
    assert!(wrong.2.starts_with("failed: error[E0308]: mismatched types"), "{told:?}");
    assert!(printed(&examples[6]).1.contains("--> docs/deep/notes.md:10:"), "{examples:?}");
    assert!(examples.iter().all(|it| it.kind == ExampleKind::Code));
    // One block alone.
    let one = examined(&bench, &[], &[("docs/deep/notes.md", Some(5))]).examples.examples;
    assert_eq!(ends(&one), ["code in docs/deep/notes.md (line 5): passed"]);
}

#[test]
fn code_of_a_workspace_without_a_package_can_use_all_libraries() {
    let manifest = |name: &str, more: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{more}")
    };
    let depends = "[dev-dependencies]\nrenamed = { package = \"one\", path = \"../one\" }\n";
    let bench = bench(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"one\", \"two\"]\nresolver = \"3\"\n"),
        ("one/Cargo.toml", &manifest("one", "")),
        ("one/src/lib.rs", "pub fn one() -> u32 { 1 }\n"),
        ("two/Cargo.toml", &manifest("two", depends)),
        ("two/src/lib.rs", "pub fn two() -> u32 { 2 }\n"),
        ("two/README.md", "```rust\nassert_eq!(renamed::one() + 1, two::two());\n```\n"),
        ("README.md", "```rust\nassert_eq!(one::one() + 1, two::two());\n```\n"),
    ]);
    let examples = all(&bench);
    let told: Vec<_> =
        examples.iter().map(|it| (it.member.as_deref(), &*it.file, end(it))).collect();
    assert_eq!(
        told,
        [
            (None, "README.md", "passed".to_owned()),
            (Some("two"), "two/README.md", "passed".to_owned())
        ]
    );
}

#[test]
fn code_fails_where_its_library_does_not_compile() {
    let bench = bench(&[
        ("src/lib.rs", "pub fn one() -> u32 { \"\" }\n"),
        ("README.md", "```rust\nlet x = 1;\n```\n"),
    ]);
    let examples = all(&bench);
    assert_eq!(
        ends(&examples),
        ["code in README.md (line 1): failed: what it needs does not compile"]
    );
    assert!(printed(&examples[0]).1.contains("mismatched types"));
}

#[test]
fn commands_are_run_and_what_they_print_is_compared() {
    let readme = "```console\n$ say a 'b c'\nsay a b c\n\n$ say both\none\ntwo\nthree\n\n$ say here\n[CWD]\n\n$ say fail\n? 3\n$ A=b say env A\nb\n\n$ say env NO_COLOR\n1\n\n$ say old\nsay new\n\n$ say fail\n```\n\n```console\n$ cargo say x\nsay say x\n\n$ say list\n[]\n```\n";
    let bench =
        bench(&[("src/bin/say.rs", SAY), ("src/bin/cargo-say.rs", SAY), ("README.md", readme)]);
    let found = examined(&bench, &[], &[]);
    assert_eq!(
        ends(&found.examples.examples),
        [
            "say a 'b c': passed",
            "say both: passed",
            "say here: passed",
            "say fail: passed",
            "A=b say env A: passed",
            "say env NO_COLOR: passed",
            "say old: failed: it prints something else",
            "say fail: failed: it ended with status 3, and not 0",
            "cargo say x: passed",
            "say list: passed",
        ]
    );
    assert_eq!(printed(&found.examples.examples[6]), (Some("say new\n"), "say old\n"));
    // Written back, all of it holds.
    let (new, refused) = blocks_examples::accepted(readme, &found.answers["README.md"]);
    assert_eq!(refused, []);
    write(bench.root(), "README.md", &new);
    assert_eq!(examined(&bench, &[], &[]).examples.failed(), 0);
    assert!(new.contains("$ say old\nsay old\n") && new.contains("[CWD]"), "{new}");
}

#[test]
fn what_is_not_run_says_why_and_so_does_what_comes_behind_it() {
    let readme = "```console\n$ say x | cat\nx\n\n$ say y\nnonsense\n```\n\n```console,ignore\n$ rm -r x\n```\n\n```console\n$ ls\n```\n\n```console\n$ cargo install small\n```\n\n```console\n$ say z\n? skipped\n```\n\n```sh\nsay no\n```\n\n```console in=../x\n$ say z\n```\n";
    let bench = bench(&[("src/bin/say.rs", SAY), ("README.md", readme)]);
    assert_eq!(
        ends(&all(&bench)),
        [
            "say x | cat: not run: `|` is for a shell, and none is started",
            "say y: not run: line 2 before it was not run",
            "rm -r x: not run: it says `ignore`",
            "ls: not run: `ls` is no program of the workspace",
            "cargo install small: not run: `cargo install` is no program of the workspace",
            "say z: not run: it says `? skipped`",
            "say z: failed: it is no session: `in=../x` is no folder of the workspace: a path from its root, without `..`",
        ]
    );
}

#[test]
fn a_session_has_a_folder_of_its_own_with_what_it_asks_for() {
    let readme = "```console in=examples/hello\n$ say list\n[\"a.txt\", \"deep\"]\n\n$ say write b.txt\n$ say list\n[\"a.txt\", \"b.txt\", \"deep\"]\n```\n\n```console\n$ say list\n[]\n\n$ say env GITHUB_ACTIONS\n\n$ say env HOME\n[..]/home\n```\n";
    let mut bench = bench(&[
        ("src/bin/say.rs", SAY),
        ("README.md", readme),
        ("examples/hello/a.txt", "a"),
        ("examples/hello/deep/c.txt", "c"),
    ]);
    bench.workspace.environment.push(("GITHUB_ACTIONS".into(), "true".into()));
    let ends = ends(&all(&bench));
    assert!(ends.iter().all(|it| it.ends_with(": passed")), "{ends:?}");
    assert!(!bench.root().join("examples/hello/b.txt").exists());
}

#[test]
fn a_command_without_an_end_is_ended_and_a_flood_is_cut() {
    let readme = "```console\n$ say wait\n```\n\n```console\n$ say flood\n```\n";
    let bench = bench(&[("src/bin/say.rs", SAY), ("README.md", readme)]);
    let examples = all(&bench);
    assert_eq!(
        ends(&examples),
        [
            "say wait: failed: it was not done after 3 seconds",
            "say flood: failed: it was not done after 3 seconds",
        ]
    );
    assert!(printed(&examples[1]).1.len() < 10_000);
}

#[test]
fn a_program_that_does_not_compile_fails_its_commands() {
    let bench = bench(&[
        ("src/bin/say.rs", "fn main() { small::two(); }\n"),
        ("README.md", "```console\n$ say x\n```\n"),
    ]);
    let examples = all(&bench);
    assert_eq!(ends(&examples), ["say x: failed: its program say does not compile"]);
    assert!(printed(&examples[0]).1.contains("cannot find function `two`"));
}

#[test]
fn without_examples_nothing_is_built() {
    let bench = bench(&[("README.md", "# Small\n\n```sh\nrm -r x\n```\n")]);
    let found = examined(&bench, &[], &[]).examples;
    assert_eq!((found.documents, found.examples.len()), (1, 0));
    assert!(!bench.workspace.target.join("debug").exists());
}

#[test]
fn what_a_command_leaves_is_ended() {
    let bench = bench(&[("src/bin/say.rs", SAY), ("README.md", "```console\n$ say spawn\n```\n")]);
    let examples = all(&bench);
    let pid = printed(&examples[0]).1.trim();
    assert!(pid.parse::<u32>().is_ok(), "{pid}");
    // What is dead and not waited for has no environment any more.
    let environment = fs::read(format!("/proc/{pid}/environ"));
    assert!(environment.is_err() || environment.is_ok_and(|it| it.is_empty()), "{pid} still lives");
}

#[test]
fn a_session_in_a_folder_without_files_fails() {
    let readme = "```console in=nowhere\n$ say list\n```\n";
    let bench = bench(&[("src/bin/say.rs", SAY), ("README.md", readme)]);
    assert_eq!(ends(&all(&bench)), ["say list: failed: no file of the workspace lies in nowhere"]);
}

#[test]
fn a_name_of_no_example_is_refused() {
    let bench = bench(&[("examples/good.rs", "fn main() {}\n")]);
    for name in ["small/gone", "good", "smal/good", "small/"] {
        let compile_only = [name.to_owned()];
        let cancel = Cancel::default();
        let examining = Examining {
            workspace: &bench.workspace,
            compile_only: &compile_only,
            documents: &[],
            patience: Duration::from_secs(3),
            only: &[],
            cancel: &cancel,
        };
        let refused = examining.run(&mut |_| {}, &mut |_| {}).expect_err(name).to_string();
        assert!(refused.contains(&format!("names `{name}`")), "{refused}");
    }
}

#[test]
fn a_document_that_is_named_and_not_read_is_refused() {
    let bench = bench(&[
        (".gitignore", "IGNORED.md\n"),
        ("IGNORED.md", ""),
        ("GUIDE.md", ""),
        ("deep/x.md", ""),
    ]);
    let git =
        std::process::Command::new("git").args(["init", "-q"]).current_dir(bench.root()).status();
    assert!(git.expect("git").success());
    let large = fs::File::create(bench.root().join("LARGE.md")).expect("a file");
    large.set_len(16 * 1024 * 1024 + 1).expect("its size");
    std::os::unix::fs::symlink("GUIDE.md", bench.root().join("LINK.md")).expect("a link");
    for (name, why) in [
        ("GONE.md", "is not there"),
        ("deep", "is a folder or a link"),
        ("LINK.md", "is a folder or a link"),
        ("LARGE.md", "has more than"),
        ("IGNORED.md", "is no file of the workspace"),
    ] {
        let documents = ["GUIDE.md".to_owned(), name.to_owned()];
        let cancel = Cancel::default();
        let examining = Examining {
            workspace: &bench.workspace,
            compile_only: &[],
            documents: &documents,
            patience: Duration::from_secs(3),
            only: &[],
            cancel: &cancel,
        };
        let refused = examining.run(&mut |_| {}, &mut |_| {}).expect_err(name).to_string();
        assert!(refused.contains(&format!("names `{name}`, which {why}")), "{refused}");
    }
}
