//! Moving lines, one a stage that is under way.

use std::{collections::BTreeMap, time::Duration};

use blocks_engine::Event;
use blocks_evidence::printable;
use blocks_stages::Table;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::{
    board::Tally,
    words::{SETUP, beside, moving},
};

/// How often a moving line is drawn.
const TICK: Duration = Duration::from_millis(120);

/// The moving lines of a terminal.
#[derive(Default)]
pub(super) struct Terminal {
    all: MultiProgress,
    bars: BTreeMap<String, ProgressBar>,
}

impl Terminal {
    pub(super) fn show(&mut self, event: &Event, tally: Tally) {
        match event {
            Event::Started { stage, unit } => self.say(stage, moving(unit, "", tally)),
            Event::Line { stage, unit, text } => self.say(stage, moving(unit, text, tally)),
            Event::Setup(text) => self.say(SETUP, printable(text)),
            Event::Finished { stage, unit, .. } => {
                self.end(SETUP);
                if tally.is_over() {
                    self.end(stage);
                } else if self.bars.contains_key(stage) {
                    self.say(stage, moving(unit, "", tally));
                }
            }
            Event::Planned { .. } | Event::Retry { .. } | Event::Told(_) => {}
        }
        for line in beside(event, tally) {
            let _ = self.all.println(line);
        }
    }

    /// Takes all lines away.
    pub(super) fn clear(&self) {
        let _ = self.all.clear();
    }

    fn say(&mut self, name: &str, text: String) {
        let bar = self.bars.entry(name.to_owned()).or_insert_with(|| bar(&self.all, name));
        bar.set_message(text);
    }

    fn end(&mut self, name: &str) {
        if let Some(bar) = self.bars.remove(name) {
            bar.finish_and_clear();
        }
    }
}

fn bar(all: &MultiProgress, name: &str) -> ProgressBar {
    let width = Table::in_use().id_width();
    let template = format!("{{spinner}} {{prefix:<{width}}} {{elapsed:>4}}  {{wide_msg}}");
    let style = ProgressStyle::with_template(&template);
    let bar = all.add(ProgressBar::new_spinner());
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.set_prefix(name.to_owned());
    bar.enable_steady_tick(TICK);
    bar
}

#[cfg(test)]
mod tests {
    use blocks_engine::Origin;
    use blocks_records::{Ended, UNIT_WORKSPACE};
    use indicatif::ProgressDrawTarget;

    use super::*;
    use crate::display::board::Board;

    /// A terminal that nobody sees.
    #[derive(Default)]
    struct Desk {
        board: Board,
        terminal: Terminal,
    }

    impl Desk {
        fn new() -> Self {
            let desk = Self::default();
            desk.terminal.all.set_draw_target(ProgressDrawTarget::hidden());
            desk
        }

        fn show(&mut self, event: &Event) -> Vec<String> {
            let tally = self.board.note(event);
            self.terminal.show(event, tally);
            let line = |(name, bar): (&String, &ProgressBar)| format!("{name}: {}", bar.message());
            self.terminal.bars.iter().map(line).collect()
        }
    }

    fn started(stage: &str, unit: &str) -> Event {
        Event::Started { stage: stage.to_owned(), unit: unit.to_owned() }
    }

    fn line(stage: &str, unit: &str, text: &str) -> Event {
        let text = text.to_owned();
        Event::Line { stage: stage.to_owned(), unit: unit.to_owned(), text }
    }

    fn finished(stage: &str, unit: &str, origin: Origin) -> Event {
        let (stage, unit) = (stage.to_owned(), unit.to_owned());
        Event::Finished { stage, unit, ended: Ended::Answered, seconds: 1.25, origin }
    }

    #[test]
    fn there_is_a_moving_line_for_each_running_stage() {
        let mut desk = Desk::new();
        let whole = UNIT_WORKSPACE;
        desk.show(&Event::Setup("evaluating".to_owned()));
        desk.show(&started("fmt", whole));
        let lines = desk.show(&line("test", whole, " a\u{1b}[2Jb\n"));
        assert_eq!(lines, ["fmt: ", "set-up: evaluating", "test: ab"]);
        let (stage, unit, reason) = ("test".to_owned(), whole.to_owned(), "slow".to_owned());
        desk.show(&Event::Retry { stage, unit, reason });
        let lines = desk.show(&finished("fmt", whole, Origin::Made));
        assert_eq!(lines, ["test: ab"], "the set-up is over when a stage is");
        assert!(desk.show(&finished("test", whole, Origin::Made)).is_empty());
        desk.terminal.clear();
    }

    #[test]
    fn a_stage_over_members_has_one_line_that_counts() {
        let mut desk = Desk::new();
        assert!(desk.show(&Event::Planned { stage: "test".to_owned(), units: 3 }).is_empty());
        assert!(desk.show(&finished("test", "m001", Origin::Kept)).is_empty(), "nothing runs");
        assert_eq!(desk.show(&started("test", "m002")), ["test: 1/3  m002"]);
        assert_eq!(desk.show(&started("test", "m\u{1b}[2J003")), ["test: 1/3  m003"]);
        let lines = desk.show(&line("test", "m003", "   Compiling m003\n"));
        assert_eq!(lines, ["test: 1/3  m003 Compiling m003"]);
        assert_eq!(desk.show(&finished("test", "m003", Origin::Made)), ["test: 2/3  m003"]);
        assert!(desk.show(&finished("test", "m002", Origin::Made)).is_empty());
    }
}
