//! Patterns of files, as GitHub has them in CODEOWNERS.
//!
//! They are those of `.gitignore` but for `!`, `[ ]` and `\#`, which mean nothing there, and for `docs/*`, which is of the
//! files in `docs` and not of those below.

/// A pattern, by the parts between its `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    parts: Vec<String>,
    /// Whether what it matches is a folder, so that a file is below it.
    is_folder: bool,
    /// Whether it ends with a part of its own that matches files only.
    is_flat: bool,
}

impl Pattern {
    /// The pattern, or why it is none.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if text.starts_with('!') {
            return Err("GitHub has no patterns with `!` here");
        }
        if text.contains('[') {
            return Err("GitHub has no patterns with `[ ]` here");
        }
        let is_folder = text.ends_with('/');
        let inner = text.trim_end_matches('/');
        let is_anchored = inner.contains('/');
        let mut parts: Vec<_> =
            inner.split('/').filter(|it| !it.is_empty()).map(str::to_owned).collect();
        if parts.is_empty() && text != "/" {
            return Err("there is no pattern before the owners");
        }
        if !is_anchored && text != "/" {
            parts.insert(0, "**".to_owned());
        }
        let is_flat = !is_folder && is_anchored && parts.last().is_some_and(|it| it == "*");
        Ok(Self { parts, is_folder: is_folder && text != "/", is_flat })
    }

    /// Whether it matches a file, by the path from the root of the repository, with `/` between its parts.
    pub fn matches(&self, path: &str) -> bool {
        let path: Vec<_> = path.split('/').filter(|it| !it.is_empty()).collect();
        // From the end: which of the path's parts may come next, after the pattern's parts so far.
        let mut at = vec![false; path.len() + 1];
        at[0] = true;
        for part in &self.parts {
            at = step(part, &path, &at);
            if !at.contains(&true) {
                return false;
            }
        }
        let below = at.iter().take(path.len()).any(|it| *it);
        let whole = at.last().is_some_and(|it| *it);
        match (self.is_folder, self.is_flat) {
            (true, _) => below,
            (false, true) => whole,
            (false, false) => below || whole,
        }
    }
}

/// Where in the path one can be after a part, from where one can be before it.
fn step(part: &str, path: &[&str], at: &[bool]) -> Vec<bool> {
    if part == "**" {
        let mut any = false;
        let reached = |it: &bool| {
            any |= *it;
            any
        };
        return at.iter().map(reached).collect();
    }
    let mut next = vec![false; at.len()];
    for (index, name) in path.iter().enumerate() {
        next[index + 1] = at[index] && is_like(part, name);
    }
    next
}

/// Whether a name is like a part with `*` and `?`. It takes as many steps as both are long, whatever they are.
fn is_like(part: &str, name: &str) -> bool {
    // Most parts are names.
    if !part.contains(['*', '?', '\\']) {
        return part == name;
    }
    let name: Vec<char> = name.chars().collect();
    let mut at = vec![false; name.len() + 1];
    at[0] = true;
    let mut letters = part.chars();
    while let Some(letter) = letters.next() {
        let letter = if letter == '\\' { Err(letters.next().unwrap_or('\\')) } else { Ok(letter) };
        let mut next = vec![false; at.len()];
        let mut any = false;
        for index in 0..at.len() {
            any |= at[index];
            next[index] = match letter {
                Ok('*') => any,
                Ok('?') => index > 0 && at[index - 1],
                Ok(c) | Err(c) => index > 0 && at[index - 1] && name[index - 1] == c,
            };
        }
        at = next;
    }
    at[name.len()]
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    /// Of GitHub's page on code owners, with the files that its comments name.
    #[test]
    fn patterns_are_those_of_github() {
        let table = [
            ("*", "a/b.rs", true),
            ("*.js", "a/b.js", true),
            ("*.js", "a/b.jsx", false),
            ("/build/logs/", "build/logs/a/b", true),
            ("/build/logs/", "a/build/logs/b", false),
            ("docs/*", "docs/getting-started.md", true),
            ("docs/*", "docs/build-app/troubleshooting.md", false),
            ("apps/", "a/apps/b/c", true),
            ("apps/", "a/apps", false),
            ("/docs/", "docs/a", true),
            ("/scripts/", "b/scripts/a", false),
            ("**/logs", "build/logs/a", true),
            ("**/logs", "deeply/nested/logs", true),
            ("/apps/github", "apps/github/a", true),
            ("crates/app", "crates/app/src/lib.rs", true),
            ("crates/app", "x/crates/app/src/lib.rs", false),
            ("crates/**/lib.rs", "crates/lib.rs", true),
            ("crates/**/lib.rs", "crates/a/b/lib.rs", true),
            ("crates/*/lib.rs", "crates/a/b/lib.rs", false),
            ("lib.rs", "a/lib.rs", true),
            ("a\\ b", "a b", true),
            ("?.rs", "a.rs", true),
            ("?.rs", "aa.rs", false),
            ("a/**", "a/b/c", true),
            ("a/**", "b/a/c", false),
        ];
        for (pattern, path, is_like) in table {
            assert_eq!(Pattern::parse(pattern).unwrap().matches(path), is_like, "{pattern} {path}");
        }
    }

    #[test]
    fn a_pattern_that_would_take_for_ever_by_trying_takes_no_time() {
        let pattern = Pattern::parse(&"*a".repeat(200)).unwrap();
        assert!(!pattern.matches(&"a".repeat(199).repeat(20).replace('a', "ab")));
    }

    #[test]
    fn what_github_does_not_have_is_no_pattern() {
        for text in ["!a", "[ab].rs"] {
            assert!(Pattern::parse(text).is_err(), "{text}");
        }
    }
}
