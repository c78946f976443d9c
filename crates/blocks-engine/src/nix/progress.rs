use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::{
    RecordOutput, finished,
    log::{Activity, Message},
};
use crate::{Event, Origin, Sink};

/// From how many bytes on somebody may want to know how far a copy is.
const LARGE: u64 = 1_000_000;

/// Makes events of Nix's own log.
pub(super) struct Progress<'a> {
    wanted: &'a [&'a RecordOutput],
    /// These by the name of the derivation that makes each: that of its output.
    by_name: BTreeMap<String, &'a RecordOutput>,
    by_path: BTreeMap<&'a Path, &'a RecordOutput>,
    /// What Nix does now, by its number of it.
    running: BTreeMap<u64, Work<'a>>,
    /// How many builds are over, and how many there are to be.
    builds: (u64, u64),
    /// How many paths came from each cache; none so far of one that was only asked.
    caches: BTreeMap<String, usize>,
    /// What other machines build: they tell of it themselves, too, as of a build without a machine.
    elsewhere: BTreeSet<PathBuf>,
    /// How many builds each other machine began.
    machines: BTreeMap<String, usize>,
    /// The records among these.
    fetched: BTreeSet<&'a Path>,
    finished: BTreeSet<&'a Path>,
}

/// What Nix does that somebody wants to see.
enum Work<'a> {
    Builds,
    Build(What<'a>),
    Fetch {
        what: What<'a>,
        path: PathBuf,
        cache: String,
    },
    /// The copy that is a part of fetching something, by the number of that.
    Copy(u64),
}

/// What it does that with.
enum What<'a> {
    Record(&'a RecordOutput),
    /// What records need, by its name: sources of crates, layers, artifacts.
    Beside(String),
}

