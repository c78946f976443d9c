//! What there is to know about the first run.

use std::fmt::Write as _;

use serde::Serialize;

use crate::{Choices, Facts, LockFile, Member, Toolchain, files};

/// Something to know, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// What it is about: a word, or the id of a stage.
    pub about: &'static str,
    /// What is so.
    pub text: String,
    /// The next command; none where there is nothing to run.
    pub command: Option<String>,
}

/// How many names of a list are told.
const MOST: usize = 5;

/// What there is to know, in the order in which somebody comes to it.
///
/// `flake` is the one that is there.
pub(crate) fn notes(facts: &Facts, choices: &Choices, flake: Option<&str>) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut add = |about: &'static str, text: String, command: Option<&str>| {
        notes.push(Note { about, text, command: command.map(str::to_owned) });
    };
    of_flake(choices, flake, &mut add);
    needs(facts, flake, &mut add);
    nix(facts, &mut add);
    place(facts, &mut add);
    stages(facts, &mut add);
    ci(facts, &mut add);
    notes
}

/// Takes what it is about, what is so, and the next command.
type Add<'a> = &'a mut dyn FnMut(&'static str, String, Option<&str>);

fn of_flake(choices: &Choices, flake: Option<&str>, add: Add<'_>) {
    let is_adopted =
        |text: &str| text.contains(files::MK_FLAKE) || text.contains(files::MK_PIPELINE);
    match flake {
        Some(text) if is_adopted(text) => {}
        Some(text) if text.contains("flake-parts") => {
            let text = "there is a flake of flake-parts: add the input `blocks`, import `inputs.blocks.flakeModules.default`, and \
                        say `perSystem.blocks.enable = true`";
            add("flake", text.to_owned(), None);
        }
        Some(_) => {
            let text = "there is a flake with outputs of its own: add the input `blocks`, and take checks and packages from \
                        `blocks.lib.mkPipeline { inherit pkgs; src = ./.; }`";
            add("flake", text.to_owned(), None);
        }
        None if choices.blocks.is_none() => {
            let text = "flake.nix has OWNER where it wants to know who hosts the copy of Blocks that you use; without Nix \
                        nothing needs it";
            add(
                "flake",
                text.to_owned(),
                Some("cargo blocks init --write --blocks github:…/blocks"),
            );
        }
        None => {}
    }
}

/// What a flake that is there does not give to crates. A lock file may have come after it.
fn needs(facts: &Facts, flake: Option<&str>, add: Add<'_>) {
    let Some(flake) = flake else { return };
    let packages = |need: &crate::Need| need.programs.iter().chain(need.libraries).copied();
    let lacking: Vec<_> = facts
        .needs
        .iter()
        .filter(|need| packages(need).any(|package| !flake.contains(package)))
        .map(|need| format!("{} ({})", need.krate, packages(need).collect::<Vec<_>>().join(", ")))
        .collect();
    if !lacking.is_empty() {
        let text = format!(
            "crates of Cargo.lock want packages of nixpkgs that flake.nix does not name: {}; they belong into \
             `nativeBuildInputs` and `buildInputs` of `pipeline`",
            listed(lacking.iter().map(String::as_str))
        );
        add("needs", text, None);
    }
}

fn nix(facts: &Facts, add: Add<'_>) {
    match facts.lock {
        LockFile::Kept => {}
        LockFile::Ignored | LockFile::AbsentAndIgnored => {
            let text = "git ignores Cargo.lock, and a flake sees only what git knows: by Nix nothing runs until git keeps \
                        it; libraries can, too";
            let command = if facts.lock == LockFile::Ignored {
                "git add --force Cargo.lock"
            } else {
                "cargo generate-lockfile && git add --force Cargo.lock"
            };
            add("lock", text.to_owned(), Some(command));
        }
        LockFile::Absent => {
            let text = "there is no Cargo.lock, which by Nix says what crates from elsewhere are; where it is there, init knows what these \
                        want of the machine, too";
            add("lock", text.to_owned(), Some("cargo generate-lockfile && git add Cargo.lock"));
        }
    }
    match facts.toolchain.as_ref().map(|it| (&it.toolchain, it)) {
        None => {
            let text = "no file names the compiler: on this machine it is rustup's default, by Nix the latest stable of the \
                        locked rust-overlay, and the two may differ";
            add("toolchain", text.to_owned(), None);
        }
        Some((Toolchain::Path(path), it)) => {
            let text = format!(
                "{} names the folder `{path}` of this machine, which Nix does not see: give mkFlake a `toolchain`",
                it.file
            );
            add("toolchain", text, None);
        }
        Some((Toolchain::Channel(channel), it)) if it.is_moving() => {
            let text = format!(
                "{} names `{channel}`, which is another compiler every few weeks: on this machine what rustup has, by Nix \
                 the newest of the locked rust-overlay",
                it.file
            );
            add("toolchain", text, None);
        }
        Some(_) => {}
    }
    if !facts.cargo_config.is_empty() {
        let text = format!(
            ".cargo/config.toml sets {}: see that what it means there is there by Nix, too",
            facts.cargo_config.join(", ")
        );
        add("cargo", text, None);
    }
}

fn place(facts: &Facts, add: Add<'_>) {
    if facts.present.contains_key(files::CONFIG) && !facts.outside.is_empty() {
        let names =
            facts.outside.iter().flat_map(|(member, all)| all.iter().map(move |it| (member, it)));
        let names: Vec<_> = names.map(|(member, it)| format!("{} of {member}", it.path)).collect();
        let text = format!(
            "code names files outside of its member's folder, which by Nix are there only where `members.<id>.files` names \
             them: {}",
            listed(names.iter().map(String::as_str))
        );
        add("files", text, None);
    }
    if !facts.folder.is_empty() {
        let text = format!(
            "the workspace is in `{}` of its repository: Blocks reads the .github folder beside its Cargo.toml, and \
             GitHub only workflows of the repository's root",
            facts.folder
        );
        add("folder", text, None);
    }
    if !facts.others.is_empty() {
        let text = format!(
            "these manifests are of no member, and are not checked: {}; each workspace of its own adopts Blocks by itself",
            listed(facts.others.iter().map(String::as_str))
        );
        add("members", text, None);
    }
}

fn stages(facts: &Facts, add: Add<'_>) {
    let text = "nobody knows yet how many lines tests run; 95 % are wanted, and below that the stage is red. Another limit \
                is a decision: `test.coverage_threshold`";
    add("coverage", text.to_owned(), Some("cargo blocks check test coverage"));
    if !facts.has_deny {
        let text = "there is no deny.toml, so that nobody decides on licences, sources and doubles: the stage does not apply";
        add("deps", text.to_owned(), Some("cargo deny init"));
    }
    let text = "there is no database of advisories: the stage does not apply until one is given";
    add("advisories", text.to_owned(), Some("git clone https://github.com/rustsec/advisory-db"));
    let published: Vec<_> = facts.members.iter().filter(|it| it.is_published).collect();
    let lacks = |member: &&&Member| member.licence.is_none() || !member.has_description;
    let incomplete: Vec<_> = published.iter().filter(lacks).map(|it| it.name.as_str()).collect();
    if !incomplete.is_empty() {
        let text = format!(
            "crates.io refuses a manifest without licence or description, so that the stage, one of the full set, is red for \
             {}; what is not meant for a registry says `publish = false`",
            listed(incomplete.into_iter())
        );
        add("package", text, Some("cargo blocks check package"));
    }
    if facts.members.iter().all(|it| it.rust_version.is_none()) {
        let text = "no manifest has a `rust-version`: the stage, one of the full set, has no promise to hold anybody to";
        add("msrv", text.to_owned(), None);
    }
    benches(facts, add);
}

fn benches(facts: &Facts, add: Add<'_>) {
    let measured = |harnesses: &[&str]| {
        let has = |member: &&Member| {
            member.benches.iter().any(|it| it.harness.is_some_and(|it| harnesses.contains(&it)))
        };
        facts.members.iter().any(|it| has(&it))
    };
    if measured(&["criterion"]) {
        let text = "benchmarks of criterion are measured beside a baseline where the stage is on (`stages.time.enabled`)";
        add("time", text.to_owned(), Some("cargo blocks verify-performance --baseline HEAD"));
    }
    let unknown: Vec<_> = facts
        .members
        .iter()
        .filter(|member| {
            member.benches.iter().any(|it| !matches!(it.harness, Some("criterion" | "gungraun")))
        })
        .map(|it| it.name.as_str())
        .collect();
    if !unknown.is_empty() {
        let text = format!(
            "benchmarks of {} are neither criterion's nor gungraun's, and no stage judges them",
            listed(unknown.into_iter())
        );
        add("instructions", text, None);
    }
}

fn ci(facts: &Facts, add: Add<'_>) {
    for file in facts.ci.iter().filter(|it| !it.commands.is_empty()) {
        let mut text = format!("{} ({}) runs what stages ask, too:", file.file, file.system);
        for command in &file.commands {
            let _ = write!(text, "\n{}: {} → {}", command.line, command.text, command.stage);
        }
        add("ci", text, None);
    }
}

/// The first of these names, and how many there are beside.
pub(crate) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.collect();
    let first = names.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    let rest = names.len().saturating_sub(MOST);
    if rest == 0 { first } else { format!("{first} and {rest} more") }
}

/// What git has to know of before Nix sees it.
pub(crate) fn known_to_git(files: &[String]) -> Note {
    let seen: Vec<_> =
        files.iter().map(String::as_str).filter(|it| *it != files::GITIGNORE).collect();
    Note {
        about: "git",
        text: "a flake sees only files that git knows".to_owned(),
        command: Some(format!("git add {}", seen.join(" "))),
    }
}
