use std::{
    fs,
    path::{Path, PathBuf},
};

use blocks_evidence::{Example, ExampleEnd, ExampleKind};
use blocks_examples::Output;

use super::{
    Examining, Heard,
    built::Built,
    members::{Member, Target},
};
use crate::{EngineError, process::Streams};

/// Runs the targets of the kind `example`.
pub(super) fn run(
    examining: &Examining<'_>,
    members: &[Member],
    built: &Built,
    heard: &mut Heard<'_>,
) -> Result<(), EngineError> {
    for member in members {
        for target in member.examples.iter().filter(|it| examining.is_asked(&it.file, None)) {
            let end = one(examining, member, target, built)?;
            heard.example(Example {
                kind: ExampleKind::Program,
                member: Some(member.name.clone()),
                name: target.name.clone(),
                file: target.file.clone(),
                line: None,
                end,
            });
        }
    }
    Ok(())
}

fn one(
    examining: &Examining<'_>,
    member: &Member,
    target: &Target,
    built: &Built,
) -> Result<ExampleEnd, EngineError> {
    let program = match built.example(&member.name, &target.name) {
        Ok(program) => program,
        Err(_) if built.is_left_out(&member.name, &target.features) => {
            let features = target.features.join(", ");
            return Ok(ExampleEnd::NotRun(format!("it needs features that are off: {features}")));
        }
        Err(said) => return Ok(ExampleEnd::failed("it does not compile", None, &said)),
    };
    let Some(program) = program.filter(|_| target.is_program) else {
        return Ok(ExampleEnd::NotRun("it is compiled only: it is a library".to_owned()));
    };
    let named = format!("{}/{}", member.name, target.name);
    if examining.compile_only.contains(&named) {
        let why = "it is compiled only: examples.compile_only names it";
        return Ok(ExampleEnd::NotRun(why.to_owned()));
    }
    ended(examining, member, target, program)
}

/// Runs it in its package's folder, as tests run.
fn ended(
    examining: &Examining<'_>,
    member: &Member,
    target: &Target,
    program: &str,
) -> Result<ExampleEnd, EngineError> {
    let root = &examining.workspace.root;
    let wanted = wanted(&root.join(&target.file))?;
    let folder = root.join(&member.folder);
    let environment = examining.environment(&[
        ("CARGO_MANIFEST_DIR", folder.as_os_str()),
        ("NO_COLOR", "1".as_ref()),
        // What an instrumented program counts would be one of the sources.
        ("LLVM_PROFILE_FILE", "/dev/null".as_ref()),
    ]);
    let (status, observed) =
        examining.example(&[program.to_owned()], (&folder, &environment), Streams::Apart)?;
    let why = match status {
        Ok(0) => None,
        Ok(status) => Some(format!("it ended with status {status}")),
        Err(why) => Some(why),
    };
    if let Some(why) = why {
        let all =
            [observed.stdout, observed.stderr].map(|it| String::from_utf8_lossy(&it).into_owned());
        return Ok(ExampleEnd::failed(&why, None, &all.concat()));
    }
    let Some(wanted) = wanted else { return Ok(ExampleEnd::Passed) };
    let printed = Output::of(&observed.stdout, &folder);
    Ok(if !observed.is_cut && printed.is(&wanted) {
        ExampleEnd::Passed
    } else {
        ExampleEnd::failed("it prints something else", Some(&wanted), &printed.towards(&wanted))
    })
}

/// What a program has to print: `examples/NAME.stdout`, where there is one.
fn wanted(file: &Path) -> Result<Option<String>, EngineError> {
    let beside = beside(file);
    if !beside.is_file() {
        return Ok(None);
    }
    let bytes = fs::read(&beside).map_err(EngineError::file("read", &beside))?;
    Ok(Some(blocks_examples::shown(&bytes)))
}

/// Beside the file, or beside the folder of one that is a folder.
fn beside(file: &Path) -> PathBuf {
    let is_folder = file.file_name().is_some_and(|it| it == "main.rs");
    file.parent().filter(|_| is_folder).unwrap_or(file).with_extension("stdout")
}
