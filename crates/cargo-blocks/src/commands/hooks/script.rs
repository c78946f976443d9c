//! The scripts that git runs.

/// By which a script is known as ours.
const MARK: &str = "# Made by `cargo blocks hooks install`, which writes it anew; `cargo blocks hooks remove` takes it away.";

/// The script of a hook in a repository that has the workspace in `folder`; none where no script can name that folder.
///
/// It finds whatever `cargo blocks` there is when it runs. Git runs hooks at the repository's root.
pub(super) fn script(hook: &str, folder: &str) -> Option<String> {
    let go = match folder {
        "" => String::new(),
        folder => format!("cd -- {} || exit\n", shlex::try_quote(folder).ok()?),
    };
    Some(format!("#!/bin/sh\n{MARK}\n{go}exec cargo blocks hooks run {hook} -- \"$@\"\n"))
}

/// Whether a script was made by this program, in whatever version.
pub(super) fn is_ours(script: &[u8]) -> bool {
    let mut lines = script.split(|byte| *byte == b'\n');
    lines.nth(1).is_some_and(|line| line == MARK.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_known_as_ours_and_others_are_not() {
        let script = script("pre-push", "").unwrap();
        assert!(is_ours(script.as_bytes()));
        assert!(script.ends_with("exec cargo blocks hooks run pre-push -- \"$@\"\n"), "{script}");
        for other in ["", "#!/bin/sh\n", "#!/bin/sh\necho\n", &format!("#!/bin/sh\necho {MARK}\n")]
        {
            assert!(!is_ours(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn a_folder_is_a_word_and_no_code() {
        let script = script("pre-push", "a'; touch x; '").unwrap();
        let line = script.lines().nth(2).unwrap();
        let words = shlex::split(line).unwrap();
        assert_eq!(words[..3], ["cd", "--", "a'; touch x; '"]);
    }
}
