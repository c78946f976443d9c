use std::path::Path;

use crate::packages::{FEATURES, PACKAGES, SHARD};

/// The placeholder of a material's record.
pub(crate) const NOW: &str = "{now}";

/// The placeholder of this program.
pub(crate) const BLOCKS: &str = "{blocks}";

/// What the placeholders of the table stand for.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    /// `{record}`: the folder of the record that is being made.
    pub record: &'a Path,
    /// `{target}`: the target folder of the stage's layer.
    pub target: &'a Path,
    /// `{now}` and `{before}`: the record of the stage's material, and the folder of the baseline's records of it, one
    /// a unit. None where the stage has no material.
    pub compared: Option<Compared<'a>>,
    /// `{database}`, `{database-name}` and `{database-date}`: the advisory database. None where the stage has no use for
    /// one.
    pub database: Option<Database<'a>>,
    /// `{packages}`, as a word of its own: the words that select the unit's packages for cargo, as
    /// [`crate::Stage::package_words`] gives them.
    pub packages: &'a [String],
    /// `{features}`, as a word of its own: the words that turn on the features that interfaces are described with, as
    /// [`crate::feature_words`] gives them.
    pub features: &'a [String],
    /// `{blocks}`: this program, which only a row of the host engine starts.
    pub program: &'a Path,
}

/// What a stage with a material compares.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The folder of the material's record.
    pub now: &'a Path,
    /// The folder of the material's records of the baseline, which holds one a unit.
    pub before: &'a Path,
}

/// An advisory database; all empty where a stage wants one and there is none.
#[derive(Debug, Clone, Copy, Default)]
pub struct Database<'a> {
    /// Its folder.
    pub folder: &'a str,
    /// What identifies it, in a line.
    pub name: &'a str,
    /// When it last changed, in seconds since 1970; empty where nobody knows.
    pub date: &'a str,
}

impl Database<'_> {
    fn fill(self, text: &str) -> String {
        text.replace("{database}", self.folder)
            .replace("{database-name}", self.name)
            .replace("{database-date}", self.date)
    }
}

impl Places<'_> {
    /// `text` with its placeholders, but for `{packages}`, `{features}` and `{shard}`, replaced by absolute paths.
    ///
    /// A path that is not UTF-8 is written with replacement characters, and will not be found.
    pub fn fill(&self, text: &str) -> String {
        let filled = text
            .replace("{record}", &self.record.to_string_lossy())
            .replace("{target}", &self.target.to_string_lossy())
            .replace(BLOCKS, &self.program.to_string_lossy());
        let filled = match self.database {
            Some(database) => database.fill(&filled),
            None => filled,
        };
        let Some(Compared { now, before }) = self.compared else { return filled };
        filled.replace(NOW, &now.to_string_lossy()).replace("{before}", &before.to_string_lossy())
    }

    /// The words of a command with their placeholders replaced; `{packages}` and `{features}` become as
    /// many words as they stand for. `{shard}` stands for none: to one machine all tests are its share.
    pub fn fill_words(&self, words: &[String]) -> Vec<String> {
        let fill = |word: &String| match word.as_str() {
            PACKAGES => self.packages.to_vec(),
            FEATURES => self.features.to_vec(),
            SHARD => Vec::new(),
            text => vec![self.fill(text)],
        };
        words.iter().flat_map(fill).collect()
    }
}
