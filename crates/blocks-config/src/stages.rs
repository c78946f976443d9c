//! What is said of single stages, and the stages of a workspace's own.

use crate::InsidePath;
use crate::check::{Violation, no_blanks, no_duplicates};
use crate::key::{Kind, Setting, settings};
use serde::{Deserialize, Serialize};
use std::fmt;

settings! {
    /// What is said of one stage.
    #[serde(default)]
    pub struct StageSettings at "stages.<id>" {
        /// Whether the stage runs. One that is opt-in runs only where this is `true`.
        enabled: bool [""],
        /// The command of a stage of your own, word by word: no shell reads them. The stage passes where it ends
        /// with 0. `{packages}` stands for the words by which cargo selects packages, and makes a record of each
        /// member; without it there is one of the workspace.
        run: Vec<String> ["words"],
        /// What a stage of your own is called; its name without.
        title: String [""],
        /// What a stage of your own compiles: `none`, `check` (metadata, as lints do), `build` (code, as tests do)
        /// or `release` (code of the release profile).
        layer: StageLayer [""],
        /// The files and folders outside of the members' own that a stage of your own reads.
        files: Vec<InsidePath> ["paths from the workspace's root"],
        /// Who waits for a stage of your own: everybody (`quick`), a daily run (`full`), or whoever asks for proofs
        /// (`proofs`).
        set: StageSet [""],
    }
}

impl Default for StageSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            run: Vec::new(),
            title: String::new(),
            layer: StageLayer::None,
            files: Vec::new(),
            set: StageSet::Quick,
        }
    }
}

impl StageSettings {
    /// Whether it is a stage of the workspace's own.
    pub fn is_own(&self) -> bool {
        !self.run.is_empty()
    }

    /// The first rule broken; `id` is the stage's.
    pub(crate) fn check(&self, id: &str) -> Option<Violation> {
        let at = |key: &str| format!("stages.{id}.{key}");
        let words =
            self.run.iter().enumerate().map(|(i, word)| (at(&format!("run[{i}]")), &**word));
        let title = (!self.title.is_empty()).then(|| (at("title"), &*self.title));
        no_blanks(words.chain(title))
            .or_else(|| self.check_owner(id))
            .or_else(|| self.is_own().then(|| check_name(id)).flatten())
            .or_else(|| {
                let files = self.files.iter().enumerate();
                no_duplicates(files.map(|(i, file)| (at(&format!("files[{i}]")), file.as_str())))
            })
    }

    /// What only a stage of the workspace's own has wants a command.
    fn check_owner(&self, id: &str) -> Option<Violation> {
        let default = Self::default();
        let said = [
            ("title", self.title != default.title),
            ("layer", self.layer != default.layer),
            ("files", self.files != default.files),
            ("set", self.set != default.set),
        ];
        let (key, _) = said.into_iter().find(|(_, is_said)| *is_said && !self.is_own())?;
        Some(Violation {
            path: format!("stages.{id}.{key}"),
            message: format!("`stages.{id}` has a `{key}` and no `run`"),
            help: "only a stage of your own has one: say with `run` what it runs".to_owned(),
        })
    }
}

/// A stage's name is a folder, a check of the flake and a word on the command line.
fn check_name(id: &str) -> Option<Violation> {
    let is_name = id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    (!is_name).then(|| Violation {
        path: format!("stages.{id}"),
        message: format!("`{id}` is no name of a stage"),
        help: "begin with a lower-case letter, and go on with such letters, digits and `-`"
            .to_owned(),
    })
}

/// What a stage of a workspace's own compiles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum StageLayer {
    /// Nothing.
    #[default]
    None,
    /// Metadata, which lints need.
    Check,
    /// Code, which tests need.
    Build,
    /// Code of the release profile.
    Release,
}

/// Who waits for a stage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum StageSet {
    /// Everybody: a pull request.
    #[default]
    Quick,
    /// A daily run (`verify.quick_mode: false`).
    Full,
    /// Who asks for proofs (`verify.full_proofs: true`).
    Proofs,
}

impl StageLayer {
    /// The word in the file, and the layer's name in the table of stages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Check => "check",
            Self::Build => "build",
            Self::Release => "release",
        }
    }
}

impl StageSet {
    /// The word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Full => "full",
            Self::Proofs => "proofs",
        }
    }
}

impl fmt::Display for StageLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for StageSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Setting for StageLayer {
    const KIND: Kind = Kind::Choice(&["none", "check", "build", "release"]);
    fn show(&self) -> String {
        self.to_string()
    }
}

impl Setting for StageSet {
    const KIND: Kind = Kind::Choice(&["quick", "full", "proofs"]);
    fn show(&self) -> String {
        self.to_string()
    }
}
