//! The index of a registry: where it has what of a crate, and what a line of it says.
//!
//! Format: <https://doc.rust-lang.org/cargo/reference/registry-index.html>.

use semver::Version;
use serde::Deserialize;

use crate::text::said;

/// The longest name of a crate, in characters, of all registries that are known.
const NAME: usize = 64;

/// The most versions of one crate that are read.
const VERSIONS: usize = 100_000;

/// A version that a registry has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexVersion {
    /// The crate, as the registry writes it.
    pub name: String,
    /// The version.
    pub version: Version,
    /// SHA-256 of the archive, in 64 lowercase hexadecimal digits.
    pub checksum: String,
    /// Whether nobody should begin to use it.
    pub is_yanked: bool,
}

impl IndexVersion {
    /// Whether a registry takes both for one version: it does not tell them apart by what stands behind a `+`.
    pub fn is(&self, version: &Version) -> bool {
        let bare = |it: &Version| (it.major, it.minor, it.patch, it.pre.clone());
        bare(&self.version) == bare(version)
    }
}

#[derive(Deserialize)]
struct Line {
    name: String,
    vers: Version,
    cksum: String,
    #[serde(default)]
    yanked: bool,
}

/// Whether a registry can have a crate of this name, and an address be made of it.
pub(crate) fn is_name(name: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !name.is_empty() && name.len() <= NAME && name.chars().all(is_sign)
}

/// The folder of a crate's file, with its name as it is written: `1`, `2`, `3/a` or `ab/cd`.
pub(crate) fn prefix(name: &str) -> String {
    match name.len() {
        0 | 1 => "1".to_owned(),
        2 => "2".to_owned(),
        3 => format!("3/{}", &name[..1]),
        _ => format!("{}/{}", &name[..2], &name[2..4]),
    }
}

/// Where the index has a crate. The name has been looked at by [`is_name`].
pub(crate) fn path(name: &str) -> String {
    let name = name.to_lowercase();
    format!("{}/{name}", prefix(&name))
}

/// Reads a crate's file: a line of JSON a version. What newer registries write beside it is passed over.
///
/// A line that cannot be read makes all of it unreadable: it may be of the very version that is asked for.
///
/// # Errors
///
/// In words, with the number of the line.
pub fn read_index(bytes: &[u8], name: &str) -> Result<Vec<IndexVersion>, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let mut found: Vec<IndexVersion> = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |why: String| format!("line {number}: {why}");
        let line: Line =
            serde_json::from_str(line).map_err(|error| wrong(said(&error.to_string())))?;
        if !is_same(&line.name, name) {
            return Err(wrong(format!("it is about `{}`", said(&line.name))));
        }
        if !is_checksum(&line.cksum) {
            return Err(wrong("`cksum` is not 64 lowercase hexadecimal digits".to_owned()));
        }
        if found.len() >= VERSIONS {
            return Err(wrong(format!("there are more than {VERSIONS} versions")));
        }
        found.push(IndexVersion {
            name: line.name,
            version: line.vers,
            checksum: line.cksum,
            is_yanked: line.yanked,
        });
    }
    Ok(found)
}

/// Names that registries hold for one: `-` is `_`, and case does not count.
fn is_same(one: &str, other: &str) -> bool {
    one.replace('-', "_").eq_ignore_ascii_case(&other.replace('-', "_"))
}

fn is_checksum(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUM: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn line(name: &str, version: &str, sum: &str) -> String {
        format!("{{\"name\":\"{name}\",\"vers\":\"{version}\",\"cksum\":\"{sum}\",\"v\":2}}\n")
    }

    #[test]
    fn where_the_index_has_a_crate_follows_from_the_length_of_its_name() {
        let of = |names: [&str; 5]| names.map(path);
        let found = of(["A", "ab", "Abc", "abcd", "Some-Crate"]);
        assert_eq!(found, ["1/a", "2/ab", "3/a/abc", "ab/cd/abcd", "so/me/some-crate"]);
    }

    #[test]
    fn no_address_is_made_of_what_is_no_name() {
        for name in ["", "a/b", "..", "a b", "\u{e4}b", &"a".repeat(65)] {
            assert!(!is_name(name), "{name}");
        }
        assert!(is_name("Some-crate_1"));
    }

    #[test]
    fn a_line_that_cannot_be_read_makes_all_unreadable() {
        let good = line("a", "1.0.0", SUM);
        assert_eq!(read_index(good.as_bytes(), "a").map(|it| it.len()), Ok(1));
        let short = line("a", "1.0.1", &SUM[1..]);
        let upper = line("a", "1.0.1", &SUM.to_uppercase());
        let other = line("b", "1.0.1", SUM);
        let wrong = line("a", "1", SUM);
        for bad in [short.as_str(), &upper, &other, &wrong, "{\n", "[]\n"] {
            let all = format!("{good}{bad}");
            let said = read_index(all.as_bytes(), "a").unwrap_err();
            assert!(said.starts_with("line 2: "), "{said}");
        }
    }

    #[test]
    fn a_version_is_taken_whatever_it_was_built_of() {
        let found = read_index(line("a", "1.0.0+one", SUM).as_bytes(), "a").unwrap();
        assert!(found[0].is(&"1.0.0+two".parse().unwrap()));
        assert!(!found[0].is(&"1.0.0-rc.1".parse().unwrap()));
    }
}
