use anyhow::Result;
use blocks_gates::overall;
use blocks_views::{outcome_word, report_json};

use crate::{
    cli::{PlaceArgs, ReportArgs},
    context::Reading,
    exit::{PASS, Usage},
    history::Store,
    judge::judge_all,
    output::say,
    report::{self, About, Found},
};

/// Writes the report of the records that are there, red ones too.
pub(crate) fn run(place: &PlaceArgs, args: &ReportArgs) -> Result<u8> {
    let reading = Reading::new(place, &args.view.records)?;
    let stages = reading.stages(&[])?;
    let own = reading.workspace.as_ref().map(|workspace| workspace.blocks().join("report"));
    let Some(folder) = args.view.out.clone().or(own) else {
        let why = "say with --out where the report goes: there is no workspace";
        return Err(Usage(why.to_owned()).into());
    };
    let given = reading.given();
    let verdicts = judge_all(&stages, given);
    let about = about(&reading, args);
    let found = Found::of(&stages, &verdicts, given, &about);
    let report = found.report();
    let page = report::into(&folder, &report)?;
    if args.view.json {
        say(&report_json(&report))?;
    } else {
        say(&format!("{}: {}\n", page.display(), outcome_word(overall(&verdicts))))?;
    }
    Ok(PASS)
}

/// What the records do not say: the command line does, or the workspace.
fn about(reading: &Reading, args: &ReportArgs) -> About {
    let of = |workspace| About::of(&Store { workspace, config: &reading.config });
    let mut about = reading.workspace.as_ref().map(of).unwrap_or_default();
    if let Some(name) = &args.name {
        about.name.clone_from(name);
    }
    if let Some(folder) = &args.folder {
        about.folder.clone_from(folder);
    }
    if about.name.is_empty() {
        "workspace".clone_into(&mut about.name);
    }
    // What a list says of records is of whatever commit.
    about.revision = about.revision.filter(|_| args.view.records.expect.is_none());
    about.revision = args.revision.clone().or(about.revision);
    about
}
