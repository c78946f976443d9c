{
  description = "Stand-in for crane: the functions that the flake calls, with crates from cargo's cache on this machine";

  outputs = _: {
    mkLib =
      pkgs:
      import ./lib.nix {
        inherit pkgs;
        toolchain = pkgs.cargo;
      };
  };
}
