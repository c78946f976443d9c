//! How the packages of a unit are named to cargo.

use crate::Stage;

/// The placeholder of the words that select a unit's packages.
pub(crate) const PACKAGES: &str = "{packages}";

/// The unit of the whole workspace, as records name it.
const WORKSPACE: &str = "workspace";

/// The words by which cargo selects the packages of a unit: `--workspace`, or `--package` and the
/// member's name.
pub fn package_words(unit: &str) -> Vec<String> {
    match unit {
        WORKSPACE => vec!["--workspace".to_owned()],
        member => vec!["--package".to_owned(), member.to_owned()],
    }
}

/// A text as one word of a POSIX shell, whatever it holds.
pub fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

impl Stage {
    /// The command that asks the same about one unit of a working tree, for people: the row's
    /// `repeat` with `{packages}` replaced. It is safe to paste into a shell.
    pub fn repeat_for(&self, unit: &str) -> String {
        let words: Vec<String> = package_words(unit).iter().map(|word| quoted(word)).collect();
        self.repeat.replace(PACKAGES, &words.join(" "))
    }
}

/// A shell's word, without quotes where it needs none.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let plain = !word.is_empty() && word.chars().all(is_plain);
    if plain { word.to_owned() } else { shell_word(word) }
}
