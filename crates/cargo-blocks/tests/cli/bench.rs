//! A small workspace in a temporary folder, and the program that runs in it.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use blocks_stages::Table;
use serde_json::Value;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_cargo-blocks");

/// Sources that every stage accepts. The long function keeps the share of covered lines above the
/// threshold when an assertion does not hold.
pub const GREEN: &str = r"//! Small.

/// Adds.
///
/// ```
/// assert_eq!(small::add(1, 2), 3);
/// ```
pub fn add(a: u32, b: u32) -> u32 {
    let mut sum = a;
    sum += b;
    sum *= 2;
    sum -= a;
    sum -= b;
    sum *= 3;
    sum /= 3;
    sum += 1;
    sum -= 1;
    sum *= 5;
    sum /= 5;
    sum += 2;
    sum -= 2;
    sum *= 7;
    sum /= 7;
    sum += 3;
    sum -= 3;
    sum
}

#[cfg(test)]
mod tests {
    use super::add;

    #[test]
    fn adds() {
        assert_eq!(add(1, 2), 3);
    }
}
";

/// Variables that would make the tools under test act on the run that these tests are part of, or
/// as the developer likes them to.
const CLEANED: &[&str] = &[
    "BLOCKS_",
    "CARGO",
    "CLICOLOR",
    "COLUMNS",
    "GITHUB_",
    "NEXTEST",
    "NO_COLOR",
    "RUST",
    "__CARGO_LLVM_COV",
];

/// A workspace of one package, without git.
pub struct Bench {
    dir: TempDir,
    environment: Vec<(OsString, OsString)>,
}

/// What a run said.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Bench {
    /// A workspace whose sources every stage accepts.
    pub fn green() -> Self {
        let bench = Self::empty();
        let manifest = "[package]\nname = \"small\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        bench.write("Cargo.toml", manifest);
        bench.write("src/lib.rs", GREEN);
        bench.choose_compiler();
        bench
    }

    /// A workspace of members below `crates`, each with a line of its manifest's dependencies.
    pub fn crew(members: &[(&str, &str)]) -> Self {
        let bench = Self::empty();
        bench.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n");
        for (name, on) in members {
            let manifest = format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\n{on}\n"
            );
            bench.write(&format!("crates/{name}/Cargo.toml"), &manifest);
            bench.write(&format!("crates/{name}/src/lib.rs"), &format!("//! Member `{name}`.\n"));
        }
        bench.choose_compiler();
        bench
    }

    /// Where rustup chooses the compiler, it is the one that this project is built with.
    fn choose_compiler(&self) {
        let chosen = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rust-toolchain.toml");
        if let Ok(text) = fs::read_to_string(chosen) {
            self.write("rust-toolchain.toml", &text);
        }
    }

    /// A folder that is no workspace.
    pub fn empty() -> Self {
        let dir = TempDir::new().expect("a folder");
        let environment = environment(&dir.path().join("home"));
        fs::create_dir_all(dir.path().join("workspace")).expect("a folder");
        Self { dir, environment }
    }

    /// The workspace's folder.
    pub fn root(&self) -> PathBuf {
        self.dir.path().canonicalize().expect("a path").join("workspace")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("read")
    }

    /// Writes the sources with a part replaced.
    pub fn replace(&self, from: &str, to: &str) {
        assert!(GREEN.contains(from), "{from}");
        self.write("src/lib.rs", &GREEN.replace(from, to));
    }

    /// Puts a program into a folder that is first on the `PATH` of what runs here.
    pub fn program(&mut self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = self.dir.path().join("programs");
        fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("made executable");
        let before = self.variable("PATH").unwrap_or_default();
        let with = std::iter::once(folder.clone())
            .chain(std::env::split_paths(&before).filter(|it| *it != folder));
        let with = std::env::join_paths(with).expect("a path");
        self.set("PATH", with);
    }

    /// Lets something stand for the tools that only single stages want, and that the tests' sandbox does not have.
    pub fn stand_ins(&mut self) {
        let of_layers: Vec<_> = Table::embedded().layers.iter().flat_map(|it| &it.tools).collect();
        for tool in Table::embedded().tools.iter().filter(|tool| !of_layers.contains(&&tool.id)) {
            self.program(&tool.id, &format!("echo {} 99.0.0", tool.id));
        }
        self.nightly("rust-src\nmiri-preview-x86_64-unknown-linux-gnu\n");
    }

    /// Lets rustup have a nightly with components, another toolchain than the sandbox's own.
    pub fn nightly(&mut self, components: &str) {
        let sysroot = self.dir.path().join("nightly");
        let list = sysroot.join("lib/rustlib/components");
        fs::create_dir_all(list.parent().expect("a folder")).expect("a folder");
        fs::write(list, components).expect("written");
        let script = format!(
            "[ \"$RUSTUP_TOOLCHAIN\" = nightly ] || exec {} \"$@\"\n\
             [ \"$1\" != --print ] || exec echo {}\n\
             echo 'rustc 1.99.0-nightly (0 2026-01-01)'",
            real("rustc").display(),
            sysroot.display()
        );
        self.program("rustc", &script);
    }

    pub fn set(&mut self, name: &str, value: impl Into<OsString>) {
        self.environment.retain(|(other, _)| other != name);
        self.environment.push((name.into(), value.into()));
    }

    pub fn variable(&self, name: &str) -> Option<OsString> {
        self.environment.iter().find(|(it, _)| it == name).map(|(_, value)| value.clone())
    }

    /// The program, ready to run in the workspace.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .args(arguments)
            .current_dir(self.root())
            .env_clear()
            .envs(self.environment.iter().cloned())
            .stdin(Stdio::null());
        command
    }

    /// Runs `check` by another program that does the same.
    pub fn check_by_another(&self, arguments: &[&str]) -> Said {
        let other = self.path("target/another-cargo-blocks");
        fs::copy(PROGRAM, &other).expect("a copy");
        // Behind what the system loads.
        let mut file = OpenOptions::new().append(true).open(&other).expect("a file");
        file.write_all(b"another").expect("written");
        drop(file);
        let mut command = Command::new(&other);
        command
            .args(["check", "--engine", "host", "--no-install"])
            .args(arguments)
            .current_dir(self.root())
            .env_clear()
            .envs(self.environment.iter().cloned())
            .stdin(Stdio::null());
        command.output().expect("the program").into()
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        self.command(arguments).output().expect("the program").into()
    }

    /// Runs `check` on this machine's tools; it must not change the machine.
    pub fn check(&self, arguments: &[&str]) -> Said {
        self.run(&[&["check", "--engine", "host", "--no-install"], arguments].concat())
    }

    /// Starts `check`, without waiting for its end.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(&[&["check", "--engine", "host", "--no-install"], arguments].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program")
    }
}

