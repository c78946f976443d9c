//! The ids that cargo gives to packages in its messages.
//!
//! `path+file:///folder#name@version`, or `path+file:///folder#version` where the folder is called like
//! the package; cargo before 1.77 wrote `name version (path+file:///folder)`.

/// Whether the package's source is a path, not a registry or a repository.
pub(crate) fn is_path_package(id: &str) -> bool {
    id.starts_with("path+file://") || id.contains(" (path+file://")
}

/// The package's name. It is not decoded: names of packages have no character that a URL encodes.
pub(crate) fn package_name(id: &str) -> &str {
    if let Some((name, _)) = id.split_once(' ') {
        return name;
    }
    let (url, fragment) = id.rsplit_once('#').unwrap_or((id, ""));
    if let Some((name, _)) = fragment.split_once('@') {
        return name;
    }
    let is_version = fragment.is_empty() || fragment.starts_with(|c: char| c.is_ascii_digit());
    if is_version { folder(url) } else { fragment }
}

/// The package's version; nothing where the id has none.
pub(crate) fn package_version(id: &str) -> &str {
    if let Some((_, rest)) = id.split_once(' ') {
        return rest.split(' ').next().unwrap_or_default();
    }
    let (_, fragment) = id.rsplit_once('#').unwrap_or_default();
    match fragment.split_once('@') {
        Some((_, version)) => version,
        None if fragment.starts_with(|c: char| c.is_ascii_digit()) => fragment,
        None => "",
    }
}

/// The last name of a URL's path.
fn folder(url: &str) -> &str {
    let path = url.split('?').next().unwrap_or(url).trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_an_id_has_the_packages_name() {
        for (id, name, is_path) in [
            ("path+file:///x/crates/a#0.1.0", "a", true),
            ("path+file:///x/crates/a/#0.1.0-rc.1+b", "a", true),
            ("path+file:///x#name@0.1.0", "name", true),
            ("registry+https://github.com/rust-lang/crates.io-index#name@1.0.0", "name", false),
            ("git+https://example.org/one/two?branch=a/b#0.3.1", "two", false),
            ("git+https://example.org/one.git?rev=1#two@0.3.1", "two", false),
            ("name 1.0.0 (path+file:///x/other folder)", "name", true),
            ("name 1.0.0 (registry+https://example.org/index)", "name", false),
            ("path+file:///x/folder#name", "name", true),
            ("path+file:///x/folder", "folder", true),
            ("", "", false),
        ] {
            assert_eq!((package_name(id), is_path_package(id)), (name, is_path), "{id}");
        }
    }

    #[test]
    fn every_form_of_an_id_has_the_packages_version() {
        for (id, version) in [
            ("path+file:///x/crates/a#0.1.0-rc.1+b", "0.1.0-rc.1+b"),
            ("path+file:///x/crates/a#name@0.1.0", "0.1.0"),
            ("name 1.0.0 (path+file:///x/other folder)", "1.0.0"),
            ("path+file:///x/folder#name", ""),
            ("path+file:///x/folder", ""),
            ("", ""),
        ] {
            assert_eq!(package_version(id), version, "{id}");
        }
    }
}
