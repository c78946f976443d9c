//! Progress: moving lines in a terminal, plain lines elsewhere.

use std::{
    collections::BTreeMap,
    io::{self, IsTerminal as _},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use blocks_engine::Event;
use blocks_evidence::printable;
use blocks_records::Ended;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::output::tell;

/// How often a moving line is drawn.
const TICK: Duration = Duration::from_millis(120);

/// Shows the events of an engine.
pub(crate) enum Display {
    /// Moving lines, one a running stage.
    Terminal { all: MultiProgress, bars: Mutex<BTreeMap<String, ProgressBar>> },
    /// One line an event, for logs.
    Plain,
}

impl Display {
    /// For standard error as it is.
    pub(crate) fn new() -> Self {
        if io::stderr().is_terminal() {
            Self::Terminal { all: MultiProgress::new(), bars: Mutex::default() }
        } else {
            Self::Plain
        }
    }

    /// Shows an event.
    pub(crate) fn show(&self, event: Event) {
        match self {
            Self::Plain => {
                if let Some(line) = plain(&event) {
                    tell(&line);
                }
            }
            Self::Terminal { all, bars } => {
                let mut bars = bars.lock().unwrap_or_else(PoisonError::into_inner);
                moving(all, &mut bars, event);
            }
        }
    }

    /// Takes moving lines away.
    pub(crate) fn clear(&self) {
        if let Self::Terminal { all, .. } = self {
            let _ = all.clear();
        }
    }
}

fn moving(all: &MultiProgress, bars: &mut BTreeMap<String, ProgressBar>, event: Event) {
    match event {
        Event::Started { stage } => {
            bars.insert(stage.clone(), bar(all, &stage));
        }
        Event::Line { stage, text } => {
            let bar = bars.entry(stage.clone()).or_insert_with(|| bar(all, &stage));
            bar.set_message(printable(text.trim()));
        }
        Event::Setup(ref text) => {
            let bar = bars.entry(SETUP.to_owned()).or_insert_with(|| bar(all, SETUP));
            bar.set_message(printable(text));
        }
        Event::Finished { ref stage, .. } => {
            for gone in [stage.as_str(), SETUP] {
                if let Some(bar) = bars.remove(gone) {
                    bar.finish_and_clear();
                }
            }
            let _ = all.println(plain(&event).unwrap_or_default());
        }
        Event::Retry { .. } | Event::Told(_) => {
            let _ = all.println(plain(&event).unwrap_or_default());
        }
    }
}

/// What the line of everything but stages is called.
const SETUP: &str = "set-up";

fn bar(all: &MultiProgress, name: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {prefix:<9} {elapsed:>4}  {wide_msg}");
    let bar = all.add(ProgressBar::new_spinner());
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.set_prefix(name.to_owned());
    bar.enable_steady_tick(TICK);
    bar
}

/// An event as a line; tools' own lines are in the log, and not repeated.
fn plain(event: &Event) -> Option<String> {
    Some(match event {
        Event::Setup(text) => format!("  {SETUP:<9} {}", printable(text)),
        Event::Told(text) => format!("  {}", printable(text)),
        Event::Started { stage } => format!("  {stage:<9} started"),
        Event::Line { .. } => return None,
        Event::Retry { stage, reason } => {
            format!("  {stage:<9} no answer, trying again: {}", printable(reason))
        }
        Event::Finished { stage, cached: true, .. } => {
            format!("  {stage:<9} unchanged, its record is kept")
        }
        Event::Finished { stage, ended, seconds, .. } => {
            format!("  {stage:<9} {} after {seconds:.1} s", word(*ended))
        }
    })
}

fn word(ended: Ended) -> &'static str {
    match ended {
        Ended::Answered => "done",
        Ended::NotApplicable => "does not apply",
        Ended::TimedOut => "timed out",
        Ended::Killed => "was killed",
        Ended::ToolMissing => "has no tool",
        Ended::ToolFailed => "came to no answer",
        Ended::Interrupted => "was interrupted",
    }
}

#[cfg(test)]
mod tests {
    use indicatif::ProgressDrawTarget;

    use super::*;

    #[test]
    fn a_tools_text_cannot_steer_the_terminal() {
        let event = Event::Setup("a\u{1b}[2Jb".to_owned());
        assert!(!plain(&event).expect("a line").contains('\u{1b}'));
    }

    fn finished(stage: &str) -> Event {
        Event::Finished {
            stage: stage.to_owned(),
            ended: Ended::Answered,
            seconds: 1.25,
            cached: false,
        }
    }

    #[test]
    fn a_terminal_has_a_moving_line_for_each_running_stage() {
        let all = MultiProgress::with_draw_target(ProgressDrawTarget::hidden());
        let display = Display::Terminal { all, bars: Mutex::default() };
        let Display::Terminal { bars, .. } = &display else { unreachable!("made above") };
        let lines = || {
            let bars = bars.lock().expect("bars");
            bars.iter().map(|(name, bar)| format!("{name}: {}", bar.message())).collect::<Vec<_>>()
        };
        let stage = |name: &str| name.to_owned();
        display.show(Event::Setup("evaluating".to_owned()));
        display.show(Event::Started { stage: stage("fmt") });
        display.show(Event::Line { stage: stage("test"), text: " a\u{1b}[2Jb\n".to_owned() });
        assert_eq!(lines(), ["fmt: ", "set-up: evaluating", "test: ab"]);
        display.show(Event::Retry { stage: stage("test"), reason: "slow".to_owned() });
        display.show(finished("fmt"));
        assert_eq!(lines(), ["test: ab"], "the set-up is over when a stage is");
        display.show(finished("test"));
        assert!(lines().is_empty());
        display.clear();
    }

    #[test]
    fn each_way_to_end_has_a_word_of_its_own() {
        let all = [
            Ended::Answered,
            Ended::NotApplicable,
            Ended::TimedOut,
            Ended::Killed,
            Ended::ToolMissing,
            Ended::ToolFailed,
            Ended::Interrupted,
        ];
        let words: std::collections::BTreeSet<_> = all.into_iter().map(word).collect();
        assert_eq!(words.len(), all.len());
    }

    #[test]
    fn each_event_but_a_tools_line_is_a_line_of_the_log() {
        let stage = || "fmt".to_owned();
        let finished =
            |ended, cached| Event::Finished { stage: stage(), ended, seconds: 1.25, cached };
        let lines: Vec<_> = [
            Event::Started { stage: stage() },
            Event::Line { stage: stage(), text: "x".to_owned() },
            Event::Told("error: \u{1b}[31mno disk".to_owned()),
            Event::Retry { stage: stage(), reason: "slow".to_owned() },
            finished(Ended::Answered, false),
            finished(Ended::Answered, true),
            finished(Ended::TimedOut, false),
        ]
        .iter()
        .map(|event| plain(event).unwrap_or_default())
        .collect();
        assert_eq!(
            lines,
            [
                "  fmt       started",
                "",
                "  error: no disk",
                "  fmt       no answer, trying again: slow",
                "  fmt       done after 1.2 s",
                "  fmt       unchanged, its record is kept",
                "  fmt       timed out after 1.2 s",
            ]
        );
    }
}
