//! The links of a book that lead nowhere, as the stage `book` lists them: a line each, of the page that has the link, the link,
//! and the file that the page was made of, with a tab between them.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookLink {
    /// The page that has it, from the folder of pages; it begins with `./`.
    pub page: String,
    /// Where it leads, as it stands in the page.
    pub link: String,
    /// The file that the page was made of, from the workspace's root; none where it is not known.
    pub source: Option<String>,
}

/// Reads the links, in the order of the text.
pub fn read_book_links(bytes: &[u8]) -> Result<Vec<BookLink>, EvidenceError> {
    let format = Format::BookLinks;
    format.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    if !text.is_empty() && !text.ends_with('\n') {
        return Err(format.malformed("its end", "the last line does not end"));
    }
    let link = |(number, line)| {
        link(line).ok_or_else(|| format.malformed_line(number, "this is no link of a page"))
    };
    (1..).zip(text.lines()).map(link).collect()
}

fn link(line: &str) -> Option<BookLink> {
    let mut parts = line.split('\t');
    let (page, link, source) = (parts.next()?, parts.next()?, parts.next()?);
    let is_page = page.strip_prefix("./").is_some_and(|rest| !rest.is_empty());
    if !is_page || link.is_empty() || parts.next().is_some() {
        return None;
    }
    Some(BookLink {
        page: bounded(page, NAME),
        link: bounded(link, NAME),
        source: (!source.is_empty()).then(|| bounded(source, NAME)),
    })
}
