//! By what a file is known that was made here.

/// How the first line begins of a file that was made, or the second one of a script.
pub const MARK: &str = "# Made by `cargo blocks workflows`";

/// What stands after it.
const WHAT: &str =
    " from .github/pipeline-config.yml: change that, and run `cargo blocks workflows --write`.";

/// Whether a file was made here: then it may be made again. Whoever takes the line away has the file.
pub fn is_made(text: &str) -> bool {
    text.lines().take(2).any(|line| line.starts_with(MARK))
}

/// A text with the mark, which comes after a line that says who runs a script.
pub(crate) fn marked(text: &str) -> String {
    match text.split_once('\n') {
        Some((first, rest)) if first.starts_with("#!") => format!("{first}\n{MARK}{WHAT}\n{rest}"),
        _ => format!("{MARK}{WHAT}\n{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_on_the_first_line_or_below_who_runs_it() {
        assert!(marked("name: CI\n").starts_with(MARK));
        assert!(marked("#!/bin/sh\ntrue\n").starts_with("#!/bin/sh\n# Made by"));
        assert!(is_made(&marked("a\n")) && is_made(&marked("#!/bin/sh\n")));
        assert!(!is_made("name: CI\n") && !is_made(&format!("a\nb\n{MARK}\n")));
    }
}
