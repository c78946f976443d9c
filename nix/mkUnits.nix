{ lib }:
/**
  The units of a workspace: the members that one record is of. One member each, or, in a small
  workspace, where starting derivations would cost more than it saves, all of them.

  # Inputs

  `workspace`
  : As readWorkspace gives it.

  `perBuild`
  : How many members one record is of: `"auto"` or a number (`cache.members_per_build`).

  # Outputs

  A list of units: `name`, `members`, `needs` and `libraryNeeds` (the packages here that all of the
  members, or only their libraries, need beside themselves).
*/
{ workspace, perBuild }:
let
  inherit (workspace) closure members;
  count = lib.length members;
  # Up to here the whole workspace is checked about as fast as one member.
  small = 3;
  size =
    if perBuild != "auto" then
      perBuild
    else if count <= small then
      count
    else
      1;

  # A package comes after all that its library needs, so that no two units need each other's.
  rank = name: lib.length closure.${name}.library;
  inOrder = lib.sort (a: b: rank a < rank b || rank a == rank b && a < b) members;
  chunks = list: if list == [ ] then [ ] else [ (lib.take size list) ] ++ chunks (lib.drop size list);

  needs =
    kind: unit:
    lib.subtractLists unit (lib.unique (lib.concatMap (name: closure.${name}.${kind}) unit));
  nameOf =
    unit:
    if lib.length unit == 1 then
      lib.head unit
    else if lib.length unit == count then
      "workspace"
    else
      "${lib.head unit}+${toString (lib.length unit - 1)}";
in
map (unit: {
  name = nameOf unit;
  members = lib.sort lib.lessThan unit;
  needs = lib.sort lib.lessThan (needs "all" unit);
  libraryNeeds = lib.sort lib.lessThan (needs "library" unit);
}) (chunks inOrder)
