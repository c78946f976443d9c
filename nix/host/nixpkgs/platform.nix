# What is asked about a platform.
{ lib, system }:
let
  words = lib.splitString "-" system;
  cpu = builtins.head words;
  isDarwin = lib.last words == "darwin";
  target = "${cpu}-${if isDarwin then "apple-darwin" else "unknown-linux-gnu"}";
in
{
  inherit system isDarwin;
  config = target;
  isLinux = !isDarwin;
  isAarch64 = cpu == "aarch64";
  isx86_64 = cpu == "x86_64";
  isMinGW = false;
  rust = {
    rustcTarget = target;
    rustcTargetSpec = target;
    cargoEnvVarTarget = lib.toUpper (builtins.replaceStrings [ "-" ] [ "_" ] target);
  };
}
