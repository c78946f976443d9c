//! Records of other sources, made by Nix.

use crate::desk::Desk;
use blocks_engine::nix::{Nix, Side};
use blocks_records::UNIT_WORKSPACE;

#[test]
fn records_of_a_baseline_are_those_of_the_input_and_of_no_attempt() {
    let desk = Desk::new();
    desk.build(&desk.makes(&[(UNIT_WORKSPACE, "nix-one")]));
    desk.run(&["fmt"]).expect("a run that asks again");
    desk.calls();
    // The flake's answer about other sources is the same, whatever was asked again of these.
    let units = [(UNIT_WORKSPACE, "nix-one")];
    desk.eval(&format!("cat <<END\n{}\nEND", desk.records(&units, |_| String::new())));
    let (sources, records) = (desk.bench.path("before"), desk.bench.path("other"));
    let (side, baseline) = (Side::Before, Some(&*sources));
    let nix = Nix { baseline, side, records: records.clone(), ..desk.nix(&[]) };
    let made = nix.run(&desk.bench.stages(), &desk.bench.cancel, &|_| {}).expect("a run");
    assert_eq!(made["fmt"][UNIT_WORKSPACE], "nix-one");
    assert!(records.join("fmt").join(UNIT_WORKSPACE).join("record.json").exists());
    let calls = desk.calls();
    let given = format!("--override-input blocks/baseline path:{}", sources.display());
    let of_it = |call: &String| call.contains(&given) && call.contains(".baseline.records");
    assert!(!calls.is_empty() && calls.iter().all(of_it), "{calls:?}");
    assert!(!calls.iter().any(|call| call.contains("attempts")), "{calls:?}");
}

#[test]
fn records_that_compare_are_those_of_the_workspace_with_the_input() {
    let desk = Desk::new();
    desk.build(&desk.makes(&[(UNIT_WORKSPACE, "nix-one")]));
    let sources = desk.bench.path("before");
    let nix = Nix { baseline: Some(&sources), ..desk.nix(&[]) };
    nix.run(&desk.bench.stages(), &desk.bench.cancel, &|_| {}).expect("a run");
    let calls = desk.calls();
    let given = format!("--override-input blocks/baseline path:{}", sources.display());
    assert!(calls.iter().all(|call| call.contains(&given)), "{calls:?}");
    assert!(!calls.iter().any(|call| call.contains(".baseline.records")), "{calls:?}");
}
