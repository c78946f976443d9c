{ functions, lib }:
/**
  A shell with the toolchain and every tool that a stage uses, so that `cargo blocks check` and the
  commands that messages tell to repeat run as they do in the pipeline.

  # Inputs

  The context that mkPipeline makes.
*/
{
  devTools,
  pkgs,
  table,
  toolchain,
  ...
}:
pkgs.mkShell {
  packages = [
    toolchain
  ]
  ++ devTools
  ++ functions.toolPackages {
    inherit pkgs;
    tools = lib.attrValues table.tools;
  };
}
