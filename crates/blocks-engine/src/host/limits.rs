use std::time::Duration;

use blocks_config::Resources;

/// How much of the machine a run may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many stages may run at once.
    pub jobs: usize,
    /// How long a try of a stage may take.
    pub timeout: Duration,
    /// How many tries a stage has to come to an answer.
    pub attempts: usize,
}

impl From<&Resources> for Limits {
    fn from(resources: &Resources) -> Self {
        Self {
            jobs: resources.max_parallel_jobs.get() as usize,
            timeout: Duration::from_mins(resources.timeout_minutes.get().into()),
            attempts: resources.max_attempts.get() as usize,
        }
    }
}
