use std::path::{Path, PathBuf};

use snapbox::{Data, Redactions, filter::NormalizeToExpected};

/// What a command printed.
#[derive(Debug, Clone)]
pub struct Output {
    text: String,
    folder: PathBuf,
}

impl Output {
    /// What a command printed that ran in `folder`. What is no text in it is shown as such.
    pub fn of(bytes: &[u8], folder: &Path) -> Self {
        Self { text: shown(bytes), folder: folder.to_owned() }
    }

    /// The same with whatever of `wanted` fits in place of what it stands for. What does not fit is as it was printed, but for the
    /// folder that the command ran in (`[CWD]`). It is to be looked at: a text that [is](Self::is) what was wanted can differ.
    pub fn towards(&self, wanted: &str) -> String {
        let mut words = Redactions::new();
        // The names are plain words in brackets, which is all that is asked of them.
        let _ = words.insert("[CWD]", self.folder.clone());
        let _ = words.insert("[EXE]", std::env::consts::EXE_SUFFIX);
        let wanted = words.clear_unused(wanted);
        let normalize = NormalizeToExpected::new().redact_with(&words);
        normalize.normalize(Data::text(&self.text), &Data::text(wanted.as_ref())).to_string()
    }

    /// Whether it is what was wanted: in one of all the ways in which what is left out can be taken.
    pub fn is(&self, wanted: &str) -> bool {
        let folder = self.folder.to_string_lossy();
        let wanted =
            wanted.replace("[EXE]", std::env::consts::EXE_SUFFIX).replace("[CWD]", &folder);
        let wanted: Vec<_> = wanted.lines().collect();
        let printed: Vec<_> = self.text.lines().collect();
        fits(&printed, &wanted, |it| *it == ANY_LINES, |line, it| is_line(line, it))
    }
}

/// Stands for any number of lines.
const ANY_LINES: &str = "...";

/// Stands for any part of a line.
const ANY_PART: &str = "[..]";

fn is_line(line: &str, wanted: &str) -> bool {
    let printed: Vec<_> = line.chars().collect();
    let parts = wanted.split(ANY_PART).map(|it| it.chars().map(Some).collect::<Vec<_>>());
    let wanted = parts.collect::<Vec<_>>().join(&None);
    fits(&printed, &wanted, Option::is_none, |sign, it| Some(*sign) == *it)
}

/// Whether all of `printed` is what is wanted, some of which stands for any number of them. Where it came to last is where it
/// takes one more when the rest does not fit; none before that has to, so that time is bounded by the product of both.
fn fits<P, W>(
    printed: &[P],
    wanted: &[W],
    is_any: impl Fn(&W) -> bool,
    is_one: impl Fn(&P, &W) -> bool,
) -> bool {
    let (mut at, mut to, mut back) = (0, 0, None);
    while at < printed.len() {
        if wanted.get(to).is_some_and(&is_any) {
            back = Some((at, to));
            to += 1;
        } else if wanted.get(to).is_some_and(|it| is_one(&printed[at], it)) {
            (at, to) = (at + 1, to + 1);
        } else if let Some((taken, any)) = back {
            back = Some((taken + 1, any));
            (at, to) = (taken + 1, any + 1);
        } else {
            return false;
        }
    }
    wanted[to..].iter().all(is_any)
}

/// Bytes as a text of whole lines: without the lines at its end that are empty, each line with its end.
pub fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let kept = text.trim_end_matches('\n');
    if kept.is_empty() { String::new() } else { format!("{kept}\n") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is(printed: &str, wanted: &str) -> bool {
        Output::of(printed.as_bytes(), Path::new("/scratch/1")).is(wanted)
    }

    #[test]
    fn output_is_compared_line_by_line() {
        for (printed, wanted, same) in [
            ("a\nb\n", "a\nb\n", true),
            ("a\nb", "a\nb\n", true),
            ("a\nb\n\n", "a\nb\n", true),
            ("", "", true),
            ("a\n", "", false),
            ("", "a\n", false),
            ("a \n", "a\n", false),
            ("a\r\nb\n", "a\nb\n", true),
            ("took 12 ms\n", "took [..] ms\n", true),
            ("took 12 s\n", "took [..] ms\n", false),
            ("a\nb\nc\nd\n", "a\n...\nd\n", true),
            ("a\nd\n", "a\n...\nd\n", true),
            ("a\nb\nc\n", "a\n...\nd\n", false),
            ("a\nb\n", "...\n", true),
            ("a\nb\nc\n", "a\n...\n", true),
            ("in /scratch/1/x\n", "in [CWD]/x\n", true),
            ("in /scratch/2/x\n", "in [CWD]/x\n", false),
            ("b.x\n", "b[EXE].x\n", true),
            // The first line that fits what follows need not be the one.
            ("a\na\nb\n", "...\na\nb\n", true),
            ("a\nb\na\nc\n", "...\na\nc\n...\n", true),
            ("ab ab c\n", "[..]ab c\n", true),
            ("ab ab c\n", "[..]ab d\n", false),
        ] {
            assert_eq!(is(printed, wanted), same, "{printed:?} {wanted:?}");
        }
    }

    #[test]
    fn what_fits_stays_as_it_was_wanted() {
        let output = Output::of(b"in /scratch/1\ntook 7 ms\nnew\n", Path::new("/scratch/1"));
        assert_eq!(
            output.towards("in [CWD]\ntook [..] ms\nold\n"),
            "in [CWD]\ntook [..] ms\nnew\n"
        );
    }

    proptest! {
        /// A text fits itself, and not itself with another line.
        #[test]
        fn a_text_is_itself(lines in proptest::collection::vec("[a-z \\]{}]{1,9}", 1..8)) {
            let text = lines.join("\n") + "\n";
            prop_assert!(is(&text, &text));
            let more = format!("{text}else\n");
            prop_assert!(!is(&more, &text) && !is(&text, &more));
        }

        /// Any run of lines fits a line of dots in its place, and any part of a line two dots in brackets.
        #[test]
        fn what_is_left_out_fits(
            lines in proptest::collection::vec("[a-z]{1,9}", 3..9), from in 0_usize..9, count in 0_usize..9, at in 0_usize..9,
        ) {
            let text = lines.join("\n") + "\n";
            let from = from.min(lines.len());
            let to = (from + count).min(lines.len());
            let mut wanted = lines.clone();
            wanted.splice(from..to, ["...".to_owned()]);
            prop_assert!(is(&text, &(wanted.join("\n") + "\n")));
            let mut wanted = lines.clone();
            let line = at % wanted.len();
            let kept = at.min(wanted[line].len());
            wanted[line] = format!("{}[..]", &wanted[line][..kept]);
            prop_assert!(is(&text, &(wanted.join("\n") + "\n")));
        }
    }
}
