/// A command as it can be started without a shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    /// Variables of the environment that stand before it.
    pub variables: Vec<(String, String)>,
    /// The name of the program.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
}

/// Why a command cannot be started without a shell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A character that means something to a shell.
    #[error("`{0}` is for a shell, and none is started")]
    Shell(char),
    /// A quote that does not end.
    #[error("a quote does not end")]
    Quote,
    /// Nothing to start.
    #[error("it names no program")]
    Empty,
}

impl Invocation {
    /// Splits a command into words, as a shell does.
    pub fn of(command: &str) -> Result<Self, Unfit> {
        if let Some(c) = for_a_shell(command) {
            return Err(Unfit::Shell(c));
        }
        // A line that goes on ends with a backslash, or is cut where a blank may be.
        let joined = command.replace("\\\n", " ").replace('\n', " ");
        let mut words = shlex::split(&joined).ok_or(Unfit::Quote)?.into_iter().peekable();
        let mut variables = Vec::new();
        while let Some(variable) = words.peek().and_then(|word| variable(word)) {
            variables.push(variable);
            words.next();
        }
        let program = words.next().filter(|it| !it.is_empty()).ok_or(Unfit::Empty)?;
        Ok(Self { variables, program, arguments: words.collect() })
    }
}

/// `NAME=value`.
fn variable(word: &str) -> Option<(String, String)> {
    let (name, value) = word.split_once('=')?;
    let is_first = |c: char| c.is_ascii_alphabetic() || c == '_';
    let is_name =
        name.starts_with(is_first) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_name.then(|| (name.to_owned(), value.to_owned()))
}

/// The first character that a shell would not pass on as it is: outside of quotes each that joins, redirects, expands or
/// begins a comment, and in double quotes those that expand.
fn for_a_shell(command: &str) -> Option<char> {
    let (mut quote, mut is_escaped, mut before) = (None, false, ' ');
    for c in command.chars() {
        let last = std::mem::replace(&mut before, c);
        if std::mem::take(&mut is_escaped) {
            continue;
        }
        let begins_word = last.is_whitespace();
        match (quote, c) {
            (Some('\''), '\'') | (Some('"'), '"') => quote = None,
            (Some('\''), _) => {}
            (_, '\\') => is_escaped = true,
            (None, '\'' | '"') => quote = Some(c),
            (_, '$' | '`')
            | (None, '|' | '&' | ';' | '<' | '>' | '(' | ')' | '*' | '?' | '{' | '[') => {
                return Some(c);
            }
            (None, '~' | '#' | '!') if begins_word => return Some(c),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_command_is_words() {
        let found =
            Invocation::of("NO_COLOR=1 A='b c' cargo blocks \\\nstages 'it''s' \"x y\" a=b")
                .unwrap();
        assert_eq!(
            found.variables,
            [("NO_COLOR", "1"), ("A", "b c")].map(|(a, b)| (a.to_owned(), b.to_owned()))
        );
        assert_eq!(found.program, "cargo");
        assert_eq!(found.arguments, ["blocks", "stages", "its", "x y", "a=b"]);
    }

    #[test]
    fn what_only_a_shell_understands_is_said() {
        for (command, c) in [
            ("a | b", '|'),
            ("a > b", '>'),
            ("a && b", '&'),
            ("a $HOME", '$'),
            ("a \"$HOME\"", '$'),
            ("a `b`", '`'),
            ("a *.rs", '*'),
            ("a [ab].rs", '['),
            ("a x[ab].rs", '['),
            ("a ~/b", '~'),
            ("a # why", '#'),
            ("a; b", ';'),
            ("(a)", '('),
        ] {
            assert_eq!(Invocation::of(command), Err(Unfit::Shell(c)), "{command}");
        }
        assert_eq!(Invocation::of("a 'b"), Err(Unfit::Quote));
        assert_eq!(Invocation::of("A=b"), Err(Unfit::Empty));
        assert_eq!(Invocation::of(""), Err(Unfit::Empty));
    }

    #[test]
    fn what_is_quoted_is_passed_on() {
        let found = Invocation::of(r"a '$x | y' \* b~c d#e 'f[g]'").unwrap();
        assert_eq!(found.arguments, ["$x | y", "*", "b~c", "d#e", "f[g]"]);
    }

    proptest! {
        /// Whatever words are, quoted they are those words again.
        #[test]
        fn quoted_words_come_back(words in proptest::collection::vec("[^\\x00\n]{0,8}", 1..6)) {
            let quoted: Vec<_> = words.iter().map(|word| format!("'{}'", word.replace('\'', "'\\''"))).collect();
            let found = Invocation::of(&format!("p {}", quoted.join(" "))).unwrap();
            prop_assert_eq!(found.arguments, words);
        }

        #[test]
        fn no_text_is_a_panic(text in "\\PC{0,40}") {
            let _ = Invocation::of(&text);
        }
    }
}
