//! Folders, made, merged, and broken in each way.

use std::collections::BTreeMap;

use blocks_gates::Outcome;
use blocks_registry::{Check, overall};

use crate::pack::{self, Entry};
use crate::program::tests::mac;
use crate::{
    AssetsError, Folder, LIST, List, NOTES, Order, Ordered, Packed, ProgramError, SUMS, Told,
    checks, compared, made, merged,
};

const ARM: &str = "aarch64-apple-darwin";
const INTEL: &str = "x86_64-apple-darwin";

fn bytes(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn bom(name: &str, version: &str) -> Vec<u8> {
    bytes(&format!(
        r#"{{"bomFormat":"CycloneDX","metadata":{{"component":{{"name":"{name}","version":"{version}"}}}}}}"#
    ))
}

fn order(target: &str, names: &[&str]) -> Order {
    let member = |name: &&str| Ordered {
        name: (*name).to_owned(),
        version: "1.2.0".parse().unwrap(),
        tag: Some("v1.2.0".to_owned()),
        texts: BTreeMap::new(),
        changelog: "CHANGELOG.md".into(),
    };
    Order {
        target: target.to_owned(),
        engine: "host".to_owned(),
        rustc: "rustc 1.95.0".to_owned(),
        revision: Some("ab".repeat(20)),
        time: 1_700_000_000,
        programs: "".into(),
        members: names.iter().map(member).collect(),
    }
}

fn packed(name: &str, library: &str) -> Packed {
    Packed {
        programs: [(name.to_owned(), mac(&[(0xc, 24, library)]))].into(),
        texts: [("README.md".to_owned(), bytes("# It\n"))].into(),
        notes: "### Added\n\n- all".to_owned(),
        bom: Some(bom(name, "1.2.0")),
    }
}

const SYSTEM: &str = "/usr/lib/libSystem.B.dylib";

fn folder(target: &str) -> Folder {
    let read = [packed("one", SYSTEM), packed("two", SYSTEM)];
    made(&order(target, &["one", "two"]), &read).unwrap()
}

/// What does not pass, and why.
fn wrong(folder: &Folder) -> Vec<(&'static str, String)> {
    let bad = |it: &Check| it.outcome != Outcome::Pass;
    checks(folder).into_iter().filter(bad).map(|it| (it.id, it.said.join("; "))).collect()
}

/// Why a folder is wrong that has other bytes as the archive of `one`, and says so everywhere.
fn replaced(whole: &Folder, other: Vec<u8>) -> String {
    let name = "one-1.2.0-aarch64-apple-darwin.tar.gz";
    let (size, sha256) = (other.len() as u64, blocks_registry::sha256(&other));
    let mut broken = whole.clone();
    broken.files.insert(name.to_owned(), other);
    let broken = listed(&broken, |list| {
        list.files[0].size = size;
        list.files[0].sha256.clone_from(&sha256);
    });
    let (id, why) = wrong(&broken).remove(0);
    assert_eq!(id, "archives");
    why
}

/// The folder with another list, and the sums of that.
fn listed(folder: &Folder, change: impl Fn(&mut List)) -> Folder {
    let mut list = folder.list().unwrap();
    change(&mut list);
    let mut files = folder.files.clone();
    files.retain(|name, _| name != LIST && name != SUMS);
    Folder::of(files, &list)
}

#[test]
fn a_folder_that_was_made_is_whole() {
    let folder = folder(ARM);
    let names: Vec<_> = folder.files.keys().map(String::as_str).collect();
    let archives =
        ["one-1.2.0-aarch64-apple-darwin.tar.gz", "two-1.2.0-aarch64-apple-darwin.tar.gz"];
    let boms = ["one-1.2.0.cdx.json", "two-1.2.0.cdx.json"];
    assert_eq!(names, [SUMS, archives[0], boms[0], NOTES, LIST, archives[1], boms[1]]);
    assert_eq!(wrong(&folder), []);
    assert_eq!(overall(&checks(&folder)), Outcome::Pass);
    assert_eq!(folder, self::folder(ARM));
    // Both tell the same.
    assert_eq!(folder.files[NOTES], b"### Added\n\n- all\n");
    let place = tempfile::tempdir().unwrap();
    folder.write(place.path()).unwrap();
    assert_eq!(Folder::read(place.path()).unwrap(), folder);
    folder.write(place.path()).unwrap_err();
}

#[test]
fn notes_of_several_stand_below_their_names() {
    let mut read = [packed("one", SYSTEM), packed("two", SYSTEM)];
    read[1].notes = "- other".to_owned();
    let folder = made(&order(ARM, &["one", "two"]), &read).unwrap();
    let text = "## one 1.2.0\n\n### Added\n\n- all\n\n## two 1.2.0\n\n- other\n";
    assert_eq!(String::from_utf8_lossy(&folder.files[NOTES]), text);
}

#[test]
fn each_byte_of_each_file_counts() {
    let whole = folder(ARM);
    for (name, bytes) in &whole.files {
        for at in (0..bytes.len()).step_by(7).chain([bytes.len() - 1]) {
            let mut broken = whole.clone();
            broken.files.get_mut(name).unwrap()[at] ^= 1;
            assert_ne!(wrong(&broken), [], "{name}, byte {at}");
        }
        let mut broken = whole.clone();
        broken.files.remove(name);
        assert_ne!(wrong(&broken), [], "without {name}");
        let mut broken = whole.clone();
        broken.files.get_mut(name).unwrap().push(b'\n');
        assert_ne!(wrong(&broken), [], "longer {name}");
    }
}

#[test]
fn what_is_not_listed_is_found() {
    let mut more = folder(ARM);
    more.files.insert("more".to_owned(), Vec::new());
    assert_eq!(wrong(&more)[0], ("checksums", "more is there, and not in SHA256SUMS".to_owned()));
    let place = tempfile::tempdir().unwrap();
    folder(ARM).write(place.path()).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", place.path().join("link")).unwrap();
    std::fs::create_dir(place.path().join("sub")).unwrap();
    let read = Folder::read(place.path()).unwrap();
    assert_eq!(read.strange, ["link", "sub"]);
    assert_eq!(wrong(&read)[0].0, "checksums");
}

/// Somebody who made sums anew is found by what the sums are of.
#[test]
fn a_list_that_says_otherwise_is_found_though_its_sums_are_right() {
    let whole = folder(ARM);
    let found = |change: &dyn Fn(&mut List)| wrong(&listed(&whole, change)).remove(0);
    assert_eq!(wrong(&listed(&whole, |_| {})), []);
    assert_eq!(found(&|it| it.files[0].size += 1).0, "list");
    assert_eq!(found(&|it| it.files[0].sha256 = "0".repeat(64)).0, "list");
    assert_eq!(found(&|it| it.files.swap(0, 1)).0, "list");
    assert_eq!(found(&|it| drop(it.files.remove(0))).0, "list");
    assert_eq!(found(&|it| it.members.clear()).0, "list");
    assert_eq!(found(&|it| it.builds[0].target = INTEL.to_owned()).0, "list");
    assert_eq!(found(&|it| it.schema = 2).0, "list");
    assert_eq!(found(&|it| it.files[0].programs[0].sha256 = "0".repeat(64)).0, "archives");
    assert_eq!(
        found(&|it| it.files[0].programs[0].needs.glibc = Some("2.1".to_owned())).0,
        "archives"
    );
    assert_eq!(found(&|it| it.files[0].programs.clear()).0, "archives");
}

#[test]
fn an_archive_of_somebody_else_is_found_though_all_sums_are_right() {
    let whole = folder(ARM);
    // That of the other member has another folder.
    let why = replaced(&whole, whole.files["two-1.2.0-aarch64-apple-darwin.tar.gz"].clone());
    assert!(why.contains("not below one-1.2.0-aarch64-apple-darwin"), "{why}");
}

#[test]
fn a_program_that_cannot_be_run_is_found_though_all_sums_are_right() {
    let program = mac(&[(0xc, 24, SYSTEM)]);
    let entries = [("one", Entry { bytes: &program, is_program: false })].into();
    let other = pack::packed("one-1.2.0-aarch64-apple-darwin", &entries, 1).unwrap();
    let why = replaced(&folder(ARM), other);
    assert!(why.contains("one cannot be run by who unpacks it"), "{why}");
}

#[test]
fn a_program_that_nobody_listed_is_found_though_all_sums_are_right() {
    let mut read = packed("one", SYSTEM);
    read.texts.insert("two".to_owned(), mac(&[(0xc, 24, SYSTEM)]));
    let folder = made(&order(ARM, &["one"]), &[read]).unwrap();
    let (id, why) = wrong(&folder).remove(0);
    assert_eq!(id, "archives");
    assert!(why.contains("it holds two, which is no text"), "{why}");
}

#[test]
fn a_bill_of_materials_is_of_its_member() {
    let mut read = packed("one", SYSTEM);
    read.bom = Some(bom("one", "1.1.0"));
    let error = made(&order(ARM, &["one"]), std::slice::from_ref(&read)).unwrap_err();
    assert!(matches!(error, AssetsError::Bom(..)), "{error}");
    read.bom = None;
    let error = made(&order(ARM, &["one"]), &[read]).unwrap_err();
    assert!(matches!(error, AssetsError::NoBom(_)), "{error}");
}

#[test]
fn what_needs_a_store_or_has_no_program_is_not_made() {
    let read = packed("one", "/nix/store/0-x/lib/libiconv.2.dylib");
    let error = made(&order(ARM, &["one"]), std::slice::from_ref(&read)).unwrap_err();
    assert!(matches!(error, AssetsError::Program(_, ProgramError::Store(_))), "{error}");
    let none = Packed { programs: BTreeMap::new(), ..read };
    let error = made(&order(ARM, &["one"]), &[none]).unwrap_err();
    assert!(matches!(error, AssetsError::NoProgram(..)), "{error}");
    let mut read = packed("one", SYSTEM);
    read.texts.insert("../x".to_owned(), Vec::new());
    let error = made(&order(ARM, &["one"]), &[read]).unwrap_err();
    assert!(matches!(error, AssetsError::Name(_)), "{error}");
}

#[test]
fn folders_of_several_targets_become_one() {
    let (one, two) = (folder(ARM), folder(INTEL));
    let both = merged(&[one.clone(), two.clone()]).unwrap();
    assert_eq!(wrong(&both), []);
    assert_eq!(merged(&[two.clone(), one.clone()]).unwrap(), both);
    assert_eq!(both.list().unwrap().builds.len(), 2);
    assert_eq!(both.files.len(), one.files.len() + 2);
    assert_eq!(merged(&[one.clone(), one.clone()]).unwrap(), one);
    // One member is only there for one target.
    let half = made(&order(INTEL, &["one"]), &[packed("one", SYSTEM)]).unwrap();
    assert!(matches!(merged(&[one.clone(), half]).unwrap_err(), AssetsError::Different(_)));
    let late = made(
        &Order { time: 1, ..order(INTEL, &["one", "two"]) },
        &[packed("one", SYSTEM), packed("two", SYSTEM)],
    );
    assert!(matches!(
        merged(&[one.clone(), late.unwrap()]).unwrap_err(),
        AssetsError::Different(_)
    ));
    let mut read = [packed("one", SYSTEM), packed("two", SYSTEM)];
    read[0].notes = "- other".to_owned();
    let other = made(&order(INTEL, &["one", "two"]), &read).unwrap();
    assert!(matches!(merged(&[one.clone(), other]).unwrap_err(), AssetsError::Twice(..)));
    let mut broken = two;
    broken.files.remove(NOTES);
    assert!(matches!(merged(&[one, broken]).unwrap_err(), AssetsError::Broken(_)));
    assert!(matches!(merged(&[]).unwrap_err(), AssetsError::Broken(_)));
}

#[test]
fn a_folder_is_of_one_commit_its_versions_and_its_changelog() {
    let folder = folder(ARM);
    let list = folder.list().unwrap();
    let told = Told {
        members: list.members.clone(),
        revision: list.revision.clone(),
        notes: String::from_utf8(folder.files[NOTES].clone()).unwrap(),
    };
    let wrong = |list: &List, told: &Told| {
        let found = compared(list, &folder.files[NOTES], told);
        found
            .into_iter()
            .filter(|it| it.outcome != Outcome::Pass)
            .map(|it| it.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(wrong(&list, &told), [""; 0]);
    let change = |change: &dyn Fn(&mut Told)| {
        let mut other = told.clone();
        change(&mut other);
        wrong(&list, &other)
    };
    assert_eq!(change(&|it| it.notes.push('x')), ["notes"]);
    assert_eq!(change(&|it| it.revision = None), ["revision"]);
    assert_eq!(change(&|it| it.revision = Some("cd".repeat(20))), ["revision"]);
    assert_eq!(change(&|it| it.members[0].version.patch = 1), ["versions"]);
    assert_eq!(change(&|it| it.members[1].tag = Some("two-v1.2.0".to_owned())), ["versions"]);
    assert_eq!(change(&|it| drop(it.members.pop())), ["versions"]);
    assert_eq!(wrong(&List { revision: None, ..list.clone() }, &told), ["revision"]);
    // Who made it did not ask for tags; who merges it does.
    let tags = |tag: &str| ["one", "two"].map(|it| (it.to_owned(), tag.to_owned())).into();
    let tagged = folder.clone().with_tags(&tags("t")).unwrap();
    assert_eq!(tagged.list().unwrap().members[1].tag.as_deref(), Some("t"));
    assert_eq!(super::tests::wrong(&tagged), []);
}
