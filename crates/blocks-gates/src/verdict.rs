//! What a gate answers.

use crate::causes::of_units;
use crate::finding::Finding;
use crate::unit::Unit;
use crate::{Cause, Closures, Code, MOST_CAUSES};
use blocks_records::undivided;
use blocks_stages::Stage;
use serde::{Deserialize, Serialize};

/// The answer about one stage of one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Everything that was asked for holds.
    Pass,
    /// Something does not.
    Fail,
    /// It is not known: evidence is absent, not understood or of something else. Never green.
    NoVerdict,
    /// There is nothing to ask.
    NotApplicable,
}

/// A number that a stage measured.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Measure {
    /// Tests, each counted in `passed`, `failed` or `skipped`.
    Tests {
        /// Tests that passed, flaky ones too.
        passed: u64,
        /// Tests that did not.
        failed: u64,
        /// Tests of which one try passed and another did not; they are also counted above.
        flaky: u64,
        /// Flaky tests that the configuration allows (`test.quarantine`).
        quarantined: u64,
        /// Tests that were not run.
        skipped: u64,
    },
    /// Findings of a tool.
    Findings {
        /// How many; a verdict may list fewer.
        count: u64,
    },
    /// Lines that tests ran.
    Coverage {
        /// Lines that a test ran.
        covered: u64,
        /// Lines that hold code.
        count: u64,
        /// The percentage that is wanted; for showing, verdicts compare exactly.
        threshold: f64,
    },
    /// Items that are documented.
    Documentation {
        /// Items with a documentation of their own.
        documented: u64,
        /// Items that the documentation shows.
        count: u64,
        /// Items with an example.
        with_examples: u64,
        /// Items for which an example makes sense.
        example_items: u64,
        /// The percentage of items that each member has to have documented; for showing, verdicts compare
        /// exactly.
        threshold: f64,
        /// Whether the shares of members were compared with those of a baseline.
        is_compared: bool,
    },
    /// Uses of unsafe code.
    Unsafe {
        /// How many there are.
        count: u64,
        /// Whether those of members were compared with those of a baseline.
        is_compared: bool,
    },
    /// Tests that ran with their accesses to memory watched.
    Watched {
        /// How many did.
        tests: u64,
        /// Tests that were not run.
        skipped: u64,
    },
    /// Models of threads.
    Models {
        /// How many were tried in all orders.
        checked: u64,
        /// How many did not hold.
        failed: u64,
    },
    /// Members that promise to compile with an older Rust.
    Promises {
        /// How many do.
        asked: u64,
        /// How many of these do not compile with it.
        broken: u64,
    },
    /// Combinations of features.
    Combinations {
        /// How many were compiled.
        checked: u64,
        /// How many of these do not compile.
        failed: u64,
    },
    /// Members that are published.
    Packages {
        /// How many are.
        asked: u64,
        /// How many of these cannot be.
        refused: u64,
    },
    /// What packages that are shipped are built of.
    Components {
        /// How many packages that are.
        packages: u64,
        /// How many other packages they are built of, each counted once.
        components: u64,
        /// How many of all these have no licence, and should have one.
        unlicensed: u64,
    },
    /// Programs of the release profile.
    Programs {
        /// How many there are.
        count: u64,
        /// How large they are together, in bytes.
        bytes: u64,
        /// How many of them the baseline does not have.
        new: u64,
        /// How many the baseline has beside them.
        gone: u64,
        /// Whether they were compared with those of a baseline.
        is_compared: bool,
        /// How large they are with all that they name in a store.
        #[serde(default)]
        closures: Closures,
    },
    /// Benchmarks that count instructions.
    Benchmarks {
        /// How many there are.
        count: u64,
        /// How many take fewer instructions than at the baseline, by more than the threshold of what is too many.
        better: u64,
        /// How many of them the baseline does not have.
        new: u64,
        /// How many the baseline has beside them.
        gone: u64,
        /// Whether they were compared with those of a baseline.
        is_compared: bool,
    },
    /// Changes of code that tests should notice.
    Mutants {
        /// With which a test failed.
        caught: u64,
        /// With which none did.
        missed: u64,
        /// With which the tests did not come to an end.
        timed_out: u64,
        /// That do not compile.
        unviable: u64,
    },
    /// Libraries that others use.
    Interfaces {
        /// How many were compared with those of a baseline.
        compared: u64,
        /// How many the baseline does not have.
        new: u64,
        /// How many features that they are described with (`members.<id>.interface_features`) the baseline does not
        /// have.
        #[serde(default)]
        new_features: u64,
    },
}

