//! How much is told, by how much there is room for.

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Level {
    /// The failures that are told.
    pub(super) failures: usize,
    /// The lines of each that its tool said.
    pub(super) lines: usize,
    /// The stages that are listed.
    pub(super) stages: usize,
}

/// From all that is of use to nearly nothing. What tools said goes first, then failures beyond the first ones.
const LEVELS: [Level; 10] = [
    Level { failures: 100, lines: 60, stages: 60 },
    Level { failures: 100, lines: 20, stages: 60 },
    Level { failures: 50, lines: 8, stages: 60 },
    Level { failures: 20, lines: 8, stages: 60 },
    Level { failures: 10, lines: 5, stages: 20 },
    Level { failures: 5, lines: 3, stages: 10 },
    Level { failures: 3, lines: 2, stages: 5 },
    Level { failures: 2, lines: 0, stages: 3 },
    Level { failures: 1, lines: 0, stages: 1 },
    Level { failures: 0, lines: 0, stages: 0 },
];

/// The first text of the levels that fits; of none of them nothing.
pub(super) fn fitting(at: impl Fn(Level) -> String, fits: impl Fn(&str) -> bool) -> Option<String> {
    LEVELS.into_iter().map(at).find(|text| fits(text))
}
