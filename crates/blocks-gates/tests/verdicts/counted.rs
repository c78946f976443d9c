//! Evidence of the coverage of small files.

use crate::evidence::JUNIT_PASSED;
use std::fmt::Write as _;

/// A source file: its name in the workspace, its text, and the lines that hold code. A line with `+` was run, one with `-`
/// was not, others hold none.
pub type Counted<'a> = (&'a str, &'a str);

/// The evidence of `test` over these files, in a workspace that lies at `root` and whose packages have these folders.
pub fn evidence(
    root: &str,
    packages: &[(&str, &str)],
    files: &[Counted<'_>],
) -> [(&'static str, String); 4] {
    [
        ("junit.xml", JUNIT_PASSED.to_owned()),
        ("coverage.json", export(root, files)),
        ("metadata.json", metadata(root, packages)),
        ("sources.txt", sources(root, files)),
    ]
}

fn export(root: &str, files: &[Counted<'_>]) -> String {
    let mut all = Vec::new();
    for (name, text) in files {
        let mut segments = Vec::new();
        for (line, number) in text.lines().zip(1..) {
            let count = match line.as_bytes().first() {
                Some(b'+') => 1,
                Some(b'-') => 0,
                _ => continue,
            };
            segments.push(format!(
                "[{number},1,{count},true,true,false],[{number},9,0,false,false,false]"
            ));
        }
        let segments = segments.join(",");
        all.push(format!(
            r#"{{"filename":"{root}/{name}","segments":[{segments}],"summary":{{"lines":{{"count":1,"covered":1}}}}}}"#
        ));
    }
    let (count, files) = (all.len(), all.join(","));
    format!(
        r#"{{"data":[{{"files":[{files}],"totals":{{"lines":{{"count":{count},"covered":{count}}}}}}}],"type":"llvm.coverage.json.export","version":"3.1.0"}}"#
    )
}

fn metadata(root: &str, packages: &[(&str, &str)]) -> String {
    let package = |(name, folder): &(&str, &str)| {
        let manifest = format!("{root}/{folder}/Cargo.toml").replace("//", "/");
        format!(
            r#"{{"name":"{name}","version":"0.1.0","publish":null,"targets":[],"manifest_path":"{manifest}"}}"#
        )
    };
    let packages: Vec<_> = packages.iter().map(package).collect();
    format!(r#"{{"packages":[{}],"version":1}}"#, packages.join(","))
}

pub fn sources(root: &str, files: &[Counted<'_>]) -> String {
    let mut all = String::new();
    for (name, text) in files {
        let _ = writeln!(all, "=== {root}/{name} has {} bytes\n{text}", text.len());
    }
    all
}
