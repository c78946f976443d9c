//! Paths inside of a workspace, as texts without a slash at either end; the root is empty.

/// `a/./b/../c` is `a/c`; nothing for a path that leaves the root.
pub(super) fn normal(path: &str) -> Option<String> {
    let mut done: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                done.pop()?;
            }
            part => done.push(part),
        }
    }
    Some(done.join("/"))
}

/// What of `path` lies below `folder`; nothing where it does not, empty where it is that folder.
pub(super) fn below<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    match path.strip_prefix(folder)? {
        rest if folder.is_empty() || rest.is_empty() => Some(rest),
        rest => rest.strip_prefix('/'),
    }
}

/// The folder that holds a path.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last name of a path.
pub(super) fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_made_normal_and_does_not_leave_the_root() {
        let cases = [
            ("a/b", Some("a/b")),
            ("a/./b//c", Some("a/b/c")),
            ("a/b/../../c", Some("c")),
            ("a/..", Some("")),
            ("a/../../b", None),
        ];
        for (path, expected) in cases {
            assert_eq!(normal(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn what_is_below_a_folder_is_told_from_what_only_begins_like_it() {
        assert_eq!(below("a/b", "a/b/c"), Some("c"));
        assert_eq!(below("a/b", "a/b"), Some(""));
        assert_eq!(below("a/b", "a/bc"), None);
        assert_eq!(below("", "a/b"), Some("a/b"));
        assert_eq!((parent("a/b"), parent("a")), ("a", ""));
    }
}
