{ functions, lib }:
/**
  The record of a stage: what its tools said, whatever they said. The build fails only when there
  was no answer, after as many tries as the configuration allows. cargo-blocks has no part in it.

  # Inputs

  `stage`
  : The stage's row. The rest is the context that mkPipeline makes.
*/
{
  stage,
  attempts,
  buildInputs,
  cargoVendorDir,
  config,
  craneLib,
  env,
  layers,
  name,
  nativeBuildInputs,
  pkgs,
  source,
  table,
  toolchain,
  ...
}:
let
  artifacts = layers.${stage.layer};
  compiles = artifacts != null;
  tools = map (id: table.tools.${id}) stage.tools;
  packages = functions.toolPackages { inherit pkgs tools; };
  # What is known before the tools run; record.sh adds the rest.
  known = {
    schema = 1;
    stage = stage.id;
    unit = "workspace";
    sources = functions.mkSourcesId source;
    attempt = attempts.${stage.id} or "";
    toolchain.tools = lib.listToAttrs (
      map (package: {
        name = lib.getName package;
        value = lib.getVersion package;
      }) packages
    );
  };
in
craneLib.mkCargoDerivation {
  pname = "${name}-record-${stage.id}";
  version = "0";
  src = source;
  cargoArtifacts = artifacts;
  cargoVendorDir = if compiles then cargoVendorDir else null;
  doInstallCargoArtifacts = false;
  doCheck = false;
  inherit buildInputs;
  nativeBuildInputs = packages ++ nativeBuildInputs ++ [ pkgs.jq ];
  # Evidence is kept as the tools wrote it.
  dontFixup = true;
  env = env // functions.mkRecordEnv {
    inherit
      config
      known
      pkgs
      stage
      table
      toolchain
      ;
  };
  buildPhaseCargoCommand = ''
    source ${./record.sh}
    ${functions.mkRecordPlan { inherit stage; }}
    record_make "$out"
  '';
  installPhaseCommand = "";
  # cargo-blocks asks for it when it collects records.
  passthru = { inherit (known) sources stage; };
}
