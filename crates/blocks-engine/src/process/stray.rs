use std::{ffi::OsString, fs, path::Path};

use rustix::process::{Pid, Signal, kill_process};

/// The variable that marks every process of a run, so that those which left their process group
/// (a test runner's tests, daemons of tests) are found after it.
pub(crate) const MARKER: &str = "BLOCKS_RUN";

/// The mark of what runs for a stage in a workspace, whose folder for Blocks is `blocks`.
pub(crate) fn mark(blocks: &Path, stage: &str) -> OsString {
    let mut mark = mark_of_all(blocks);
    mark.push(stage);
    mark.push("#");
    mark
}

/// What the marks of all stages in a workspace begin with.
pub(crate) fn mark_of_all(blocks: &Path) -> OsString {
    let mut mark = blocks.as_os_str().to_owned();
    mark.push("#");
    mark
}

/// Kills the processes whose mark begins with `mark`, and says how many there were.
///
/// Reads `/proc`, so it finds none on systems without it; there the process group must do.
pub(crate) fn end_strays(mark: &OsString) -> usize {
    let mut wanted = MARKER.as_bytes().to_vec();
    wanted.push(b'=');
    wanted.extend_from_slice(mark.as_encoded_bytes());
    let own = std::process::id();
    let others = processes().filter(|pid| *pid != own);
    let strays: Vec<Pid> = others.filter_map(|pid| marked(pid, &wanted)).collect();
    for stray in &strays {
        let _ = kill_process(*stray, Signal::KILL);
    }
    strays.len()
}

fn processes() -> impl Iterator<Item = u32> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str().and_then(|name| name.parse().ok()))
}

fn marked(pid: u32, wanted: &[u8]) -> Option<Pid> {
    let environment = fs::read(Path::new("/proc").join(pid.to_string()).join("environ")).ok()?;
    let found = environment.split(|byte| *byte == 0).any(|entry| entry.starts_with(wanted));
    found.then(|| i32::try_from(pid).ok().and_then(Pid::from_raw)).flatten()
}
