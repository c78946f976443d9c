//! `docs readme`: regions of Markdown files, by what cargo, the configuration and the workspace's own programs say.

use crate::{affected::git, bench::Bench};

/// A program that says what it is asked, and whether anybody sees colours.
const PROGRAM: &str = r#"//! Talks.

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let columns = std::env::var("COLUMNS").unwrap_or_default();
    println!("Usage: small {} ({columns} columns)\n```", words.join(" "));
    std::process::exit(i32::from(words[0] == "broken"));
}
"#;

fn bench() -> Bench {
    let bench = Bench::green();
    bench.write("src/main.rs", PROGRAM);
    bench.write(".gitignore", "target\n");
    git(&bench, &["init", "--quiet"]);
    bench
}

#[test]
fn regions_are_shown_written_and_then_left_alone() {
    let mut bench = bench();
    bench.set("COLUMNS", "33");
    bench.set("CLICOLOR_FORCE", "1");
    bench.write(
        "README.md",
        "Small <!-- blocks: version --><!-- /blocks -->\r\n\r\n<!-- blocks: help small add -->\n<!-- /blocks -->\nend",
    );
    let expected = "Small <!-- blocks: version -->0.1.0<!-- /blocks -->\r\n\r\n<!-- blocks: help small add -->\n\
                    ````text\nUsage: small add --help (100 columns)\n```\n````\n<!-- /blocks -->\nend";
    let before = bench.read("README.md");
    let shown = ["+Small <!-- blocks: version -->0.1.0", "README.md:3: `help small add` is stale"];
    bench.run(&["docs", "readme", "--check"]).expect(1, &shown);
    assert_eq!(bench.read("README.md"), before);
    bench.run(&["docs", "update_readme"]).expect(0, &["`version` is written anew"]);
    assert_eq!(bench.read("README.md"), expected);
    for words in
        [&["docs", "readme", "--check"][..], &["update_docs", "readme"], &["update_readme"]]
    {
        bench.run(words).expect(0, &["2 regions are as they should be"]);
    }
    assert_eq!(bench.read("README.md"), expected);
}

#[test]
fn mistakes_are_told_with_their_places_and_nothing_is_written() {
    let bench = bench();
    bench.write("README.md", "<!-- blocks: version --><!-- /blocks -->\n");
    bench.write("docs/guide.md", "\n<!-- blocks: number --><!-- /blocks -->\n");
    bench.write(
        ".github/pipeline-config.yml",
        "docs:\n  files:\n    - README.md\n    - docs/guide.md\n",
    );
    bench.run(&["docs", "readme"]).expect(2, &["docs/guide.md:2: there is no kind `number`"]);
    bench.write("docs/guide.md", "<!-- blocks: help large -->\n<!-- /blocks -->\n");
    bench.run(&["docs", "readme"]).expect(2, &["docs/guide.md:1: no member has a program `large`"]);
    bench.write("docs/guide.md", "<!-- blocks: help small broken -->\n<!-- /blocks -->\n");
    let failed = ["docs/guide.md:1: `small broken --help` ended with status 1"];
    bench.run(&["docs", "readme"]).expect(2, &failed);
    bench.write("src/main.rs", "fn main() { nothing }\n");
    bench.run(&["docs", "readme"]).expect(2, &["does not compile", "nothing"]);
    assert_eq!(bench.read("README.md"), "<!-- blocks: version --><!-- /blocks -->\n");
}

#[test]
fn only_files_that_git_knows_are_written() {
    let bench = bench();
    let text = "<!-- blocks: version --><!-- /blocks -->\n";
    bench.write("README.md", text);
    bench.write(".gitignore", "target\nREADME.md\n");
    bench.run(&["docs", "readme"]).expect(0, &["no file has a region"]);
    assert_eq!(bench.read("README.md"), text);
    bench.write(".github/pipeline-config.yml", "docs:\n  files: [README.md]\n");
    bench.run(&["docs", "readme"]).expect(2, &["README.md: it is none of the workspace's sources"]);
    bench.write(".github/pipeline-config.yml", "docs:\n  files: [GUIDE.md]\n");
    bench.run(&["docs", "readme"]).expect(2, &["`GUIDE.md` is not there"]);
    // A stage that passes over a folder would not see what is stale in it.
    bench.write("docs/a.md", text);
    bench.write(".github/pipeline-config.yml", "docs:\n  files: [docs]\n");
    bench.check(&["readme"]).expect(2, &["`docs` is a folder or a link"]);
}

#[test]
fn the_stage_sees_what_is_stale_and_a_fix_of_the_record_repairs_it() {
    let bench = bench();
    bench.write("README.md", "# Small\n");
    let nothing = ["not applicable", "no text holds `blocks:` or `/blocks`"];
    bench.check(&["readme"]).expect(0, &nothing);
    bench.write(
        "README.md",
        "\u{fc} <!-- blocks: version -->0.0.9<!-- /blocks -->\n\n<!-- blocks: help small -->\n<!-- /blocks -->\n",
    );
    git(&bench, &["add", "."]);
    git(&bench, &["commit", "--quiet", "--message", "as it is"]);
    let stale = [
        "README.md:1: `version` holds `0.0.9`, and should hold `0.1.0`",
        "README.md:3: `help small` does not hold what it should",
        "+Usage: small --help (100 columns)",
        "repeat: cargo blocks docs readme",
    ];
    bench.check(&["readme"]).expect(1, &stale);
    let offered = ["README.md holds what is known now: version, help small"];
    bench.run(&["fix", "readme", "--yes"]).expect(0, &offered);
    bench.run(&["docs", "readme", "--check"]).expect(0, &["2 regions are as they should be"]);
    bench.check(&["readme"]).expect(0, &["✓ pass", "2 regions as they should be"]);
    bench.write("README.md", "<!-- blocks: help small broken -->\n<!-- /blocks -->\n");
    let failed = ["README.md:1: `small broken --help` ended with status 1"];
    bench.check(&["readme"]).expect(1, &failed);
    bench.write("src/main.rs", "//! Broken.\n\nfn main() { nothing }\n");
    bench.check(&["readme"]).expect(1, &["compile-error", "nothing"]);
}
