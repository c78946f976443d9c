//! Numbers of a history in words.

/// Above this, a fraction says nothing any more.
const WHOLE: f64 = 1000.0;

/// A number as people read it: whole ones as they are, others to two places, and small ones to three digits.
pub(crate) fn number(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() {
        "-".to_owned()
    } else if size >= 1e15 || (size > 0.0 && size < 0.0001) {
        format!("{value:.2e}")
    } else if value.fract() == 0.0 || size >= WHOLE {
        format!("{value:.0}")
    } else if size >= 1.0 {
        format!("{value:.2}")
    } else {
        let places = if size >= 0.1 { 3 } else { 5 };
        format!("{value:.places$}")
    }
}

/// How much a number changed, as a share of what it was: `+12.5 %`. A dash where that is no share of anything.
pub(crate) fn change(was: f64, is: f64) -> String {
    let percent = (is - was) / was * 100.0;
    if was.total_cmp(&is).is_eq() {
        return "same".to_owned();
    }
    if was <= 0.0 || !percent.is_finite() {
        return "-".to_owned();
    }
    if percent.abs() < 0.05 {
        // What is not the same must not look so.
        let sign = if percent < 0.0 { '-' } else { '+' };
        return format!("{sign}<0.1 %");
    }
    format!("{percent:+.1} %")
}

/// `1 test`, `2 tests`, `12 345 tests`.
pub(crate) fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { more })
}

/// A number with a narrow blank before each three of its last digits.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{change, counted, grouped, number};

    #[test]
    fn numbers_have_their_digits_in_threes() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(grouped),
            ["0", "999", "1\u{202f}000", "1\u{202f}234\u{202f}567"]
        );
        assert_eq!(counted(1, "test", "tests"), "1 test");
    }

    #[test]
    fn numbers_are_as_long_as_they_say_something() {
        let shown =
            [0.0, 5.0, 401_408.0, 12_345.67, 1.239, 0.25, 0.000_012_34, 3e18, -2.5, f64::NAN];
        assert_eq!(
            shown.map(number),
            ["0", "5", "401408", "12346", "1.24", "0.250", "1.23e-5", "3.00e18", "-2.50", "-"]
        );
    }

    #[test]
    fn a_change_is_a_share_of_what_was() {
        for (was, is, words) in [
            (100.0, 112.54, "+12.5 %"),
            (100.0, 50.0, "-50.0 %"),
            (100.0, 100.0, "same"),
            (100.0, 100.01, "+<0.1 %"),
            (100.0, 99.99, "-<0.1 %"),
            (0.0, 1.0, "-"),
            (0.0, 0.0, "same"),
            (1e-300, 1e300, "-"),
        ] {
            assert_eq!(change(was, is), words, "{was} {is}");
        }
    }
}
