//! A parser of plain `JUnit` XML.
//!
//! It knows the elements that nextest writes, in the form in which nextest writes them, and gives nothing for all else:
//! comments, elements and references of other kinds, mistakes. That is for the other parser, which knows more of XML,
//! takes several times as long, and says what is wrong. Where this one gives an answer, it is the same, which a test holds
//! it to.

use super::Outcome;
use super::model::{Case, Counts, Said, Seconds, Suite, Text};
use super::tags::{Tag, Tags, cleaned, unescaped};
use super::times::{is_timestamp, is_uuid};
use std::borrow::Cow;
use std::time::Duration;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// What a file says in its first tag, if all of it is plain; `each` takes what its suites say, one by one, since all of
/// them together would need much memory.
pub(super) fn read<'a>(
    text: &'a str,
    mut each: impl FnMut(Suite<'a>) -> Option<()>,
) -> Option<Counts> {
    let mut tags = Tags::of(text);
    tags.take(DECLARATION);
    let root = tags.tag().filter(|tag| tag.name == "testsuites" && !tag.is_empty)?;
    seconds(&root)?;
    attribute(&root, "name")?;
    if root.value("uuid").is_some_and(|uuid| !is_uuid(uuid)) {
        return None;
    }
    let stated = counts(&root)?;
    while !tags.end("testsuites") {
        each(suite(&mut tags)?)?;
    }
    tags.are_read().then_some(stated)
}

fn suite<'a>(tags: &mut Tags<'a>) -> Option<Suite<'a>> {
    let tag = tags.tag().filter(|tag| tag.name == "testsuite" && !tag.is_empty)?;
    seconds(&tag)?;
    check_others(&tag, &["name"])?;
    let (name, stated) = (attribute(&tag, "name")??, counts(&tag)?);
    let mut cases = Vec::new();
    while !tags.end("testsuite") {
        cases.push(case(tags)?);
    }
    Some(Suite { name, stated, cases })
}

fn case<'a>(tags: &mut Tags<'a>) -> Option<Case<'a>> {
    let tag = tags.tag().filter(|tag| tag.name == "testcase")?;
    if let Some(number) = tag.value("assertions") {
        number.parse::<usize>().ok()?;
    }
    check_others(&tag, &["name", "classname"])?;
    let seconds = seconds(&tag)?;
    let (name, class) = (attribute(&tag, "name")??, attribute(&tag, "classname")?);
    let mut inside = Inside::default();
    if !tag.is_empty {
        while !tags.end("testcase") {
            inside.add(tags)?;
        }
    }
    let Inside { main, flaky, again, out, err } = inside;
    let is_flaky = !flaky.is_empty();
    let (outcome, said) = main.unwrap_or((Outcome::Passed, Said::default()));
    let is_known = match outcome {
        Outcome::Passed => again.is_empty(),
        Outcome::Skipped => again.is_empty() && !is_flaky,
        Outcome::Failed | Outcome::Error => again.is_empty() || !is_flaky,
    };
    let tries = if is_flaky { flaky } else { again };
    is_known.then_some(Case { name, class, outcome, said, is_flaky, tries, out, err, seconds })
}

/// What an element of a test holds.
#[derive(Default)]
struct Inside<'a> {
    main: Option<(Outcome, Said<'a>)>,
    flaky: Vec<Said<'a>>,
    again: Vec<Said<'a>>,
    out: Text<'a>,
    err: Text<'a>,
}

impl<'a> Inside<'a> {
    fn add(&mut self, tags: &mut Tags<'a>) -> Option<()> {
        let tag = tags.tag()?;
        let outcome = match tag.name {
            "system-out" => return printed(tags, &tag, &mut self.out),
            "system-err" => return printed(tags, &tag, &mut self.err),
            "flakyFailure" | "flakyError" => {
                self.flaky.push(said(tags, &tag)?);
                return Some(());
            }
            "rerunFailure" | "rerunError" => {
                self.again.push(said(tags, &tag)?);
                return Some(());
            }
            "failure" => Outcome::Failed,
            "error" => Outcome::Error,
            "skipped" => Outcome::Skipped,
            _ => return None,
        };
        let said = said(tags, &tag)?;
        // Of the try that decided, output and time are those of the test.
        let said = Said { out: None, err: None, seconds: None, ..said };
        self.main.replace((outcome, said)).is_none().then_some(())
    }
}

