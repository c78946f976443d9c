//! Which lines hold code and which of them a test ran, from the segments of an `llvm-cov` export.
//!
//! llvm-cov's own summary counts function by function, so that a line of a macro or of a generic function
//! counts several times. Sums over several exports need each line once, and so it is counted here. The
//! rules are those of `LineCoverageStats` in LLVM's `CoverageMapping.cpp`, which `llvm-cov show`
//! uses: a line counts as often as the most run region that begins on it, or as the region that
//! it lies in.

use serde::Deserialize;
use std::cmp::Reverse;

/// A place where the count changes.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(from = "(u32, u32, u64, bool, bool, bool)")]
pub(crate) struct Segment {
    line: u32,
    count: u64,
    has_count: bool,
    begins_region: bool,
    is_gap: bool,
}

impl From<(u32, u32, u64, bool, bool, bool)> for Segment {
    fn from(
        (line, _column, count, has_count, begins_region, is_gap): (u32, u32, u64, bool, bool, bool),
    ) -> Self {
        Self { line, count, has_count, begins_region, is_gap }
    }
}

impl Segment {
    const fn begins_code(&self) -> bool {
        self.begins_region && self.has_count && !self.is_gap
    }
}

/// The lines of one file that hold code.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct LineCoverage {
    /// Those that a test ran, ascending.
    pub(crate) covered: Vec<u32>,
    /// Those that no test ran, ascending.
    pub(crate) uncovered: Vec<u32>,
}

/// The lines of a file, or nothing where they are more than `most`; see [`line_counts`].
pub(crate) fn line_coverage(segments: &[Segment], most: usize) -> Option<LineCoverage> {
    let lines = line_counts(segments, most)?;
    let of = |wanted| {
        let lines = lines.iter().filter(move |(_, count)| (*count > 0) == wanted);
        lines.map(|(line, _)| *line).collect()
    };
    Some(LineCoverage { covered: of(true), uncovered: of(false) })
}

/// The lines of a file that hold code, ascending, each with how often it ran; nothing where they are more than `most`:
/// numbers that were made up must not fill the memory.
///
/// Segments are in the order of the file; one that goes back is taken for the beginning of another
/// run over the file (no export of llvm-cov has one).
pub(crate) fn line_counts(segments: &[Segment], most: usize) -> Option<Vec<(u32, u64)>> {
    let mut lines: Vec<(u32, u64)> = Vec::new();
    let mut before: Option<&Segment> = None;
    let mut next_line = 0;
    for here in segments.chunk_by(|a, b| a.line == b.line) {
        let line = here[0].line;
        if let Some(count) = count(&[], before) {
            let between = next_line..line;
            if between.len() > most.saturating_sub(lines.len()) {
                return None;
            }
            lines.extend(between.map(|line| (line, count)));
        }
        lines.extend(count(here, before).map(|count| (line, count)));
        before = here.last();
        next_line = line.saturating_add(1);
    }
    (lines.len() <= most).then(|| sorted(lines))
}

/// A line that is there twice ran as often as where it ran most.
fn sorted(mut lines: Vec<(u32, u64)>) -> Vec<(u32, u64)> {
    lines.sort_by_key(|(line, count)| (*line, Reverse(*count)));
    lines.dedup_by_key(|(line, _)| *line);
    lines
}

/// How often a line ran, by the segments on it and the last one before it; nothing where it holds no
/// code.
fn count(here: &[Segment], before: Option<&Segment>) -> Option<u64> {
    let skipped = here.first().is_some_and(|first| !first.has_count && first.begins_region);
    let starts = here.iter().filter(|segment| segment.begins_code());
    let most = starts.map(|segment| segment.count).max();
    let around = before.filter(|segment| segment.has_count).map(|segment| segment.count);
    let is_mapped = most.is_some() || (!skipped && around.is_some());
    most.max(around).filter(|_| is_mapped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(line: u32, count: u64) -> Segment {
        Segment::from((line, 1, count, true, true, false))
    }

    fn end(line: u32) -> Segment {
        Segment::from((line, 9, 0, false, false, false))
    }

    fn lines(segments: &[Segment]) -> (Vec<u32>, Vec<u32>) {
        let lines = line_coverage(segments, usize::MAX).unwrap();
        (lines.covered, lines.uncovered)
    }

    #[test]
    fn every_line_of_a_region_that_did_not_run_is_uncovered() {
        let segments = [code(3, 0), end(6), code(8, 1), end(9)];
        assert_eq!(lines(&segments), (vec![8, 9], vec![3, 4, 5, 6]));
    }

    #[test]
    fn a_line_where_one_region_ran_is_covered() {
        assert_eq!(lines(&[code(3, 0), code(3, 2), end(3)]), (vec![3], vec![]));
    }

    #[test]
    fn a_line_counts_as_often_as_its_most_run_region_or_the_one_around_it() {
        let segments = [code(3, 2), code(4, 7), code(4, 1), code(5, 1), end(6)];
        let lines = line_counts(&segments, usize::MAX).unwrap();
        assert_eq!(lines, [(3, 2), (4, 7), (5, 1), (6, 1)]);
    }

    #[test]
    fn gaps_and_skipped_regions_are_no_code() {
        let gap = Segment::from((4, 1, 0, true, true, true));
        assert_eq!(lines(&[code(3, 1), end(3), gap, end(4)]), (vec![3], vec![]));
        let skipped = Segment::from((4, 1, 0, false, true, false));
        assert_eq!(lines(&[code(3, 0), skipped, end(5)]), (vec![], vec![3]));
    }

    #[test]
    fn a_line_that_a_second_run_over_the_file_covers_is_covered() {
        let segments = [code(3, 0), end(4), code(2, 1), end(3)];
        assert_eq!(lines(&segments), (vec![2, 3], vec![4]));
    }

    #[test]
    fn numbers_that_no_file_has_do_not_fill_the_memory() {
        for count in [0, 1] {
            let segments = [code(1, count), code(u32::MAX, count), end(7), code(u32::MAX, count)];
            assert_eq!(line_coverage(&segments, 1_000), None);
        }
        assert_eq!(line_coverage(&[code(1, 0), end(3)], 2), None);
        assert!(line_coverage(&[code(1, 0), end(3)], 3).is_some());
    }

    proptest! {
        #[test]
        fn any_segments_give_ascending_lines_that_differ(raw in prop::collection::vec(
            (0_u32..300, 0_u64..2, any::<bool>(), any::<bool>(), any::<bool>()), 0..20)) {
            let segments: Vec<Segment> =
                raw.into_iter().map(|(line, n, a, b, c)| Segment::from((line, 1, n, a, b, c))).collect();
            let (covered, uncovered) = lines(&segments);
            prop_assert!(covered.is_sorted_by(|a, b| a < b));
            prop_assert!(uncovered.is_sorted_by(|a, b| a < b));
            prop_assert!(uncovered.iter().all(|line| covered.binary_search(line).is_err()));
        }
    }
}
