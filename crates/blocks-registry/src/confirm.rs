//! What is at the registry, looked at as anybody would get it: it is there, it is what was released, it compiles, and its
//! documentation does.
//!
//! An archive can be made again: cargo gives its entries fixed times and owners, and the same commit the same files. What
//! differs is `.cargo_vcs_info.json`, which names the commit and says whether files differed from it; and another cargo may
//! compress the same bytes to others. So where archives differ, their files are compared.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use blocks_gates::Outcome;
use tempfile::TempDir;

use crate::archive::VCS;
use crate::cargo::{Cargo, CargoError, Ran, project, scratch, toml_text};
use crate::check::Check;
use crate::members::{DEFAULT_REGISTRY, Member};
use crate::{Archive, Client, IndexVersion, RegistryError, sha256};

/// The files that name a commit, or checksums of archives that do.
const NAMING: [&str; 2] = [VCS, "Cargo.lock"];

/// Who confirms a release.
#[derive(Debug, Clone, Copy)]
pub struct Confirming<'a> {
    /// Cargo, for the workspace.
    pub cargo: &'a Cargo,
    /// The registry.
    pub client: &'a Client,
    /// The registry's name, as cargo knows it.
    pub registry: &'a str,
}

impl Confirming<'_> {
    /// Looks at each member's version at the registry: checks `there`, `checksum`, `own`, `builds` and `docs` of each, as far
    /// as one leads to the next.
    pub fn confirm(
        &self,
        members: &[Member],
        tell: &dyn Fn(&Member),
    ) -> Result<Vec<Check>, CargoError> {
        // What an earlier look fetched is not what the registry gives now.
        let place = self.cargo.folder.join("confirm");
        if place.exists() {
            fs::remove_dir_all(&place)
                .map_err(|error| CargoError::File("remove", place.clone(), error))?;
        }
        let own = self.cargo.pack(members, self.registry, false);
        let own = own.map_err(|error| error.to_string());
        let mut checks = Vec::new();
        for (at, member) in members.iter().enumerate() {
            tell(member);
            let own = own.as_ref().map(|all| all[at].as_slice()).map_err(String::as_str);
            let found = self.of(member, own, &place)?;
            checks.extend(found.into_iter().map(|it| it.about(&member.spec())));
        }
        Ok(checks)
    }

    fn of(
        &self,
        member: &Member,
        own: Result<&[u8], &str>,
        place: &Path,
    ) -> Result<Vec<Check>, CargoError> {
        let found = match self.appears(member) {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(vec![Check::fail("there", "the index does not have it")]),
            Err(error) => return Ok(vec![Check::unknown("there", error.to_string())]),
        };
        let mut checks = vec![if found.is_yanked {
            Check::fail("there", "it is yanked")
        } else {
            Check::pass("there", "the index has it")
        }];
        let archive = match self.client.archive(&found) {
            Ok(Some(archive)) => archive,
            Ok(None) => {
                checks.push(Check::fail(
                    "checksum",
                    "its archive cannot be fetched: it is not there",
                ));
                return Ok(checks);
            }
            Err(RegistryError::TooLarge { limit, .. }) => {
                let message = format!("its archive is larger than {limit} bytes");
                checks.push(Check::fail("checksum", message));
                return Ok(checks);
            }
            Err(error) => {
                checks.push(Check::unknown("checksum", error.to_string()));
                return Ok(checks);
            }
        };
        let sum = sha256(&archive);
        if sum != found.checksum {
            let message = format!(
                "its archive is not the one that the index has (SHA-256 {sum}, in the index {})",
                found.checksum
            );
            checks.push(Check::fail("checksum", message));
            checks.push(of_own(member, &archive, own));
            // Cargo would not unpack it.
            return Ok(checks);
        }
        checks.push(Check::pass("checksum", format!("SHA-256 {sum}")));
        checks.push(of_own(member, &archive, own));
        checks.extend(self.compiled(member, place)?);
        Ok(checks)
    }

    /// The index's entry, which may take a while to be shown.
    fn appears(&self, member: &Member) -> Result<Option<IndexVersion>, RegistryError> {
        let patience = self.client.patience();
        for _ in 1..patience.tries {
            if let Some(found) = self.client.version(&member.name, &member.version)? {
                return Ok(Some(found));
            }
            std::thread::sleep(patience.look);
        }
        self.client.version(&member.name, &member.version)
    }

    /// What becomes of it in a project of somebody else.
    fn compiled(&self, member: &Member, place: &Path) -> Result<Vec<Check>, CargoError> {
        let project = Project::new(self, member, place)?;
        let fetched = project.run(["fetch"])?;
        if !fetched.is_success {
            let is_other = fetched.told.contains("failed to verify the checksum");
            let outcome = if is_other { Outcome::Fail } else { Outcome::NoVerdict };
            return Ok(vec![Check::new("builds", outcome, lines(&fetched))]);
        }
        let mut checks = Vec::new();
        if member.has_library {
            let spec = member.spec();
            let built = project.run(["build", "--offline"])?;
            let is_built = built.is_success;
            checks.push(of_run("builds", "a project that needs it compiles", &built));
            if is_built {
                let docs = project.run(["doc", "--no-deps", "--offline", "--package", &spec])?;
                checks.push(of_run("docs", "its documentation is made", &docs));
            }
        }
        if member.has_programs {
            let installed = project.install()?;
            checks.push(of_run("builds", "its programs can be installed", &installed));
        }
        if checks.is_empty() {
            let message = "it has neither a library nor programs";
            checks.push(Check::new("builds", Outcome::NotApplicable, [message.to_owned()]));
        }
        Ok(checks)
    }
}

