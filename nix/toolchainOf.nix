{ lib }:
/**
  The toolchain that a derivation uses: that of a tool which is one, or the workspace's own.

  # Inputs

  `context`
  : What mkPipeline makes.

  `tools`
  : Ids of tools of the table.

  # Outputs

  `id` (the tool's, or null), `toolchain`, `craneLib`.
*/
{ context, tools }:
let
  inherit (context) craneLib toolchain toolchains;
  others = lib.filter (id: toolchains ? ${id}) tools;
in
if others == [ ] then
  {
    id = null;
    inherit craneLib toolchain;
  }
else
  toolchains.${lib.head others}
