use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::Deserialize;

use super::{RecordOutput, finished};
use crate::{Event, Sink};

/// The activity of Nix's internal-json log that builds a derivation (`actBuild` of its logger).
const BUILD: u64 = 105;

/// The activity that takes a path from a cache (`actSubstitute`).
const SUBSTITUTE: u64 = 108;

/// The result that is a line of a build's log (`resBuildLogLine`).
const LOG_LINE: u64 = 101;

/// The level of errors (`lvlError`).
const ERROR: u64 = 0;

/// Makes events of Nix's own log, `--log-format internal-json`.
pub(super) struct Progress<'a> {
    /// The records that are built, by the name of the derivation that makes each: that of its output.
    wanted: BTreeMap<String, &'a RecordOutput>,
    running: BTreeMap<u64, &'a RecordOutput>,
    /// Those that are taken from a cache.
    fetched: BTreeMap<u64, &'a RecordOutput>,
    finished: BTreeSet<&'a Path>,
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
    pub(super) fn new(wanted: &[&'a RecordOutput]) -> Self {
        let named = wanted.iter().map(|output| (name_of(&output.path), *output));
        Self {
            wanted: named.collect(),
            running: BTreeMap::new(),
            fetched: BTreeMap::new(),
            finished: BTreeSet::new(),
        }
    }

    /// Takes a line of the log. Lines that are not of the format are Nix's own words to people,
    /// and mean nothing for progress.
    pub(super) fn take(&mut self, line: &str, sink: Sink<'_>) {
        let Some(json) = line.strip_prefix("@nix ") else { return };
        match serde_json::from_str(json) {
            Ok(Line::Start { id, kind: BUILD, fields }) => {
                let name = derivation(&fields);
                let Some(&output) = self.wanted.get(&name) else {
                    return sink(Event::Setup(format!("building {name}")));
                };
                let (stage, unit) = (output.stage.clone(), output.unit.clone());
                sink(Event::Started { stage, unit });
                self.running.insert(id, output);
            }
            Ok(Line::Start { id, kind: SUBSTITUTE, fields }) => {
                let path = Path::new(first(&fields));
                let name = name_of(path);
                match self.wanted.get(&name).filter(|it| it.path == path) {
                    Some(output) => drop(self.fetched.insert(id, output)),
                    None => sink(Event::Setup(format!("from the cache: {name}"))),
                }
            }
            // Why a record could not be built is in no record: only Nix says it.
            Ok(Line::Msg { level: ERROR, msg }) => {
                msg.lines().for_each(|line| sink(Event::Told(line.to_owned())));
            }
            Ok(Line::Stop { id }) => {
                if let Some(output) = self.fetched.remove(&id).filter(|it| it.path.exists()) {
                    self.finish(output, true, sink);
                }
                let Some(output) = self.running.remove(&id) else { return };
                // Without a record it may still be tried again; when Nix has ended, it is not there.
                if output.path.exists() {
                    self.finish(output, false, sink);
                }
            }
            Ok(Line::Result { id, kind: LOG_LINE, fields }) => {
                let text = first(&fields).to_owned();
                if let Some(output) = self.running.get(&id) {
                    let (stage, unit) = (output.stage.clone(), output.unit.clone());
                    sink(Event::Line { stage, unit, text });
                }
            }
            _ => {}
        }
    }

    /// Tells that Nix is done with a record, once, and whether that came out of a cache.
    pub(super) fn finish(&mut self, output: &'a RecordOutput, cached: bool, sink: Sink<'_>) {
        if self.finished.insert(&output.path) {
            sink(finished(output, cached));
        }
    }
}

/// The first field of an activity or a result, where it is a text.
fn first(fields: &[serde_json::Value]) -> &str {
    fields.first().and_then(|it| it.as_str()).unwrap_or_default()
}

fn derivation(fields: &[serde_json::Value]) -> String {
    let name = name_of(Path::new(first(fields)));
    name.strip_suffix(".drv").unwrap_or(&name).to_owned()
}

/// `/nix/store/<hash>-<name>` → `<name>`.
fn name_of(path: &Path) -> String {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    file.split_once('-').map_or(&*file, |(_, name)| name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::Progress;
    use proptest::prelude::*;

    /// What could stand in the log, or nearly.
    fn line() -> impl Strategy<Value = String> {
        let number = prop_oneof![
            Just("105".to_owned()),
            Just("108".to_owned()),
            Just("101".to_owned()),
            "-?[0-9]{1,25}",
            Just("\"x\"".to_owned())
        ];
        let field = prop_oneof![
            Just("[]".to_owned()),
            "\\[\"[^\"\\\\]{0,20}\"\\]",
            Just("[[], {}]".to_owned()),
            Just("null".to_owned())
        ];
        let action = prop::sample::select(vec!["start", "stop", "result", "msg", "other"]);
        let message = (action, number.clone(), number, field).prop_map(|(action, id, kind, fields)| {
            format!("@nix {{\"action\":\"{action}\",\"id\":{id},\"type\":{kind},\"level\":0,\"msg\":\"m\",\"fields\":{fields}}}")
        });
        prop_oneof![
            message,
            any::<String>(),
            any::<String>().prop_map(|text| format!("@nix {text}"))
        ]
    }

    proptest! {
        #[test]
        fn no_log_stops_it(lines in prop::collection::vec(line(), 0..40)) {
            let mut progress = Progress::new(&[]);
            for line in lines {
                progress.take(&line, &|_| {});
            }
            prop_assert!(progress.running.is_empty() && progress.fetched.is_empty());
        }
    }
}
