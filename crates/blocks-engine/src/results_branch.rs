//! A branch that holds results, and nothing else.

use std::{ffi::OsStr, fmt::Write as _, fs, thread, time::Duration};

use crate::{EngineError, Workspace, git::Git};

/// How often a commit is tried that somebody else was faster than.
const TRIES: u32 = 5;

/// The most bytes of one file that are read.
const LARGEST: usize = 16 * 1024 * 1024;

/// Lets git merge files of results by keeping the lines of both sides.
const ATTRIBUTES: (&str, &str) = (".gitattributes", "*.jsonl merge=union\n");

/// Who commits: what a machine writes is nobody's work.
const WHO: [(&str, &str); 4] = [
    ("GIT_AUTHOR_NAME", "cargo-blocks"),
    ("GIT_AUTHOR_EMAIL", "cargo-blocks@localhost"),
    ("GIT_COMMITTER_NAME", "cargo-blocks"),
    ("GIT_COMMITTER_EMAIL", "cargo-blocks@localhost"),
];

/// A file of the branch: its path, and its bytes.
pub type ResultFile = (String, Vec<u8>);

/// An orphan branch of the workspace's repository that holds results.
///
/// It is read and written through git's objects alone: no work tree, no index and no HEAD is touched. Where there is no such
/// branch yet, but `origin` has one, it begins there. Nothing is fetched or pushed.
#[derive(Debug, Clone, Copy)]
pub struct ResultsBranch<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// The branch's name.
    pub name: &'a str,
    /// Which files are of the branch. A branch that has others is another one, and is left alone.
    pub is_file: fn(&str) -> bool,
}