/// What fetched bytes are beside those that are packed here.
fn of_own(member: &Member, theirs: &[u8], own: Result<&[u8], &str>) -> Check {
    let own = match own {
        Ok(own) => own,
        Err(why) => {
            return Check::unknown("own", format!("it cannot be packed here to compare: {why}"));
        }
    };
    if sha256(own) == sha256(theirs) {
        return Check::pass("own", "it is the archive that is packed here, byte by byte");
    }
    let folder = member.folder();
    let theirs = match Archive::read(theirs, &folder) {
        Ok(theirs) => theirs,
        Err(error) => return Check::fail("own", format!("its archive cannot be read: {error}")),
    };
    let own = match Archive::read(own, &folder) {
        Ok(own) => own,
        Err(error) => return Check::unknown("own", error.to_string()),
    };
    let differences = own.differences(&theirs);
    let commits = match (theirs.commit(), own.commit()) {
        (Some(theirs), Some(own)) if theirs != own => {
            format!("; it says that it is of commit {theirs}, and here is {own}")
        }
        _ => String::new(),
    };
    match differences.as_slice() {
        [] => Check::pass(
            "own",
            "it has the same files as are packed here, compressed by another cargo",
        ),
        [one] if one == VCS => {
            Check::pass("own", format!("it has the same files as are packed here{commits}"))
        }
        several
            if !commits.is_empty() && several.iter().all(|it| NAMING.contains(&it.as_str())) =>
        {
            let message = format!(
                "its lock file cannot be compared{commits}: check out the commit of the release"
            );
            Check::unknown("own", message)
        }
        several => {
            let first = format!("it is not what is packed here{commits}; these files differ:");
            Check::new("own", Outcome::Fail, [&[first], several].concat())
        }
    }
}

fn of_run(id: &'static str, good: &str, ran: &Ran) -> Check {
    match ran {
        it if it.is_success => Check::pass(id, good),
        it if it.is_not_compiled() => Check::new(id, Outcome::Fail, lines(it)),
        // A machine without memory or disk says nothing about the package.
        it => Check::new(id, Outcome::NoVerdict, lines(it)),
    }
}

fn lines(ran: &Ran) -> Vec<String> {
    ran.told.lines().map(str::to_owned).collect()
}

/// A project that needs one version and nothing else, where no configuration of a workspace reaches.
struct Project<'a> {
    of: &'a Confirming<'a>,
    member: &'a Member,
    folder: TempDir,
    place: PathBuf,
}

impl<'a> Project<'a> {
    fn new(of: &'a Confirming<'a>, member: &'a Member, place: &Path) -> Result<Self, CargoError> {
        let failed = |error| CargoError::File("make", std::env::temp_dir(), error);
        let folder = scratch().map_err(failed)?;
        let version = toml_text(&format!("={}", member.version));
        let registry = match of.registry {
            DEFAULT_REGISTRY => String::new(),
            name => format!(", registry = {}", toml_text(name)),
        };
        project(folder.path(), &member.name, &format!("version = {version}{registry}"))?;
        Ok(Self { of, member, folder, place: place.to_owned() })
    }

    fn run<const N: usize>(&self, words: [&str; N]) -> Result<Ran, CargoError> {
        self.of.cargo.ran(&mut self.command(words))
    }

    fn install(&self) -> Result<Ran, CargoError> {
        let version = format!("={}", self.member.version);
        let words = ["install", "--locked", "--force", "--version", &version];
        let mut command = self.command(words);
        command.args(["--registry", self.of.registry, "--root"]).arg(self.place.join("installed"));
        self.of.cargo.ran(command.arg(&self.member.name))
    }

    /// Cargo with a home of its own, so that nothing comes from where it was left before, and no source is replaced.
    fn command<const N: usize>(&self, words: [&str; N]) -> Command {
        let cargo = self.of.cargo;
        let mut command = cargo.command(words);
        let is_kept = |name: &str| {
            ["CARGO_HTTP_", "CARGO_NET_", "CARGO_TERM_", "CARGO_REGISTRIES_"]
                .iter()
                .any(|begin| name.starts_with(begin))
        };
        for (name, _) in &cargo.environment {
            if name.to_str().is_some_and(|it| it.starts_with("CARGO_") && !is_kept(it)) {
                command.env_remove(name);
            }
        }
        command
            .current_dir(self.folder.path())
            // The folder has no toolchain of its own.
            .envs(cargo.toolchain().map(|name| ("RUSTUP_TOOLCHAIN", name)))
            .env("CARGO_HOME", self.place.join("home"))
            .env("CARGO_TARGET_DIR", self.place.join("target"))
            .env(variable(self.of.registry, "INDEX"), self.of.client.address());
        command
    }
}

/// The variable by which cargo knows something of a registry.
pub fn variable(registry: &str, what: &str) -> OsString {
    if registry == DEFAULT_REGISTRY && what == "TOKEN" {
        return "CARGO_REGISTRY_TOKEN".into();
    }
    let name = registry.to_uppercase().replace('-', "_");
    format!("CARGO_REGISTRIES_{name}_{what}").into()
}
