//! Lines of the form `name=amount`.

use std::num::ParseIntError;
use std::str::FromStr;
//? regex
use std::sync::LazyLock;

use regex::Regex;
//? end
//? serde
//? not regex

//? end
use serde::{Deserialize, Serialize};
//? end

/// Why a line is no reading.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// The line has another form.
    #[error("`{0}` is not of the form `name=amount`")]
    Form(String),
    /// The amount is a number that does not fit.
    #[error("the amount of `{name}` is out of range")]
    Amount {
        /// What has this amount.
        name: String,
        /// What is wrong with it.
        source: ParseIntError,
    },
//? below
    /// A line for the member below is none.
    #[error("the member below does not take it: {0}")]
    Below(#[from] @first@::ParseError),
//? end
//? two
    /// A line for the other member below is none.
    #[error("the other member below does not take it: {0}")]
    Beside(#[from] @second@::ParseError),
//? end
}

/// An amount with a name.
//? serde
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
//? not serde
#[derive(Debug, Clone, PartialEq, Eq)]
//? end
pub struct Reading {
    /// What was read.
    pub name: String,
    /// How much it is.
    pub amount: u64,
}
//? regex

static FORM: LazyLock<Regex> = LazyLock::new(|| {
//? serde
    // Needs regex's tables for upper and lower case.
    Regex::new(r"(?i)^([a-zà-ÿ]+)=([0-9]+)$").expect("the pattern is valid")
//? not serde
    // Needs regex's tables for letters and digits of all scripts.
    Regex::new(r"^(\w+)=([0-9]+)$").expect("the pattern is valid")
//? end
});

fn split(line: &str) -> Option<(&str, &str)> {
    let (_, [name, amount]) = FORM.captures(line)?.extract();
    Some((name, amount))
}
//? not regex

fn split(line: &str) -> Option<(&str, &str)> {
    let (name, amount) = line.split_once('=')?;
    let letters = !name.is_empty() && name.chars().all(char::is_alphanumeric);
    let digits = !amount.is_empty() && amount.bytes().all(|byte| byte.is_ascii_digit());
    (letters && digits).then_some((name, amount))
}
//? end

impl FromStr for Reading {
    type Err = ParseError;

    fn from_str(line: &str) -> Result<Self, ParseError> {
        let Some((name, amount)) = split(line) else {
            return Err(ParseError::Form(line.to_owned()));
        };
        match amount.parse() {
            Ok(amount) => Ok(Self { name: name.to_owned(), amount }),
            Err(source) => Err(ParseError::Amount { name: name.to_owned(), source }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_name_and_an_amount() {
        let reading: Reading = "é=@offset@".parse().expect("a reading");
        assert_eq!(reading, Reading { name: "é".to_owned(), amount: @offset@ });
    }

    #[test]
    fn a_line_of_another_form_is_shown() {
        for line in ["", "@word@", "=3", "@word@=", "@word@=x", "a b=1"] {
            let refused = line.parse::<Reading>().expect_err("no reading");
            assert_eq!(refused, ParseError::Form(line.to_owned()));
            assert!(refused.to_string().contains(line), "{refused}");
        }
    }

    #[test]
    fn an_amount_that_does_not_fit_is_out_of_range() {
        let refused = "@word@=99999999999999999999".parse::<Reading>().expect_err("no reading");
        assert_eq!(refused.to_string(), "the amount of `@word@` is out of range");
    }
}
