use blocks_records::{Ended, UNIT_WORKSPACE};

/// What lines that are of no stage are called.
pub(crate) const SETUP: &str = "set-up";

/// What an engine is doing, for whoever shows progress.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Something that is not a stage: setting up, fetching crates, installing a tool.
    Setup(String),
    /// Something that the user should read, also after the run.
    Told(String),
    /// How many units a stage has a record of. A stage of which nothing is said has one.
    Planned {
        /// The stage.
        stage: String,
        /// The number of its units.
        units: usize,
    },
    /// A stage began with a unit.
    Started {
        /// The stage.
        stage: String,
        /// What it runs over: a member, a group of members, or the workspace.
        unit: String,
    },
    /// A tool of a stage printed a line. It is the tool's text: show it neutralised.
    Line {
        /// The stage.
        stage: String,
        /// What it runs over.
        unit: String,
        /// The line.
        text: String,
    },
    /// A try of a stage came to no answer, and the next one begins.
    Retry {
        /// The stage.
        stage: String,
        /// What it runs over.
        unit: String,
        /// Why.
        reason: String,
    },
    /// A stage is done with a unit: its record is there, or will not be.
    Finished {
        /// The stage.
        stage: String,
        /// What it ran over.
        unit: String,
        /// How it ended.
        ended: Ended,
        /// Its wall time, in seconds.
        seconds: f64,
        /// Where its record comes from.
        origin: Origin,
    },
}

impl Event {
    /// What goes on below the last [`Event::Setup`]: for a moving line, and no line of a log.
    pub(crate) fn aside(text: String) -> Self {
        Self::Line { stage: SETUP.to_owned(), unit: UNIT_WORKSPACE.to_owned(), text }
    }
}

/// Where a record comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The run made it, or tried to.
    Made,
    /// It was here already, for the same sources, row and toolchain.
    Kept,
    /// A cache had it, for the same of these; who made it is not known here.
    Fetched,
}

/// Takes events; called from several threads.
pub type Sink<'a> = &'a (dyn Fn(Event) + Sync);
