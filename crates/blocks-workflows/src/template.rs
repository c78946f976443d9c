//! Texts with places.
//!
//! A line `#if WORD`, `#if !WORD`, `#else` or `#end` says which lines stand in the result, `#include NAME` puts a part in its
//! place, as steps of a job, and `<<name>>` is the place of a value.

use crate::scalar::scalar;

/// Why there are no workflows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A value has an expression in it.
    #[error(
        "`{value}` has `${{{{` in it, which GitHub would evaluate in every workflow that it stands in: \
         write another value for what becomes `{place}`"
    )]
    Expression {
        /// What the value is for.
        place: String,
        /// The value.
        value: String,
    },
    /// A text of the configuration does not stand alone in a template.
    #[error(
        "the value of `{0}` stands beside other text in a template, where nothing could quote it"
    )]
    Beside(String),
    /// A template names what there is not.
    #[error("a template names `{0}`, which there is not")]
    Unknown(String),
    /// Conditions of a template do not end.
    #[error("a template has an `#if` without an `#end`, or the other way round")]
    Open,
}

/// What stands in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// A word of ours, which may stand beside other text.
    Word(String),
    /// A text of the configuration.
    Text(String),
    /// Texts of the configuration, as a list on one line.
    List(Vec<String>),
    /// Lines of ours, each an element of a list.
    Rows(Vec<String>),
}

/// Who knows what a template names.
pub(crate) trait Names {
    fn value(&self, name: &str) -> Option<Value>;
    fn holds(&self, condition: &str) -> Option<bool>;
    fn part(&self, name: &str) -> Option<&'static str>;
}

/// How deep the steps of a job stand.
const STEPS: &str = "      ";

/// The text of a template.
pub(crate) fn rendered(template: &str, names: &dyn Names) -> Result<String, PlanError> {
    let mut out = String::new();
    render(template, "", names, &mut out)?;
    Ok(out)
}

fn render(
    template: &str,
    indent: &str,
    names: &dyn Names,
    out: &mut String,
) -> Result<(), PlanError> {
    let mut holds: Vec<bool> = Vec::new();
    for line in template.lines() {
        if let Some(condition) = line.strip_prefix("#if ") {
            let (word, wanted) =
                condition.strip_prefix('!').map_or((condition, true), |word| (word, false));
            let it = names.holds(word).ok_or_else(|| PlanError::Unknown(word.to_owned()))?;
            holds.push(it == wanted);
        } else if line == "#else" {
            let last = holds.last_mut().ok_or(PlanError::Open)?;
            *last = !*last;
        } else if line == "#end" {
            holds.pop().ok_or(PlanError::Open)?;
        } else if holds.iter().all(|it| *it) {
            if let Some(name) = line.strip_prefix("#include ") {
                let part = names.part(name).ok_or_else(|| PlanError::Unknown(name.to_owned()))?;
                render(part, STEPS, names, out)?;
            } else {
                if !line.is_empty() {
                    out.push_str(indent);
                }
                filled(line, indent, names, out)?;
                out.push('\n');
            }
        }
    }
    if holds.is_empty() { Ok(()) } else { Err(PlanError::Open) }
}

/// A line with its values.
fn filled(line: &str, indent: &str, names: &dyn Names, out: &mut String) -> Result<(), PlanError> {
    let mut rest = line;
    while let Some((before, name, after)) = place(rest) {
        out.push_str(before);
        let is_alone = after.is_empty() && (before.ends_with(": ") || before.ends_with("- "));
        let is_first = rest.len() == line.len();
        let refused =
            |value: &str| PlanError::Expression { place: name.to_owned(), value: value.to_owned() };
        let scalar_of = |text: &String| scalar(text).ok_or_else(|| refused(text));
        match names.value(name).ok_or_else(|| PlanError::Unknown(name.to_owned()))? {
            Value::Word(word) => out.push_str(&word),
            _ if !(is_alone && is_first) => return Err(PlanError::Beside(name.to_owned())),
            Value::Text(text) => out.push_str(&scalar_of(&text)?),
            Value::List(texts) => {
                let all: Result<Vec<_>, _> = texts.iter().map(scalar_of).collect();
                out.extend(["[", &all?.join(", "), "]"]);
            }
            Value::Rows(rows) => {
                out.truncate(out.trim_end().len());
                let depth = line.len() - line.trim_start().len();
                for row in rows {
                    out.extend(["\n", indent, &" ".repeat(depth + 2), "- ", &row]);
                }
            }
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(())
}

/// What is before a place, its name, and what is after it. What the shell reads from `<<` on is none.
fn place(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("<<")?;
    let (name, after) = rest.split_once(">>")?;
    let is_name = name.bytes().all(|b| b.is_ascii_lowercase() || b"_/-".contains(&b));
    (is_name && !name.is_empty()).then_some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Some3;

    impl Names for Some3 {
        fn value(&self, name: &str) -> Option<Value> {
            Some(match name {
                "text" => Value::Text("a: b".to_owned()),
                "bad" => Value::Text("${{ secrets.X }}".to_owned()),
                "word" => Value::Word("w".to_owned()),
                "rows" => Value::Rows(vec!["{ a: 1 }".to_owned(), "{ a: 2 }".to_owned()]),
                _ => return None,
            })
        }
        fn holds(&self, condition: &str) -> Option<bool> {
            Some(match condition {
                "yes" => true,
                "no" => false,
                _ => return None,
            })
        }
        fn part(&self, name: &str) -> Option<&'static str> {
            (name == "step").then_some("- run: x\n  name: <<text>>\n")
        }
    }

    #[test]
    fn lines_stand_where_their_conditions_hold() {
        let text = "a\n#if yes\nb\n#if no\nc\n#else\nd\n#end\n#end\n#if !yes\ne\n#end\n";
        assert_eq!(rendered(text, &Some3).unwrap(), "a\nb\nd\n");
        for open in ["#if yes\n", "#end\n", "#else\n"] {
            assert_eq!(rendered(open, &Some3), Err(PlanError::Open));
        }
    }

    #[test]
    fn parts_and_rows_are_indented() {
        assert_eq!(
            rendered("s:\n#include step\n", &Some3).unwrap(),
            "s:\n      - run: x\n        name: \"a: b\"\n"
        );
        assert_eq!(
            rendered("  k: <<rows>>\n", &Some3).unwrap(),
            "  k:\n    - { a: 1 }\n    - { a: 2 }\n"
        );
    }

    #[test]
    fn a_text_of_others_stands_alone() {
        assert_eq!(rendered("k: x-<<word>>\n", &Some3).unwrap(), "k: x-w\n");
        for beside in ["run: echo <<text>>\n", "k: <<text>> # x\n", "k: <<word>><<text>>\n"] {
            assert_eq!(rendered(beside, &Some3), Err(PlanError::Beside("text".to_owned())));
        }
    }

    #[test]
    fn what_is_evaluated_or_unknown_is_refused() {
        let told = rendered("k: <<bad>>\n", &Some3).unwrap_err().to_string();
        assert!(told.contains("`${{ secrets.X }}` has `${{` in it"), "{told}");
        for (text, name) in
            [("k: <<gone>>\n", "gone"), ("#if gone\n#end\n", "gone"), ("#include gone\n", "gone")]
        {
            assert_eq!(rendered(text, &Some3), Err(PlanError::Unknown(name.to_owned())));
        }
        assert_eq!(rendered("jq <<<\"$NEEDS\"\n", &Some3).unwrap(), "jq <<<\"$NEEDS\"\n");
    }
}
