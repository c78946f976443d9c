//! Tags of releases.

use semver::Version;

const NAME: &str = "{name}";
const VERSION: &str = "{version}";

/// A tag of the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// The commit that it is of.
    pub revision: String,
    /// Whether what there is now comes from it.
    pub is_ancestor: bool,
}

/// A release that a tag tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// Its version.
    pub version: Version,
    /// The tag.
    pub tag: String,
    /// Its commit.
    pub revision: String,
}

/// The tag of a release: by a template, or by the usual one, where all that is released has one version or not.
pub fn tag_of(text: Option<&str>, is_one: bool, name: &str, version: &Version) -> String {
    Template::of(text, is_one).tag(name, version)
}

/// What tags look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template(String);

impl Template {
    /// The one that is configured, or the usual one.
    pub(crate) fn of(text: Option<&str>, is_one: bool) -> Self {
        let usual = if is_one { "v{version}" } else { "{name}-v{version}" };
        Self(text.unwrap_or(usual).to_owned())
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    pub(crate) fn has_name(&self) -> bool {
        self.0.contains(NAME)
    }

    /// The tag of a release.
    pub(crate) fn tag(&self, name: &str, version: &Version) -> String {
        self.0.replace(NAME, name).replace(VERSION, &version.to_string())
    }

    /// The version that a tag of a package is of.
    pub(crate) fn version(&self, name: &str, tag: &Tag) -> Option<Version> {
        let named = self.0.replace(NAME, name);
        let (before, after) = named.split_once(VERSION)?;
        tag.name.strip_prefix(before)?.strip_suffix(after)?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_tells_of_one_package_and_version() {
        let of = |text: Option<&str>, name: &str, tag: &str| {
            let tag = Tag { name: tag.to_owned(), revision: String::new(), is_ancestor: true };
            Template::of(text, name.is_empty()).version(name, &tag).map(|it| it.to_string())
        };
        assert_eq!(of(None, "", "v1.0.0-rc.1").as_deref(), Some("1.0.0-rc.1"));
        assert_eq!(of(None, "", "1.0.0"), None);
        assert_eq!(of(None, "a", "a-v1.0.0").as_deref(), Some("1.0.0"));
        assert_eq!(of(None, "a", "a-b-v1.0.0"), None);
        assert_eq!(of(None, "a", "v1.0.0"), None);
        assert_eq!(of(Some("r/{version}-{name}"), "a", "r/1.2.3-a").as_deref(), Some("1.2.3"));
        let version = Version::new(1, 0, 0);
        assert_eq!(Template::of(None, false).tag("a", &version), "a-v1.0.0");
    }
}
