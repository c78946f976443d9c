//! How long a server is waited for.

use std::time::{Duration, Instant};

/// How long a server is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// All waiting of a run together: what a job of CI can spend on telling.
    pub whole: Duration,
    /// Between two calls that change something, which GitHub asks for.
    pub between: Duration,
    /// Before the first call that is made again; each further one waits twice as long.
    pub first: Duration,
    /// The same where the server has a limit of calls and does not say for how long.
    pub limit: Duration,
    /// How often a call is made until it is given up.
    pub tries: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            whole: Duration::from_mins(10),
            between: Duration::from_secs(1),
            first: Duration::from_secs(1),
            limit: Duration::from_mins(1),
            tries: 6,
        }
    }
}

/// What is left of it.
#[derive(Debug)]
pub(super) struct Left {
    pub(super) patience: Patience,
    end: Instant,
}

/// There is not as much left.
#[derive(Debug)]
pub(super) struct TooLong {
    /// What would have to be waited, in whole seconds.
    pub(super) seconds: u64,
}

impl Left {
    pub(super) fn new(patience: Patience) -> Self {
        let now = Instant::now();
        Self { patience, end: now.checked_add(patience.whole).unwrap_or(now) }
    }

    /// Waits, where that ends in time.
    pub(super) fn wait(&self, time: Duration) -> Result<(), TooLong> {
        if time > self.end.saturating_duration_since(Instant::now()) {
            return Err(TooLong { seconds: time.as_secs() + u64::from(time.subsec_nanos() > 0) });
        }
        std::thread::sleep(time);
        Ok(())
    }

    /// How long to wait before the try after so many.
    pub(super) fn backoff(first: Duration, tried: u32) -> Duration {
        first.saturating_mul(1_u32.checked_shl(tried.saturating_sub(1)).unwrap_or(u32::MAX))
    }
}
