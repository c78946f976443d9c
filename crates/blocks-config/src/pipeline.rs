//! `.github/pipeline-config.yml`.

use crate::check::{Violation, no_blanks, no_duplicates};
use crate::key::{Key, settings, show_each};
use crate::limit::{limit_of, strictest_of};
use crate::{
    Badge, BadgeName, BadgePath, BenchmarkLimit, BenchmarkMeasure, Bounded, BranchName, Cache, Ci,
    ConfigError, ConfigFile, Examples, InsidePath, Loaded, MemberSettings, Percent, Quarantined,
    Regression, Release, StageSettings,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

/// What the pipeline checks and with how much: `.github/pipeline-config.yml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PipelineConfig {
    /// How thorough a run is.
    pub verify: Verify,
    /// What tests have to show.
    pub test: Test,
    /// What benchmarks have to show, and how programs may grow.
    pub performance: Performance,
    /// How much of the machine a run may take.
    pub resources: Resources,
    /// What is kept between runs, and in which pieces.
    pub cache: Cache,
    /// What workflows of GitHub Actions run, where and when.
    pub ci: Ci,
    /// How members are released.
    pub release: Release,
    /// Which files Blocks writes into.
    pub docs: Docs,
    /// How examples are tried.
    pub examples: Examples,
    /// The badges that are drawn, each name and each file once.
    pub badges: Vec<Badge>,
    /// What is said of single stages, by the stage's id. A stage that is not named is on.
    pub stages: BTreeMap<String, StageSettings>,
    /// What single members need, by the package's name.
    pub members: BTreeMap<String, MemberSettings>,
}

settings! {
    /// How thorough a run is.
    #[serde(default)]
    pub struct Verify at "verify" {
        /// Whether a run takes the quick set of stages only, and leaves out those that take long.
        quick_mode: bool [""],
        /// Whether a run takes all stages, also the proofs, which take longest.
        full_proofs: bool [""],
        /// How many more uses of unsafe code than at the baseline each member may have.
        unsafe_growth: Bounded<0, 1_000_000> ["uses of unsafe code"],
        /// How many crates from elsewhere may be there in more versions than at the baseline.
        duplicate_growth: Bounded<0, 1_000_000> ["crates"],
        /// How old the advisory database may be on the day of a run. By an older one there is no verdict.
        advisory_age_days: Bounded<0, 36_500> ["days"],
        /// Whether the changelog has to name what a new version of a published library breaks.
        migrations: bool [""],
        /// How often a model of loom may take the processor from a thread that could go on. More finds more, and
        /// takes longer by far.
        loom_preemptions: Bounded<1, 100> ["preemptions in one order of threads"],
        /// With how many seeds Miri runs the tests. Each seed is another order of threads, and other addresses.
        miri_seeds: Bounded<1, 10_000> ["seeds"],
        /// With how many cases the stage `properties` tries each property of proptest or quickcheck.
        property_cases: Bounded<1, 1_000_000_000> ["cases"],
    }
}

settings! {
    /// What tests have to show.
    #[serde(default)]
    pub struct Test at "test" {
        /// The least share of lines, in percent, that tests have to run. It is compared exactly: at
        /// most six digits after the point.
        coverage_threshold: Percent ["percent of lines"],
        /// The least share of lines, in percent, that tests have to run of each file.
        file_coverage_threshold: Percent ["percent of lines"],
        /// Whether lines count that only examples of the documentation run. These are then run twice, once for the stage
        /// `doctest` and once to be counted.
        doctest_coverage: bool [""],
        /// How much less than at the baseline the share of lines may be that tests run, in percentage
        /// points. With 100 nothing is compared.
        coverage_drop: Percent ["percentage points"],
        /// The least share of lines, in percent, that tests have to run of those that are new or changed since the
        /// baseline. With 0 the share is shown and not judged.
        patch_coverage_threshold: Percent ["percent of changed lines"],
        /// Whether a fall of the share of documented items counts as a failure.
        doc_coverage: bool [""],
        /// The least share of items, in percent, that each member has to have documented. It is compared
        /// exactly: at most six digits after the point.
        doc_coverage_threshold: Percent ["percent of items"],
        lists {
            /// The tests that may be flaky until a day, each once. Others that fail and then pass
            /// are failures.
            quarantine: Quarantined,
        }
    }
}

