{ functions, lib }:
/**
  A shell with the toolchain and every tool that a stage uses, but for opt-in stages that are off, so that `cargo blocks check` and the
  commands that messages tell to repeat run as they do in the pipeline.

  # Inputs

  The context that mkPipeline makes.
*/
{
  devTools,
  isUnasked,
  pkgs,
  table,
  toolchain,
  ...
}:
let
  stagesOf = tool: lib.filter (stage: lib.elem tool.id stage.tools) table.stages;
  # Of no stage is what layers need.
  isIdle = tool: stagesOf tool != [ ] && lib.all isUnasked (stagesOf tool);
  # A shell without a tool is of use; a record that wants one says what there is not. Not every system, and not each
  # revision of nixpkgs, has all of them.
  isThere = tool: pkgs ? ${tool.id} && (builtins.tryEval pkgs.${tool.id}.drvPath).success;
in
pkgs.mkShell {
  # What builds reproducibly by Nix is of the year 1980; what is made in a shell has the time of its commit. The line is for people:
  # what a command prints is on the other stream.
  shellHook = ''
    unset SOURCE_DATE_EPOCH
    echo "Rust ${lib.getVersion toolchain} and the tools of the stages are here: cargo blocks check" >&2
  '';
  packages = [
    toolchain
  ]
  ++ devTools
  ++ functions.toolPackages {
    inherit pkgs;
    tools = lib.filter (tool: !(isIdle tool) && isThere tool) (lib.attrValues table.tools);
  };
}
