//! A branch of results, and the commit that a workspace is at.

use std::{process::Command, thread};

use blocks_engine::{
    Branch, Commit, OwnFiles, ResultsBranch, Workspace, current_branch, default_branch,
    fingerprint, folder_in_repository, machine_class,
};

use crate::checkout::Checkout;

fn branch(workspace: &Workspace) -> ResultsBranch<'_> {
    ResultsBranch { workspace, name: "results", is_file: |path| path.starts_with("m/") }
}

/// Adds a line to a file of the branch.
fn add(workspace: &Workspace, path: &str, line: &str) -> Result<(), String> {
    let with = |_: &str, existing: &[u8]| Some([existing, line.as_bytes(), b"\n"].concat());
    let done = branch(workspace).update(&[path.to_owned()], "results", with);
    done.map_err(|error| error.to_string())
}

fn said(checkout: &Checkout, arguments: &[&str]) -> String {
    let output =
        Command::new("git").args(arguments).current_dir(checkout.dir.path()).output().expect("git");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn read(workspace: &Workspace) -> Vec<(String, String)> {
    let files = branch(workspace).read().expect("files");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    files.into_iter().map(|(path, bytes)| (path, text(bytes))).collect()
}

fn file(path: &str, text: &str) -> (String, String) {
    (path.to_owned(), text.to_owned())
}

#[test]
fn a_branch_is_written_without_a_touch_of_work_tree_index_or_head() {
    let checkout = Checkout::new("inner");
    let workspace = checkout.workspace();
    checkout.write("crates/a/src/lib.rs", "// changed\n");
    checkout.git(&["add", "--all"]);
    checkout.write("crates/b/src/lib.rs", "// changed, too\n");
    let state = || {
        [
            "status --porcelain",
            "rev-parse HEAD",
            "symbolic-ref HEAD",
            "ls-files --stage",
            "stash list",
        ]
        .map(|words| said(&checkout, &words.split(' ').collect::<Vec<_>>()))
    };
    let before = state();
    assert_eq!(read(&workspace), []);
    add(&workspace, "m/1.jsonl", "one").expect("written");
    add(&workspace, "m/2.jsonl", "two").expect("written");
    add(&workspace, "m/1.jsonl", "three").expect("written");
    assert_eq!(read(&workspace), [file("m/1.jsonl", "one\nthree\n"), file("m/2.jsonl", "two\n")]);
    assert_eq!(state(), before);
    assert_eq!(said(&checkout, &["rev-list", "--count", "results"]), "3\n");
    let roots = said(&checkout, &["merge-base", "main", "results"]);
    assert_eq!(roots, "", "it has nothing in common with the code");
    let left = std::fs::read_dir(workspace.blocks()).expect("a folder").count();
    assert_eq!(left, 0, "no index stays");
}

#[test]
fn nothing_new_is_no_commit() {
    let checkout = Checkout::new("");
    let workspace = checkout.workspace();
    branch(&workspace).update(&["m/1.jsonl".to_owned()], "results", |_, _| None).expect("nothing");
    assert_eq!(said(&checkout, &["branch", "--list", "results"]), "");
}

#[test]
fn writers_at_the_same_time_lose_nothing() {
    let checkout = Checkout::new("");
    let workspace = checkout.workspace();
    add(&workspace, "m/0.jsonl", "first").expect("written");
    // Another writer is faster in the first two tries.
    let mut tries = 0;
    let with = |_: &str, existing: &[u8]| {
        tries += 1;
        if tries <= 2 {
            let other = checkout.workspace();
            thread::scope(|scope| {
                scope.spawn(|| add(&other, "m/0.jsonl", "other").expect("written"));
            });
        }
        Some([existing, b"mine\n"].concat())
    };
    branch(&workspace).update(&["m/0.jsonl".to_owned()], "results", with).expect("written");
    assert_eq!(tries, 3);
    assert_eq!(read(&workspace), [file("m/0.jsonl", "first\nother\nother\nmine\n")]);
}

#[test]
fn a_branch_of_something_else_is_left_alone() {
    let checkout = Checkout::new("");
    let workspace = checkout.workspace();
    checkout.git(&["branch", "results"]);
    let before = said(&checkout, &["rev-parse", "results"]);
    let error = add(&workspace, "m/1.jsonl", "one").expect_err("refused");
    assert!(error.contains("it has .gitignore, which is no file of results"), "{error}");
    let error = branch(&workspace).read().expect_err("refused").to_string();
    assert!(error.contains("name a branch that has nothing else"), "{error}");
    assert_eq!(said(&checkout, &["rev-parse", "results"]), before);
    checkout.git(&["checkout", "--quiet", "results"]);
    let error = add(&workspace, "m/1.jsonl", "one").expect_err("refused");
    assert!(error.contains("a work tree has it checked out"), "{error}");
}

#[test]
fn a_work_tree_that_is_gone_keeps_nobody_from_the_branch() {
    let checkout = Checkout::new("");
    let workspace = checkout.workspace();
    add(&workspace, "m/1.jsonl", "one").expect("written");
    let tree = checkout.dir.path().join("target/results");
    checkout.git(&["worktree", "add", "--quiet", tree.to_str().expect("UTF-8"), "results"]);
    let error = add(&workspace, "m/1.jsonl", "two").expect_err("refused");
    assert!(error.contains("a work tree has it checked out"), "{error}");
    std::fs::remove_dir_all(&tree).expect("removed");
    add(&workspace, "m/1.jsonl", "two").expect("written");
    assert_eq!(read(&workspace), [file("m/1.jsonl", "one\ntwo\n")]);
}

#[test]
fn two_clones_go_on_from_what_was_fetched_and_merge_without_a_conflict() {
    let here = Checkout::new("");
    add(&here.workspace(), "m/1.jsonl", "one").expect("written");
    let elsewhere = Checkout::new("");
    let url = here.dir.path().to_str().expect("UTF-8").to_owned();
    elsewhere.git(&["remote", "add", "origin", &url]);
    elsewhere.git(&["fetch", "--quiet", "origin"]);
    let there = elsewhere.workspace();
    assert_eq!(read(&there), [file("m/1.jsonl", "one\n")], "what was fetched is read");
    add(&there, "m/1.jsonl", "two").expect("written");
    add(&here.workspace(), "m/1.jsonl", "three").expect("written");
    elsewhere.git(&["fetch", "--quiet", "origin"]);
    let both = [file("m/1.jsonl", "one\ntwo\n"), file("m/1.jsonl", "one\nthree\n")];
    assert_eq!(read(&there), both, "both sides are read before they are merged");
    let tree = elsewhere.dir.path().join("target/merge");
    let tree = tree.to_str().expect("UTF-8");
    elsewhere.git(&["worktree", "add", "--quiet", tree, "results"]);
    elsewhere.git(&["-C", tree, "merge", "--quiet", "--no-edit", "origin/results"]);
    elsewhere.git(&["worktree", "remove", tree]);
    elsewhere.git(&["push", "--quiet", "origin", "results"]);
    let (_, merged) = read(&here.workspace()).remove(0);
    let mut lines: Vec<_> = merged.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, ["one", "three", "two"]);
}

