{ functions, lib }:
/**
  An artifact layer: the crates from elsewhere, compiled once for all members and all stages of the
  layer, with the features that the whole workspace resolves to. null for the layer that compiles
  nothing.

  # Inputs

  `layer`
  : The layer's row of the table. The rest is the context that mkPipeline makes.
*/
{
  layer,
  name,
  workspace,
  ...
}@context:
let
  tree = workspace.tree { compiles = "all"; } { };
in
if layer.compiler == [ ] then
  null
else
  functions.mkTreeDerivation {
    inherit context layer tree;
    pname = "${name}-${layer.id}";
    artifacts = [ ];
    treeLayer = null;
    build = ''
      ${lib.concatMapStrings (compiler: ''
        ${lib.concatMapStringsSep "\n" (
          words: lib.escapeShellArgs (functions.fillPackages tree.select words)
        ) (compiler.prepare ++ lib.optionals workspace.panicsAbort compiler.prepare_aborting)}
        tree_keep_compiler ${compiler.id}
      '') layer.compiler}
      tree_hand_on
    '';
  }
