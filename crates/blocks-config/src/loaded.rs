//! A configuration together with the text it came from.

use crate::check::Violation;
use crate::error::{ConfigError, Problem, quote};
use crate::key::Key;
use crate::places::Places;
use crate::problem::known_words;
use crate::{BadgeName, FeatureName, InsidePath, PipelineConfig, read};
use serde::de::DeserializeOwned;
use std::fmt;
use std::path::Path;

/// One of the two files. It is implemented by [`PipelineConfig`] and
/// [`NotifyConfig`](crate::NotifyConfig), and not meant for other types.
pub trait ConfigFile: Default + DeserializeOwned {
    /// Where the file lies, from the workspace's root.
    const FILE: &'static str;

    /// The keys of the file, in its order.
    fn keys() -> &'static [Key];

    /// The value of a key, as a person would write it; none for a path that is no key. Values of a
    /// list stand side by side.
    fn show(&self, path: &str) -> Option<String>;

    /// The first rule broken that no single value can see.
    #[doc(hidden)]
    fn check(&self) -> Option<Violation>;
}

/// A configuration, and where each of its values was written.
///
/// ```
/// use blocks_config::{Loaded, PipelineConfig};
///
/// let text = "test:\n  coverage_threshold: 97.5\n";
/// let loaded: Loaded<PipelineConfig> = Loaded::parse(text, "pipeline-config.yml")?;
/// assert!(loaded.config.test.coverage_threshold.is_met_by(975, 1000));
///
/// let threshold = loaded.effective("test.coverage_threshold").ok_or("no such key")?;
/// assert_eq!(threshold.value, "97.5");
/// assert_eq!(threshold.origin.to_string(), "pipeline-config.yml:2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Loaded<T> {
    /// The configuration.
    pub config: T,
    file: String,
    text: String,
    places: Places,
}

/// Where a value comes from. Its `Display` is `default` or `file:line`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The file does not set the key.
    Default,
    /// The file sets it.
    File {
        /// The file's name as the caller gave it.
        file: String,
        /// The line of the key, from 1.
        line: u32,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { file, line } => write!(f, "{file}:{line}"),
        }
    }
}

/// The value that holds, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective {
    /// The value, as a person would write it.
    pub value: String,
    /// Where it comes from.
    pub origin: Origin,
}

impl<T: ConfigFile> Loaded<T> {
    /// Reads the text of a file; `origin` is its name in messages.
    pub fn parse(text: &str, origin: &str) -> Result<Self, ConfigError> {
        // Editors of some systems start a file with a byte order mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match read::read(text) {
            Ok((config, places)) => {
                Ok(Self { config, file: origin.to_owned(), text: text.to_owned(), places })
            }
            Err(problem) => Err(ConfigError::new(problem, text, origin)),
        }
    }

    /// Reads a file; one that does not exist means the defaults.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let origin = path.display().to_string();
        match read::text_of(path) {
            Ok(text) => Self::parse(&text.unwrap_or_default(), &origin),
            Err(problem) => Err(ConfigError::new(problem, "", &origin)),
        }
    }

    /// The value of a key and where it comes from; none for a path that is no key.
    ///
    /// A path is one of the table ([`Key::path`]), or one with a name for `<id>`:
    /// `stages.test.enabled`.
    pub fn effective(&self, path: &str) -> Option<Effective> {
        let value = self.config.show(path)?;
        // For a row that stands for many entries, what sets them is the list or mapping they are in.
        let written = path.find("[]").or_else(|| path.find(".<id>"));
        let written = written.map_or(Some(path), |end| path.get(..end))?;
        let origin = match self.places.get(written) {
            Some(entry) => Origin::File { file: self.file.clone(), line: entry.key.line },
            None => Origin::Default,
        };
        Some(Effective { value, origin })
    }
}

