//! A workspace with a flake, and a few lines of shell that stand for `nix`.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use crate::bench::{Bench, row};
use blocks_engine::{
    EngineError, Event, Origin,
    nix::{Farm, Nix, Side, UnitSources},
};
use blocks_records::{Ended, Record, Toolchain, UNIT_WORKSPACE, folder};
use serde_json::{Value, json};

/// Notes its arguments, and leaves the rest to a script a verb.
const PROGRAM: &str = "#!/bin/sh\necho \"$@\" >> calls\n\
    case \" $* \" in\n*' eval '*) . ./eval ;;\n*' build '*) . ./build ;;\nesac\n";

/// Gives the attempt of a stage, where the input is overridden.
const ATTEMPT: &str = r#"words=$*
attempt() {
  case "$words" in *--override-input*)
    sed -n "s/.*\"$1\":\"\([0-9]*\)\".*/\1/p" target/blocks/attempts/attempts.json ;;
  esac
}
"#;

/// The stages that the flake has records of.
const STAGES: [&str; 2] = ["fmt", "docs"];

pub struct Desk {
    pub bench: Bench,
    pub program: PathBuf,
}

pub fn executable(path: &Path, text: &str) {
    fs::write(path, text).expect("written");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("made executable");
}

impl Desk {
    /// A workspace whose flake has records of the whole workspace.
    pub fn new() -> Self {
        Self::of(&[(UNIT_WORKSPACE, "nix-one")])
    }

    /// A workspace whose flake has records of these units, each with its sources.
    pub fn of(units: &[(&str, &str)]) -> Self {
        let bench = Bench::new(&STAGES.map(|stage| row(stage, "", "")));
        let program = bench.path("fake-nix");
        executable(&program, PROGRAM);
        let desk = Self { bench, program };
        desk.answer(units);
        desk.build("true");
        desk
    }

    /// Lets the flake have records of these units. An attempt is a part of a record's path.
    pub fn answer(&self, units: &[(&str, &str)]) {
        let records = self.records(units, |stage| format!("$(attempt {stage})"));
        self.eval(&format!("{ATTEMPT}cat <<END\n{records}\nEND"));
    }

    /// What the flake's records are, with the attempt of each stage.
    pub fn records(&self, units: &[(&str, &str)], attempt: impl Fn(&str) -> String) -> Value {
        let of_stage = |stage: &str| {
            let of = |&(unit, sources): &(&str, &str)| {
                let path = self.path(stage, unit, sources, &attempt(stage));
                (unit.to_owned(), json!({"path": path, "sources": sources}))
            };
            units.iter().map(of).collect::<serde_json::Map<_, _>>()
        };
        json!({"fmt": of_stage("fmt"), "docs": of_stage("docs")})
    }

    pub fn eval(&self, script: &str) {
        fs::write(self.bench.path("eval"), script).expect("written");
    }

    pub fn build(&self, script: &str) {
        fs::write(self.bench.path("build"), script).expect("written");
    }

    /// Where a record is in the store.
    pub fn path(&self, stage: &str, unit: &str, sources: &str, attempt: &str) -> PathBuf {
        let hash = sources.replace('-', "");
        self.bench.path("store").join(format!("{hash}{attempt}-record-{stage}-{unit}"))
    }

    /// Where a record is that nobody asked again.
    pub fn store(&self, stage: &str, unit: &str, sources: &str) -> PathBuf {
        self.path(stage, unit, sources, "")
    }

    /// Shell that puts records of both stages into the store.
    pub fn makes(&self, units: &[(&str, &str)]) -> String {
        let of = |stage: &str| units.iter().map(|it| self.make(stage, *it)).collect::<String>();
        STAGES.map(of).concat()
    }

    /// Shell that puts a record into the store.
    pub fn make(&self, stage: &str, (unit, sources): (&str, &str)) -> String {
        let text = serde_json::to_string(&record(stage, unit, sources)).expect("JSON");
        let store = self.store(stage, unit, sources);
        let store = store.display();
        format!("mkdir -p {store}; cat > {store}/record.json <<'END'\n{text}\nEND\n")
    }

    /// Runs all stages; `again` names those that are asked again.
    pub fn run(&self, again: &[&str]) -> Result<UnitSources, EngineError> {
        let again: Vec<String> = again.iter().map(|&stage| stage.to_owned()).collect();
        let push = |event| self.bench.events.lock().expect("events").push(event);
        self.nix(&again).run(&self.bench.stages(), &self.bench.cancel, &push)
    }

    pub fn nix<'a>(&'a self, again: &'a [String]) -> Nix<'a> {
        Nix {
            baseline: None,
            database: None,
            farm: Farm::default(),
            side: Side::Now,
            workspace: &self.bench.workspace,
            table: &self.bench.table,
            program: self.program.clone(),
            again,
            records: self.bench.workspace.records(),
        }
    }

    pub fn events(&self) -> Vec<Event> {
        std::mem::take(&mut *self.bench.events.lock().expect("events"))
    }

    /// The command lines since the last call.
    pub fn calls(&self) -> Vec<String> {
        let path = self.bench.path("calls");
        let text = fs::read_to_string(&path).unwrap_or_default();
        let _ = fs::remove_file(path);
        text.lines().map(str::to_owned).collect()
    }

    pub fn place(&self, stage: &str, unit: &str) -> PathBuf {
        folder(&self.bench.workspace.records(), stage, unit)
    }

    pub fn links_to(&self, stage: &str, unit: &str) -> Option<PathBuf> {
        fs::read_link(self.place(stage, unit)).ok()
    }
}

fn record(stage: &str, unit: &str, sources: &str) -> Record {
    Record {
        schema: 1,
        stage: stage.to_owned(),
        unit: unit.to_owned(),
        members: Vec::new(),
        sources: sources.to_owned(),
        key: String::new(),
        attempt: String::new(),
        machine: String::new(),
        toolchain: Toolchain::default(),
        root: "/build".to_owned(),
        ended: Ended::Answered,
        reason: String::new(),
        exit: Some(0),
        steps: Vec::new(),
        retries: Vec::new(),
        evidence: Vec::new(),
        log_bytes_cut: 0,
    }
}

/// What a run over these units gives.
pub fn sources(units: &[(&str, &str)]) -> UnitSources {
    let of = |&(unit, sources): &(&str, &str)| (unit.to_owned(), sources.to_owned());
    STAGES.iter().map(|&stage| (stage.to_owned(), units.iter().map(of).collect())).collect()
}

pub fn planned(stage: &str, units: usize) -> Event {
    Event::Planned { stage: stage.to_owned(), units }
}

pub fn finished(stage: &str, unit: &str, ended: Ended, origin: Origin) -> Event {
    let (stage, unit) = (stage.to_owned(), unit.to_owned());
    Event::Finished { stage, unit, ended, seconds: 0.0, origin }
}

/// What goes on besides stages.
pub fn aside(text: &str) -> Event {
    let (stage, unit) = ("set-up".to_owned(), UNIT_WORKSPACE.to_owned());
    Event::Line { stage, unit, text: text.to_owned() }
}
