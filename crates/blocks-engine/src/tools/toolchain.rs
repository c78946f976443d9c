use std::{ffi::OsString, path::Path, process::Command};

use blocks_stages::Tool;

use super::{Found, program::on_path};
use crate::Workspace;

/// The variable by which rustup's stand-ins for cargo and rustc choose a toolchain.
const CHOICE: &str = "RUSTUP_TOOLCHAIN";

/// Finds a toolchain that rustup manages, by the channel that the tool's row names.
///
/// A rustc that is not rustup's does not know of the choice, so it is asked which one it is: another one is none.
pub(super) fn find_toolchain(workspace: &Workspace, tool: &Tool) -> Option<Found> {
    let channel = tool.version.as_deref()?;
    let rustc = on_path(workspace, Path::new("rustc"))?;
    let output = Command::new(&rustc)
        .arg("--version")
        .current_dir(&workspace.root)
        .env_clear()
        .envs(workspace.environment.iter().cloned())
        .env(CHOICE, channel)
        // A stage may not change the machine; installing is asked for first.
        .env("RUSTUP_AUTO_INSTALL", "0")
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let said = String::from_utf8(output.stdout).ok()?;
    let version = said.trim().strip_prefix("rustc ")?.to_owned();
    is_of(channel, &version).then(|| Found {
        version,
        path: rustc,
        environment: vec![(OsString::from(CHOICE), channel.into())],
    })
}

/// Whether a version, such as `1.97.0-nightly (e50aa6fba 2026-05-19)`, is of a channel: `nightly` and `beta`, also
/// with a day, or a release.
fn is_of(channel: &str, version: &str) -> bool {
    let number = version.split(' ').next().unwrap_or_default();
    for moving in ["nightly", "beta"] {
        if channel.starts_with(moving) {
            return number.split('-').nth(1).is_some_and(|it| it.starts_with(moving));
        }
    }
    number == channel || number.strip_prefix(channel).is_some_and(|rest| rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn a_toolchain_is_of_the_channel_that_was_asked_for() {
        let nightly = "1.97.0-nightly (e50aa6fba 2026-05-19)";
        for (channel, version) in [
            ("nightly", nightly),
            ("nightly-2026-05-20", nightly),
            ("beta", "1.96.0-beta.3 (0f8c5b6e9 2026-05-01)"),
            ("1.95.0", "1.95.0 (59807616e 2026-04-14)"),
            ("1.95", "1.95.0 (59807616e 2026-04-14)"),
        ] {
            assert!(is_of(channel, version), "{channel} {version}");
        }
        for (channel, version) in [
            ("nightly", "1.95.0 (59807616e 2026-04-14)"),
            ("beta", nightly),
            ("1.9", "1.95.0 (59807616e 2026-04-14)"),
            ("1.95.0", nightly),
            ("nightly", ""),
        ] {
            assert!(!is_of(channel, version), "{channel} {version}");
        }
    }
}