#[test]
fn a_workspace_is_at_a_commit_where_nothing_of_it_changed() {
    let checkout = Checkout::new("inner");
    let workspace = checkout.workspace();
    let at = || {
        let own = OwnFiles { files: vec!["[x]".into()], results: Some("re[s]ults".into()) };
        Commit::of_unchanged(&workspace, &own).expect("an answer")
    };
    let commit = at().expect("a commit");
    assert_eq!(commit.revision, said(&checkout, &["rev-parse", "HEAD"]).trim());
    assert!(commit.date.ends_with('Z') && commit.date.len() == 20, "{commit:?}");
    checkout.write("target/blocks/x", "ignored");
    checkout.write("re[s]ults/m/1.jsonl", "excepted");
    checkout.write("[x]", "excepted, too");
    assert_eq!(at(), Some(commit.clone()));
    for other in ["re[s]ults/1.rs", "results/m/1.jsonl", "x"] {
        checkout.write(other, "not excepted");
        assert_eq!(at(), None, "{other}");
        std::fs::remove_file(workspace.root.join(other)).expect("removed");
    }
    checkout.write("crates/a/new.txt", "not tracked");
    assert_eq!(at(), None);
    checkout.commit("second");
    assert_ne!(at(), Some(commit));
    std::fs::write(checkout.dir.path().join("beside"), "of the repository").expect("written");
    assert_eq!(at(), None);
    let none = Checkout::without_git("");
    assert_eq!(
        Commit::of_unchanged(&none.workspace(), &OwnFiles::default()).expect("an answer"),
        None
    );
}

