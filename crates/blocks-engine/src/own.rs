use std::path::{Path, PathBuf};

/// The ending of files of results.
const RESULTS: &str = "jsonl";

/// What Blocks itself writes into a workspace, by paths from its root. Nothing of it is a source: what comes of records must
/// not make them stale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnFiles {
    /// Files: badges.
    pub files: Vec<PathBuf>,
    /// The folder of results, of which the files `*/*.jsonl` are Blocks' own. What else lies there is not, so that a folder
    /// that was named by mistake hides no source.
    pub results: Option<PathBuf>,
}

impl OwnFiles {
    /// Whether Blocks writes this file.
    pub(crate) fn has(&self, file: &Path) -> bool {
        let results = self.results.as_ref().and_then(|folder| file.strip_prefix(folder).ok());
        let is_result = results.is_some_and(|file| {
            file.components().count() == 2 && file.extension().is_some_and(|it| it == RESULTS)
        });
        is_result || self.files.iter().any(|own| own == file)
    }

    /// The same as words that let git pass these files over.
    pub(crate) fn excluded(&self) -> Vec<String> {
        let results = self.results.iter().map(|folder| {
            format!(":(exclude,glob){}/*/*.{RESULTS}", without_wildcards(&folder.to_string_lossy()))
        });
        self.files.iter().map(|file| excluded(file)).chain(results).collect()
    }
}

/// A word that lets git pass over a file, or what is below a folder.
pub(crate) fn excluded(path: &Path) -> String {
    format!(":(exclude,literal){}", path.display())
}

/// A path of which git takes no character for a wildcard.
fn without_wildcards(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if matches!(c, '*' | '?' | '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::OwnFiles;

    #[test]
    fn only_what_blocks_writes_is_its_own() {
        let own = OwnFiles { files: vec!["a/b.svg".into()], results: Some("src".into()) };
        let has = |file: &str| own.has(file.as_ref());
        assert!(has("a/b.svg") && has("src/machine/1.jsonl"));
        for file in
            ["a", "a/b.svg/c", "src/lib.rs", "src/1.jsonl", "src/a/b/1.jsonl", "x/src/a/1.jsonl"]
        {
            assert!(!has(file), "{file}");
        }
        assert!(!OwnFiles::default().has("a/1.jsonl".as_ref()));
    }
}