impl ResultsBranch<'_> {
    /// The files of the branch, and of what was last fetched of it from `origin`. A branch that is not there has none. A file
    /// that is larger than any that is written is there without its end.
    pub fn read(&self) -> Result<Vec<ResultFile>, EngineError> {
        self.read_where(|_| true)
    }

    /// The same of those that are wanted, by their paths.
    pub fn read_where(
        &self,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Result<Vec<ResultFile>, EngineError> {
        let mut tips = vec![self.tip(&self.local())?, self.tip(&self.remote())?];
        tips.dedup();
        let mut files = Vec::new();
        for tip in tips.into_iter().flatten() {
            let mut listed = self.list(&tip)?;
            listed.retain(|(_, path)| is_wanted(path));
            let blobs: Vec<_> = listed.iter().map(|(blob, _)| blob.as_str()).collect();
            files.extend(listed.iter().map(|(_, path)| path.clone()).zip(self.blobs(&blobs)?));
        }
        Ok(files)
    }

    /// Changes files in one commit. `change` gets what the branch holds at each of these paths, and gives what it is to hold,
    /// where that is another; it is asked again where somebody else has changed the branch meanwhile. Without a change there
    /// is no commit.
    pub fn update(
        &self,
        paths: &[String],
        message: &str,
        mut change: impl FnMut(&str, &[u8]) -> Option<Vec<u8>>,
    ) -> Result<(), EngineError> {
        self.check_is_nowhere()?;
        let mut refused = None;
        for tried in 0..TRIES {
            thread::sleep(Duration::from_millis(u64::from(tried) * 50));
            let own = self.tip(&self.local())?;
            let parent = if own.is_some() { own.clone() } else { self.tip(&self.remote())? };
            let Some(commit) = self.commit(parent.as_deref(), paths, message, &mut change)? else {
                return Ok(());
            };
            // Nothing stands for a branch that must not be there.
            let before = own.unwrap_or_default();
            let words = ["update-ref", "-m", message, &self.local(), &commit, &before];
            match self.git().output(&words, "git does not move the branch") {
                Ok(_) => return Ok(()),
                Err(error) => refused = Some(error),
            }
        }
        Err(refused.unwrap_or_else(|| self.refusal("git does not move it".to_owned())))
    }

    fn git(&self) -> Git<'_> {
        Git { workspace: self.workspace }
    }

    fn local(&self) -> String {
        format!("refs/heads/{}", self.name)
    }

    fn remote(&self) -> String {
        format!("refs/remotes/origin/{}", self.name)
    }

    fn refusal(&self, reason: String) -> EngineError {
        EngineError::Results { branch: self.name.to_owned(), reason }
    }

    /// The commit that a reference is at; none where there is none.
    fn tip(&self, reference: &str) -> Result<Option<String>, EngineError> {
        let named = format!("{reference}^{{commit}}");
        let output = self.git().run(&["rev-parse", "--verify", "--quiet", &named])?;
        let tip = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok((output.status.success() && !tip.is_empty()).then_some(tip))
    }

    /// That no work tree has the branch: its files would look deleted there. One whose folder is gone has none.
    fn check_is_nowhere(&self) -> Result<(), EngineError> {
        let why = "git does not list work trees";
        let trees = self.git().text(&["worktree", "list", "--porcelain"], why)?;
        let branch = format!("branch {}", self.local());
        let has_it = |tree: &str| {
            let is_gone = |line: &str| line == "prunable" || line.starts_with("prunable ");
            tree.lines().any(|line| line == branch) && !tree.lines().any(is_gone)
        };
        if trees.split("\n\n").any(has_it) {
            let reason = "a work tree has it checked out: results are not written into it";
            return Err(self.refusal(reason.to_owned()));
        }
        Ok(())
    }

    /// The files of a commit: their objects and their paths.
    fn list(&self, commit: &str) -> Result<Vec<(String, String)>, EngineError> {
        let why = "git does not list the files of the branch";
        let listed = self.git().output(&["ls-tree", "-r", "-z", "--full-tree", commit], why)?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        let mut files = Vec::new();
        for entry in listed.split('\0').filter(|entry| !entry.is_empty()) {
            let (about, path) = entry.split_once('\t').unwrap_or_default();
            if path == ATTRIBUTES.0 {
                continue;
            }
            let mut words = about.split(' ');
            let (mode, kind, object) = (words.next(), words.next(), words.next());
            let is_blob = mode == Some("100644") && kind == Some("blob");
            let Some(object) = object.filter(|_| is_blob && (self.is_file)(path)) else {
                let reason = format!(
                    "it has {path}, which is no file of results: name a branch that has nothing else"
                );
                return Err(self.refusal(reason));
            };
            files.push((object.to_owned(), path.to_owned()));
        }
        Ok(files)
    }

    /// The bytes of objects, in their order.
    fn blobs(&self, objects: &[&str]) -> Result<Vec<Vec<u8>>, EngineError> {
        let asked = objects.join("\n");
        let why = "git does not give the files of the branch";
        let told = self.git().output_of(&["cat-file", "--batch"], asked.as_bytes(), why)?;
        let cut = || self.refusal("git gives less than it was asked for".to_owned());
        let (mut rest, mut blobs) = (told.as_slice(), Vec::new());
        for _ in objects {
            // `<object> blob <bytes>`, a line feed, the bytes, and one more.
            let end = rest.iter().position(|byte| *byte == b'\n').ok_or_else(cut)?;
            let head = String::from_utf8_lossy(&rest[..end]);
            let size: usize =
                head.rsplit(' ').next().and_then(|it| it.parse().ok()).ok_or_else(cut)?;
            let bytes = rest.get(end + 1..end + 1 + size).ok_or_else(cut)?;
            // A byte more than is read of any file tells that it is too large.
            blobs.push(bytes[..size.min(LARGEST + 1)].to_vec());
            rest = rest.get(end + 2 + size..).ok_or_else(cut)?;
        }
        Ok(blobs)
    }

    /// A commit on `parent` with what `change` makes of it; none where that is nothing else.
    fn commit(
        &self,
        parent: Option<&str>,
        paths: &[String],
        message: &str,
        change: &mut impl FnMut(&str, &[u8]) -> Option<Vec<u8>>,
    ) -> Result<Option<String>, EngineError> {
        let listed = parent.map(|parent| self.list(parent)).transpose()?.unwrap_or_default();
        let mut entries = String::new();
        for path in paths {
            let object =
                listed.iter().find(|(_, it)| it == path).map(|(object, _)| object.as_str());
            let existing = match object {
                Some(object) => self.blobs(&[object])?.pop().unwrap_or_default(),
                None => Vec::new(),
            };
            if let Some(bytes) = change(path, &existing) {
                let object = self.object(&bytes)?;
                let _ = writeln!(entries, "100644 {object}\t{path}");
            }
        }
        if entries.is_empty() {
            return Ok(None);
        }
        let (file, text) = ATTRIBUTES;
        let object = self.object(text.as_bytes())?;
        let _ = writeln!(entries, "100644 {object}\t{file}");
        let tree = self.tree(parent, &entries)?;
        let who = WHO.map(|(name, value)| (name, OsStr::new(value)));
        let mut words = vec!["commit-tree", &tree, "-m", message];
        words.extend(parent.iter().flat_map(|parent| ["-p", parent]));
        let made = self.git().output_with(&who, &words, "git makes no commit of the results")?;
        Ok(Some(String::from_utf8_lossy(&made).trim().to_owned()))
    }

    fn object(&self, bytes: &[u8]) -> Result<String, EngineError> {
        let words = ["hash-object", "-w", "--stdin"];
        let made = self.git().output_of(&words, bytes, "git does not take the results")?;
        Ok(String::from_utf8_lossy(&made).trim().to_owned())
    }

    /// The tree of a commit with other entries, by an index that is nobody else's.
    fn tree(&self, parent: Option<&str>, entries: &str) -> Result<String, EngineError> {
        let folder = self.workspace.blocks();
        fs::create_dir_all(&folder).map_err(EngineError::file("make", &folder))?;
        let index = folder.join(format!("results-{}.index", std::process::id()));
        let own = [("GIT_INDEX_FILE", index.as_os_str())];
        let git = self.git();
        let tree = || {
            let why = "git does not make a tree of the results";
            git.output_with(&own, &["read-tree", parent.unwrap_or("--empty")], why)?;
            let words = ["update-index", "--add", "--index-info"];
            git.output_given(&own, &words, entries.as_bytes(), why)?;
            git.output_with(&own, &["write-tree"], why)
        };
        let made = tree();
        // What is left of it harms nobody.
        let _ = fs::remove_file(&index);
        Ok(String::from_utf8_lossy(&made?).trim().to_owned())
    }
}