impl<'a> Progress<'a> {
    pub(super) fn new(wanted: &'a [&'a RecordOutput]) -> Self {
        Self {
            wanted,
            by_name: wanted.iter().map(|output| (name_of(&output.path), *output)).collect(),
            by_path: wanted.iter().map(|output| (&*output.path, *output)).collect(),
            running: BTreeMap::new(),
            builds: (0, 0),
            caches: BTreeMap::new(),
            elsewhere: BTreeSet::new(),
            machines: BTreeMap::new(),
            fetched: BTreeSet::new(),
            finished: BTreeSet::new(),
        }
    }

    /// Takes a line of the log.
    pub(super) fn take(&mut self, line: &str, sink: Sink<'_>) {
        match Message::read(line) {
            Some(Message::Began { id, parent, activity }) => {
                let work = self.begin(parent, activity, sink);
                self.running.insert(id, work);
            }
            Some(Message::Ended { id }) => {
                if let Some(work) = self.running.remove(&id) {
                    self.end(work, sink);
                }
            }
            Some(Message::Line { id, text }) => {
                if let Some(Work::Build(what)) = self.running.get(&id) {
                    sink(what.line(&text));
                }
            }
            Some(Message::Progress { id, done, expected }) => {
                self.advance(id, done, expected, sink);
            }
            // Why a record could not be built is in no record: only Nix says it.
            Some(Message::Error(text)) => {
                text.lines().for_each(|line| sink(Event::Told(line.to_owned())));
            }
            None => {}
        }
    }

    /// Tells what Nix is done with, since it has ended: records that are not there will not be.
    pub(super) fn end_all(&mut self, sink: Sink<'_>) {
        for output in self.wanted {
            self.finish(output, sink);
        }
        for (cache, &paths) in self.caches.iter().filter(|(_, paths)| **paths > 0) {
            let word = if paths == 1 { "path" } else { "paths" };
            sink(Event::Told(format!("{paths} {word} fetched from {cache}")));
        }
        for (machine, &builds) in &self.machines {
            let word = if builds == 1 { "build" } else { "builds" };
            sink(Event::Told(format!("{builds} {word} on {machine}")));
        }
    }

    fn begin(&mut self, parent: u64, activity: Activity, sink: Sink<'_>) -> Work<'a> {
        match activity {
            Activity::Builds => Work::Builds,
            Activity::Build { derivation, machine } => self.begin_build(&derivation, machine, sink),
            Activity::Fetch { path, cache } => self.begin_fetch(path, cache, sink),
            Activity::Copy => Work::Copy(parent),
        }
    }

    fn begin_build(
        &mut self,
        derivation: &Path,
        machine: Option<String>,
        sink: Sink<'_>,
    ) -> Work<'a> {
        let what = self.made_by(derivation);
        if machine.is_none() && self.elsewhere.remove(derivation) {
            return Work::Build(what);
        }
        match &what {
            What::Record(output) => {
                // A cache that had it did not give it.
                self.fetched.remove(&*output.path);
                let (stage, unit) = (output.stage.clone(), output.unit.clone());
                sink(Event::Started { stage, unit });
            }
            What::Beside(name) => {
                let place = machine.as_ref().map(|it| format!(" on {it}")).unwrap_or_default();
                sink(Event::Setup(format!("building {name}{place}")));
            }
        }
        if let Some(machine) = machine {
            sink(what.line(&format!("on {machine}")));
            self.elsewhere.insert(derivation.to_owned());
            *self.machines.entry(machine).or_default() += 1;
        }
        Work::Build(what)
    }

    fn begin_fetch(&mut self, path: PathBuf, cache: String, sink: Sink<'_>) -> Work<'a> {
        // A log has a line for each cache: a first run may fetch hundreds of paths.
        if !self.caches.contains_key(&cache) {
            sink(Event::Setup(format!("fetching from {cache}")));
            self.caches.insert(cache.clone(), 0);
        }
        let what = self.at(&path);
        sink(what.fetching(&cache, ""));
        Work::Fetch { what, path, cache }
    }

    fn end(&mut self, work: Work<'a>, sink: Sink<'_>) {
        let what = match work {
            Work::Builds | Work::Copy(_) => return,
            Work::Build(what) => what,
            Work::Fetch { what, path, cache } => {
                if path.exists() {
                    *self.caches.entry(cache).or_default() += 1;
                    if let What::Record(output) = what {
                        self.fetched.insert(&output.path);
                    }
                }
                what
            }
        };
        match what {
            // Without a record it may still be tried again; when Nix has ended, it is not there.
            What::Record(output) if output.path.exists() => self.finish(output, sink),
            What::Record(_) => {}
            What::Beside(_) => self.tell_rest(sink),
        }
    }

    fn advance(&mut self, id: u64, done: u64, expected: u64, sink: Sink<'_>) {
        match self.running.get(&id) {
            Some(Work::Builds) => self.builds = (done, expected),
            Some(Work::Copy(of)) if expected >= LARGE => {
                if let Some(Work::Fetch { what, cache, .. }) = self.running.get(of) {
                    let far = format!(": {} of {} MB", megabytes(done), megabytes(expected));
                    sink(what.fetching(cache, &far));
                }
            }
            _ => {}
        }
    }

    /// What goes on besides records, since a part of that is over: else its line would stand for as
    /// long as the next record takes.
    fn tell_rest(&self, sink: Sink<'_>) {
        let rest = self.running.values().rev().find_map(|work| match work {
            Work::Build(What::Beside(name)) => Some(format!("building {name}")),
            Work::Fetch { what: What::Beside(name), cache, .. } => {
                Some(format!("fetching {name} from {cache}"))
            }
            _ => None,
        });
        let (done, expected) = self.builds;
        sink(Event::aside(rest.unwrap_or_else(|| format!("{done} of {expected} built"))));
    }

    /// Tells that Nix is done with a record, once.
    fn finish(&mut self, output: &'a RecordOutput, sink: Sink<'_>) {
        if self.finished.insert(&output.path) {
            let is_fetched = self.fetched.contains(&*output.path);
            sink(finished(output, if is_fetched { Origin::Fetched } else { Origin::Made }));
        }
    }

    /// What a derivation makes.
    fn made_by(&self, derivation: &Path) -> What<'a> {
        let name = name_of(derivation);
        let name = name.strip_suffix(".drv").unwrap_or(&name);
        let output = self.by_name.get(name);
        output.map_or_else(|| What::Beside(name.to_owned()), |output| What::Record(output))
    }

    fn at(&self, path: &Path) -> What<'a> {
        let output = self.by_path.get(path);
        output.map_or_else(|| What::Beside(name_of(path)), |output| What::Record(output))
    }
}

