use blocks_gates::{Outcome, Verdict, overall};

use crate::number::counted;
use crate::outcome::{is_open, sign, word};
use crate::terminal::{Style, command, line, painted};

/// What there is to say of a run beside its verdicts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Closing<'a> {
    /// How long it took, in seconds of a clock.
    pub seconds: f64,
    /// The records that were made in it.
    pub made: usize,
    /// The records that were there before, and still hold.
    pub kept: usize,
    /// The page of its report, where one was written.
    pub report: Option<&'a str>,
    /// The command that shows a stage of the run, but for the stage's name; none where no command has its records.
    pub show: Option<&'a str>,
}

/// The last lines of a run: what all comes to, how long it took, what was kept; where the report is, and how to see more of what is
/// not green.
///
/// ```text
/// ✗ fail in 12.3 s: 1 of 13 stages fails, 2 have no verdict; 4 records made, 9 kept
/// report: target/blocks/report/report.html
/// more: cargo blocks show test
/// ```
pub fn closing_text(verdicts: &[Verdict], closing: &Closing<'_>, color: bool) -> String {
    let all = overall(verdicts);
    let outcome = painted(&format!("{} {}", sign(all), word(all)), Style::of(all), color);
    let Closing { seconds, made, kept, report, show } = *closing;
    let head =
        format!("{outcome} in {seconds:.1} s: {}; {}", stages(verdicts), records(made, kept));
    let report = report.map(|report| format!("report: {}", line(report)));
    // What failed says more than what is not known.
    let mut open: Vec<_> = verdicts.iter().filter(|it| is_open(it)).collect();
    open.sort_by_key(|it| it.outcome != Outcome::Fail);
    let more = open.first().zip(show);
    let more =
        more.map(|(first, show)| format!("more: {} {}", command(show), command(&first.stage)));
    let lines: Vec<_> = [Some(head), report, more].into_iter().flatten().collect();
    lines.join("\n") + "\n"
}

/// `2 of 13 stages fail, 1 has no verdict`
fn stages(verdicts: &[Verdict]) -> String {
    let count = |outcome: Outcome| verdicts.iter().filter(|it| it.outcome == outcome).count();
    let all = verdicts.len();
    let of = |count: usize, one: &str, several: &str| {
        (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { several }))
    };
    let failed = match count(Outcome::Fail) {
        0 => None,
        1 => Some(format!("1 of {} fails", counted(all, "stage", "stages"))),
        more => Some(format!("{more} of {all} stages fail")),
    };
    let unknown = of(count(Outcome::NoVerdict), "has no verdict", "have no verdict");
    let idle = of(count(Outcome::NotApplicable), "does not apply", "do not apply");
    let passed =
        failed.is_none().then(|| of(count(Outcome::Pass), "stage passes", "stages pass")).flatten();
    let parts: Vec<_> = [failed, passed, unknown, idle].into_iter().flatten().collect();
    if parts.is_empty() { "nothing was asked".to_owned() } else { parts.join(", ") }
}

/// `4 records made, 9 kept`
fn records(made: usize, kept: usize) -> String {
    match (made, kept) {
        (0, 0) => "no records".to_owned(),
        (0, kept) => format!("{} kept", counted(kept, "record", "records")),
        (made, 0) => format!("{} made", counted(made, "record", "records")),
        (made, kept) => format!("{} made, {kept} kept", counted(made, "record", "records")),
    }
}
