//! The search for the revision that something came with.

use std::ops::Range;

/// What a revision says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is not there.
    Good,
    /// It is there.
    Bad,
    /// Nothing is known, and nothing is taken for known.
    Unknown,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Ask this revision.
    Ask(usize),
    /// It came with one of these, from the first to the last: with that one, where they are the same. All but the last have no
    /// answer, and the one before the first is good.
    Among(usize, usize),
}

/// A search among revisions, the oldest first, of which the first is good and the last is bad.
///
/// Of several changes from good to bad it finds the newest that answers tell of. Without revisions that have no answer it asks
/// no more than the binary logarithm of how many there are; where one run of them has none and the change is not in it, no more
/// than twice that; and no revision twice in any case.
#[derive(Debug, Clone)]
pub struct Search {
    answers: Vec<Option<Answer>>,
}

impl Search {
    /// Among so many revisions; none where there are not even two.
    pub fn among(count: usize) -> Option<Self> {
        let mut answers = vec![None; count];
        let [first, .., last] = answers.as_mut_slice() else { return None };
        (*first, *last) = (Some(Answer::Good), Some(Answer::Bad));
        Some(Self { answers })
    }

    /// Takes an answer, asked for or not. Of the first and the last it is known what they are.
    pub fn tell(&mut self, revision: usize, answer: Answer) {
        let last = self.answers.len() - 1;
        if let Some(told) = self.answers.get_mut(revision).filter(|_| (1..last).contains(&revision))
        {
            *told = Some(answer);
        }
    }

    /// What to do next.
    pub fn next(&self) -> Next {
        let (good, bad) = self.bounds();
        self.middle(good + 1..bad).map_or(Next::Among(good + 1, bad), Next::Ask)
    }

    /// The one in the middle of the longest run of revisions that were not asked, of the runs beside what is known; where there
    /// is none, of all runs: what cannot be built lies together, and its two ends are found as a change is.
    fn middle(&self, range: Range<usize>) -> Option<usize> {
        let runs = self.runs(range.clone());
        let is_beside = |run: &&Range<usize>| run.start == range.start || run.end == range.end;
        let longest = runs.iter().filter(is_beside).max_by_key(|run| run.len());
        let longest = longest.or_else(|| runs.iter().max_by_key(|run| run.len()))?;
        Some(longest.start + longest.len() / 2)
    }

    /// The longest ranges of revisions that were not asked.
    fn runs(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut start = range.start;
        let alike = self.answers[range].chunk_by(|one, next| one.is_none() == next.is_none());
        let runs = alike.map(|run| {
            start += run.len();
            (run[0].is_none(), start - run.len()..start)
        });
        runs.filter(|(is_open, _)| *is_open).map(|(_, run)| run).collect()
    }

    /// How many were not asked.
    fn open(&self, range: Range<usize>) -> usize {
        range.filter(|at| self.answers[*at].is_none()).count()
    }

    /// How many revisions it can still be, and how many of them can be asked.
    pub fn left(&self) -> (usize, usize) {
        let (good, bad) = self.bounds();
        (bad - good, self.open(good + 1..bad))
    }

    /// The last good revision, and the first bad one after it.
    fn bounds(&self) -> (usize, usize) {
        let is = |at: &usize, answer| self.answers[*at] == Some(answer);
        let last = self.answers.len() - 1;
        let good = (0..last).rev().find(|at| is(at, Answer::Good)).unwrap_or(0);
        let bad = (good + 1..last).find(|at| is(at, Answer::Bad)).unwrap_or(last);
        (good, bad)
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Next, Search};
    use proptest::prelude::*;

    /// Searches, and gives what is found with the revisions that were asked.
    fn run(count: usize, answer: impl Fn(usize) -> Answer) -> ((usize, usize), Vec<usize>) {
        let mut search = Search::among(count).expect("two");
        let mut asked = Vec::new();
        loop {
            match search.next() {
                Next::Ask(at) => {
                    asked.push(at);
                    assert!(asked.len() <= count, "it ends");
                    search.tell(at, answer(at));
                }
                Next::Among(first, last) => return ((first, last), asked),
            }
        }
    }

    fn from(first: usize) -> impl Fn(usize) -> Answer {
        move |at| if at < first { Answer::Good } else { Answer::Bad }
    }

    #[test]
    fn two_revisions_leave_nothing_to_ask_and_one_is_no_search() {
        assert_eq!(run(2, from(1)), ((1, 1), vec![]));
        assert!(Search::among(1).is_none() && Search::among(0).is_none());
    }

