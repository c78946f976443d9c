use std::{ffi::OsString, num::NonZeroUsize, path::PathBuf};

use blocks_engine::nix::Farm;
use blocks_failures::Signature;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{
    commands::{CacheArgs, DocsAlias, DocsArgs, HooksArgs, InitArgs, ReleaseArgs, WorkflowsArgs},
    today::TodayArgs,
};

/// Checks a Rust workspace: formatting, lints, tests, coverage, doctests, documentation.
///
/// Exit status: 0 all pass, 1 a gate failed, 2 usage or configuration, 3 no verdict (evidence is
/// absent or cannot be trusted), 4 internal fault, 130 interrupted.
#[derive(Debug, Parser)]
#[command(name = "cargo blocks", bin_name = "cargo blocks", version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) place: PlaceArgs,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Where the workspace is.
#[derive(Debug, Args)]
pub(crate) struct PlaceArgs {
    /// The workspace, instead of the one that this folder is in.
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) workspace: Option<PathBuf>,

    /// A Cargo.toml of the workspace.
    #[arg(long, value_name = "FILE", global = true, conflicts_with = "workspace")]
    pub(crate) manifest_path: Option<PathBuf>,

    /// A rustup toolchain, instead of the one that the workspace names.
    #[arg(long, value_name = "NAME", global = true)]
    pub(crate) toolchain: Option<String>,

    /// The configuration, instead of the workspace's .github/pipeline-config.yml.
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Looks at a workspace and shows the files by which it adopts Blocks, and what its first run will say; `--write` writes them.
    ///
    /// Nothing that is there is written over unasked: a terminal asks file by file, and `--replace` names one. Files are written
    /// all together or not at all, and a second run changes nothing. Limits are never lowered: what is red at first is told, with the
    /// next command.
    Init(InitArgs),
    /// Runs stages, judges what they left, and shows the result.
    Check(CheckArgs),
    /// Lists the stages.
    Stages(StagesArgs),
    /// Says what a stage runs and why, or what a setting is and where its value comes from.
    Explain(ExplainArgs),
    /// Writes and checks documentation: regions of Markdown files, examples, and the site of the API.
    #[command(alias = "update_docs")]
    Docs(DocsArgs),
    /// Says what this machine has and lacks, and how to add it.
    Doctor(DoctorArgs),
    /// Shows a patch for what failed in the records that are there, and applies it; what no patch can do, it tells.
    #[command(aliases = ["fixes", "suggest_fixes"])]
    Fix(FixArgs),
    /// Judges the records that are there, and runs nothing.
    Gate(GateArgs),
    /// Draws the badges of the records that are there.
    Badges(ViewArgs),
    /// Shows what of this workspace is worth having in the binary cache `cache.store`, pushes it, and reads it back.
    Cache(CacheArgs),
    /// Lists, installs and removes hooks of git that run the quick stages; none is there unless it is asked for.
    Hooks(HooksArgs),
    /// Shows how what was measured changed from commit to commit.
    ///
    /// `check` keeps it of commits: instructions, sizes, and the times of compilation and of stages.
    History(HistoryArgs),
    /// Writes all tests of the records that are there into one report, junit.xml.
    Junit(ViewArgs),
    /// Writes which lines tests ran how often, of the records that are there, into lcov.info.
    Lcov(LcovArgs),
    /// Writes the bills of materials of the record that is there, NAME.cdx.json a package.
    Sbom(ViewArgs),
    /// Writes a page about the records that are there, report.html, and the same for programs, report.json.
    #[command(aliases = ["generate_build_report", "generate_failure_report"])]
    Report(ReportArgs),
    /// Finds the commit that turned a stage red, among those that lead to a revision by first parents.
    ///
    /// What is known of commits is not asked again: outcomes that `check` keeps, and records of an earlier search. Of others the
    /// stage is run at their sources, in target/blocks/bisect, as the configuration of now says. A commit without an
    /// answer is passed over, and never taken for good or bad. Neither the work tree nor anything of git's is changed.
    ///
    /// Exit status: 0 where it is one commit, 3 where it is one of several or where an end has no answer, 2 where the
    /// good end is not good or the bad end not bad.
    Bisect(BisectArgs),
    /// Plans a release, prepares it (versions, changelogs), verifies it by the records of this tree, publishes and confirms it.
    #[command(alias = "prepare_release")]
    Release(ReleaseArgs),
    /// Shows one stage of the records that are there, or one test, with all that is known of it.
    Show(ShowArgs),
    /// Writes and shows the status of the records that are there.
    #[command(alias = "update_status")]
    Status(ViewArgs),
    /// Tells people of a report: issues, mail, a webhook, as .github/notify-config.yml says.
    ///
    /// It tells only of the branches and events that the file names, what changed since it was last told, and each cause
    /// once. Secrets are variables of the environment: `BLOCKS_GITHUB_TOKEN` or `GITHUB_TOKEN`, `BLOCKS_SMTP_USER` and
    /// `BLOCKS_SMTP_PASSWORD`, `BLOCKS_WEBHOOK_URL`.
    ///
    /// Exit status: 0 all is told, or there is nothing to tell, whatever the report says; 4 somebody could not be told.
    #[command(aliases = ["create_issue", "notify_maintainer", "handle_build_failure", "handle_test_failure"])]
    Notify(NotifyArgs),
    /// Compares what `cargo bench` left in the target folder with what it left before, or measures beside a revision.
    VerifyPerformance(VerifyPerformanceArgs),
    /// Makes workflows of GitHub Actions by the section `ci` of the configuration, and shows how they differ from what is there.
    ///
    /// They lie in .github/workflows, with what they run in .github/scripts. A file is known by its first line; one without it
    /// is somebody else's, and is not written over. One that was made and that the configuration no longer wants goes.
    ///
    /// Exit status: 0 shown, written, or all is as it should be; 1 with --check something differs; 2 it is refused.
    Workflows(WorkflowsArgs),
    #[command(flatten)]
    DocsAlias(DocsAlias),
    /// Measures what benchmarks take with two sides' programs: a step of the stage `time`.
    #[command(hide = true)]
    Measure(MeasureArgs),
}

