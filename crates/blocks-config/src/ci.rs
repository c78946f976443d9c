//! What workflows of GitHub Actions run, where and when.

use crate::check::{Violation, no_blanks, no_duplicates};
use crate::choice::choices;
use crate::key::settings;
use crate::text::texts;
use crate::{Bounded, BranchName, PlainName};

settings! {
    /// What workflows of GitHub Actions run, where and when.
    #[serde(default)]
    pub struct Ci at "ci" {
        /// The workflows that `cargo blocks workflows` writes, each into its file in `.github/workflows`.
        workflows: Vec<Workflow> [""],
        /// Who checks there. With `auto` it is Nix where the workspace has a `flake.nix`, and the machine's own tools otherwise.
        engine: CiEngine [""],
        /// The systems that are checked, each in a job of its own. The first one makes what there is once: the report, the
        /// badges and the site.
        systems: Vec<System> [""],
        /// The branch that pull requests go to, of letters, digits and `. _ - /`.
        branch: PlainBranch [""],
        /// When the full set is checked though nothing changed, as five fields of cron in UTC. With nothing it never is.
        schedule: Cron [""],
        /// When newer inputs and toolchains are looked for.
        update_schedule: Cron [""],
        /// After what time a job that checks or builds is stopped.
        timeout_minutes: Bounded<1, 360> ["minutes"],
        /// The branch that badges are kept on, which has nothing else. With nothing they are kept nowhere.
        badges_branch: PlainBranch [""],
        /// Where cargo installs Blocks from where there is neither a flake nor an alias `cargo blocks`: a repository of git. With
        /// nothing it is the registry.
        install: GitAddress [""],
        /// The environment with the secrets of the binary cache.
        cache_environment: PlainName [""],
        /// The environment with the secrets of mail and webhooks.
        notify_environment: PlainName [""],
        /// The environment that releases are made in.
        release_environment: PlainName [""],
        /// The environment that the site is published in.
        docs_environment: PlainName [""],
    }
}

impl Default for Ci {
    fn default() -> Self {
        let environment = |name: &str| PlainName::new(name).unwrap_or_default();
        let cron = |text: &str| Cron::new(text).unwrap_or_default();
        let branch = |name: &str| PlainBranch::new(name).unwrap_or_default();
        Self {
            workflows: Workflow::ALL.to_vec(),
            engine: CiEngine::default(),
            systems: vec![System::X86Linux, System::ArmLinux, System::ArmDarwin],
            branch: branch("main"),
            schedule: cron("23 3 * * *"),
            update_schedule: cron("41 4 * * 1"),
            timeout_minutes: Bounded::of::<240>(),
            badges_branch: branch("badges"),
            install: GitAddress::default(),
            cache_environment: environment("cache"),
            notify_environment: environment("notify"),
            release_environment: environment("release"),
            docs_environment: environment("documentation"),
        }
    }
}

impl Ci {
    /// The first rule broken.
    pub(crate) fn check(&self) -> Option<Violation> {
        if self.systems.is_empty() {
            return Some(Violation {
                path: "ci.systems".to_owned(),
                message: "`ci.systems` names no system, and what nothing checks would be green"
                    .to_owned(),
                help: "name one, such as `x86_64-linux`".to_owned(),
            });
        }
        let workflows = self.workflows.iter().enumerate();
        let systems = self.systems.iter().enumerate();
        let all = [
            ("ci.branch", self.branch.get()),
            ("ci.cache_environment", self.cache_environment.get()),
            ("ci.notify_environment", self.notify_environment.get()),
            ("ci.release_environment", self.release_environment.get()),
            ("ci.docs_environment", self.docs_environment.get()),
        ];
        no_duplicates(workflows.map(|(i, it)| (format!("ci.workflows[{i}]"), it.as_str())))
            .or_else(|| {
                no_duplicates(systems.map(|(i, it)| (format!("ci.systems[{i}]"), it.as_str())))
            })
            .or_else(|| {
                no_blanks(all.map(|(path, text)| (path.to_owned(), text.unwrap_or_default())))
            })
            .or_else(|| {
                let branches =
                    [("ci.branch", &self.branch), ("ci.badges_branch", &self.badges_branch)];
                no_duplicates(
                    branches.map(|(at, it)| (at.to_owned(), it.get().unwrap_or_default())),
                )
            })
    }
}

choices! {
    /// A workflow.
    pub enum Workflow {
        /// Checks each change.
        Ci = "ci",
        /// Compares what each change costs.
        Performance = "performance",
        /// Releases what a pushed tag names.
        Release = "release",
        /// Publishes the API documentation.
        Docs = "docs",
        /// Looks for newer inputs and toolchains.
        Update = "update",
    }
}

choices! {
    /// Who checks in a workflow.
    #[derive(Default)]
    pub enum CiEngine {
        /// Nix where there is a flake.
        #[default]
        Auto = "auto",
        /// Nix.
        Nix = "nix",
        /// The machine's own tools.
        Host = "host",
    }
}

choices! {
    /// A system, as Nix calls it.
    pub enum System {
        /// Linux on processors of Intel and AMD.
        X86Linux = "x86_64-linux",
        /// Linux on processors of Arm.
        ArmLinux = "aarch64-linux",
        /// macOS on processors of Apple.
        ArmDarwin = "aarch64-darwin",
        /// macOS on processors of Intel.
        X86Darwin = "x86_64-darwin",
    }
}

texts! {
    /// The name of a branch that means nothing to patterns of GitHub's.
    pub struct PlainBranch {
        wrong: wrong_branch,
        is: "the name of a branch of letters, digits and `. _ - /`, or nothing in quotes",
        pattern: {
            let whole = r"(?!-|refs/|HEAD$)(?!.*(\.\.|\.$))";
            let part = r"(?!\.|[^/]*\.lock(/|$))[A-Za-z0-9._-]+";
            format!("{whole}({part}/)*{part}")
        }
    }
}

