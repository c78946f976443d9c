# Packages made of the machine's own programs. A builder sees the toolchain at /host/rust and the
# tools at /host/tools; each is copied into the store, so that nothing else refers to them.
{
  facts,
  lib,
  pkgs,
}:
let
  toolchain = import ./toolchain.nix {
    inherit pkgs;
    facts = facts.rust;
    folder = "/host/rust";
    llvm = facts.tools.llvm.digest;
  };

  copied =
    name:
    pkgs.runCommand "${name}-${facts.tools.${name}.version}" {
      pname = name;
      inherit (facts.tools.${name}) version digest;
      meta.mainProgram = name;
    } ''install -D -m 755 /host/tools/${name} "$out/bin/${name}"'';

  # /usr is in the sandbox; the digest of the base packages stands for these.
  linkedAs =
    package: name:
    pkgs.runCommand package {
      inherit (facts.base) digest;
      meta.mainProgram = name;
    } ''mkdir -p "$out/bin" && ln -s /usr/bin/${name} "$out/bin/${name}"'';

  linked = name: linkedAs name name;

  # Evaluates, so that the flake does; building it says why there is none.
  absent =
    name:
    pkgs.runCommand name { meta.mainProgram = name; } ''
      echo "${name} is not among this machine's packages: the stand-ins cannot give it" >&2
      exit 1
    '';
in
{
  cargo = toolchain;
  rustc = toolchain;
  clippy = toolchain;
  rustfmt = toolchain;
  hostToolchain = toolchain;
  hostNightly =
    if facts ? nightly then
      import ./toolchain.nix {
        inherit pkgs;
        facts = facts.nightly;
        folder = "/host/nightly";
      }
    else
      absent "rust-nightly";
  gitMinimal = linkedAs "git-minimal" "git";
  # Debian's is a script that starts the program beside it.
  valgrind =
    pkgs.runCommand "valgrind"
      {
        inherit (facts.base) digest;
        meta.mainProgram = "valgrind";
      }
      ''
        mkdir -p "$out/bin"
        ln -s /usr/bin/valgrind /usr/bin/valgrind.bin "$out/bin"
      '';
  util-linux = linkedAs "util-linux" "setsid";
  nixfmt-tree = absent "nixfmt-tree";
  # crane names it for macOS, whose jobs a flake check evaluates on any system.
  darwin.signingUtils = absent "signing-utils";
  writableTmpDirAsHomeHook = pkgs.makeSetupHook { name = "home-hook"; } (
    builtins.toFile "home-hook.sh" "export HOME=$(mktemp -d)\n"
  );
}
// builtins.mapAttrs (name: _: copied name) (builtins.removeAttrs facts.tools [ "llvm" ])
// lib.genAttrs [
  "jq"
  "rsync"
  "zstd"
] linked