settings! {
    /// What benchmarks have to show.
    #[serde(default)]
    pub struct Performance at "performance" {
        /// How many more instructions and allocations than at the baseline a benchmark may take, in percent. At most six
        /// digits after the point.
        regression_threshold: Regression ["percent of the baseline"],
        /// How much more time than at the baseline a benchmark may take, in percent. At most six digits after the point.
        time_threshold: Regression ["percent of the baseline"],
        /// With how many rounds the time of each benchmark is measured. A round is four runs: two of the baseline's
        /// program, and two of the new one.
        time_rounds: Bounded<10, 1000> ["rounds of four runs"],
        /// How much larger than at the baseline each program of the release profile, and by Nix its closure, may
        /// be, in percent. At most six digits after the point.
        size_growth_threshold: Regression ["percent of the baseline"],
        /// Whether what a check measures of a commit is kept: instructions, sizes and times.
        store_results: bool [""],
        /// The folder that results are kept in.
        results_folder: InsidePath ["path from the workspace's root"],
        /// The branch that results are kept on instead of the folder. It has no other content.
        results_branch: BranchName [""],
        lists {
            /// Limits of their own for single benchmarks, or for all whose names begin alike.
            limits: BenchmarkLimit,
        }
    }
}

settings! {
    /// How much of the machine a run may take.
    #[serde(default)]
    pub struct Resources at "resources" {
        /// How many jobs run at the same time.
        max_parallel_jobs: Bounded<1, 256> ["jobs"],
        /// After what time a stage is stopped. A stage that was stopped has no verdict.
        timeout_minutes: Bounded<1, 1440> ["minutes"],
        /// How often a stage is tried until it gives an answer. An answer, also "no", is never asked
        /// again.
        max_attempts: Bounded<1, 10> ["attempts, the first included"],
    }
}

settings! {
    /// Which files Blocks writes into.
    #[derive(Default)]
    #[serde(default)]
    pub struct Docs at "docs" {
        /// The Markdown files with regions that Blocks writes (`cargo blocks docs readme`). Without any they are the
        /// files `README.md` at the workspace's root and in the folders of its members.
        files: Vec<InsidePath> ["paths from the workspace's root"],
    }
}

impl Default for PipelineConfig {
    fn default() -> Self {
        Self {
            verify: Verify::default(),
            test: Test::default(),
            performance: Performance::default(),
            resources: Resources::default(),
            cache: Cache::default(),
            ci: Ci::default(),
            release: Release::default(),
            docs: Docs::default(),
            examples: Examples::default(),
            badges: default_badges(),
            stages: BTreeMap::new(),
            members: BTreeMap::new(),
        }
    }
}

impl Default for Verify {
    fn default() -> Self {
        Self {
            quick_mode: true,
            full_proofs: false,
            unsafe_growth: Bounded::of::<0>(),
            duplicate_growth: Bounded::of::<0>(),
            advisory_age_days: Bounded::of::<14>(),
            migrations: true,
            loom_preemptions: Bounded::of::<3>(),
            miri_seeds: Bounded::of::<16>(),
            property_cases: Bounded::of::<10_000>(),
        }
    }
}

impl Default for Test {
    fn default() -> Self {
        Self {
            coverage_threshold: Percent::whole::<95>(),
            file_coverage_threshold: Percent::whole::<0>(),
            doctest_coverage: false,
            coverage_drop: Percent::whole::<1>(),
            patch_coverage_threshold: Percent::whole::<0>(),
            doc_coverage: true,
            doc_coverage_threshold: Percent::whole::<0>(),
            quarantine: Vec::new(),
        }
    }
}

