use crate::refusal::Refusal;
use crate::{Cause, Measure, Outcome};

/// What a gate found in evidence that it understood.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) outcome: Outcome,
    pub(crate) summary: String,
    pub(crate) causes: Vec<Cause>,
    pub(crate) measure: Option<Measure>,
}

impl Finding {
    /// A pass where there are no causes, else a failure.
    pub(crate) fn of(summary: String, causes: Vec<Cause>, measure: Measure) -> Self {
        let outcome = if causes.is_empty() { Outcome::Pass } else { Outcome::Fail };
        Self { outcome, summary, causes, measure: Some(measure) }
    }

    pub(crate) fn not_applicable(why: impl Into<String>) -> Self {
        let summary = why.into();
        Self { outcome: Outcome::NotApplicable, summary, causes: Vec::new(), measure: None }
    }

    /// The same, with the tests that there are and that were not run: of members together they are
    /// counted, too.
    pub(crate) fn leaving_out(self, skipped: u64) -> Self {
        let measure = Measure::Tests { passed: 0, failed: 0, flaky: 0, quarantined: 0, skipped };
        Self { measure: (skipped > 0).then_some(measure), ..self }
    }

    pub(crate) fn no_verdict(refusal: Refusal) -> Self {
        Self {
            outcome: Outcome::NoVerdict,
            summary: format!("no verdict: {}", refusal.message),
            causes: vec![refusal.into()],
            measure: None,
        }
    }
}
