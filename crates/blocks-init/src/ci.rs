//! What runs in CI already: which files say so, and which of their commands are stages.

use serde::Serialize;

/// A place where a CI system looks, and its name. One that ends with a slash is a folder with files of YAML.
const SYSTEMS: &[(&str, &str)] = &[
    (".appveyor.yml", "AppVeyor"),
    (".buildkite/", "Buildkite"),
    (".builds/", "sourcehut"),
    (".circleci/config.yml", "CircleCI"),
    (".cirrus.yml", "Cirrus CI"),
    (".drone.yml", "Drone"),
    (".forgejo/workflows/", "Forgejo Actions"),
    (".gitea/workflows/", "Gitea Actions"),
    (".github/workflows/", "GitHub Actions"),
    (".gitlab-ci.yml", "GitLab CI"),
    (".travis.yml", "Travis CI"),
    (".woodpecker.yml", "Woodpecker"),
    (".woodpecker/", "Woodpecker"),
    ("Jenkinsfile", "Jenkins"),
    ("Justfile", "just"),
    ("Makefile", "make"),
    ("Makefile.toml", "cargo-make"),
    ("appveyor.yml", "AppVeyor"),
    ("azure-pipelines.yml", "Azure Pipelines"),
    ("bors.toml", "bors"),
    ("justfile", "just"),
];

/// What a command of CI begins with, behind `cargo` and a toolchain, and the stage that asks the same. Of two that fit,
/// the longer one counts.
const COMMANDS: &[(&str, &str)] = &[
    ("audit", "advisories"),
    ("bench", "instructions"),
    ("clippy", "clippy"),
    ("deny", "deps"),
    ("doc", "docs"),
    ("fmt", "fmt"),
    ("hack", "features"),
    ("llvm-cov", "coverage"),
    ("machete", "unused-deps"),
    ("miri", "miri"),
    ("msrv", "msrv"),
    ("mutants", "mutants"),
    ("nextest", "test"),
    ("package", "package"),
    ("publish --dry-run", "package"),
    ("rustdoc", "docs"),
    ("semver-checks", "semver"),
    ("tarpaulin", "coverage"),
    ("test", "test"),
    ("test --doc", "doctest"),
    ("udeps", "unused-deps"),
];

/// Programs and actions that stand for a stage by their name alone.
const PROGRAMS: &[(&str, &str)] = &[
    ("EmbarkStudios/cargo-deny-action", "deps"),
    ("actions-rust-lang/rustfmt", "fmt"),
    ("crate-ci/typos", "spelling"),
    ("obi1kenobi/cargo-semver-checks-action", "semver"),
    ("rustsec/audit-check", "advisories"),
    ("taplo fmt", "toml-format"),
    ("zizmor", "workflows"),
];

/// How many commands of a file are told.
const MOST: usize = 50;
/// How much of a line is told, in letters.
const LONGEST: usize = 120;

/// A file by which a CI system, or whoever works on the workspace, runs commands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CiFile {
    /// The file, from the workspace's root.
    pub file: String,
    /// Whose it is.
    pub system: &'static str,
    /// Its commands that a stage asks, too, in their order: at most fifty.
    pub commands: Vec<CiCommand>,
}

/// A command that a stage asks, too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CiCommand {
    /// Its line, from 1.
    pub line: usize,
    /// The line's text, without what is around it, and cut where it is long. It is others' text.
    pub text: String,
    /// The stage.
    pub stage: &'static str,
}

impl CiFile {
    /// Whose file this is; none where it is no file of CI.
    pub(crate) fn system(file: &str) -> Option<&'static str> {
        let is_in = |place: &str| match place.strip_suffix('/') {
            None => file == place,
            Some(folder) => {
                let name = file.strip_prefix(folder).and_then(|it| it.strip_prefix('/'));
                let ending = name.and_then(|it| it.rsplit_once('.')).map(|(_, ending)| ending);
                ending.is_some_and(|it| ["yml", "yaml"].contains(&it))
            }
        };
        SYSTEMS.iter().find(|(place, _)| is_in(place)).map(|(_, system)| *system)
    }

    /// Reads such a file.
    pub(crate) fn read(file: &str, system: &'static str, text: &str) -> Self {
        let command = |(at, line): (usize, &str)| {
            let stage = stage_of(line)?;
            let text = line.trim().trim_start_matches("- ").chars().take(LONGEST).collect();
            Some(CiCommand { line: at + 1, text, stage })
        };
        let commands = text.lines().enumerate().filter_map(command).take(MOST).collect();
        Self { file: file.to_owned(), system, commands }
    }
}

fn stage_of(line: &str) -> Option<&'static str> {
    let line = line.trim_start();
    // Of a comment nothing runs, and neither of a name.
    if line.starts_with('#') || line.trim_start_matches("- ").starts_with("name:") {
        return None;
    }
    let named = PROGRAMS.iter().find(|(name, _)| line.contains(name)).map(|(_, stage)| *stage);
    named.or_else(|| {
        let (_, rest) = line.split_once("cargo ")?;
        let mut words: Vec<_> = rest.split_whitespace().collect();
        if words.first().is_some_and(|word| word.starts_with('+')) {
            words.remove(0);
        }
        let fits = |(command, _): &&(&str, &str)| {
            let mut wanted = command.split(' ');
            let first = wanted.next() == words.first().copied();
            first && wanted.all(|flag| words.contains(&flag))
        };
        COMMANDS
            .iter()
            .filter(fits)
            .max_by_key(|(command, _)| command.len())
            .map(|(_, stage)| *stage)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_stands_for_a_stage_that_there_is() {
        let table = blocks_stages::Table::embedded();
        let unknown: Vec<_> = COMMANDS
            .iter()
            .chain(PROGRAMS)
            .filter(|(_, stage)| table.stage(stage).is_none())
            .collect();
        assert_eq!(unknown, [] as [&(&str, &str); 0]);
    }

    #[test]
    fn commands_are_known_with_what_stands_around_them() {
        assert_eq!(stage_of("      - run: cargo +nightly fmt --all -- --check"), Some("fmt"));
        assert_eq!(stage_of("run: RUSTFLAGS=-Dwarnings cargo clippy"), Some("clippy"));
        assert_eq!(stage_of("\tcargo test --workspace --doc"), Some("doctest"));
        assert_eq!(stage_of("cargo test --workspace"), Some("test"));
        assert_eq!(stage_of("- uses: crate-ci/typos@v1"), Some("spelling"));
        assert_eq!(stage_of("cargo build --release"), None);
        assert_eq!(stage_of("# cargo test"), None);
        assert_eq!(stage_of("- name: cargo test"), None);
        assert_eq!(stage_of("cargo"), None);
    }

    #[test]
    fn files_are_known_by_their_place() {
        assert_eq!(CiFile::system(".github/workflows/ci.yaml"), Some("GitHub Actions"));
        assert_eq!(CiFile::system(".github/workflows/README.md"), None);
        assert_eq!(CiFile::system(".github/workflowsx/ci.yml"), None);
        assert_eq!(CiFile::system(".gitlab-ci.yml"), Some("GitLab CI"));
        assert_eq!(CiFile::system("docs/Makefile"), None);
    }

    #[test]
    fn a_file_tells_at_most_fifty_commands_and_no_whole_book() {
        let line = format!("- run: cargo test {}\n", "x".repeat(1000));
        let file = CiFile::read("Makefile", "make", &line.repeat(60));
        assert_eq!(file.commands.len(), MOST);
        assert_eq!(file.commands[0].text.chars().count(), LONGEST);
        assert_eq!((file.commands[1].line, file.commands[1].stage), (2, "test"));
    }
}
