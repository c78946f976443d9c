use std::path::Path;

/// The folders that the placeholders of the table stand for.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    /// `{record}`: the folder of the record that is being made.
    pub record: &'a Path,
    /// `{target}`: the target folder of the stage's layer.
    pub target: &'a Path,
}

impl Places<'_> {
    /// `text` with its placeholders replaced by absolute paths.
    ///
    /// A path that is not UTF-8 is written with replacement characters, and will not be found.
    pub fn fill(&self, text: &str) -> String {
        text.replace("{record}", &self.record.to_string_lossy())
            .replace("{target}", &self.target.to_string_lossy())
    }
}
