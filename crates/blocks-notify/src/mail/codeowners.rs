//! CODEOWNERS, as GitHub reads it.

use super::author;
use super::pattern::Pattern;
use crate::plain;

/// Where GitHub looks for the file, from the root of the repository: it takes the first that is there.
pub const CODEOWNERS: [&str; 3] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/// The largest file that is read, in bytes: GitHub's own limit.
pub const CODEOWNERS_LIMIT: usize = 3 << 20;

/// The most lines that are read: each file of a failure is compared with each of them.
const MOST_LINES: usize = 50_000;

/// The longest line, and the longest path, in bytes: a pattern can take as many steps as the one is long times the other.
const LONGEST_LINE: usize = 1000;

/// Who owns which files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeOwners {
    rules: Vec<Rule>,
    /// The folder of the repository from which paths are; empty for its root.
    folder: String,
    /// Lines that GitHub would pass over, too, with what is wrong with them.
    pub problems: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    pattern: Pattern,
    owners: Vec<Owner>,
}

/// Who owns files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// An address of mail.
    Address(String),
    /// `@user` or `@org/team`, whose address only GitHub knows.
    Account(String),
}

/// Why a file cannot be read as CODEOWNERS.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeOwnersError {
    /// It has too many bytes.
    #[error("CODEOWNERS has more than {} MiB, which GitHub does not read, either", CODEOWNERS_LIMIT >> 20)]
    TooLarge,
    /// It has too many lines.
    #[error("CODEOWNERS has more than {MOST_LINES} lines")]
    TooManyLines,
}

impl CodeOwners {
    /// Reads the text of a file.
    pub fn parse(text: &str) -> Result<Self, CodeOwnersError> {
        if text.len() > CODEOWNERS_LIMIT {
            return Err(CodeOwnersError::TooLarge);
        }
        if text.lines().count() > MOST_LINES {
            return Err(CodeOwnersError::TooManyLines);
        }
        let mut all = Self::default();
        for (index, line) in text.lines().enumerate() {
            match rule(line.trim_start_matches('\u{feff}')) {
                Ok(rule) => all.rules.extend(rule),
                Err(what) => {
                    all.problems
                        .push(format!("line {} of CODEOWNERS is passed over: {what}", index + 1));
                }
            }
        }
        Ok(all)
    }

    /// The same of a repository with the workspace in this folder of it (`rust/tools`), from which paths of files are then.
    #[must_use]
    pub fn with_workspace_in(self, folder: &str) -> Self {
        Self { folder: folder.to_owned(), ..self }
    }

    /// The owners of a file, by its path from the workspace's root: those of the last pattern that matches it.
    pub fn of(&self, path: &str) -> &[Owner] {
        let path = path.strip_prefix("./").unwrap_or(path);
        let whole = format!("{}/{path}", self.folder);
        let path = if self.folder.is_empty() { path } else { &whole };
        // A longer path names no file, and would only cost time.
        let is_path = path.len() <= LONGEST_LINE;
        let last = self.rules.iter().rev().find(|it| is_path && it.pattern.matches(path));
        last.map_or(&[], |rule| &rule.owners)
    }
}

/// The rule of a line; none where it is blank or a comment.
fn rule(line: &str) -> Result<Option<Rule>, String> {
    if line.len() > LONGEST_LINE {
        return Err(format!("it has more than {LONGEST_LINE} bytes"));
    }
    let mut words = words(line).into_iter().take_while(|it| !it.starts_with('#'));
    let Some(pattern) = words.next() else {
        return Ok(None);
    };
    let pattern = Pattern::parse(&pattern).map_err(str::to_owned)?;
    let owners = words.map(|it| owner(&it)).collect::<Result<_, _>>()?;
    Ok(Some(Rule { pattern, owners }))
}

/// The words of a line; a blank after a backslash ends none.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_escaped = false;
    for c in line.chars() {
        if c.is_whitespace() && !is_escaped {
            words.push(String::new());
        } else if let Some(word) = words.last_mut() {
            word.push(c);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    words.retain(|it| !it.is_empty());
    words
}

fn owner(word: &str) -> Result<Owner, String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if let Some(account) = word.strip_prefix('@') {
        let is_account = account.split('/').all(|it| !it.is_empty() && it.chars().all(is_name));
        if is_account && account.matches('/').count() <= 1 {
            return Ok(Owner::Account(word.to_owned()));
        }
    } else if let Some(address) = author::parse(word) {
        return Ok(Owner::Address(address.to_string()));
    }
    Err(format!("{} is neither an address, nor @user, nor @org/team", plain::line(word, 80)))
}

#[cfg(test)]
mod tests {
    use super::{CodeOwners, Owner};
    use proptest::prelude::*;

    fn owners(text: &str, path: &str) -> Vec<String> {
        let all = CodeOwners::parse(text).unwrap();
        let shown = |it: &Owner| match it {
            Owner::Address(it) | Owner::Account(it) => it.clone(),
        };
        all.of(path).iter().map(shown).collect()
    }

    #[test]
    fn the_last_pattern_that_matches_wins() {
        let text =
            "* all@example.org\n/docs/ docs@example.org @org/team # why\n\n# no\n/docs/free\n";
        assert_eq!(owners(text, "src/lib.rs"), ["all@example.org"]);
        assert_eq!(owners(text, "docs/a.md"), ["docs@example.org", "@org/team"]);
        assert!(owners(text, "docs/free").is_empty());
        assert_eq!(owners("/a\\ b/ a@example.org", "a b/c"), ["a@example.org"]);
    }

    #[test]
    fn paths_of_a_workspace_in_a_folder_are_from_there() {
        let text = "* all@example.org\n/rust/tools/src/ tools@example.org\n";
        let all = CodeOwners::parse(text).unwrap().with_workspace_in("rust/tools");
        assert_eq!(all.of("./src/lib.rs"), [Owner::Address("tools@example.org".to_owned())]);
        assert_eq!(owners(text, "src/lib.rs"), ["all@example.org"]);
    }

    #[test]
    fn a_line_that_is_wrong_is_passed_over_and_said() {
        let text = "* all@example.org\n!a b@example.org\n*.rs nobody\n*.md @a/b/c\n";
        let read = CodeOwners::parse(text).unwrap();
        assert_eq!(read.problems.len(), 3, "{:?}", read.problems);
        assert!(
            read.problems[1].starts_with("line 3 of CODEOWNERS is passed over: nobody is neither")
        );
        assert_eq!(owners(text, "a.rs"), ["all@example.org"]);
    }

    #[test]
    fn a_file_that_is_too_large_is_none() {
        assert!(CodeOwners::parse(&"\n".repeat(super::MOST_LINES + 1)).is_err());
        assert!(CodeOwners::parse(&"a".repeat(super::CODEOWNERS_LIMIT + 1)).is_err());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "([*/!\\\\#@a \\[?é\n.<>]|\\*\\*/){0,80}", path in "[a/*.é\\\\]{0,20}") {
            if let Ok(read) = CodeOwners::parse(&text) {
                let _ = read.of(&path);
            }
        }
    }
}
