//! What the row `size` counts as a program's closure, in a store of a few files.

use std::{fmt::Write, fs, os::unix::fs::symlink, path::PathBuf, process::Command};

use blocks_stages::Table;
use tempfile::TempDir;

/// A store, and a program beside it.
struct Store {
    dir: TempDir,
}

impl Store {
    fn new() -> Self {
        let store = Self { dir: TempDir::new().expect("a folder") };
        for folder in ["store", "bin"] {
            fs::create_dir(store.dir.path().join(folder)).expect("a folder");
        }
        let table = Table::embedded();
        let row = table.stage("size").expect("a row");
        let script = row.files.iter().find(|file| file.name == "closures").expect("a script");
        store.write("closures", script.text.as_bytes());
        let sysroot = store.path('s', "rust");
        let rustc = store.write("bin/rustc", format!("#!/bin/sh\necho {sysroot}\n").as_bytes());
        let is_executable = Command::new("chmod").arg("+x").arg(rustc).status().expect("chmod");
        assert!(is_executable.success());
        store
    }

    fn write(&self, file: &str, bytes: &[u8]) -> PathBuf {
        let file = self.dir.path().join(file);
        fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        fs::write(&file, bytes).expect("a file");
        file
    }

    /// A path of the store, whose hash is of one character (none of `eotu`).
    fn path(&self, hash: char, name: &str) -> String {
        format!("{}/store/{}", self.dir.path().display(), entry(hash, name))
    }

    /// Puts a file into the store: `entry` is a path of it, or a file in one.
    fn put(&self, entry: &str, text: &str) {
        self.write(&format!("store/{entry}"), text.as_bytes());
    }

    /// What the script says of programs with these texts, one after the other.
    fn closures(&self, programs: &[String]) -> Vec<u64> {
        let (ended, said) = self.run(programs, Some(&self.path('d', "crates")));
        assert_eq!(ended, Some(0));
        let lines = said.lines().zip(0..).map(|(line, number)| {
            let (bytes, program) = line.split_once(' ').expect("a size and a program");
            assert_eq!(PathBuf::from(program), self.program(number));
            bytes.parse().expect("a number")
        });
        lines.collect()
    }

    fn program(&self, number: usize) -> PathBuf {
        self.dir.path().join(format!("target/release/a program {number}"))
    }

    fn run(&self, programs: &[String], crates: Option<&str>) -> (Option<i32>, String) {
        let mut sizes = String::new();
        for (text, number) in programs.iter().zip(0..) {
            let program = self.program(number);
            let bytes = [b"\x7fELF\0\xff", text.as_bytes(), b"\0"].concat();
            self.write(&program.display().to_string(), &bytes);
            writeln!(sizes, "{} {}", bytes.len(), program.display()).expect("a line");
        }
        let sizes = self.write("sizes.txt", sizes.as_bytes());
        let bin = self.dir.path().join("bin").display().to_string();
        let path = std::env::var("PATH").expect("programs");
        let mut command = Command::new("sh");
        command.arg(self.dir.path().join("closures")).arg(sizes).arg(self.path('r', "record"));
        command
            .env("PATH", format!("{bin}:{path}"))
            .env("NIX_STORE", self.dir.path().join("store"));
        command
            .env("treeLibraries", format!("{} {}", self.path('l', "one"), self.path('m', "two")));
        command.env("treeLayer", self.path('n', "layer")).env("artifacts", "");
        match crates {
            Some(crates) => command.env("cargoVendorDir", crates),
            None => command.env_remove("cargoVendorDir"),
        };
        let output = command.output().expect("a shell");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// What a path is called in the store.
fn entry(hash: char, name: &str) -> String {
    format!("{}-{name}", String::from(hash).repeat(32))
}

/// What [`Store::run`] puts around a program's text.
const AROUND: u64 = 7;

#[test]
fn a_program_counts_with_what_it_names_and_what_that_names_each_once() {
    let store = Store::new();
    let (words, more, linked) = (entry('a', "words.txt"), entry('b', "more"), entry('c', "linked"));
    let text = format!("{} and {0}", store.path('b', "more"));
    store.put(&words, &text);
    // Itself, and in a circle.
    store.put(&format!("{more}/lib/file"), &store.path('b', "more"));
    store.put(&format!("{more}/other"), "1234567");
    store.put(&linked, &store.path('a', "words.txt"));
    symlink(format!("../{linked}"), store.dir.path().join(format!("store/{more}/link"))).unwrap();
    store.put(&entry('f', "unnamed"), "of nobody");

    // Texts in a program have no end.
    let named = format!("{}entity not found", store.path('a', "words.txt"));
    let all = [&*text, &store.path('b', "more"), "1234567", &store.path('a', "words.txt")];
    let all: usize = all.iter().map(|text| text.len()).sum();
    let programs = [named.clone(), "nothing".to_owned(), named.clone()];
    let whole = AROUND + (named.len() + all) as u64;
    assert_eq!(store.closures(&programs), [whole, AROUND + 7, whole]);
}

#[test]
fn what_only_a_build_has_is_not_counted() {
    let store = Store::new();
    let only_built_with = [
        ('d', "crates"),
        ('s', "rust"),
        ('r', "record"),
        ('l', "one"),
        ('m', "two"),
        ('n', "layer"),
    ];
    let mut text = String::new();
    for (hash, name) in only_built_with {
        store.put(&format!("{}/1/src/lib.rs", entry(hash, name)), "pub fn panics() {}");
        text += &store.path(hash, name);
        text += "/1/src/lib.rs";
    }
    text.push_str(&store.path('z', "not-there"));
    text.push_str("/nix/store/");
    text.push_str(&"v".repeat(32));
    let bare = AROUND + text.len() as u64;
    assert_eq!(store.closures(&[text.clone()]), [bare]);
    // The same by another hash is what a program needs.
    let needed = entry('k', "crates");
    store.put(&format!("{needed}/1/src/lib.rs"), "pub fn panics() {}");
    text += &store.path('k', "crates");
    assert_eq!(store.closures(&[text.clone()]), [AROUND + text.len() as u64 + 18]);
}

#[test]
fn a_folder_is_as_large_as_its_files_and_a_link_is_nothing() {
    let store = Store::new();
    let folder = entry('a', "folder");
    for number in 0..20 {
        store.put(&format!("{folder}/{number}"), "1234567");
    }
    store.put(&format!("{folder}/with a blank\nand more"), &"x".repeat(5000));
    fs::create_dir(store.dir.path().join(format!("store/{folder}/empty"))).unwrap();
    symlink("/nowhere", store.dir.path().join("store").join(entry('b', "dangling"))).unwrap();
    let text = format!("{} {}", store.path('a', "folder"), store.path('b', "dangling"));
    let whole = AROUND + text.len() as u64 + 20 * 7 + 5000;
    assert_eq!(store.closures(&[text]), [whole]);
}

#[test]
fn without_word_of_the_crates_or_without_a_program_there_is_no_answer() {
    let store = Store::new();
    let text = ["nothing".to_owned()];
    assert_ne!(store.run(&text, None).0, Some(0));
    store.write("sizes.txt", b"12 /nowhere\n");
    let script = store.dir.path().join("closures");
    let mut command = Command::new("sh");
    command.arg(script).arg(store.dir.path().join("sizes.txt")).arg("/record");
    command.env("NIX_STORE", store.dir.path().join("store")).env("cargoVendorDir", "/crates");
    let output = command.output().expect("a shell");
    assert!(!output.status.success(), "{output:?}");
}
