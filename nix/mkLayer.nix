{ lib }:
/**
  An artifact layer: the third-party crates, compiled once for all stages of the layer. null for
  the layer that compiles nothing.

  # Inputs

  `layer`
  : The layer's row of the table. The rest is the context that mkPipeline makes.
*/
{
  layer,
  buildInputs,
  cargoVendorDir,
  craneLib,
  env,
  name,
  nativeBuildInputs,
  source,
  ...
}:
if layer.prepare == [ ] then
  null
else
  craneLib.buildDepsOnly {
    inherit buildInputs cargoVendorDir nativeBuildInputs;
    src = source;
    pname = "${name}-${layer.id}";
    version = "0";
    doCheck = false;
    buildPhaseCargoCommand = lib.concatMapStringsSep "\n" lib.escapeShellArgs layer.prepare;
    env = env // {
      CARGO_PROFILE = "dev";
    };
  }