impl What<'_> {
    /// A line of its build.
    fn line(&self, text: &str) -> Event {
        match self {
            Self::Record(output) => line_of(output, text.to_owned()),
            Self::Beside(name) => Event::aside(format!("{name}: {}", text.trim_start())),
        }
    }

    /// That it is fetched, and how far that is.
    fn fetching(&self, cache: &str, far: &str) -> Event {
        match self {
            Self::Record(output) => line_of(output, format!("fetching from {cache}{far}")),
            Self::Beside(name) => Event::aside(format!("fetching {name} from {cache}{far}")),
        }
    }
}

fn line_of(output: &RecordOutput, text: String) -> Event {
    Event::Line { stage: output.stage.clone(), unit: output.unit.clone(), text }
}

/// Bytes as megabytes with a decimal.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// `/nix/store/<hash>-<name>` → `<name>`.
fn name_of(path: &Path) -> String {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    file.split_once('-').map_or(&*file, |(_, name)| name).to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Lines that are those of the log, or nearly; `STORE` is where records are.
    fn near() -> impl Strategy<Value = Vec<u8>> {
        let number = || prop_oneof![8 => "[0-9]", 1 => "-?[0-9]{1,25}"];
        let kind = prop::sample::select(vec!["100", "101", "104", "105", "108", "109", "0"]);
        let field = prop_oneof![
            4 => number().boxed(),
            4 => Just("\"/nix/store/q-record-fmt-a.drv\"".to_owned()).boxed(),
            4 => Just("\"STORE/h-record-fmt-a\"".to_owned()).boxed(),
            2 => Just("\"STORE/h-record-fmt-b\"".to_owned()).boxed(),
            1 => Just("[[{}]]".to_owned()).boxed(),
            2 => "\"[^\"\\\\]{0,9}\"".boxed(),
        ];
        let fields = prop::collection::vec(field, 0..4).prop_map(|all| all.join(","));
        let action = prop::sample::select(vec!["start", "start", "stop", "result", "msg", "leap"]);
        (action, number(), kind, number(), fields).prop_map(|(action, id, kind, parent, fields)| {
            format!(
                "@nix {{\"action\":\"{action}\",\"id\":{id},\"type\":{kind},\"parent\":{parent},\
                     \"level\":{parent},\"msg\":\"x\",\"fields\":[{fields}]}}"
            )
            .into_bytes()
        })
    }

    fn any_line() -> impl Strategy<Value = Vec<u8>> {
        let bytes = || prop::collection::vec(any::<u8>(), 0..64);
        let marked = bytes().prop_map(|bytes| [b"@nix ".as_slice(), &bytes].concat());
        prop_oneof![1 => bytes(), 1 => marked, 4 => near()]
    }

    proptest! {
        #[test]
        fn no_log_stops_it_and_each_record_ends_once(
            log in prop::collection::vec(any_line(), 0..96)
        ) {
            let store = tempfile::tempdir().expect("a folder");
            let output = |unit: &str| RecordOutput {
                stage: "fmt".to_owned(),
                unit: unit.to_owned(),
                path: store.path().join(format!("h-record-fmt-{unit}")),
                sources: String::new(),
            };
            let all = [output("a"), output("b")];
            // One that is there when it ends, and one that never is.
            std::fs::create_dir(&all[0].path).expect("made");
            let wanted: Vec<_> = all.iter().collect();
            let events = std::sync::Mutex::new(Vec::new());
            let sink = |event| events.lock().expect("events").push(event);
            let mut progress = Progress::new(&wanted);
            for line in &log {
                let line = String::from_utf8_lossy(line);
                progress.take(&line.replace("STORE", &store.path().display().to_string()), &sink);
            }
            progress.end_all(&sink);
            let events = events.into_inner().expect("events");
            let ends = events.iter().filter(|it| matches!(it, Event::Finished { .. }));
            prop_assert_eq!(ends.count(), wanted.len());
        }
    }
}
