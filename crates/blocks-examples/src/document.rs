use std::path::Path;

use crate::markdown::{CodeBlock, code_blocks};

/// Words behind a fence by which rustdoc takes a block for Rust, beside those of editions.
const RUST: [&str; 7] = [
    "rust",
    "should_panic",
    "no_run",
    "compile_fail",
    "ignore",
    "standalone_crate",
    "test_harness",
];

/// Whether a file of a workspace, by its path from the root, is one whose examples people try: the README of the root or of
/// a member, and what lies in `docs/`.
pub fn is_document<'a>(file: &Path, members: impl IntoIterator<Item = &'a str>) -> bool {
    if file.extension().is_none_or(|it| it != "md") {
        return false;
    }
    let folder = file.parent().unwrap_or(Path::new(""));
    let is_readme = file.file_name().is_some_and(|it| it == "README.md");
    let is_of_member = || members.into_iter().any(|it| Path::new(it) == folder);
    file.starts_with("docs") || (is_readme && (folder == Path::new("") || is_of_member()))
}

/// The text with nothing but blanks in place of each block that is no Rust or that is not `wanted`; every line stays where
/// it is. None where no block is left.
///
/// rustdoc takes a block without any word for Rust. In a text that is no documentation of code it is most often none, so
/// here a block has to say what it is.
pub fn only_rust(text: &str, wanted: impl Fn(&CodeBlock) -> bool) -> Option<String> {
    let (mut out, mut at, mut is_any) = (String::with_capacity(text.len()), 0, false);
    for block in code_blocks(text) {
        if is_rust(&block) && wanted(&block) {
            is_any = true;
            continue;
        }
        out.push_str(text.get(at..block.range.start)?);
        let blank = text.get(block.range.clone())?;
        out.extend(blank.chars().filter(|c| matches!(c, '\n' | '\r')));
        at = block.range.end;
    }
    out.push_str(text.get(at..)?);
    is_any.then_some(out)
}

fn is_rust(block: &CodeBlock) -> bool {
    block.words().next().is_some_and(|first| {
        RUST.contains(&first)
            || (first.starts_with("edition") && first.len() == "edition2021".len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_readmes_of_members_and_what_lies_in_docs() {
        let members = ["crates/a", ""];
        let is = |file: &str| is_document(Path::new(file), members);
        for file in ["README.md", "crates/a/README.md", "docs/x.md", "docs/deep/y.md"] {
            assert!(is(file), "{file}");
        }
        for file in ["NOTES.md", "crates/b/README.md", "crates/a/docs/x.md", "docs/x.txt", "docs"] {
            assert!(!is(file), "{file}");
        }
    }

    #[test]
    fn what_is_no_rust_is_blank_and_each_line_stays() {
        let text =
            "# A\n\n```\nplain\n```\n\n```rust\nlet x = 1;\n```\n\n```sh\nrm -r x\n```\nend\n";
        let only = only_rust(text, |_| true).unwrap();
        assert_eq!(only.lines().count(), text.lines().count());
        assert_eq!(only.lines().nth(7), Some("let x = 1;"));
        assert!(!only.contains("plain") && !only.contains("rm") && only.ends_with("end\n"));
        assert_eq!(only_rust("```sh\na\n```\n", |_| true), None);
        assert_eq!(only_rust(text, |block| block.line != 7), None);
    }

    #[test]
    fn a_block_with_a_word_of_rustdoc_is_rust() {
        for (info, is) in [
            ("no_run", true),
            ("edition2021", true),
            ("rust,ignore", true),
            ("text", false),
            ("rusty", false),
        ] {
            let text = format!("```{info}\nx\n```\n");
            assert_eq!(only_rust(&text, |_| true).is_some(), is, "{info}");
        }
    }
}
