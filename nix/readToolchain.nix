{ lib }:
/**
  What a workspace's toolchain file names, as rustup reads it: `rust-toolchain` before `rust-toolchain.toml`, and the first
  one also as the name of a toolchain alone. Nothing where there is no file.

  # Inputs

  `src`
  : The workspace's folder.
*/
{ src }:
let
  isThere = name: builtins.pathExists (src + "/${name}");
  plain = builtins.readFile (src + "/rust-toolchain");
  words = lib.filter (word: lib.isString word && word != "") (builtins.split "[ \r\n\t]+" plain);
  named =
    if lib.length words == 1 then
      { channel = lib.head words; }
    else
      throw "rust-toolchain wants the name of one toolchain, or a table `[toolchain]`";
  wanted =
    if isThere "rust-toolchain" then
      if lib.hasInfix "[" plain then (builtins.fromTOML plain).toolchain else named
    else if isThere "rust-toolchain.toml" then
      (lib.importTOML (src + "/rust-toolchain.toml")).toolchain
    else
      { };
in
if wanted ? path then
  throw "the toolchain file names the folder `${wanted.path}` of a machine, which Nix does not see: give mkFlake or mkPipeline a `toolchain`"
else
  wanted
