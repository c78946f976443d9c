//! `Cargo.lock`, changed as cargo would write it.
//!
//! The text is kept but for the lines that change: an edit to a lock file that moves all of it is read by nobody.

use std::collections::{BTreeMap, BTreeSet};

/// A lock file of a form that is understood.
#[derive(Debug, Clone)]
pub struct Lock {
    head: String,
    packages: Vec<Locked>,
    /// What stands behind the packages.
    rest: String,
}

#[derive(Debug, Clone)]
struct Locked {
    name: String,
    version: String,
    source: Option<String>,
    checksum: Option<String>,
    /// Each as it stands: a name, a name and a version, or these and a source in brackets.
    needs: Vec<String>,
}

impl Lock {
    /// Reads the text; nothing where it is of a form that this does not know.
    pub fn parse(text: &str) -> Option<Self> {
        let blocks: Vec<&str> = text.strip_suffix('\n')?.split("\n\n").collect();
        let is_package = |block: &&&str| block.starts_with("[[package]]\n");
        let first = blocks.iter().position(|block| is_package(&block))?;
        let count = blocks[first..].iter().take_while(is_package).count();
        let (packages, rest) = blocks[first..].split_at(count);
        let head = blocks[..first].join("\n\n");
        let is_known = head.contains("\nversion = 4") || head.contains("\nversion = 3");
        let packages = packages.iter().map(|block| Locked::parse(block)).collect::<Option<_>>()?;
        let lock = Self { head, packages, rest: rest.join("\n\n") };
        (is_known && lock.text() == text).then_some(lock)
    }

    /// The text that cargo would write.
    pub fn text(&self) -> String {
        let packages = self.packages.iter().map(Locked::text);
        let rest = Some(self.rest.clone()).filter(|rest| !rest.is_empty());
        let all = std::iter::once(self.head.clone()).chain(packages).chain(rest);
        all.collect::<Vec<_>>().join("\n\n") + "\n"
    }

    /// Whether a package is the workspace's own, or lies beside it: it has no source.
    pub fn is_local(&self, name: &str) -> bool {
        self.packages.iter().any(|it| it.name == name && it.source.is_none())
    }

    /// Takes a crate from what a package of the workspace needs, with all that nobody needs then; nothing where it is not
    /// clear which crate that is.
    pub(crate) fn remove(&mut self, package: &str, krate: &str) -> Option<()> {
        let own = |it: &&mut Locked| it.name == package && it.source.is_none();
        let needs = &mut self.packages.iter_mut().find(own)?.needs;
        let is_it = |need: &String| need.split(' ').next() == Some(krate);
        if needs.iter().filter(|need| is_it(need)).count() != 1 {
            return None;
        }
        needs.retain(|need| !is_it(need));
        self.prune();
        Some(())
    }

    /// Gives a package of the workspace another version.
    pub fn set_version(&mut self, package: &str, version: &str) -> Option<()> {
        let own = |it: &&mut Locked| it.name == package && it.source.is_none();
        let found = self.packages.iter_mut().find(own)?;
        let old = std::mem::replace(&mut found.version, version.to_owned());
        // With a source it is another package of that name and version.
        let told = format!("{package} {old}");
        let needs = self.packages.iter_mut().flat_map(|it| &mut it.needs);
        needs.filter(|it| **it == told).for_each(|it| *it = format!("{package} {version}"));
        self.packages.sort_by(|one, two| one.order().cmp(&two.order()));
        Some(())
    }

    /// Leaves out what nobody needs, and says of others only what tells them apart.
    fn prune(&mut self) {
        let mut left: Vec<usize> =
            (0..self.packages.len()).filter(|at| self.packages[*at].source.is_none()).collect();
        let mut needed: BTreeSet<usize> = BTreeSet::new();
        while let Some(at) = left.pop() {
            if needed.insert(at) {
                left.extend(self.packages[at].needs.iter().filter_map(|need| self.find(need)));
            }
        }
        let targets: Vec<Vec<Option<usize>>> = self
            .packages
            .iter()
            .map(|it| it.needs.iter().map(|need| self.find(need)).collect())
            .collect();
        let kept = || needed.iter().map(|at| &self.packages[*at]);
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        let mut versions: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for one in kept() {
            *names.entry(&one.name).or_default() += 1;
            *versions.entry((&one.name, &one.version)).or_default() += 1;
        }
        let shortest = |need: &String, target: Option<usize>| {
            let Some(target) = target.map(|at| &self.packages[at]) else { return need.clone() };
            let Locked { name, version, .. } = target;
            match (names.get(name.as_str()), versions.get(&(name, version))) {
                (Some(1), _) => name.clone(),
                (_, Some(1)) => format!("{name} {version}"),
                _ => need.clone(),
            }
        };
        let packages = needed.iter().map(|at| {
            let one = &self.packages[*at];
            let needs = one.needs.iter().zip(&targets[*at]);
            let needs = needs.map(|(need, target)| shortest(need, *target)).collect();
            Locked { needs, ..one.clone() }
        });
        self.packages = packages.collect();
    }

