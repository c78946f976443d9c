//! Which library a section of documentation tests is of.

use super::LibtestRun;

impl LibtestRun {
    /// The library of each section, from those that cargo announces on standard error, in their order; none where it
    /// is not known.
    ///
    /// The text does not name libraries. Each leaves one section, or two where rustdoc compiles some of its examples
    /// together and others alone: then both have examples, of the same package.
    pub fn crates<'a>(&self, announced: &'a [String]) -> Option<Vec<&'a str>> {
        let packages: Vec<_> = (0..self.sections).map(|section| self.package_of(section)).collect();
        let follows = |section: usize| {
            section > 0 && packages[section].is_some() && packages[section] == packages[section - 1]
        };
        let is_one_each = self.sections == announced.len();
        let mut crates = Vec::new();
        let mut names = announced.iter();
        for section in 0..self.sections {
            match crates.last() {
                Some(last) if !is_one_each && follows(section) => crates.push(*last),
                _ => crates.push(names.next()?.as_str()),
            }
        }
        names.next().is_none().then_some(crates)
    }

    /// The folder of the package that the first example of a section is from.
    fn package_of(&self, section: usize) -> Option<&str> {
        let mut of_section = self.tests.iter().filter(|test| test.section == section);
        let file = &of_section.find_map(|test| test.place.as_ref())?.file;
        let sources = if file.starts_with("src/") { Some(0) } else { file.find("/src/") };
        Some(&file[..sources.or_else(|| file.rfind('/')).unwrap_or(0)])
    }
}

#[cfg(test)]
mod tests {
    use crate::read_libtest_text;
    use std::fmt::Write as _;

    /// What is found of sections that each have one example in each of these files.
    fn crates(announced: &[&str], sections: &[&[&str]]) -> Option<Vec<String>> {
        let mut text = String::new();
        for files in sections {
            let count = files.len();
            writeln!(text, "running {count} tests").unwrap();
            for file in *files {
                writeln!(text, "test {file} - (line 1) ... ok").unwrap();
            }
            let rest = "0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
            writeln!(text, "test result: ok. {count} passed; {rest}").unwrap();
        }
        let run = read_libtest_text(text.as_bytes()).unwrap();
        let announced: Vec<_> = announced.iter().map(|name| (*name).to_owned()).collect();
        let crates = run.crates(&announced)?;
        Some(crates.into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn a_section_each_is_a_library_each() {
        let sections: [&[&str]; 3] = [&["src/lib.rs"], &[], &["src/b/src/lib.rs"]];
        assert_eq!(crates(&["a", "b", "c"], &sections).unwrap(), ["a", "b", "c"]);
        assert_eq!(crates(&[], &[]).unwrap(), [""; 0]);
    }

    #[test]
    fn two_sections_of_one_package_are_one_library() {
        let sections: [&[&str]; 6] = [
            &["crates/a/src/lib.rs", "crates/a/src/../README.md"],
            &["crates/a/src/x/src/y.rs"],
            &[],
            &[],
            &["c/lib.rs"],
            &["c/lib.rs"],
        ];
        assert_eq!(
            crates(&["a", "b", "x", "c"], &sections).unwrap(),
            ["a", "a", "b", "x", "c", "c"]
        );
        assert_eq!(crates(&["root"], &[&["src/lib.rs"], &["src/a.rs"]]).unwrap(), ["root"; 2]);
    }

    #[test]
    fn what_does_not_fit_is_not_known() {
        let sections: [&[&str]; 2] = [&["a/src/lib.rs"], &["b/src/lib.rs"]];
        assert_eq!(crates(&["a"], &sections), None);
        assert_eq!(crates(&["a", "b", "c"], &sections), None);
        assert_eq!(crates(&[], &sections), None);
        assert_eq!(crates(&["a"], &[&[], &[]]), None);
    }
}
