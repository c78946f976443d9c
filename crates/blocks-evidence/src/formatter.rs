//! What a formatter of files says, whichever it is.

/// What the tool said of the files that it looked into.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormatterReport {
    /// How many files it looked into, without those that its configuration excludes.
    pub files: u64,
    /// What it cannot read as what it should be.
    pub errors: Vec<FormatterError>,
    /// What the tool could not do, in its own words: it may go on without.
    pub failures: Vec<String>,
}

/// Something that a formatter cannot read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormatterError {
    /// What is wrong.
    pub message: String,
    /// The file where it is, as far as that is told.
    pub file: Option<String>,
    /// The line, counted from 1.
    pub line: Option<u32>,
}
