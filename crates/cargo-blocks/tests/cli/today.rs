//! The day that a verdict is of.

use crate::bench::Bench;

#[test]
fn what_is_no_day_is_a_mistake_on_the_command_line() {
    let bench = Bench::green();
    for command in ["check", "gate", "badges", "status"] {
        for (day, why) in [
            ("2027-02-29", "the calendar has no such day"),
            (
                "31.1.2027",
                "it is not written as YYYY-MM-DD; write a day such as 2027-01-31, or `unknown`",
            ),
        ] {
            bench.run(&[command, "--today", day]).expect(2, &["--today", why]);
        }
    }
    for day in ["2027-02-28", "unknown"] {
        bench.run(&["status", "--today", day]).expect(0, &[]);
    }
}
