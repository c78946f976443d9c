//! In which order members are published, and taken back.

use blocks_registry::{OrderError, chosen, in_order, registry_of, yank_plan};

use crate::workspace::{NAME, Workspace};

fn manifest(name: &str, rest: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\ndescription = \"x\"\nlicense = \"MIT\"\n\
         {rest}"
    )
}

#[test]
fn tests_may_lead_back_without_a_version_and_not_with_one() {
    let workspace = Workspace::new();
    let names: Vec<_> = workspace.members().into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["one", "two", "three"]);
    let back = "[dev-dependencies]\nthree = { path = \"../three\", version = \"0.1.0\" }\n";
    workspace.write("one/Cargo.toml", &manifest("one", &format!("publish = [\"{NAME}\"]\n{back}")));
    let error = in_order(&workspace.cargo.metadata().unwrap(), NAME).unwrap_err();
    assert_eq!(error, OrderError::Circle("one, three, two".to_owned()));
}

#[test]
fn what_needs_a_hidden_member_is_not_published() {
    let workspace = Workspace::new();
    workspace.write("one/Cargo.toml", &manifest("one", "publish = false\n"));
    let error = in_order(&workspace.cargo.metadata().unwrap(), NAME).unwrap_err();
    assert!(matches!(error, OrderError::Hidden(..)), "{error}");
    let error = in_order(&workspace.cargo.metadata().unwrap(), "other").unwrap_err();
    assert!(matches!(error, OrderError::Nothing(_)), "{error}");
}

#[test]
fn the_registry_is_the_one_that_manifests_name() {
    let workspace = Workspace::new();
    let metadata = workspace.cargo.metadata().unwrap();
    assert_eq!(registry_of(&metadata, None).unwrap(), NAME);
    assert_eq!(registry_of(&metadata, Some("other")).unwrap(), "other");
    workspace.write("one/Cargo.toml", &manifest("one", "publish = [\"else\"]\n"));
    let error = registry_of(&workspace.cargo.metadata().unwrap(), None).unwrap_err();
    assert_eq!(error, OrderError::Registries(format!("else, {NAME}")));
}

#[test]
fn members_are_taken_back_before_what_they_need() {
    let members = Workspace::new().members();
    let plan = yank_plan(&members, NAME);
    let commands: Vec<_> = plan.iter().map(|it| it.command.as_str()).collect();
    assert_eq!(
        commands,
        [
            "cargo yank --registry loop three@0.1.0",
            "cargo yank --registry loop two@0.1.0",
            "cargo yank --registry loop one@0.1.0"
        ]
    );
    assert_eq!(plan[2].needed_by, ["three@0.1.0", "two@0.1.0"]);
    let two = chosen(members.clone(), &["two".to_owned()], NAME).unwrap();
    assert_eq!(two.len(), 1);
    let error = chosen(members, &["four".to_owned()], NAME).unwrap_err();
    assert!(matches!(error, OrderError::Unknown(..)), "{error}");
}
