use std::ffi::OsStr;

use crate::{EngineError, OwnFiles, Workspace, git::Git, own::excluded};

/// The commit that a workspace is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its name: 40 hexadecimal digits, or 64.
    pub revision: String,
    /// When it was made, in UTC: `2026-11-27T10:00:00Z`.
    pub date: String,
}

impl Commit {
    /// When it was made, in seconds since 1970; none for what is before.
    pub fn seconds(&self) -> Option<u64> {
        let numbers: Vec<i64> =
            self.date.split(['-', 'T', ':', 'Z']).filter_map(|it| it.parse().ok()).collect();
        let &[year, month, day, hour, minute, second] = &numbers[..] else { return None };
        // A year that begins in March has its day of leap years at its end, and months of 153 days in five.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let days = 365 * year + leaps + (153 * month + 2) / 5 + day - 1 - 719_468;
        u64::try_from(((days * 24 + hour) * 60 + minute) * 60 + second).ok()
    }

    /// The commit that the workspace is at; none where git does not know it, or where it has no commit yet.
    pub fn of(workspace: &Workspace) -> Option<Self> {
        let git = Git { workspace };
        git.check_checkout().ok()?;
        let utc = [("TZ", OsStr::new("UTC"))];
        let date = "--date=format-local:%Y-%m-%dT%H:%M:%SZ";
        let form = ["log", "-1", "--no-show-signature", "--format=%H %cd", date];
        let told = git.output_with(&utc, &form, "there is no commit yet").ok()?;
        let told = String::from_utf8(told).ok()?;
        let (revision, date) = told.trim().split_once(' ')?;
        Some(Self { revision: revision.to_owned(), date: date.to_owned() })
    }

    /// The commit, where all files of its repository are as they were then, but for what is Blocks' own, and what is built.
    /// What git ignores is no difference.
    pub fn of_unchanged(
        workspace: &Workspace,
        own: &OwnFiles,
    ) -> Result<Option<Self>, EngineError> {
        let Some(commit) = Self::of(workspace) else { return Ok(None) };
        let mut but = own.excluded();
        // Without a path behind it, the word would leave out all there is.
        let built = workspace.target.strip_prefix(&workspace.root).ok();
        but.extend(built.filter(|path| !path.as_os_str().is_empty()).map(excluded));
        // Whatever the user's configuration leaves out where people look.
        let all = ["--untracked-files=all", "--ignore-submodules=none"];
        let mut words = vec!["status", "--porcelain", "-z", all[0], all[1], "--", ":/"];
        words.extend(but.iter().map(String::as_str));
        // Else git would write the user's index, which another command may be about to do.
        let without_locks = [("GIT_OPTIONAL_LOCKS", OsStr::new("0"))];
        let why = "git does not say what changed";
        let changed = Git { workspace }.output_with(&without_locks, &words, why)?;
        Ok(changed.is_empty().then_some(commit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_so_many_seconds() {
        let seconds =
            |date: &str| Commit { revision: String::new(), date: date.to_owned() }.seconds();
        assert_eq!(seconds("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(seconds("2000-02-29T23:59:59Z"), Some(951_868_799));
        assert_eq!(seconds("2026-11-28T03:28:01Z"), Some(1_795_836_481));
        assert_eq!(seconds("1969-12-31T23:59:59Z"), None);
        assert_eq!(seconds("2026-11-28"), None);
    }
}
