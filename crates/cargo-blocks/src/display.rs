//! Progress: moving lines in a terminal, plain lines elsewhere.

mod board;
mod terminal;
mod words;

use std::{
    io::{self, IsTerminal as _},
    sync::{Mutex, MutexGuard, PoisonError},
};

use blocks_engine::Event;

use crate::output::tell;
use board::Board;
use terminal::Terminal;

/// Shows the events of an engine.
pub(crate) struct Display {
    shown: Mutex<Shown>,
}

struct Shown {
    board: Board,
    /// Moving lines; without them each event is a line or none, for logs.
    terminal: Option<Terminal>,
}

impl Display {
    /// For standard error as it is.
    pub(crate) fn new() -> Self {
        let terminal = io::stderr().is_terminal().then(Terminal::default);
        Self { shown: Mutex::new(Shown { board: Board::default(), terminal }) }
    }

    /// Shows an event.
    pub(crate) fn show(&self, event: &Event) {
        let mut shown = self.shown();
        let Shown { board, terminal } = &mut *shown;
        let tally = board.note(event);
        match terminal {
            Some(terminal) => terminal.show(event, tally),
            None => words::plain(event, tally).iter().for_each(|line| tell(line)),
        }
    }

    /// Takes moving lines away.
    pub(crate) fn clear(&self) {
        if let Some(terminal) = &self.shown().terminal {
            terminal.clear();
        }
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
