//! How often lines ran, of one run or of several together.

use crate::coverage::{Coverage, FileCoverage};
use std::mem::take;

/// How often the lines of one source file ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileCounts {
    /// Its path; of an export, the absolute one on the machine that measured.
    pub file: String,
    /// The numbers of the lines that hold code, ascending, each with how often it ran.
    pub lines: Vec<(u32, u64)>,
}

/// How often the lines of several source files ran.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineCounts {
    /// The files, in the order of their names. Each name is there once.
    pub files: Vec<FileCounts>,
}

impl LineCounts {
    /// Which of the lines ran at all.
    pub fn coverage(&self) -> Coverage {
        self.files.iter().map(FileCounts::coverage).collect()
    }
}

impl FileCounts {
    fn coverage(&self) -> FileCoverage {
        let of = |is_wanted: fn(u64) -> bool| {
            let lines = self.lines.iter().filter(|(_, count)| is_wanted(*count));
            lines.map(|(line, _)| *line).collect()
        };
        let (covered, uncovered) = (of(|count| count > 0), of(|count| count == 0));
        FileCoverage { file: self.file.clone(), covered, uncovered }
    }
}

impl FromIterator<FileCounts> for LineCounts {
    /// Files of one run or of several; what the same line counts in files of the same name is added up.
    fn from_iter<T: IntoIterator<Item = FileCounts>>(files: T) -> Self {
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort_by(|a, b| a.file.cmp(&b.file));
        files.dedup_by(|later, kept| {
            let is_same = later.file == kept.file;
            if is_same {
                kept.lines.append(&mut take(&mut later.lines));
            }
            is_same
        });
        for file in &mut files {
            add_up(&mut file.lines);
        }
        Self { files }
    }
}

/// Puts lines into their order, each once.
fn add_up(lines: &mut Vec<(u32, u64)>) {
    if lines.is_sorted_by(|(a, _), (b, _)| a < b) {
        return;
    }
    lines.sort_by_key(|(line, _)| *line);
    lines.dedup_by(|(later, more), (kept, count)| {
        let is_same = later == kept;
        if is_same {
            *count = count.saturating_add(*more);
        }
        is_same
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn file(name: &str, lines: &[(u32, u64)]) -> FileCounts {
        FileCounts { file: name.into(), lines: lines.into() }
    }

    #[test]
    fn what_the_same_line_counts_is_added_up() {
        let counts: LineCounts = [
            file("b", &[(1, 1), (3, u64::MAX)]),
            file("a", &[(7, 0)]),
            file("b", &[(1, 2), (2, 0), (3, 1)]),
        ]
        .into_iter()
        .collect();
        let both = [file("a", &[(7, 0)]), file("b", &[(1, 3), (2, 0), (3, u64::MAX)])];
        assert_eq!(counts.files, both);
        let coverage = counts.coverage();
        assert_eq!(
            (&*coverage.files[1].covered, &*coverage.files[1].uncovered),
            (&[1, 3][..], &[2][..])
        );
    }

    proptest! {
        #[test]
        fn a_sum_covers_what_any_of_its_parts_covers(
            runs in vec(btree_map("[a-c]", btree_map(1_u32..40, 0_u64..3, 0..20), 0..4), 0..4),
        ) {
            let of = |run: BTreeMap<String, BTreeMap<u32, u64>>| -> LineCounts {
                let files = run.into_iter();
                files.map(|(file, lines)| FileCounts { file, lines: lines.into_iter().collect() }).collect()
            };
            let runs: Vec<LineCounts> = runs.into_iter().map(of).collect();
            let coverage: Coverage = runs.iter().map(LineCounts::coverage).collect();
            let sum: LineCounts = runs.into_iter().flat_map(|run| run.files).collect();
            prop_assert_eq!(sum.coverage(), coverage);
        }
    }
}
