//! What records say of packages, and that part of them says nothing.

use crate::crew::Crew;
use blocks_evidence::MetadataPackage;
use std::fs;

fn names(packages: Option<Vec<MetadataPackage>>) -> Option<Vec<String>> {
    packages.map(|all| all.into_iter().map(|it| it.name).collect())
}

#[test]
fn each_member_is_described_by_its_own_record() {
    let crew = Crew::passing("unused-deps", &["b", "a"]);
    let packages = crew.recorded_packages().unwrap();
    let of = |it: &MetadataPackage| (it.name.clone(), it.version.clone(), it.license.clone());
    let told = |name: &str| (name.to_owned(), "0.1.0".to_owned(), Some("MIT".to_owned()));
    // A record also describes what its member is built with.
    assert_eq!(packages.iter().map(of).collect::<Vec<_>>(), [told("a"), told("b")]);
}

#[test]
fn part_of_the_members_says_nothing_and_any_stage_will_do() {
    let crew = Crew::passing("unused-deps", &["a", "b"]);
    fs::remove_dir_all(crew.folder("a")).unwrap();
    assert_eq!(crew.recorded_packages(), None);
    let damaged = Crew::passing("unused-deps", &["a"]);
    fs::write(damaged.folder("a").join("metadata.json"), "{}").unwrap();
    assert_eq!(damaged.recorded_packages(), None);
    assert_eq!(Crew::passing("fmt", &["a"]).recorded_packages(), None);
    let others = Crew::passing("package", &["a"]);
    assert_eq!(names(others.recorded_packages()), Some(vec!["a".to_owned()]));
}