impl Measure {
    /// The sum of two of one kind that is counted; `self` otherwise.
    pub(crate) fn plus(self, other: &Self) -> Self {
        match (self, other) {
            (
                Self::Tests { passed, failed, flaky, quarantined, skipped },
                Self::Tests { passed: p, failed: f, flaky: y, quarantined: held, skipped: s },
            ) => Self::Tests {
                passed: passed.saturating_add(*p),
                failed: failed.saturating_add(*f),
                flaky: flaky.saturating_add(*y),
                quarantined: quarantined.saturating_add(*held),
                skipped: skipped.saturating_add(*s),
            },
            (
                Self::Documentation {
                    documented,
                    count,
                    with_examples,
                    example_items,
                    threshold,
                    is_compared,
                },
                Self::Documentation {
                    documented: d,
                    count: c,
                    with_examples: w,
                    example_items: e,
                    is_compared: also,
                    ..
                },
            ) => Self::Documentation {
                documented: documented.saturating_add(*d),
                count: count.saturating_add(*c),
                with_examples: with_examples.saturating_add(*w),
                example_items: example_items.saturating_add(*e),
                threshold,
                is_compared: is_compared && *also,
            },
            (Self::Unsafe { count, is_compared }, Self::Unsafe { count: n, is_compared: also }) => {
                Self::Unsafe { count: count.saturating_add(*n), is_compared: is_compared && *also }
            }
            (Self::Watched { tests, skipped }, Self::Watched { tests: t, skipped: s }) => {
                Self::Watched {
                    tests: tests.saturating_add(*t),
                    skipped: skipped.saturating_add(*s),
                }
            }
            (Self::Models { checked, failed }, Self::Models { checked: c, failed: f }) => {
                Self::Models {
                    checked: checked.saturating_add(*c),
                    failed: failed.saturating_add(*f),
                }
            }
            (Self::Promises { asked, broken }, Self::Promises { asked: a, broken: b }) => {
                Self::Promises {
                    asked: asked.saturating_add(*a),
                    broken: broken.saturating_add(*b),
                }
            }
            (
                Self::Combinations { checked, failed },
                Self::Combinations { checked: c, failed: f },
            ) => Self::Combinations {
                checked: checked.saturating_add(*c),
                failed: failed.saturating_add(*f),
            },
            (Self::Packages { asked, refused }, Self::Packages { asked: a, refused: r }) => {
                Self::Packages {
                    asked: asked.saturating_add(*a),
                    refused: refused.saturating_add(*r),
                }
            }
            (
                Self::Components { packages, components, unlicensed },
                Self::Components { packages: p, components: c, unlicensed: u },
            ) => Self::Components {
                packages: packages.saturating_add(*p),
                components: components.saturating_add(*c),
                unlicensed: unlicensed.saturating_add(*u),
            },
            (
                Self::Mutants { caught, missed, timed_out, unviable },
                Self::Mutants { caught: c, missed: m, timed_out: t, unviable: u },
            ) => Self::Mutants {
                caught: caught.saturating_add(*c),
                missed: missed.saturating_add(*m),
                timed_out: timed_out.saturating_add(*t),
                unviable: unviable.saturating_add(*u),
            },
            (one, _) => one.plus_compared(other),
        }
    }

    /// The same of what is compared with a baseline one by one.
    fn plus_compared(self, other: &Self) -> Self {
        match (self, other) {
            (
                Self::Programs { count, bytes, new, gone, is_compared, closures },
                Self::Programs {
                    count: c,
                    bytes: b,
                    new: n,
                    gone: g,
                    is_compared: also,
                    closures: others,
                },
            ) => Self::Programs {
                count: count.saturating_add(*c),
                bytes: bytes.saturating_add(*b),
                new: new.saturating_add(*n),
                gone: gone.saturating_add(*g),
                is_compared: is_compared && *also,
                closures: closures.plus(*others),
            },
            (
                Self::Benchmarks { count, better, new, gone, is_compared },
                Self::Benchmarks { count: c, better: b, new: n, gone: g, is_compared: also },
            ) => Self::Benchmarks {
                count: count.saturating_add(*c),
                better: better.saturating_add(*b),
                new: new.saturating_add(*n),
                gone: gone.saturating_add(*g),
                is_compared: is_compared && *also,
            },
            (
                Self::Interfaces { compared, new, new_features },
                Self::Interfaces { compared: c, new: n, new_features: f },
            ) => Self::Interfaces {
                compared: compared.saturating_add(*c),
                new: new.saturating_add(*n),
                new_features: new_features.saturating_add(*f),
            },
            (one, _) => one,
        }
    }
}

