//! The lines that no test ran, from the segments of an `llvm-cov` export.
//!
//! The rules are those of `LineCoverageStats` in LLVM's `CoverageMapping.cpp`, which `llvm-cov show`
//! uses: a line counts as often as the most run region that begins on it, or as the region that
//! it lies in.

use serde::Deserialize;

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

/// Numbers that were made up must not fill the memory; no source file has this many lines.
const MOST_LINES: usize = 1_000_000;

/// The uncovered lines, ascending. Segments are in the order of the file; one that goes back is
/// taken for the beginning of another run over the file (no export of llvm-cov has one).
pub(crate) fn uncovered_lines(segments: &[Segment]) -> Vec<u32> {
    let mut lines = Vec::new();
    let mut before: Option<&Segment> = None;
    let mut next_line = 0;
    for here in segments.chunk_by(|a, b| a.line == b.line) {
        let line = here[0].line;
        if is_uncovered(&[], before) {
            lines.extend((next_line..line).take(MOST_LINES.saturating_sub(lines.len())));
        }
        if is_uncovered(here, before) {
            lines.push(line);
        }
        before = here.last();
        next_line = line.saturating_add(1);
    }
    lines.sort_unstable();
    lines.dedup();
    lines
}

fn is_uncovered(here: &[Segment], before: Option<&Segment>) -> bool {
    let skipped = here.first().is_some_and(|first| !first.has_count && first.begins_region);
    let starts = here.iter().filter(|segment| segment.begins_code());
    let most = starts.map(|segment| segment.count).max();
    let around = before.filter(|segment| segment.has_count).map(|segment| segment.count);
    let mapped = most.is_some() || (!skipped && around.is_some());
    mapped && most.max(around) == Some(0)
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

    #[test]
    fn every_line_of_a_region_that_did_not_run_is_uncovered() {
        assert_eq!(uncovered_lines(&[code(3, 0), end(6), code(8, 1), end(9)]), [3, 4, 5, 6]);
    }

    #[test]
    fn a_line_where_one_region_ran_is_covered() {
        assert_eq!(uncovered_lines(&[code(3, 0), code(3, 2), end(3)]), [0_u32; 0]);
    }

    #[test]
    fn gaps_and_skipped_regions_are_no_code() {
        let gap = Segment::from((4, 1, 0, true, true, true));
        assert_eq!(uncovered_lines(&[code(3, 1), end(3), gap, end(4)]), [0_u32; 0]);
        let skipped = Segment::from((4, 1, 0, false, true, false));
        assert_eq!(uncovered_lines(&[code(3, 0), skipped, end(5)]), [3]);
    }

    #[test]
    fn numbers_that_no_file_has_do_not_fill_the_memory() {
        let lines = uncovered_lines(&[code(1, 0), code(u32::MAX, 0), end(7), code(u32::MAX, 0)]);
        assert!(lines.len() <= MOST_LINES + 2);
    }

    proptest! {
        #[test]
        fn any_segments_give_ascending_lines(raw in prop::collection::vec(
            (0_u32..300, 0_u64..2, any::<bool>(), any::<bool>(), any::<bool>()), 0..20)) {
            let segments: Vec<Segment> =
                raw.into_iter().map(|(line, n, a, b, c)| Segment::from((line, 1, n, a, b, c))).collect();
            let lines = uncovered_lines(&segments);
            prop_assert!(lines.is_sorted());
        }
    }
}