    fn find(&self, need: &str) -> Option<usize> {
        let mut words = need.splitn(3, ' ');
        let (name, version, source) = (words.next()?, words.next(), words.next());
        let is_it = |it: &Locked| {
            it.name == name
                && version.is_none_or(|version| it.version == version)
                && source.is_none_or(|source| {
                    it.source.as_deref().map(bracketed).as_deref() == Some(source)
                })
        };
        self.packages.iter().position(is_it)
    }
}

fn bracketed(source: &str) -> String {
    format!("({source})")
}

impl Locked {
    fn parse(block: &str) -> Option<Self> {
        let mut lines = block.lines().skip(1);
        let mut fields: BTreeMap<&str, String> = BTreeMap::new();
        let mut needs = Vec::new();
        while let Some(line) = lines.next() {
            let (key, value) = line.split_once(" = ")?;
            if (key, value) == ("dependencies", "[") {
                needs = lines
                    .by_ref()
                    .take_while(|line| *line != "]")
                    .map(|line| Some(line.strip_prefix(" \"")?.strip_suffix("\",")?.to_owned()))
                    .collect::<Option<_>>()?;
            } else {
                let value = value.strip_prefix('"')?.strip_suffix('"')?;
                fields.insert(key, value.to_owned());
            }
        }
        let (name, version) = (fields.remove("name")?, fields.remove("version")?);
        let (source, checksum) = (fields.remove("source"), fields.remove("checksum"));
        fields.is_empty().then_some(Self { name, version, source, checksum, needs })
    }

    fn text(&self) -> String {
        let mut lines = vec!["[[package]]".to_owned()];
        let mut field = |key: &str, value: &str| lines.push(format!("{key} = \"{value}\""));
        field("name", &self.name);
        field("version", &self.version);
        self.source.iter().for_each(|it| field("source", it));
        self.checksum.iter().for_each(|it| field("checksum", it));
        if !self.needs.is_empty() {
            lines.push("dependencies = [".to_owned());
            lines.extend(self.needs.iter().map(|need| format!(" \"{need}\",")));
            lines.push("]".to_owned());
        }
        lines.join("\n")
    }

    fn order(&self) -> (&str, Option<semver::Version>, Option<&str>) {
        (&self.name, self.version.parse().ok(), self.source.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"# This file is automatically @generated by Cargo.
# It is not intended for manual editing.
version = 4

[[package]]
name = "a"
version = "0.1.0"
dependencies = [
 "b",
 "x 1.0.0",
]

[[package]]
name = "b"
version = "0.1.0"
dependencies = [
 "x 2.0.0",
 "y",
]

[[package]]
name = "x"
version = "1.0.0"
source = "registry+https://example.org/index"
checksum = "00"

[[package]]
name = "x"
version = "2.0.0"
source = "registry+https://example.org/index"
checksum = "00"

[[package]]
name = "y"
version = "1.0.0"
source = "registry+https://example.org/index"
checksum = "00"
dependencies = [
 "x 2.0.0",
]
"#;

    #[test]
    fn what_nobody_needs_goes_and_the_others_are_named_as_shortly_as_can_be() {
        let mut lock = Lock::parse(TEXT).expect("a lock file");
        lock.remove("a", "x").expect("one");
        let text = lock.text();
        assert!(!text.contains("1.0.0\"\nsource = \"registry+https://example.org/index\"\nchecksum = \"00\"\n\n[[package]]\nname = \"x\""), "{text}");
        assert!(text.contains(" \"x\",\n \"y\",\n"), "{text}");
        assert!(!text.contains("x 2.0.0"), "{text}");
        assert!(lock.remove("a", "x").is_none());
    }

    #[test]
    fn a_version_changes_in_its_line() {
        let mut lock = Lock::parse(TEXT).expect("a lock file");
        lock.set_version("b", "0.2.0").expect("a member");
        assert_eq!(
            lock.text(),
            TEXT.replacen("\"b\"\nversion = \"0.1.0\"", "\"b\"\nversion = \"0.2.0\"", 1)
        );
        assert!(lock.set_version("y", "9.0.0").is_none());
    }

    #[test]
    fn what_is_of_another_form_is_left_alone() {
        assert!(Lock::parse("").is_none());
        assert!(Lock::parse(&TEXT.replace("version = 4", "version = 9")).is_none());
        assert!(Lock::parse(&TEXT.replace("checksum", "other")).is_none());
    }
}
