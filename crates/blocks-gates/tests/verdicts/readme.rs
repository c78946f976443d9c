//! What the gate of pages says.

use crate::crew::lines;
use crate::evidence::{HELPS, METADATA_SMALL, PAGES_CURRENT};
use crate::fixture::Fixture;
use blocks_config::PipelineConfig;
use blocks_gates::{Code, Measure, Outcome, Verdict};

const STAGE: &str = "readme";

fn framed(file: &str, text: &str) -> String {
    format!("=== {file} has {} bytes\n{text}\n", text.len())
}

fn fixture(pages: &str, helps: &str) -> Fixture {
    let files = [("metadata.json", METADATA_SMALL), ("pages.txt", pages), ("helps.txt", helps)];
    Fixture::new(STAGE, 0, &files)
}

fn of(pages: &str, helps: &str) -> Verdict {
    fixture(pages, helps).judge()
}

#[test]
fn what_is_as_it_should_be_passes() {
    let verdict = Fixture::passing(STAGE).judge();
    assert_eq!(verdict.outcome, Outcome::Pass, "{verdict:?}");
    assert_eq!(verdict.summary, "2 regions as they should be");
    assert_eq!(verdict.measure, Some(Measure::Findings { count: 0 }));
}

#[test]
fn what_is_stale_is_told_with_its_place_and_what_repairs_it() {
    let verdict = Fixture::failing(STAGE).judge();
    let details: Vec<_> = verdict.causes.iter().filter_map(|it| it.detail.as_deref()).collect();
    let told = [verdict.summary.clone(), lines(&verdict.causes), details.join("\n")].join("\n");
    insta::assert_snapshot!(told);
    let repairs =
        |cause: &blocks_gates::Cause| cause.repeat.as_deref() == Some("cargo blocks docs readme");
    assert!(verdict.causes.iter().all(repairs), "{verdict:?}");
}

#[test]
fn a_wrong_marker_is_a_cause_and_its_page_is_not_repaired() {
    let page = "\n<!-- blocks: help other -->\n<!-- /blocks -->\n\n<!-- blocks: version --><!-- /blocks -->\n";
    let fixture = fixture(&framed("README.md", page), "");
    let verdict = fixture.judge();
    assert_eq!((verdict.outcome, verdict.summary.as_str()), (Outcome::Fail, "1 wrong marker"));
    let cause = &verdict.causes[0];
    assert_eq!((cause.code, cause.line), (Code::RegionMalformed, Some(2)));
    assert!(cause.message.contains("no member has a program `other`"), "{cause:?}");
    assert_eq!(fixture.recorded_pages(), []);
}

#[test]
fn pages_without_a_region_are_not_applicable() {
    let page = framed("README.md", "`<!-- blocks: version -->`\n");
    assert_eq!(of(&page, "").outcome, Outcome::NotApplicable);
    // There is a page, or nobody would have looked.
    assert_eq!(of("", "").causes[0].code, Code::NoAnswer);
}

#[test]
fn what_was_not_asked_or_is_not_there_is_no_verdict() {
    let refused = |verdict: &Verdict, code: Code, words: &str| {
        assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::NoVerdict, code));
        assert!(verdict.summary.contains(words), "{}", verdict.summary);
    };
    let contradicts = Code::EvidenceContradicts;
    refused(&of(PAGES_CURRENT, ""), contradicts, "nobody asked for what `help small` of README.md");
    let other = framed("docs/other.md", "<!-- blocks: version --><!-- /blocks -->\n");
    refused(&of(&other, HELPS), contradicts, "docs/other.md is no file that was asked for");
    let mut configured = fixture(PAGES_CURRENT, HELPS);
    let text = "docs:\n  files: [README.md, docs/other.md]\n";
    configured.config = PipelineConfig::parse(text, "config").unwrap();
    refused(&configured.judge(), contradicts, "docs/other.md is not among the pages");
    for (pages, helps) in
        [(PAGES_CURRENT, "=== small has 1 bytes\na\n"), ("=== README.md has 9 bytes\na\n", HELPS)]
    {
        assert_eq!(of(pages, helps).causes[0].code, Code::EvidenceMalformed);
    }
    let mut binary = fixture(PAGES_CURRENT, HELPS);
    binary.put("pages.txt", b"=== README.md has 1 bytes\n\xff\n");
    refused(&binary.judge(), Code::EvidenceMalformed, "README.md is no text in UTF-8");
}

#[test]
fn what_does_not_compile_has_no_help() {
    let failed = crate::evidence::MESSAGES_FAILED;
    let files =
        [("metadata.json", METADATA_SMALL), ("pages.txt", PAGES_CURRENT), ("build.jsonl", failed)];
    let verdict = Fixture::new(STAGE, 101, &files).judge();
    assert_eq!(verdict.outcome, Outcome::Fail, "{verdict:?}");
    assert_eq!(verdict.causes[0].code, Code::CompileError);
}

#[test]
fn a_failure_to_ask_a_program_is_a_cause() {
    let verdict = of(PAGES_CURRENT, "=== 2 small has 0 bytes\n\n");
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert!(
        verdict.causes[0].message.contains("`small --help` ended with status 2"),
        "{verdict:?}"
    );
}

#[test]
fn stale_pages_are_handed_on_as_they_should_be() {
    let pages = Fixture::failing(STAGE).recorded_pages();
    assert_eq!(pages.len(), 1);
    assert_eq!(pages[0].regions, ["version", "help small"]);
    assert!(PAGES_CURRENT.contains(&pages[0].after), "{}", pages[0].after);
    assert_eq!(Fixture::passing(STAGE).recorded_pages(), []);
}
