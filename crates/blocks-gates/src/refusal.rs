use crate::{Cause, Code};

/// Why there is no verdict: the one cause that such a verdict has.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) code: Code,
    pub(crate) message: String,
    /// What a tool has said before it left no evidence.
    pub(crate) detail: Option<String>,
}

impl Refusal {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), detail: None }
    }
}

impl From<Refusal> for Cause {
    fn from(refusal: Refusal) -> Self {
        let cause = Self::new(refusal.code, refusal.message);
        cause.with_detail(refusal.detail.unwrap_or_default())
    }
}