impl Loaded<PipelineConfig> {
    /// Switches these stages off where the file does not say whether they are on.
    #[must_use]
    pub fn with_opt_in<'a>(mut self, stages: impl IntoIterator<Item = &'a str>) -> Self {
        for id in stages {
            if self.places.get(&format!("stages.{id}.enabled")).is_none() {
                self.config.stages.entry(id.to_owned()).or_default().enabled = false;
            }
        }
        self
    }

    /// Compares the names under `stages` with those of the table of stages, and the names of the workspace's
    /// own with those and with others that are taken. The error shows the first one in the file that is
    /// unknown or taken.
    pub fn check_stages(&self, known: &[&str], taken: &[&str]) -> Result<(), ConfigError> {
        let others = self.config.stages.iter().filter(|(_, settings)| !settings.is_own());
        self.check_names("stages", "stage", others.map(|(id, _)| id), known)?;
        self.check_badges(known)?;
        let is_taken = |id: &str| known.contains(&id) || taken.contains(&id);
        let Some((id, _)) = self.config.own_stages().find(|(id, _)| is_taken(id)) else {
            return Ok(());
        };
        let message = format!("{} is a stage already, and has its own command", quote(id));
        Err(self.refusal(&format!("stages.{id}.run"), message, "call yours by another name"))
    }

    /// Looks for the stages that badges are of.
    fn check_badges(&self, known: &[&str]) -> Result<(), ConfigError> {
        let own: Vec<_> = self.config.own_stages().map(|(id, _)| id).collect();
        let is_unknown = |name: &BadgeName| match name {
            BadgeName::Stage(id) => !known.contains(&id.as_str()) && !own.contains(&id.as_str()),
            _ => false,
        };
        let mut badges = self.config.badges.iter().enumerate();
        let Some((at, badge)) = badges.find(|(_, badge)| is_unknown(&badge.name)) else {
            return Ok(());
        };
        let message = format!("there is no badge {}", quote(badge.name.as_str()));
        let mut words: Vec<&str> = BadgeName::numbers().collect();
        words.extend(known.iter().copied().chain(own));
        let help = known_words(badge.name.as_str(), &words, "badges");
        Err(self.refusal(&format!("badges[{at}].name"), message, &help))
    }

    /// Looks for the files that Blocks writes into, which are plain files, and for those that stages of the workspace's own
    /// read. The error shows the first that is not there: without it, a stage could pass for want of something to find fault
    /// with.
    pub fn check_files(
        &self,
        is_there: impl Fn(&InsidePath) -> bool,
        is_file: impl Fn(&InsidePath) -> bool,
    ) -> Result<(), ConfigError> {
        let help = "name files and folders of the workspace, from its root";
        for (at, file) in self.config.docs.files.iter().enumerate() {
            let (why, help) = match file {
                file if !is_there(file) => ("is not there", help),
                file if !is_file(file) => {
                    ("is a folder or a link", "name Markdown files of the workspace, from its root")
                }
                // Rows of stages list names like this.
                file if file.as_str().contains(", ") => {
                    ("has a comma and a blank in it, which part names", "call the file otherwise")
                }
                _ => continue,
            };
            let message = format!("{} {why}", quote(file.as_str()));
            return Err(self.refusal(&format!("docs.files[{at}]"), message, help));
        }
        let files = self.config.own_stages().flat_map(|(id, settings)| {
            settings.files.iter().enumerate().map(move |(at, file)| (id, at, file))
        });
        let Some((id, at, file)) = files.into_iter().find(|(_, _, file)| !is_there(file)) else {
            return Ok(());
        };
        let message = format!("{} is not there", quote(file.as_str()));
        Err(self.refusal(&format!("stages.{id}.files[{at}]"), message, help))
    }

    fn refusal(&self, path: &str, message: String, help: &str) -> ConfigError {
        let place = self.places.get(path).map(|entry| entry.key);
        let problem = Problem { place, message, help: help.to_owned() };
        ConfigError::new(problem, &self.text, &self.file)
    }

    /// Compares the names under `members` and those of members under `performance.limits` with those of the workspace's
    /// packages, as [`Loaded::check_stages`] does.
    pub fn check_members(&self, known: &[&str]) -> Result<(), ConfigError> {
        self.check_names("members", "member", self.config.members.keys(), known)?;
        let mut limits = self.config.performance.limits.iter().enumerate();
        let Some((at, limit)) = limits.find(|(_, it)| !known.contains(&it.member.as_str())) else {
            return Ok(());
        };
        let message = format!("unknown member {}", quote(&limit.member));
        let help = known_words(&limit.member, known, "members");
        Err(self.refusal(&format!("performance.limits[{at}].member"), message, &help))
    }

    /// Looks for the features that interfaces are to be described with. `has` knows whether a member has a feature. The error
    /// shows the first that is not there: with fewer, less would be compared than is asked for.
    pub fn check_features(
        &self,
        has: impl Fn(&str, &FeatureName) -> bool,
    ) -> Result<(), ConfigError> {
        let asked = self.config.members.iter().flat_map(|(name, settings)| {
            let all = settings.interface_features.iter().enumerate();
            all.map(move |(at, feature)| (name, at, feature))
        });
        let Some((name, at, feature)) =
            asked.into_iter().find(|(name, _, feature)| !has(name, feature))
        else {
            return Ok(());
        };
        let message = format!("{} has no feature {}", quote(name), quote(feature.as_str()));
        let help = "name features of this member's own manifest";
        Err(self.refusal(&format!("members.{name}.interface_features[{at}]"), message, help))
    }

    fn check_names<'a>(
        &self,
        section: &str,
        kind: &str,
        names: impl Iterator<Item = &'a String>,
        known: &[&str],
    ) -> Result<(), ConfigError> {
        let unknown = names.filter(|name| !known.contains(&name.as_str()));
        let with_place = unknown.map(|name| {
            let entry = self.places.get(&format!("{section}.{name}"));
            (entry.map(|entry| entry.key), name)
        });
        let Some((place, name)) = with_place.min() else {
            return Ok(());
        };
        let problem = Problem {
            place,
            message: format!("unknown {kind} {}", quote(name)),
            help: known_words(name, known, section),
        };
        Err(ConfigError::new(problem, &self.text, &self.file))
    }
}
