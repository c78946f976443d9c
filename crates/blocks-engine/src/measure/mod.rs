//! Measures what benchmarks take, of two programs side by side on this machine.
//!
//! The programs are those of the baseline and of now, built alike. Each run measures one benchmark for a moment, with
//! criterion's own clock and loop; in which order runs are made, and what is measured again, is up to
//! [`blocks_statistics::measure`]. Nothing else of Blocks runs meanwhile.

mod benchmark;
mod programs;
mod progress;

use std::{
    collections::BTreeMap,
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
        let (before, now) = (programs(self.before)?, programs(self.now)?);
        let mut found = Vec::new();
        let all: BTreeMap<_, ()> = before.keys().chain(now.keys()).map(|key| (key, ())).collect();
        for (index, key) in all.into_keys().enumerate() {
            let sides = [before.get(key), now.get(key)];
            found.extend(self.of_program(index, key, sides)?);
        }
        let (mut benchmarks, pairs): (Vec<_>, Vec<_>) = (Vec::new(), found);
        let due: Vec<&Benchmark> = pairs.iter().filter_map(|it| it.1.as_ref().err()).collect();
        let measured = self.measure(&due, told)?;
        let mut measured = measured.into_iter();
        for (name, times) in pairs {
            let times = match times {
                Ok(times) => times,
                Err(_) => measured.next().unwrap_or_else(|| no_times("it was not measured")),
            };
            let (package, program, name) = name;
            benchmarks.push(TimedBenchmark { package, program, name, times });
        }
        Ok(Times { schema: Times::SCHEMA, rounds: self.rounds, benchmarks })
    }

    /// The benchmarks of a program, each with what is known of it without measuring, or with what is to be measured.
    fn of_program(
        &self,
        index: usize,
        (folder, program): &Program,
        [before, now]: [Option<&PathBuf>; 2],
    ) -> Result<Vec<Found>, EngineError> {
        let package = self.workspace.packages.iter().find(|it| it.folder == *folder);
        let package = package.map_or(folder, |it| &it.name).clone();
        let cwd = self.workspace.root.join(folder);
        // Where the baseline's folder is gone, nothing is left to run there.
        let cwd = if cwd.is_dir() { cwd } else { self.workspace.root.clone() };
        let named = |name: String| (package.clone(), program.clone(), name);
        // Of one name and one length for both sides: where a program lies changes where its stack begins.
        let places = ["a", "b"].map(|side| self.work.join(side).join(format!("{index:04}")));
        let mut names = [Vec::new(), Vec::new()];
        for ((place, from), names) in places.iter().zip([before, now]).zip(&mut names) {
            let Some(from) = from else { continue };
            copy(from, place)?;
            match listed(place, &cwd) {
                Ok(found) => *names = found,
                Err(why) => return Ok(vec![(named(program.clone()), Ok(no_times(&why)))]),
            }
        }
        let [before, now] = names;
        let benchmark = |name: &String| Benchmark {
            name: name.clone(),
            programs: places.clone(),
            cwd: cwd.clone(),
            home: self.work.join("results"),
        };
        let of_now = now.iter().map(|name| {
            let is_old = before.contains(name);
            (named(name.clone()), if is_old { Err(benchmark(name)) } else { Ok(TimedRounds::New) })
        });
        let gone = before.iter().filter(|name| !now.contains(name));
        let gone = gone.map(|name| (named(name.clone()), Ok(TimedRounds::Gone)));
        Ok(of_now.chain(gone).collect())
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

/// A benchmark by its package, its program and its name, and what is known of it; an error is what is to be measured.
type Found = ((String, String, String), Result<TimedRounds, Benchmark>);

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
