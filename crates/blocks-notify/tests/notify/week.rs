//! A hundred runs over a week.

use std::fmt::Write as _;

use blocks_failures::Run;
use blocks_notify::{Day, Letter, State, What};

use crate::fixture::{DAY, FAILURES, NOON, SCENE, failure, run};

const RUNS: u64 = 100;

/// A small generator (SplitMix64): the same history each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

/// What is wrong with the code at a time, by numbers; and whether a run comes to an answer.
struct Code {
    broken: Vec<u64>,
    is_killed: bool,
}

impl Code {
    fn change(&mut self, chance: &mut Chance) {
        match chance.below(12) {
            0 => self.broken.push(100 + chance.below(1000)),
            1 | 2 => drop(self.broken.pop()),
            _ => {}
        }
        self.is_killed = chance.below(15) == 0;
    }

    fn run(&self) -> Run {
        if self.is_killed {
            return run(&["fmt"], &[failure(7, "test", "no-answer", "killed")]);
        }
        let failures: Vec<_> = self
            .broken
            .iter()
            .map(|it| failure(*it, "test", "test-failed", &format!("{it} breaks")))
            .collect();
        run(&["fmt", "test"], &failures)
    }
}

/// What has to be told, counted in another way than the program does: by what is wrong with the code.
#[derive(Default)]
struct Expected {
    known: Vec<u64>,
    /// Whether the run before had no answer.
    was_killed: bool,
    told: Option<Day>,
}

impl Expected {
    fn what(&mut self, code: &Code, day: Day) -> Option<What> {
        let is_new_day = self.told.is_some_and(|it| it < day);
        let what = if code.is_killed {
            (!self.was_killed || is_new_day).then_some(What::NoAnswer)
        } else if code.broken.iter().any(|it| !self.known.contains(it)) {
            Some(What::Broke)
        } else if code.broken.is_empty() {
            (!self.known.is_empty()).then_some(What::Fixed)
        } else {
            is_new_day.then_some(What::StillBroken)
        };
        if !code.is_killed {
            self.known.clone_from(&code.broken);
        }
        self.was_killed = code.is_killed;
        if what.is_some() {
            self.told = Some(day);
        }
        if self.known.is_empty() && !code.is_killed {
            self.told = None;
        }
        what
    }
}

#[test]
fn a_week_has_as_many_messages_as_changes() {
    let mut chance = Chance(2);
    let mut code = Code { broken: Vec::new(), is_killed: false };
    let (mut state, mut expected) = (State::default(), Expected::default());
    let (mut table, mut names) = (String::new(), std::collections::HashSet::new());
    let mut counts =
        [What::Broke, What::StillBroken, What::Fixed, What::NoAnswer].map(|it| (it, 0));
    for number in 0..RUNS {
        let now = NOON + number * 7 * DAY / RUNS;
        code.change(&mut chance);
        let run = code.run();
        let change = state.step("main", &run, FAILURES, now);
        let what = change.as_ref().map(|it| it.what);
        assert_eq!(what, expected.what(&code, Day::of(now)), "run {number}");
        let Some(change) = change else { continue };
        let letter = Letter::of(&change, &run, &SCENE);
        state.begin_thread("main", &letter.name);
        assert!(names.insert(letter.name.clone()), "no two letters have one name");
        let day = Day::of(now).0 - Day::of(NOON).0;
        let _ = writeln!(table, "{number:>3}  day {day}  {}", letter.subject);
        counts.iter_mut().filter(|it| it.0 == change.what).for_each(|it| it.1 += 1);
    }
    for (what, count) in counts {
        let _ = writeln!(table, "{:>15} {count}", what.id());
        assert!(count > 0, "the week has none that {}", what.words());
    }
    println!("{table}");
    insta::assert_snapshot!(table);
}
