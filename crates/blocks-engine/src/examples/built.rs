use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{Message, TargetKind, diagnostic::DiagnosticLevel};

use super::{Examining, Heard, documents::Document, members::Member, run::words};
use crate::{EngineError, process::Observed};

/// What cargo made of the workspace's programs and examples.
#[derive(Debug, Default)]
pub(super) struct Built {
    /// Examples, by package and name.
    examples: BTreeMap<(String, String), Option<String>>,
    /// Programs, by name.
    programs: BTreeMap<String, String>,
    /// Those that there are, each with its package and the features without which it is not built.
    known: BTreeMap<String, (String, Vec<String>)>,
    /// The features that are on, of packages of which something was built.
    on: BTreeMap<String, BTreeSet<String>>,
    /// What compilers said is wrong.
    errors: Vec<Error>,
    /// The end of what cargo said.
    said: String,
    /// Whether cargo came to the end without an error: only then is what it did not build something that it left out.
    is_whole: bool,
}

/// A program of the workspace.
pub(super) enum Program<'a> {
    /// Here it is.
    At(&'a str),
    /// It is not built without these features.
    Off(&'a [String]),
    /// It does not compile, and what compilers say.
    Broken(String),
}

/// An error of a compiler.
#[derive(Debug)]
struct Error {
    package: String,
    target: String,
    is_example: bool,
    text: String,
}

impl Built {
    /// Builds what is needed. What does not compile does not keep the rest from being built.
    pub(super) fn of(
        examining: &Examining<'_>,
        members: &[Member],
        documents: &[Document],
        heard: &mut Heard<'_>,
    ) -> Result<Self, EngineError> {
        let has_examples =
            members.iter().flat_map(|it| &it.examples).any(|it| examining.is_asked(&it.file, None));
        let is_named = documents.iter().any(|it| !it.sessions().is_empty());
        let has_programs = is_named && members.iter().any(|it| !it.programs.is_empty());
        if !has_examples && !has_programs {
            return Ok(Self::default());
        }
        let mut command =
            words(&["cargo", "build", "--workspace", "--keep-going", "--message-format=json"]);
        let kinds = [(has_examples, "--examples"), (has_programs, "--bins")];
        command.extend(kinds.into_iter().filter(|(is, _)| *is).map(|(_, kind)| kind.to_owned()));
        let workspace = examining.workspace;
        let (status, observed) =
            examining.tool(&command, &workspace.root, &workspace.environment)?;
        heard.said(&observed.stderr);
        let mut built = Self::read(&observed)?;
        built.is_whole = status == 0 && built.errors.is_empty();
        let all = members.iter().flat_map(|of| of.programs.iter().map(move |it| (of, it)));
        built.known =
            all.map(|(of, it)| (it.name.clone(), (of.name.clone(), it.features.clone()))).collect();
        let is_nothing =
            built.errors.is_empty() && built.examples.is_empty() && built.programs.is_empty();
        if status != 0 && is_nothing {
            // It did not come to compile anything: that is no answer about an example.
            let reason = String::from_utf8_lossy(&observed.stderr).trim().to_owned();
            return Err(EngineError::Workspace { folder: workspace.root.clone(), reason });
        }
        Ok(built)
    }

    fn read(observed: &Observed) -> Result<Self, EngineError> {
        if observed.is_cut {
            let reason = "it said more than is read".to_owned();
            return Err(EngineError::Program { program: "cargo".to_owned(), reason });
        }
        let mut built = Self { said: text(&observed.stderr), ..Self::default() };
        for line in text(&observed.stdout).lines().filter(|it| it.starts_with('{')) {
            match serde_json::from_str(line) {
                Ok(Message::CompilerArtifact(artifact)) => {
                    let name = artifact.target.name.clone();
                    let path = artifact.executable.map(|it| it.to_string());
                    if !artifact.target.is_custom_build() {
                        let package = package_of(&artifact.package_id.repr);
                        built.on.entry(package).or_default().extend(artifact.features);
                    }
                    if artifact.target.is_example() {
                        let package = package_of(&artifact.package_id.repr);
                        built.examples.insert((package, name), path);
                    } else if artifact.target.is_bin() {
                        built.programs.extend(path.map(|path| (name, path)));
                    }
                }
                Ok(Message::CompilerMessage(message)) => {
                    let is_error = matches!(
                        message.message.level,
                        DiagnosticLevel::Error | DiagnosticLevel::Ice
                    );
                    let text = message.message.rendered.filter(|_| is_error);
                    built.errors.extend(text.map(|text| Error {
                        package: package_of(&message.package_id.repr),
                        target: message.target.name.clone(),
                        is_example: message.target.kind.contains(&TargetKind::Example),
                        text,
                    }));
                }
                _ => {}
            }
        }
        Ok(built)
    }

    /// The program of an example, none of one that is a library, or what is wrong with it.
    pub(super) fn example(&self, package: &str, name: &str) -> Result<Option<&str>, String> {
        let found = self.examples.get(&(package.to_owned(), name.to_owned()));
        let own = |it: &&Error| it.is_example && it.package == package && it.target == name;
        found.map(|it| it.as_deref()).ok_or_else(|| self.why(own))
    }

    /// Whether cargo left a target out that it did not build, as features that it needs are off.
    ///
    /// Where the build failed, what is silent can also be what was to be built of what does not compile. Only where something of
    /// its package was built is it known which features are on.
    pub(super) fn is_left_out(&self, package: &str, features: &[String]) -> bool {
        let on = self.on.get(package);
        // One of another package, `package/feature`, is not among those.
        let is_off = |it: &String| !it.contains('/') && on.is_some_and(|on| !on.contains(it));
        !features.is_empty() && (self.is_whole || features.iter().any(is_off))
    }

    /// The workspace's programs that were built.
    pub(super) fn programs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.programs.iter().map(|(name, path)| (name.as_str(), path.as_str()))
    }

    /// A program of the workspace, where a name is that of one.
    pub(super) fn program(&self, name: &str) -> Option<Program<'_>> {
        let (package, features) = self.known.get(name)?;
        Some(match self.programs.get(name) {
            Some(path) => Program::At(path),
            None if self.is_left_out(package, features) => Program::Off(features),
            None => Program::Broken(self.why(|it| !it.is_example && it.target == name)),
        })
    }

    /// What compilers said of one target; where they said nothing of it, of what it needs.
    fn why(&self, is_own: impl Fn(&&Error) -> bool) -> String {
        let own: Vec<_> = self.errors.iter().filter(is_own).map(|it| it.text.as_str()).collect();
        if !own.is_empty() {
            return own.concat();
        }
        let others = self.errors.iter().filter(|it| !it.is_example);
        let others: String = others.map(|it| it.text.as_str()).collect();
        if others.is_empty() { self.said.clone() } else { others }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The name in the identity of a package: `path+file:///a/b#0.1.0`, `path+file:///a/b#name@0.1.0`.
fn package_of(id: &str) -> String {
    let (place, rest) = id.rsplit_once('#').unwrap_or((id, ""));
    let name =
        rest.split_once('@').map_or_else(|| place.rsplit('/').next(), |(name, _)| Some(name));
    name.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::package_of;

    #[test]
    fn a_package_is_known_by_its_identity() {
        for id in [
            "path+file:///a/small#0.1.0",
            "path+file:///a/other#small@0.1.0",
            "registry+https://example.org/index#small@1.0.0",
        ] {
            assert_eq!(package_of(id), "small", "{id}");
        }
    }
}
