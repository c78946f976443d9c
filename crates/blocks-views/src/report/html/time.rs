//! Where the time went.

use super::parts::{bar, seconds};
use super::{named_stage, section};
use crate::cost::{CostStatus, statuses};
use crate::html::Html;
use crate::number::change;
use crate::report::Report;

/// What stages took, what took most first.
pub(super) fn costs<'a>(report: &Report<'a>) -> Vec<CostStatus<'a>> {
    statuses(report.costs)
}

/// What all took together, in seconds; none where nothing did.
pub(super) fn all(report: &Report<'_>) -> Option<f64> {
    let all = costs(report).iter().fold(0.0, |sum, it| sum + it.seconds + it.retried_seconds);
    (all > 0.0).then_some(all)
}

pub(super) fn is_there(report: &Report<'_>) -> bool {
    all(report).is_some()
}

pub(super) fn time(html: &mut Html, report: &Report<'_>) {
    let Some(of_all) = all(report) else { return };
    let costs = costs(report);
    section(html, "time", "Where the time went", |html| {
        html.tag("p").class("about").saying(&format!(
            "{} to make the records of {} stages; what ran at the same time counts each.",
            seconds(of_all),
            costs.len()
        ));
        html.tag("table").class("costs").holding(|html| {
            let has_trend = costs.iter().any(|it| it.seconds_before.is_some());
            html.tag("thead").holding(|html| head(html, has_trend));
            html.tag("tbody").holding(|html| {
                for cost in &costs {
                    row(html, report, cost, has_trend);
                }
            });
        });
    });
}

fn head(html: &mut Html, has_trend: bool) {
    html.tag("tr").holding(|html| {
        html.tag("th").with("scope", "col").saying("Stage");
        html.tag("th").with("scope", "col").class("number").saying("Time");
        html.tag("th").with("scope", "col").saying("Share");
        if has_trend {
            html.tag("th").with("scope", "col").class("number").saying("Before");
        }
    });
}

fn row(html: &mut Html, report: &Report<'_>, cost: &CostStatus<'_>, has_trend: bool) {
    html.tag("tr").class("f").holding(|html| {
        html.tag("th").with("scope", "row").holding(|html| {
            named_stage(html, report, cost.stage);
        });
        html.tag("td").class("number").saying(&seconds(cost.seconds + cost.retried_seconds));
        html.tag("td").class("share").holding(|html| {
            bar(html, "bar", cost.share);
            html.text(&format!(" {:.0} %", cost.share * 100.0));
            if cost.retried_seconds > 0.0 {
                html.text(", ");
                html.text(&seconds(cost.retried_seconds));
                html.text(" of it in tries without an answer");
            }
        });
        if has_trend {
            let told = |before| change(before, cost.seconds);
            html.tag("td")
                .class("number")
                .saying(&cost.seconds_before.map(told).unwrap_or_default());
        }
    });
}
