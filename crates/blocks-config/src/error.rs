//! What is shown when a file cannot be used.

use std::fmt::Write;

/// A spot of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// How many characters are meant, at least 1.
    pub length: u32,
}

/// A configuration file that cannot be used: what is wrong, where, and what to do.
///
/// `Display` gives several lines, to be printed as they are:
///
/// ```text
/// error: unknown key `coverage_treshold` in `test`
///   --> .github/pipeline-config.yml:2:3
///    |
///  2 |   coverage_treshold: 90
///    |   ^^^^^^^^^^^^^^^^^
///    = help: did you mean `coverage_threshold`? …
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.render())]
pub struct ConfigError {
    /// The file's name as the caller gave it.
    pub file: String,
    /// The spot, where the error is about one and not about the whole file.
    pub place: Option<Place>,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do, in one line.
    pub help: String,
    /// The line of the file and the marks below it, without the margin. Boxed, since an error travels
    /// in the results of everything that reads a file.
    excerpt: Option<Box<(String, String)>>,
}

/// How many characters of a line are shown.
const WIDTH: usize = 100;

impl ConfigError {
    /// The line from 1, where the error has a spot.
    pub fn line(&self) -> Option<u32> {
        self.place.map(|place| place.line)
    }

    /// The column in characters from 1, where the error has a spot.
    pub fn column(&self) -> Option<u32> {
        self.place.map(|place| place.column)
    }

    pub(crate) fn new(problem: Problem, text: &str, file: &str) -> Self {
        Self {
            file: file.to_owned(),
            place: problem.place,
            excerpt: problem.place.map(|place| Box::new(excerpt(text, place))),
            message: problem.message,
            help: problem.help,
        }
    }

    fn render(&self) -> String {
        let mut out = format!("error: {}\n", self.message);
        let number = self.line().map_or_else(String::new, |line| line.to_string());
        let margin = " ".repeat(number.len() + 1);
        // Writing to a string cannot fail.
        let _ = write!(out, "{margin}--> {}", self.file);
        if let (Some(place), Some(excerpt)) = (self.place, &self.excerpt) {
            let (line, marks) = excerpt.as_ref();
            let _ = write!(out, ":{}:{}\n{margin} |", place.line, place.column);
            let _ = write!(out, "\n {number} | {line}\n{margin} | {marks}");
        }
        let _ = write!(out, "\n{margin} = help: {}", self.help);
        out
    }
}

/// An error before it has a file and a line to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) place: Option<Place>,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// The line of a place, and the marks to set below it. A long line is cut around the place.
fn excerpt(text: &str, place: Place) -> (String, String) {
    let index = |number: u32| usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
    let line = text.lines().nth(index(place.line)).unwrap_or_default();
    let column = index(place.column);
    let start = if column < WIDTH { 0 } else { column - WIDTH / 2 };
    let shown: String = line.chars().skip(start).take(WIDTH).map(printable).collect();
    let offset = column - start;
    let room = shown.chars().count().saturating_sub(offset);
    let marks = index(place.length).saturating_add(1).min(room).max(1);
    let marks = format!("{}{}", " ".repeat(offset), "^".repeat(marks));
    (shown.trim_end().to_owned(), marks)
}

/// One column for each character, so that the marks stand below what they mean.
fn printable(c: char) -> char {
    match c {
        '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// A text of the file for a message: one line, and not long.
pub(crate) fn quote(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text.chars().take(LONGEST).map(printable).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, column: u32, length: u32) -> Place {
        Place { line, column, length }
    }

    #[test]
    fn the_marks_stand_below_the_place() {
        let (line, marks) = excerpt("a:\n\tbé: x\n", at(2, 6, 1));
        assert_eq!((line.as_str(), marks.as_str()), (" bé: x", "     ^"));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}X{}", "a".repeat(500), "b".repeat(500));
        let (line, marks) = excerpt(&text, at(1, 501, 700));
        assert_eq!(line.chars().count(), WIDTH);
        assert_eq!(line.chars().nth(marks.find('^').unwrap()), Some('X'));
        assert_eq!(marks.len(), WIDTH);
    }

    #[test]
    fn a_place_behind_the_end_has_an_empty_line_and_one_mark() {
        assert_eq!(excerpt("a\n", at(9, 4, 3)), (String::new(), "   ^".to_owned()));
    }

    #[test]
    fn a_quoted_text_is_short_and_has_no_control_characters() {
        assert_eq!(quote("a\tb\u{7}"), "`a b\u{fffd}`");
        assert_eq!(quote(&"x".repeat(10_000)).chars().count(), 63);
    }
}
