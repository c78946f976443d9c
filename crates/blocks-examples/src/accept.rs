use std::fmt::Write as _;

use crate::{
    compare::Output,
    console::{Console, ConsoleCommand, Status},
    markdown::{CodeBlock, code_blocks},
};

/// What a command came to.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The line of the command in the file.
    pub line: usize,
    /// The status that it ended with.
    pub status: i32,
    /// What it printed.
    pub output: Output,
}

/// Why what a command came to is not written into its file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotWritten {
    /// Lines are left out, and where they stand in what is printed now is not known.
    #[error(
        "line {0}: `...` stands for lines, and what is printed fits them no more: write it by hand"
    )]
    LeftOut(usize),
    /// The block has something before its lines.
    #[error("line {0}: the block stands in a list or a quote, which only a hand can write into")]
    Indented(usize),
    /// What it prints would be read otherwise.
    #[error("line {0}: what it prints has lines that would mean something else in this form")]
    Ambiguous(usize),
}

/// The text of a file with what commands came to in place of what they had to, and what was not written.
///
/// Where it is as it had to be, the text stays as it is. What stands for something that fits stays.
pub fn accepted(text: &str, answers: &[Answer]) -> (String, Vec<NotWritten>) {
    let (mut out, mut refused) = (text.to_owned(), Vec::new());
    // From the end, so that places before it stay where they are.
    for block in code_blocks(text).iter().rev().filter(|it| Console::is_meant(it)) {
        let Ok(console) = Console::of(block) else { continue };
        match written(block, &console, answers) {
            Ok(Some(new)) => match &block.inside {
                Some(inside) => out.replace_range(inside.clone(), &new),
                None => refused.push(NotWritten::Indented(block.line)),
            },
            Ok(None) => {}
            Err(why) => refused.push(why),
        }
    }
    refused.reverse();
    (out, refused)
}

/// The new text of a block; none where it stays.
fn written(
    block: &CodeBlock,
    console: &Console,
    answers: &[Answer],
) -> Result<Option<String>, NotWritten> {
    let mut commands = console.commands.clone();
    for command in &mut commands {
        if let Some(answer) = answers.iter().find(|it| it.line == command.line) {
            accept(command, answer)?;
        }
    }
    if commands == console.commands {
        return Ok(None);
    }
    let text = session(&commands);
    let again = CodeBlock { text: text.clone(), ..block.clone() };
    let is_same = Console::of(&again).is_ok_and(|it| {
        let all = it.commands.iter().zip(&commands);
        it.commands.len() == commands.len()
            && all.clone().all(|(a, b)| a.text == b.text && a.wanted == b.wanted)
    });
    // A fence in what is printed would end the block.
    if !is_same
        || text
            .lines()
            .any(|it| it.trim_start().starts_with("```") || it.trim_start().starts_with("~~~"))
    {
        return Err(NotWritten::Ambiguous(block.line));
    }
    Ok(Some(text))
}

fn accept(command: &mut ConsoleCommand, answer: &Answer) -> Result<(), NotWritten> {
    if !command.wanted.status.is(answer.status) {
        command.wanted.status = Status::Exited(answer.status);
    }
    if !answer.output.is(&command.wanted.output) {
        if command.wanted.output.lines().any(|line| line == "...") {
            return Err(NotWritten::LeftOut(command.line));
        }
        let before = std::mem::take(&mut command.wanted.output);
        command.wanted.output = answer.output.towards(&before);
        // What a program prints may look like what stands for anything, and would then be taken for that.
        let is_new = |line: &&str| !before.lines().any(|it| it == *line);
        let stands_for_more = |line: &str| line == "..." || line.contains("[..]");
        if command.wanted.output.lines().filter(is_new).any(stands_for_more)
            || !answer.output.is(&command.wanted.output)
        {
            return Err(NotWritten::Ambiguous(command.line));
        }
    }
    Ok(())
}