impl Said {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Each stage and its outcome, from a status in JSON.
    pub fn outcomes(&self) -> Vec<(String, String)> {
        let status = self.json();
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let of = |it: &Value| (text(&it["stage"]), text(&it["outcome"]));
        status["verdicts"].as_array().expect("verdicts").iter().map(of).collect()
    }

    /// The stages that are not green, and have something to ask.
    pub fn open(&self) -> Vec<String> {
        let open =
            |(_, outcome): &(String, String)| outcome != "pass" && outcome != "not-applicable";
        self.outcomes().into_iter().filter(open).map(|(stage, _)| stage).collect()
    }

    /// The stages whose records were kept.
    pub fn kept(&self) -> Vec<&str> {
        let kept = |line: &&str| line.ends_with("unchanged, its record is kept");
        let mut kept: Vec<_> = self
            .err
            .lines()
            .filter(kept)
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        kept.sort_unstable();
        kept
    }

    /// Panics unless the run ended so and said all of these words.
    pub fn expect(&self, code: i32, words: &[&str]) {
        let all = format!("{}{}", self.out, self.err);
        assert_eq!(self.code, Some(code), "{all}");
        for word in words {
            assert!(all.contains(word), "no `{word}` in:\n{all}");
        }
    }
}

/// The path of a program of this machine.
pub fn real(program: &str) -> PathBuf {
    std::env::split_paths(&std::env::var_os("PATH").expect("a path"))
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
        .unwrap_or_else(|| panic!("no {program}"))
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// The environment of a user with a home of their own, who is offline.
fn environment(home: &Path) -> Vec<(OsString, OsString)> {
    let mut all: Vec<_> = std::env::vars_os().filter(|(name, _)| !is_cleaned(name)).collect();
    let variable = |name: &str| std::env::var_os(name);
    let rustup = variable("RUSTUP_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(variable("HOME")?).join(".rustup")));
    if let Some(rustup) = rustup.filter(|folder| folder.is_dir()) {
        all.push(("RUSTUP_HOME".into(), rustup.into()));
    }
    all.retain(|(name, _)| name != "HOME" && name != "PATH");
    fs::create_dir_all(home).expect("a folder");
    all.push(("HOME".into(), home.into()));
    all.push(("CARGO_HOME".into(), home.join(".cargo").into()));
    all.push(("CARGO_NET_OFFLINE".into(), "true".into()));
    // What an earlier `cargo blocks` installed for this project serves its tests as well.
    let tools = Path::new(PROGRAM).ancestors().map(|it| it.join("blocks/tools/bin"));
    let path = variable("PATH").unwrap_or_default();
    let path = std::env::join_paths(
        tools.filter(|folder| folder.is_dir()).chain(std::env::split_paths(&path)),
    );
    all.push(("PATH".into(), path.expect("a path")));
    all
}

fn is_cleaned(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    CLEANED.iter().any(|it| name.starts_with(it))
}

/// Waits until `done` holds, at most thirty seconds.
pub fn until(mut done: impl FnMut() -> bool) -> bool {
    (0..1500).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        done()
    })
}

/// A configuration with all stages switched off but these.
pub fn only(on: &[&str]) -> String {
    let off = Table::embedded().stage_ids().filter(|id| !on.contains(id));
    off.fold("stages:\n".to_owned(), |text, id| text + &format!("  {id}:\n    enabled: false\n"))
}
