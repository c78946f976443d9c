# The standard environment: the machine's own commands, phases and hooks as in nixpkgs.
{
  facts,
  lib,
  system,
}:
let
  platform = import ./platform.nix { inherit lib system; };

  # What `$stdenv/setup` is in nixpkgs, where also `nix develop` looks for it.
  setup = derivation {
    name = "stdenv-host";
    inherit system;
    builder = "/bin/bash";
    args = [
      "-c"
      "mkdir -p $out && cp ${./setup.sh} $out/setup"
    ];
    PATH = "/usr/bin";
    # Another C compiler or libc on the machine makes other derivations.
    digest = facts.base.digest;
  };

  mkDerivation =
    args:
    let
      own = builtins.removeAttrs args [
        "env"
        "meta"
        "passthru"
      ];
      name = args.name or "${args.pname}-${args.version}";
      drv = derivation (
        own
        // (args.env or { })
        // {
          inherit name system;
          builder = args.builder or "/bin/bash";
          args =
            args.args or [
              "-e"
              ./builder.sh
            ];
          stdenv = setup;
        }
      );
    in
    drv
    // (args.passthru or { })
    // {
      inherit name;
      meta = args.meta or { };
      overrideAttrs = change: mkDerivation (args // change args);
    }
    // lib.optionalAttrs (args ? version) { inherit (args) pname version; };
in
{
  inherit mkDerivation;
  cc = {
    outPath = "/usr";
    targetPrefix = "";
  };
  buildPlatform = platform;
  hostPlatform = platform;
  targetPlatform = platform;
  isLinux = platform.isLinux;
  isDarwin = platform.isDarwin;
}
