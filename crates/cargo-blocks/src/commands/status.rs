use anyhow::Result;
use blocks_views::{cost_text, table};

use crate::{
    cli::{PlaceArgs, ViewArgs},
    context::Reading,
    exit::PASS,
    history::Store,
    judge::judge_all,
    output::{colour, say},
    report::About,
    views,
};

/// Writes and shows the status of the records that are there, red ones too.
pub(crate) fn run(place: &PlaceArgs, args: &ViewArgs) -> Result<u8> {
    let reading = Reading::new(place, &args.records)?;
    let stages = reading.stages(&[])?;
    let given = reading.given();
    let verdicts = judge_all(&stages, given);
    let of = |workspace| About::of(&Store { workspace, config: &reading.config });
    let about = reading.workspace.as_ref().map(of).unwrap_or_default();
    let json = views::status(&verdicts, given, &about.before);
    let own = reading.workspace.as_ref().map(|workspace| workspace.blocks().join("status"));
    if let Some(folder) = args.out.clone().or(own) {
        views::status_into(&folder, &json, &verdicts, &about)?;
    }
    if args.json {
        say(&json)?;
    } else {
        let color = colour();
        say(&table(&verdicts, color))?;
        let cost = cost_text(&views::costs(given, &about.before), color);
        if !cost.is_empty() {
            say(&format!("\n{cost}"))?;
        }
    }
    Ok(PASS)
}
