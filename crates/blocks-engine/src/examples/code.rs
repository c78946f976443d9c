//! Code in documents, as rustdoc tries it.
//!
//! What code can use, and how its compiler is called for it, cargo knows: it is asked for the words by which it would start
//! rustdoc for each library, and rustdoc is started with these for a document.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
};

use blocks_evidence::{
    Example, ExampleEnd, ExampleKind, LibtestOutcome, LibtestRun, read_libtest_text,
};
use blocks_examples::{code_blocks, only_rust};
use tempfile::TempDir;

use super::{Examining, Heard, documents::Document, members::Member, run::words};
use crate::EngineError;

/// What cargo starts in place of rustdoc: it keeps the words, and is a success.
const KEEPER: &str = "#!/bin/sh\nexec printf '%s\\0' \"$@\" >\"$BLOCKS_WORDS/$$.words\"\n";

/// A document of which code is tried.
struct Tried<'a> {
    document: &'a Document,
    /// The same with nothing but the code that is tried.
    text: String,
    /// The lines of its blocks.
    lines: Vec<usize>,
}

/// What cargo gives rustdoc for a library.
#[derive(Debug, Clone, Default)]
struct Words {
    /// Words that stand as they are: `--edition=…`, `--extern …`, `-L …`, `--cfg …`.
    kept: Vec<String>,
    /// The folder that code runs in.
    folder: Option<String>,
}

pub(super) fn run(
    examining: &Examining<'_>,
    members: &[Member],
    documents: &[Document],
    heard: &mut Heard<'_>,
) -> Result<(), EngineError> {
    let tried: Vec<_> = documents.iter().filter_map(|it| tried(examining, it)).collect();
    if tried.is_empty() {
        return Ok(());
    }
    let folder = TempDir::with_prefix("blocks-examples-")
        .map_err(EngineError::file("make", &std::env::temp_dir()))?;
    let (known, why) = asked(examining, members, folder.path(), heard)?;
    for one in &tried {
        let name = one.document.member.as_deref();
        let words = match name {
            Some(member) => known.get(member).cloned(),
            None => together(&known),
        };
        match words {
            Some(words) => of_document(examining, one, &words, folder.path(), heard)?,
            None => none(one, why.as_deref(), heard),
        }
    }
    Ok(())
}

fn tried<'a>(examining: &Examining<'_>, document: &'a Document) -> Option<Tried<'a>> {
    let is_wanted = |line: usize| examining.is_asked(&document.file, Some(line));
    let text = only_rust(&document.text, |block| is_wanted(block.line))?;
    let lines = code_blocks(&text).into_iter().map(|it| it.line).collect();
    Some(Tried { document, text, lines })
}

/// The words for each member whose library cargo would try, and what is wrong with those for which there are none.
fn asked(
    examining: &Examining<'_>,
    members: &[Member],
    folder: &Path,
    heard: &mut Heard<'_>,
) -> Result<(BTreeMap<String, Words>, Option<String>), EngineError> {
    if !members.iter().any(|it| it.has_library) {
        return Ok((BTreeMap::new(), None));
    }
    let keeper = folder.join("rustdoc");
    fs::write(&keeper, KEEPER)
        .and_then(|()| fs::set_permissions(&keeper, fs::Permissions::from_mode(0o755)))
        .map_err(EngineError::file("write", &keeper))?;
    let environment = examining
        .environment(&[("RUSTDOC", keeper.as_os_str()), ("BLOCKS_WORDS", folder.as_os_str())]);
    let command = words(&["cargo", "test", "--workspace", "--doc", "--no-fail-fast"]);
    let (status, observed) = examining.tool(&command, &examining.workspace.root, &environment)?;
    heard.said(&observed.stderr);
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(EngineError::file("read", folder))? {
        let path = entry.map_err(EngineError::file("read", folder))?.path();
        if path.extension().is_none_or(|it| it != "words") {
            continue;
        }
        let bytes = fs::read(&path).map_err(EngineError::file("read", &path))?;
        let words = Words::of(&String::from_utf8_lossy(&bytes));
        let root = &examining.workspace.root;
        let is_it = |it: &&Member| {
            words.folder.as_deref().is_some_and(|folder| Path::new(folder) == root.join(&it.folder))
        };
        if let Some(member) = members.iter().find(is_it) {
            found.insert(member.name.clone(), words);
        }
    }
    let why = (status != 0).then(|| String::from_utf8_lossy(&observed.stderr).into_owned());
    Ok((found, why))
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = text.split('\0').filter(|it| !it.is_empty());
        let mut found = Self::default();
        while let Some(word) = words.next() {
            match word {
                "--test-run-directory" => found.folder = words.next().map(str::to_owned),
                "--extern" | "-L" | "--cfg" | "--edition" => {
                    found.kept.push(word.to_owned());
                    found.kept.extend(words.next().map(str::to_owned));
                }
                word if word.starts_with("--edition=") => found.kept.push(word.to_owned()),
                _ => {}
            }
        }
        found
    }

    /// The words in pairs of an option and its value.
    fn pairs(&self) -> Vec<Vec<String>> {
        let mut pairs: Vec<Vec<String>> = Vec::new();
        for word in &self.kept {
            match pairs.last_mut() {
                Some(pair) if pair.len() == 1 && !pair[0].contains('=') => pair.push(word.clone()),
                _ => pairs.push(vec![word.clone()]),
            }
        }
        pairs
    }
}

