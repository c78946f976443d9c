{ functions, lib }:
/**
  The libraries of a unit, compiled as those who depend on them compile them: what they inherit, so that
  a library is compiled once, whoever needs it.

  # Inputs

  `layer`
  : The layer's row of the table.

  `unit`
  : The members, as mkUnits gives them, with the `tree` of their libraries. The rest is the context that
    mkPipeline makes.
*/
{
  layer,
  unit,
  artifactsOf,
  name,
  ...
}@context:
let
  inherit (unit) tree;
in
functions.mkTreeDerivation {
  inherit context layer tree;
  pname = "${name}-${layer.id}-artifacts-${unit.name}";
  inherit (artifactsOf layer.id unit.libraryNeeds) artifacts treeLayer;
  build = ''
    ${lib.concatMapStringsSep "\n" (
      words: "tree_compile_here ${lib.escapeShellArgs (functions.fillPackages tree.select words)}"
    ) layer.share}
    tree_hand_on
  '';
}
