{ functions, lib }:
/**
  The libraries of a unit, compiled as those who depend on them compile them: what they inherit, so that
  a library is compiled once, whoever needs it.

  # Inputs

  `layer`
  : The layer's row of the table.

  `unit`
  : The members, as mkUnits gives them, with `libraryTree`, their libraries as a part of the workspace. The
    rest is the context that mkPipeline makes.
*/
{
  layer,
  unit,
  artifactsOf,
  name,
  workspace,
  ...
}@context:
let
  tree = unit.libraryTree { inherit (layer) apart; };
  used = lib.filter (compiler: !(compiler.members_only && tree.allApart)) layer.compiler;
in
functions.mkTreeDerivation {
  inherit context layer tree;
  pname = "${name}-${layer.id}-artifacts-${unit.name}";
  inherit (artifactsOf layer.id unit.libraryNeeds) artifacts treeLayer;
  build = ''
    ${lib.concatMapStrings (compiler: ''
      tree_compiler ${compiler.id}
      ${lib.concatMapStringsSep "\n" (
        words: "tree_compile_here ${lib.escapeShellArgs (functions.fillPackages tree.select words)}"
      ) (compiler.share ++ lib.optionals workspace.panicsAbort compiler.share_aborting)}
    '') (lib.filter (compiler: compiler.share != [ ]) used)}
    tree_hand_on
  '';
}
