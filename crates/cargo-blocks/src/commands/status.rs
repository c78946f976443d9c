use anyhow::Result;
use blocks_views::table;

use crate::{
    cli::{PlaceArgs, ViewArgs},
    context::Reading,
    exit::PASS,
    judge::judge_all,
    output::{colour, say},
    views,
};

/// Writes and shows the status of the records that are there, red ones too.
pub(crate) fn run(place: &PlaceArgs, args: &ViewArgs) -> Result<u8> {
    let reading = Reading::new(place, &args.records)?;
    let stages = reading.stages(&[])?;
    let verdicts = judge_all(&stages, reading.given());
    let json = views::status(&verdicts, &reading.records, &reading.expected);
    let own = reading.workspace.map(|workspace| workspace.blocks().join("status"));
    if let Some(folder) = args.out.clone().or(own) {
        views::write_file(&folder.join("status.json"), &json)?;
    }
    if args.json {
        say(&json)?;
    } else {
        say(&table(&verdicts, colour()))?;
    }
    Ok(PASS)
}
