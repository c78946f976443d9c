use std::{ffi::OsStr, fs, path::Path};

use rustix::process::{Pid, Signal, kill_process};

/// The variable that marks every process of a run, so that those which left their process group
/// (a test runner's tests, daemons of tests) are found after it. Its value names the run's folder.
pub(crate) const MARKER: &str = "BLOCKS_RUN";

/// Kills the processes whose environment holds `MARKER=value`, and says how many there were.
///
/// Reads `/proc`, so it finds none on systems without it; there the process group must do.
pub(crate) fn end_strays(value: &OsStr) -> usize {
    let mut wanted = MARKER.as_bytes().to_vec();
    wanted.push(b'=');
    wanted.extend_from_slice(value.as_encoded_bytes());
    let own = std::process::id();
    let strays: Vec<Pid> =
        processes().filter(|pid| *pid != own).filter_map(|pid| marked(pid, &wanted)).collect();
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
    let found = environment.split(|byte| *byte == 0).any(|entry| entry == wanted);
    found.then(|| i32::try_from(pid).ok().and_then(Pid::from_raw)).flatten()
}
