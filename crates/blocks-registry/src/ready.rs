//! What has to hold of packages before they are published, where it can be told from what is here.

use std::collections::BTreeSet;

use blocks_evidence::{printable_line, releases};
use blocks_gates::Outcome;
use semver::Version;
use serde::Deserialize;

use crate::check::by_cause;
use crate::members::Member;
use crate::{Archive, ArchiveError, Check, There};

/// How names of files begin that hold a licence, in small letters.
const LICENCES: [&str; 4] = ["license", "licence", "copying", "unlicense"];

/// Whether each package has the text of a licence in its archive: the one that its manifest names, or one by its name.
pub fn licences(archives: &[(&Member, Result<Archive, ArchiveError>)]) -> Check {
    of_archives("licences", archives, "each archive has a licence", |member, archive| {
        if let Some(file) = &member.license_file {
            // Cargo puts one from elsewhere beside the manifest, and keeps its name.
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let is_there = archive.files.iter().any(|(path, it)| {
                it.size > 0 && (path == &*file.to_string_lossy() || path == &*name)
            });
            return (!is_there).then(|| format!("its archive has no {}", printable_line(&name)));
        }
        let is_licence = |path: &str| {
            let path = path.to_lowercase();
            !path.contains('/') && LICENCES.iter().any(|it| path.starts_with(it))
        };
        let is_there = archive.files.iter().any(|(path, file)| is_licence(path) && file.size > 0);
        let license = member.license.as_deref().unwrap_or("no licence at all");
        (!is_there).then(|| {
            let license = printable_line(license);
            format!(
                "its archive has no text of a licence (LICENSE…, COPYING…), and its manifest says {license}"
            )
        })
    })
}

/// Whether the readme that a manifest names is in the archive.
pub fn readmes(archives: &[(&Member, Result<Archive, ArchiveError>)]) -> Check {
    if archives.iter().all(|(member, _)| member.readme.is_none()) {
        let message = "no manifest names a readme, and none lies beside one".to_owned();
        return Check::new("readme", Outcome::NotApplicable, [message]);
    }
    of_archives("readme", archives, "each archive has the readme", |member, archive| {
        let readme = member.readme.as_ref()?;
        let name = readme.file_name().unwrap_or_default().to_string_lossy();
        let whole = readme.to_string_lossy();
        let file = archive.files.get(&*whole).or_else(|| archive.files.get(&*name));
        match file {
            None => Some(format!("its archive has no {}", printable_line(&name))),
            Some(it) if it.size == 0 => Some(format!("its {} is empty", printable_line(&name))),
            Some(_) => None,
        }
    })
}

/// A check of each archive; one that cannot be read is a cause.
fn of_archives(
    id: &'static str,
    archives: &[(&Member, Result<Archive, ArchiveError>)],
    good: &str,
    cause: impl Fn(&Member, &Archive) -> Option<String>,
) -> Check {
    let causes = archives.iter().filter_map(|(member, archive)| {
        let cause = match archive {
            Ok(archive) => cause(member, archive)?,
            Err(error) => error.to_string(),
        };
        Some((member.spec(), cause))
    });
    Check::of_causes(id, good, by_cause(causes.collect()))
}

/// Whether the versions of all members are free at the registry, or are taken by these very archives.
pub fn free<'a>(all: impl IntoIterator<Item = (&'a Member, &'a There)>) -> Check {
    let mut causes = Vec::new();
    let mut same = 0;
    for (member, there) in all {
        let spec = member.spec();
        match there {
            There::Nothing => {}
            There::Same => same += 1,
            There::Yanked => causes.push(format!("{spec} is there, and yanked")),
            There::Other(sum) => {
                causes.push(format!("{spec} is taken by another archive (SHA-256 {sum})"));
            }
        }
    }
    let good = match same {
        0 => "no version is taken".to_owned(),
        same => format!("of what is there already, {same}, the archives are those of this tree"),
    };
    Check::of_causes("version-free", good, causes)
}

