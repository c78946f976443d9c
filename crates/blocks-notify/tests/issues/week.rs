//! A hundred runs over a week.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::runs::{code, machine, run_of, told};
use crate::server::Server;

/// Numbers that look like chance and are the same each time (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

const STAGES: [&str; 4] = ["fmt", "clippy", "test", "doctest"];

/// What a person would have counted, who read all reports.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counted {
    opened: usize,
    closed: usize,
    reopened: usize,
}

#[test]
fn a_hundred_runs_make_an_issue_a_cause_and_change_it_as_its_state_changes() {
    let server = Server::github();
    server.kept().page = 100;
    let mut chance = Chance(0x00b1_0c55);
    let all: Vec<Value> = (0..12)
        .map(|at| {
            code(STAGES[at % 4], &format!("cause {}", char::from(b'a' + u8::try_from(at).unwrap())))
        })
        .chain([machine("test", "was killed")])
        .collect();
    let mut failing: BTreeSet<usize> = BTreeSet::new();
    // Each cause that was ever told of, and whether its issue is open.
    let mut open: BTreeMap<usize, bool> = BTreeMap::new();
    let (mut expected, mut found, mut by_day) =
        (Counted::default(), Counted::default(), Vec::new());
    for at in 0..100 {
        for (cause, _) in all.iter().enumerate() {
            let is_machine = cause == 12;
            let comes =
                !failing.contains(&cause) && chance.below(if is_machine { 20 } else { 40 }) == 0;
            let goes =
                failing.contains(&cause) && chance.below(if is_machine { 2 } else { 8 }) == 0;
            if comes {
                failing.insert(cause);
            } else if goes {
                failing.remove(&cause);
            }
        }
        // A run in five asks half of the stages only.
        let asked = if chance.below(5) == 0 { &STAGES[..2] } else { &STAGES[..] };
        let seen: Vec<usize> = failing
            .iter()
            .copied()
            .filter(|it| asked.contains(&all[*it]["stages"][0].as_str().unwrap()))
            // A stage that was killed tells nothing else.
            .filter(|it| *it == 12 || !failing.contains(&12) || all[*it]["stages"][0] != "test")
            .collect();
        for (cause, it) in all.iter().enumerate() {
            let stage = it["stages"][0].as_str().unwrap();
            let is_hidden = cause != 12 && stage == "test" && failing.contains(&12);
            match (seen.contains(&cause), open.get(&cause)) {
                (true, None) => expected.opened += 1,
                (true, Some(false)) => expected.reopened += 1,
                (false, Some(true)) if asked.contains(&stage) && !is_hidden => {
                    expected.closed += 1;
                    open.insert(cause, false);
                    continue;
                }
                _ => {}
            }
            if seen.contains(&cause) {
                open.insert(cause, true);
            }
        }
        let failures: Vec<_> = seen.iter().map(|it| all[*it].clone()).collect();
        let run = run_of(asked, &failures, &format!("{at:040x}"));
        let steps = told(&server, &run, &at.to_string());
        let count = |word: &str| steps.iter().filter(|it| **it == word).count();
        let today = [count("opened"), count("closed"), count("reopened"), count("updated")];
        found.opened += today[0];
        found.closed += today[1];
        found.reopened += today[2];
        by_day.push((at * 7 / 100, seen.len(), today));
    }
    print(&by_day);
    println!("distinct causes {}, issues {}: {found:?}", open.len(), server.seen().len());
    assert_eq!(found, expected);
    assert_eq!((server.seen().len(), found.opened), (open.len(), open.len()));
    assert_eq!(server.kept().comments.len(), expected.closed, "a comment a closing");
    let still_open = server.seen().into_iter().filter(|it| it.1).count();
    assert_eq!(still_open, open.values().filter(|it| **it).count());
    assert!(
        expected.closed > 20 && expected.reopened > 10,
        "the week has too little in it: {expected:?}"
    );
}

fn print(runs: &[(usize, usize, [usize; 4])]) {
    println!("day  runs  red  opened  closed  reopened  updated");
    for day in 0..7 {
        let own: Vec<_> = runs.iter().filter(|it| it.0 == day).collect();
        let red = own.iter().filter(|it| it.1 > 0).count();
        let sum = |at: usize| own.iter().map(|it| it.2[at]).sum::<usize>();
        println!(
            "{:>3} {:>5} {red:>4} {:>7} {:>7} {:>9} {:>8}",
            day + 1,
            own.len(),
            sum(0),
            sum(1),
            sum(2),
            sum(3)
        );
    }
}
