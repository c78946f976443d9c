//! Which lines of a file are not as they were.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::{HashMap, HashSet};

/// The most lines, of both sides together, that are compared line by line. The time that this takes grows with their
/// square, and a gate may not look at a clock.
const MOST: usize = 20_000;

/// The numbers of the lines that are new or changed, ascending, from 1.
///
/// The other lines are those of a longest common subsequence: a line that has moved is new where it is now. How a line
/// ends makes no difference. Of a file in which more than [`MOST`] lines that both sides have could be in other places,
/// all between the first and the last of these count as changed.
pub(crate) fn changed_lines(before: &[u8], now: &[u8]) -> Vec<u32> {
    let (before, now) = (lines(before), lines(now));
    // What one side alone has is in no common subsequence. Without it, there is little to compare even where much was
    // written anew.
    let (in_before, in_now): (HashSet<_>, HashSet<_>) =
        (before.iter().copied().collect(), now.iter().copied().collect());
    let before: Vec<_> = before.into_iter().filter(|line| in_now.contains(line)).collect();
    let kept: Vec<_> =
        now.iter().enumerate().filter(|(_, line)| in_before.contains(*line)).collect();
    let mut numbers = HashMap::new();
    let mut number = |line| {
        let next = numbers.len();
        *numbers.entry(line).or_insert(next)
    };
    let old: Vec<usize> = before.into_iter().map(&mut number).collect();
    let new: Vec<usize> = kept.iter().map(|(_, line)| number(**line)).collect();
    let mut is_same = vec![false; now.len()];
    for place in common(&old, &new) {
        is_same[kept[place].0] = true;
    }
    let changed = is_same.iter().zip(1..).filter(|(is_same, _)| !**is_same);
    changed.map(|(_, number)| number).collect()
}

fn lines(text: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<_> = text.split(|byte| *byte == b'\n').collect();
    // Behind the last line feed there is no line.
    lines.pop_if(|last| last.is_empty());
    lines.into_iter().map(|line| line.strip_suffix(b"\r").unwrap_or(line)).collect()
}

/// The places in `new` of what both have, in one order.
fn common(old: &[usize], new: &[usize]) -> Vec<usize> {
    let begin = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, rest) = (&old[begin..], &new[begin..]);
    let end = old.iter().rev().zip(rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, middle) = (&old[..old.len() - end], &rest[..rest.len() - end]);
    let mut places: Vec<usize> = (0..begin).chain(new.len() - end..new.len()).collect();
    if old.len() + middle.len() <= MOST {
        for op in capture_diff_slices(Algorithm::Myers, old, middle) {
            if let DiffOp::Equal { new_index, len, .. } = op {
                places.extend(begin + new_index..begin + new_index + len);
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_that_are_new_or_changed_are_numbered_as_they_are_now() {
        let before = b"a\nb\nc\nd\n";
        assert_eq!(changed_lines(before, b"new\na\nB\nc\nd\nend\n"), [1, 3, 6]);
        assert_eq!(changed_lines(before, b"a\nd\n"), [0_u32; 0]);
        assert_eq!(changed_lines(before, b"a\nc\nb\nd\n").len(), 1);
        assert_eq!(changed_lines(b"", b"a\n\nb"), [1, 2, 3]);
        assert_eq!(changed_lines(before, b""), [0_u32; 0]);
    }

    #[test]
    fn how_a_line_ends_makes_no_difference() {
        assert_eq!(changed_lines(b"a\nb\n", b"a\r\nb"), [0_u32; 0]);
        assert_eq!(changed_lines(b"a\n", b"a\n\n"), [2]);
    }

    #[test]
    fn bytes_that_are_no_text_are_compared_as_they_are() {
        assert_eq!(changed_lines(b"\xff\na\0b\n", b"\xfe\na\0b\n"), [1]);
    }

    #[test]
    fn much_that_was_moved_about_ends_soon_and_counts_as_changed() {
        let text = |lines: Vec<u32>| {
            let lines: Vec<_> = lines.iter().map(ToString::to_string).collect();
            lines.join("\n").into_bytes()
        };
        let before = text((0..60_000).collect());
        let now = text([0].into_iter().chain((1..59_999).rev()).chain([59_999]).collect());
        let changed = changed_lines(&before, &now);
        assert_eq!(
            (changed.first(), changed.last(), changed.len()),
            (Some(&2), Some(&59_999), 59_998)
        );
        // What is all new is no matter.
        let other = text((70_000..170_000).collect());
        assert_eq!(changed_lines(&before, &other).len(), 100_000);
    }

    /// The length of a longest common subsequence, by its definition.
    fn longest(a: &[u8], b: &[u8]) -> usize {
        match (a, b) {
            ([], _) | (_, []) => 0,
            ([x, a @ ..], [y, b @ ..]) if x == y => 1 + longest(a, b),
            ([_, rest @ ..], [_, others @ ..]) => longest(rest, b).max(longest(a, others)),
        }
    }

    proptest! {
        #[test]
        fn what_is_not_changed_is_a_longest_common_subsequence(a in "[a-d]{0,9}", b in "[a-d]{0,9}") {
            let text = |letters: &str| letters.chars().map(String::from).collect::<Vec<_>>().join("\n");
            let changed = changed_lines(text(&a).as_bytes(), text(&b).as_bytes());
            let same: String = b.chars().zip(1..).filter(|(_, number)| !changed.contains(number)).map(|(letter, _)| letter).collect();
            let mut rest = a.chars();
            prop_assert!(same.chars().all(|letter| rest.any(|other| other == letter)));
            prop_assert_eq!(same.len(), longest(a.as_bytes(), b.as_bytes()));
        }
    }
}
