//! One section of libtest's text: from `running N tests` to `test result: …`.

use super::LibtestOutcome;

/// A section that is being read.
pub(super) struct Section {
    declared: usize,
    pub(super) tests: Vec<(String, LibtestOutcome)>,
    pub(super) other_lines: usize,
    /// What stands below the first `failures:`: the outputs, and the list of names.
    failures: Option<Vec<String>>,
}

impl Section {
    /// The section that this line begins.
    pub(super) fn open(line: &str) -> Option<Self> {
        let rest = line.strip_prefix("running ")?;
        let number = rest.strip_suffix(" tests").or_else(|| rest.strip_suffix(" test"))?;
        Some(Self {
            declared: number.parse().ok()?,
            tests: Vec::new(),
            other_lines: 0,
            failures: None,
        })
    }

    /// Takes one more line; says whether it was the last.
    pub(super) fn line(&mut self, line: &str) -> Result<bool, String> {
        if let Some(failures) = &self.failures {
            let is_end = Self::follows_list(failures, &self.failed()) && self.is_own_result(line);
            if !is_end && let Some(failures) = &mut self.failures {
                failures.push(line.to_owned());
            }
            return Ok(is_end);
        }
        if let Some((name, outcome)) = test_line(line) {
            self.tests.push((name.to_owned(), outcome));
        } else if line.starts_with("test result: ") {
            return self.check_result(line).map(|()| true);
        } else if line == "failures:" {
            self.check_number()?;
            self.failures = Some(Vec::new());
        } else if !line.trim().is_empty() {
            self.other_lines += 1;
        }
        Ok(false)
    }

    fn failed(&self) -> Vec<&str> {
        let failed = self.tests.iter().filter(|(_, outcome)| *outcome == LibtestOutcome::Failed);
        failed.map(|(name, _)| name.as_str()).collect()
    }

    fn count(&self, outcome: LibtestOutcome) -> usize {
        self.tests.iter().filter(|(_, other)| *other == outcome).count()
    }

    /// libtest lists the failed tests right before the result. Only a result line after such a list
    /// is the section's own: others are outputs of tests that run tests themselves.
    fn follows_list(failures: &[String], failed: &[&str]) -> bool {
        let last = failures.iter().rev().find(|line| !line.trim().is_empty());
        last.and_then(|line| line.strip_prefix("    ")).is_some_and(|name| failed.contains(&name))
    }

    fn is_own_result(&self, line: &str) -> bool {
        line.starts_with("test result: ") && self.check_result(line).is_ok()
    }

    fn check_number(&self) -> Result<(), String> {
        if self.tests.len() == self.declared {
            return Ok(());
        }
        Err(format!("{} tests were announced, {} are listed", self.declared, self.tests.len()))
    }

    fn check_result(&self, line: &str) -> Result<(), String> {
        self.check_number()?;
        let (is_ok, counts) = result_line(line).ok_or("a result line that is not understood")?;
        let mine = [LibtestOutcome::Passed, LibtestOutcome::Failed, LibtestOutcome::Ignored]
            .map(|outcome| self.count(outcome));
        if counts != mine || is_ok != (mine[1] == 0) {
            return Err(format!(
                "the result says {counts:?}, the tests are {mine:?} (passed, failed, ignored)"
            ));
        }
        Ok(())
    }

    /// What a failed test printed: from its header to the next one, or to the list of names.
    pub(super) fn output_of(&self, name: &str) -> String {
        let Some(failures) = &self.failures else {
            return String::new();
        };
        let failed = self.failed();
        let header = format!("---- {name} stdout ----");
        let Some(start) = failures.iter().position(|line| *line == header) else {
            return String::new();
        };
        let list = failures.iter().rposition(|line| line == "failures:").unwrap_or(failures.len());
        let is_next = |line: &String| {
            let name =
                line.strip_prefix("---- ").and_then(|rest| rest.strip_suffix(" stdout ----"));
            name.is_some_and(|name| failed.contains(&name))
        };
        let body = failures.get(start + 1..list).unwrap_or_default();
        let end = body.iter().position(is_next).unwrap_or(body.len());
        body[..end].join("\n")
    }
}

/// `test name ... ok`; the name may hold ` ... ` itself.
pub(super) fn test_line(line: &str) -> Option<(&str, LibtestOutcome)> {
    let rest = line.strip_prefix("test ")?;
    let mut places: Vec<_> = rest.match_indices(" ... ").collect();
    places.reverse();
    places
        .into_iter()
        .find_map(|(at, dots)| Some((&rest[..at], outcome(&rest[at + dots.len()..])?)))
}

fn outcome(text: &str) -> Option<LibtestOutcome> {
    let word = text.split(" <").next().unwrap_or(text);
    match word {
        "ok" => Some(LibtestOutcome::Passed),
        "FAILED" => Some(LibtestOutcome::Failed),
        "ignored" => Some(LibtestOutcome::Ignored),
        _ => word.starts_with("ignored, ").then_some(LibtestOutcome::Ignored),
    }
}

/// `test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s`
fn result_line(line: &str) -> Option<(bool, [usize; 3])> {
    let (word, rest) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let is_ok = match word {
        "ok" => true,
        "FAILED" => false,
        _ => return None,
    };
    let mut parts = rest.split("; ");
    let mut number =
        |what: &str| -> Option<usize> { parts.next()?.strip_suffix(what)?.parse().ok() };
    let counts = [number(" passed")?, number(" failed")?, number(" ignored")?];
    let measured = number(" measured")?;
    number(" filtered out")?;
    (measured == 0).then_some((is_ok, counts))
}
