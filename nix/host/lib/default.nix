# The part of nixpkgs' `lib` that the flake and crane call, written anew, for machines that do not
# reach nixpkgs. Same names, same arguments, same results; nothing that is not called.
let
  parts = [
    (import ./trivial.nix)
    (import ./lists.nix)
    (import ./attrsets.nix)
    (import ./strings.nix)
    (import ./sources.nix)
    (import ./customisation.nix)
  ];
  all = builtins.foldl' (whole: part: whole // part all) { } parts;
in
all
// {
  # The sub-sets under which callers know them.
  trivial = import ./trivial.nix all;
  lists = import ./lists.nix all;
  attrsets = import ./attrsets.nix all;
  strings = import ./strings.nix all;
  licenses = {
    mit.spdxId = "MIT";
    asl20.spdxId = "Apache-2.0";
  };
  systems.flakeExposed = [
    "x86_64-linux"
    "aarch64-linux"
    "aarch64-darwin"
    "x86_64-darwin"
  ];
}
