use std::{fs, path::PathBuf, process::Command};

use blocks_init::{Facts, InitError, Looking};
use tempfile::TempDir;

/// A workspace in a folder of its own.
pub(crate) struct Place {
    dir: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { dir: TempDir::new().expect("a folder") }
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.root().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    fn root(&self) -> PathBuf {
        self.dir.path().canonicalize().expect("a path")
    }

    pub(crate) fn look(&self) -> Facts {
        self.try_look().expect("facts")
    }

    pub(crate) fn try_look(&self) -> Result<Facts, InitError> {
        let root = self.root();
        let cargo = Command::new(env!("CARGO"))
            .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
            .current_dir(&root)
            .output()
            .expect("cargo");
        let told = String::from_utf8_lossy(&cargo.stderr);
        assert!(cargo.status.success(), "{told}");
        let mut files = Vec::new();
        self.list("", &mut files);
        Facts::look(&Looking {
            root: &root,
            metadata: &cargo.stdout,
            files: &files,
            folder: "",
            origin: None,
            branch: None,
        })
    }

    fn list(&self, folder: &str, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(self.root().join(folder)).expect("a folder").flatten() {
            let name = entry.file_name().into_string().expect("a name");
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if entry.path().is_dir() {
                self.list(&path, files);
            } else {
                files.push(path.into());
            }
        }
    }
}
