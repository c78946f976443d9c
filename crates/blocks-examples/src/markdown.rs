use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// A block of code in a Markdown file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBlock {
    /// What stands behind the fence; nothing of a block that is indented.
    pub info: String,
    /// Its text, without what lists and quotes put before its lines.
    pub text: String,
    /// The line of the file that it begins in, from 1: that of the fence, where it has one.
    pub line: usize,
    /// The whole block in the file, in bytes.
    pub range: Range<usize>,
    /// Its text in the file, in bytes; none where it stands there otherwise than in `text`, with something before its lines.
    pub inside: Option<Range<usize>>,
}

impl CodeBlock {
    /// The words behind the fence, as rustdoc cuts them.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let cut = |c: char| matches!(c, ',' | ' ' | '\t' | '{' | '}');
        self.info.split(cut).filter(|word| !word.is_empty())
    }

    /// Whether its first word is this one.
    pub fn is(&self, word: &str) -> bool {
        self.words().next() == Some(word)
    }
}

/// The blocks of code in a Markdown text, in their order.
pub fn code_blocks(text: &str) -> Vec<CodeBlock> {
    let mut found: Vec<CodeBlock> = Vec::new();
    let mut open: Option<(CodeBlock, Vec<Range<usize>>)> = None;
    let mut lines = Lines { text, at: 0, line: 1 };
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                let line = lines.line_of(range.start);
                let block = CodeBlock { info, text: String::new(), line, range, inside: None };
                open = Some((block, Vec::new()));
            }
            Event::Text(part) => {
                if let Some((block, parts)) = &mut open {
                    block.text.push_str(&part);
                    parts.push(range);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((mut block, parts)) = open.take() {
                    block.inside = inside(text, &block, &parts);
                    found.push(block);
                }
            }
            _ => {}
        }
    }
    found
}

/// The text of a block where it stands in the file as it is.
fn inside(text: &str, block: &CodeBlock, parts: &[Range<usize>]) -> Option<Range<usize>> {
    let range = if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
        first.start..last.end
    } else {
        // An empty block begins behind the line of its fence.
        let whole = &text[block.range.clone()];
        let start = block.range.start + whole.find('\n')? + 1;
        start..start
    };
    (text.get(range.clone()) == Some(&block.text)).then_some(range)
}

/// Counts lines, each once.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of a place that is not before the last one.
    fn line_of(&mut self, place: usize) -> usize {
        self.line += self.text.get(self.at..place).unwrap_or_default().matches('\n').count();
        self.at = self.at.max(place);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::code_blocks;

    #[test]
    fn a_block_is_known_with_its_place() {
        let text = "# A\n\n```rust,no_run\nlet x = 1;\nlet y = 2;\n```\n\n- b\n\n  ```console\n  $ a\n  ```\n\nc\n\n    four\n";
        let blocks = code_blocks(text);
        let told: Vec<_> = blocks.iter().map(|it| (it.line, &*it.info, &*it.text)).collect();
        assert_eq!(
            told,
            [
                (3, "rust,no_run", "let x = 1;\nlet y = 2;\n"),
                (10, "console", "$ a\n"),
                (16, "", "four\n")
            ]
        );
        assert_eq!(&text[blocks[0].inside.clone().unwrap()], "let x = 1;\nlet y = 2;\n");
        assert!(text[blocks[0].range.clone()].starts_with("```rust"));
        assert_eq!(blocks[0].words().collect::<Vec<_>>(), ["rust", "no_run"]);
        // One line stands in the file as it is, also where something stands before it.
        assert_eq!(&text[blocks[1].inside.clone().unwrap()], "$ a\n");
    }

    #[test]
    fn an_empty_block_has_a_place_to_write_into() {
        let text = "a\n\n```console\n```\n";
        let block = code_blocks(text).remove(0);
        assert_eq!((block.text.as_str(), block.inside), ("", Some(14..14)));
    }
}
