# vendorFromHost <parsed Cargo.lock>: the crates of a lock file out of cargo's cache on this machine
# (/host/crates), each compared with the lock file's digest. A directory source with its config.toml.
{ lib, pkgs }:
lock:
let
  foreign = builtins.filter (package: package ? source) lock.package;
  unknown = builtins.filter (package: !(package ? checksum)) foreign;
  names = lib.concatMapStringsSep ", " (package: package.name) unknown;
in
lib.throwIf (unknown != [ ])
  "nix/host: ${names} come from a git repository; the stand-in for crane vendors crates of a registry only. Use --crane PATH"
  (
    pkgs.runCommand "vendor-cargo-deps" {
      crates = lib.concatMapStrings (
        package: "${package.name}-${package.version} ${package.checksum}\n"
      ) foreign;
      passAsFile = [ "crates" ];
    } (builtins.readFile ./vendor-from-host.sh)
  )
