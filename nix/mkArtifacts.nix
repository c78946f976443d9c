{ functions, lib }:
/**
  The libraries of a unit, compiled as those who depend on them compile them: what they inherit, so that
  a library is compiled once, whoever needs it.

  # Inputs

  `layer`
  : The layer's row of the table.

  `unit`
  : The members, as mkUnits gives them. The rest is the context that mkPipeline makes.
*/
{
  layer,
  unit,
  artifactsOf,
  buildInputs,
  cargoVendorDir,
  craneLib,
  env,
  librarySources,
  name,
  nativeBuildInputs,
  pkgs,
  table,
  toolchain,
  workspace,
  ...
}:
let
  tree = workspace.tree {
    libraries = unit.members ++ unit.libraryNeeds;
    compiles = "library";
  };
in
functions.mkTreeDerivation {
  inherit buildInputs cargoVendorDir craneLib env layer librarySources nativeBuildInputs;
  inherit pkgs table toolchain tree;
  pname = "${name}-artifacts-${layer.id}-${unit.name}";
  inherit (artifactsOf layer.id unit.libraryNeeds) artifacts treeLayer;
  build = ''
    ${lib.concatMapStringsSep "\n" (
      words: "tree_compile_here ${lib.escapeShellArgs (functions.fillPackages tree.select words)}"
    ) layer.share}
    tree_hand_on
  '';
}
