use std::time::Duration;

/// How long a registry is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How often a question is asked that gets no answer.
    pub tries: u32,
    /// Before the second try; each further one waits twice as long, and up to a minute.
    pub first: Duration,
    /// The longest wait that a registry may ask for; with more, it has given no answer.
    pub longest: Duration,
    /// How long the index may take to show what was published. Registries say that it can be minutes.
    pub index: Duration,
    /// Between two looks at the index.
    pub look: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            tries: 5,
            first: Duration::from_secs(1),
            longest: Duration::from_mins(5),
            index: Duration::from_mins(10),
            look: Duration::from_secs(3),
        }
    }
}

impl Patience {
    /// How long to wait after so many tries; none where the registry asks for more than there is.
    pub(crate) fn wait(&self, tried: u32, asked: Option<Duration>) -> Option<Duration> {
        let doubled = 1_u32.checked_shl(tried.saturating_sub(1)).unwrap_or(u32::MAX);
        let own = self.first.saturating_mul(doubled).min(Duration::from_mins(1));
        let wait = asked.unwrap_or(own);
        (wait <= self.longest).then_some(wait)
    }
}
