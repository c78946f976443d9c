# The functions of the flake, by name: each in the file of its name.
{
  lib,
  crane,
  rust-overlay,
}:
let
  functions = {
    mkBadges = import ./mkBadges.nix { inherit functions; };
    mkCargoBlocks = import ./mkCargoBlocks.nix { inherit functions lib; };
    mkCraneLib = import ./mkCraneLib.nix { inherit crane; };
    mkDevShell = import ./mkDevShell.nix { inherit functions lib; };
    mkFlake = import ./mkFlake.nix { inherit functions lib; };
    mkGate = import ./mkGate.nix { inherit functions lib; };
    mkLayer = import ./mkLayer.nix { inherit lib; };
    mkNixTests = import ./mkNixTests.nix { inherit functions lib; };
    mkPipeline = import ./mkPipeline.nix { inherit functions lib; };
    mkRecord = import ./mkRecord.nix { inherit functions lib; };
    mkRecordEnv = import ./mkRecordEnv.nix { inherit lib; };
    mkRecordPlan = import ./mkRecordPlan.nix { inherit lib; };
    mkRecordsFolder = import ./mkRecordsFolder.nix { inherit lib; };
    mkSource = import ./mkSource.nix { inherit lib; };
    mkSourcesId = import ./mkSourcesId.nix { };
    mkStatus = import ./mkStatus.nix { inherit functions; };
    mkToolchain = import ./mkToolchain.nix { inherit lib rust-overlay; };
    mkView = import ./mkView.nix { inherit functions lib; };
    readConfig = import ./readConfig.nix { inherit functions lib; };
    readStages = import ./readStages.nix { inherit lib; };
    readYaml = import ./yaml { inherit lib; };
    toolPackages = import ./toolPackages.nix { inherit lib; };
  };
in
functions
