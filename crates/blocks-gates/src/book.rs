//! The gate of the book: what mdBook could not do, and links of its pages that lead nowhere.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::text::{looked_into, relative};
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure};
use blocks_evidence::{
    BookLink, DETAIL, Format, MESSAGE, bounded, read_book_links, read_file_list, read_text,
};
use std::collections::BTreeSet;

/// The exit status of the stage's script where there is no book.
const NOTHING: i32 = 64;

/// What mdBook says when the pages are there.
const WRITTEN: &str = "HTML book written";

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    if case.exit == NOTHING {
        return Ok(Finding::not_applicable("there is no docs/book.toml"));
    }
    let said = case.read(Format::Text, read_text)?;
    let links = case.read(Format::BookLinks, read_book_links)?;
    let pages = case.read(Format::FileList, read_file_list)?;
    let count = pages.len();
    let pages: BTreeSet<String> = pages.into_iter().collect();
    if let Some(one) = links.iter().find(|one| !pages.contains(&one.page)) {
        return Err(case.contradicts(&format!("{} is not among the pages", one.page)));
    }
    let mut causes = faults(&said);
    causes.extend(links.iter().filter(|one| !is_copy(one, &links)).map(broken));
    let measure = Measure::Findings { count: causes.len() as u64 };
    let told = told(&measure, &causes);
    if causes.is_empty() != (case.exit == 0) {
        return Err(case.contradicts(&format!("of the book is known: {told}")));
    }
    if said.contains(WRITTEN) {
        looked_into("mdBook", count)?;
    } else if causes.is_empty() {
        return Err(case.contradicts("mdBook does not say that it has written the book"));
    }
    Ok(Finding::of(format!("{told} in {}", counted(count, "page", "pages")), causes, measure))
}

/// What mdBook says that it could not do, and below each why.
fn faults(said: &str) -> Vec<Cause> {
    let mut faults: Vec<(String, Vec<&str>)> = Vec::new();
    for line in said.lines().map(str::trim_start) {
        let Some(what) = ["ERROR ", "WARN "].iter().find_map(|level| line.strip_prefix(level))
        else {
            continue;
        };
        match (what.trim_start().strip_prefix("Caused By: "), faults.last_mut()) {
            (Some(why), Some((_, reasons))) => reasons.push(why),
            _ => faults.push((bounded(what.trim_start(), MESSAGE), Vec::new())),
        }
    }
    let cause = |(what, reasons): (String, Vec<&str>)| {
        let cause = Cause::new(Code::BookIncomplete, what);
        if reasons.is_empty() {
            cause
        } else {
            cause.with_detail(bounded(&reasons.join("\n"), DETAIL))
        }
    };
    faults.into_iter().map(cause).collect()
}

/// Whether a link is also that of another chapter: where nothing is made to be the first page, mdBook copies the first chapter.
fn is_copy(one: &BookLink, all: &[BookLink]) -> bool {
    let is_first_page = one.page == "./index.html" && one.source.is_none();
    is_first_page && all.iter().any(|other| other.page != one.page && other.link == one.link)
}

fn broken(one: &BookLink) -> Cause {
    let message =
        format!("the link `{}` of the page {} leads nowhere", one.link, relative(&one.page));
    let mut cause = Cause::new(Code::BrokenLink, message);
    cause.file.clone_from(&one.source);
    cause
}

pub(crate) fn told(_: &Measure, causes: &[Cause]) -> String {
    let [faults, links] =
        [Code::BookIncomplete, Code::BrokenLink].map(|code| of_code(causes, code));
    let faults = (faults > 0).then(|| {
        counted(faults, "thing that mdBook could not do", "things that mdBook could not do")
    });
    let links = (links > 0).then(|| counted(links, "broken link", "broken links"));
    let parts: Vec<String> = faults.into_iter().chain(links).collect();
    if parts.is_empty() { "no broken link".to_owned() } else { parts.join(", ") }
}
