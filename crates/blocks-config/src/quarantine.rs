//! Tests that may be flaky until a day.

use crate::Date;
use crate::key::{Kind, Setting, settings};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

settings! {
    /// A test that may be flaky until a day.
    pub struct Quarantined at "test.quarantine[]" {
        /// A test that may fail and then pass when it is tried again: the id of its binary, a blank,
        /// and its name, as the cause of a failure has them. A test that fails in all tries is a
        /// failure, whatever is said here.
        test: TestName [""],
        /// Where somebody works on it: `https://…`, `owner/repository#12` or `"#12"`.
        issue: Issue [""],
        /// The last day on which it may be flaky, in UTC.
        until: Date [""],
    }
}

impl Quarantined {
    /// Whether the entry holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        day <= self.until
    }
}

/// A test as the cause of its failure names it: the id of its binary, a blank, and its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct TestName(String);

impl TestName {
    /// The name, where it has both parts; the error says what is wrong with it.
    pub fn new(name: impl Into<String>) -> Result<Self, &'static str> {
        let name = name.into();
        if name.contains(char::is_control) {
            return Err("it has a control character in it");
        }
        let parts = name.split_once(' ').filter(|(binary, test)| {
            !binary.is_empty() && !test.is_empty() && !test.starts_with(' ') && !test.ends_with(' ')
        });
        match parts {
            Some(_) => Ok(Self(name)),
            None => Err("it is not the id of a binary, one blank, and the name of a test"),
        }
    }

    /// The name as it is written in the file.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An issue of a tracker: a URL, or a number with or without its repository.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Issue(String);

impl Issue {
    /// The issue, where the text has the form of one; the error says what is wrong with it.
    pub fn new(issue: impl Into<String>) -> Result<Self, &'static str> {
        let issue = issue.into();
        if is_url(&issue) || is_number(&issue) {
            Ok(Self(issue))
        } else {
            Err("it has not the form of an issue")
        }
    }

    /// The issue as it is written in the file.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_url(text: &str) -> bool {
    let place = text.strip_prefix("https://").and_then(|rest| rest.split_once('/'));
    place.is_some_and(|(host, path)| !host.is_empty() && !path.is_empty())
        && text.bytes().all(|b| b.is_ascii_graphic())
}

/// `#12` or `owner/repository#12`.
fn is_number(text: &str) -> bool {
    let Some((place, number)) = text.split_once('#') else { return false };
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
    };
    let is_place = place.is_empty()
        || place.split_once('/').is_some_and(|(owner, name)| is_name(owner) && is_name(name));
    is_place && !number.starts_with('0') && !number.is_empty() && is_digits(number)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

impl fmt::Display for TestName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for TestName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Issue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl Setting for TestName {
    const KIND: Kind = Kind::Text("the id of a binary, a blank, and the name of a test");
    fn show(&self) -> String {
        self.to_string()
    }
}

impl Setting for Issue {
    // YAML takes a `#` at the beginning for that of a comment.
    const KIND: Kind = Kind::Text("`https://…`, `owner/repository#12`, or `\"#12\"` in quotes");
    fn show(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
impl schemars::JsonSchema for TestName {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TestName".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let part = r"[^ \u0000-\u001f\u007f-\u009f]";
        let any = r"[^\u0000-\u001f\u007f-\u009f]*";
        let pattern = format!("^{part}+ {part}({any}{part})?$");
        schemars::json_schema!({ "type": "string", "pattern": pattern })
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Issue {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Issue".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let url = "https://[!-.0-~]+/[!-~]+";
        let number = "([A-Za-z0-9._-]+/[A-Za-z0-9._-]+)?#[1-9][0-9]*";
        schemars::json_schema!({ "type": "string", "pattern": format!("^({url}|{number})$") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_is_named_by_its_binary_and_its_own_name() {
        for name in ["a tests::flaky", "a::it x", "a name with blanks"] {
            assert_eq!(TestName::new(name).unwrap().as_str(), name);
        }
        for (name, part) in [
            ("", "one blank"),
            ("a", "one blank"),
            ("tests::flaky", "one blank"),
            ("a ", "one blank"),
            (" a", "one blank"),
            ("a  b", "one blank"),
            ("a b ", "one blank"),
            ("a b\n", "control"),
            ("a\tb c", "control"),
        ] {
            let error = TestName::new(name).unwrap_err();
            assert!(error.contains(part), "{name:?}: {error}");
        }
    }

    #[test]
    fn an_issue_is_a_url_or_a_number() {
        for issue in ["https://host/a/issues/12", "owner/re.po-1#12", "#1"] {
            assert_eq!(Issue::new(issue).unwrap().as_str(), issue);
        }
        for issue in [
            "",
            "12",
            "#",
            "#0",
            "#012",
            "#1x",
            "#+1",
            "x#1",
            "a/b/c#1",
            "/b#1",
            "a/#1",
            "a b/c#1",
            "http://host/12",
            "https://",
            "https://host",
            "https://host/",
            "https:///12",
            "https://host/a b",
            "https://host/ä",
            "see the tracker",
        ] {
            assert!(Issue::new(issue).is_err(), "{issue:?}");
        }
    }

    #[test]
    fn an_entry_holds_on_its_last_day_and_not_after_it() {
        let entry = Quarantined {
            test: TestName::new("a b").unwrap(),
            issue: Issue::new("#1").unwrap(),
            until: "2026-12-31".parse().unwrap(),
        };
        for (day, holds) in [("2026-12-30", true), ("2026-12-31", true), ("2027-01-01", false)] {
            assert_eq!(entry.holds_on(day.parse().unwrap()), holds, "{day}");
        }
    }
}
