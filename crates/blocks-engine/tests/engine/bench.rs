//! A small workspace, and a table of stages that are a few lines of shell.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
    time::Duration,
};

use blocks_engine::{
    Cancel, Database, EngineError, Event, Origin, OwnFiles, Toolchain, Workspace,
    child_environment, fingerprint,
    host::{Host, Limits},
};
use blocks_records::{Record, UNIT_WORKSPACE, folder};
use blocks_stages::{Stage, Table};
use tempfile::TempDir;

/// A workspace of one package, without git.
pub struct Bench {
    dir: TempDir,
    /// Cargo's, because a sandbox has no home that it could write to.
    _home: TempDir,
    pub workspace: Workspace,
    pub table: Table,
    pub limits: Limits,
    /// The members that runs are over; none for all.
    pub members: Vec<String>,
    pub database: Option<Database>,
    pub events: Mutex<Vec<Event>>,
    pub cancel: Cancel,
}

/// A row that runs `script` in a shell; `extra` adds to the row.
pub fn row(id: &str, script: &str, extra: &str) -> String {
    format!(
        "[[stage]]\nid = '{id}'\ntitle = ''\nwhy = ''\nscope = 'workspace'\nset = 'quick'\n\
         gate = 'none'\nrepeat = 'r'\n{extra}\n\
         [[stage.step]]\nrun = ['sh', '-c', '''{script}''']\nanswers = [0, 1]\ndecides = true\n\
         stdout = 'out'\n[[stage.evidence]]\nfile = 'out'\nkind = 'text'\n"
    )
}

/// The environment, without what these tests may themselves run under: a target folder that somebody chose, and flags for
/// another compiler, as where memory is looked at.
pub fn environment() -> Vec<(OsString, OsString)> {
    const OURS: [&str; 5] =
        ["CARGO_ENCODED_RUSTFLAGS", "CARGO_HOME", "CARGO_TARGET_DIR", "RUSTDOCFLAGS", "RUSTFLAGS"];
    let mut environment = child_environment(std::env::vars_os(), None);
    environment.retain(|(name, _)| !OURS.iter().any(|it| name == it));
    environment
}

impl Bench {
    pub fn new(rows: &[String]) -> Self {
        let dir = TempDir::new().expect("a folder");
        let root = dir.path();
        fs::create_dir(root.join("src")).expect("a folder");
        let manifest = "[package]\nname = \"small\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        fs::write(root.join("Cargo.toml"), manifest).expect("written");
        fs::write(root.join("src/lib.rs"), "//! Small.\n").expect("written");
        let mut environment = environment();
        let home = TempDir::new().expect("a folder");
        environment.push(("CARGO_HOME".into(), home.path().into()));
        let workspace = Workspace::find_in(root, environment).expect("a workspace");
        workspace.lock_file().expect("a lock file");
        let head = "schema = 1\n\
            [[layer]]\nid = 'none'\nabout = ''\nfolder = ''\n\
            [[layer]]\nid = 'build'\nabout = ''\nfolder = 'inner'\n\
            [[tool]]\nid = 'cargo-no-such-tool'\nabout = 'Nothing.'\ninstall = 'cargo'\nversion = '1.0.0'\nminimum = '1.0.0'\n\
            [[fault]]\nended = 'killed'\nbegins = 'FAULT'\nholds = 'memory'\nreason = 'no memory'\n";
        let table = Table::parse(&format!("{head}{}", rows.concat())).expect("a table");
        let limits = Limits { jobs: 2, timeout: Duration::from_mins(1), attempts: 1 };
        Self {
            dir,
            _home: home,
            workspace,
            table,
            limits,
            members: Vec::new(),
            database: None,
            events: Mutex::default(),
            cancel: Cancel::default(),
        }
    }

    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub fn stages(&self) -> Vec<&Stage> {
        self.table.stages.iter().collect()
    }

    /// Runs all stages; `again` names those that are asked again.
    pub fn run(&self, again: &[&str]) -> Result<(), EngineError> {
        let own = OwnFiles { files: vec!["notes".into()], results: None };
        let sources = fingerprint(&self.workspace, &own).expect("sources");
        let toolchain = Toolchain::of(&self.workspace).expect("a toolchain");
        let again: Vec<String> = again.iter().map(|&stage| stage.to_owned()).collect();
        let host = Host {
            workspace: &self.workspace,
            toolchain: &toolchain,
            table: &self.table,
            limits: self.limits,
            sources: &sources,
            members: &self.members,
            again: &again,
            database: self.database.as_ref(),
            settings: &BTreeMap::new(),
            program: PathBuf::new(),
            records: self.workspace.records(),
        };
        host.run(&self.stages(), &self.cancel, &|event| {
            self.events.lock().expect("events").push(event);
        })
    }

    pub fn place(&self, stage: &str) -> PathBuf {
        self.place_of(stage, UNIT_WORKSPACE)
    }

    pub fn place_of(&self, stage: &str, unit: &str) -> PathBuf {
        folder(&self.workspace.records(), stage, unit)
    }

    pub fn record(&self, stage: &str) -> Record {
        Record::load(&self.place(stage)).expect("a record")
    }

    pub fn evidence(&self, stage: &str) -> String {
        let bytes = self.record(stage).read_evidence(&self.place(stage), "out");
        String::from_utf8(bytes.expect("evidence")).expect("text")
    }

    /// The stages whose records were kept, since the last call.
    pub fn kept(&self) -> Vec<String> {
        let events = std::mem::take(&mut *self.events.lock().expect("events"));
        let kept = |event| match event {
            Event::Finished { stage, origin: Origin::Kept, .. } => Some(stage),
            _ => None,
        };
        events.into_iter().filter_map(kept).collect()
    }
}

/// Waits until `done` holds, at most ten seconds.
pub fn until(done: impl Fn() -> bool) -> bool {
    (0..500).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        done()
    })
}
