use blocks_gates::StageCost;
use blocks_views::{Cost, cost_text};

pub fn costs() -> Vec<Cost<'static>> {
    let cost = |stage, seconds, retried, records, before| Cost {
        now: StageCost { stage, seconds, retried, records, is_by_nix: false },
        before,
    };
    vec![
        cost("fmt", 0.4, 0.0, 1, Some(0.4)),
        cost("clippy", 12.6, 0.0, 1, Some(14.0)),
        cost("test", 80.1, 0.0, 3, Some(71.5)),
        cost("miri", 20.0, 9.5, 1, None),
    ]
}

#[test]
fn what_took_most_is_first_and_tries_are_counted() {
    insta::assert_snapshot!(cost_text(&costs(), false), @"
    where the time went: 122.6 seconds
    stage   seconds  share                  records  trend
    test       80.1   65 %  █████████████▏        3  +12.0 %
    miri       29.5   24 %  ████▊                 1  9.5 s of it in tries without an answer
    clippy     12.6   10 %  ██                    1  -10.0 %
    fmt         0.4    0 %  ▏                     1  same
    ");
}

#[test]
fn colours_change_nothing_that_is_seen() {
    let colored = cost_text(&costs(), true);
    assert_ne!(colored, cost_text(&costs(), false));
    assert_eq!(blocks_evidence::strip_ansi(&colored), cost_text(&costs(), false));
}

#[test]
fn nothing_took_no_time_and_what_is_no_time_is_left_out() {
    assert_eq!(cost_text(&[], false), "");
    let mut costs = costs();
    costs[0].now.seconds = f64::NAN;
    costs[1].now.retried = f64::INFINITY;
    costs[2].now.seconds = -1.0;
    let text = cost_text(&costs, false);
    assert!(text.lines().count() == 3 && text.contains("100 %"), "{text}");
    costs[3].now.seconds = 0.0;
    costs[3].now.retried = 0.0;
    assert_eq!(cost_text(&costs, false), "");
}