    #[test]
    fn where_no_revision_between_has_an_answer_all_are_named() {
        assert_eq!(run(4, |_| Answer::Unknown).0, (1, 3));
        let answer = |at| if at == 2 { Answer::Good } else { Answer::Unknown };
        assert_eq!(run(6, answer).0, (3, 5));
    }

    #[test]
    fn what_is_known_is_not_asked() {
        let mut search = Search::among(100).expect("two");
        search.tell(40, Answer::Good);
        search.tell(42, Answer::Bad);
        assert_eq!((search.next(), search.left()), (Next::Ask(41), (2, 1)));
        // A good one behind a bad one: what came later is what is there now.
        search.tell(70, Answer::Good);
        search.tell(71, Answer::Bad);
        assert_eq!(search.next(), Next::Among(71, 71));
    }

    #[test]
    fn the_ends_are_what_they_are() {
        let mut search = Search::among(2).expect("two");
        search.tell(0, Answer::Bad);
        search.tell(1, Answer::Good);
        search.tell(7, Answer::Good);
        assert_eq!(search.next(), Next::Among(1, 1));
    }

    proptest! {
        #[test]
        fn the_first_bad_one_is_found_in_as_many_steps_as_it_takes((count, first) in (2_usize..3000).prop_flat_map(|count| (Just(count), 1..count))) {
            let (found, asked) = run(count, from(first));
            prop_assert_eq!(found, (first, first));
            prop_assert!(asked.len() <= count.ilog2() as usize + 1, "{} of {count}", asked.len());
        }

        #[test]
        fn none_without_an_answer_is_taken_for_anything(
            (count, first, unknown) in (2_usize..200).prop_flat_map(|count| {
                (Just(count), 1..count, prop::collection::vec(any::<bool>(), count))
            }),
        ) {
            let is_unknown = |at: usize| unknown[at] && at > 0 && at < count - 1;
            let answer = |at| if is_unknown(at) { Answer::Unknown } else { from(first)(at) };
            let ((begin, end), asked) = run(count, answer);
            prop_assert!((begin..=end).contains(&first));
            prop_assert!((begin..end).all(is_unknown));
            prop_assert!(!is_unknown(end) && !is_unknown(begin - 1));
            let mut once = asked.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), asked.len());
        }

        #[test]
        fn any_answers_end_at_a_bad_one_behind_a_good_one(
            answers in prop::collection::vec(prop::sample::select(vec![Answer::Good, Answer::Bad, Answer::Unknown]), 2..80),
        ) {
            let last = answers.len() - 1;
            let real = |at: usize| match at {
                0 => Answer::Good,
                at if at == last => Answer::Bad,
                at => answers[at],
            };
            let ((begin, end), _) = run(answers.len(), real);
            prop_assert_eq!((real(begin - 1), real(end)), (Answer::Good, Answer::Bad));
            prop_assert!((begin..end).all(|at| real(at) == Answer::Unknown));
        }
    }

    /// Searches around gaps of revisions without an answer.
    fn around_gaps(
        count: usize,
        begin: usize,
        ends: impl IntoIterator<Item = usize>,
        first: usize,
    ) {
        for end in ends {
            let is_gap = |at: usize| (begin..end).contains(&at);
            let answer = |at| if is_gap(at) { Answer::Unknown } else { from(first)(at) };
            let (found, asked) = run(count, answer);
            if (begin..=end).contains(&first) {
                assert_eq!(found, (begin, end), "the gap's are named, and what follows them");
            } else {
                assert_eq!(found, (first, first), "{begin} to {end} of {count}");
                let most = 2 * count.ilog2() as usize + 2;
                assert!(asked.len() <= most, "{} of {count}: {begin} to {end}", asked.len());
            }
        }
    }

    #[test]
    fn a_gap_is_left_in_twice_the_steps_wherever_it_lies() {
        for count in [3, 4, 7, 16, 33] {
            for (begin, first) in (1..count - 1).flat_map(|at| (1..count).map(move |to| (at, to))) {
                around_gaps(count, begin, begin + 1..count, first);
            }
        }
    }

    #[test]
    fn a_gap_among_many_is_left_in_twice_the_steps() {
        for (begin, first) in [(308, 307), (308, 900), (2, 1), (500, 499), (700, 20)] {
            around_gaps(1000, begin, [begin + 1, 713, 899, 998], first);
        }
    }
}
