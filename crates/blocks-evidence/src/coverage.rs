//! Which lines tests ran, of one run or of several together.

use std::cmp::Ordering;
use std::mem::take;

/// How many lines there are, and how many of them a test ran.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lines {
    /// Lines that a test ran.
    pub covered: u64,
    /// Lines that hold code.
    pub count: u64,
}

/// The coverage of one source file. Each line counts once, in however many functions it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileCoverage {
    /// Its path; of an export, the absolute one on the machine that measured.
    pub file: String,
    /// The numbers of the lines that a test ran, ascending.
    pub covered: Vec<u32>,
    /// The numbers of the lines that hold code and that no test ran, ascending. None is in
    /// `covered`.
    pub uncovered: Vec<u32>,
}

impl FileCoverage {
    /// How many lines they are.
    pub fn lines(&self) -> Lines {
        let covered = self.covered.len() as u64;
        Lines { covered, count: covered + self.uncovered.len() as u64 }
    }

    fn merge(&mut self, other: &mut Self) {
        self.covered = union(take(&mut self.covered), take(&mut other.covered));
        let uncovered = union(take(&mut self.uncovered), take(&mut other.uncovered));
        self.uncovered = without(uncovered, &self.covered);
    }
}

/// The coverage of several source files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The files, in the order of their names. Each name is there once.
    pub files: Vec<FileCoverage>,
}

impl Coverage {
    /// The sum over all files.
    pub fn lines(&self) -> Lines {
        self.files.iter().map(FileCoverage::lines).fold(Lines::default(), |sum, one| Lines {
            covered: sum.covered + one.covered,
            count: sum.count + one.count,
        })
    }

    /// Adds what another run covered: a line holds code where it does in either of the two, and is
    /// covered where either ran it. The order in which runs are added makes no difference.
    pub fn merge(&mut self, other: Self) {
        self.files.extend(other.files);
        self.files.sort_by(|a, b| a.file.cmp(&b.file));
        self.files.dedup_by(|later, kept| {
            let is_same = later.file == kept.file;
            if is_same {
                kept.merge(later);
            }
            is_same
        });
    }
}

impl FromIterator<FileCoverage> for Coverage {
    /// Files of one run or of several; those of the same name are merged.
    fn from_iter<T: IntoIterator<Item = FileCoverage>>(files: T) -> Self {
        let mut all = Self::default();
        all.merge(Self { files: files.into_iter().collect() });
        all
    }
}

impl FromIterator<Self> for Coverage {
    /// The runs, merged.
    fn from_iter<T: IntoIterator<Item = Self>>(runs: T) -> Self {
        runs.into_iter().flat_map(|run| run.files).collect()
    }
}

/// The numbers of either; both are ascending, and so is the result.
fn union(mut a: Vec<u32>, mut b: Vec<u32>) -> Vec<u32> {
    if a == b || b.is_empty() {
        return a;
    }
    a.append(&mut b);
    sort_runs(&mut a);
    a.dedup();
    a
}

#[expect(clippy::stable_sort_primitive, reason = "it merges two ascending runs in one pass")]
fn sort_runs(lines: &mut [u32]) {
    lines.sort();
}

/// The numbers of `a` that are not in `b`; both are ascending.
fn without(mut a: Vec<u32>, b: &[u32]) -> Vec<u32> {
    let mut rest = b.iter().peekable();
    a.retain(|line| {
        while rest.next_if(|other| other.cmp(&line) == Ordering::Less).is_some() {}
        rest.peek() != Some(&line)
    });
    a
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::{btree_map, btree_set};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn file(name: &str, covered: &[u32], uncovered: &[u32]) -> FileCoverage {
        FileCoverage { file: name.into(), covered: covered.into(), uncovered: uncovered.into() }
    }

    #[test]
    fn a_line_is_covered_where_any_run_covers_it() {
        let one: Coverage =
            [file("b", &[1, 2], &[3, 9]), file("a", &[], &[7])].into_iter().collect();
        let two: Coverage = [file("b", &[3], &[1, 4])].into_iter().collect();
        let both: Coverage = [one, two].into_iter().collect();
        assert_eq!(both.files, [file("a", &[], &[7]), file("b", &[1, 2, 3], &[4, 9])]);
        assert_eq!(both.lines(), Lines { covered: 3, count: 6 });
        assert_eq!(both.files[1].lines(), Lines { covered: 3, count: 5 });
        assert_eq!(Coverage::default().lines(), Lines::default());
    }

    /// A coverage and the lines that it is made of, by file: covered or not.
    fn coverage() -> impl Strategy<Value = Coverage> {
        let lines = (btree_set(1_u32..40, 0..20), btree_set(1_u32..40, 0..20));
        btree_map("[a-c]", lines, 0..4).prop_map(|files| {
            let file = |(name, (covered, all)): (String, (_, std::collections::BTreeSet<u32>))| {
                let covered: std::collections::BTreeSet<u32> = covered;
                let uncovered: Vec<u32> = all.difference(&covered).copied().collect();
                FileCoverage { file: name, covered: covered.into_iter().collect(), uncovered }
            };
            files.into_iter().map(file).collect()
        })
    }

    fn merged(a: &Coverage, b: &Coverage) -> Coverage {
        let mut sum = a.clone();
        sum.merge(b.clone());
        sum
    }

    /// The same by the definition, line by line.
    fn by_definition(runs: &[Coverage]) -> BTreeMap<(String, u32), bool> {
        let mut lines = BTreeMap::new();
        for file in runs.iter().flat_map(|run| &run.files) {
            for (numbers, is_covered) in [(&file.covered, true), (&file.uncovered, false)] {
                for number in numbers {
                    *lines.entry((file.file.clone(), *number)).or_insert(false) |= is_covered;
                }
            }
        }
        lines
    }

    proptest! {
        #[test]
        fn merging_is_what_it_is_defined_to_be(a in coverage(), b in coverage()) {
            let sum = merged(&a, &b);
            prop_assert_eq!(by_definition(&[a, b]), by_definition(std::slice::from_ref(&sum)));
            let names: Vec<_> = sum.files.iter().map(|file| &file.file).collect();
            prop_assert!(names.is_sorted_by(|a, b| a < b));
            for file in &sum.files {
                prop_assert!(file.covered.is_sorted_by(|a, b| a < b));
                prop_assert!(file.uncovered.is_sorted_by(|a, b| a < b));
                prop_assert!(file.uncovered.iter().all(|line| !file.covered.contains(line)));
            }
        }

        #[test]
        fn merging_is_commutative_associative_and_idempotent(
            a in coverage(), b in coverage(), c in coverage(),
        ) {
            prop_assert_eq!(merged(&a, &b), merged(&b, &a));
            prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
            prop_assert_eq!(&merged(&a, &a), &a);
            prop_assert_eq!(&merged(&a, &Coverage::default()), &a);
            let all: Coverage = [a.clone(), b.clone(), c.clone()].into_iter().collect();
            prop_assert_eq!(all, merged(&merged(&a, &b), &c));
        }
    }
}
