{ lib }:
/**
  The units that a stage has records of: those of the workspace, and in the place of one whose tests are divided its
  shares, each with the words by which a test runner takes it.

  # Inputs

  `stage`
  : The stage's row. Only where a word of its steps is `{shard}` there is something to divide.

  `shards`
  : Member to the number of shares that its tests are divided into (`members.<id>.test_shards`). Of several members in
    one unit the largest counts.

  `units`
  : The units, as mkUnits gives them.

  # Outputs

  A list of units, each with `shard`. A share is called `my-crate.2-of-3`: no package has a dot in its name.
*/
{
  stage,
  shards,
  units,
}:
let
  divides = lib.any (step: lib.elem "{shard}" step.run) stage.step;
  shares =
    unit:
    let
      larger = a: b: if a > b then a else b;
      count = lib.foldl' larger 1 (map (member: shards.${member} or 1) unit.members);
    in
    if divides && count > 1 then
      map (number: share unit number count) (lib.range 1 count)
    else
      [ (unit // { shard = [ ]; }) ];
  # By what a test is called, so that it stays in its share whatever others come and go.
  share =
    unit: number: count:
    unit
    // {
      name = "${unit.name}.${toString number}-of-${toString count}";
      shard = [
        "--partition"
        "hash:${toString number}/${toString count}"
      ];
    };
in
lib.concatMap shares units