#[derive(Deserialize)]
struct Lock {
    #[serde(default)]
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: Version,
    source: Option<String>,
}

/// Whether `Cargo.lock` has the members' versions.
pub fn locked(members: &[Member], lock: &str) -> Check {
    let lock: Lock = match toml::from_str(lock) {
        Ok(lock) => lock,
        Err(error) => {
            let message = format!("Cargo.lock cannot be read: {}", printable_line(error.message()));
            return Check::unknown("versions", message);
        }
    };
    let own: BTreeSet<_> = lock
        .package
        .iter()
        .filter(|it| it.source.is_none())
        .map(|it| (&it.name, &it.version))
        .collect();
    let missing = members.iter().filter(|it| !own.contains(&(&it.name, &it.version)));
    let causes = missing.map(|it| {
        let (name, version) = (&it.name, &it.version);
        format!("Cargo.lock has no {name} {version}, which is its manifest's version: cargo update --workspace")
    });
    Check::of_causes("versions", "manifests and Cargo.lock agree", causes.collect())
}

/// What is missing in a changelog about a release: a section, its day, or a text.
///
/// `package` is the one whose section counts in a changelog of several; a section that names none counts for all.
pub fn told(text: &str, package: &str, version: &Version) -> Option<String> {
    let all = releases(text);
    let is_it = |it: &blocks_evidence::Release| {
        it.version.as_ref() == Some(version) && it.package.as_deref().is_none_or(|it| it == package)
    };
    let Some(at) = all.iter().position(is_it) else {
        return Some(format!("it has no section of {version}"));
    };
    let (section, next) = (&all[at], all.get(at + 1));
    let line = section.line;
    if !section.heading.split_whitespace().any(is_day) {
        return Some(format!("line {line}: the section of {version} has no day (YYYY-MM-DD)"));
    }
    let begin = usize::try_from(line).unwrap_or(usize::MAX);
    let end = next.map_or(usize::MAX, |it| usize::try_from(it.line).unwrap_or(usize::MAX) - 1);
    let inside = text.lines().take(end).skip(begin);
    let is_text = |line: &str| {
        let line = line.trim();
        let is_link = line.starts_with('[') && line.contains("]: ");
        !line.starts_with('#') && !is_link && line.contains(char::is_alphanumeric)
    };
    let has_text = inside.into_iter().any(is_text);
    (!has_text).then(|| format!("line {line}: the section of {version} says nothing"))
}

