//! Coverage as Cobertura.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use blocks_evidence::{FileCounts, LineCounts, Lines};

use crate::xml::Escaped;

const HEAD: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
    "<!DOCTYPE coverage SYSTEM \"http://cobertura.sourceforge.net/xml/coverage-04.dtd\">\n",
);

/// Which lines ran how often, as Cobertura XML (`coverage-04.dtd`), which GitLab and other services read.
///
/// A package is a folder, a class a file, with its path from the workspace's root, which is the only source. Rates are shares
/// from 0 to 1; branches and complexity are not measured, and are 0. No time of day is in it: `timestamp` is 0, so that the
/// same records give the same bytes.
pub fn cobertura(counts: &LineCounts) -> String {
    let mut folders: BTreeMap<&str, Vec<&FileCounts>> = BTreeMap::new();
    for file in &counts.files {
        let folder = file.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.entry(folder).or_default().push(file);
    }
    let all = lines_of(&counts.files.iter().collect::<Vec<_>>());
    let mut out = HEAD.to_owned();
    let _ = writeln!(
        out,
        "<coverage line-rate=\"{}\" branch-rate=\"0\" lines-covered=\"{}\" lines-valid=\"{}\" branches-covered=\"0\" \
         branches-valid=\"0\" complexity=\"0\" version=\"blocks\" timestamp=\"0\">",
        rate(all),
        all.covered,
        all.count
    );
    out.push_str("<sources><source>.</source></sources>\n<packages>\n");
    for (folder, files) in folders {
        let _ = writeln!(
            out,
            "<package name=\"{}\" line-rate=\"{}\" branch-rate=\"0\" complexity=\"0\"><classes>",
            Escaped::of(folder).as_str(),
            rate(lines_of(&files))
        );
        for file in files {
            push_file(&mut out, file);
        }
        out.push_str("</classes></package>\n");
    }
    out.push_str("</packages>\n</coverage>\n");
    out
}

fn push_file(out: &mut String, file: &FileCounts) {
    let path = Escaped::of(&file.file);
    let name = file.file.rsplit_once('/').map_or(file.file.as_str(), |(_, name)| name);
    let _ = writeln!(
        out,
        "<class name=\"{}\" filename=\"{}\" line-rate=\"{}\" branch-rate=\"0\" complexity=\"0\"><methods/><lines>",
        Escaped::of(name).as_str(),
        path.as_str(),
        rate(lines_of(&[file]))
    );
    for (line, count) in &file.lines {
        let _ = writeln!(out, "<line number=\"{line}\" hits=\"{count}\"/>");
    }
    out.push_str("</lines></class>\n");
}

fn lines_of(files: &[&FileCounts]) -> Lines {
    let lines = || files.iter().flat_map(|file| &file.lines);
    let covered = lines().filter(|(_, count)| *count > 0).count() as u64;
    Lines { covered, count: lines().count() as u64 }
}

/// A share to four places, cut: what is not whole does not look so. Of nothing all is covered.
fn rate(lines: Lines) -> String {
    let Lines { covered, count } = lines;
    if covered >= count {
        return "1".to_owned();
    }
    format!("0.{:04}", u128::from(covered) * 10_000 / u128::from(count))
}
