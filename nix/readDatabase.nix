{ lib }:
/**
  An advisory database, as stages are told of it.

  # Inputs

  `advisory-db`
  : An input that is no flake, such as `github:rustsec/advisory-db`; a path, or null. What its date is, only an input
    with a revision knows: the times of files say when they were copied.

  # Outputs

  `folder`, `name` (what identifies it), `date` (in seconds since 1970; empty where nobody knows it). Null for null.
*/
advisory-db:
let
  hasRevision = lib.isAttrs advisory-db && advisory-db ? rev;
in
if advisory-db == null then
  null
else
  lib.throwIfNot (builtins.pathExists "${advisory-db}/crates")
    "advisory-db has no folder `crates`, so it is no advisory database: give github:rustsec/advisory-db as an input with `flake = false`"
    {
      folder = "${advisory-db}";
      name = if hasRevision then advisory-db.rev else builtins.baseNameOf "${advisory-db}";
      date = lib.optionalString (hasRevision && advisory-db ? lastModified) (
        toString advisory-db.lastModified
      );
    }
