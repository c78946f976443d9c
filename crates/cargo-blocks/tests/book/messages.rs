//! `docs/messages.md`: what each message means, and what to do.

use blocks_config::keys;
use blocks_engine::EngineError;
use blocks_gates::Code;
use blocks_stages::Table;

use crate::{
    committed,
    markdown::{anchor, escaped},
    read,
};

/// What to do about an error that ends a run. A new kind of error does not compile without.
fn advice(error: &EngineError) -> &'static str {
    match error {
        EngineError::Workspace { .. } => {
            "There is no `Cargo.toml` here or above, or cargo finds fault with one. `cargo metadata` in that folder says the \
             same; `--workspace DIR` names another folder."
        }
        EngineError::Program { .. } => {
            "A program that every run needs (cargo, rustc, git, nix) is not in `PATH`. `cargo blocks doctor` lists what is \
             there and what is missing."
        }
        EngineError::Install { .. } => {
            "Each way to get the tool is listed with what it came to. Install it by hand, so that it is in `PATH`, or leave \
             its stage out (`stages.<id>.enabled: false`)."
        }
        EngineError::File { .. } => {
            "Mostly a disk that is full, or files of another user in `target/blocks`, such as those of a run as root."
        }
        EngineError::Changes { .. } => {
            "`--affected` and `--baseline` ask git. The folder has to be a checkout, and the revision one that this clone \
             has: a shallow one of a CI may lack it (`fetch-depth: 0`)."
        }
        EngineError::Results { .. } => {
            "The branch of `performance.results_branch` has other content, or git refuses to write it. The branch may hold \
             results alone."
        }
        EngineError::Example(_) => {
            "Correct the name in `examples.compile_only`: it is `member/example`."
        }
        EngineError::Document(..) => {
            "Correct the name in `docs.files`: it is a file of the workspace, from its root, that git keeps."
        }
        EngineError::Documentation { .. } => {
            "`cargo doc` failed. Its error stands above; the stage `docs` shows the same with places."
        }
        EngineError::Nix(_) => {
            "The text of Nix follows. A file that is new has to be known to git (`git add`), or the flake does not see it. \
             `--engine host` does without Nix."
        }
        EngineError::Cache { .. } => {
            "What the cache, or the program that speaks to it, says stands there, with what it mostly means. Who may read and \
             write there is said by the environment; `cargo blocks cache push --help` has the names."
        }
        EngineError::Interrupted => {
            "Somebody ended the run. The records of before are as they were."
        }
    }
}

/// One error of each kind, with words in capitals for what differs.
fn errors() -> Vec<EngineError> {
    let (folder, reason) = ("FOLDER".into(), "REASON".to_owned());
    let (program, tool, branch) = ("PROGRAM".to_owned(), "TOOL".to_owned(), "BRANCH".to_owned());
    vec![
        EngineError::Workspace { folder, reason: reason.clone() },
        EngineError::Program { program, reason: reason.clone() },
        EngineError::Install { tool, reason: reason.clone() },
        EngineError::File { what: "write", path: "FILE".into(), reason: reason.clone() },
        EngineError::Changes { folder: "FOLDER".into(), reason: reason.clone() },
        EngineError::Results { branch, reason: reason.clone() },
        EngineError::Example("EXAMPLE".to_owned()),
        EngineError::Document("FILE".to_owned(), "is not there".to_owned()),
        EngineError::Documentation { folder: "FOLDER".into() },
        EngineError::Nix(reason.clone()),
        EngineError::Cache { what: "read", store: "STORE".to_owned(), reason },
        EngineError::Interrupted,
    ]
}

/// The section of the README about exit statuses, whose table another test compares with the help.
fn exit_statuses() -> String {
    let readme = read("README.md");
    let (_, rest) = readme.split_once("\n## Exit status\n").expect("a section");
    let (section, _) = rest.split_once("\n## ").expect("its end");
    section.trim().to_owned()
}

/// A description, in which each setting that it names leads to what the book says of it.
fn linked(description: &str) -> String {
    let text = escaped(description);
    let words = text.split(' ').map(|word| {
        let written = word.trim_matches(['(', ')', ',', '.', ';', ':']);
        let name = written.replace('\\', "");
        if !keys().iter().any(|key| key.path == name) {
            return word.to_owned();
        }
        let link = format!("[`{name}`](configuration.md#{})", anchor(&name));
        word.replacen(written, &link, 1)
    });
    words.collect::<Vec<_>>().join(" ")
}

fn codes(leaves_no_verdict: bool) -> String {
    let codes = Code::ALL.into_iter().filter(|code| code.leaves_no_verdict() == leaves_no_verdict);
    let sections = codes.map(|code| format!("\n### {code}\n\n{}\n", linked(code.description())));
    sections.collect::<Vec<_>>().concat()
}

fn faults() -> String {
    let rows = Table::embedded().faults.iter().map(|fault| {
        let holds =
            if fault.holds.is_empty() { String::new() } else { format!(" … {}", fault.holds) };
        let said = format!("{}{holds}", fault.begins.trim()).replace('`', "");
        format!("| `{said}` | {} |\n", escaped(&fault.reason))
    });
    format!(
        "| A line of a tool | What happened, and what to do |\n| --- | --- |\n{}",
        rows.collect::<String>()
    )
}

fn engine_errors() -> String {
    let sections = errors().into_iter().map(|error| {
        let said = error.to_string();
        format!("\n```text\nerror: {said}\n```\n\n{}\n", advice(&error))
    });
    sections.collect()
}

#[test]
fn the_chapter_of_messages_has_all_codes_errors_and_exit_statuses() {
    let text = format!(
        "# Troubleshooting by message\n
Written from the tables of the program. A failure and a missing verdict have a **code**. It stands in brackets behind the
cause, and in the report, in `report.json` and in SARIF. `cargo blocks show STAGE` shows all causes of a stage with their places, what its
tools said, and the command that repeats it without Blocks.\n
- [A stage failed](#a-stage-failed)
- [A stage has no verdict](#a-stage-has-no-verdict)
- [A machine's fault](#a-machines-fault)
- [A run could not go on](#a-run-could-not-go-on)
- [Exit statuses](#exit-statuses)\n
## A stage failed
{}
## A stage has no verdict\n
Nothing is known, neither good nor bad, and that is never green. `cargo blocks check --again STAGE` makes the stage's records
once more.
{}
## A machine's fault\n
A tool that the machine stopped ends as if it had found something. These lines tell the two apart; the stage then has the
code `no-answer`, and is asked again by the next run.\n
{}
## A run could not go on
{}
## Exit statuses\n
{}
",
        codes(false),
        codes(true),
        faults(),
        engine_errors(),
        exit_statuses(),
    );
    committed("messages.md", &text);
}
