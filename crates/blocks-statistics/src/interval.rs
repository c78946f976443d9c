//! A change, and how sure one can be of it.

/// A relative change of a time, with what it may be: 0.05 is 5 % more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The least that it may be.
    pub low: f64,
    /// What it most likely is.
    pub estimate: f64,
    /// The most that it may be.
    pub high: f64,
}

/// What an interval means beside a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// It lies above the threshold: more than is allowed, whatever noise did.
    Regressed,
    /// It ends at or below the threshold: no more than is allowed.
    Within,
    /// It lies below the threshold's opposite: as much better as would be too much worse.
    Improved,
    /// The threshold is in it: the noise is too large to tell.
    Unclear,
}

impl Interval {
    /// Of differences between logarithms of times.
    pub(crate) fn of_logarithms(low: f64, estimate: f64, high: f64) -> Self {
        let [low, estimate, high] = [low, estimate, high].map(f64::exp_m1);
        Self { low, estimate, high }
    }

    /// How far the truth may be from the estimate: the noise floor. A threshold below it lies in most intervals, and so
    /// gives no verdict, unless a change is far from it.
    pub fn noise(&self) -> f64 {
        (self.high - self.estimate).max(self.estimate - self.low)
    }

    /// What it means where a change up to `threshold` is allowed, as a share: 0.01 is 1 %.
    pub fn judge(&self, threshold: f64) -> Judgement {
        if self.low > threshold {
            Judgement::Regressed
        } else if self.high < -threshold {
            Judgement::Improved
        } else if self.high <= threshold {
            Judgement::Within
        } else {
            Judgement::Unclear
        }
    }
}
