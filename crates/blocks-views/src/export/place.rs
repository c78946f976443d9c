//! Files as hosts of repositories know them.

use std::borrow::Cow;

/// A file of a workspace, as it is called from the root of the repository in which the workspace lies at `folder`: viewers know
/// no other root. One that is outside of all is called as it was.
pub(super) fn in_repository<'a>(folder: &str, file: &'a str) -> Cow<'a, str> {
    if folder.is_empty() || file.starts_with('/') {
        return Cow::Borrowed(file);
    }
    let mut folders: Vec<_> = folder.split('/').filter(|it| !it.is_empty()).collect();
    let mut rest = file;
    while let Some(above) = rest.strip_prefix("../") {
        if folders.pop().is_none() {
            return Cow::Borrowed(file);
        }
        rest = above;
    }
    folders.push(rest);
    Cow::Owned(folders.join("/"))
}

#[cfg(test)]
mod tests {
    use super::in_repository;

    #[test]
    fn a_file_is_called_from_the_root_of_its_repository() {
        for (folder, file, wanted) in [
            ("", "src/lib.rs", "src/lib.rs"),
            ("rust", "src/lib.rs", "rust/src/lib.rs"),
            ("a/rust/", "src/lib.rs", "a/rust/src/lib.rs"),
            ("a/rust", "../shared/x.rs", "a/shared/x.rs"),
            ("a/rust", "../../x.rs", "x.rs"),
            ("rust", "../../x.rs", "../../x.rs"),
            ("rust", "/usr/x.rs", "/usr/x.rs"),
        ] {
            assert_eq!(in_repository(folder, file), wanted);
        }
    }
}