/// The program that Nix is called by where none is named.
pub(crate) const NIX: &str = "nix";

/// The revision that a working tree is compared with where none is named.
const LAST_COMMIT: &str = "HEAD";

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// The stages or groups of stages to check, or `quick`, `full` or `proofs`: all of that set and of quicker ones that are on.
    /// Without any, all that the configuration leaves on.
    pub(crate) stages: Vec<String>,

    /// Checks only the members that a change concerns: what changed since the last commit, or since
    /// the last commit in common with REV.
    ///
    /// Where it concerns nobody, nothing runs, and each stage is not applicable: exit status 0. On the
    /// host, `coverage` of some members is left out unless it is named. By Nix all members are asked
    /// for, and those that the change does not concern are cached. Views, which are of all members, are
    /// not written.
    #[arg(
        long,
        value_name = "REV",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = LAST_COMMIT
    )]
    pub(crate) affected: Option<String>,

    /// Compares with the last commit in common with REV: stages that compare fail where it was better.
    ///
    /// Its records are made of its own sources, in target/blocks/baseline, and kept; by Nix they are those of
    /// the flake's input `baseline`, and cached as all are.
    #[arg(long, value_name = "REV")]
    pub(crate) baseline: Option<String>,

    #[command(flatten)]
    pub(crate) today: TodayArgs,

    /// Looks for known vulnerabilities in this checkout of github.com/rustsec/advisory-db, instead of the one that
    /// cargo-deny or cargo-audit keeps in cargo's home folder.
    ///
    /// Nothing is fetched: `git -C DIR pull` brings it up to date. By Nix it stands for the flake's input `advisory-db`.
    #[arg(long, value_name = "DIR", env = "BLOCKS_ADVISORY_DB")]
    pub(crate) advisory_db: Option<PathBuf>,

    /// Who runs the stages.
    #[arg(long, value_enum, default_value_t = EngineChoice::Auto)]
    pub(crate) engine: EngineChoice,

    /// Makes the records of this stage again, though nothing changed; may be given more than once.
    #[arg(long, value_name = "STAGE")]
    pub(crate) again: Vec<String>,

    /// Installs nothing: says what is missing and how to get it.
    #[arg(long)]
    pub(crate) no_install: bool,

    /// Answers yes where it would ask before installing.
    #[arg(long, short)]
    pub(crate) yes: bool,

    /// The program that stands for nix.
    #[arg(long, value_name = "PROGRAM", env = "BLOCKS_NIX", default_value = NIX)]
    pub(crate) nix: PathBuf,

    /// Machines that build for this one, as Nix has them: `ssh-ng://HOST SYSTEM KEY JOBS SPEED; …`, or `@FILE`.
    ///
    /// Where each build ran is shown. Without it, Nix's own configuration says who builds (`builders` of nix.conf).
    #[arg(long, value_name = "SPEC")]
    pub(crate) builders: Option<String>,

    /// Builds of Nix at the same time on this machine; with 0 only --builders build.
    #[arg(long, value_name = "N")]
    pub(crate) max_jobs: Option<u32>,

    /// Where records and views go, instead of target/blocks.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Prints the status as JSON instead of the table.
    #[arg(long)]
    pub(crate) json: bool,

    /// Whether annotations are made and the step's summary is written.
    #[arg(long, value_enum, default_value_t = GithubChoice::Auto)]
    pub(crate) github: GithubChoice,
}

