# The packages, and the functions that make packages, that the flake and crane take from nixpkgs.
{
  facts,
  lib,
  system,
}:
let
  pkgs =
    import ./builders.nix { inherit lib pkgs; }
    // import ./host-packages.nix { inherit facts lib pkgs; }
    // {
      inherit
        facts
        lib
        pkgs
        system
        ;
      stdenv = import ./stdenv.nix { inherit facts lib system; };
      runtimeShell = "/bin/bash";

      callPackage = lib.callPackageWith pkgs;
      newScope = scope: lib.callPackageWith (pkgs // scope);
      makeScopeWithSplicing' = { f, ... }: lib.makeScope pkgs.newScope f;
      splicePackages = { pkgsHostTarget, ... }: pkgsHostTarget;

      fetchurl = import ./fetchurl.nix;
      rustPlatform.buildRustPackage = import ./build-rust-package.nix { inherit pkgs; };
      vendorFromHost = import ./vendor-from-host.nix { inherit lib pkgs; };
    }
    # Nothing is cross-compiled: all of nixpkgs' adjacent sets are this one.
    // lib.genAttrs [
      "buildPackages"
      "pkgsBuildBuild"
      "pkgsBuildHost"
      "pkgsBuildTarget"
      "pkgsHostHost"
      "pkgsHostTarget"
      "pkgsStatic"
      "pkgsTargetTarget"
    ] (_: pkgs);
in
pkgs