impl Default for Performance {
    fn default() -> Self {
        Self {
            regression_threshold: Regression::whole::<1>(),
            time_threshold: Regression::whole::<3>(),
            time_rounds: Bounded::of::<16>(),
            size_growth_threshold: Regression::whole::<5>(),
            store_results: true,
            results_folder: InsidePath::of_target("blocks/results"),
            results_branch: BranchName::default(),
            limits: Vec::new(),
        }
    }
}

impl Performance {
    /// How much more than at the baseline a benchmark of a member may take, and the entry of the file that says so;
    /// none where it is the limit of all.
    pub fn allowed(
        &self,
        (member, benchmark): (&str, &str),
        measure: BenchmarkMeasure,
    ) -> (Regression, Option<&BenchmarkLimit>) {
        self.or_of_all(limit_of(&self.limits, (member, benchmark), measure), measure)
    }

    /// The same of a benchmark whose member is not known: where entries of several mean it, the strictest holds.
    pub fn allowed_of_any(
        &self,
        benchmark: &str,
        measure: BenchmarkMeasure,
    ) -> (Regression, Option<&BenchmarkLimit>) {
        self.or_of_all(strictest_of(&self.limits, benchmark, measure), measure)
    }

    fn or_of_all<'a>(
        &self,
        own: Option<&'a BenchmarkLimit>,
        measure: BenchmarkMeasure,
    ) -> (Regression, Option<&'a BenchmarkLimit>) {
        let of_all = match measure {
            BenchmarkMeasure::Instructions => self.regression_threshold,
            BenchmarkMeasure::Time => self.time_threshold,
        };
        (own.map_or(of_all, |limit| limit.threshold), own)
    }
}

impl Default for Resources {
    fn default() -> Self {
        Self {
            max_parallel_jobs: Bounded::of::<2>(),
            timeout_minutes: Bounded::of::<30>(),
            max_attempts: Bounded::of::<2>(),
        }
    }
}

fn default_badges() -> Vec<Badge> {
    [BadgeName::Build, BadgeName::Tests, BadgeName::Coverage]
        .into_iter()
        .filter_map(|name| {
            let path = BadgePath::new(format!(".github/badges/{name}.svg")).ok()?;
            Some(Badge { name, path })
        })
        .collect()
}

impl PipelineConfig {
    /// Reads the text of a file; `origin` is its name in messages.
    ///
    /// The names under `stages` and `members` are not compared with those that there are, which this
    /// crate does not know: see [`Loaded::check_stages`] and [`Loaded::check_members`].
    pub fn parse(text: &str, origin: &str) -> Result<Self, ConfigError> {
        Loaded::parse(text, origin).map(|loaded| loaded.config)
    }

    /// Reads a file; one that does not exist means the defaults.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        Loaded::load(path).map(|loaded| loaded.config)
    }

    /// Whether a stage is on: a stage is, unless the file switches it off, or it is opt-in and the file does not switch
    /// it on (see [`Loaded::with_opt_in`]).
    pub fn is_enabled(&self, stage: &str) -> bool {
        self.stages.get(stage).is_none_or(|settings| settings.enabled)
    }

    /// The stages of the workspace's own, in the order of their names.
    pub fn own_stages(&self) -> impl Iterator<Item = (&str, &StageSettings)> {
        let own = self.stages.iter().filter(|(_, settings)| settings.is_own());
        own.map(|(id, settings)| (id.as_str(), settings))
    }

    /// The files and folders outside of a member's own folder that the file says it reads.
    pub fn member_files(&self, package: &str) -> &[InsidePath] {
        self.members.get(package).map_or(&[], |member| &member.files)
    }
}

