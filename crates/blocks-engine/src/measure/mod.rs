//! Measures what benchmarks take, of two programs side by side on this machine.
//!
//! The programs are those of the baseline and of now, built alike. Each run measures one benchmark for a moment, with
//! criterion's own clock and loop; in which order runs are made, and what is measured again, is up to
//! [`blocks_statistics::measure`]. Nothing else of Blocks runs meanwhile.

mod benchmark;
mod programs;
mod progress;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use blocks_evidence::{TimedBenchmark, TimedRound, TimedRounds, Times};
use blocks_statistics::{Measured, Order, Protocol, Round, Run, Side};

use benchmark::{Benchmark, listed};
use programs::{Program, programs};
use progress::Progress;

use crate::{EngineError, Workspace};

/// What is measured, and how often.
pub struct Measuring<'a> {
    /// The workspace, whose folders the programs run in.
    pub workspace: &'a Workspace,
    /// The folder of the baseline's programs, as the material `benchmarks` leaves them.
    pub before: &'a Path,
    /// That of the new ones.
    pub now: &'a Path,
    /// An empty folder for what runs leave.
    pub work: &'a Path,
    /// The rounds of the first pass.
    pub rounds: usize,
}

impl Measuring<'_> {
    /// Measures all benchmarks that both sides have; `told` gets a line now and then that says how far it is.
    pub fn run(&self, told: &mut dyn FnMut(&str)) -> Result<Times, EngineError> {
        let found = self.found()?;
        let due = found.iter().filter_map(|it| match &it.state {
            State::Due(benchmark) => Some(benchmark),
            State::Known(_) => None,
        });
        let due: Vec<_> = due.collect();
        let mut measured = self.measure(&due, told)?.into_iter();
        let timed = |Found { package, program, name, state }| TimedBenchmark {
            package,
            program,
            name,
            times: match state {
                State::Known(times) => times,
                State::Due(_) => measured.next().unwrap_or_else(|| no_times("it was not measured")),
            },
        };
        let benchmarks = found.into_iter().map(timed).collect();
        Ok(Times { schema: Times::SCHEMA, rounds: self.rounds, benchmarks })
    }

    /// The benchmarks of both sides, those of a program together.
    fn found(&self) -> Result<Vec<Found>, EngineError> {
        let (before, now) = (programs(self.before)?, programs(self.now)?);
        let all: BTreeSet<_> = before.keys().chain(now.keys()).collect();
        let mut found = Vec::new();
        for (index, key) in all.into_iter().enumerate() {
            found.extend(self.of_program(index, key, [before.get(key), now.get(key)])?);
        }
        Ok(found)
    }

    /// The benchmarks of a program.
    fn of_program(
        &self,
        index: usize,
        (folder, program): &Program,
        from: [Option<&PathBuf>; 2],
    ) -> Result<Vec<Found>, EngineError> {
        let package = self.workspace.packages.iter().find(|it| it.folder == *folder);
        let package = package.map_or(folder, |it| &it.name);
        let cwd = self.workspace.root.join(folder);
        // Where the baseline's folder is gone, nothing is left to run there.
        let cwd = if cwd.is_dir() { cwd } else { self.workspace.root.clone() };
        let found = |name: &String, state| {
            let [package, program, name] = [package, program, name].map(Clone::clone);
            Found { package, program, name, state }
        };
        // Of one name and one length for both sides: where a program lies changes where its stack begins.
        let places = ["a", "b"].map(|side| self.work.join(side).join(format!("{index:04}")));
        let mut names = [Vec::new(), Vec::new()];
        for ((place, from), names) in places.iter().zip(from).zip(&mut names) {
            let Some(from) = from else { continue };
            copy(from, place)?;
            match listed(place, &cwd)? {
                Ok(listed) => *names = listed,
                Err(why) => return Ok(vec![found(program, State::Known(no_times(&why)))]),
            }
        }
        let [before, now] = names;
        let due = |name: &String| Benchmark {
            name: name.clone(),
            programs: places.clone(),
            cwd: cwd.clone(),
            home: self.work.join("results"),
        };
        let of_now = now.iter().map(|name| {
            let is_old = before.contains(name);
            found(name, if is_old { State::Due(due(name)) } else { State::Known(TimedRounds::New) })
        });
        let gone = before.iter().filter(|name| !now.contains(name));
        Ok(of_now.chain(gone.map(|name| found(name, State::Known(TimedRounds::Gone)))).collect())
    }

    fn measure(
        &self,
        due: &[&Benchmark],
        told: &mut dyn FnMut(&str),
    ) -> Result<Vec<TimedRounds>, EngineError> {
        let mut reasons = vec![String::new(); due.len()];
        let mut progress = Progress::new(due.len(), self.rounds);
        let protocol = Protocol { rounds: self.rounds, seed: seed() };
        let measured = blocks_statistics::measure(due.len(), protocol, &mut |run| {
            if let Some(line) = progress.line(&run) {
                told(&line);
            }
            let Run { benchmark, side, .. } = run;
            let time = due[benchmark].run(usize::from(side == Side::Now))?;
            Ok::<_, EngineError>(time.map_err(|why| reasons[benchmark] = why).ok())
        })?;
        Ok(measured.into_iter().zip(&reasons).map(|(of, why)| timed(of, why)).collect())
    }
}

/// A benchmark of a side, or of both.
struct Found {
    package: String,
    program: String,
    name: String,
    state: State,
}

/// What is known of a benchmark.
enum State {
    /// All, without measuring.
    Known(TimedRounds),
    /// It is to be measured.
    Due(Benchmark),
}

fn no_times(why: &str) -> TimedRounds {
    TimedRounds::Broken(why.to_owned())
}

fn timed(Measured { first, again, is_broken }: Measured, why: &str) -> TimedRounds {
    if is_broken {
        return no_times(if why.is_empty() { "a time was not above zero" } else { why });
    }
    let all = |rounds: &[Round]| rounds.iter().map(timed_round).collect();
    TimedRounds::Of { first: all(&first), again: all(&again) }
}

fn timed_round(round: &Round) -> TimedRound {
    let Round { order, before, now } = *round;
    TimedRound { now_first: order == Order::NowFirst, before, now }
}

/// Another one each time: nothing that a machine does regularly can keep step with the coin.
fn seed() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::from(now.subsec_nanos()) ^ now.as_secs()
}

fn copy(from: &Path, to: &Path) -> Result<(), EngineError> {
    let folder = to.parent().unwrap_or(to);
    fs::create_dir_all(folder).map_err(EngineError::file("make", folder))?;
    fs::copy(from, to).map(drop).map_err(EngineError::file("copy", from))
}
