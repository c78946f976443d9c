//! The members of a workspace that go to a registry, and in which order.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use cargo_metadata::{DependencyKind, Metadata, Package, Target};
use semver::Version;
use thiserror::Error;

/// The name that cargo has for the registry that it uses where none is named.
pub const DEFAULT_REGISTRY: &str = "crates-io";

/// A member that may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its package's name.
    pub name: String,
    /// Its version.
    pub version: Version,
    /// Its manifest.
    pub manifest: PathBuf,
    /// The registries that it may go to; none for any.
    pub publish: Option<Vec<String>>,
    /// The readme that its manifest names, or that cargo finds beside it.
    pub readme: Option<PathBuf>,
    /// Its licence, as an SPDX expression.
    pub license: Option<String>,
    /// The file that its manifest names instead.
    pub license_file: Option<PathBuf>,
    /// Whether others can depend on its code.
    pub has_library: bool,
    /// Whether it has programs that can be installed.
    pub has_programs: bool,
    /// The members that have to be at the registry before it.
    pub needs: BTreeSet<String>,
}

impl Member {
    /// What its archive's one folder is called: `NAME-VERSION`.
    pub fn folder(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }

    /// How commands name it.
    pub fn spec(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }

    fn of(package: &Package, is_member: impl Fn(&str) -> bool) -> Self {
        // One of tests that has a path and no version is not in what cargo publishes, so that such may lead back.
        let is_needed = |it: &&cargo_metadata::Dependency| {
            let is_left_out =
                it.kind == DependencyKind::Development && it.req == semver::VersionReq::STAR;
            it.path.is_some() && !is_left_out && is_member(&it.name)
        };
        let needs = package.dependencies.iter().filter(is_needed).map(|it| it.name.clone());
        Self {
            name: package.name.to_string(),
            version: package.version.clone(),
            manifest: package.manifest_path.clone().into(),
            publish: package.publish.clone(),
            readme: package.readme().map(Into::into),
            license: package.license.clone(),
            license_file: package.license_file().map(Into::into),
            has_library: package.targets.iter().any(is_library),
            has_programs: package.targets.iter().any(Target::is_bin),
            needs: needs.filter(|name| *name != *package.name).collect(),
        }
    }

    fn is_for(&self, registry: &str) -> bool {
        self.publish.as_ref().is_none_or(|names| names.iter().any(|it| it == registry))
    }
}

fn is_library(target: &Target) -> bool {
    target.is_lib() || target.is_proc_macro() || target.is_rlib() || target.is_dylib()
}

/// Why it is not known what is to be published, or in which order.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum OrderError {
    /// Members go to several registries.
    #[error("members go to several registries ({0}): say one with --registry")]
    Registries(String),
    /// None goes there.
    #[error(
        "no member is to be published to `{0}`: `publish` in their manifests says where they go"
    )]
    Nothing(String),
    /// One needs another that does not go there.
    #[error(
        "{0} needs {1}, which `publish` in its manifest keeps from `{2}`: nobody could use {0} from there"
    )]
    Hidden(String, String, String),
    /// They need each other.
    #[error(
        "{0} need each other, so that none can be published first: a dependency of tests may lead back where it has a \
         path and no version, since cargo leaves that out"
    )]
    Circle(String),
    /// One whose programs shall be released has none.
    #[error("`release.programs` names `{0}`, and no member of that name has a program")]
    NoProgram(String),
    /// One that is named is not there.
    #[error("there is no member `{0}` that is published to `{1}`")]
    Unknown(String, String),
}

/// The registry that all members go to: the one that is asked for, the one that their manifests name, or cargo's own.
pub fn registry_of(metadata: &Metadata, asked: Option<&str>) -> Result<String, OrderError> {
    if let Some(name) = asked {
        return Ok(name.to_owned());
    }
    let packages = metadata.workspace_packages();
    let lists: BTreeSet<_> =
        packages.iter().filter_map(|it| it.publish.as_ref()).filter(|it| !it.is_empty()).collect();
    let mut named = lists.iter();
    match (named.next().map(|it| it.as_slice()), named.next()) {
        (None, _) => Ok(DEFAULT_REGISTRY.to_owned()),
        (Some([one]), None) => Ok(one.clone()),
        _ => {
            let names: BTreeSet<_> =
                lists.iter().flat_map(|it| it.iter()).map(String::as_str).collect();
            let names: Vec<_> = names.into_iter().collect();
            Err(OrderError::Registries(names.join(", ")))
        }
    }
}

/// The members that go to a registry, each behind what it needs; those that need nothing of each other by their names.
pub fn in_order(metadata: &Metadata, registry: &str) -> Result<Vec<Member>, OrderError> {
    let packages = metadata.workspace_packages();
    let is_member = |name: &str| packages.iter().any(|it| *it.name == name);
    let mut left: BTreeMap<String, Member> = packages
        .iter()
        .map(|it| Member::of(it, is_member))
        .filter(|it| it.is_for(registry))
        .map(|it| (it.name.clone(), it))
        .collect();
    if left.is_empty() {
        return Err(OrderError::Nothing(registry.to_owned()));
    }
    for member in left.values() {
        if let Some(hidden) = member.needs.iter().find(|it| !left.contains_key(*it)) {
            let (name, hidden) = (member.name.clone(), hidden.clone());
            return Err(OrderError::Hidden(name, hidden, registry.to_owned()));
        }
    }
    let mut order = Vec::new();
    while !left.is_empty() {
        let is_free = |it: &&Member| it.needs.iter().all(|name| !left.contains_key(name));
        let Some(name) = left.values().find(is_free).map(|it| it.name.clone()) else {
            let names: Vec<_> = left.into_keys().collect();
            return Err(OrderError::Circle(names.join(", ")));
        };
        order.extend(left.remove(&name));
    }
    Ok(order)
}

/// The members whose programs are released, by their names: those with programs that may be published somewhere, and those that
/// are named, where each has to have one.
pub fn with_programs(metadata: &Metadata, named: &[String]) -> Result<Vec<Member>, OrderError> {
    let packages = metadata.workspace_packages();
    let members = packages.iter().map(|it| Member::of(it, |_| false)).filter(|it| it.has_programs);
    let is_released = |it: &Member| {
        it.publish.as_ref().is_none_or(|registries| !registries.is_empty())
            || named.contains(&it.name)
    };
    let mut members: Vec<_> = members.filter(is_released).collect();
    members.sort_by(|one, two| one.name.cmp(&two.name));
    match named.iter().find(|name| !members.iter().any(|it| it.name == **name)) {
        Some(name) => Err(OrderError::NoProgram(name.clone())),
        None => Ok(members),
    }
}

/// Those of the members that are named; all of them where none is.
pub fn chosen(
    members: Vec<Member>,
    names: &[String],
    registry: &str,
) -> Result<Vec<Member>, OrderError> {
    if let Some(name) = names.iter().find(|name| !members.iter().any(|it| it.name == **name)) {
        return Err(OrderError::Unknown(name.clone(), registry.to_owned()));
    }
    let is_chosen = |it: &Member| names.is_empty() || names.contains(&it.name);
    Ok(members.into_iter().filter(is_chosen).collect())
}
