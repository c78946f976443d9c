use similar::algorithms::{Capture, Replace, myers};
use similar::{DiffOp, group_diff_ops};

/// How many lines stand around what differs.
const CONTEXT: usize = 3;

/// What was wanted beside what was printed, line by line: `-` is missing, `+` is not wanted.
///
/// The lines are those of the texts, and may hold anything: for a terminal they are made harmless.
pub fn difference(wanted: &str, printed: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (wanted.lines().collect(), printed.lines().collect());
    let operations = operations(&old, &new);
    let mut out = String::new();
    for (at, group) in group_diff_ops(operations, CONTEXT).iter().enumerate() {
        if at > 0 {
            out.push_str("…\n");
        }
        for operation in group {
            if matches!(operation, DiffOp::Equal { .. }) {
                lines(&mut out, ' ', &old[operation.old_range()]);
            } else {
                lines(&mut out, '-', &old[operation.old_range()]);
                lines(&mut out, '+', &new[operation.new_range()]);
            }
        }
    }
    out
}

/// Not by `capture_diff_slices`, which moves differences to where they read better, and loses lines where many are alike.
fn operations(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut found = Replace::new(Capture::new());
    let Ok(()) = myers::diff(&mut found, old, 0..old.len(), new, 0..new.len());
    found.into_inner().into_ops()
}

fn lines(out: &mut String, sign: char, lines: &[&str]) {
    for line in lines {
        out.push(sign);
        out.push_str(line);
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::difference;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_line_is_lost(old in "[ab\n]{0,60}", new in "[ab\n]{0,60}") {
            let told = difference(&old, &new);
            let count = |sign| told.lines().filter(|line| line.starts_with(sign)).count();
            let lines = |text: &str| text.lines().count();
            prop_assert_eq!(lines(&old) + count('+'), lines(&new) + count('-'), "{}", told);
        }
    }

    #[test]
    fn what_differs_stands_among_its_lines() {
        assert_eq!(difference("a\nb\nc\n", "a\nx\nc\n"), " a\n-b\n+x\n c\n");
        assert_eq!(difference("", "x\n"), "+x\n");
        assert_eq!(difference("a\n", "a\n"), "");
        let far = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let told = difference(far, &far.replace('1', "x").replace('9', "y"));
        assert_eq!(told, "-1\n+x\n 2\n 3\n 4\n…\n 6\n 7\n 8\n-9\n+y\n");
    }
}