/// What people do not want to see is a difference all the same.
#[test]
fn no_configuration_of_git_makes_other_files_those_of_a_commit() {
    let checkout = Checkout::new("");
    let workspace = checkout.workspace();
    let of_now = || Commit::of_unchanged(&workspace, &OwnFiles::default()).expect("an answer");
    checkout.git(&["config", "status.showUntrackedFiles", "no"]);
    assert!(of_now().is_some());
    checkout.write("tests/new.rs", "");
    assert_eq!(of_now(), None);
}

#[test]
fn the_machine_has_a_class_of_one_line() {
    let class = machine_class(&Checkout::without_git("").workspace());
    let parts: Vec<_> = class.split(", ").collect();
    assert!(parts.len() >= 3 && class.contains("core") && !class.contains('\n'), "{class}");
    assert!(class.starts_with(std::env::consts::OS), "{class}");
}

#[test]
fn a_workspace_may_lie_below_the_root_of_its_repository() {
    for folder in ["", "rust", "a b/\u{fc}"] {
        assert_eq!(folder_in_repository(&Checkout::new(folder).workspace()), folder);
    }
    assert_eq!(folder_in_repository(&Checkout::without_git("rust").workspace()), "");
}

#[test]
fn the_branch_of_a_checkout_and_that_of_its_origin_are_known_where_git_knows_them() {
    let checkout = Checkout::new("");
    let known = || (current_branch(&checkout.workspace()), default_branch(&checkout.workspace()));
    let main = || Some("main".to_owned());
    assert_eq!(known(), (main(), None));
    checkout.git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"]);
    checkout.git(&["checkout", "--quiet", "-b", "a/b"]);
    assert_eq!(known(), (Some("a/b".to_owned()), main()));
    checkout.git(&["checkout", "--quiet", "--detach"]);
    assert_eq!(known(), (None, main()));
    let bare = Checkout::without_git("").workspace();
    assert_eq!((current_branch(&bare), default_branch(&bare)), (None, None));
}

#[test]
fn branches_have_their_commits_and_the_one_that_is_checked_out_is_first() {
    let checkout = Checkout::new("");
    let workspace = checkout.workspace();
    let first = said(&checkout, &["rev-parse", "HEAD"]).trim().to_owned();
    checkout.git(&["checkout", "--quiet", "-b", "topic/one"]);
    checkout.write("a.txt", "of the topic");
    checkout.commit("topic");
    let topic = said(&checkout, &["rev-parse", "HEAD"]).trim().to_owned();
    checkout.git(&["branch", "results"]);
    checkout.git(&["checkout", "--quiet", "main"]);
    let of = |branches: Vec<Branch>| -> Vec<(String, Vec<String>)> {
        branches.into_iter().map(|it| (it.name, it.revisions)).collect()
    };
    assert_eq!(
        of(Branch::all(&workspace, &["results"]).expect("branches")),
        [
            ("main".to_owned(), vec![first.clone()]),
            ("topic/one".to_owned(), vec![topic.clone(), first.clone()]),
        ]
    );
    checkout.git(&["merge", "--quiet", "--no-ff", "--no-edit", "topic/one"]);
    let merged = Branch::all(&workspace, &["results", "topic/one"]).expect("branches");
    let [(_, revisions)] = of(merged).try_into().expect("one");
    assert_eq!(
        (revisions.len(), revisions.last()),
        (2, Some(&first)),
        "not those that were merged"
    );
    // Of a commit that is checked out by itself the first is none.
    checkout.git(&["checkout", "--quiet", "--detach"]);
    assert_eq!(Branch::all(&workspace, &[]).expect("branches").len(), 3);
    assert_eq!(Branch::all(&Checkout::without_git("").workspace(), &[]).expect("none"), []);
}

/// Cargo takes any folder for its target folder, also that of the sources.
#[test]
fn a_target_folder_that_is_the_workspace_hides_nothing() {
    let checkout = Checkout::new("");
    let mut workspace = checkout.workspace();
    workspace.target.clone_from(&workspace.root);
    let own = OwnFiles::default();
    let now = || fingerprint(&workspace, &own).expect("sources");
    let (first, at) = (now(), || Commit::of_unchanged(&workspace, &own).expect("an answer"));
    assert!(at().is_some());
    checkout.write("tests/new.rs", "");
    assert_ne!(now(), first);
    assert_eq!(at(), None);
}