/// What a document of the whole workspace can use: all members' libraries and what these can use. A name that stands for
/// different crates is none of it, and neither are features.
fn together(known: &BTreeMap<String, Words>) -> Option<Words> {
    let mut all: BTreeSet<Vec<String>> = known.values().flat_map(Words::pairs).collect();
    all.retain(|pair| pair[0] != "--cfg");
    let name = |pair: &[String]| match pair {
        [option, value] if option == "--extern" => value.split('=').next().map(str::to_owned),
        _ => None,
    };
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for name in all.iter().filter_map(|pair| name(pair)) {
        *names.entry(name).or_default() += 1;
    }
    all.retain(|pair| name(pair).is_none_or(|name| names.get(&name) == Some(&1)));
    let editions: Vec<_> =
        all.iter().filter(|it| it[0].starts_with("--edition")).cloned().collect();
    // The newest one.
    for old in editions.iter().rev().skip(1) {
        all.remove(old);
    }
    (!known.is_empty()).then(|| Words { kept: all.into_iter().flatten().collect(), folder: None })
}

/// Lets rustdoc try the code of a document.
fn of_document(
    examining: &Examining<'_>,
    tried: &Tried<'_>,
    known: &Words,
    folder: &Path,
    heard: &mut Heard<'_>,
) -> Result<(), EngineError> {
    let file = &tried.document.file;
    let place = folder.join(file);
    let parent = place.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(EngineError::file("make", parent))?;
    fs::write(&place, &tried.text).map_err(EngineError::file("write", &place))?;
    let root = &examining.workspace.root;
    let mut command = words(&["rustdoc", "--test", &place.to_string_lossy(), "--color", "never"]);
    command.extend(known.kept.iter().cloned());
    let run_in = known.folder.clone().unwrap_or_else(|| root.to_string_lossy().into_owned());
    command.extend(["--test-run-directory".to_owned(), run_in]);
    let environment = examining.environment(&[("LLVM_PROFILE_FILE", "/dev/null".as_ref())]);
    let (status, observed) = examining.tool(&command, root, &environment)?;
    heard.said(&observed.stderr);
    // Without the folder that the copy lies in, which has another name each time.
    let copies = format!("{}/", folder.display());
    let [stdout, stderr] = [&observed.stdout, &observed.stderr]
        .map(|it| String::from_utf8_lossy(it).replace(&copies, ""));
    let run = read_libtest_text(stdout.as_bytes()).ok();
    let all = stdout + &stderr;
    for line in &tried.lines {
        let end = end(run.as_ref(), *line, status, &all);
        heard.example(example(tried.document, *line, end));
    }
    Ok(())
}

/// What the code at a line came to.
fn end(run: Option<&LibtestRun>, line: usize, status: i32, said: &str) -> ExampleEnd {
    let is_it = |place: u32| usize::try_from(place).is_ok_and(|place| place == line);
    let tests = run.map_or(&[][..], |run| &run.tests);
    let found = tests.iter().find(|it| it.place.as_ref().is_some_and(|it| is_it(it.line)));
    match found {
        Some(test) => match test.outcome {
            LibtestOutcome::Passed => ExampleEnd::Passed,
            LibtestOutcome::Failed => {
                let first = test.message.lines().next().unwrap_or_default();
                ExampleEnd::failed(first, None, &test.output)
            }
            LibtestOutcome::Ignored => ExampleEnd::NotRun("it says `ignore`".to_owned()),
        },
        None if status != 0 => {
            ExampleEnd::failed(&format!("rustdoc ended with status {status}"), None, said)
        }
        None => ExampleEnd::NotRun("rustdoc does not take it for code to try".to_owned()),
    }
}

/// Code for which cargo has no words.
fn none(tried: &Tried<'_>, why: Option<&str>, heard: &mut Heard<'_>) {
    for line in &tried.lines {
        let end = match why {
            Some(said) => ExampleEnd::failed("what it needs does not compile", None, said),
            None => ExampleEnd::NotRun(
                "there is no library whose documentation is tried, so that cargo does not say what it can use"
                    .to_owned(),
            ),
        };
        heard.example(example(tried.document, *line, end));
    }
}

fn example(document: &Document, line: usize, end: ExampleEnd) -> Example {
    Example {
        kind: ExampleKind::Code,
        member: document.member.clone(),
        name: format!("code in {} (line {line})", document.file),
        file: document.file.clone(),
        line: u32::try_from(line).ok(),
        end,
    }
}
