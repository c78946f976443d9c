use blocks_records::{UNIT_WORKSPACE, digest_of};
use blocks_stages::{Scope, Stage};

/// What a record of the host engine is of: the whole workspace, or some of its members, which cargo
/// builds and asks at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its name, which is that of the record's folder.
    pub name: String,
    /// The members, in alphabetical order; none where it is all of them.
    pub members: Vec<String>,
    /// What identifies the sources and the members that the record is of.
    pub sources: String,
}

impl Unit {
    /// The unit of a row in a run over `members`, none for all; `sources` identifies the workspace's
    /// (see [`crate::fingerprint`]). A stage of workspace scope is always asked of the whole.
    pub fn of(row: &Stage, members: &[String], sources: &str) -> Self {
        let mut members = if row.scope == Scope::Member { members.to_vec() } else { Vec::new() };
        members.sort();
        members.dedup();
        let name = match members.as_slice() {
            [] => UNIT_WORKSPACE.to_owned(),
            [only] => only.clone(),
            [first, others @ ..] => format!("{first}+{}", others.len()),
        };
        Self { sources: narrowed(sources, &members), name, members }
    }

    /// The same, of a record that compares with sources that `before` identifies.
    #[must_use]
    pub fn compared_with(self, before: &str) -> Self {
        Self { sources: digest(&format!("{}\n{before}", self.sources)), ..self }
    }
}

/// What identifies sources and members together: a name such as `a+2` can stand for others.
fn narrowed(sources: &str, members: &[String]) -> String {
    if members.is_empty() {
        return sources.to_owned();
    }
    // No package's name holds a line feed, so no two lists read the same.
    digest(&format!("{sources}\n{}", members.join("\n")))
}

fn digest(text: &str) -> String {
    let digest = digest_of(text.as_bytes())
        .unwrap_or_else(|error| unreachable!("a text in memory can be read: {error}"));
    format!("sha256-{}", digest.sha256)
}

#[cfg(test)]
mod tests {
    use super::*;
    use blocks_stages::Table;

    fn unit(members: &[&str]) -> Unit {
        let row = Table::embedded().stage("clippy").expect("a stage");
        let members: Vec<_> = members.iter().map(|&it| it.to_owned()).collect();
        Unit::of(row, &members, "sha256-00")
    }

    #[test]
    fn a_unit_is_named_by_its_members() {
        assert_eq!(unit(&[]).name, "workspace");
        assert_eq!(unit(&["b"]).name, "b");
        assert_eq!(unit(&["c", "a", "b"]).name, "a+2");
        assert_eq!(unit(&["c", "a", "b", "a"]).members, ["a", "b", "c"]);
    }

    #[test]
    fn units_of_one_name_are_told_apart_by_their_sources() {
        assert_eq!(unit(&[]).sources, "sha256-00");
        assert_eq!(unit(&["a", "b"]), unit(&["b", "a"]));
        let (one, other) = (unit(&["a", "b"]), unit(&["a", "c"]));
        assert_eq!(one.name, other.name);
        assert_ne!(one.sources, other.sources);
        assert!(one.sources.starts_with("sha256-"));
    }

    #[test]
    fn what_is_compared_is_a_part_of_the_sources() {
        let (one, other) = (unit(&["a"]).compared_with("x"), unit(&["a"]).compared_with("y"));
        assert_eq!(one.name, other.name);
        assert_ne!(one.sources, other.sources);
        assert_ne!(one.sources, unit(&["a"]).sources);
        assert_ne!(one.sources, unit(&["b"]).compared_with("x").sources);
    }

    #[test]
    fn a_stage_of_the_workspace_is_asked_of_all() {
        let mut row = Table::embedded().stage("clippy").expect("a stage").clone();
        row.scope = Scope::Workspace;
        assert_eq!(Unit::of(&row, &["a".to_owned()], "x").name, "workspace");
    }
}
