use std::{env::consts, fs, process::Command, thread};

use crate::Workspace;

/// What is said of a processor that does not tell its name.
const UNKNOWN: &str = "unknown processor";

/// The class of this machine: machines of one class take about the same time for the same work.
///
/// `linux-x86_64, AMD EPYC 7B13, 2 cores`: the system, the processor's name as it tells it, and how many logical cores this
/// program may use.
pub fn machine_class(workspace: &Workspace) -> String {
    let processor = processor(workspace).unwrap_or_else(|| UNKNOWN.to_owned());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let word = if cores == 1 { "core" } else { "cores" };
    format!("{}-{}, {processor}, {cores} {word}", consts::OS, consts::ARCH)
}

/// The class of machines that Nix builds on: of what it makes, only what no machine changes is kept.
pub fn nix_class() -> String {
    format!("{}-{}, nix", consts::OS, consts::ARCH)
}

fn processor(workspace: &Workspace) -> Option<String> {
    let name = if consts::OS == "linux" {
        model_name(&fs::read_to_string("/proc/cpuinfo").ok()?)?
    } else {
        let output = Command::new("sysctl")
            .args(["-n", "machdep.cpu.brand_string"])
            .env_clear()
            .envs(workspace.environment.iter().cloned())
            .output();
        let output = output.ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout).ok()?
    };
    let words: Vec<_> = name.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The first name of a model in the text of `/proc/cpuinfo`. Processors of some kinds have none there.
fn model_name(text: &str) -> Option<String> {
    let mut names = text.lines().filter_map(|line| line.split_once(':'));
    names.find(|(key, _)| key.trim() == "model name").map(|(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_model_is_the_machines() {
        let text =
            "processor\t: 0\nmodel\t\t: 1\nmodel name\t: Some  CPU @ 2.00GHz\n\nmodel name\t: b\n";
        assert_eq!(model_name(text).as_deref(), Some(" Some  CPU @ 2.00GHz"));
        assert_eq!(model_name("processor\t: 0\nCPU part\t: 0xd0c\n"), None);
    }
}