impl CheckArgs {
    /// Who builds.
    pub(crate) fn farm(&self) -> Farm<'_> {
        Farm { builders: self.builders.as_deref(), max_jobs: self.max_jobs }
    }
}

/// Whether a run of GitHub Actions gets more than its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GithubChoice {
    /// In a step of GitHub Actions.
    Auto,
    /// Nowhere.
    Never,
}

/// Who runs the stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EngineChoice {
    /// Nix where there is Nix and the workspace has a flake, this machine otherwise.
    Auto,
    /// This machine's own tools, incrementally in the target folder.
    Host,
    /// Nix, hermetically and cached.
    Nix,
}

#[derive(Debug, Args)]
pub(crate) struct StagesArgs {
    /// Prints JSON.
    #[arg(long)]
    pub(crate) json: bool,

    /// Prints a page in Markdown: of each stage why one asks, what runs, the evidence, and the gate.
    #[arg(long, conflicts_with = "json")]
    pub(crate) markdown: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A stage, such as `test`, or a setting, such as `test.coverage_threshold`.
    #[arg(value_name = "STAGE|KEY")]
    pub(crate) what: String,

    /// Says which members' records of the stage are of other inputs than at the last commit, or at the
    /// last commit in common with REV, and which input changed.
    #[arg(
        long,
        value_name = "REV",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = LAST_COMMIT
    )]
    pub(crate) rebuild: Option<String>,

    /// Says so of this member only.
    #[arg(long, value_name = "NAME", requires = "rebuild")]
    pub(crate) member: Option<String>,

    /// Prints JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    /// Installs what is missing.
    #[arg(long)]
    pub(crate) install: bool,

    /// Answers yes where it would ask before installing.
    #[arg(long, short)]
    pub(crate) yes: bool,

    /// Prints JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which records are read.
#[derive(Debug, Clone, Args)]
pub(crate) struct RecordArgs {
    /// The folder of the records, instead of target/blocks/records.
    #[arg(long, value_name = "DIR")]
    pub(crate) records: Option<PathBuf>,

    /// Links records into that folder first: a file with a line for each, `STAGE/UNIT`, a tab and the
    /// record's path.
    #[arg(long, value_name = "FILE", requires = "records")]
    pub(crate) link: Option<PathBuf>,

    /// The records that there have to be and what they must say of their sources, as JSON, instead
    /// of what this workspace has now.
    #[arg(long, value_name = "FILE")]
    pub(crate) expect: Option<PathBuf>,

