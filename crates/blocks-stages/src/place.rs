use std::path::Path;

use crate::packages::PACKAGES;

/// What the placeholders of the table stand for.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    /// `{record}`: the folder of the record that is being made.
    pub record: &'a Path,
    /// `{target}`: the target folder of the stage's layer.
    pub target: &'a Path,
    /// `{packages}`, as a word of its own: the words that select the unit's packages for cargo, as
    /// [`crate::Stage::package_words`] gives them.
    pub packages: &'a [String],
}

impl Places<'_> {
    /// `text` with `{record}` and `{target}` replaced by absolute paths.
    ///
    /// A path that is not UTF-8 is written with replacement characters, and will not be found.
    pub fn fill(&self, text: &str) -> String {
        text.replace("{record}", &self.record.to_string_lossy())
            .replace("{target}", &self.target.to_string_lossy())
    }

    /// The words of a command with their placeholders replaced; `{packages}` becomes as many words
    /// as it stands for.
    pub fn fill_words(&self, words: &[String]) -> Vec<String> {
        let fill = |word: &String| match word.as_str() {
            PACKAGES => self.packages.to_vec(),
            text => vec![self.fill(text)],
        };
        words.iter().flat_map(fill).collect()
    }
}
