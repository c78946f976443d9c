//! What `git apply` makes of a patch, whatever names and contents the files have.

use std::{fs, path::Path, process::Command};

use blocks_fixes::{FileChange, patch};
use proptest::prelude::*;

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CEILING_DIRECTORIES", folder.parent().expect("a folder"))
        .output()
        .expect("git");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Applies the changes by git in a folder with the files as they are before the first change of each, and looks at what
/// is there after.
fn apply(changes: &[FileChange]) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("root");
    fs::create_dir(&root).expect("a folder");
    for change in changes.iter().rev() {
        let file = root.join(&change.path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, &change.before).expect("written");
    }
    let text = patch(changes);
    if text.is_empty() {
        return;
    }
    let file = folder.path().join("a.patch");
    fs::write(&file, &text).expect("written");
    git(&root, &["apply", "--check", "../a.patch"]);
    git(&root, &["apply", "../a.patch"]);
    for (at, change) in changes.iter().enumerate() {
        let is_last = !changes[at + 1..].iter().any(|it| it.path == change.path);
        let found = fs::read(root.join(&change.path)).expect("read");
        let shown = String::from_utf8_lossy(&text);
        assert!(!is_last || found == change.after, "{:?} is {found:?} after\n{shown}", change.path);
    }
}

fn change(path: &str, before: &str, after: &str) -> FileChange {
    FileChange { path: path.to_owned(), before: before.into(), after: after.into() }
}

#[test]
fn names_of_all_kinds_are_taken() {
    let names = [
        "a b.rs",
        "a\"b.rs",
        "a\\b.rs",
        "ü/ö ä.rs",
        "a\tb",
        "a\nb",
        "-x",
        " ",
        "a/dev/null",
        "b/a/x",
        "--- a",
        "$(x)`y`",
        "\u{1b}[31m",
        "a ",
        "日本語.rs",
        "x b/x",
    ];
    for name in names {
        apply(&[change(name, "one\ntwo\n", "one\n2\n")]);
    }
}

#[test]
fn ends_of_lines_and_of_files_are_taken() {
    let texts = [
        "",
        "\n",
        "a",
        "a\n",
        "a\r\n",
        "a\r\nb\r\n",
        "a\nb",
        "a\r\nb",
        "\r",
        "a\0b\n",
        "--- a/x\n+++ b/x\n",
        "diff --git a/x b/x\n@@ -1,1 +1,1 @@\n",
        "\\ No newline at end of file\n",
        " a \t\n\n\n",
        "\u{feff}a\n",
        "-- \n",
        "\u{85}\u{2028}",
    ];
    for before in texts {
        for after in texts {
            apply(&[change("x", before, after)]);
        }
    }
}

#[test]
fn a_file_that_changes_twice_is_as_it_is_after_both() {
    let other = change("b", "1\n2\n3", "1\n3");
    apply(&[change("a", "x\ny\n", "x\nz\n"), other, change("a", "x\nz\n", "w\nz\nz\n")]);
}

fn text() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        4 => "[ab]{0,2}".prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ];
    let end = prop_oneof![6 => Just(&b"\n"[..]), 2 => Just(&b"\r\n"[..]), 1 => Just(&b""[..])];
    prop::collection::vec((line, end), 0..24).prop_map(|lines| {
        lines.into_iter().flat_map(|(line, end)| [line, end.to_vec()].concat()).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn git_makes_of_the_old_text_exactly_the_new_one(
        name in "[a-z \"\\\\\u{e4}\t]{1,8}", before in text(), between in text(), after in text(),
    ) {
        let one = FileChange { path: name.clone(), before, after: between.clone() };
        let two = FileChange { path: name, before: between, after };
        apply(&[one, two]);
    }
}
