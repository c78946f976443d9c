use anyhow::Result;
use serde_json::json;

use crate::{
    cli::{PlaceArgs, ViewArgs},
    context::Reading,
    exit::{PASS, Usage},
    judge::judge_all,
    output::say,
    views,
};

/// Draws the badges of the records that are there, red ones too.
pub(crate) fn run(place: &PlaceArgs, args: &ViewArgs) -> Result<u8> {
    let reading = Reading::new(place, &args.records)?;
    let stages = reading.stages(&[])?;
    let verdicts = judge_all(&stages, reading.given());
    let written = match (&args.out, &reading.workspace) {
        (Some(out), _) => views::badges_into(out, &verdicts, reading.given())?,
        (None, Some(workspace)) => {
            views::badges_in_place(&workspace.root, &verdicts, reading.given())?
        }
        (None, None) => {
            return Err(Usage(
                "say with --out where the badges go: there is no workspace".to_owned(),
            )
            .into());
        }
    };
    if args.json {
        let list: Vec<_> = written
            .iter()
            .map(|(path, it)| json!({ "file": path, "label": it.badge.label, "message": it.badge.message }))
            .collect();
        say(&format!("{:#}\n", json!(list)))?;
    } else {
        for (path, it) in &written {
            say(&format!("{}: {} {}\n", path.display(), it.badge.label, it.badge.message))?;
        }
    }
    Ok(PASS)
}
