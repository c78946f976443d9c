use std::collections::BTreeMap;
use std::fs;

use blocks_site::{Added, Addition, Folder, Policy, SiteError};

use crate::fixture::{Place, name, version, write};

const REPLACE: Policy = Policy { replace: true, anew: false };
const ANEW: Policy = Policy { replace: false, anew: true };

/// The files of a version.
fn of(files: &BTreeMap<String, String>, version: &str) -> BTreeMap<String, String> {
    let begin = format!("{version}/");
    files
        .iter()
        .filter(|(name, _)| name.starts_with(&begin))
        .map(|(a, b)| (a.clone(), b.clone()))
        .collect()
}

#[test]
fn a_site_is_made_of_one_version_and_others_come_beside_it() {
    let place = Place::new();
    assert_eq!(place.add("1.0.0", "one", Policy::default()).expect("added"), Added::New);
    let first = place.files();
    let names: Vec<_> = first.keys().map(String::as_str).collect();
    let wanted = [
        ".nojekyll",
        "1.0.0/acme/index.html",
        "1.0.0/acme/struct.Wheel.html",
        "1.0.0/index.html",
        "1.0.0/settings.html",
        "1.0.0/static.files/rustdoc.css",
        "404.html",
        "index.html",
        "latest/acme/index.html",
        "latest/index.html",
        "versions.json",
    ];
    assert_eq!(names, wanted);
    assert_eq!(first["1.0.0/settings.html"], "<meta data-current-crate=\"acme\" >");
    assert_eq!(place.add("1.1.0", "two", Policy::default()).expect("added"), Added::New);
    assert_eq!(place.add("dev", "three", Policy::default()).expect("added"), Added::New);
    let all = place.files();
    assert_eq!(of(&all, "1.0.0"), of(&first, "1.0.0"));
    assert!(all["latest/index.html"].contains("../1.1.0/index.html"));
    assert!(all["index.html"].contains("./dev/acme/index.html"));
}

#[test]
fn the_same_again_changes_nothing() {
    let place = Place::new();
    place.add("1.0.0", "one", Policy::default()).expect("added");
    let before = place.files();
    assert_eq!(place.add("1.0.0", "one", Policy::default()).expect("added"), Added::Same);
    assert_eq!(place.files(), before);
}

#[test]
fn a_release_with_other_contents_is_refused_unless_it_shall_be_replaced() {
    let place = Place::new();
    place.add("1.0.0", "one", Policy::default()).expect("added");
    let before = place.files();
    let error = place.add("1.0.0", "other", Policy::default()).expect_err("refused");
    assert!(matches!(error, SiteError::Other { .. }), "{error}");
    assert_eq!(place.files(), before);
    assert_eq!(place.add("1.0.0", "other", REPLACE).expect("added"), Added::Replaced);
    assert_eq!(place.files()["1.0.0/acme/index.html"], "other");
    // What lies there counts, and not what is listed.
    write(&place.root.join("1.0.0/acme/index.html"), "damaged");
    let error = place.add("1.0.0", "other", Policy::default()).expect_err("refused");
    assert!(matches!(error, SiteError::Other { .. }), "{error}");
}

#[test]
fn a_state_that_is_no_release_is_replaced_and_nothing_of_it_stays() {
    let place = Place::new();
    place.add("dev", "one", Policy::default()).expect("added");
    fs::remove_file(place.dir.path().join("pages-dev/acme/struct.Wheel.html")).expect("removed");
    write(&place.dir.path().join("pages-dev/acme/struct.Gone.html"), "");
    place.add("dev", "two", Policy::default()).expect("added");
    fs::remove_file(place.dir.path().join("pages-dev/acme/struct.Gone.html")).expect("removed");
    assert_eq!(place.add("dev", "two", Policy::default()).expect("added"), Added::Replaced);
    assert!(!place.files().contains_key("dev/acme/struct.Gone.html"));
}

#[test]
fn what_is_no_site_is_refused_and_stays() {
    let place = Place::new();
    write(&place.root.join("index.html"), "mine");
    let error = place.add("1.0.0", "one", REPLACE).expect_err("refused");
    assert!(matches!(error, SiteError::Foreign { .. }), "{error}");
    assert!(error.to_string().contains("there is index.html"), "{error}");
    for (text, why) in
        [("{}", "missing field"), ("x", "expected value"), ("{\"schema\":2}", "newer")]
    {
        write(&place.root.join("versions.json"), text);
        let error = place.add("1.0.0", "one", REPLACE).expect_err("refused").to_string();
        assert!(error.contains(why), "{error}");
    }
    assert_eq!(place.files().len(), 2);
}

