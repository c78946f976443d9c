//! How the packages of a unit, and their features, are named to cargo.

use crate::Stage;

/// The placeholder of the words that select a unit's packages.
pub(crate) const PACKAGES: &str = "{packages}";

/// The placeholder of the word that turns on features.
pub(crate) const FEATURES: &str = "{features}";

/// The placeholder of the words by which a test runner takes its share of a unit's tests.
pub(crate) const SHARD: &str = "{shard}";

/// The words by which cargo turns on features of packages, each a package and one of its features; none where there are
/// none.
pub fn feature_words<'a>(asked: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let all: Vec<_> =
        asked.into_iter().map(|(package, feature)| format!("{package}/{feature}")).collect();
    if all.is_empty() { Vec::new() } else { vec![format!("--features={}", all.join(","))] }
}

/// A text as one word of a POSIX shell, whatever it holds.
pub fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A text as one word of a POSIX shell, as one types it: in quotes only where the shell would read it otherwise.
///
/// ```
/// use blocks_stages::typed_word;
///
/// assert_eq!(["--all", "a/b.rs", "~", "a b", ""].map(typed_word), ["--all", "a/b.rs", "'~'", "'a b'", "''"]);
/// ```
pub fn typed_word(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=@%+,".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) { text.to_owned() } else { shell_word(text) }
}

impl Stage {
    /// Whether its steps turn on the features that interfaces are described with.
    pub fn takes_features(&self) -> bool {
        self.steps.iter().flat_map(|step| &step.run).any(|word| word == FEATURES)
    }

    /// The words by which cargo selects members: `--package` and the name of each; those of the whole
    /// workspace where none is named.
    pub fn package_words(&self, members: &[String]) -> Vec<String> {
        if members.is_empty() {
            return self.select_all.clone();
        }
        members.iter().flat_map(|name| ["--package".to_owned(), name.clone()]).collect()
    }

    /// The command that asks the same about members of a working tree, or about all of them where none
    /// is named, for people: the row's `repeat` with `{packages}` replaced. It is safe to paste into a
    /// shell.
    pub fn repeat_for(&self, members: &[String]) -> String {
        let words: Vec<String> =
            self.package_words(members).iter().map(|word| quoted(word)).collect();
        self.repeat.replace(PACKAGES, &words.join(" ")).trim_end().to_owned()
    }
}

/// A shell's word, without quotes where it needs none.
pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:=,+@".contains(c);
    let plain = !word.is_empty() && word.chars().all(is_plain);
    if plain { word.to_owned() } else { shell_word(word) }
}
