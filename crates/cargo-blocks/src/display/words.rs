//! What is said of events, in whole lines.

use blocks_engine::{Event, Origin};
use blocks_evidence::printable;
use blocks_records::{Ended, UNIT_WORKSPACE};
use blocks_stages::Table;

use super::board::Tally;

/// What the line of everything but stages is called.
pub(super) const SETUP: &str = "set-up";

/// What is said of a record that was here.
const KEPT: &str = "unchanged, its record is kept";

/// What is said of a record that a cache had.
const FETCHED: &str = "unchanged, its record is from a cache";

/// An event as lines of a log; tools' own lines are in the records, and not repeated.
///
/// A stage over the workspace has a line for its beginning and one for its end. One over members has
/// a line for each record that was made, and at its end one for all those that were kept: with
/// hundreds of members, nobody would read more.
pub(super) fn plain(event: &Event, tally: Tally) -> Vec<String> {
    match event {
        Event::Started { stage, unit } if is_whole(unit) => vec![line(stage, "started")],
        Event::Finished { stage, unit, origin, .. } if !is_whole(unit) => {
            let own = (*origin == Origin::Made).then(|| one(event)).flatten();
            let kept = tally.is_over().then(|| kept(stage, tally)).flatten();
            own.into_iter().chain(kept).collect()
        }
        _ => one(event).into_iter().collect(),
    }
}

/// What is printed beside the moving lines. Of a stage over members that is its end, and units that
/// came to no answer, of which its end does not tell.
pub(super) fn beside(event: &Event, tally: Tally) -> Vec<String> {
    match event {
        Event::Started { .. } | Event::Setup(_) => Vec::new(),
        Event::Finished { stage, unit, ended, .. } if !is_whole(unit) => {
            let answered = matches!(ended, Ended::Answered | Ended::NotApplicable);
            let own = (!answered).then(|| one(event)).flatten();
            let all = tally.is_over().then(|| sum(stage, tally));
            own.into_iter().chain(all).collect()
        }
        _ => one(event).into_iter().collect(),
    }
}

/// What a moving line says of a stage beside its name.
pub(super) fn moving(unit: &str, text: &str, tally: Tally) -> String {
    let text = printable(text.trim());
    if is_whole(unit) {
        return text;
    }
    format!("{}/{}  {} {text}", tally.finished, tally.units, printable(unit)).trim_end().to_owned()
}

fn is_whole(unit: &str) -> bool {
    unit == UNIT_WORKSPACE
}

/// An event as a line, for itself.
fn one(event: &Event) -> Option<String> {
    Some(match event {
        Event::Setup(text) => line(SETUP, &printable(text)),
        Event::Told(text) => format!("  {}", printable(text)),
        Event::Planned { .. } | Event::Line { .. } | Event::Started { .. } => return None,
        Event::Retry { stage, unit, reason } => {
            of_unit(stage, unit, &format!("no answer, trying again: {}", printable(reason)))
        }
        Event::Finished { stage, unit, origin: Origin::Kept, .. } => of_unit(stage, unit, KEPT),
        Event::Finished { stage, unit, origin: Origin::Fetched, .. } => {
            of_unit(stage, unit, FETCHED)
        }
        Event::Finished { stage, unit, ended, seconds, .. } => {
            of_unit(stage, unit, &format!("{} after {seconds:.1} s", word(*ended)))
        }
    })
}

/// `  test      …`
fn line(stage: &str, text: &str) -> String {
    format!("  {stage:<width$} {text}", width = Table::in_use().id_width())
}

/// `  test/m005  …`, and `  test      …` of the workspace.
fn of_unit(stage: &str, unit: &str, text: &str) -> String {
    if is_whole(unit) {
        return line(stage, text);
    }
    of_members(&format!("{stage}/{}", printable(unit)), text)
}

/// As wide as names of stages with those of members, most of which are longer than `workspace`.
fn of_members(name: &str, text: &str) -> String {
    format!("  {name:<width$} {text}", width = Table::in_use().id_width() + 1)
}

/// Of a stage over members, those whose records were kept.
fn kept(stage: &str, tally: Tally) -> Option<String> {
    let Tally { units, kept, fetched, .. } = tally;
    let records = match fetched {
        0 => "their records are kept".to_owned(),
        _ if fetched == kept => "their records are from a cache".to_owned(),
        1 => "1 of their records is from a cache".to_owned(),
        _ => format!("{fetched} of their records are from a cache"),
    };
    let text = match kept {
        0 => return None,
        1 if units == 1 => if fetched == 0 { KEPT } else { FETCHED }.to_owned(),
        _ if kept == units => format!("all {units} unchanged, {records}"),
        _ => format!("{kept} of {units} unchanged, {records}"),
    };
    Some(of_members(stage, &text))
}

