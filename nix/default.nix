# The functions of the flake, by name: each in the file of its name.
{
  lib,
  crane,
  rust-overlay,
}:
let
  functions = {
    checkArguments = import ./checkArguments.nix { inherit functions lib; };
    explainArguments = import ./explainArguments.nix { inherit functions lib; };
    fillPackages = import ./fillPackages.nix { inherit lib; };
    mkApiDocs = import ./mkApiDocs.nix { inherit functions lib; };
    mkArtifacts = import ./mkArtifacts.nix { inherit functions lib; };
    mkBadges = import ./mkBadges.nix { inherit functions; };
    mkBaseline = import ./mkBaseline.nix { inherit functions lib; };
    mkBook = import ./mkBook.nix { inherit lib; };
    mkChannel = import ./mkChannel.nix { inherit lib rust-overlay; };
    mkCargoBlocks = import ./mkCargoBlocks.nix { inherit functions lib; };
    mkCompared = import ./mkCompared.nix { inherit functions lib; };
    mkCraneLib = import ./mkCraneLib.nix { inherit crane; };
    mkDevShell = import ./mkDevShell.nix { inherit functions lib; };
    mkDocPages = import ./mkDocPages.nix { inherit functions lib; };
    mkExpected = import ./mkExpected.nix { inherit lib; };
    mkFaults = import ./mkFaults.nix { inherit lib; };
    mkFeatureWords = import ./mkFeatureWords.nix { inherit lib; };
    mkFixes = import ./mkFixes.nix { inherit functions lib; };
    mkFlake = functions.checkArguments "mkFlake" (import ./mkFlake.nix { inherit functions lib; });
    mkFlakeModule = import ./mkFlakeModule.nix { inherit functions lib; };
    mkGate = import ./mkGate.nix { inherit functions lib; };
    mkGroup = import ./mkGroup.nix { inherit lib; };
    mkIdleRecord = import ./mkIdleRecord.nix { };
    mkJunit = import ./mkJunit.nix { inherit functions lib; };
    mkLayer = import ./mkLayer.nix { inherit functions lib; };
    mkLcov = import ./mkLcov.nix { inherit functions lib; };
    mkLibrarySource = import ./mkLibrarySource.nix { };
    mkMiriSysroot = import ./mkMiriSysroot.nix { };
    mkNixTests = import ./mkNixTests.nix { inherit functions lib; };
    mkNotify = import ./mkNotify.nix { };
    mkPipeline = functions.checkArguments "mkPipeline" (
      import ./mkPipeline.nix { inherit functions lib; }
    );
    mkPrograms = import ./mkPrograms.nix { inherit functions lib; };
    mkRecord = import ./mkRecord.nix { inherit functions lib; };
    mkRecordEnv = import ./mkRecordEnv.nix { inherit lib; };
    mkRecordPlan = import ./mkRecordPlan.nix { inherit functions lib; };
    mkRecordsFolder = import ./mkRecordsFolder.nix { inherit lib; };
    mkReleaseAssets = import ./mkReleaseAssets.nix { inherit functions lib; };
    mkReport = import ./mkReport.nix { inherit functions lib; };
    mkRustVersions = import ./mkRustVersions.nix { inherit lib rust-overlay; };
    mkShards = import ./mkShards.nix { inherit lib; };
    mkSbom = import ./mkSbom.nix { inherit functions lib; };
    mkStatus = import ./mkStatus.nix { inherit functions; };
    mkToolEnv = import ./mkToolEnv.nix { inherit functions lib; };
    mkToolchain = import ./mkToolchain.nix { inherit functions lib rust-overlay; };
    mkToolchains = import ./mkToolchains.nix { inherit functions lib; };
    mkTreeDerivation = import ./mkTreeDerivation.nix { inherit functions lib; };
    mkUnits = import ./mkUnits.nix { inherit lib; };
    mkVendor = import ./mkVendor.nix { };
    mkVerifyPerformance = import ./mkVerifyPerformance.nix { inherit lib; };
    mkVersions = import ./mkVersions.nix { };
    mkView = import ./mkView.nix { inherit functions; };
    mkViewCommand = import ./mkViewCommand.nix { inherit functions lib; };
    readConfig = import ./readConfig.nix { inherit functions lib; };
    readDatabase = import ./readDatabase.nix { inherit lib; };
    readDay = import ./readDay.nix { inherit lib; };
    readInterface = import ./readInterface.nix { inherit lib; };
    readOptions = import ./readOptions.nix { inherit lib; };
    readPipeline = import ./readPipeline.nix { inherit functions lib; };
    readReleased = import ./readReleased.nix { inherit lib; };
    readStages = import ./readStages.nix { inherit lib; };
    readWorkspace = import ./readWorkspace.nix { inherit lib; };
    readTemplates = import ./readTemplates.nix { inherit lib; };
    readToolchain = import ./readToolchain.nix { inherit lib; };
    readYaml = import ./yaml { inherit lib; };
    showValue = import ./showValue.nix { inherit lib; };
    toolchainOf = import ./toolchainOf.nix { inherit lib; };
    toolPackages = import ./toolPackages.nix { inherit lib; };
    withPerStage = import ./withPerStage.nix { inherit lib; };
  };
in
functions