    /// The folder of a baseline that the records are compared with: target/blocks/baseline is that of the
    /// last `check --baseline`.
    #[arg(long, value_name = "DIR")]
    pub(crate) baseline: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) today: TodayArgs,

    /// The program that stands for nix, which is asked for the sources of records that Nix made.
    #[arg(long, value_name = "PROGRAM", env = "BLOCKS_NIX", default_value = NIX)]
    pub(crate) nix: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct GateArgs {
    /// The stages or groups of stages to judge; all that the configuration leaves on without any.
    pub(crate) stages: Vec<String>,

    #[command(flatten)]
    pub(crate) records: RecordArgs,

    /// The member whose record is judged, or `workspace`; all that a stage has without it.
    #[arg(long, value_name = "NAME")]
    pub(crate) unit: Option<String>,

    /// Prints JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct FixArgs {
    /// The stages or groups of stages to mend; all that the configuration leaves on without any, and others that somebody asked
    /// and that failed.
    pub(crate) stages: Vec<String>,

    #[command(flatten)]
    pub(crate) records: RecordArgs,

    /// Applies all of it, and asks nothing.
    #[arg(long, short)]
    pub(crate) yes: bool,

    /// Shows what would be done, and changes nothing. So it is, too, where there is no terminal to ask in.
    #[arg(long, conflicts_with = "yes")]
    pub(crate) dry_run: bool,

    /// Applies it though files differ from the last commit, or there is no commit.
    #[arg(long)]
    pub(crate) allow_dirty: bool,

    /// Writes fixes.patch, a patch for each stage, fixes.json and fixes.md.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct MeasureArgs {
    /// The folder of the baseline's programs.
    #[arg(long, value_name = "DIR")]
    pub(crate) before: PathBuf,

    /// The folder of the new programs.
    #[arg(long, value_name = "DIR")]
    pub(crate) now: PathBuf,

    /// Rounds of the first pass, of four runs each.
    #[arg(long, value_name = "N")]
    pub(crate) rounds: usize,

    /// The file that the times go to.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// Which series are shown, and how.
#[derive(Debug, Args)]
pub(crate) struct BisectArgs {
    /// The stage.
    pub(crate) stage: String,

    /// A commit at which the stage is not red; the last of which that is known without it.
    #[arg(long, value_name = "REV")]
    pub(crate) good: Option<String>,

    /// A commit at which it is red.
    #[arg(long, value_name = "REV", default_value = LAST_COMMIT)]
    pub(crate) bad: String,

    /// Follows one failure, by its signature in report.json, and not the stage: others count for nothing.
    #[arg(long, value_name = "HEX", value_parser = signature)]
    pub(crate) signature: Option<Signature>,

    #[command(flatten)]
    pub(crate) today: TodayArgs,

    /// Prints JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

fn signature(text: &str) -> Result<Signature, String> {
    text.to_owned().try_into()
}

#[derive(Debug, Args)]
pub(crate) struct HistoryArgs {
    /// How the names of the series begin, such as `size/` or `instructions/my-crate/`; all without any.
    #[arg(value_name = "SERIES")]
    pub(crate) series: Vec<String>,

    /// Prints all points as JSON.
    #[arg(long)]
    pub(crate) json: bool,

    /// Prints all points as a table with commas.
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,

    /// Draws the series into an SVG image.
    #[arg(long, value_name = "FILE")]
    pub(crate) plot: Option<PathBuf>,

    /// Shows only what was measured on machines of this class, by its name in the table or that of its folder.
    #[arg(long, value_name = "CLASS")]
    pub(crate) machine: Option<String>,

    /// Shows only the last points of each series.
    #[arg(long, value_name = "N")]
    pub(crate) last: Option<NonZeroUsize>,
}

#[derive(Debug, Args)]
pub(crate) struct ViewArgs {
    #[command(flatten)]
    pub(crate) records: RecordArgs,

    /// Where the files go.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Prints JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// A stage (`test`), a stage and a member (`test/my-crate`), or a test: its name, with or without what holds it, or a part
    /// of it that no other test has.
    #[arg(value_name = "STAGE|TEST")]
    pub(crate) what: String,

    /// Shows the record of this member only, or looks only for its tests.
    #[arg(long, short, value_name = "NAME")]
    pub(crate) package: Option<String>,

    #[command(flatten)]
    pub(crate) records: RecordArgs,

    /// Prints JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LcovArgs {
    #[command(flatten)]
    pub(crate) view: ViewArgs,

    /// Adds what an LCOV file says of runs elsewhere: of end-to-end tests, for example.
    ///
    /// Absolute names of files below the workspace lose its folder, so that they are the same files. No verdict changes.
    #[arg(long, value_name = "FILE")]
    pub(crate) with: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub(crate) view: ViewArgs,

    /// What the workspace is called, instead of what its folder or its first package is.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,

    /// Where the workspace lies in its repository (`rust/tools`), instead of what git says: annotations and SARIF name files
    /// from the root of that.
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<String>,

    /// The commit that the records are of, instead of what git says.
    #[arg(long, value_name = "REV")]
    pub(crate) revision: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct NotifyArgs {
    /// The report, instead of target/blocks/report/report.json.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,

    /// Says what it would do, and does nothing of it. That is so outside of CI, unless `--send` is given.
    #[arg(long, conflicts_with = "send")]
    pub(crate) dry_run: bool,

    /// Tells people, also outside of CI.
    #[arg(long)]
    pub(crate) send: bool,

    /// The branch that the report is of, instead of what the CI or git says.
    #[arg(long, value_name = "NAME")]
    pub(crate) branch: Option<String>,

    /// Uses this channel only; may be given more than once.
    #[arg(long, value_name = "CHANNEL", value_parser = ["github_issues", "email", "webhook"])]
    pub(crate) channel: Vec<String>,

    /// Where is kept what mail and webhooks have to know of earlier runs, and what waits to be sent, instead of
    /// target/blocks/notify. In CI it has to be kept from run to run.
    #[arg(long, value_name = "DIR")]
    pub(crate) state: Option<PathBuf>,

    /// What to say, instead of the workspace's .github/notify-config.yml.
    #[arg(long, value_name = "FILE")]
    pub(crate) notify_config: Option<PathBuf>,

    /// Prints JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyPerformanceArgs {
    /// What criterion's benchmarks are compared with: what their option `--save-baseline NAME` kept, instead of what
    /// they keep of the run before.
    ///
    /// gungraun has in its summaries what it compared with.
    #[arg(long, value_name = "NAME")]
    pub(crate) saved: Option<String>,

    /// Measures, instead of reading what is there: benchmarks of criterion, side by side with those of the last commit in
    /// common with REV, and what benchmarks of gungraun count.
    #[arg(long, value_name = "REV", conflicts_with = "saved")]
    pub(crate) baseline: Option<String>,

    /// Measures the benchmarks of this member only; may be given more than once.
    #[arg(long, short, value_name = "NAME", requires = "baseline")]
    pub(crate) package: Vec<String>,

    /// Measures these programs of the baseline, as the material `benchmarks` leaves them.
    #[arg(long, value_name = "DIR", hide = true, requires = "now", conflicts_with_all = ["saved", "baseline"])]
    pub(crate) before: Option<PathBuf>,

    /// Measures these new programs beside them.
    #[arg(long, value_name = "DIR", hide = true, requires = "before")]
    pub(crate) now: Option<PathBuf>,

    /// What those of the baseline are called.
    #[arg(long, value_name = "NAME", hide = true, default_value = "baseline")]
    pub(crate) baseline_name: String,

    /// Installs nothing: says what is missing and how to get it.
    #[arg(long, requires = "baseline")]
    pub(crate) no_install: bool,

    /// Answers yes where it would ask before installing.
    #[arg(long, short, requires = "baseline")]
    pub(crate) yes: bool,

    /// Prints JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// The command line without the word that cargo adds when it runs `cargo-blocks` as a subcommand.
pub(crate) fn arguments(all: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut all: Vec<_> = all.collect();
    if all.get(1).is_some_and(|word| word == "blocks") {
        all.remove(1);
    }
    all
}
