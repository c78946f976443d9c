//! Causes that several stages have, which are told once.

use std::collections::{BTreeMap, HashMap};

use blocks_failures::{Signature, failures, signature_of};
use blocks_gates::{Cause, Verdict};

/// The stages that are named; others are counted.
const NAMED: usize = 6;

/// The stages of each cause that more than one of them has, in the order of the verdicts.
#[derive(Default)]
pub(crate) struct Shared(HashMap<Signature, Vec<String>>);

impl Shared {
    pub(crate) fn of(verdicts: &[Verdict]) -> Self {
        let shared = failures(verdicts).into_iter().filter(|it| it.stages.len() > 1);
        Self(shared.map(|it| (it.signature, it.stages)).collect())
    }

    fn stages(&self, verdict: &Verdict, cause: &Cause) -> &[String] {
        if self.0.is_empty() {
            return &[];
        }
        let found = self.0.get(&signature_of(&verdict.stage, cause));
        found.map_or(&[], Vec::as_slice)
    }

    /// The others that fail for a cause: `clippy, docs and 2 more`. `shown` makes a name harmless.
    pub(crate) fn others(
        &self,
        verdict: &Verdict,
        cause: &Cause,
        shown: fn(&str) -> String,
    ) -> Option<String> {
        let others = self.stages(verdict, cause).iter().filter(|it| **it != verdict.stage);
        let others: Vec<_> = others.map(|it| shown(it)).collect();
        let more = match others.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let named: Vec<_> = others.iter().take(NAMED).map(String::as_str).collect();
        (!named.is_empty()).then(|| named.join(", ") + &more)
    }

    /// The verdict with the causes that it is the first to have, and how many of the others each stage before it tells.
    pub(crate) fn own(&self, verdict: &Verdict) -> (Verdict, BTreeMap<String, usize>) {
        let (mut own, mut told) = (verdict.clone(), BTreeMap::new());
        own.causes.retain(|cause| match self.stages(verdict, cause).first() {
            Some(first) if *first != verdict.stage => {
                *told.entry(first.clone()).or_default() += 1;
                false
            }
            _ => true,
        });
        (own, told)
    }
}

/// `as in test: 2 causes`
pub(crate) fn as_in(stage: &str, count: usize) -> String {
    format!("as in {stage}: {count} {}", if count == 1 { "cause" } else { "causes" })
}
