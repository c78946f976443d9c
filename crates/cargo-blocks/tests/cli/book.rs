//! `check book`: what mdBook could not do, and links of its pages that lead nowhere.
//!
//! A script stands for mdBook, which the sandbox of the tests does not have; `.ci/both-engines` runs the tool itself.

use crate::bench::Bench;

/// Takes `docs/*.md` for pages as they stand, and tells of `{{#include gone.md}}` as mdBook does, which ends with 0 then.
const MAKES: &str = r#"case "$*" in *--version) echo mdbook v0.5.4; exit ;; esac
[ "$1 $2 $3" = "build docs --dest-dir" ] && [ $# -eq 4 ] || exit 3
echo ' INFO Book building has started' >&2
[ -f docs/SUMMARY.md ] || { echo "ERROR Couldn't open SUMMARY.md in \"$PWD/docs\" directory" >&2; exit 101; }
if grep -q gone.md docs/*.md; then
  echo "ERROR Could not read file for link {{#include gone.md}} ($PWD/docs/gone.md)" >&2
  echo ' WARN Caused By: No such file or directory (os error 2)' >&2
fi
mkdir -p "$4"
for page in docs/*.md; do name=${page##*/}; cp "$page" "$4/${name%.md}.html"; done
echo " INFO HTML book written to \`$4\`" >&2"#;

fn with_book(script: &str) -> Bench {
    let mut bench = Bench::green();
    bench.program("mdbook", script);
    bench.write("docs/SUMMARY.md", "# Summary\n");
    bench.write("docs/book.toml", "[book]\nsrc = \".\"\n");
    bench
}

#[test]
fn a_link_that_leads_nowhere_is_red_with_its_chapter() {
    let bench = with_book(MAKES);
    bench.write("docs/two.md", "<h1 id=\"there\">Two</h1> <h2 id=\"\u{fc}ber\">More</h2>\n");
    let whole = [
        "<a href=\"two.html#there\">a</a>",
        "<a href=\"two.html?highlight=x#%C3%BCber\">b</a>",
        "<a href=\"https://example.org/gone\">c</a>",
        "<a href=\"mailto:team@example.org\">d</a>",
    ];
    bench.write("docs/one.md", &whole.join("\n"));
    bench.check(&["book"]).expect(0, &["✓ pass", "no broken link in 3 pages"]);
    let broken = [
        "<a href=\"two.html#gone\">a</a>",
        "<img src=\"gone.svg\">",
        "<a href=\"../Cargo.toml\">b</a>",
    ];
    bench.write("docs/one.md", &broken.join("\n"));
    let words = [
        "docs/one.md: the link `two.html#gone` of the page one.html leads nowhere [broken-link]",
        "the link `gone.svg`",
        "the link `../Cargo.toml`",
        "3 broken links in 3 pages",
        "mdbook build docs",
    ];
    bench.check(&["book"]).expect(1, &words);
}

#[test]
fn what_mdbook_could_not_do_is_red_though_it_ends_with_0() {
    let bench = with_book(MAKES);
    bench.write("docs/one.md", "{{#include gone.md}}\n");
    let words =
        ["{{#include gone.md}} (docs/gone.md) [book-incomplete]", "No such file or directory"];
    bench.check(&["book"]).expect(1, &words);
    std::fs::remove_file(bench.path("docs/SUMMARY.md")).expect("removed");
    bench.check(&["book"]).expect(1, &["Couldn't open SUMMARY.md"]);
}

#[test]
fn a_workspace_without_a_book_needs_no_tool_for_it() {
    let bench = Bench::green();
    bench.check(&["book"]).expect(0, &["not applicable", "there is no docs/book.toml"]);
}

#[test]
fn a_tool_that_fails_or_lacks_another_one_is_no_verdict() {
    let version = "case \"$*\" in *--version) echo mdbook v0.5.4; exit ;; esac; ";
    let lacks = "echo \"ERROR The command `mdbook-mermaid` wasn't found, is the `mermaid` preprocessor installed?\" >&2; exit 1";
    for (script, status) in [("exit 101", "70"), (&lacks.replace('`', "\\`"), "70")] {
        let bench = with_book(&format!("{version}{script}"));
        let ended = format!("ended with status {status}, which is no answer");
        bench.check(&["book"]).expect(3, &["? no verdict", &ended]);
    }
}
