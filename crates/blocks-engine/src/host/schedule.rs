use std::{sync::mpsc, thread};

use super::{Host, make::make, plan::Plan};
use crate::{Cancel, EngineError, Event, Origin, Sink};

/// Makes records, at most `max_parallel_jobs` at once. Two stages of one layer would only wait for
/// each other on cargo's lock of their target folder, so they run one after the other.
pub(super) fn run(
    host: &Host<'_>,
    plans: Vec<Plan>,
    cancel: &Cancel,
    sink: Sink<'_>,
) -> Result<(), EngineError> {
    let mut waiting = longest_first(host, plans);
    let mut busy: Vec<String> = Vec::new();
    let mut first_error = None;
    thread::scope(|scope| {
        let (done, finished) = mpsc::channel();
        loop {
            while !cancel.is_set() && first_error.is_none() && busy.len() < host.limits.jobs {
                let Some(at) = waiting.iter().position(|plan| is_free(plan, &busy)) else { break };
                let plan = waiting.remove(at);
                busy.push(plan.row.layer.clone());
                let done = done.clone();
                scope.spawn(move || {
                    let result = one(host, &plan, cancel, sink);
                    // The receiver lives until every job has reported.
                    let _ = done.send((plan.row.layer.clone(), result));
                });
            }
            if busy.is_empty() {
                break;
            }
            let Ok((layer, result)) = finished.recv() else { break };
            if let Some(at) = busy.iter().position(|it| *it == layer) {
                busy.remove(at);
            }
            if let Err(error) = result {
                first_error.get_or_insert(error);
            }
        }
    });
    match first_error {
        Some(error) => Err(error),
        None if cancel.is_set() => Err(EngineError::Interrupted),
        None => Ok(()),
    }
}

fn one(host: &Host<'_>, plan: &Plan, cancel: &Cancel, sink: Sink<'_>) -> Result<(), EngineError> {
    let (stage, unit) = (plan.row.id.clone(), plan.unit.name.clone());
    sink(Event::Started { stage: stage.clone(), unit: unit.clone() });
    let (ended, seconds) = make(host, plan, cancel, sink)?;
    sink(Event::Finished { stage, unit, ended, seconds, origin: Origin::Made });
    Ok(())
}

fn is_free(plan: &Plan, busy: &[String]) -> bool {
    plan.row.layer == "none" || !busy.contains(&plan.row.layer)
}

/// What took longest the last time begins first, so that nothing long is left for the end. What
/// never ran counts by its layer: the table has the layers in the order of their cost.
fn longest_first(host: &Host<'_>, mut plans: Vec<Plan>) -> Vec<Plan> {
    let layer = |plan: &Plan| host.table.layers.iter().position(|it| it.id == plan.row.layer);
    plans.sort_by(|a, b| {
        let seconds = b.expected.unwrap_or(0.0).total_cmp(&a.expected.unwrap_or(0.0));
        seconds.then_with(|| layer(b).cmp(&layer(a)))
    });
    plans
}
