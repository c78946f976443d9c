use blocks_gates::{Compared, Outcome, Standing, Unit};
use serde::Serialize;

use crate::json::pretty;
use crate::outcome::sign;
use crate::terminal::{Style, columns, line, padded, painted};

/// The form of the JSON.
pub const PERFORMANCE_SCHEMA: u32 = 1;

/// Benchmarks as a table for terminals: what they came to at the baseline and now, the change, what it may be, and what
/// that is worth. Names are made harmless. Beside a verdict that numbers do not give stands why.
pub fn performance_table(compared: &[Compared], color: bool) -> String {
    let rows: Vec<_> = compared.iter().map(cells).collect();
    let widths: Vec<usize> = (0..HEAD.len())
        .map(|at| rows.iter().chain([&HEAD.map(str::to_owned)]).map(|it| columns(&it[at])).max())
        .map(Option::unwrap_or_default)
        .collect();
    let head = row(&HEAD.map(str::to_owned), &widths);
    let mut lines = vec![painted(head.trim_end(), Style::Bold, color)];
    lines.extend(rows.iter().zip(compared).map(|(cells, one)| {
        let mut before = cells.clone();
        let verdict = std::mem::take(&mut before[LAST]);
        let verdict = painted(&verdict, Style::of(one.standing.outcome()), color);
        row(&before, &widths) + &verdict
    }));
    lines.join("\n") + "\n"
}

/// The same for programs, with what all comes to. `against` is what they are compared with.
pub fn performance_json(compared: &[Compared], outcome: Outcome, against: &str) -> String {
    #[derive(Serialize)]
    struct Form<'a> {
        schema: u32,
        outcome: Outcome,
        against: &'a str,
        benchmarks: &'a [Compared],
    }
    pretty(&Form { schema: PERFORMANCE_SCHEMA, outcome, against, benchmarks: compared })
}

pub(crate) const HEAD: [&str; 6] =
    ["benchmark", "baseline", "now", "change", "interval", "verdict"];
const LAST: usize = HEAD.len() - 1;

/// Cells side by side: the first to the left, numbers to the right, and the last as it is.
fn row(cells: &[String; 6], widths: &[usize]) -> String {
    let cell = |(at, (cell, width)): (usize, (&String, &usize))| match at {
        0 => padded(cell, *width),
        LAST => cell.clone(),
        _ => format!("{}{cell}", " ".repeat(width.saturating_sub(columns(cell)))),
    };
    cells.iter().zip(widths).enumerate().map(cell).collect::<Vec<_>>().join("  ")
}

/// What stands in the columns of [`HEAD`], harmless.
pub(crate) fn cells(one: &Compared) -> [String; 6] {
    let number =
        |number: Option<f64>| number.map_or_else(|| "-".to_owned(), |it| told(it, one.unit));
    let interval = match one.interval {
        Some([low, high]) => format!("{} … {}", share(low), share(high)),
        None if one.change.is_some() => "exact".to_owned(),
        None => "-".to_owned(),
    };
    let name = match &one.package {
        Some(package) => format!("{package} {}", one.name),
        None => one.name.clone(),
    };
    [
        line(&name),
        number(one.before),
        number(one.now),
        one.change.map_or_else(|| "-".to_owned(), |it| change(it, one.interval.is_none())),
        interval,
        format!("{} {}", sign(one.standing.outcome()), line(&verdict(one))),
    ]
}

fn verdict(one: &Compared) -> String {
    let Compared { allowed, .. } = one;
    let word = match one.standing {
        Standing::Regressed => format!("regressed: {}", one.allowed_words()),
        Standing::Improved => "improved".to_owned(),
        Standing::Within => format!("within {allowed} %"),
        Standing::Unclear => "cannot tell".to_owned(),
        Standing::Missing | Standing::Stale => "no result".to_owned(),
        Standing::Unreadable => "cannot be read".to_owned(),
        Standing::NotCompared => "not compared".to_owned(),
        Standing::New => "new".to_owned(),
        Standing::Gone => "gone".to_owned(),
    };
    match &one.reason {
        Some(reason) => format!("{word}: {reason}"),
        None => word,
    }
}

/// `3.81 µs`, `5014 instructions`: a time in the unit that people read, with three digits, and a count as it is.
fn told(number: f64, unit: Unit) -> String {
    let word = match unit {
        Unit::Nanoseconds => return time(number),
        Unit::Instructions => "instructions",
        Unit::Allocations => "allocations",
        Unit::AllocatedBytes => "allocated bytes",
    };
    format!("{number:.0} {word}")
}

fn time(nanoseconds: f64) -> String {
    const UNITS: [(f64, &str); 4] = [(1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1.0, "ns")];
    let fits = |(one, _): &&(f64, &str)| nanoseconds >= *one;
    let (one, name) = UNITS.iter().find(fits).unwrap_or(&UNITS[3]);
    let number = nanoseconds / one;
    let digits = if number >= 100.0 {
        0
    } else if number >= 10.0 {
        1
    } else {
        2
    };
    format!("{number:.digits$} {name}")
}

/// `+2.1 %`, `-0.4 %`.
fn share(share: f64) -> String {
    change(share, false)
}

/// The same, of a number that is exact with one digit more.
fn change(share: f64, is_exact: bool) -> String {
    let (scale, digits) = if is_exact { (100.0, 2) } else { (10.0, 1) };
    let rounded = (share * 100.0 * scale).round() / scale;
    // What rounds to nothing is neither more nor less.
    format!("{:+.digits$} %", rounded + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_the_unit_that_people_read() {
        let shown = [0.25, 1.0, 12.34, 999.6, 3811.48, 52_903_555.0, 1.5e9, 4.2e12].map(time);
        assert_eq!(
            shown,
            ["0.25 ns", "1.00 ns", "12.3 ns", "1000 ns", "3.81 µs", "52.9 ms", "1.50 s", "4200 s"]
        );
    }

    #[test]
    fn changes_have_a_sign() {
        assert_eq!(
            [0.0214, -0.5, 0.0, -0.000_01].map(share),
            ["+2.1 %", "-50.0 %", "+0.0 %", "+0.0 %"]
        );
    }
}