/// `2026-11-28`, as far as signs go, also in brackets.
fn is_day(word: &str) -> bool {
    let word = word.trim_matches(['(', ')', '[', ']']);
    let parts: Vec<_> = word.split('-').collect();
    let is_number =
        |text: &str, size| text.len() == size && text.bytes().all(|it| it.is_ascii_digit());
    let [year, month, day] = parts.as_slice() else { return false };
    is_number(year, 4)
        && is_number(month, 2)
        && is_number(day, 2)
        && ("01"..="12").contains(month)
        && ("01"..="31").contains(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ArchiveFile;

    fn member(license_file: Option<&str>, readme: Option<&str>) -> Member {
        Member {
            name: "some".to_owned(),
            version: "1.2.0".parse().unwrap(),
            manifest: "Cargo.toml".into(),
            publish: None,
            readme: readme.map(Into::into),
            license: Some("MIT".to_owned()),
            license_file: license_file.map(Into::into),
            has_library: true,
            has_programs: false,
            needs: BTreeSet::new(),
        }
    }

    fn archive(files: &[(&str, u64)]) -> Archive {
        let file =
            |size| ArchiveFile { size, sha256: String::new(), is_executable: false, text: None };
        let files = files.iter().map(|(path, size)| ((*path).to_owned(), file(*size)));
        Archive { files: files.collect() }
    }

    #[test]
    fn a_licence_has_to_be_in_the_archive_and_not_be_empty() {
        let outcome = |member: &Member, files: &[(&str, u64)]| {
            licences(&[(member, Ok(archive(files)))]).outcome
        };
        let by_name = member(None, None);
        for good in ["LICENSE", "LICENSE-MIT", "license.md", "COPYING"] {
            assert_eq!(outcome(&by_name, &[(good, 1)]), Outcome::Pass, "{good}");
            assert_eq!(outcome(&by_name, &[(good, 0)]), Outcome::Fail, "{good}");
        }
        for bad in ["src/LICENSE", "MIT", "docs/COPYING"] {
            assert_eq!(outcome(&by_name, &[(bad, 1)]), Outcome::Fail, "{bad}");
        }
        let by_file = member(Some("../TERMS"), None);
        assert_eq!(outcome(&by_file, &[("TERMS", 1)]), Outcome::Pass);
        assert_eq!(outcome(&by_file, &[("LICENSE", 1)]), Outcome::Fail);
        let broken = Err(ArchiveError::Malformed("cut".to_owned()));
        assert_eq!(licences(&[(&by_name, broken)]).outcome, Outcome::Fail);
    }

    #[test]
    fn a_readme_that_is_named_has_to_be_there() {
        let named = member(None, Some("../README.md"));
        let outcome = |files: &[(&str, u64)]| readmes(&[(&named, Ok(archive(files)))]).outcome;
        assert_eq!(outcome(&[("README.md", 3)]), Outcome::Pass);
        assert_eq!(outcome(&[("README.md", 0)]), Outcome::Fail);
        assert_eq!(outcome(&[]), Outcome::Fail);
        let none = member(None, None);
        assert_eq!(readmes(&[(&none, Ok(archive(&[])))]).outcome, Outcome::NotApplicable);
    }

    #[test]
    fn a_version_is_free_or_taken_by_this_very_archive() {
        let some = member(None, None);
        let outcome = |there: There| free([(&some, &there)]).outcome;
        assert_eq!(outcome(There::Nothing), Outcome::Pass);
        assert_eq!(outcome(There::Same), Outcome::Pass);
        assert_eq!(outcome(There::Other("0".repeat(64))), Outcome::Fail);
        assert_eq!(outcome(There::Yanked), Outcome::Fail);
    }

    #[test]
    fn the_lock_file_has_the_versions_of_manifests() {
        let outcome = |text: &str| locked(&[member(None, None)], text).outcome;
        let of = |version: &str, rest: &str| {
            format!("version = 4\n[[package]]\nname = \"some\"\nversion = \"{version}\"\n{rest}")
        };
        assert_eq!(outcome(&of("1.2.0", "")), Outcome::Pass);
        assert_eq!(outcome(&of("1.1.0", "")), Outcome::Fail);
        assert_eq!(outcome(&of("1.2.0", "source = \"registry+x\"\n")), Outcome::Fail);
        assert_eq!(outcome("version = 4\n"), Outcome::Fail);
        assert_eq!(outcome("no"), Outcome::NoVerdict);
    }

    #[test]
    fn a_changelog_has_a_section_with_a_day_and_a_text() {
        let told = |text: &str| told(text, "some", &"1.2.0".parse().unwrap());
        let next = "\n## [1.1.0] - 2026-01-01\n\n- Old.\n";
        assert_eq!(
            told(&format!("# Log\n\n## [1.2.0] - 2026-02-03\n\n### Added\n\n- New.\n{next}")),
            None
        );
        assert_eq!(told("## some 1.2.0 (2026-02-03)\n- New.\n"), None);
        let said = |text: &str| told(text).unwrap();
        assert!(said(next).contains("no section"));
        assert!(said("## other 1.2.0 (2026-02-03)\n- New.\n").contains("no section"));
        assert!(said(&format!("## 1.2.0\n\n- New.\n{next}")).contains("no day"));
        assert!(said(&format!("## 1.2.0 - 2026-13-01\n\n- New.\n{next}")).contains("no day"));
        let empty =
            format!("## 1.2.0 - 2026-02-03\n\n### Added\n\n[1.2.0]: http://127.0.0.1/x\n{next}");
        assert!(said(&empty).contains("says nothing"));
    }
}
