# A derivation that runs cargo commands over a workspace, with artifacts of an earlier one.
{
  crane,
  pkgs,
  toolchain,
}:
let
  hook = pkgs.makeSetupHook { name = "cargo-hook"; } ./cargo-hook.sh;
in
{
  cargoArtifacts,
  buildPhaseCargoCommand,
  checkPhaseCargoCommand ? "",
  installPhaseCommand ? "mkdir -p $out",
  ...
}@args:
pkgs.stdenv.mkDerivation (
  builtins.removeAttrs args [
    "buildPhaseCargoCommand"
    "checkPhaseCargoCommand"
    "installPhaseCommand"
    "pnameSuffix"
  ]
  // {
    inherit cargoArtifacts;
    pname = args.pname + args.pnameSuffix or "";
    doInstallCargoArtifacts = args.doInstallCargoArtifacts or true;
    cargoVendorDir = args.cargoVendorDir or (crane.vendorCargoDeps args);
    nativeBuildInputs = (args.nativeBuildInputs or [ ]) ++ [
      toolchain
      hook
      pkgs.jq
      pkgs.zstd
    ];
    buildPhase = ''
      runHook preBuild
      ${buildPhaseCargoCommand}
      runHook postBuild
    '';
    checkPhase = ''
      runHook preCheck
      ${checkPhaseCargoCommand}
      runHook postCheck
    '';
    installPhase = ''
      runHook preInstall
      ${installPhaseCommand}
      runHook postInstall
    '';
  }
)
