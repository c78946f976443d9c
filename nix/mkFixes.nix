{ functions, lib }:
/**
  What can be done about what failed: `fixes.patch` for `git apply`, a patch a stage, `fixes.json` and `fixes.md`, also when
  stages fail, and with nothing in it to apply when none does.

  What is offered was compiled before, over the crates of the layer `check`, and formatted as the stages want it that have
  formatters. An update of a crate is words: a sandbox has no registry.

  # Inputs

  The context that mkPipeline makes, with `records` and `stages`.
*/
{
  blocks,
  layers,
  name,
  nativeBuildInputs,
  stages,
  table,
  workspace,
  ...
}@context:
let
  view = functions.mkViewCommand (
    context
    // {
      view = "fixes";
      words = [ "--dry-run" ];
    }
  );
  formatters = lib.filter (stage: stage.fix != [ ]) stages;
  layer = table.layers.check;
  made = functions.mkTreeDerivation {
    # The very sources that the records are of: places in evidence are places in them.
    tree = workspace.everything [ ];
    context = context // {
      nativeBuildInputs = nativeBuildInputs ++ [ blocks ];
    };
    inherit layer;
    pname = "${name}-fixes";
    artifacts = [ ];
    treeLayer = layers.check;
    tools = lib.unique (lib.concatMap (stage: stage.tools) formatters);
    build = ''
      # The changes are tried in a copy, which has a target folder of its own.
      mv target "$NIX_BUILD_TOP/inherited-target"
      mkdir -p target/blocks/fixes "$out"
      mv "$NIX_BUILD_TOP/inherited-target" target/blocks/fixes/target
      # That something has no verdict is said in the files.
      ${lib.removeSuffix "\n" view.command} || [ $? = 3 ]
    '';
  };
in
made.overrideAttrs (_: view.attributes)
