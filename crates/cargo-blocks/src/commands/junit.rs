use anyhow::Result;
use blocks_views::Junit;
use serde_json::json;

use crate::{
    cli::{PlaceArgs, ViewArgs},
    context::Reading,
    exit::{PASS, Usage},
    output::say,
    views,
};

/// Writes one report of all tests that the records hold, red ones too.
pub(crate) fn run(place: &PlaceArgs, args: &ViewArgs) -> Result<u8> {
    let reading = Reading::new(place, &args.records)?;
    let stages = reading.stages(&[])?;
    let own = reading.workspace.as_ref().map(|workspace| workspace.blocks().join("junit"));
    let Some(folder) = args.out.clone().or(own) else {
        let why = "say with --out where the report goes: there is no workspace";
        return Err(Usage(why.to_owned()).into());
    };
    let (file, report) = views::junit_into(&folder, &stages, reading.given())?;
    let Junit { tests, failures, errors, skipped, .. } = report;
    if args.json {
        let of = json!({
            "file": file, "tests": tests, "failures": failures, "errors": errors, "skipped": skipped,
        });
        say(&format!("{of:#}\n"))?;
    } else {
        let of = format!("{tests} tests, {failures} failures, {errors} errors, {skipped} skipped");
        say(&format!("{}: {of}\n", file.display()))?;
    }
    Ok(PASS)
}
