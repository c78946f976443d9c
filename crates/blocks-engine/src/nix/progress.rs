use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

use super::RecordOutput;
use crate::{Event, Sink};

/// The activity of Nix's internal-json log that builds a derivation (`actBuild` of its logger).
const BUILD: u64 = 105;

/// The result that is a line of a build's log (`resBuildLogLine`).
const LOG_LINE: u64 = 101;

/// The level of errors (`lvlError`).
const ERROR: u64 = 0;

/// Makes events of Nix's own log, `--log-format internal-json`.
pub(super) struct Progress<'a> {
    wanted: &'a [&'a RecordOutput],
    running: BTreeMap<u64, String>,
}

#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "camelCase")]
enum Line {
    Start {
        id: u64,
        #[serde(rename = "type")]
        kind: u64,
        #[serde(default)]
        fields: Vec<serde_json::Value>,
    },
    Stop {
        id: u64,
    },
    Result {
        id: u64,
        #[serde(rename = "type")]
        kind: u64,
        #[serde(default)]
        fields: Vec<serde_json::Value>,
    },
    Msg {
        level: u64,
        msg: String,
    },
    #[serde(other)]
    Other,
}

impl<'a> Progress<'a> {
    pub(super) fn new(wanted: &'a [&'a RecordOutput]) -> Self {
        Self { wanted, running: BTreeMap::new() }
    }

    /// Takes a line of the log. Lines that are not of the format are Nix's own words to people,
    /// and mean nothing for progress.
    pub(super) fn take(&mut self, line: &str, sink: Sink<'_>) {
        let Some(json) = line.strip_prefix("@nix ") else { return };
        match serde_json::from_str(json) {
            Ok(Line::Start { id, kind: BUILD, fields }) => {
                let name = derivation(&fields);
                match self.stage_of(&name) {
                    Some(stage) => sink(Event::Started { stage: stage.clone() }),
                    None => sink(Event::Setup(format!("building {name}"))),
                }
                self.running.insert(id, name);
            }
            // Why a record could not be built is in no record: only Nix says it.
            Ok(Line::Msg { level: ERROR, msg }) => {
                msg.lines().for_each(|line| sink(Event::Told(line.to_owned())));
            }
            Ok(Line::Stop { id }) => {
                self.running.remove(&id);
            }
            Ok(Line::Result { id, kind: LOG_LINE, fields }) => {
                let text = fields.first().and_then(|it| it.as_str()).unwrap_or_default();
                if let Some(stage) = self.running.get(&id).and_then(|name| self.stage_of(name)) {
                    sink(Event::Line { stage, text: text.to_owned() });
                }
            }
            _ => {}
        }
    }

    /// The stage whose record a derivation makes: its output's name is the derivation's.
    fn stage_of(&self, name: &str) -> Option<String> {
        let makes = |output: &&&RecordOutput| name_of(&output.path) == name;
        self.wanted.iter().find(makes).map(|output| output.stage.clone())
    }
}

fn derivation(fields: &[serde_json::Value]) -> String {
    let path = fields.first().and_then(|it| it.as_str()).unwrap_or_default();
    let name = name_of(Path::new(path));
    name.strip_suffix(".drv").unwrap_or(&name).to_owned()
}

/// `/nix/store/<hash>-<name>` → `<name>`.
fn name_of(path: &Path) -> String {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    file.split_once('-').map_or(&*file, |(_, name)| name).to_owned()
}
