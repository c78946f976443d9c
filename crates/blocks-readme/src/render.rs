//! What belongs into a region.

use std::fmt::Write as _;

use crate::facts::{Facts, Help, Member};
use crate::kind::Kind;
use crate::mistake::Wrong;
use crate::text::{cell, fenced, printed, relative, target};

/// What belongs into a region of a file, as lines that each end with a line feed.
///
/// None where that is not known: nobody asked the program.
pub(crate) fn rendered(kind: &Kind, file: &str, facts: &Facts) -> Option<Result<String, Wrong>> {
    Some(match kind {
        Kind::Badges => Ok(badges(file, facts)),
        Kind::Version(name) => version(name.as_deref(), file, facts),
        Kind::Msrv(name) => msrv(name.as_deref(), file, facts),
        Kind::Dependency(name) => named(name, facts).map(dependency),
        Kind::Help(words) => help(words, facts.helps.get(&words.join(" "))?),
        Kind::Stages => Ok(stages(facts)),
    })
}

fn badges(file: &str, facts: &Facts) -> String {
    let picture = |(name, path): &(String, String)| {
        format!("![{}]({})", cell(name), target(&relative(path, file)))
    };
    let pictures: Vec<_> = facts.badges.iter().map(picture).collect();
    format!("{}\n", pictures.join(" "))
}

fn version(name: Option<&str>, file: &str, facts: &Facts) -> Result<String, Wrong> {
    let of = |member: &Member| member.version.clone();
    Ok(format!("{}\n", shared(name, file, facts, "version", of)?))
}

fn msrv(name: Option<&str>, file: &str, facts: &Facts) -> Result<String, Wrong> {
    let of = |member: &Member| {
        let none = || Wrong::NoRustVersion { name: member.name.clone() };
        member.rust_version.clone().ok_or_else(none)
    };
    Ok(format!("{}\n", shared(name, file, facts, "msrv", of)??))
}

/// What a member has: the one that is named, else the one that the file lies in, else all of them alike.
fn shared<T: PartialEq>(
    name: Option<&str>,
    file: &str,
    facts: &Facts,
    kind: &'static str,
    of: impl Fn(&Member) -> T,
) -> Result<T, Wrong> {
    if let Some(name) = name {
        return named(name, facts).map(of);
    }
    if let Some(member) = facts.member_of(file) {
        return Ok(of(member));
    }
    let mut all = facts.members.iter().map(of);
    let differ = Wrong::MembersDiffer { kind };
    let Some(first) = all.next() else { return Err(differ) };
    if all.all(|other| other == first) { Ok(first) } else { Err(differ) }
}

fn named<'a>(name: &str, facts: &'a Facts) -> Result<&'a Member, Wrong> {
    facts.member(name).ok_or_else(|| {
        let known: Vec<_> = facts.members.iter().map(|it| it.name.as_str()).collect();
        Wrong::UnknownMember { name: name.to_owned(), known: known.join(", ") }
    })
}

fn dependency(member: &Member) -> String {
    fenced("toml", &format!("[dependencies]\n{} = \"{}\"", member.name, member.version))
}

fn help(words: &[String], help: &Help) -> Result<String, Wrong> {
    let command = words.join(" ");
    match help {
        Help::NoProgram => {
            Err(Wrong::UnknownProgram { name: words.first().cloned().unwrap_or_default() })
        }
        Help::Printed { status: 0, text } => match printed(text) {
            Some(text) => Ok(fenced("text", &text)),
            None => Err(Wrong::HelpSize { command }),
        },
        Help::Printed { status, .. } => Err(Wrong::HelpFailed { command, status: *status }),
    }
}

fn stages(facts: &Facts) -> String {
    let mut out = "| Stage | What it checks | Why |\n| --- | --- | --- |\n".to_owned();
    for stage in &facts.stages {
        // Names of stages have nothing in them that a code span would end at.
        let _ = writeln!(out, "| `{}` | {} | {} |", stage.id, cell(&stage.title), cell(&stage.why));
    }
    out
}
