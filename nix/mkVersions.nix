_:
/**
  What a toolchain calls itself, `rustc --version` and `cargo --version`, a line each: asked once, not
  in each record.

  # Inputs

  `pkgs`, `toolchain`
  : As for mkPipeline.
*/
{ pkgs, toolchain, ... }:
pkgs.runCommand "toolchain-versions" { nativeBuildInputs = [ toolchain ]; } ''
  { rustc --version; cargo --version; } >"$out"
''
