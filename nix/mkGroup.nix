{ lib }:
/**
  The checks of a group of stages, as one derivation: what `nix build .#verify_safety` builds. Its output leads to
  each of them.

  # Inputs

  `id`
  : The group's name.

  `checks`
  : Its stages' checks, by the stage's id. The rest is the context that mkPipeline makes.
*/
{
  id,
  checks,
  name,
  pkgs,
  ...
}:
# Nothing was verified then, and an empty folder would say that all is well.
lib.throwIf (checks == { })
  "all stages of the group `${id}` are switched off (`stages.<id>.enabled`)"
  pkgs.runCommand
  "${name}-${id}"
  { }
  (
    ''
      mkdir "$out"
    ''
    + lib.concatStrings (
      lib.mapAttrsToList (stage: check: ''
        ln -s ${check} "$out/${stage}"
      '') checks
    )
  )
