use std::collections::BTreeSet;

use blocks_history::{Interval, Point, Series, Unit};
use blocks_views::{MOST_PANELS, history_csv, history_json, history_svg, history_table};
use proptest::prelude::*;

const MACHINE: &str = "linux-x86_64, Some Processor @ 2.00GHz, 2 cores";

fn point(index: usize, value: f64) -> Point {
    Point {
        revision: format!("{:02x}", index * 37 % 256).repeat(20),
        date: format!("2026-11-{:02}T10:00:00Z", index + 1),
        value,
        interval: None,
        measurements: 1,
        toolchains: BTreeSet::from(["rustc 1.95.0".to_owned()]),
    }
}

fn series(name: &str, unit: Unit, values: &[f64]) -> Series {
    let points = values.iter().enumerate().map(|(index, value)| point(index, *value));
    let (name, machine) = (name.to_owned(), MACHINE.to_owned());
    Series { name, machine, unit, points: points.collect() }
}

/// A time that was measured with intervals, but for two revisions, of which one stands alone between others.
fn timed() -> Series {
    let values = [812.4, 815.0, 809.1, 811.7, 903.2, 905.9, 899.6, 871.3];
    let mut series = series("time/parser/json::read large", Unit::Nanoseconds, &values);
    for (index, point) in series.points.iter_mut().enumerate() {
        let room = if index == 4 { 30.0 } else { 9.0 };
        let interval = Interval { low: point.value - room, high: point.value + room };
        point.interval = (index != 3 && index != 5).then_some(interval);
    }
    series.points[4].measurements = 3;
    series.points[4].toolchains.insert("rustc 1.96.0".to_owned());
    series
}

pub fn all() -> Vec<Series> {
    vec![
        series("compile/app", Unit::Seconds, &[1.25]),
        series(
            "instructions/parser/json::read large",
            Unit::Instructions,
            &[5_000_000.0, 5_000_000.0, 5_100_000.0, 5_099_998.0, 4_200_000.0],
        ),
        series("seconds/test", Unit::Seconds, &[80.1, 83.4, 79.0, 95.5]),
        series("size/app/app", Unit::Bytes, &[401_408.0, 401_408.0, 401_408.0]),
        timed(),
    ]
}

#[test]
fn each_series_is_a_line_with_its_trend() {
    insta::assert_snapshot!(history_table(&all(), false));
}

#[test]
fn each_class_of_machines_has_a_head() {
    let mut two = all();
    for index in [1, 4] {
        two[index].machine = "macos-aarch64, Other, 10 cores".to_owned();
    }
    insta::assert_snapshot!(history_table(&two, false));
    assert_eq!(history_table(&[], false), "");
}

#[test]
fn colours_change_nothing_that_is_seen() {
    let colored = history_table(&all(), true);
    assert_ne!(colored, history_table(&all(), false));
    assert_eq!(blocks_evidence::strip_ansi(&colored), history_table(&all(), false));
}

#[test]
fn a_long_trend_shows_its_end_and_strange_numbers_have_one() {
    let last = |values: &[f64]| {
        let text = history_table(&[series("a", Unit::Bytes, values)], false);
        let trend = text.trim_end().rsplit("  ").next().map(str::to_owned);
        trend.unwrap_or_default()
    };
    let mut long = vec![1e9];
    long.extend((0..24_u8).map(f64::from));
    assert_eq!(last(&long), "▁▁▂▂▂▃▃▃▃▄▄▄▅▅▅▆▆▆▆▇▇▇██");
    assert_eq!(last(&[f64::MAX, f64::MIN, 0.0]), "█▁▅");
    assert_eq!(last(&[7.0, 7.0]), "▄▄");
}

#[test]
fn programs_get_all_points() {
    insta::assert_snapshot!(history_json(&all()[..1]));
    let json: serde_json::Value = serde_json::from_str(&history_json(&all())).expect("JSON");
    assert_eq!(json["series"][4]["points"][4]["low"], 873.2);
    assert_eq!(json["series"][4]["points"][4]["toolchains"].as_array().map(Vec::len), Some(2));
    insta::assert_snapshot!(history_csv(&[all().remove(0), timed()]));
}

#[test]
fn a_cell_of_a_table_cannot_end_early() {
    let csv = history_csv(&[series("a\"b\",\nc", Unit::Bytes, &[1.0])]);
    assert!(csv.contains("\n\"a\"\"b\"\",\nc\",\"linux"), "{csv}");
}

#[test]
fn the_picture_has_a_panel_a_series() {
    let svg = history_svg(&all());
    insta::assert_snapshot!(svg.replace("><", ">\n<"));
    let tree = roxmltree::Document::parse(&svg).expect("XML");
    let count = |class: &str| {
        tree.descendants().filter(|node| node.attribute("class") == Some(class)).count()
    };
    assert_eq!((count("frame"), count("last"), count("band"), count("error")), (5, 5, 2, 1));
    let root = tree.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let labels = root.attribute("aria-labelledby").unwrap_or_default().split(' ');
    for label in labels {
        assert!(tree.descendants().any(|node| node.attribute("id") == Some(label)), "{label}");
    }
}

#[test]
fn a_picture_of_too_much_or_nothing_says_so() {
    let many: Vec<_> =
        (0..=MOST_PANELS).map(|it| series(&format!("{it}"), Unit::Bytes, &[1.0])).collect();
    let svg = history_svg(&many);
    assert!(svg.contains("; the first 120 of 121 series"));
    assert_eq!(svg.matches("class=\"frame\"").count(), MOST_PANELS);
    assert!(history_svg(&[]).contains("nothing was measured"));
}

fn hostile() -> impl Strategy<Value = Series> {
    let points =
        prop::collection::vec((any::<f64>(), any::<Option<(f64, f64)>>(), ".{0,40}"), 1..5);
    (".{0,300}", ".{0,300}", points).prop_map(|(name, machine, points)| {
        let point = |(value, ends, text): (f64, Option<(f64, f64)>, String)| Point {
            revision: text.clone(),
            date: text,
            value,
            interval: ends.map(|(low, high)| Interval { low, high }),
            ..point(0, 0.0)
        };
        let points = points.into_iter().map(point).collect();
        Series { name, machine, unit: Unit::Bytes, points }
    })
}

proptest! {
    #[test]
    fn any_series_is_a_well_formed_picture_and_harmless_lines(
        all in prop::collection::vec(hostile(), 0..4),
    ) {
        let svg = history_svg(&all);
        let tree = roxmltree::Document::parse(&svg).expect("XML");
        prop_assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{}", svg);
        prop_assert!(tree.descendants().all(|node| node.tag_name().name() != "script"));
        let text = history_table(&all, false);
        prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
    }
}
