//! How far each stage is.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use blocks_engine::{Event, Origin};

/// The stages that are under way.
#[derive(Default)]
pub(super) struct Board(BTreeMap<String, Tally>);

/// The units of a stage.
#[derive(Clone, Copy)]
pub(super) struct Tally {
    /// How many there are.
    pub(super) units: usize,
    /// How many are done with.
    pub(super) finished: usize,
    /// How many of these have a record that the run did not make.
    pub(super) kept: usize,
    /// How many of these came from a cache.
    pub(super) fetched: usize,
    begun: Option<Instant>,
}

impl Default for Tally {
    /// Of a stage of which nothing is said: it has one unit.
    fn default() -> Self {
        Self { units: 1, finished: 0, kept: 0, fetched: 0, begun: None }
    }
}

impl Tally {
    /// Whether all units are done with.
    pub(super) fn is_over(self) -> bool {
        self.finished >= self.units
    }

    /// How long ago the first unit began, if one did.
    pub(super) fn elapsed(self) -> Option<Duration> {
        self.begun.map(|begun| begun.elapsed())
    }
}

impl Board {
    /// Takes note of an event, and gives how far its stage then is, where it has one.
    pub(super) fn note(&mut self, event: &Event) -> Tally {
        match event {
            Event::Planned { stage, units } => {
                let tally = Tally { units: *units, ..Tally::default() };
                self.0.insert(stage.clone(), tally);
                tally
            }
            Event::Started { stage, .. } => {
                let tally = self.of(stage);
                tally.begun.get_or_insert_with(Instant::now);
                *tally
            }
            Event::Finished { stage, origin, .. } => {
                let tally = self.of(stage);
                tally.finished += 1;
                tally.kept += usize::from(*origin != Origin::Made);
                tally.fetched += usize::from(*origin == Origin::Fetched);
                *tally
            }
            Event::Line { stage, .. } | Event::Retry { stage, .. } => *self.of(stage),
            Event::Setup(_) | Event::Told(_) => Tally::default(),
        }
    }

    fn of(&mut self, stage: &str) -> &mut Tally {
        self.0.entry(stage.to_owned()).or_default()
    }
}