/// Of a stage over members, all of them.
fn sum(stage: &str, tally: Tally) -> String {
    let Tally { units, kept, fetched, .. } = tally;
    let records = if units == 1 { "1 record".to_owned() } else { format!("{units} records") };
    let unchanged = match kept {
        0 => String::new(),
        _ if kept == units => ", unchanged".to_owned(),
        _ => format!(", {kept} unchanged"),
    };
    let from = match fetched {
        0 => String::new(),
        _ if fetched == kept => " and from a cache".to_owned(),
        _ => format!(" ({fetched} from a cache)"),
    };
    let after = tally.elapsed().map(|time| format!(", after {:.1} s", time.as_secs_f64()));
    let after = after.unwrap_or_default();
    line(stage, &format!("{records}{unchanged}{from}{after}"))
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
    use super::*;
    use crate::display::board::Board;

    fn finished(unit: &str, ended: Ended, origin: Origin) -> Event {
        let (stage, unit) = ("test".to_owned(), unit.to_owned());
        Event::Finished { stage, unit, ended, seconds: 1.25, origin }
    }

    fn planned(units: usize) -> Event {
        Event::Planned { stage: "test".to_owned(), units }
    }

    fn started(unit: &str) -> Event {
        Event::Started { stage: "test".to_owned(), unit: unit.to_owned() }
    }

    /// What is said of events, one after the other.
    fn said(words: fn(&Event, Tally) -> Vec<String>, events: &[Event]) -> Vec<String> {
        let mut board = Board::default();
        let lines = events.iter().flat_map(|event| words(event, board.note(event)));
        // How wide names are is the table's.
        lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn what_is_said_of_stages_begins_in_one_column() {
        let at = |stage: &str| line(stage, "said").find("said");
        let ids: Vec<_> = Table::in_use().stage_ids().collect();
        assert!(ids.iter().all(|id| at(id) == at(SETUP)), "{ids:?}");
    }

    #[test]
    fn a_tools_text_cannot_steer_the_terminal() {
        for event in [
            Event::Setup("a\u{1b}[2Jb".to_owned()),
            Event::Told("a\u{1b}[2Jb".to_owned()),
            finished("a\u{1b}[2Jb", Ended::Killed, Origin::Made),
        ] {
            for words in [plain, beside] {
                let lines = said(words, std::slice::from_ref(&event)).concat();
                assert!(!lines.contains('\u{1b}'), "{lines:?}");
            }
        }
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
        let (stage, unit) = (|| "test".to_owned(), || UNIT_WORKSPACE.to_owned());
        let lines = said(
            plain,
            &[
                planned(1),
                started(UNIT_WORKSPACE),
                Event::Line { stage: stage(), unit: unit(), text: "x".to_owned() },
                Event::Told("error: \u{1b}[31mno disk".to_owned()),
                Event::Retry { stage: stage(), unit: unit(), reason: "slow".to_owned() },
                finished(UNIT_WORKSPACE, Ended::Answered, Origin::Made),
                finished(UNIT_WORKSPACE, Ended::Answered, Origin::Kept),
                finished(UNIT_WORKSPACE, Ended::TimedOut, Origin::Made),
            ],
        );
        assert_eq!(
            lines,
            [
                "test started",
                "error: no disk",
                "test no answer, trying again: slow",
                "test done after 1.2 s",
                "test unchanged, its record is kept",
                "test timed out after 1.2 s",
            ]
        );
    }

    #[test]
    fn a_log_has_the_members_that_were_made_and_the_number_of_the_others() {
        let kept = finished("a", Ended::Answered, Origin::Kept);
        let made = |unit| finished(unit, Ended::Answered, Origin::Made);
        let lines =
            said(plain, &[planned(3), kept.clone(), started("m005"), made("m005"), kept.clone()]);
        assert_eq!(
            lines,
            ["test/m005 done after 1.2 s", "test 2 of 3 unchanged, their records are kept",]
        );
        let all = |units: usize| {
            said(plain, &[&[planned(units)][..], &vec![kept.clone(); units]].concat())
        };
        assert_eq!(all(2), ["test all 2 unchanged, their records are kept"]);
        assert_eq!(all(1), ["test unchanged, its record is kept"]);
        assert_eq!(said(plain, &[planned(1), made("m005")]), ["test/m005 done after 1.2 s"]);
    }

    #[test]
    fn a_terminal_keeps_one_line_of_a_stage_over_members() {
        let kept = finished("a", Ended::Answered, Origin::Kept);
        let made = |unit| finished(unit, Ended::Answered, Origin::Made);
        let lines = said(beside, &[planned(3), kept.clone(), started("b"), made("b"), made("c")]);
        assert_eq!(lines, ["test 3 records, 1 unchanged, after 0.0 s"]);
        assert_eq!(said(beside, &[planned(1), kept.clone()]), ["test 1 record, unchanged"]);
        let lines =
            said(beside, &[planned(2), kept, finished("b", Ended::ToolFailed, Origin::Made)]);
        assert_eq!(lines, ["test/b came to no answer after 1.2 s", "test 2 records, 1 unchanged"]);
        let whole = finished(UNIT_WORKSPACE, Ended::Answered, Origin::Made);
        let lines = said(beside, &[started(UNIT_WORKSPACE), whole]);
        assert_eq!(lines, ["test done after 1.2 s"]);
    }

    #[test]
    fn what_a_cache_had_is_told_apart_from_what_was_here() {
        let kept = finished("a", Ended::Answered, Origin::Kept);
        let fetched = finished("b", Ended::Answered, Origin::Fetched);
        let both = [planned(3), kept.clone(), fetched.clone(), fetched.clone()];
        assert_eq!(
            said(plain, &both),
            ["test all 3 unchanged, 2 of their records are from a cache"]
        );
        assert_eq!(said(beside, &both), ["test 3 records, unchanged (2 from a cache)"]);
        let two = [planned(2), kept, fetched.clone()];
        let lines = said(plain, &two);
        assert_eq!(lines, ["test all 2 unchanged, 1 of their records is from a cache"]);
        let all = [planned(2), fetched.clone(), fetched.clone()];
        assert_eq!(said(plain, &all), ["test all 2 unchanged, their records are from a cache"]);
        assert_eq!(said(beside, &all), ["test 2 records, unchanged and from a cache"]);
        let one = [planned(1), fetched];
        assert_eq!(said(plain, &one), ["test unchanged, its record is from a cache"]);
        let whole = finished(UNIT_WORKSPACE, Ended::Answered, Origin::Fetched);
        for words in [plain, beside] {
            let lines = said(words, &[planned(1), whole.clone()]);
            assert_eq!(lines, ["test unchanged, its record is from a cache"]);
        }
    }
}
