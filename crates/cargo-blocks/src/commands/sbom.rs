use anyhow::Result;
use blocks_gates::{RecordedBoms, judge, recorded_boms};
use blocks_stages::Table;
use blocks_views::verdict_text;
use serde_json::json;

use crate::{
    boms::{self, Written},
    cli::{PlaceArgs, ViewArgs},
    context::Reading,
    exit::{NO_VERDICT, PASS, Usage},
    output::{say, tell},
};

/// How many causes are shown where there is no verdict.
const CAUSES: usize = 3;

/// Writes what the record holds of bills of materials, also where the stage is red. Without a record that can be trusted
/// there is nothing to write, and nobody must take that for an answer.
pub(crate) fn run(place: &PlaceArgs, args: &ViewArgs) -> Result<u8> {
    let reading = Reading::new(place, &args.records)?;
    let given = reading.given();
    let own = reading.workspace.as_ref().map(|workspace| workspace.blocks().join("sbom"));
    let (mut found, mut nothing, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    // Who asks for them asks for those of whatever set.
    for stage in &Table::in_use().stages {
        match recorded_boms(stage, given) {
            None => {}
            Some(RecordedBoms::Found(boms)) => found.extend(boms),
            Some(RecordedBoms::NotApplicable(why)) => nothing.push(why),
            Some(RecordedBoms::NoVerdict(_)) => unknown.push(judge(stage, given)),
        }
    }
    let written = match (&args.out, own) {
        (Some(out), _) => boms::write(out, &found)?,
        (None, Some(own)) => boms::replace(&own, &found)?,
        (None, None) => {
            let why = "say with --out where the bills of materials go: there is no workspace";
            return Err(Usage(why.to_owned()).into());
        }
    };
    show(&written, &nothing, args.json)?;
    for verdict in &unknown {
        tell(verdict_text(verdict, CAUSES, false).trim_end());
    }
    Ok(if unknown.is_empty() { PASS } else { NO_VERDICT })
}

fn show(written: &[Written], nothing: &[String], as_json: bool) -> Result<()> {
    if as_json {
        let list: Vec<_> = written
            .iter()
            .map(
                |it| json!({ "file": it.file, "package": it.package, "components": it.components }),
            )
            .collect();
        return say(&format!("{:#}\n", json!(list)));
    }
    for Written { file, components, .. } in written {
        let word = if *components == 1 { "component" } else { "components" };
        say(&format!("{}: {components} {word}\n", file.display()))?;
    }
    for why in nothing {
        say(&format!("no bill of materials: {why}\n"))?;
    }
    Ok(())
}