texts! {
    /// A time of cron that GitHub takes.
    pub struct Cron {
        wrong: wrong_cron,
        is: "minute, hour, day, month and day of the week in cron's form, such as `23 3 * * *`, or nothing in quotes",
        pattern: {
            let part = "(\\*|[0-9]{1,2}(-[0-9]{1,2})?)(/[0-9]{1,2})?";
            format!("{part}(,{part})*( {part}(,{part})*){{4}}")
        }
    }
}

texts! {
    /// A repository of git that anybody may read.
    pub struct GitAddress {
        wrong: wrong_address,
        is: "`https://HOST/PATH` of letters, digits and `. _ ~ - /`, or nothing in quotes",
        pattern: "https://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[A-Za-z0-9._~/-]+"
    }
}

fn wrong_branch(text: &str) -> Option<&'static str> {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"._-/".contains(&b);
    if !text.bytes().all(is_plain) {
        return Some(
            "it has other signs than letters, digits and . _ - /, which could mean something to patterns of workflows",
        );
    }
    BranchName::new(text).err()
}

/// The most that each field of cron may be.
const MOST: [u32; 5] = [59, 23, 31, 12, 6];

fn wrong_cron(text: &str) -> Option<&'static str> {
    let fields: Vec<_> = text.split(' ').collect();
    if fields.len() != MOST.len() {
        return Some("it has not five fields with one blank between them");
    }
    let is_field = |(field, most): (&&str, u32)| field.split(',').all(|part| is_part(part, most));
    let is_good = fields.iter().zip(MOST).all(is_field);
    (!is_good).then_some(
        "a field of it is neither `*`, a number that the field may be, a range `1-5`, a step `*/6`, nor several with commas",
    )
}

fn is_part(part: &str, most: u32) -> bool {
    let number = |text: &str| {
        let is_short = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<u32>().ok().filter(|it| is_short && *it <= most)
    };
    let (range, step) =
        part.split_once('/').map_or((part, None), |(range, step)| (range, Some(step)));
    let is_step = step.is_none_or(|step| number(step).is_some_and(|it| it > 0));
    let is_range = match range.split_once('-') {
        Some((from, to)) => number(from).zip(number(to)).is_some_and(|(from, to)| from <= to),
        None => range == "*" || number(range).is_some(),
    };
    is_step && is_range
}

fn wrong_address(text: &str) -> Option<&'static str> {
    let Some(rest) = text.strip_prefix("https://") else {
        return Some("it does not begin with `https://`, so that it could be changed on the way");
    };
    let Some((server, path)) = rest.split_once('/') else { return Some("it has no path") };
    let (host, port) =
        server.split_once(':').map_or((server, None), |(host, port)| (host, Some(port)));
    let is_port = |port: &str| {
        port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|it| it > 0)
    };
    if host.is_empty() || !host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-".contains(&b)) {
        return Some("what is before its path is no host: a user or a password have no place here");
    }
    if port.is_some_and(|port| !is_port(port)) {
        return Some("its port is no number from 1 to 65535");
    }
    let is_path = !path.is_empty()
        && path.bytes().all(|b| b.is_ascii_alphanumeric() || b"._~/-".contains(&b));
    (!is_path).then_some("its path is empty, or has other signs than letters, digits and . _ ~ / -")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_one_that_cron_knows() {
        for text in ["", "23 3 * * *", "0,30 */6 1-15 * 1-5", "5 4 * * 0/2"] {
            assert!(Cron::new(text).is_ok(), "{text:?}");
        }
        for text in [
            "daily",
            "* * * *",
            "* * * * * *",
            "60 * * * *",
            "* 24 * * *",
            "* * 32 * *",
            "* * * 13 *",
            "* * * * 7",
            "5-3 * * * *",
            "*/0 * * * *",
            "*  * * * *",
            "@daily",
            "1 2 3 4 5'",
            "+1 * * * *",
            "* * * * *\n",
        ] {
            assert!(Cron::new(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_branch_is_no_pattern() {
        for name in ["main", "release/1.x", "a_b-c"] {
            assert!(PlainBranch::new(name).is_ok(), "{name}");
        }
        for name in
            ["a*", "a+", "${{x}}", "a'b", "a\"b", "größe", "-a", "a..b", "a\nb", "a b", "!a"]
        {
            assert!(PlainBranch::new(name).is_err(), "{name}");
        }
    }

    #[test]
    fn an_address_has_no_secret_and_no_sign_of_a_shell() {
        for text in ["https://example.org/a/blocks", "https://example.org:8443/blocks.git"] {
            assert!(GitAddress::new(text).is_ok(), "{text}");
        }
        for text in [
            "http://example.org/a",
            "https://example.org",
            "https://me:word@example.org/a",
            "https://example.org/a b",
            "https://example.org/$(x)",
            "https://example.org/a?token=1",
            "https://:1/a",
            "https://example.org:0/a",
        ] {
            assert!(GitAddress::new(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_defaults_keep_the_rules() {
        assert_eq!(Ci::default().check(), None);
        let none = Ci { systems: Vec::new(), ..Ci::default() };
        assert_eq!(none.check().unwrap().path, "ci.systems");
        let same = Ci { badges_branch: PlainBranch::new("main").unwrap(), ..Ci::default() };
        assert_eq!(same.check().unwrap().path, "ci.badges_branch");
        assert!(Ci::default().branch.get().is_some() && Ci::default().schedule.get().is_some());
    }
}