/// Commands as they stand in a block, with an empty line between two of which the first prints something.
fn session(commands: &[ConsoleCommand]) -> String {
    let mut out = String::new();
    for (at, command) in commands.iter().enumerate() {
        if at > 0 && !commands[at - 1].wanted.output.is_empty() {
            out.push('\n');
        }
        for (at, line) in command.text.split('\n').enumerate() {
            let _ = writeln!(out, "{}{line}", if at == 0 { "$ " } else { "> " });
        }
        if command.wanted.status != Status::Exited(0) {
            let _ = writeln!(out, "? {}", command.wanted.status);
        }
        out.push_str(&command.wanted.output);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn answer(line: usize, status: i32, printed: &str) -> Answer {
        Answer { line, status, output: Output::of(printed.as_bytes(), Path::new("/scratch/1")) }
    }

    #[test]
    fn what_differs_is_written_and_what_fits_stays() {
        let text = "a\n\n```console\n$ x\nin [CWD]\ntook [..] ms\nold\n\n$ y\nsame\n```\nb\n";
        let answers = [answer(4, 2, "in /scratch/1\ntook 9 ms\nnew\n"), answer(9, 0, "same\n")];
        let (new, refused) = accepted(text, &answers);
        assert_eq!(refused, []);
        assert_eq!(
            new,
            "a\n\n```console\n$ x\n? 2\nin [CWD]\ntook [..] ms\nnew\n\n$ y\nsame\n```\nb\n"
        );
        // Again nothing changes.
        let answers = [answer(4, 2, "in /scratch/1\ntook 8 ms\nnew\n"), answer(10, 0, "same\n")];
        assert_eq!(accepted(&new, &answers), (new.clone(), Vec::new()));
    }

    #[test]
    fn what_looks_like_what_stands_for_anything_is_not_written() {
        let text = "```console\n$ x\nold\n```\n";
        for printed in ["new\n...\n", "took [..] ms\n", "in /scratch/1\nnamed [CWD]\n"] {
            let (new, refused) = accepted(text, &[answer(2, 0, printed)]);
            assert_eq!(new, text, "{printed}");
            assert!(matches!(refused[..], [NotWritten::Ambiguous(2)]), "{printed}: {refused:?}");
        }
        let (new, refused) = accepted(text, &[answer(2, 0, "in /scratch/1\n")]);
        assert_eq!((new.as_str(), refused), ("```console\n$ x\nin [CWD]\n```\n", Vec::new()));
    }

    #[test]
    fn what_is_as_it_should_be_stays_byte_by_byte() {
        let text = "```console\n$ x\n\nout\n...\n\n\n$ y\n```\n";
        let (new, refused) = accepted(text, &[answer(2, 0, "\nout\nany\n"), answer(8, 0, "")]);
        assert_eq!((new.as_str(), refused), (text, Vec::new()));
    }

    #[test]
    fn what_cannot_be_written_is_said() {
        let written = |text: &str, printed: &str| accepted(text, &[answer(2, 0, printed)]);
        let text = "```console\n$ x\na\n...\nb\n```\n";
        assert_eq!(written(text, "c\n"), (text.to_owned(), vec![NotWritten::LeftOut(2)]));
        let text = "```console\n$ x\n```\n";
        for printed in ["$ y\n", "? 1\n", "> z\n", "```\n", " ~~~\n"] {
            assert_eq!(
                written(text, printed),
                (text.to_owned(), vec![NotWritten::Ambiguous(1)]),
                "{printed}"
            );
        }
        let (new, refused) = written(text, "a\n");
        assert_eq!((new.as_str(), refused), ("```console\n$ x\na\n```\n", Vec::new()));
        let text = "> ```console\n> $ x\n> a\n> ```\n";
        assert_eq!(written(text, "b\n"), (text.to_owned(), vec![NotWritten::Indented(1)]));
    }
}
