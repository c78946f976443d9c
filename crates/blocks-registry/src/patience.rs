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
    /// The longest wait for a registry that takes only so much in a while. crates.io takes a new crate every ten minutes.
    pub limit: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            tries: 5,
            first: Duration::from_secs(1),
            longest: Duration::from_mins(5),
            index: Duration::from_mins(10),
            look: Duration::from_secs(3),
            limit: Duration::from_mins(15),
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

    /// How long to leave a registry alone that takes no more for now, after so many tries; none where that is too long, or
    /// where it was waited for often enough. Where it does not say how long, a few minutes are tried.
    pub(crate) fn limited(&self, tried: u32, asked: Option<Duration>) -> Option<Duration> {
        let own = Duration::from_mins(1).saturating_mul(tried).min(self.limit);
        let wait = asked.unwrap_or(own);
        (tried < self.tries && wait <= self.limit).then_some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_waited_for_a_few_times_and_not_for_a_day() {
        let patience = Patience::default();
        let ten = Duration::from_mins(10);
        assert_eq!(patience.limited(1, Some(ten)), Some(ten));
        assert_eq!(patience.limited(1, Some(Duration::from_hours(24))), None);
        assert_eq!(patience.limited(3, None), Some(Duration::from_mins(3)));
        assert_eq!(patience.limited(patience.tries, Some(ten)), None);
    }
}
