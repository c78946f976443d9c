{
  description = "Stand-in for rust-overlay: the toolchain that this machine has";

  inputs.nixpkgs.url = "path:../nixpkgs";

  outputs =
    { nixpkgs, ... }:
    {
      lib.mkRustBin =
        _: pkgs:
        import ./rust-bin.nix {
          inherit (nixpkgs) lib;
          inherit pkgs;
        };
    };
}
