# The workspace's programs, built and installed.
{ crane, pkgs }:
args:
let
  profile = args.CARGO_PROFILE or "release";
  folder = if profile == "dev" then "debug" else profile;
  extra = args.cargoExtraArgs or "--locked";
  own = builtins.removeAttrs args [ "cargoExtraArgs" ];
in
crane.mkCargoDerivation (
  own
  // {
    cargoArtifacts =
      args.cargoArtifacts
        or (crane.buildDepsOnly (own // { buildPhaseCargoCommand = "cargoWithProfile build ${extra}"; }));
    doInstallCargoArtifacts = false;
    doCheck = args.doCheck or true;
    buildPhaseCargoCommand = "cargoWithProfile build ${extra}";
    checkPhaseCargoCommand = "cargoWithProfile test ${extra}";
    installPhaseCommand = ''
      for program in $(cargo metadata --no-deps --offline --format-version 1 \
        | ${pkgs.jq}/bin/jq -r '.packages[].targets[] | select(.kind | index("bin")) | .name'); do
        [ ! -x "target/${folder}/$program" ] || install -D -t "$out/bin" "target/${folder}/$program"
      done
    '';
  }
)