/// The value of a key `name.field` of a section whose keys are free names. A name that the file does
/// not have has the defaults; `<id>` stands for all that it has.
fn show_named<T: Clone + Default>(
    section: &BTreeMap<String, T>,
    key: &str,
    show: fn(&T, &str) -> Option<String>,
) -> Option<String> {
    let (name, field) = key.rsplit_once('.')?;
    if name != "<id>" {
        return show(&section.get(name).cloned().unwrap_or_default(), field);
    }
    if section.is_empty() {
        return show(&T::default(), field);
    }
    let shown: Option<Vec<_>> =
        section.iter().map(|(name, it)| Some(format!("{name}: {}", show(it, field)?))).collect();
    Some(shown?.join(", "))
}

impl ConfigFile for PipelineConfig {
    const FILE: &'static str = ".github/pipeline-config.yml";

    fn keys() -> &'static [Key] {
        static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
            [
                Verify::KEYS,
                Test::KEYS,
                Quarantined::KEYS,
                Performance::KEYS,
                BenchmarkLimit::KEYS,
                Resources::KEYS,
                Cache::KEYS,
                Ci::KEYS,
                Release::KEYS,
                Docs::KEYS,
                Examples::KEYS,
                Badge::KEYS,
                StageSettings::KEYS,
                MemberSettings::KEYS,
            ]
            .concat()
        });
        &KEYS
    }

    fn show(&self, path: &str) -> Option<String> {
        let (section, key) = path.split_once('.')?;
        match section {
            "verify" => self.verify.show(key),
            "test" => self.test.show(key),
            "performance" => self.performance.show(key),
            "resources" => self.resources.show(key),
            "cache" => self.cache.show(key),
            "ci" => self.ci.show(key),
            "release" => self.release.show(key),
            "docs" => self.docs.show(key),
            "examples" => self.examples.show(key),
            "badges[]" => show_each(&self.badges, key, Badge::show),
            "stages" => show_named(&self.stages, key, StageSettings::show),
            "members" => show_named(&self.members, key, MemberSettings::show),
            _ => None,
        }
    }

    fn check(&self) -> Option<Violation> {
        let badges = || self.badges.iter().enumerate();
        let limits = || self.performance.limits.iter().enumerate();
        let members =
            limits().map(|(i, it)| (format!("performance.limits[{i}].member"), &*it.member));
        no_blanks(members)
            .or_else(|| self.cache.check())
            .or_else(|| self.ci.check())
            .or_else(|| self.release.check())
            .or_else(|| {
                no_duplicates(badges().map(|(i, b)| (format!("badges[{i}].name"), b.name.as_str())))
            })
            .or_else(|| {
                let files = self.docs.files.iter().enumerate();
                no_duplicates(files.map(|(i, file)| (format!("docs.files[{i}]"), file.as_str())))
            })
            .or_else(|| {
                let names = self.examples.compile_only.iter().enumerate();
                let at = |i: usize| format!("examples.compile_only[{i}]");
                no_duplicates(names.map(|(i, name)| (at(i), name.as_str())))
            })
            .or_else(|| {
                let tests = self.test.quarantine.iter().enumerate();
                let at = |i: usize| format!("test.quarantine[{i}].test");
                no_duplicates(tests.map(|(i, entry)| (at(i), entry.test.as_str())))
            })
            .or_else(|| {
                let at = |(i, it): (usize, &BenchmarkLimit)| {
                    (format!("performance.limits[{i}].benchmark"), it.subject())
                };
                let subjects: Vec<_> = limits().map(at).collect();
                no_duplicates(subjects.iter().map(|(at, subject)| (at.clone(), subject.as_str())))
            })
            // Badges are drawn into one folder under the last names of their paths.
            .or_else(|| {
                let file = |(i, b): (_, &'_ Badge)| (format!("badges[{i}].path"), b.path.clone());
                let files: Vec<_> = badges().map(file).collect();
                no_duplicates(files.iter().map(|(at, path)| (at.clone(), path.file_name())))
            })
            .or_else(|| self.members.iter().find_map(|(name, member)| member.check(name)))
            .or_else(|| self.stages.iter().find_map(|(id, stage)| stage.check(id)))
    }
}