/// The verdict about one stage: of the workspace, of all members, or of one unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The stage that was asked for.
    pub stage: String,
    /// What it is about: `workspace` also where it is about all members, else a member's package.
    pub unit: String,
    /// The answer.
    pub outcome: Outcome,
    /// The answer in a few words: "412 passed", "97.3 % of lines (95 % wanted)".
    pub summary: String,
    /// Why it is not a pass, by file and line; at most [`crate::MOST_CAUSES`]. What the records of
    /// several members say alike is here once.
    pub causes: Vec<Cause>,
    /// How many causes are left out.
    pub more_causes: usize,
    /// What was measured.
    pub measure: Option<Measure>,
    /// The command that asks the same of a working tree; of a failure only.
    pub repeat: Option<String>,
    /// The wall time of what was run for it, in seconds; of all members together. A stage that
    /// judges another's record took none.
    pub seconds: f64,
    /// Where it is about all members: what there is to say of each, in the order of their names.
    pub units: Vec<UnitVerdict>,
}

/// What a stage says of one of several members.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnitVerdict {
    /// Its name: that of the member's package, or of a group of members.
    pub unit: String,
    /// The members that it is made of; none where it is the whole workspace.
    pub members: Vec<String>,
    /// The answer. A stage that judges all members together (`coverage`) has none about one: it is
    /// not applicable, or no verdict where the member's record does not count.
    pub outcome: Outcome,
    /// The answer in a few words, as in [`Verdict::summary`].
    pub summary: String,
    /// The wall time of what was run for it, in seconds.
    pub seconds: f64,
}

impl UnitVerdict {
    /// Whether it is about a share of a member's tests, and not about a member.
    pub fn is_share(&self) -> bool {
        undivided(&self.unit) != self.unit
    }

    pub(crate) fn of(unit: &Unit<'_>, finding: &Finding) -> Self {
        Self {
            unit: unit.name.to_owned(),
            members: unit.members.clone(),
            outcome: finding.outcome,
            summary: finding.summary.clone(),
            seconds: unit.seconds(),
        }
    }
}

/// What is found in all that a stage is asked about.
pub(crate) struct Whole {
    finding: Finding,
    seconds: f64,
    /// The members that it is about; none where it is the whole workspace.
    members: Vec<String>,
    units: Vec<UnitVerdict>,
}

impl Whole {
    /// Of one unit, be it the workspace or a member.
    pub(crate) fn of_one(unit: &Unit<'_>, mut finding: Finding) -> Self {
        finding.causes = of_units([(unit, finding.causes)]);
        let members = unit.members.clone();
        Self { finding, seconds: unit.seconds(), members, units: Vec::new() }
    }

    /// Of all members.
    pub(crate) fn of(finding: Finding, units: Vec<UnitVerdict>) -> Self {
        // The sum of no numbers is -0.0, and would be shown so.
        let seconds = units.iter().fold(0.0, |sum, unit| sum + unit.seconds);
        Self { finding, seconds, members: Vec::new(), units }
    }
}

impl From<Finding> for Whole {
    /// Of no record at all.
    fn from(finding: Finding) -> Self {
        Self { finding, seconds: 0.0, members: Vec::new(), units: Vec::new() }
    }
}

/// The verdict about a stage of `unit`, from what was found.
pub(crate) fn verdict(stage: &Stage, unit: &str, whole: Whole) -> Verdict {
    let Whole { finding, seconds, members, units } = whole;
    let mut causes = finding.causes;
    // What does not compile comes first, because it can be the reason for the rest. Causes without
    // a file come last: they are about everything.
    causes.sort_by_cached_key(|cause| {
        let compiles = cause.code != Code::CompileError;
        (compiles, cause.file.is_none(), cause.file.clone(), cause.line, cause.code)
    });
    let more_causes = causes.len().saturating_sub(MOST_CAUSES);
    causes.truncate(MOST_CAUSES);
    let repeat = || stage.repeat_for(only_failure(&units).unwrap_or(&members));
    Verdict {
        stage: stage.id.clone(),
        unit: unit.to_owned(),
        repeat: (finding.outcome == Outcome::Fail).then(repeat),
        outcome: finding.outcome,
        summary: finding.summary,
        causes,
        more_causes,
        measure: finding.measure,
        seconds,
        units,
    }
}

/// The member that failed, where it is the only one.
fn only_failure(units: &[UnitVerdict]) -> Option<&[String]> {
    let mut failed = units.iter().filter(|unit| unit.outcome == Outcome::Fail);
    let first = failed.next()?;
    failed.next().is_none().then_some(&first.members[..])
}

/// The answer to several verdicts together: a failure outweighs what is not known, and that
/// outweighs a pass. No verdicts at all are no verdict, because where nothing was asked, nothing is
/// known to be good.
pub fn overall(verdicts: &[Verdict]) -> Outcome {
    let any = |outcome| verdicts.iter().any(|verdict| verdict.outcome == outcome);
    if any(Outcome::Fail) {
        Outcome::Fail
    } else if verdicts.is_empty() || any(Outcome::NoVerdict) {
        Outcome::NoVerdict
    } else {
        Outcome::Pass
    }
}