#[test]
fn what_is_not_listed_stays() {
    let place = Place::new();
    write(&place.root.join(".git/HEAD"), "ref");
    write(&place.root.join("CNAME"), "docs.example.org");
    place.add("1.0.0", "one", Policy::default()).expect("added");
    write(&place.root.join("guide/index.html"), "mine");
    write(&place.root.join("2.0.0/index.html"), "mine");
    let error = place.add("2.0.0", "two", REPLACE).expect_err("refused");
    assert!(matches!(error, SiteError::Unlisted { .. }), "{error}");
    place.add("1.0.0", "two", REPLACE).expect("added");
    let files = place.files();
    assert_eq!(files[".git/HEAD"], "ref");
    assert_eq!(files["CNAME"], "docs.example.org");
    assert_eq!([&files["guide/index.html"], &files["2.0.0/index.html"]], ["mine", "mine"]);
}

#[test]
fn a_site_is_made_anew_only_where_no_other_version_is_lost_unseen() {
    let place = Place::new();
    place.add("1.0.0", "one", Policy::default()).expect("added");
    place.add("1.0.0", "one", ANEW).expect("the only one");
    place.add("1.1.0", "two", Policy::default()).expect("added");
    let error = place.add("1.1.0", "two", ANEW).expect_err("refused");
    assert!(error.to_string().contains("(1.0.0), which would be gone"), "{error}");
    place.add("1.1.0", "two", Policy { replace: true, ..ANEW }).expect("made");
    let files = place.files();
    assert!(of(&files, "1.0.0").is_empty() && !of(&files, "1.1.0").is_empty(), "{files:?}");
    assert!(!files["versions.json"].contains("1.0.0"));
}

#[test]
fn versions_of_another_site_are_taken_as_they_are() {
    let (place, other) = (Place::new(), Place::new());
    place.add("1.0.0", "one", Policy::default()).expect("added");
    other.add("1.0.0", "one", Policy::default()).expect("added");
    other.add("1.1.0-rc.1", "two", Policy::default()).expect("added");
    let take = |policy| Folder::open(&place.root)?.add_all(&other.root, None, policy);
    let done = take(Policy::default()).expect("added");
    assert_eq!(done, [(name("1.1.0-rc.1"), Added::New), (name("1.0.0"), Added::Same)]);
    assert_eq!(of(&place.files(), "1.1.0-rc.1"), of(&other.files(), "1.1.0-rc.1"));
    write(&other.root.join("1.0.0/acme/index.html"), "damaged");
    let before = place.files();
    let error = take(REPLACE).expect_err("refused");
    assert!(matches!(error, SiteError::Damaged { .. }), "{error}");
    assert_eq!(place.files(), before);
    let nowhere = other.dir.path().join("nowhere");
    let error = Folder::open(&place.root).and_then(|mut it| it.add_all(&nowhere, None, REPLACE));
    assert!(matches!(error, Err(SiteError::NoSite { .. })));
}

#[test]
fn the_site_of_another_workspace_is_refused() {
    let place = Place::new();
    place.add("1.0.0", "one", Policy::default()).expect("added");
    let pages = place.dir.path().join("pages-1.0.0");
    let addition = Addition { version: version("2.0.0"), pages: &pages, changes: None };
    let mut folder = Folder::open(&place.root).expect("a site");
    let error = folder.add("other", addition, Policy::default()).expect_err("refused");
    assert!(error.to_string().ends_with("is the site of `acme` and not of `other`"), "{error}");
}

#[test]
fn what_has_no_documentation_is_no_version() {
    let place = Place::new();
    let mut version = version("1.0.0");
    version.members[0].crates.clear();
    let pages = place.dir.path().to_owned();
    let addition = Addition { version, pages: &pages, changes: None };
    let error = Folder::open(&place.root).expect("made").add("acme", addition, Policy::default());
    assert!(matches!(error, Err(SiteError::Nothing { .. })));
    assert!(place.files().is_empty());
}

#[test]
fn links_in_pages_are_refused() {
    let place = Place::new();
    let pages = place.dir.path().join("pages-1.0.0");
    fs::create_dir(&pages).expect("made");
    std::os::unix::fs::symlink("/etc/hostname", pages.join("name")).expect("linked");
    let error = place.add("1.0.0", "one", Policy::default()).expect_err("refused");
    assert!(matches!(error, SiteError::Special { .. }), "{error}");
    assert!(place.files().is_empty());
}
