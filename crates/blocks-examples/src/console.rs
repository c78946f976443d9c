use std::fmt;

use crate::markdown::CodeBlock;

/// The first word of a block that is a session.
const CONSOLE: &str = "console";

/// A block `console`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Console {
    /// The line of its fence in the file, from 1.
    pub line: usize,
    /// Whether it says that it is not to be run.
    pub is_ignored: bool,
    /// The folder, from the workspace's root, whose files lie in the folder that it runs in.
    pub folder: Option<String>,
    /// Its commands, in their order.
    pub commands: Vec<ConsoleCommand>,
}

/// A command of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleCommand {
    /// Its line in the file, from 1.
    pub line: usize,
    /// Its text; lines that go on with it are joined by a line break.
    pub text: String,
    /// What it has to come to.
    pub wanted: Wanted,
}

/// What a command has to come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// How it ends.
    pub status: Status,
    /// What it prints, line by line, each with its end; may hold elisions.
    pub output: String,
}

/// How a command has to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// With this status.
    Exited(i32),
    /// With any status but 0.
    Failed,
    /// It is not run.
    Skipped,
}

/// Why a block is no session.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Something stands before the first command.
    #[error("line {0} stands before the first command: a session begins with `$ command`")]
    Before(usize),
    /// A status that is none.
    #[error(
        "line {0} has a status that is none: write `? 1`, `? success`, `? failed` or `? skipped`"
    )]
    Status(usize),
    /// A word behind the fence that is not known.
    #[error("`{0}` behind the fence is not known: `ignore` and `in=FOLDER` are")]
    Word(String),
    /// A folder that does not lie in the workspace.
    #[error("`in={0}` is no folder of the workspace: a path from its root, without `..`")]
    Folder(String),
}

impl Status {
    /// Whether a command ended as it should.
    pub const fn is(self, status: i32) -> bool {
        match self {
            Self::Exited(wanted) => wanted == status,
            Self::Failed => status != 0,
            Self::Skipped => true,
        }
    }

    fn of(text: &str) -> Option<Self> {
        Some(match text {
            "success" => Self::Exited(0),
            "failed" => Self::Failed,
            "skipped" => Self::Skipped,
            number => Self::Exited(number.parse().ok()?),
        })
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exited(status) => write!(f, "{status}"),
            Self::Failed => f.write_str("failed"),
            Self::Skipped => f.write_str("skipped"),
        }
    }
}

impl Console {
    /// Whether a block is meant as a session.
    pub fn is_meant(block: &CodeBlock) -> bool {
        block.is(CONSOLE)
    }

    /// Reads a session.
    pub fn of(block: &CodeBlock) -> Result<Self, Malformed> {
        let (mut is_ignored, mut folder) = (false, None);
        for word in block.words().skip(1) {
            match word.strip_prefix("in=") {
                Some(inner) => folder = Some(inside(inner)?),
                None if word == "ignore" => is_ignored = true,
                None => return Err(Malformed::Word(word.to_owned())),
            }
        }
        // What is not run may be anything.
        let commands = if is_ignored { Vec::new() } else { commands(block)? };
        Ok(Self { line: block.line, is_ignored, folder, commands })
    }
}

fn inside(folder: &str) -> Result<String, Malformed> {
    let is_plain = |part: &str| !matches!(part, "" | "." | "..");
    let trimmed = folder.trim_end_matches('/');
    if !trimmed.split('/').all(is_plain) {
        return Err(Malformed::Folder(folder.to_owned()));
    }
    Ok(trimmed.to_owned())
}

fn commands(block: &CodeBlock) -> Result<Vec<ConsoleCommand>, Malformed> {
    let mut commands: Vec<ConsoleCommand> = Vec::new();
    // Only directly behind a command something goes on with it, or says how it ends: output may begin alike.
    let mut may_go_on = false;
    let mut may_end = false;
    for (at, text) in block.text.lines().enumerate() {
        let line = block.line + 1 + at;
        if let Some(text) = text.strip_prefix("$ ") {
            let wanted = Wanted { status: Status::Exited(0), output: String::new() };
            commands.push(ConsoleCommand { line, text: text.to_owned(), wanted });
            (may_go_on, may_end) = (true, true);
            continue;
        }
        let Some(command) = commands.last_mut() else {
            if text.trim().is_empty() {
                continue;
            }
            return Err(Malformed::Before(line));
        };
        if let Some(more) = text.strip_prefix("> ").filter(|_| may_go_on) {
            command.text.push('\n');
            command.text.push_str(more);
            continue;
        }
        may_go_on = false;
        if let Some(status) = text.strip_prefix("? ").filter(|_| may_end) {
            command.wanted.status = Status::of(status.trim()).ok_or(Malformed::Status(line))?;
        } else {
            command.wanted.output.push_str(text);
            command.wanted.output.push('\n');
        }
        may_end = false;
    }
    for command in &mut commands {
        // A blank line between two commands is no output.
        let kept = command.wanted.output.trim_end_matches('\n').len();
        command.wanted.output.truncate(kept);
        if kept > 0 {
            command.wanted.output.push('\n');
        }
    }
    Ok(commands)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::code_blocks;

    fn console(info: &str, text: &str) -> Result<Console, Malformed> {
        Console::of(&code_blocks(&format!("\n```{info}\n{text}```\n")).remove(0))
    }

    #[test]
    fn a_session_has_commands_with_what_they_come_to() {
        let text = "$ a --b\none\n\n> no\n\n$ c \\\n> d\n? 3\n? 4\n$ e\n? failed\n";
        let found = console("console", text).unwrap();
        let told: Vec<_> = found
            .commands
            .iter()
            .map(|it| (it.line, &*it.text, it.wanted.status, &*it.wanted.output))
            .collect();
        assert_eq!(
            told,
            [
                (3, "a --b", Status::Exited(0), "one\n\n> no\n"),
                (8, "c \\\nd", Status::Exited(3), "? 4\n"),
                (12, "e", Status::Failed, ""),
            ]
        );
    }

    #[test]
    fn words_behind_the_fence_say_what_to_do() {
        let found = console("console in=examples/hello/", "$ a\n").unwrap();
        assert_eq!(found.folder.as_deref(), Some("examples/hello"));
        for info in ["console,ignore", "console ignore"] {
            assert!(console(info, "anything\n").unwrap().is_ignored, "{info}");
        }
        assert_eq!(console("console,igonre", ""), Err(Malformed::Word("igonre".to_owned())));
        for folder in ["../x", "/etc", "a//b", "a/./b", ""] {
            let refused = console(&format!("console in={folder}"), "");
            assert_eq!(refused, Err(Malformed::Folder(folder.to_owned())), "{folder}");
        }
    }

    #[test]
    fn what_is_no_session_says_where() {
        assert_eq!(console("console", "\nword\n$ a\n"), Err(Malformed::Before(4)));
        assert_eq!(console("console", "$ a\n? maybe\n"), Err(Malformed::Status(4)));
    }

    #[test]
    fn a_status_is_met_or_not() {
        for (status, met, missed) in
            [(Status::Exited(0), 0, 1), (Status::Exited(2), 2, 0), (Status::Failed, 101, 0)]
        {
            assert!(status.is(met) && !status.is(missed), "{status}");
        }
    }
}
