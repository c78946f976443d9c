{ functions, lib }:
/**
  The toolchains that tools of the table are, beside the workspace's own.

  # Inputs

  `channels`
  : As for mkPipeline.

  `pkgs`
  : nixpkgs for the system.

  `table`
  : As readStages gives it.

  # Outputs

  By the tool's id: `id`, `toolchain`, `craneLib`.
*/
{
  channels,
  pkgs,
  table,
}:
lib.mapAttrs (
  id: tool:
  let
    toolchain = channels.${id} or (functions.mkChannel { inherit pkgs tool; });
  in
  {
    inherit id toolchain;
    craneLib = functions.mkCraneLib { inherit pkgs toolchain; };
  }
) (lib.filterAttrs (_: tool: tool.install == "toolchain") table.tools)