/// An element that says why a try did not pass, and its end.
fn said<'a>(tags: &mut Tags<'a>, tag: &Tag<'a>) -> Option<Said<'a>> {
    let seconds = seconds(tag)?;
    let (message, kind) = (attribute(tag, "message")?, attribute(tag, "type")?);
    let is_error = matches!(tag.name, "error" | "flakyError" | "rerunError");
    let mut said = Said { is_error, kind, message, seconds, ..Said::default() };
    if tag.is_empty {
        return Some(said);
    }
    let mut text = tags.text()?;
    while !tags.end(tag.name) {
        let inner = tags.tag()?;
        match inner.name {
            "system-out" => printed(tags, &inner, &mut said.out)?,
            "system-err" => printed(tags, &inner, &mut said.err)?,
            _ => return None,
        }
        let more = tags.text()?.trim();
        // Text between elements would have to be put together.
        if !more.is_empty() {
            if !text.trim().is_empty() {
                return None;
            }
            text = more;
        }
    }
    let text = trimmed(unescaped(text)?);
    said.text = (!text.is_empty()).then(|| cleaned(text));
    Some(said)
}

fn printed<'a>(tags: &mut Tags<'a>, tag: &Tag<'a>, into: &mut Text<'a>) -> Option<()> {
    let is_first = into.is_none();
    if tag.is_empty || !is_first {
        return None;
    }
    *into = Some(cleaned(trimmed(unescaped(tags.text()?)?)));
    tags.end(tag.name).then_some(())
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// An attribute that is a text; the inner nothing where there is none.
fn attribute<'a>(tag: &Tag<'a>, name: &str) -> Option<Text<'a>> {
    let Some(value) = tag.value(name) else { return Some(None) };
    Some(Some(cleaned(unescaped(value)?)))
}

/// Attributes that nobody reads have to be right, too.
fn check_others(tag: &Tag<'_>, known: &[&str]) -> Option<()> {
    tag.others(known).all(|value| unescaped(value).is_some()).then_some(())
}

fn counts(tag: &Tag<'_>) -> Option<Counts> {
    let number = |name| tag.value(name).map_or(Some(0), |value| value.parse().ok());
    number("disabled")?;
    Some([number("tests")?, number("failures")?, number("errors")?, number("skipped")?])
}

/// How many seconds it took, where the times of a tag are right.
fn seconds(tag: &Tag<'_>) -> Option<Seconds> {
    if tag.value("timestamp").is_some_and(|stamp| !is_timestamp(stamp)) {
        return None;
    }
    let Some(time) = tag.value("time") else { return Some(None) };
    let time = Duration::try_from_secs_f64(time.parse().ok()?).ok()?;
    Some(Some(time.as_secs_f64()))
}

#[cfg(test)]
mod tests {
    use super::super::model::Suites;
    use super::*;
    use proptest::prelude::*;
    use quick_junit::Report;

    const SAMPLES: [&str; 3] = [
        include_str!("../../tests/samples/junit-flaky.xml"),
        include_str!("../../tests/samples/junit-hostile.xml"),
        include_str!("../../tests/samples/junit-sanitizer.xml"),
    ];

    /// What a change puts into a file: parts of XML, and what is wrong in it.
    const PARTS: [&str; 34] = [
        "",
        " ",
        "\n",
        "\t",
        "\r",
        "\u{1b}[1m",
        "\u{85}",
        "\u{a0}",
        "<",
        ">",
        "/>",
        "\"",
        "'",
        "&",
        ";",
        "&lt;",
        "&#9;",
        "&nbsp;",
        "<!-- -->",
        "<![CDATA[a]]>",
        "]]>",
        "<?a?>",
        "<b/>",
        "<system-out/>",
        "<skipped/>",
        "<failure>a</failure>",
        "<error a=\"&x;\"/>",
        "<flakyError/>",
        "<rerunFailure time=\"1\"/>",
        "<testcase name=\"a\" classname=\"b\"/>",
        "</testcase>",
        "</testsuite>",
        " time=\"1e400\"",
        "31",
    ];

