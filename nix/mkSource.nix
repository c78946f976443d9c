{ lib }:
/**
  The sources of a workspace as its records see them: every file, for a test may read any, but not
  what version control, builds and shells leave beside them.

  # Inputs

  `src`
  : The workspace's folder.
*/
{ src }:
lib.cleanSourceWith {
  inherit src;
  name = "source";
  filter =
    path: type:
    let
      base = baseNameOf path;
    in
    !(
      base == ".git"
      || base == ".direnv"
      || (type == "directory" && base == "target" && dirOf path == toString src)
      || (type == "symlink" && lib.hasPrefix "result" base)
    );
}