    fn is_the_same(text: &str) -> Result<bool, TestCaseError> {
        let mut suites = Vec::new();
        let stated = read(text, |suite| {
            suites.push(suite);
            Some(())
        });
        let Some(stated) = stated else { return Ok(false) };
        let report = Report::deserialize_from_str(text);
        prop_assert!(report.is_ok(), "only the plain parser accepts it: {:?}", report.err());
        prop_assert_eq!(report.as_ref().map(Suites::of).ok(), Some(Suites { stated, suites }));
        Ok(true)
    }

    #[test]
    fn what_nextest_writes_is_plain_and_read_as_the_other_parser_does() {
        assert_eq!(SAMPLES.map(|sample| is_the_same(sample).unwrap()), [true; 3]);
    }

    #[test]
    fn what_is_wrong_or_unusual_is_left_to_the_other_parser() {
        let file = |attributes: &str, inner: &str| {
            let case =
                format!("<testcase name=\"a\" classname=\"b\"{attributes}>{inner}</testcase>");
            format!("<testsuites><testsuite name=\"s\">{case}</testsuite></testsuites>")
        };
        assert!(is_the_same(&file("", "<failure>a</failure>")).unwrap());
        for attributes in [
            " name=\"c\"",
            " time=\"-1\"",
            " time=\"1e400\"",
            " assertions=\"x\"",
            " c=\"&x;\"",
            " c=\"&#9;\"",
            " c='d'",
            "c=\"d\"",
            " c = \"d\"",
            " c=\"<\"",
            " timestamp=\"2026-02-29T18:22:50.757+00:00\"",
            " timestamp=\"2026-11-31T18:22:50.757+00:00\"",
            " timestamp=\"2026-11-30T24:22:50.757+00:00\"",
        ] {
            let text = file(attributes, "");
            assert!(!is_the_same(&text).unwrap(), "{attributes}");
        }
        for inner in [
            "text",
            "<!-- c -->",
            "<b></b>",
            "<skipped/><failure/>",
            "<rerunFailure/>",
            "<skipped/><flakyError/>",
            "<failure/><flakyError/><rerunError/>",
            "<failure>a<system-out></system-out>b</failure>",
            "<system-out/>",
            "<failure><stackTrace>a</stackTrace></failure>",
            "<system-out>a</system-out><system-out>b</system-out>",
            "<system-err>&#9;</system-err>",
            "<system-err><![CDATA[a]]></system-err>",
            "<failure></error></failure>",
        ] {
            assert!(!is_the_same(&file("", inner)).unwrap(), "{inner}");
        }
        for (text, changed) in [
            ("<testsuites>", "<testsuites uuid=\"1\">"),
            ("<testsuites>", "<testsuites name=\"&x;\">"),
            ("<testsuites>", "<testsuites disabled=\"x\">"),
            (" name=\"s\"", ""),
            ("</testsuites>", "</testsuites>x"),
        ] {
            assert!(!is_the_same(&file("", "").replace(text, changed)).unwrap(), "{changed}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn a_file_that_was_changed_is_read_as_the_other_parser_does_or_left_to_it(
            sample in 0..SAMPLES.len(),
            changes in prop::collection::vec((any::<prop::sample::Index>(), 0..12_usize, 0..PARTS.len()), 1..4),
        ) {
            let mut text = SAMPLES[sample].to_owned();
            for (at, length, part) in changes {
                let begin = text.floor_char_boundary(at.index(text.len()));
                let end = text.ceil_char_boundary((begin + length).min(text.len()));
                text.replace_range(begin..end, PARTS[part]);
            }
            is_the_same(&text)?;
        }
    }
}
